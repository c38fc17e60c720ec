//! The accounts of the configuration, reached through AWS's API.

use crate::args::ServeArgs;
use crate::live;
use crate::problem::Problem;
use locksmith_app::config::Configuration;
use locksmith_aws::{AccountDocuments, Advisers, EventHistory, EvidenceReader, TokioClock};
use locksmith_serve::World;
use locksmith_store::EmbeddedStore;
use std::sync::Arc;

/// The accounts of the configuration.
pub(super) struct LiveAccounts {
    documents: AccountDocuments,
    evidence: Arc<EvidenceReader<EmbeddedStore>>,
    witness: EventHistory<EmbeddedStore>,
    opinions: Advisers<EmbeddedStore>,
}

impl LiveAccounts {
    /// Enters no account yet.
    pub(super) async fn of(
        args: &ServeArgs,
        configuration: &Configuration,
        store: &EmbeddedStore,
    ) -> Result<Self, Problem> {
        let trusted = &configuration.accounts.trusted;
        let mut reads = live::accounts(trusted, &args.entry, args.read_role.is_some()).await?;
        reads.organization = configuration.accounts.organization;
        if let Some(role) = &args.read_role {
            role.clone_into(&mut reads.read_role);
        }
        let mut writes = live::accounts(trusted, &args.entry, args.write_role.is_some()).await?;
        if let Some(role) = &args.write_role {
            role.clone_into(&mut writes.write_role);
        }
        let evidence = Arc::new(EvidenceReader::new(reads, store.clone()));
        Ok(Self {
            documents: AccountDocuments::new(writes),
            witness: EventHistory::new(Arc::clone(&evidence)),
            opinions: Advisers::new(Arc::clone(&evidence)),
            evidence,
        })
    }
}

impl World for LiveAccounts {
    type Documents = AccountDocuments;
    type Evidence = EvidenceReader<EmbeddedStore>;
    type Witness = EventHistory<EmbeddedStore>;
    type Opinions = Advisers<EmbeddedStore>;
    type Clock = TokioClock;

    fn documents(&self) -> &AccountDocuments {
        &self.documents
    }

    fn evidence(&self) -> &EvidenceReader<EmbeddedStore> {
        &self.evidence
    }

    fn witness(&self) -> &EventHistory<EmbeddedStore> {
        &self.witness
    }

    fn opinions(&self) -> &Advisers<EmbeddedStore> {
        &self.opinions
    }

    fn clock(&self) -> &TokioClock {
        &TokioClock
    }
}
