//! Whether S3 Block Public Access takes a bucket policy for public.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>

use crate::policy::{
    Clause, Condition, Effect, Operand, Policy, PrincipalId, SetOperator, Statement, Test,
};

/// Whether the policy grants access to more than fixed principals, sources and networks.
pub fn is_public(policy: &Policy) -> bool {
    policy.statements.iter().any(|statement| {
        statement.effect == Effect::Allow
            && names_everyone(statement)
            && !statement.conditions.iter().any(limits_to_fixed_values)
    })
}

fn names_everyone(statement: &Statement) -> bool {
    match &statement.principal {
        Some(Clause::Is(listed)) => {
            listed.iter().any(|principal| principal.id == PrincipalId::Anyone)
        }
        Some(Clause::IsNot(_)) => true,
        None => false,
    }
}

/// Condition keys by which S3 takes a statement for limited, in lower case.
const LIMITING: [&str; 14] = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
];

fn limits_to_fixed_values(condition: &Condition) -> bool {
    let operator = condition.operator;
    let positive = !operator.negated
        && !operator.if_exists
        && operator.set != SetOperator::ForAllValues
        && operator.test != Test::Null;
    positive
        && LIMITING.contains(&condition.key.lower())
        && !condition.values.is_empty()
        && condition.values.iter().all(|value| match value.operand {
            Operand::Net(range) => {
                range.prefix_len() >= if range.addr().is_ipv4() { 8 } else { 32 }
            }
            // An access point's ARN may leave its name open as long as it fixes the account.
            _ if condition.key.lower() == "s3:dataaccesspointarn" => {
                !value.pattern.literal_start().is_empty()
                    && value
                        .as_str()
                        .split(':')
                        .nth(4)
                        .is_some_and(|account| !account.contains('*'))
            }
            _ => !value.as_str().contains(['*', '?', '$']),
        })
}

#[cfg(test)]
mod tests {
    use super::is_public;
    use crate::policy::{Policy, PolicyKind};

    fn check(principal: &str, condition: &str, public: bool) {
        let json = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},
                "Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{condition}}}]}}"#
        );
        let policy = Policy::parse(&json, PolicyKind::Resource).unwrap();
        assert_eq!(is_public(&policy), public, "{principal} {condition}");
    }

    #[test]
    fn fixed_values_are_not_public() {
        check(r#""*""#, "{}", true);
        check(r#"{"AWS":"111111111111"}"#, "{}", false);
        check(r#""*""#, r#"{"StringEquals":{"aws:SourceVpc":"vpc-91237329"}}"#, false);
        check(r#""*""#, r#"{"StringLike":{"aws:SourceVpc":"vpc-*"}}"#, true);
        check(r#""*""#, r#"{"StringNotEquals":{"aws:SourceVpc":"vpc-1"}}"#, true);
        check(r#""*""#, r#"{"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}}"#, false);
        check(r#""*""#, r#"{"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}}"#, true);
        check(r#""*""#, r#"{"Bool":{"aws:SecureTransport":"true"}}"#, true);
    }
}
