//! Statements as a reader needs them: where they stand, and what they missed.

use super::facts::Facts;
use super::row::Row;
use crate::context::Fact;
use crate::diagnosis::{Missed, Place, StatementNote};
use crate::evaluate::{CallerKind, Layer, Outcome, Reason};
use crate::policy::{ActionPattern, Clause, Effect, Pattern, Statement, Value};
use crate::simulate::decides;

/// How many statements that nearly matched are worth reading.
const NEAR_MISSES: usize = 3;

impl Row<'_> {
    /// The statements that made a layer's outcome, or those that came nearest to allowing.
    pub(super) fn statements(&self, facts: &Facts<'_>, layer: Layer) -> Vec<StatementNote> {
        let outcome = self.decision.outcome(layer);
        let of_layer = self.reasons.iter().filter(|reason| reason.layer == layer);
        if outcome != Outcome::NoAllow {
            let deciding = of_layer.filter(|reason| decides(reason, outcome));
            return deciding.map(|reason| self.note(facts, reason)).collect();
        }
        let mut near: Vec<&Reason> = of_layer.filter(|reason| is_near(reason)).collect();
        near.sort_by_key(|reason| reason.missed_elements());
        near.into_iter().take(NEAR_MISSES).map(|reason| self.note(facts, reason)).collect()
    }

    /// A statement or grant with what it missed.
    pub(super) fn note(&self, facts: &Facts<'_>, reason: &Reason) -> StatementNote {
        let origin = self.assembled.origin(reason.layer, reason.policy);
        let policy = origin.map(|origin| origin.name.clone()).unwrap_or_default();
        let place = origin.and_then(|origin| origin.place.as_ref());
        if let Some(grant) = self.assembled.policies.grant(reason) {
            let missed = self.missed_by_grant(facts, reason, grant);
            return StatementNote {
                policy,
                sid: grant.name.as_deref().map(str::to_owned),
                index: 0,
                effect: Effect::Allow.to_string(),
                missed,
                at: place.cloned(),
                statement: None,
            };
        }
        let statement = self.assembled.policies.statement(reason);
        let written = origin
            .and_then(|origin| origin.document.as_ref())
            .map(|document| &document["Statement"]);
        let listed = written.is_some_and(serde_json::Value::is_array);
        let index = reason.index as usize;
        let written = if listed { written.and_then(|list| list.get(index)) } else { written };
        let path = |place: &Place| {
            let part = if listed { format!("Statement[{index}]") } else { "Statement".to_owned() };
            Place { file: place.file.clone(), path: format!("{}.{part}", place.path) }
        };
        StatementNote {
            policy,
            sid: statement.and_then(|statement| statement.sid.as_deref()).map(str::to_owned),
            index: reason.index,
            effect: reason.effect.to_string(),
            missed: statement.map_or(Vec::new(), |statement| self.missed(facts, reason, statement)),
            at: place.map(path),
            statement: written.cloned(),
        }
    }

    fn missed(&self, facts: &Facts<'_>, reason: &Reason, statement: &Statement) -> Vec<Missed> {
        let mut missed = Vec::new();
        if reason.principal.is_no()
            && let Some(clause) = &statement.principal
        {
            let listed = clause.listed().iter().map(|principal| &*principal.written);
            missed.push(element(clause, "Principal", listed, &caller(facts)));
        }
        if reason.action.is_no()
            && let Some(clause) = &statement.action
        {
            let listed = clause.listed().iter().map(ActionPattern::as_str);
            missed.push(element(clause, "Action", listed, self.need.action.as_str()));
        }
        if reason.resource.is_no()
            && let Some(clause) = &statement.resource
        {
            let listed = clause.listed().iter().map(Pattern::as_str);
            missed.push(element(clause, "Resource", listed, self.resource()));
        }
        for (place, condition) in statement.conditions.iter().enumerate() {
            if Reason::has_bit(reason.failed_conditions, place)
                && !condition.holds(&self.context).is_yes()
            {
                let values = condition.values.iter().map(Value::as_str);
                missed.push(Missed {
                    element: format!("Condition.{}.{}", condition.operator, condition.key.as_str()),
                    expected: joined(values),
                    found: shown(self.context.get(condition.key.lower())),
                });
            }
        }
        missed
    }

    fn missed_by_grant(
        &self,
        facts: &Facts<'_>,
        reason: &Reason,
        grant: &crate::evaluate::Grant,
    ) -> Vec<Missed> {
        let mut missed = Vec::new();
        if reason.principal.is_no() {
            missed.push(Missed {
                element: "GranteePrincipal".to_owned(),
                expected: grant
                    .grantee
                    .as_ref()
                    .map(|grantee| grantee.written.to_string())
                    .unwrap_or_default(),
                found: caller(facts),
            });
        }
        if reason.action.is_no() {
            missed.push(Missed {
                element: "Operations".to_owned(),
                expected: joined(grant.operations.iter().map(|operation| &**operation)),
                found: self.need.action.name().to_owned(),
            });
        }
        if reason.failed_conditions != 0 {
            let pairs =
                grant.constraints.subset.iter().chain(grant.constraints.equals.iter().flatten());
            let expected: Vec<String> =
                pairs.map(|(key, value)| format!("{key}={value}")).collect();
            let found = self.context.with_prefix("kms:encryptioncontext:");
            let found: Vec<String> =
                found.map(|(key, fact)| format!("{key}={}", shown(fact))).collect();
            missed.push(Missed {
                element: "Constraints".to_owned(),
                expected: joined(expected.iter().map(String::as_str)),
                found: joined(found.iter().map(String::as_str)),
            });
        }
        missed
    }
}

/// The caller, and the role by which policies name its session.
fn caller(facts: &Facts<'_>) -> String {
    let caller = &facts.call.caller;
    match (caller.kind, caller.entity.arn()) {
        (CallerKind::Session, Some(role)) => {
            format!("{role} (session {})", caller.name.rsplit('/').next().unwrap_or_default())
        }
        _ => caller.name.to_string(),
    }
}

/// Whether a statement came near to allowing: it is about this action and misses little else.
fn is_near(reason: &Reason) -> bool {
    reason.effect == Effect::Allow
        && (reason.action.is_yes() && reason.missed_elements() <= 2
            || reason.missed_elements() == 1 && reason.layer != Layer::IdentityPolicy)
}

fn element<'t, T>(
    clause: &Clause<T>,
    name: &str,
    listed: impl Iterator<Item = &'t str>,
    found: &str,
) -> Missed {
    let negation = if matches!(clause, Clause::IsNot(_)) { "Not" } else { "" };
    Missed {
        element: format!("{negation}{name}"),
        expected: joined(listed),
        found: found.to_owned(),
    }
}

fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let texts: Vec<&str> = texts.collect();
    if texts.is_empty() { "nothing".to_owned() } else { texts.join(" or ") }
}

fn shown(fact: &Fact) -> String {
    match fact {
        Fact::One(value) => value.to_string(),
        Fact::Many(values) => format!("[{}]", values.join(", ")),
        Fact::Absent => "absent".to_owned(),
        Fact::Unknown => "unknown".to_owned(),
        Fact::NoneOf(values) => format!("something other than {}", values.join(", ")),
    }
}
