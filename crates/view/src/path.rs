//! The path of a permission: from the caller through the layers to the resource.

use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{Cause, CauseCode, Diagnosis, Permission};
use locksmith_core::evaluate::{Answer, Layer, Outcome};
use locksmith_words::Words;

/// The layer that a cause is about; none where it is about a setting or the resource itself.
pub(crate) fn layer_of(code: CauseCode) -> Option<Layer> {
    match code {
        CauseCode::Policy(layer, _) => Some(layer),
        CauseCode::NoAccountDelegation => Some(Layer::KeyPolicy),
        CauseCode::GrantConstraintNotMet => Some(Layer::KmsGrant),
        CauseCode::RestrictPublicBuckets => Some(Layer::BlockPublicAccess),
        CauseCode::ForeignOwner | CauseCode::AclDisabled => Some(Layer::ObjectOwnership),
        CauseCode::AwsManagedKeyCrossAccount
        | CauseCode::KeyDisabled
        | CauseCode::KeyPendingDeletion
        | CauseCode::KeyUnavailable
        | CauseCode::KeyNotFound
        | CauseCode::KeyWrongRegion
        | CauseCode::AliasInCallersAccount
        | CauseCode::ObjectMissing
        | CauseCode::RequesterPaysHeaderMissing
        | CauseCode::SseCBlocked
        | CauseCode::Unexplained => None,
    }
}

/// Whose ground a layer stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The caller's account.
    Caller,
    /// The organization.
    Organization,
    /// The network in between.
    Endpoint,
    /// The resource's account.
    Resource,
}

impl Side {
    fn of(layer: Layer) -> Self {
        match layer {
            Layer::IdentityPolicy | Layer::PermissionsBoundary | Layer::SessionPolicy => {
                Self::Caller
            }
            Layer::Scp | Layer::Rcp => Self::Organization,
            Layer::VpcEndpointPolicy => Self::Endpoint,
            Layer::BucketPolicy
            | Layer::AccessPointPolicy
            | Layer::KeyPolicy
            | Layer::KmsGrant
            | Layer::TrustPolicy
            | Layer::ResourcePolicy
            | Layer::BlockPublicAccess
            | Layer::ObjectOwnership => Self::Resource,
        }
    }

    /// The id of its name among the texts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Caller => "path-side-caller",
            Self::Organization => "path-side-organization",
            Self::Endpoint => "path-side-endpoint",
            Self::Resource => "path-side-resource",
        }
    }
}

/// What a station does to the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Lets it pass.
    Pass,
    /// Says nothing, and need not: another layer allows it.
    Silent,
    /// Blocks it for want of an allow, or by its condition.
    Stop,
    /// Blocks it by a deny.
    Deny,
    /// Cannot be seen.
    Open,
}

impl Signal {
    /// Whether nothing gets past.
    pub(crate) fn blocks(self) -> bool {
        matches!(self, Self::Stop | Self::Deny)
    }
}

/// A layer on the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Station {
    /// The layer.
    pub(crate) layer: Layer,
    /// Where it stands.
    pub(crate) side: Side,
    /// Whose it is.
    pub(crate) account: Option<AccountId>,
    /// What it says.
    pub(crate) outcome: Outcome,
    /// What that does to the call.
    pub(crate) signal: Signal,
}

impl Station {
    /// What it says, in words.
    pub(crate) fn says(&self, words: Words) -> String {
        words.say(
            match (self.outcome, self.signal) {
                (Outcome::NotApplicable, _) | (Outcome::Allow | Outcome::Unknown, Signal::Stop) => {
                    "path-blocks"
                }
                (Outcome::Allow, _) => "path-allow",
                (Outcome::NoAllow, _) => "path-no-allow",
                (Outcome::ExplicitDeny, _) => "path-deny",
                (Outcome::Unknown, _) => "answer-unknown",
            },
            &[],
        )
    }
}

/// The path of one permission.
pub(crate) struct Track<'a> {
    /// The permission.
    pub(crate) permission: &'a Permission,
    /// The layers that have a say, from the caller to the resource.
    pub(crate) stations: Vec<Station>,
    /// Causes at the resource itself, such as a disabled key.
    pub(crate) at_resource: Vec<&'a Cause>,
}

impl Track<'_> {
    /// The station of a layer.
    pub(crate) fn station(&self, layer: Layer) -> Option<&Station> {
        self.stations.iter().find(|station| station.layer == layer)
    }
}

/// The path of each permission of a diagnosis.
pub(crate) fn tracks(diagnosis: &Diagnosis) -> Vec<Track<'_>> {
    let track = |permission| track(permission, &diagnosis.causes);
    diagnosis.permissions.iter().map(track).collect()
}

fn track<'a>(permission: &'a Permission, causes: &'a [Cause]) -> Track<'a> {
    let causes = || causes.iter().filter(|cause| cause.action == permission.action);
    let blamed = |layer| causes().any(|cause| layer_of(cause.code) == Some(layer));
    let cells = permission.layers.iter();
    let mut stations: Vec<_> = cells
        .filter(|cell| has_say(cell.layer, cell.outcome) || blamed(cell.layer))
        .map(|cell| Station {
            layer: cell.layer,
            side: Side::of(cell.layer),
            account: cell.account,
            outcome: cell.outcome,
            signal: signal(cell.outcome, blamed(cell.layer)),
        })
        .collect();
    stations.sort_by_key(|station| (station.side, station.layer, lightness(station.outcome)));
    stations.dedup_by_key(|station| station.layer);
    let denied = matches!(permission.decision, Answer::ImplicitlyDenied | Answer::ExplicitlyDenied);
    let at_resource: Vec<_> = causes()
        .filter(|cause| layer_of(cause.code).is_none() && cause.code != CauseCode::Unexplained)
        .collect();
    // A denial always shows somewhere, also where its cause was found in another row.
    if denied && at_resource.is_empty() && !stations.iter().any(|station| station.signal.blocks()) {
        for station in &mut stations {
            if station.signal == Signal::Silent {
                station.signal = Signal::Stop;
            }
        }
    }
    Track { permission, stations, at_resource }
}

/// Settings of the bucket are worth a word only where they are in the way.
fn has_say(layer: Layer, outcome: Outcome) -> bool {
    let is_setting = matches!(layer, Layer::BlockPublicAccess | Layer::ObjectOwnership);
    match outcome {
        Outcome::NotApplicable => false,
        Outcome::Allow => !is_setting,
        Outcome::NoAllow | Outcome::ExplicitDeny | Outcome::Unknown => true,
    }
}

/// Of several things that a layer says the weightiest stands for all.
fn lightness(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::ExplicitDeny => 0,
        Outcome::Unknown => 1,
        Outcome::NoAllow => 2,
        Outcome::Allow => 3,
        Outcome::NotApplicable => 4,
    }
}

fn signal(outcome: Outcome, blamed: bool) -> Signal {
    match (outcome, blamed) {
        (Outcome::ExplicitDeny, _) => Signal::Deny,
        (_, true) => Signal::Stop,
        (Outcome::Allow, false) => Signal::Pass,
        (Outcome::NoAllow | Outcome::NotApplicable, false) => Signal::Silent,
        (Outcome::Unknown, false) => Signal::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::{Signal, tracks};
    use crate::sample;
    use locksmith_core::diagnosis::{CauseCode, Diagnosis};
    use locksmith_core::evaluate::{Answer, Layer, Outcome};

    #[track_caller]
    fn check(diagnosis: &Diagnosis, row: usize, expected: &[(Layer, Signal)]) {
        let tracks = tracks(diagnosis);
        let stations = tracks[row].stations.iter();
        let found: Vec<_> = stations.map(|station| (station.layer, station.signal)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn from_the_caller_to_the_resource() {
        let diagnosis = sample::diagnosis();
        check(
            &diagnosis,
            0,
            &[
                (Layer::IdentityPolicy, Signal::Pass),
                (Layer::SessionPolicy, Signal::Open),
                (Layer::Scp, Signal::Pass),
                (Layer::Rcp, Signal::Pass),
                (Layer::VpcEndpointPolicy, Signal::Deny),
                (Layer::BucketPolicy, Signal::Pass),
            ],
        );
        check(
            &diagnosis,
            1,
            &[
                (Layer::IdentityPolicy, Signal::Stop),
                (Layer::SessionPolicy, Signal::Open),
                (Layer::Scp, Signal::Pass),
                (Layer::Rcp, Signal::Pass),
                (Layer::KeyPolicy, Signal::Stop),
                (Layer::KmsGrant, Signal::Silent),
            ],
        );
        let codes: Vec<_> = tracks(&diagnosis)[1].at_resource.iter().map(|c| c.code).collect();
        assert_eq!(codes, [CauseCode::KeyDisabled]);
    }

    #[test]
    fn who_does_not_allow_where_another_does_blocks_nothing() {
        let mut diagnosis = sample::diagnosis();
        diagnosis.causes.clear();
        diagnosis.permissions[1].decision = Answer::Allowed;
        assert!(tracks(&diagnosis)[1].stations.iter().all(|station| !station.signal.blocks()));
    }

    #[test]
    fn a_denial_always_shows() {
        let mut diagnosis = sample::diagnosis();
        diagnosis.causes.clear();
        assert!(tracks(&diagnosis)[1].stations.iter().any(|station| station.signal.blocks()));
    }

    #[test]
    fn settings_stand_on_the_path_only_where_they_are_in_the_way() {
        let mut diagnosis = sample::diagnosis();
        let mut setting = diagnosis.permissions[0].layers[0].clone();
        setting.layer = Layer::BlockPublicAccess;
        diagnosis.permissions[0].layers.push(setting);
        assert!(tracks(&diagnosis)[0].station(Layer::BlockPublicAccess).is_none());
        diagnosis.permissions[0].layers.last_mut().unwrap().outcome = Outcome::ExplicitDeny;
        assert!(tracks(&diagnosis)[0].station(Layer::BlockPublicAccess).is_some());
    }
}
