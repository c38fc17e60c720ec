//! How AWS words `AccessDenied`: every known template, filled in, and its kin (quotes or none,
//! resource or none, cut off anywhere, with the pointer to the authorization details).

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

use locksmith_core::message::{Blame, Message, MessageEffect};
use serde_json::Value;

const PRINCIPAL: &str = "arn:aws:sts::222222222222:assumed-role/Etl/run-7";
const KEY: &str = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const OBJECT: &str = "arn:aws:s3:::reports/because no session policy/q3 \u{e9}.parquet";
const POLICY: &str = "arn:aws:organizations::999999999999:policy/o-abc/service_control_policy/p-1";

fn filled(template: &str) -> String {
    let kms = template.contains("kms");
    template
        .replace("[ on resource: {resource_arn}]", " on resource: {resource_arn}")
        .replace("arn:aws:sts::{acct}:assumed-role/{role}/{session}", PRINCIPAL)
        .replace("{principal_arn}", PRINCIPAL)
        .replace("{kms_action}", "kms:Decrypt")
        .replace("{action}", "s3:GetObject")
        .replace("{resource_arn}", if kms { KEY } else { OBJECT })
        .replace("{key_arn}", KEY)
        .replace("{role_arn}", "arn:aws:iam::111111111111:role/Engineering")
        .replace("{policy_arn}", POLICY)
        .replace("arn:aws:organizations::{mgmt}:policy/{org}/service_control_policy/{p-id}", POLICY)
}

/// The names that the list of messages uses, in ours.
fn expected_layer(listed: &str) -> Option<&'static str> {
    Some(match listed {
        "identity_policy" => "identity_policy",
        "resource_policy" | "key_policy" => "resource_policy",
        "session_policy" => "session_policy",
        "scp" => "scp",
        "rcp" => "rcp",
        "vpc_endpoint_policy" => "vpc_endpoint_policy",
        "permissions_boundary" => "permissions_boundary",
        "role_trust_policy" => "trust_policy",
        "block_public_access" => "block_public_access",
        "bucket_blocked_encryption_type" => "bucket_setting",
        "object_ownership" => "object_ownership",
        "key_policy_or_missing_key_or_region" => "key_policy_or_missing_key",
        "key_state" | "key_state_or_region_or_alias" => "key_state",
        "encoded" => "encoded",
        "object_lock"
        | "ssec_key_mismatch"
        | "presigned_url_expired"
        | "presigned_signature"
        | "presigned_params"
        | "post_policy"
        | "cross_account_bucket_policy_call" => "request",
        "unknown" | "unknown (trust policy or identity policy)" | "suffix" => return None,
        other => panic!("a layer that this test does not know: {other}"),
    })
}

fn messages() -> Vec<Value> {
    let file = locksmith_tests::root().join("messages/messages.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn every_template_is_read() {
    let messages = messages();
    assert!(messages.len() >= 60, "there were 63 templates");
    for entry in &messages {
        let template = entry["template"].as_str().unwrap();
        let text = filled(template);
        let message = Message::parse(&text);
        let layer = entry["layer"].as_str().unwrap();
        let found = message.blame.map(Blame::name);
        assert_eq!(found, expected_layer(layer), "{template}");
        let effect = match entry["effect"].as_str().unwrap() {
            "implicit" => Some(MessageEffect::Implicit),
            // Some sentences tell what happened in other words than "explicit deny".
            "explicit" if template.contains("explicit deny") => Some(MessageEffect::Explicit),
            _ => None,
        };
        if effect.is_some() || layer == "unknown" {
            assert_eq!(message.effect, effect, "{template}");
        }
        if template.starts_with("User: {principal_arn}") {
            assert_eq!(message.principal.as_deref(), Some(PRINCIPAL), "{template}");
            assert!(message.action.is_some(), "{template}");
        }
        if template.contains("resource_arn}") {
            let expected = if template.contains("kms") { KEY } else { OBJECT };
            assert_eq!(message.resource.as_deref(), Some(expected), "{template}");
        }
        let named = template.contains("{policy_arn}") || template.contains("{p-id}");
        assert_eq!(message.policy_arn.as_deref(), named.then_some(POLICY), "{template}");
    }
}

#[test]
fn kin_of_every_template_say_the_same() {
    for entry in messages() {
        let text = filled(entry["template"].as_str().unwrap());
        let message = Message::parse(&text);
        let unquoted = Message::parse(&text.replace('"', ""));
        assert_eq!(unquoted.blame, message.blame, "{text}");
        assert_eq!(unquoted.resource, message.resource, "{text}");
        if entry["layer"] == "suffix" {
            continue;
        }
        let details = format!(
            "{text}. Go to https://us-west-2.console.aws.amazon.com/iam/home?region=us-west-2#/\
             authorization-details/abc-123 for complete details, or call the \
             GetRequestAuthorizationDetails API with the following authorization id: abc-123"
        );
        let with_details = Message::parse(&details);
        assert_eq!(with_details.blame, message.blame, "{text}");
        assert_eq!(with_details.authorization_id.as_deref(), Some("abc-123"), "{text}");
        assert_eq!(with_details.policy_arn, message.policy_arn, "{text}");
    }
}

#[test]
fn a_message_may_be_cut_off_anywhere() {
    for entry in messages() {
        let text = filled(entry["template"].as_str().unwrap());
        let whole = Message::parse(&text);
        for (end, _) in text.char_indices() {
            let cut = Message::parse(&text[..end]);
            // What is still there to be blamed is what the whole message blames.
            if let (Some(blame), Some(whole)) = (cut.blame, whole.blame) {
                assert_eq!(blame, whole, "{}", &text[..end]);
            }
        }
    }
}
