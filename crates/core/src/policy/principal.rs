//! Entries of `Principal` and `NotPrincipal`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::arn::{AccountId, Arn};

/// One entry, with its text as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Whom it names.
    pub id: PrincipalId,
    /// The text as written.
    pub written: Box<str>,
}

/// Whom an entry names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalId {
    /// `*` or `{"AWS": "*"}`: everyone, anonymous callers too.
    Anyone,
    /// An account: `111111111111` or `arn:aws:iam::111111111111:root`.
    Account(AccountId),
    /// `arn:aws:iam::111111111111:user/path/name`, or an origin access identity, whose account
    /// part is no account id.
    User,
    /// `arn:aws:iam::111111111111:role/path/name`.
    Role(AccountId),
    /// `arn:aws:sts::111111111111:assumed-role/name/session`.
    Session(AccountId),
    /// `arn:aws:sts::111111111111:federated-user/name`.
    FederatedUser(AccountId),
    /// `AIDA...` or `AROA...`: what AWS shows in place of the ARN of a deleted user or role.
    UniqueId,
    /// `{"Service": "..."}`.
    Service,
    /// `{"Federated": "..."}`: an identity provider.
    Federated,
    /// `{"CanonicalUser": "..."}`: an account by its canonical id.
    CanonicalUser,
}

impl Principal {
    /// `*`, which stands for everyone.
    pub fn anyone() -> Self {
        Self { id: PrincipalId::Anyone, written: "*".into() }
    }

    /// An entry under `AWS`.
    pub fn aws(text: &str) -> Result<Self, &'static str> {
        Ok(Self { id: aws_id(text)?, written: text.into() })
    }

    /// An entry under one of the other kinds.
    pub fn of_kind(kind: &str, text: &str) -> Option<Self> {
        let id = match kind {
            "Service" => PrincipalId::Service,
            "Federated" => PrincipalId::Federated,
            "CanonicalUser" => PrincipalId::CanonicalUser,
            _ => return None,
        };
        Some(Self { id, written: text.into() })
    }

    /// The key under which the entry stands in a document.
    pub fn kind(&self) -> &'static str {
        match self.id {
            PrincipalId::Service => "Service",
            PrincipalId::Federated => "Federated",
            PrincipalId::CanonicalUser => "CanonicalUser",
            _ => "AWS",
        }
    }
}

fn aws_id(text: &str) -> Result<PrincipalId, &'static str> {
    const WILDCARD: &str = "a principal's ARN takes no wildcard; write `*` alone and limit it by a \
                            condition on aws:PrincipalArn";
    const UNKNOWN: &str = "not a principal: expected `*`, an account id, the ARN of an account's \
                           root, user, role or session, or a unique id (AIDA..., AROA...)";
    if text == "*" {
        return Ok(PrincipalId::Anyone);
    }
    if let Some(account) = AccountId::parse(text) {
        return Ok(PrincipalId::Account(account));
    }
    if is_unique_id(text) {
        return Ok(PrincipalId::UniqueId);
    }
    let arn = Arn::parse(text).ok_or(UNKNOWN)?;
    if text.contains(['*', '?']) {
        return Err(WILDCARD);
    }
    let named =
        |prefix: &str| arn.resource.strip_prefix(prefix).is_some_and(|name| !name.is_empty());
    match (arn.service, arn.account_id()) {
        ("iam", Some(account)) if arn.resource == "root" => Ok(PrincipalId::Account(account)),
        ("iam", Some(account)) if named("role/") => Ok(PrincipalId::Role(account)),
        ("iam", _) if named("user/") => Ok(PrincipalId::User),
        ("sts", Some(account)) if named("assumed-role/") => Ok(PrincipalId::Session(account)),
        ("sts", Some(account)) if named("federated-user/") => {
            Ok(PrincipalId::FederatedUser(account))
        }
        _ => Err(UNKNOWN),
    }
}

/// `AIDA...` for users, `AROA...` for roles.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn is_unique_id(text: &str) -> bool {
    (text.starts_with("AIDA") || text.starts_with("AROA"))
        && text.len() > 4
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Principal, PrincipalId};

    #[test]
    fn forms() {
        let id = |text: &str| Principal::aws(text).map(|principal| principal.id);
        assert_eq!(id("*"), Ok(PrincipalId::Anyone));
        assert!(matches!(id("111111111111"), Ok(PrincipalId::Account(_))));
        assert!(matches!(id("arn:aws-cn:iam::111111111111:root"), Ok(PrincipalId::Account(_))));
        assert!(matches!(id("arn:aws:iam::111111111111:role/a/b"), Ok(PrincipalId::Role(_))));
        assert_eq!(id("AROAEXAMPLEEXAMPLE01"), Ok(PrincipalId::UniqueId));
        assert_eq!(id("arn:aws:iam::cloudfront:user/Origin E1"), Ok(PrincipalId::User));
        assert!(id("arn:aws:iam::111111111111:role/*").is_err());
        assert!(id("arn:aws:iam::111111111111:group/x").is_err());
        assert!(id("alice").is_err());
    }
}
