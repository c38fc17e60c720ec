//! Keys about the caller and its session.

use super::tags;
use crate::arn::AccountId;
use crate::context::{Context, Fact};
use crate::evaluate::CallerKind;
use crate::evidence::{Field, Lookup, Membership};
use crate::explain::facts::Facts;
use crate::simulate::{principal_account, principal_arn, principal_type};

pub(super) fn principal(facts: &Facts<'_>, context: &mut Context) {
    let caller = &facts.call.caller;
    let member = caller.is_member();
    let unresolved = caller.kind == CallerKind::Unresolved;
    let known_path = caller.entity.arn().is_some() || !is_session(caller.kind);
    let arn = match principal_arn(caller) {
        Some(arn) if known_path => Fact::one(arn),
        _ if unresolved || is_session(caller.kind) => Fact::Unknown,
        _ => Fact::Absent,
    };
    context.set("aws:PrincipalArn", arn);
    let account = principal_account(caller);
    context.set(
        "aws:PrincipalAccount",
        if unresolved && account == Fact::Absent { Fact::Unknown } else { account },
    );
    let kind = principal_type(caller);
    context.set("aws:PrincipalType", if unresolved { Fact::Unknown } else { Fact::maybe(kind) });
    let service = caller.kind == CallerKind::Service;
    context.set("aws:PrincipalIsAWSService", Fact::one(if service { "true" } else { "false" }));
    context.set("aws:PrincipalServiceName", Fact::maybe(service.then_some(&*caller.name)));
    if !service {
        // What a service acts for; its own requests alone carry these.
        for key in [
            "aws:SourceArn",
            "aws:SourceAccount",
            "aws:SourceOwner",
            "aws:SourceOrgID",
            "aws:SourceOrgPaths",
            "aws:PrincipalServiceNamesList",
        ] {
            context.set(key, Fact::Absent);
        }
    }
    context.set("aws:userid", user_id(facts));
    let name = caller.name.rsplit('/').next().filter(|_| caller.kind == CallerKind::User);
    context.set("aws:username", if unresolved { Fact::Unknown } else { Fact::maybe(name) });
    if caller.kind == CallerKind::User {
        let user = caller
            .account
            .map(|account| facts.evidence.user(account, |user| user.arn.is(&*caller.name)));
        if let Some(Lookup::Found(user)) = user {
            tags(context, "aws:PrincipalTag/", "aws:principaltag/", Some(&user.thing.tags));
        }
    } else if !member || caller.kind == CallerKind::Root {
        context.set_family("aws:principaltag/", Fact::Absent);
    }
    // A session may carry tags of its own, which no record shows.
    organization(
        facts,
        caller.account,
        member,
        ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"],
        context,
    );
}

fn is_session(kind: CallerKind) -> bool {
    matches!(kind, CallerKind::Session | CallerKind::SomeSession)
}

/// `AIDA...` for users, `AROA...:session` for sessions.
fn user_id(facts: &Facts<'_>) -> Fact {
    let caller = &facts.call.caller;
    let Fact::One(id) = &caller.unique_id else {
        return match caller.kind {
            CallerKind::Anonymous | CallerKind::Service | CallerKind::Federated => Fact::Absent,
            CallerKind::Root => caller.account.map_or(Fact::Unknown, |id| Fact::one(id.as_str())),
            _ => Fact::Unknown,
        };
    };
    match caller.kind {
        CallerKind::Session => {
            let session = caller.name.splitn(3, '/').nth(2).unwrap_or_default();
            Fact::one(&format!("{id}:{session}"))
        }
        CallerKind::SomeSession => Fact::Unknown,
        CallerKind::Unresolved if caller.name.contains(':') => Fact::one(&caller.name),
        CallerKind::Root => caller.account.map_or(Fact::Unknown, |id| Fact::one(id.as_str())),
        _ => Fact::One(id.clone()),
    }
}

/// The organization of an account: its id and the path of its units.
pub(super) fn organization(
    facts: &Facts<'_>,
    account: Option<AccountId>,
    has_account: bool,
    [id, paths]: [&str; 2],
    context: &mut Context,
) {
    if account.is_none() && !has_account {
        context.set(id, Fact::Absent);
        context.set(paths, Fact::Absent);
        return;
    }
    let (id_fact, paths_fact) = match facts.membership(account) {
        Membership::Member { organization, nodes } => {
            let id = &organization.content.id;
            let mut path = format!("{}/", id.text());
            for (_, node) in nodes.iter().take(nodes.len().saturating_sub(1)) {
                path.push_str(node.id.text());
                path.push('/');
            }
            match id {
                Field::Set(id) => (Fact::one(id), Fact::many([path])),
                _ => (Fact::Unknown, Fact::Unknown),
            }
        }
        Membership::Unknown(_) => (Fact::Unknown, Fact::Unknown),
        Membership::None => {
            let organizations = facts.evidence.organizations().unwrap_or_default();
            let ids = organizations.iter().map(|organization| organization.content.id.get());
            match ids.collect::<Option<Vec<_>>>() {
                None => (Fact::Unknown, Fact::Unknown),
                Some(ids) if ids.is_empty() => (Fact::Absent, Fact::Absent),
                // It may be in an organization that we do not know, but not in these.
                Some(ids) => {
                    let paths = ids.iter().map(|id| format!("{id}/").into()).collect();
                    let ids = ids.iter().map(|id| id.as_str().into()).collect();
                    (Fact::NoneOf(ids), Fact::NoneOf(paths))
                }
            }
        }
    };
    context.set(id, id_fact);
    context.set(paths, paths_fact);
}

pub(super) fn session(facts: &Facts<'_>, context: &mut Context) {
    let caller = &facts.call.caller;
    let session = &facts.call.session;
    if !caller.is_member() {
        for key in [
            "aws:MultiFactorAuthPresent",
            "aws:MultiFactorAuthAge",
            "aws:TokenIssueTime",
            "aws:SourceIdentity",
            "aws:FederatedProvider",
        ] {
            context.set(key, Fact::Absent);
        }
        return;
    }
    if !session.told {
        return;
    }
    let long_term = session.issued_at.is_none() && !is_session(caller.kind);
    // Long-term credentials carry neither MFA nor a time of issue.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
    let mfa = match session.mfa {
        Some(mfa) => Fact::one(if mfa { "true" } else { "false" }),
        None if long_term => Fact::Absent,
        None => Fact::Unknown,
    };
    if session.mfa != Some(true) && mfa != Fact::Unknown {
        context.set("aws:MultiFactorAuthAge", Fact::Absent);
    }
    context.set("aws:MultiFactorAuthPresent", mfa);
    let issued = match &session.issued_at {
        Some(time) => Fact::one(time),
        None if long_term => Fact::Absent,
        None => Fact::Unknown,
    };
    context.set("aws:TokenIssueTime", issued);
    context.set("aws:SourceIdentity", Fact::maybe(session.source_identity.as_deref()));
    let provider = session.federated_provider.as_deref();
    context.set(
        "aws:FederatedProvider",
        if long_term { Fact::Absent } else { provider.map_or(Fact::Unknown, Fact::one) },
    );
}
