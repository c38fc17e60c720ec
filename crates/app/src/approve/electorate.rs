//! Whose approvals count, and how many are missing.

use super::{Approval, Approvals};
use crate::config::{Configuration, Right};
use crate::incident::Incident;
use crate::way::Way;
use core::fmt;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::Plan;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Those who may approve a way of a plan.
#[derive(Debug)]
pub(crate) struct Electorate<'a> {
    configuration: &'a Configuration,
    way: Way<'a>,
    /// Whom the changes let in, by every name that is known.
    let_in: BTreeSet<String>,
}

/// Why an approval does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objection {
    /// The person may not approve changes in this account.
    NotEntitled {
        /// Who.
        person: String,
        /// Where.
        account: AccountId,
    },
    /// The changes let the person in.
    Benefits {
        /// Who.
        person: String,
        /// Who is let in, by ARN.
        principal: String,
    },
    /// It was for other changes.
    OtherChanges {
        /// Whose approval.
        person: String,
    },
    /// It was given too long ago.
    Stale {
        /// Whose approval.
        person: String,
        /// When it was given.
        at: Timestamp,
    },
    /// Too few people approved.
    TooFew(Missing),
}

/// An account in which approvals are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The account.
    pub account: AccountId,
    /// How many people approved.
    pub given: usize,
    /// How many have to; none if nobody may.
    pub quorum: Option<usize>,
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEntitled { person, account } => write!(
                f,
                "{person} may not approve changes in {account}: ask its owners, who are named in \
                 the configuration's approval.owners"
            ),
            Self::Benefits { person, principal } => write!(
                f,
                "{person} acts as {principal}, which the changes let in, and nobody approves what \
                 lets themself in: ask another owner"
            ),
            Self::OtherChanges { person } => {
                write!(f, "{person} approved other changes than these: ask again")
            }
            Self::Stale { person, at } => {
                write!(f, "{person} approved at {at}, which is too long ago: ask again")
            }
            Self::TooFew(missing) => missing.fmt(f),
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { account, given, quorum } = self;
        match quorum {
            Some(quorum) => write!(f, "{given} of {quorum} approved in {account}"),
            None => write!(f, "the configuration names no owner of {account}"),
        }
    }
}

impl<'a> Electorate<'a> {
    /// Those who may approve a way of the plan of an incident.
    pub(crate) fn new(
        configuration: &'a Configuration,
        incident: &Incident,
        plan: &Plan,
        way: Way<'a>,
    ) -> Self {
        let mut let_in = way.lets_in();
        let known = [Some(&plan.call.principal), Some(&incident.principal)];
        let known = known.into_iter().chain([incident.principal_arn.as_ref()]);
        let_in.extend(known.flatten().cloned());
        Self { configuration, way, let_in }
    }

    /// Whether somebody who belongs to some user groups may give this approval; it then says by which
    /// right.
    pub(crate) fn admits(
        &self,
        approval: Approval,
        groups: &BTreeSet<String>,
    ) -> Result<Approval, Objection> {
        let Approval { person, account, .. } = &approval;
        let configuration = self.configuration;
        let right = match approval.break_glass {
            Some(_) => configuration.may_break_glass(person).then_some(Right::Named),
            None => configuration.entitles(person, groups, *account),
        };
        let known = configuration.person(person).zip(right);
        let Some((known, right)) = known else {
            return Err(Objection::NotEntitled { person: person.clone(), account: *account });
        };
        match self.let_in.iter().find(|principal| known.acts_as(principal)) {
            Some(principal) => {
                Err(Objection::Benefits { person: person.clone(), principal: principal.clone() })
            }
            None => {
                let group = match right {
                    Right::Named => None,
                    Right::Group(group) => Some(group.to_owned()),
                };
                Ok(Approval { group, ..approval })
            }
        }
    }

    /// What speaks against making the changes: nothing, if every account that they touch has as many
    /// approvals that count as it takes. With a time, those given too long ago do not count.
    pub(crate) fn objections(
        &self,
        approvals: &Approvals,
        fresh_at: Option<Timestamp>,
    ) -> Vec<Objection> {
        let mut objections = Vec::new();
        for account in self.way.accounts() {
            let (mut people, mut glass_broken) = (BTreeSet::new(), false);
            for given in approvals.given.iter().filter(|given| given.account == account) {
                match self.counts(given, fresh_at) {
                    Ok(()) => {
                        people.insert(&given.person);
                        glass_broken |= given.break_glass.is_some();
                    }
                    Err(objection) => objections.push(objection),
                }
            }
            let quorum = self.configuration.owners(account).map(|owners| owners.quorum);
            if !glass_broken && quorum.is_none_or(|quorum| people.len() < quorum) {
                let missing = Missing { account, given: people.len(), quorum };
                objections.push(Objection::TooFew(missing));
            }
        }
        // What does not count does no harm as long as there is enough that does.
        let lacking = objections.iter().any(|one| matches!(one, Objection::TooFew(_)));
        if lacking { objections } else { Vec::new() }
    }

    fn counts(&self, given: &Approval, fresh_at: Option<Timestamp>) -> Result<(), Objection> {
        let person = || given.person.clone();
        if given.digest != *self.way.digest {
            return Err(Objection::OtherChanges { person: person() });
        }
        // Who belonged to a group was asked when it was given; that the group may is asked again.
        let groups = given.group.iter().cloned().collect();
        self.admits(given.clone(), &groups)?;
        let valid_for = self.configuration.approval.valid_for;
        let until = given.at.saturating_add(valid_for).unwrap_or(Timestamp::MAX);
        if fresh_at.is_some_and(|now| now > until) {
            return Err(Objection::Stale { person: person(), at: given.at });
        }
        Ok(())
    }
}

/// The accounts in which approvals are missing.
pub(crate) fn missing(objections: &[Objection]) -> Vec<Missing> {
    let missing = |objection: &Objection| match objection {
        Objection::TooFew(missing) => Some(*missing),
        _ => None,
    };
    objections.iter().filter_map(missing).collect()
}
