//! Who asks.

use super::samples::{self, Own};
use super::subject::Subject;
use super::universe::Ranked;
use crate::arn::{AccountId, Arn};
use crate::context::{Fact, Key};
use crate::evaluate::{Caller, CallerKind};
use crate::plan::ChangeKind;
use crate::policy::{Clause, Principal, PrincipalId, Statement};

/// How many callers there are at most.
const MOST: usize = 40;

/// Services that use what S3 and KMS hold.
const SERVICES: [&str; 4] = [
    "cloudtrail.amazonaws.com",
    "s3.amazonaws.com",
    "logging.s3.amazonaws.com",
    "lambda.amazonaws.com",
];

/// The condition keys that the caller itself decides, in lower case.
pub(super) const OWN_KEYS: [&str; 5] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principaltype",
    "aws:username",
    "kms:calleraccount",
];

/// Those who are let in, those who are alike, and everybody who is named anywhere.
pub(super) fn callers(subject: &Subject<'_>) -> Ranked<Caller> {
    let entity = &subject.intent.entity;
    let mut callers = Ranked::new(MOST);
    callers.extend(sessions(entity));
    if matches!(subject.change.kind, ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy) {
        // Nobody else has the policy.
        return callers.all_near();
    }
    let Some(home) = Home::of(entity) else { return callers.all_near() };
    let stranger = stranger(subject);
    callers.extend([Caller::anonymous()]);
    callers.extend(home.neighbours());
    callers.extend(home.moved(stranger));
    let mut callers = callers.all_near();
    callers.extend(home.others());
    callers.extend(role(home.partition, stranger, "Somebody"));
    callers.extend(parse(&format!("arn:{}:iam::{stranger}:root", home.partition)));
    callers.extend(SERVICES.map(Caller::service));
    callers.extend([Caller::federated("accounts.google.com")]);
    for statement in subject.statements() {
        callers.extend(named(statement, &home, &subject.own_keys));
    }
    for grant in &subject.grants {
        let principals = grant.grantee.iter().chain(&grant.retiring);
        callers.extend(principals.flat_map(|principal| home.representatives(principal)));
    }
    callers
}

/// What the context tells of a caller.
pub(super) fn facts(caller: &Caller) -> Vec<(Key, Fact)> {
    let mut facts = Vec::new();
    let mut tell = |key: &str, text: &str| facts.push((Key::new(key), Fact::one(text)));
    if let Some(account) = caller.account {
        tell("aws:PrincipalAccount", account.as_str());
        tell("kms:CallerAccount", account.as_str());
        tell("aws:PrincipalArn", caller.entity.arn().unwrap_or(&caller.name));
    }
    match caller.kind {
        CallerKind::User => {
            let user = caller.name.rsplit('/').next().unwrap_or_default();
            tell("aws:username", user);
            tell("aws:PrincipalType", "User");
        }
        CallerKind::Session => tell("aws:PrincipalType", "AssumedRole"),
        CallerKind::Root => tell("aws:PrincipalType", "Account"),
        CallerKind::FederatedUser => tell("aws:PrincipalType", "FederatedUser"),
        CallerKind::Anonymous => tell("aws:PrincipalType", "Anonymous"),
        _ => {}
    }
    facts
}

/// The single values among what the context tells of an entity, by their keys in lower case.
pub(super) fn told_of(entity: &str) -> Own {
    let facts = sessions(entity).into_iter().take(1).flat_map(|caller| facts(&caller));
    let told = facts.filter_map(|(key, fact)| match fact {
        Fact::One(value) => Some((key.lower().to_owned(), value.into())),
        _ => None,
    });
    told.collect()
}

/// Whom a statement names, and whom its conditions on the caller name.
pub(super) fn of_statement(statement: &Statement, subject: &Subject<'_>) -> Vec<Caller> {
    let home = Home::of(&subject.intent.entity);
    home.map(|home| named(statement, &home, &subject.own_keys)).unwrap_or_default()
}

fn named(statement: &Statement, home: &Home<'_>, own: &Own) -> Vec<Caller> {
    let principals = statement.principal.iter().flat_map(Clause::listed);
    let mut callers: Vec<Caller> =
        principals.flat_map(|principal| home.representatives(principal)).collect();
    for condition in &statement.conditions {
        let values = condition.values.iter().flat_map(|value| samples::texts(value.as_str(), own));
        match condition.key.lower() {
            "aws:principalarn" => callers.extend(values.flat_map(|arn| sessions(&arn))),
            "aws:principalaccount" | "kms:calleraccount" => {
                let accounts = values.filter_map(|id| AccountId::parse(&id));
                callers.extend(accounts.flat_map(|id| role(home.partition, id, "Somebody")));
            }
            _ => {}
        }
    }
    callers
}

/// Two sessions of a role; a user, and a federated user of it; whoever an ARN names otherwise.
pub(super) fn sessions(entity: &str) -> Vec<Caller> {
    let Some(arn) = Arn::parse(entity) else { return parse(entity) };
    let name = arn.resource.rsplit('/').next().unwrap_or_default();
    let of = |kind: &str| format!("arn:{}:sts::{}:{kind}/{name}", arn.partition, arn.account);
    let federated = || parse(&of("federated-user")).into_iter().map(|one| one.with_entity(entity));
    if arn.resource.starts_with("role/") {
        let session = |session: &str| parse(&format!("{}/{session}", of("assumed-role")));
        let sessions = session("one").into_iter().chain(session("two"));
        sessions.map(|session| session.with_entity(entity)).collect()
    } else if arn.resource.starts_with("user/") {
        parse(entity).into_iter().chain(federated()).collect()
    } else {
        parse(entity)
    }
}

fn parse(text: &str) -> Vec<Caller> {
    let caller = Caller::parse(text).ok().filter(|caller| caller.kind != CallerKind::SomeSession);
    // Nobody has a unique id but those who are given one.
    caller.map(|caller| caller.with_unique_id(Fact::Absent)).into_iter().collect()
}

fn role(partition: &str, account: AccountId, name: &str) -> Vec<Caller> {
    sessions(&format!("arn:{partition}:iam::{account}:role/{name}")).into_iter().take(1).collect()
}

/// An account that nothing names.
fn stranger(subject: &Subject<'_>) -> AccountId {
    let texts = [&*subject.intent.entity, subject.change.account.as_str()];
    let known = |id: &str| {
        texts.iter().any(|text| text.contains(id))
            || subject.statements().any(|statement| {
                let principals = statement.principal.iter().flat_map(Clause::listed);
                principals.into_iter().any(|principal| principal.written.contains(id))
            })
    };
    let ids = ["999999999999", "888888888888", "777777777777", "666666666666"];
    let id = ids.into_iter().find(|id| !known(id)).and_then(AccountId::parse);
    id.unwrap_or(subject.change.account)
}

/// Where the one who is let in belongs to.
struct Home<'a> {
    partition: &'a str,
    account: AccountId,
    /// `role` or `user`.
    kind: &'a str,
    /// With slashes at both ends.
    path: &'a str,
    name: &'a str,
}

impl<'a> Home<'a> {
    fn of(entity: &'a str) -> Option<Self> {
        let arn = Arn::parse(entity)?;
        let (kind, rest) = arn.resource.split_at_checked(arn.resource.find('/')?)?;
        let (path, name) = rest.split_at_checked(rest.rfind('/')? + 1)?;
        Some(Self { partition: arn.partition, account: arn.account_id()?, kind, path, name })
    }

    fn sibling(&self, kind: &str, path: &str, name: &str) -> Option<Caller> {
        let Self { partition, account, .. } = self;
        let arn = format!("arn:{partition}:iam::{account}:{kind}{path}{name}");
        sessions(&arn).into_iter().next()
    }

    /// Those who are easily taken for the one who is let in.
    fn neighbours(&self) -> Vec<Caller> {
        let Self { partition, account, kind, path, name } = self;
        let longer = format!("{name}2");
        let elsewhere = if *path == "/" { "/elsewhere/" } else { "/" };
        let other_kind = if *kind == "role" { "user" } else { "role" };
        [
            self.sibling(kind, path, &longer),
            self.sibling(kind, elsewhere, name),
            self.sibling(other_kind, "/", name),
            parse(&format!("arn:{partition}:iam::{account}:root")).pop(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Others of the account.
    fn others(&self) -> Vec<Caller> {
        let Self { partition, account, kind, path, name } = self;
        let mut shorter = (*name).to_owned();
        shorter.pop();
        let federated = format!("arn:{partition}:sts::{account}:federated-user/{name}");
        let mut others: Vec<Caller> = [
            self.sibling("user", "/", "somebody"),
            self.sibling("role", "/", "Somebody"),
            self.sibling(kind, path, &self.name.to_lowercase()),
            Some(shorter)
                .filter(|name| !name.is_empty())
                .and_then(|name| self.sibling(kind, path, &name)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if *kind == "role" {
            others.extend(parse(&federated));
        }
        others
    }

    /// The same name in another account.
    fn moved(&self, account: AccountId) -> Vec<Caller> {
        let Self { partition, kind, path, name, .. } = self;
        let moved = format!("arn:{partition}:iam::{account}:{kind}{path}{name}");
        sessions(&moved).into_iter().take(1).collect()
    }

    /// Callers whom an entry of `Principal` names.
    fn representatives(&self, principal: &Principal) -> Vec<Caller> {
        let written = &*principal.written;
        match &principal.id {
            PrincipalId::Account(account) => {
                let mut callers = role(self.partition, *account, "Somebody");
                callers.extend(parse(&format!("arn:{}:iam::{account}:root", self.partition)));
                callers
            }
            PrincipalId::User | PrincipalId::Role(_) => {
                sessions(written).into_iter().take(1).collect()
            }
            PrincipalId::Session(_) | PrincipalId::FederatedUser(_) => {
                let other = written.rsplit_once('/').map(|(role, _)| format!("{role}/other"));
                parse(written).into_iter().chain(other.iter().flat_map(|one| parse(one))).collect()
            }
            PrincipalId::UniqueId => {
                let somebody = role(self.partition, self.account, "Recreated");
                let named = somebody.into_iter().map(|one| one.with_unique_id(Fact::one(written)));
                named.collect()
            }
            PrincipalId::Service if written != "*" => vec![Caller::service(written)],
            PrincipalId::Federated if written != "*" => vec![Caller::federated(written)],
            PrincipalId::Anyone
            | PrincipalId::CanonicalUser
            | PrincipalId::Service
            | PrincipalId::Federated => Vec::new(),
        }
    }
}
