use super::sought::Sought;
use super::{Between, Page, lookup, page};
use jiff::Timestamp;
use locksmith_app::config::Configuration;
use locksmith_app::incident::{Incident, IncidentId};
use locksmith_app::sighting::Seen;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{CallSummary, Diagnosis};
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::explain_record;
use locksmith_core::record::Record;
use serde_json::{Value, json};

const KEY: &str = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const OBJECT: &str = "arn:aws:s3:::reports/2026/q3.parquet";
const ROLE: &str = "arn:aws:iam::111111111111:role/deploy";

/// A page of `LookupEvents`, as it comes over the wire.
const ANSWER: &str = include_str!("lookup_events.json");

/// A denied call becomes an incident with its diagnosis, as in the service.
fn denied(record: &Value) -> (Incident, CallSummary) {
    let configuration = Configuration::parse(
        "[accounts]\ntrusted = [\"111111111111\", \"222222222222\"]\n\
         [detect]\nservices = [\"s3\", \"kms\", \"sts\"]\n",
    )
    .unwrap();
    let event = json!({"source": "aws.s3", "account": "222222222222", "detail": record});
    let Seen::Ours(sighting) = Seen::read(&event.to_string(), &configuration).unwrap() else {
        panic!("{record}")
    };
    let id = IncidentId::new(sighting.group(), 1);
    let incident = Incident::open(id, &sighting, sighting.at);
    let Diagnosis { call, .. } =
        explain_record(&Record::from_value(record).unwrap(), &Evidence::default());
    (incident, call)
}

fn reader() -> Value {
    json!({
        "type": "AssumedRole",
        "principalId": "AROAZREPORTREADER0001:etl-20261120",
        "arn": "arn:aws:sts::222222222222:assumed-role/ReportReader/etl-20261120",
        "accountId": "222222222222",
        "sessionContext": {"sessionIssuer": {
            "type": "Role",
            "principalId": "AROAZREPORTREADER0001",
            "arn": "arn:aws:iam::222222222222:role/data/ReportReader",
            "accountId": "222222222222",
        }},
    })
}

fn get_object() -> Value {
    json!({
        "eventVersion": "1.11", "eventID": "1", "eventTime": "2026-11-20T09:42:17Z",
        "eventSource": "s3.amazonaws.com", "eventName": "GetObject", "awsRegion": "us-west-2",
        "userIdentity": reader(), "errorCode": "AccessDenied",
        "errorMessage": format!("User: arn:aws:sts::222222222222:assumed-role/ReportReader/etl is \
            not authorized to perform: kms:Decrypt on resource: {KEY} because no identity-based \
            policy allows the kms:Decrypt action"),
        "requestParameters": {"bucketName": "reports", "key": "2026/q3.parquet"},
        "resources": [
            {"type": "AWS::S3::Object", "ARN": OBJECT},
            {"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::reports", "accountId": "111111111111"},
        ],
    })
}

/// The same call as KMS notes it.
fn decrypt(change: impl Fn(&mut Value)) -> Record {
    let mut identity = reader();
    identity["invokedBy"] = "fas.s3.amazonaws.com".into();
    let mut record = json!({
        "eventTime": "2026-11-20T10:00:00Z", "eventID": "2",
        "eventSource": "kms.amazonaws.com", "eventName": "Decrypt", "awsRegion": "us-west-2",
        "userIdentity": identity,
        "requestParameters": {"encryptionContext": {"aws:s3:arn": OBJECT}},
        "resources": [{"type": "AWS::KMS::Key", "ARN": KEY, "accountId": "111111111111"}],
    });
    change(&mut record);
    Record::from_value(&record).unwrap()
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

#[test]
fn a_read_shows_by_what_kms_decrypted_for_it() {
    let (incident, call) = denied(&get_object());
    let sought = Sought::of(&incident, &call).unwrap();
    assert_eq!((sought.resource, sought.region), (KEY, "us-west-2"));
    let both = ["222222222222", "111111111111"].map(|id| AccountId::parse(id).unwrap());
    assert_eq!(sought.accounts(), both, "the caller's account comes first");
    let since = at("2026-11-20T09:50:00Z");
    let seen = |change: &dyn Fn(&mut Value)| sought.success(&decrypt(change), since).is_some();
    assert!(seen(&|_| {}));
    // The owner's copy tells the unique id alone.
    let owner = json!({"type": "AWSAccount", "accountId": "222222222222",
        "principalId": "AROAZREPORTREADER0001:etl-20261120", "invokedBy": "fas.s3.amazonaws.com"});
    assert!(seen(&|record| record["userIdentity"] = owner.clone()));
    let context = |arn: &'static str| {
        move |record: &mut Value| {
            record["requestParameters"]["encryptionContext"]["aws:s3:arn"] = arn.into();
        }
    };
    assert!(seen(&context("arn:aws:s3:::reports")), "a Bucket Key tells no object");
    for (why, change) in [
        ("another bucket", &context("arn:aws:s3:::payroll") as &dyn Fn(&mut Value)),
        ("another object", &context("arn:aws:s3:::reports/2026/q4.parquet")),
        ("denied once more", &|record| record["errorCode"] = "AccessDenied".into()),
        ("before", &|record| record["eventTime"] = "2026-11-20T09:50:00Z".into()),
        ("another operation", &|record| record["eventName"] = "GenerateDataKey".into()),
        ("another key", &|record| {
            record["resources"][0]["ARN"] = KEY.replace("1234abcd", "5678abcd").into();
        }),
        ("another service", &|record| record["eventSource"] = "s3.amazonaws.com".into()),
        ("not for S3", &|record| record["userIdentity"]["invokedBy"] = Value::Null),
        ("somebody else", &|record| {
            record["userIdentity"] = json!({"type": "IAMUser", "principalId": "AIDAZOTHER00000001",
                "arn": "arn:aws:iam::222222222222:user/other", "accountId": "222222222222",
                "invokedBy": "fas.s3.amazonaws.com"});
        }),
        ("no time", &|record| record["eventTime"] = "soon".into()),
    ] {
        assert!(!seen(change), "{why}");
    }
}

#[test]
fn what_leaves_no_event_has_no_witness() {
    let mut without_key = get_object();
    without_key["errorMessage"] = "Access Denied".into();
    let (incident, call) = denied(&without_key);
    assert!(Sought::of(&incident, &call).is_none(), "no key is known");
    for (operation, seen) in [
        ("PutObject", true),
        ("CreateMultipartUpload", true),
        ("UploadPart", false),
        ("GetObjectTagging", false),
        ("DeleteObject", false),
    ] {
        let mut record = get_object();
        record["eventName"] = operation.into();
        let (incident, call) = denied(&record);
        assert_eq!(Sought::of(&incident, &call).is_some(), seen, "{operation}");
    }
}

#[test]
fn calls_to_kms_and_sts_show_by_themselves() {
    let mut direct = get_object();
    direct["eventSource"] = "kms.amazonaws.com".into();
    direct["eventName"] = "Decrypt".into();
    direct["requestParameters"] = Value::Null;
    direct["resources"] = json!([{"type": "AWS::KMS::Key", "ARN": KEY}]);
    let (incident, call) = denied(&direct);
    let sought = Sought::of(&incident, &call).unwrap();
    assert_eq!(sought.success(&decrypt(|_| {}), Timestamp::UNIX_EPOCH), None, "S3 asked for it");
    let by_hand = decrypt(|record| {
        record["userIdentity"] = reader();
        record["requestParameters"] = Value::Null;
    });
    assert!(sought.success(&by_hand, Timestamp::UNIX_EPOCH).is_some());

    let mut assume = get_object();
    assume["eventSource"] = "sts.amazonaws.com".into();
    assume["eventName"] = "AssumeRole".into();
    assume["errorMessage"] = Value::Null;
    assume["requestParameters"] = json!({"roleArn": ROLE, "roleSessionName": "ci"});
    assume["resources"] = Value::Null;
    let (incident, call) = denied(&assume);
    let sought = Sought::of(&incident, &call).unwrap();
    assert_eq!((sought.resource, sought.region), (ROLE, "us-west-2"));
    assume.as_object_mut().unwrap().remove("errorCode");
    let later = Record::from_value(&assume).unwrap();
    assert!(sought.success(&later, Timestamp::UNIX_EPOCH).is_some());
    assume["requestParameters"]["roleArn"] = format!("{ROLE}er").into();
    let other = Record::from_value(&assume).unwrap();
    assert_eq!(sought.success(&other, Timestamp::UNIX_EPOCH), None);
}

#[test]
fn answers_are_read() {
    let Page { events, next_token } = page(ANSWER).unwrap();
    assert_eq!((events.len(), next_token.as_deref()), (4, Some("kOWFdGVtYXJr")));
    let (incident, call) = denied(&get_object());
    let sought = Sought::of(&incident, &call).unwrap();
    let success = |since| page(ANSWER).unwrap().success(&sought, at(since));
    assert_eq!(success("2026-11-20T09:50:00Z"), Some(at("2026-11-20T10:04:31Z")));
    assert_eq!(success("2026-11-20T10:04:31Z"), None, "what comes later was denied");
    assert!(page("{}").unwrap().events.is_empty());
    page("<html>").unwrap_err();
}

#[test]
fn questions_name_the_resource_and_the_time() {
    let between = Between { since: at("2026-11-20T09:50:00Z"), until: at("2026-11-20T10:50:00Z") };
    let body = |token| serde_json::from_str::<Value>(&lookup(KEY, between, token).body).unwrap();
    let first = json!({
        "LookupAttributes": [{"AttributeKey": "ResourceName", "AttributeValue": KEY}],
        "StartTime": 1_795_168_200, "EndTime": 1_795_171_800, "MaxResults": 50,
    });
    assert_eq!(body(None), first);
    assert_eq!(body(Some("next"))["NextToken"], "next");
    let target = lookup(KEY, between, None).target.unwrap();
    assert!(target.ends_with(".CloudTrail_20131101.LookupEvents"));
}
