//! The ports of operations, as the hub reaches them.

use crate::announce::BusAnnouncer;
use crate::clock::TokioClock;
use crate::documents::AccountDocuments;
use crate::evidence::EvidenceReader;
use crate::opinions::Advisers;
use crate::store::DynamoStore;
use crate::witness::EventHistory;
use locksmith_app::operations::{Looking, Making};
use std::sync::Arc;

/// What changes are made and taken back with. It becomes no read role.
#[derive(Clone, Debug)]
pub struct HubHands {
    pub(super) store: DynamoStore,
    pub(super) announcer: BusAnnouncer,
    pub(super) documents: Arc<AccountDocuments>,
}

/// The same, and what shows whether a change helped.
#[derive(Debug)]
pub struct HubEyes {
    pub(super) hands: HubHands,
    pub(super) evidence: Arc<EvidenceReader<DynamoStore>>,
    pub(super) witness: EventHistory<DynamoStore>,
    pub(super) opinions: Advisers<DynamoStore>,
}

impl Making for HubHands {
    type Store = DynamoStore;
    type Announcer = BusAnnouncer;
    type Documents = AccountDocuments;
    type Clock = TokioClock;

    fn store(&self) -> &DynamoStore {
        &self.store
    }

    fn announcer(&self) -> &BusAnnouncer {
        &self.announcer
    }

    fn documents(&self) -> &AccountDocuments {
        &self.documents
    }

    fn clock(&self) -> &TokioClock {
        &TokioClock
    }
}

impl Making for HubEyes {
    type Store = DynamoStore;
    type Announcer = BusAnnouncer;
    type Documents = AccountDocuments;
    type Clock = TokioClock;

    fn store(&self) -> &DynamoStore {
        self.hands.store()
    }

    fn announcer(&self) -> &BusAnnouncer {
        self.hands.announcer()
    }

    fn documents(&self) -> &AccountDocuments {
        self.hands.documents()
    }

    fn clock(&self) -> &TokioClock {
        self.hands.clock()
    }
}

impl Looking for HubEyes {
    type Evidence = EvidenceReader<DynamoStore>;
    type Witness = EventHistory<DynamoStore>;
    type Opinions = Advisers<DynamoStore>;

    fn evidence(&self) -> &EvidenceReader<DynamoStore> {
        &self.evidence
    }

    fn witness(&self) -> &EventHistory<DynamoStore> {
        &self.witness
    }

    fn opinions(&self) -> &Advisers<DynamoStore> {
        &self.opinions
    }
}
