//! Who makes a request, and by which principals a policy names them.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::arn::{AccountId, Arn};
use crate::context::{Context, Fact, World};
use crate::policy::{Principal, PrincipalId};
use crate::tri::Tri;
use core::fmt;

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// What kind of principal.
    pub kind: CallerKind,
    /// The ARN, the service's name, the provider, `*` for anonymous callers, or the unique id
    /// where nothing else is known.
    pub name: Box<str>,
    /// The account; none for services, providers and anonymous callers.
    pub account: Option<AccountId>,
    /// The role behind a session, the user behind a federated user; the user itself.
    pub entity: Entity,
    /// The `AIDA...` or `AROA...` id.
    pub unique_id: Fact,
}

/// The kinds of callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallerKind {
    /// Nobody in particular: an unsigned request.
    Anonymous,
    /// An AWS service by its own principal.
    Service,
    /// A user of an identity provider who has no AWS session yet.
    Federated,
    /// An account's root user.
    Root,
    /// An IAM user.
    User,
    /// A session of a role.
    Session,
    /// Some session of a role, of which the name is not known.
    SomeSession,
    /// A session that `GetFederationToken` made for a user.
    FederatedUser,
    /// A user or session of an account, known by its unique id alone.
    Unresolved,
}

/// The IAM entity whose policies count for a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entity {
    /// Its ARN, with the path.
    Known(Box<str>),
    /// A role of this name in the caller's account, of which the path is not known.
    RoleNamed(Box<str>),
    /// Some user or role of the caller's account.
    Unknown,
    /// The caller has none.
    None,
}

impl Entity {
    /// The ARN where it is known.
    pub fn arn(&self) -> Option<&str> {
        match self {
            Self::Known(arn) => Some(arn),
            _ => None,
        }
    }
}

/// By what a statement names a caller; later is closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// By `*`.
    Everyone,
    /// By the account, which leaves it to the account's own policies.
    Account,
    /// By the role of a session or the user of a federated user: within what the session may.
    Entity,
    /// By the very principal that makes the request.
    Caller,
}

/// A text that names no caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerError(Box<str>);

impl fmt::Display for CallerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no principal of a request: expected the ARN of a user, role, session, \
             federated user or root, a service such as `s3.amazonaws.com`, or `*`",
            self.0
        )
    }
}

impl core::error::Error for CallerError {}

impl Caller {
    /// An unsigned request.
    pub fn anonymous() -> Self {
        Self {
            kind: CallerKind::Anonymous,
            name: "*".into(),
            account: None,
            entity: Entity::None,
            unique_id: Fact::Absent,
        }
    }

    /// An AWS service, such as `cloudtrail.amazonaws.com`.
    pub fn service(name: &str) -> Self {
        Self { kind: CallerKind::Service, name: name.into(), ..Self::anonymous() }
    }

    /// A user of an identity provider, by the provider's name or ARN.
    pub fn federated(provider: &str) -> Self {
        Self { kind: CallerKind::Federated, name: provider.into(), ..Self::anonymous() }
    }

    /// A principal of an account of which only the unique id is known.
    pub fn unresolved(unique_id: &str, account: Option<AccountId>) -> Self {
        let id = unique_id.split(':').next().unwrap_or_default();
        Self {
            kind: CallerKind::Unresolved,
            name: unique_id.into(),
            account,
            entity: Entity::Unknown,
            unique_id: if id.is_empty() { Fact::Unknown } else { Fact::one(id) },
        }
    }

    /// Reads an ARN, a service's name or `*`.
    ///
    /// A session's role is derived from its ARN, which does not hold the role's path; where the
    /// path is known, [`Caller::with_entity`] takes the role's own ARN.
    ///
    /// # Errors
    /// [`CallerError`] for a text that names no caller.
    pub fn parse(text: &str) -> Result<Self, CallerError> {
        let fail = || CallerError(text.into());
        if text == "*" {
            return Ok(Self::anonymous());
        }
        let Some(arn) = Arn::parse(text) else {
            let service = text.contains('.') && !text.contains([':', '/', ' ', '*']);
            return if service { Ok(Self::service(text)) } else { Err(fail()) };
        };
        if arn.service == "iam"
            && (arn.resource.starts_with("saml-provider/")
                || arn.resource.starts_with("oidc-provider/"))
        {
            return Ok(Self::federated(text));
        }
        let account = arn.account_id().ok_or_else(fail)?;
        let (kind, entity) = match (arn.service, arn.resource.split_once('/')) {
            ("iam", None) if arn.resource == "root" => (CallerKind::Root, Entity::None),
            ("iam", Some(("user", _))) => (CallerKind::User, Entity::Known(text.into())),
            ("iam", Some(("role", _))) => (CallerKind::SomeSession, Entity::Known(text.into())),
            ("sts", Some(("assumed-role", rest))) => {
                let role = rest.split('/').next().unwrap_or_default();
                let role = format!("arn:{}:iam::{account}:role/{role}", arn.partition);
                (CallerKind::Session, Entity::Known(role.into()))
            }
            ("sts", Some(("federated-user", _))) => (CallerKind::FederatedUser, Entity::Unknown),
            _ => return Err(fail()),
        };
        Ok(Self {
            kind,
            name: text.into(),
            account: Some(account),
            entity,
            unique_id: Fact::Unknown,
        })
    }

    /// The same caller, with the ARN of the role or user behind it.
    #[must_use]
    pub fn with_entity(mut self, arn: &str) -> Self {
        if matches!(self.kind, CallerKind::Session | CallerKind::FederatedUser) {
            self.entity = Entity::Known(arn.into());
        }
        self
    }

    /// The same caller, whose role's path is not known.
    #[must_use]
    pub fn without_path(mut self) -> Self {
        if self.kind == CallerKind::Session
            && let Some(name) = self.entity.arn().and_then(|arn| arn.rsplit('/').next())
        {
            self.entity = Entity::RoleNamed(name.into());
        }
        self
    }

    /// The same caller, with what is known of its unique id.
    #[must_use]
    pub fn with_unique_id(mut self, unique_id: Fact) -> Self {
        self.unique_id = unique_id;
        self
    }

    /// Whether the caller belongs to an account.
    pub fn is_member(&self) -> bool {
        self.account.is_some() || matches!(self.kind, CallerKind::Unresolved)
    }

    /// The partition of its ARN, `aws` where it has none.
    pub fn partition(&self) -> &str {
        Arn::parse(&self.name).map_or("aws", |arn| arn.partition)
    }

    /// Whether this is a session of a service-linked role, which no organization's policy
    /// restricts.
    pub fn is_service_linked(&self) -> bool {
        self.entity.arn().is_some_and(|arn| arn.contains(":role/aws-service-role/"))
    }

    /// The session's name, which a session's ARN and unique id end with.
    fn session_name(&self) -> Option<&str> {
        match self.kind {
            CallerKind::Session => self.name.splitn(3, '/').nth(2),
            CallerKind::Unresolved => self.name.split_once(':').map(|(_, session)| session),
            _ => None,
        }
    }

    /// Whether an entry of `Principal` names the caller, and by what.
    pub fn is_named_by(&self, principal: &Principal, context: &Context) -> (Tri, Naming) {
        use CallerKind as Kind;
        let written = &*principal.written;
        match &principal.id {
            PrincipalId::Anyone => (Tri::Yes, Naming::Everyone),
            PrincipalId::Account(account) => {
                let same =
                    self.account.map_or(self.in_some_account(), |own| (own == *account).into());
                // The root user is the account.
                let root = self.kind == Kind::Root;
                (same, if root { Naming::Caller } else { Naming::Account })
            }
            PrincipalId::User => match (self.kind, &self.entity) {
                (Kind::User, _) => ((*self.name == *written).into(), Naming::Caller),
                (Kind::FederatedUser, Entity::Known(user)) => {
                    ((**user == *written).into(), Naming::Entity)
                }
                (Kind::FederatedUser, Entity::Unknown) => {
                    // Closed: nothing was said of the user, so nobody can be named by it.
                    let maybe = self.in_account_of(written) & open(context);
                    (maybe, Naming::Entity)
                }
                (Kind::Unresolved, _) => (self.in_account_of(written), Naming::Caller),
                _ => (Tri::No, Naming::Caller),
            },
            PrincipalId::Role(_) => {
                let named = match &self.entity {
                    _ if self.kind == Kind::User || self.kind == Kind::FederatedUser => Tri::No,
                    Entity::Known(role) => (**role == *written).into(),
                    Entity::RoleNamed(name) => {
                        let same_name = written.rsplit('/').next() == Some(&**name);
                        Tri::from(same_name) & self.in_account_of(written)
                    }
                    Entity::Unknown => self.in_account_of(written),
                    Entity::None => Tri::No,
                };
                (named, Naming::Entity)
            }
            PrincipalId::Session(_) => (self.is_session(written), Naming::Caller),
            PrincipalId::FederatedUser(_) => {
                let named = match self.kind {
                    Kind::FederatedUser => (*self.name == *written).into(),
                    Kind::Unresolved => self.in_account_of(written),
                    _ => Tri::No,
                };
                (named, Naming::Caller)
            }
            PrincipalId::UniqueId => {
                let naming =
                    if written.starts_with("AROA") { Naming::Entity } else { Naming::Caller };
                let named = match &self.unique_id {
                    Fact::One(id) => (**id == *written).into(),
                    Fact::Unknown if self.is_member() => Tri::Unknown,
                    _ => Tri::No,
                };
                (named, naming)
            }
            PrincipalId::Service => {
                let named = self.kind == Kind::Service
                    && (written == "*" || self.name.eq_ignore_ascii_case(written));
                (named.into(), Naming::Caller)
            }
            PrincipalId::Federated => {
                let named = match self.kind {
                    Kind::Federated if written == "*" || *self.name == *written => Tri::Yes,
                    // A provider is an ARN or a host's name; a hash of it tells nothing.
                    Kind::Federated if !self.name.contains(['.', ':']) => Tri::Unknown,
                    _ => Tri::No,
                };
                (named, Naming::Caller)
            }
            // Which account has a canonical id is nowhere to be read.
            PrincipalId::CanonicalUser => {
                (Tri::from(self.is_member()) & Tri::Unknown, Naming::Account)
            }
        }
    }

    fn is_session(&self, written: &str) -> Tri {
        match self.kind {
            CallerKind::Session => (*self.name == *written).into(),
            CallerKind::SomeSession => {
                let role = |text: &str| text.rsplit('/').next().map(str::to_owned);
                let named = written.split('/').nth(1).map(str::to_owned);
                let same_role = self.entity.arn().and_then(role) == named;
                Tri::from(same_role) & self.in_account_of(written) & Tri::Unknown
            }
            CallerKind::Unresolved => {
                let session = written.splitn(3, '/').nth(2);
                Tri::from(session == self.session_name()) & self.in_account_of(written)
            }
            _ => Tri::No,
        }
    }

    /// Whether an ARN's entity could be this caller, of which no more than the account is known.
    fn in_account_of(&self, arn: &str) -> Tri {
        let other = Arn::parse(arn).and_then(|arn| arn.account_id());
        match (self.account, other) {
            (Some(own), Some(other)) if own != other => Tri::No,
            (_, None) => Tri::No,
            _ => Tri::Unknown,
        }
    }

    /// Whether a caller without a known account could be of some account.
    fn in_some_account(&self) -> Tri {
        if self.kind == CallerKind::Unresolved { Tri::Unknown } else { Tri::No }
    }
}

/// Nothing was said: in a closed world nobody is meant, in an open one perhaps.
fn open(context: &Context) -> Tri {
    match context.world() {
        World::Closed => Tri::No,
        World::Open => Tri::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Caller, Naming};
    use crate::context::{Context, Fact, World};
    use crate::policy::Principal;
    use crate::tri::Tri::{self, No, Unknown, Yes};

    fn check(caller: &Caller, principal: &str, expected: (Tri, Naming)) {
        let principal = Principal::aws(principal).unwrap();
        let context = Context::new(World::Open);
        assert_eq!(caller.is_named_by(&principal, &context), expected, "{principal:?}");
    }

    #[test]
    fn a_session_is_named_by_session_role_and_account() {
        let session = "arn:aws:sts::222222222222:assumed-role/Etl/run-7";
        let caller = Caller::parse(session).unwrap();
        check(&caller, session, (Yes, Naming::Caller));
        check(&caller, "arn:aws:sts::222222222222:assumed-role/Etl/run-8", (No, Naming::Caller));
        check(&caller, "arn:aws:iam::222222222222:role/Etl", (Yes, Naming::Entity));
        check(&caller, "arn:aws:iam::222222222222:role/team/Etl", (No, Naming::Entity));
        check(&caller, "222222222222", (Yes, Naming::Account));
        check(&caller, "111111111111", (No, Naming::Account));
        check(&caller, "*", (Yes, Naming::Everyone));
        let caller = caller.with_entity("arn:aws:iam::222222222222:role/team/Etl");
        check(&caller, "arn:aws:iam::222222222222:role/team/Etl", (Yes, Naming::Entity));
        let pathless = Caller::parse(session).unwrap().without_path();
        check(&pathless, "arn:aws:iam::222222222222:role/team/Etl", (Unknown, Naming::Entity));
        check(&pathless, "arn:aws:iam::222222222222:role/team/Load", (No, Naming::Entity));
    }

    #[test]
    fn a_unique_id_is_all_that_the_owners_copy_tells() {
        let account = crate::arn::AccountId::parse("222222222222");
        let caller = Caller::unresolved("AROAEXAMPLE:run-7", account);
        check(&caller, "AROAEXAMPLE", (Yes, Naming::Entity));
        check(&caller, "AROAOTHER", (No, Naming::Entity));
        check(&caller, "arn:aws:iam::222222222222:role/Etl", (Unknown, Naming::Entity));
        check(&caller, "arn:aws:iam::333333333333:role/Etl", (No, Naming::Entity));
        check(&caller, "arn:aws:sts::222222222222:assumed-role/Etl/run-8", (No, Naming::Caller));
        assert_eq!(caller.unique_id, Fact::one("AROAEXAMPLE"));
    }
}
