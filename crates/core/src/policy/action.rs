//! Actions, such as `s3:GetObject`, and patterns of them.

use super::pattern::{Pattern, Syntax};
use crate::context::{Context, World};
use core::fmt;

/// The action of a request: a service's prefix and a name, compared without regard to case.
#[derive(Clone, PartialEq, Eq)]
pub struct Action {
    written: Box<str>,
    lower: Box<str>,
    colon: usize,
}

impl Action {
    /// Takes `service:Name`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (service, name) = text.split_once(':')?;
        let plain = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        };
        (plain(service) && plain(name)).then(|| Self {
            written: text.into(),
            lower: text.to_ascii_lowercase().into(),
            colon: service.len(),
        })
    }

    /// As written, such as `s3:GetObject`.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The service's prefix in lower case, such as `s3`.
    pub fn service(&self) -> &str {
        self.lower.get(..self.colon).unwrap_or_default()
    }

    /// The name as written, such as `GetObject`.
    pub fn name(&self) -> &str {
        self.written.get(self.colon + 1..).unwrap_or_default()
    }

    /// The name in lower case.
    pub fn lower_name(&self) -> &str {
        self.lower.get(self.colon + 1..).unwrap_or_default()
    }

    /// Whether this is the action `service:name`, in whatever case.
    pub fn is(&self, action: &str) -> bool {
        self.lower.eq_ignore_ascii_case(action)
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// An entry of `Action` or `NotAction`.
#[derive(Clone, Debug)]
pub struct ActionPattern {
    written: Box<str>,
    lower: Pattern,
}

impl PartialEq for ActionPattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for ActionPattern {}

impl ActionPattern {
    /// Takes `*` or `service:name` with wildcards.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text != "*" {
            let (service, name) = text
                .split_once(':')
                .ok_or("an action is written `service:Name`, such as `s3:GetObject`, or `*`")?;
            if service.is_empty() || name.is_empty() {
                return Err("an action has a service before the colon and a name after it");
            }
        }
        let mut lower = Pattern::new(&text.to_ascii_lowercase(), Syntax::Wildcards);
        lower.without_variables(Syntax::Wildcards);
        Ok(Self { written: text.into(), lower })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether the action is one of these.
    pub fn matches(&self, action: &Action) -> bool {
        // No variables in actions, so no context.
        const EMPTY: &Context = &Context::new(World::Closed);
        self.lower.matches(&action.lower, EMPTY).is_yes()
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, ActionPattern};

    #[test]
    fn actions_match_without_regard_to_case() {
        let action = Action::parse("s3:GetObject").unwrap();
        for pattern in ["*", "S3:get*", "s3:GetObjec?", "*:*", "s3:*Object"] {
            assert!(ActionPattern::parse(pattern).unwrap().matches(&action), "{pattern}");
        }
        for pattern in ["s3:GetObjectAcl", "kms:*", "s3:Get?"] {
            assert!(!ActionPattern::parse(pattern).unwrap().matches(&action), "{pattern}");
        }
        assert!(ActionPattern::parse("GetObject").is_err());
        assert!(Action::parse("s3").is_none());
    }
}
