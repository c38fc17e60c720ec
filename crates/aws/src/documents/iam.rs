//! Inline policies of roles and users, and trust policies.

use crate::evidence::{Answer, Failure, OrAbsent, Session};
use percent_encoding::percent_decode_str;

/// The role, the user, or its policy.
const ABSENT: &[&str] = &["NoSuchEntity"];

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
pub(super) async fn trust_policy(session: &Session, role: &str) -> Answer<Option<String>> {
    let operation = "GetRole";
    let client = session.iam();
    let answer = session.call(operation, client.get_role().role_name(role).send()).await;
    let found = answer.or_absent(ABSENT)?.and_then(|answer| answer.role);
    let text = found.and_then(|role| role.assume_role_policy_document);
    text.map(|text| decoded(operation, &text)).transpose()
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html>
pub(super) async fn put_trust_policy(session: &Session, role: &str, text: &str) -> Answer<()> {
    let client = session.iam();
    let request = client.update_assume_role_policy().role_name(role).policy_document(text);
    session.call("UpdateAssumeRolePolicy", request.send()).await.map(drop)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>
pub(super) async fn role_policy(
    session: &Session,
    role: &str,
    name: &str,
) -> Answer<Option<String>> {
    let operation = "GetRolePolicy";
    let client = session.iam();
    let request = client.get_role_policy().role_name(role).policy_name(name);
    let answer = session.call(operation, request.send()).await.or_absent(ABSENT)?;
    answer.map(|answer| decoded(operation, &answer.policy_document)).transpose()
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html>
pub(super) async fn put_role_policy(
    session: &Session,
    role: &str,
    name: &str,
    text: &str,
) -> Answer<()> {
    let client = session.iam();
    let request = client.put_role_policy().role_name(role).policy_name(name).policy_document(text);
    session.call("PutRolePolicy", request.send()).await.map(drop)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html>
pub(super) async fn delete_role_policy(session: &Session, role: &str, name: &str) -> Answer<()> {
    let client = session.iam();
    let request = client.delete_role_policy().role_name(role).policy_name(name);
    session.call("DeleteRolePolicy", request.send()).await.or_absent(ABSENT).map(drop)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>
pub(super) async fn user_policy(
    session: &Session,
    user: &str,
    name: &str,
) -> Answer<Option<String>> {
    let operation = "GetUserPolicy";
    let client = session.iam();
    let request = client.get_user_policy().user_name(user).policy_name(name);
    let answer = session.call(operation, request.send()).await.or_absent(ABSENT)?;
    answer.map(|answer| decoded(operation, &answer.policy_document)).transpose()
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>
pub(super) async fn put_user_policy(
    session: &Session,
    user: &str,
    name: &str,
    text: &str,
) -> Answer<()> {
    let client = session.iam();
    let request = client.put_user_policy().user_name(user).policy_name(name).policy_document(text);
    session.call("PutUserPolicy", request.send()).await.map(drop)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>
pub(super) async fn delete_user_policy(session: &Session, user: &str, name: &str) -> Answer<()> {
    let client = session.iam();
    let request = client.delete_user_policy().user_name(user).policy_name(name);
    session.call("DeleteUserPolicy", request.send()).await.or_absent(ABSENT).map(drop)
}

/// IAM tells policies with percent signs, as RFC 3986 says: a plus sign is one. A policy begins with
/// a brace; one that does so in the answer was told as it is.
fn decoded(operation: &str, text: &str) -> Answer<String> {
    if text.trim_start().starts_with('{') {
        return Ok(text.to_owned());
    }
    let text = percent_decode_str(text).decode_utf8();
    text.map(Into::into).map_err(|_| Failure::because(operation, "the policy is no UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn policies_are_decoded_once() {
        let told = "%7B%22Resource%22%3A%22arn%3Aaws%3As3%3A%3A%3Ab%2Fa%2Bb%2520c%22%7D";
        assert_eq!(decoded("", told).unwrap(), r#"{"Resource":"arn:aws:s3:::b/a+b%20c"}"#);
        let plain = "\n{\"Resource\": \"arn:aws:s3:::b/a+b%20c\"}";
        assert_eq!(decoded("", plain).unwrap(), plain);
        assert!(decoded("", "%7B%FF%7D").is_err());
    }
}
