use super::{Class, Passed, Seen, Sighting};
use crate::config::Configuration;
use serde_json::{Value, json};

fn record(name: &str) -> Value {
    let path = format!("{}/../../tests/records/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap()
}

fn made(name: &str) -> Value {
    record(&format!("made/{name}"))
}

fn event(account: &str, record: &Value) -> String {
    let source = record["eventSource"].as_str().unwrap().split('.').next().unwrap();
    json!({"version": "0", "id": "e0a1", "detail-type": "AWS API Call via CloudTrail",
        "source": format!("aws.{source}"), "account": account, "time": "2026-11-20T09:42:30Z",
        "region": "us-west-2", "resources": [], "detail": record})
    .to_string()
}

fn configuration(more: &str) -> Configuration {
    let accounts = "accounts.trusted = [\"111111111111\", \"222222222222\"]\n";
    Configuration::parse(&format!("{accounts}{more}")).unwrap()
}

fn seen(record: &Value) -> Seen {
    Seen::read(&event("222222222222", record), &configuration("")).unwrap()
}

fn sighting(record: &Value) -> Sighting {
    match seen(record) {
        Seen::Ours(sighting) => *sighting,
        Seen::Passed(why) => panic!("passed over: {why:?}"),
    }
}

/// The copies of one event in two accounts, and the call that S3 made to KMS for it, are of one
/// group, although each of the three tells something else.
#[test]
fn three_records_of_one_denial() {
    let shared = |name| {
        let mut record = made(name);
        record["sharedEventID"] = json!("c0ffee00-1111-4222-8333-444455556666");
        sighting(&record)
    };
    let callers = shared("s3_GetObject_AssumedRole_callers_copy");
    let owners = shared("s3_GetObject_AssumedRole_owners_copy");
    let kms = sighting(&made("kms_Decrypt_AssumedRole_forwarded_by_s3"));
    assert_eq!(callers.group(), owners.group());
    assert_eq!(callers.group(), kms.group());
    assert_eq!(callers.event, owners.event, "copies share an id");
    assert_ne!(callers.event, kms.event);
    assert_eq!((callers.class, &*callers.resource), (Class::Read, &*owners.resource));
    assert_eq!(callers.resource_account, None, "the caller's copy hides the bucket's owner");
    assert!(owners.resource_account.is_some());
    assert_eq!(owners.principal_arn, None, "the owner's copy knows the unique id alone");
    assert!(callers.rank > owners.rank && owners.rank > kms.rank);
    assert!(kms.key.is_some() && callers.key.is_none());
}

#[test]
fn a_role_is_named_by_its_message() {
    let sighting = sighting(&made("sts_AssumeRole_IAMUser_trust_policy"));
    assert_eq!(sighting.class, Class::Assume);
    assert!(sighting.resource.contains(":role/"), "{}", sighting.resource);
}

#[test]
fn what_is_passed_over() {
    let denied = made("s3_GetObject_AssumedRole_callers_copy");
    let with = |path: &str, value: Value| {
        let mut record = denied.clone();
        *record.pointer_mut(path).unwrap() = value;
        record
    };
    for (name, record, why) in [
        ("success", record("kms_Decrypt_IAMUser_ok_bc6a1b86"), Passed::NotADenial),
        ("anonymous", made("s3_GetObject_anonymous"), Passed::Anonymous),
        ("another service", with("/eventSource", json!("ec2.amazonaws.com")), Passed::OtherService),
        (
            "a stranger",
            serde_json::from_str(&denied.to_string().replace("222222222222", "333333333333"))
                .unwrap(),
            Passed::UntrustedAccount,
        ),
        (
            "an expired link",
            with("/errorMessage", json!("Request has expired")),
            Passed::NotByPolicy,
        ),
    ] {
        assert_eq!(seen(&record), Seen::Passed(why), "{name}");
    }
    let own = denied.to_string().replace("role/data/ReportReader", "role/locksmith/LocksmithRead");
    assert_eq!(seen(&serde_json::from_str(&own).unwrap()), Seen::Passed(Passed::Locksmith));
    let ignoring = configuration("detect.ignored_principals = [\"arn:aws:iam::*:role/data/*\"]");
    let of = |account, configuration| Seen::read(&event(account, &denied), configuration).unwrap();
    assert_eq!(of("222222222222", &ignoring), Seen::Passed(Passed::Ignored));
    let session = "detect.ignored_principals = [\"arn:aws:sts::*:assumed-role/ReportReader/*\"]";
    let of_session = configuration(session);
    assert_eq!(of("222222222222", &of_session), Seen::Passed(Passed::Ignored));
    let ignoring = configuration("detect.ignored_accounts = [\"222222222222\"]");
    assert_eq!(of("111111111111", &ignoring), Seen::Passed(Passed::Ignored));
    assert_eq!(of("333333333333", &configuration("")), Seen::Passed(Passed::UntrustedAccount));
    let forged = event("222222222222", &denied).replace("\"aws.s3\"", "\"my.app\"");
    assert_eq!(
        Seen::read(&forged, &configuration("")).unwrap(),
        Seen::Passed(Passed::NotADenial),
        "anybody may put an event whose source does not begin with aws."
    );
}

#[test]
fn poison() {
    let denied = made("s3_GetObject_AssumedRole_callers_copy");
    let mut timeless = denied.clone();
    timeless["eventTime"] = json!("yesterday");
    let unreadable = event("222222222222", &timeless);
    for body in ["", "{", "[]", "{\"source\": \"aws.s3\"}", &unreadable] {
        let error = Seen::read(body, &configuration("")).unwrap_err().to_string();
        assert!(error.starts_with("not an EventBridge event around a CloudTrail record: "));
    }
}
