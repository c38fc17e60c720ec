//! What a document may hold depends on where it is used.

use super::{Clause, Policy, PolicyError, PolicyKind, PrincipalId, Statement};
use std::collections::HashSet;

/// An element of a statement (empty for the statement itself) and what is wrong with it.
type Problem = (&'static str, &'static str);

impl Policy {
    /// The checks that the grammar alone does not make.
    pub(super) fn checked(self, kind: PolicyKind) -> Result<Self, PolicyError> {
        let mut sids: HashSet<&str> = HashSet::new();
        for (index, statement) in self.statements.iter().enumerate() {
            let problem = lists(statement)
                .or_else(|| principal(statement, kind))
                .or_else(|| target(statement, kind))
                .or_else(|| sid(statement, &mut sids, kind));
            if let Some((element, problem)) = problem {
                let dot = if element.is_empty() { "" } else { "." };
                let path = format!("Statement[{index}]{dot}{element}");
                return Err(PolicyError { path, problem: problem.into() });
            }
        }
        Ok(self)
    }
}

fn lists(statement: &Statement) -> Option<Problem> {
    let Statement { principal, action, resource, .. } = statement;
    let empty = [
        named(principal.as_ref(), "Principal", "NotPrincipal"),
        named(action.as_ref(), "Action", "NotAction"),
        named(resource.as_ref(), "Resource", "NotResource"),
    ];
    empty
        .into_iter()
        .flatten()
        .find(|(_, empty)| *empty)
        .map(|(element, _)| (element, "lists nothing"))
}

fn named<T>(
    clause: Option<&Clause<T>>,
    is: &'static str,
    is_not: &'static str,
) -> Option<(&'static str, bool)> {
    let element = match clause? {
        Clause::Is(_) => is,
        Clause::IsNot(_) => is_not,
    };
    Some((element, clause?.listed().is_empty()))
}

fn principal(statement: &Statement, kind: PolicyKind) -> Option<Problem> {
    use PolicyKind::{Identity, Key, Rcp, Resource, Scp, Trust, VpcEndpoint};
    let clause = statement.principal.as_ref();
    let (element, _) = named(clause, "Principal", "NotPrincipal").unwrap_or_default();
    match (kind, clause) {
        (Identity | Scp, Some(_)) => {
            Some((element, "has no place in a policy that is attached to a principal"))
        }
        (Resource | Key | Trust | VpcEndpoint, None) => Some(("", "missing element `Principal`")),
        (Rcp, Some(Clause::IsNot(_))) => {
            Some((element, "has no place in a resource control policy"))
        }
        (Rcp, Some(Clause::Is(listed)))
            if listed.iter().any(|principal| principal.id != PrincipalId::Anyone) =>
        {
            Some((element, "can only be `*` in a resource control policy"))
        }
        _ => None,
    }
}

fn target(statement: &Statement, kind: PolicyKind) -> Option<Problem> {
    let Statement { action, resource, .. } = statement;
    match (kind, action, resource) {
        // KMS stores a statement without an action or a resource; it has no effect.
        // https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
        (PolicyKind::Key, ..) => None,
        (_, None, _) => Some(("", "missing element `Action`")),
        (PolicyKind::Trust, _, Some(clause)) => {
            let (element, _) = named(Some(clause), "Resource", "NotResource")?;
            Some((element, "has no place in a trust policy, which is about its role"))
        }
        (PolicyKind::Trust, _, None) => None,
        (_, _, None) => Some(("", "missing element `Resource`")),
        _ => None,
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
fn sid<'p>(
    statement: &'p Statement,
    earlier: &mut HashSet<&'p str>,
    kind: PolicyKind,
) -> Option<Problem> {
    // S3 and KMS take blanks in a Sid, and a Sid twice.
    let sid = statement.sid.as_deref().filter(|sid| !sid.is_empty())?;
    if kind != PolicyKind::Identity {
        return None;
    }
    if !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Some(("Sid", "takes letters and digits only in an IAM policy"));
    }
    (!earlier.insert(sid)).then_some(("Sid", "an earlier statement has the same Sid"))
}
