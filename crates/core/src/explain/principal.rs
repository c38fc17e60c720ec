//! Who the caller is, completed from the evidence of its account.

use crate::arn::Arn;
use crate::call::Call;
use crate::context::Fact;
use crate::evaluate::{Caller, CallerKind, Entity};
use crate::evidence::{Evidence, Field, Lookup};

/// The call with its caller as the evidence knows it: a unique id becomes an ARN, a role's name
/// its ARN with the path.
pub(crate) fn resolved(mut call: Call, evidence: &Evidence) -> Call {
    if let Some(caller) = resolve(&call.caller, evidence) {
        call.caller = caller;
        if call.partition == "aws" {
            call.partition = call.caller.partition().to_owned();
        }
    }
    call
}

fn resolve(caller: &Caller, evidence: &Evidence) -> Option<Caller> {
    let account = caller.account?;
    match caller.kind {
        CallerKind::Unresolved => {
            let Fact::One(id) = &caller.unique_id else { return None };
            if let Lookup::Found(role) = evidence.role(account, |role| role.role_id.is(&**id)) {
                let arn = role.thing.arn.get()?;
                let partition = Arn::parse(arn).map_or("aws", |arn| arn.partition);
                let session = caller.name.split_once(':').map_or("", |(_, session)| session);
                let name = arn.rsplit('/').next().unwrap_or_default();
                let text = format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}");
                let caller = Caller::parse(&text).ok()?;
                return Some(caller.with_entity(arn).with_unique_id(Fact::one(id)));
            }
            if let Lookup::Found(user) = evidence.user(account, |user| user.user_id.is(&**id)) {
                let caller = Caller::parse(user.thing.arn.get()?).ok()?;
                return Some(caller.with_unique_id(Fact::one(id)));
            }
            None
        }
        CallerKind::Session | CallerKind::SomeSession => {
            let found = match &caller.entity {
                Entity::Known(arn) => evidence.role(account, |role| role.arn.is(&**arn)),
                Entity::RoleNamed(name) => evidence.role(account, |role| match &role.arn {
                    Field::Set(arn) => (arn.rsplit('/').next() == Some(&**name)).into(),
                    arn => arn.is(""),
                }),
                Entity::Unknown | Entity::None => return None,
            };
            let Lookup::Found(role) = found else { return None };
            let known = caller.clone().with_entity(role.thing.arn.get()?);
            Some(with_id(known, role.thing.role_id.text()))
        }
        CallerKind::User => {
            let found = evidence.user(account, |user| user.arn.is(&*caller.name));
            let Lookup::Found(user) = found else { return None };
            Some(with_id(caller.clone(), user.thing.user_id.text()))
        }
        _ => None,
    }
}

/// The event's unique id counts: a principal that was deleted and made anew has another one.
fn with_id(caller: Caller, id: &str) -> Caller {
    if caller.unique_id == Fact::Unknown && !id.is_empty() {
        return caller.with_unique_id(Fact::one(id));
    }
    caller
}
