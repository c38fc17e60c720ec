//! Faults: small changes that break a set-up, each with the causes that it must yield.

use super::policies;
use super::random::Random;
use super::settings;
use super::setup::Setup;
use serde_json::Value;

/// Code, account, target and action of a cause.
pub(crate) type Expected = [String; 4];

/// What a fault changes.
pub(crate) type Change = Box<dyn Fn(&mut Value, &mut Random)>;

/// A change that breaks a set-up.
pub(crate) struct Fault {
    pub(crate) name: String,
    pub(crate) yields: Vec<Expected>,
    pub(crate) change: Change,
    /// What it changes that no other fault may change besides it.
    pub(crate) owns: Vec<String>,
    /// What has to be there for it to be a cause.
    pub(crate) concerns: Vec<String>,
    /// What is not there any more once it is applied, or has no say.
    pub(crate) voids: Vec<String>,
}

impl Fault {
    pub(crate) fn new(
        name: String,
        yields: Vec<Expected>,
        change: impl Fn(&mut Value, &mut Random) + 'static,
    ) -> Self {
        let change = Box::new(change);
        let (owns, concerns, voids) = Default::default();
        Self { name, yields, change, owns, concerns, voids }
    }

    pub(crate) fn owning(mut self, what: impl Into<String>) -> Self {
        self.owns.push(what.into());
        self
    }

    pub(crate) fn about(mut self, what: impl Into<String>) -> Self {
        self.concerns.push(what.into());
        self
    }

    pub(crate) fn voiding(mut self, what: impl Into<String>) -> Self {
        self.voids.push(what.into());
        self
    }

    /// Whether the two cannot be told apart from their sum: they change the same thing, or one
    /// takes away what the other is about. Then the formats say which of them is named
    /// ("in place of"), and the corpus of diagnoses has those cases.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        let meets =
            |ours: &[String], theirs: &[String]| ours.iter().any(|one| theirs.contains(one));
        meets(&self.owns, &other.owns)
            || meets(&self.voids, &other.concerns)
            || meets(&other.voids, &self.concerns)
    }
}

pub(crate) fn cause(code: &str, account: &str, target: &str, action: &str) -> Expected {
    [code, account, target, action].map(str::to_owned)
}

/// Every fault of a set-up.
pub(crate) fn of(setup: &Setup) -> Vec<Fault> {
    let mut faults = Vec::new();
    for row in &setup.rows {
        faults.extend(policies::of(setup, row));
        faults.extend(settings::of(setup, row));
    }
    faults.extend(settings::of_call(setup));
    faults
}
