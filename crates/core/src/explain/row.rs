//! One needed permission, evaluated.

use super::assemble::Assembled;
use super::facts::{Facts, Subject};
use super::settings::{self, Settings};
use super::{absences, conditions};
use crate::arn::AccountId;
use crate::context::Context;
use crate::diagnosis::{Cell, Permission, StatementPlace, Unknown, UnknownCode};
use crate::evaluate::{
    Answer, CallerKind, Decision, Layer, Outcome, Reason, Request, Unread, decide,
};
use crate::need::Need;
use crate::simulate::unknown_keys;
use std::collections::BTreeSet;

/// One needed permission with all that was found out about it.
pub(crate) struct Row<'a> {
    pub(crate) need: Need,
    pub(crate) subject: Subject<'a>,
    pub(crate) account: Option<AccountId>,
    pub(crate) assembled: Assembled,
    pub(crate) context: Context,
    pub(crate) decision: Decision,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) settings: Settings,
    /// Unique ids in the policies that belong to no principal of the evidence.
    pub(crate) dangling: BTreeSet<Box<str>>,
    /// What AWS's message says of a session policy that nobody can read.
    pub(crate) session: Option<Outcome>,
}

impl<'a> Row<'a> {
    pub(crate) fn evaluate(facts: &Facts<'a>, need: Need) -> Self {
        let subject = facts.subject(&need);
        let account = facts.account(&subject);
        let assembled = Assembled::new(facts, &need.action, &subject);
        let context = conditions::context(facts, &need.action, &subject);
        let mut reasons = Vec::new();
        let request = Request {
            caller: &facts.call.caller,
            action: &need.action,
            resource: subject.arn(),
            resource_account: account,
            context: &context,
        };
        let decision = decide(&request, &assembled.policies, &mut reasons);
        let settings = settings::of(facts, &need, &subject, &decision);
        let mut row = Self {
            need,
            subject,
            account,
            assembled,
            context,
            decision,
            reasons,
            settings,
            dangling: BTreeSet::new(),
            session: None,
        };
        row.dangling = absences::dangling(facts, &row);
        row
    }

    /// The answer, settings of bucket and key included.
    pub(crate) fn answer(&self) -> Answer {
        let denied =
            |explicit| if explicit { Answer::ExplicitlyDenied } else { Answer::ImplicitlyDenied };
        if let Some(outcome) = self.session
            && self.decision.answer != Answer::ExplicitlyDenied
        {
            return denied(outcome == Outcome::ExplicitDeny);
        }
        match self.decision.answer {
            Answer::Allowed | Answer::Unknown if self.settings.blocks_permission() => denied(false),
            Answer::Allowed if !self.settings.unknown.is_empty() => Answer::Unknown,
            answer => answer,
        }
    }

    /// What a layer says, settings and session policy included.
    pub(crate) fn outcome(&self, facts: &Facts<'_>, layer: Layer) -> Outcome {
        match layer {
            Layer::SessionPolicy => match self.session {
                Some(outcome) => outcome,
                None if has_unseen_session_policy(facts) => Outcome::Unknown,
                None => self.decision.outcome(layer),
            },
            // A bucket without a policy leaves its own account's callers to their own policies.
            Layer::BucketPolicy | Layer::AccessPointPolicy
                if self.decision.same_account.is_yes()
                    && self.assembled.policies.documents(layer).next().is_none() =>
            {
                Outcome::NotApplicable
            }
            Layer::KeyPolicy if self.settings.replaces_key_policy() => {
                match self.decision.outcome(layer) {
                    Outcome::Unknown | Outcome::NotApplicable => Outcome::NoAllow,
                    outcome => outcome,
                }
            }
            layer => self.decision.outcome(layer),
        }
    }

    pub(crate) fn permission(&self, facts: &Facts<'_>) -> Permission {
        let layers =
            Layer::ALL.into_iter().filter(|layer| *layer != Layer::ResourcePolicy).map(|layer| {
                Cell {
                    layer,
                    account: self.layer_account(layer),
                    outcome: self.outcome(facts, layer),
                    statements: self.statements(facts, layer),
                }
            });
        Permission {
            action: self.need.action.as_str().to_owned(),
            resource: self.resource().to_owned(),
            resource_account: self.account,
            decision: self.answer(),
            layers: layers.collect(),
        }
    }

    /// The resource's ARN; `*` where it is not known.
    pub(crate) fn resource(&self) -> &str {
        self.subject.arn().unwrap_or("*")
    }

    /// Whose a layer is.
    pub(crate) fn layer_account(&self, layer: Layer) -> Option<AccountId> {
        self.assembled.account(layer)
    }

    /// The facts that keep this permission's layers open.
    pub(crate) fn unknowns(&self, facts: &Facts<'_>) -> Vec<Unknown> {
        let mut unknowns = Vec::new();
        for layer in Layer::ALL {
            if self.outcome(facts, layer) != Outcome::Unknown
                || self.settings.has_no_key() && layer != Layer::SessionPolicy
            {
                continue;
            }
            let account = self.layer_account(layer);
            let unknown = |code: UnknownCode, why: &str| Unknown {
                // Not one of the layers that a diagnosis is about.
                layer: Some(layer).filter(|layer| *layer != Layer::ResourcePolicy),
                account,
                key: None,
                code,
                statement: None,
                detail: None,
                why: why.to_owned(),
            };
            if layer == Layer::SessionPolicy && self.decision.outcome(layer) != Outcome::Unknown {
                let why = "a session policy is not part of the event; if the session was made \
                           with one, it may deny or not allow the call";
                unknowns.push(unknown(UnknownCode::SessionPolicy, why));
            }
            if layer == Layer::BlockPublicAccess {
                let why = "whether Block Public Access restricts this bucket could not be read";
                unknowns.push(unknown(UnknownCode::BlockPublicAccess, why));
            }
            for unread in self.assembled.policies.unreadable(layer) {
                let (code, detail) = code_of(&unread);
                let unknown = unknown(code, &unread.to_string());
                unknowns.push(Unknown { detail, ..unknown });
            }
            for reason in self.open_reasons(layer) {
                let keys = unknown_keys(&self.assembled.policies, reason, &self.context);
                for key in &keys {
                    let why = format!("the event does not tell {key}");
                    let unknown = unknown(UnknownCode::ConditionKey, &why);
                    unknowns.push(Unknown { key: Some(key.clone()), ..unknown });
                }
                if keys.is_empty() {
                    let statement = self.place(reason);
                    let why = why_open(reason, &statement);
                    let unknown = unknown(UnknownCode::Statement, &why);
                    unknowns.push(Unknown { statement: Some(statement), ..unknown });
                }
            }
        }
        unknowns.extend(self.settings.unknown.iter().cloned());
        unknowns
    }

    fn open_reasons(&self, layer: Layer) -> impl Iterator<Item = &Reason> {
        self.reasons
            .iter()
            .filter(move |reason| reason.layer == layer && reason.matched.is_unknown())
    }

    fn place(&self, reason: &Reason) -> StatementPlace {
        let origin = self.assembled.origin(reason.layer, reason.policy);
        let named = origin.map(|origin| origin.name.clone());
        let policy = named.filter(|name| !name.is_empty());
        StatementPlace { policy, index: reason.index }
    }
}

/// What kind of fact is missing where something could not be read, and what is to be told besides.
fn code_of(unread: &Unread) -> (UnknownCode, Option<String>) {
    match unread {
        Unread::NotInEvidence(what) | Unread::CallerNotInEvidence(what) => {
            (UnknownCode::NotInEvidence, Some(what.to_string()))
        }
        Unread::NotReadByDesign => (UnknownCode::NotReadByDesign, None),
        Unread::CallersAccount => (UnknownCode::CallersAccount, None),
        Unread::ManagementAccount => (UnknownCode::ManagementAccount, None),
        Unread::FederatedSession => (UnknownCode::FederatedSession, None),
        Unread::Said(why) => (UnknownCode::Unread, Some(why.to_string())),
    }
}

fn why_open(reason: &Reason, place: &StatementPlace) -> String {
    let what = match reason {
        _ if reason.principal.is_unknown() => "names the caller",
        _ if reason.resource.is_unknown() => "is about this resource",
        _ => "matches the request",
    };
    let StatementPlace { policy, index } = place;
    let policy = policy.as_deref().unwrap_or("the policy");
    format!("whether statement {index} of {policy} {what} is not known")
}

/// Whether the caller's session may have a policy that no record shows.
pub(crate) fn has_unseen_session_policy(facts: &Facts<'_>) -> bool {
    let caller = &facts.call.caller;
    let resolved = matches!(caller.kind, CallerKind::Session | CallerKind::SomeSession);
    let by_id = caller.kind == CallerKind::Unresolved && !caller.name.starts_with("AIDA");
    resolved || by_id
}
