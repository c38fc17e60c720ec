//! What is asked, and answers as AWS's documentation has them.

use super::access_analyzer::{findings, public, to_validate};
use super::document::Document;
use super::simulator::{Asked, Question, judged};
use aws_sdk_iam::types::{
    EvaluationResult, OrganizationsDecisionDetail, PermissionsBoundaryDecisionDetail,
    PolicyEvaluationDecisionType, ResourceSpecificResult, Statement,
};
use locksmith_app::change::{Journal, Status, Texts};
use locksmith_app::ports::{Adviser, Says};
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::Permission;
use locksmith_core::plan::{Change, ChangeKind, Digest};
use serde_json::{Value, json};

const BUCKET: &str = "arn:aws:s3:::reports";
const KEY: &str = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const USER: &str = "arn:aws:iam::111111111111:user/alice";
const ROLE: &str = "arn:aws:iam::111111111111:role/Etl";

fn change(kind: ChangeKind, target: &str) -> Change {
    let change = json!({
        "kind": kind, "account": "111111111111", "target": target, "region": "us-west-2",
        "removes_causes": [], "before": null, "after": {}, "added": [], "inverse": "", "risk": "low",
        "why": "",
    });
    serde_json::from_value(change).unwrap()
}

/// The journal of one change that was made.
fn made(change: Change) -> Journal {
    let digest = Digest::of_changes(std::slice::from_ref(&change));
    let now = "2026-11-20T09:43:00Z".parse().unwrap();
    let mut journal = Journal::new("1", digest, vec![change], now);
    let step = journal.steps.first_mut().unwrap();
    step.status = Status::Written;
    step.texts = Some(Texts { before: None, after: Some("{\"after\":1}".to_owned()) });
    journal
}

/// What is asked about which kind of document.
#[test]
fn what_is_asked_about_a_document() {
    use ChangeKind::{
        CreateGrant, PutAccessPointPolicy, PutBucketEncryption, PutBucketPolicy, PutKeyPolicy,
        PutRolePolicy, PutTrustPolicy, PutUserPolicy,
    };
    let (identity, resource) = ("IDENTITY_POLICY", "RESOURCE_POLICY");
    let trust = "AWS::IAM::AssumeRolePolicyDocument";
    for (kind, expected) in [
        (PutBucketPolicy, Some((resource, Some("AWS::S3::Bucket"), Some("AWS::S3::Bucket")))),
        (
            PutAccessPointPolicy,
            Some((resource, Some("AWS::S3::AccessPoint"), Some("AWS::S3::AccessPoint"))),
        ),
        (PutKeyPolicy, Some((resource, None, Some("AWS::KMS::Key")))),
        (PutTrustPolicy, Some((resource, Some(trust), Some(trust)))),
        (PutRolePolicy, Some((identity, None, None))),
        (PutUserPolicy, Some((identity, None, None))),
        (CreateGrant, None),
        (PutBucketEncryption, None),
    ] {
        let journal = made(change(kind, BUCKET));
        let document = Document::of(&journal.steps[0]);
        let found = document.map(|document| {
            let asked = to_validate(&document, document.after);
            assert_eq!(asked["policyDocument"], "{\"after\":1}");
            let text = |name: &str| asked.get(name).and_then(Value::as_str).map(str::to_owned);
            let public = document.is_judged_by(Adviser::PublicAccess);
            assert_eq!(public, document.resource_type().is_some());
            let kind = text("policyType").unwrap();
            (kind, text("validatePolicyResourceType"), document.resource_type())
        });
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let expected =
            expected.map(|(kind, validate, public)| (kind.to_owned(), owned(validate), public));
        assert_eq!(found, expected, "{kind:?}");
    }
    let mut taken_back = made(change(PutBucketPolicy, BUCKET));
    taken_back.steps[0].status = Status::Undone;
    assert!(Document::of(&taken_back.steps[0]).is_none());
    let journal = made(change(PutBucketPolicy, BUCKET));
    let about = Document::of(&journal.steps[0]).unwrap().about();
    assert_eq!(about, "bucket_policy · arn:aws:s3:::reports");
}

fn finding(kind: &str, code: &str) -> Value {
    json!({
        "findingDetails": format!("about {code}"),
        "findingType": kind,
        "issueCode": code,
        "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer.html",
        "locations": [{
            "path": [{"value": "Statement"}, {"index": 0}, {"value": "Action"}],
            "span": {"start": {"line": 5, "column": 2, "offset": 80},
                     "end": {"line": 5, "column": 9, "offset": 87}},
        }],
    })
}

/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html>
#[test]
fn findings_are_compared() {
    let (error, warning) = (finding("ERROR", "INVALID_ACTION"), finding("WARNING", "X"));
    let risk = finding("SECURITY_WARNING", "PASS_ROLE_WITH_STAR_IN_RESOURCE");
    let suggestion = finding("SUGGESTION", "REDUNDANT_ACTION");
    let page = |all: &[&Value], token: Option<&str>| {
        findings(&json!({"findings": all, "nextToken": token}).to_string()).unwrap()
    };
    let objects = |why: &str| Says::Objects(why.to_owned());
    let invalid = "INVALID_ACTION: about INVALID_ACTION";
    for (after, before, says) in [
        (&[][..], None, Says::Agrees),
        (&[&warning, &suggestion], None, Says::Agrees),
        (&[&error], None, objects(invalid)),
        (&[&error], Some(&[][..]), objects(invalid)),
        (&[&error], Some(&[&warning]), objects(invalid)),
        (&[&error], Some(&[&error]), Says::Agrees),
        (&[&error, &error], Some(&[&error]), objects(invalid)),
        (&[&error, &risk], Some(&[&risk]), objects(invalid)),
        (&[&risk, &error], Some(&[&error, &risk]), Says::Agrees),
        (&[], Some(&[&error]), Says::Agrees),
    ] {
        let before = before.map(|before| page(before, None));
        assert_eq!(page(after, None).compared(before.as_ref()), says, "{after:?}");
    }
    for (after, before) in [(Some("2"), None), (None, Some("2"))] {
        let says = page(&[&error], after).compared(Some(&page(&[&error], before)));
        assert!(matches!(says, Says::NotAvailable(_)), "{says:?}");
    }
    findings("<html>").unwrap_err();
}

/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html>
#[test]
fn public_access_is_compared() {
    let read = |result: &str, reasons: Value| {
        let answer = json!({"result": result, "message": "as told", "reasons": reasons});
        public(&answer.to_string()).unwrap()
    };
    let reason = "Public access granted in the following statement with index: 0.";
    let by_index = json!([{"description": reason, "statementIndex": 0}]);
    let by_id = json!([{"description": reason, "statementId": "Locksmith1", "statementIndex": 0}]);
    let (pass, fail) = (|| Some(read("PASS", json!([]))), || Some(read("FAIL", json!([]))));
    let objects = |why: String| Says::Objects(why);
    for (after, before, says) in [
        (read("PASS", json!([])), None, Says::Agrees),
        (read("PASS", json!([])), fail(), Says::Agrees),
        (read("FAIL", json!([])), None, objects("as told".to_owned())),
        (read("FAIL", by_index), pass(), objects(format!("{reason} (Statement[0])"))),
        (read("FAIL", by_id), pass(), objects(format!("{reason} (Locksmith1)"))),
    ] {
        assert_eq!(after.compared(before.as_ref()), says);
    }
    for (after, before) in [("FAIL", fail()), ("FAIL", Some(read("", json!([])))), ("LATER", None)]
    {
        let says = read(after, json!([])).compared(before.as_ref());
        assert!(matches!(says, Says::NotAvailable(_)), "{after}: {says:?}");
    }
}

fn permission(action: &str, resource: &str, identity: &str) -> Permission {
    let cell = json!({"layer": "identity_policy", "account": null, "outcome": identity,
                      "statements": []});
    let permission = json!({"action": action, "resource": resource, "resource_account": null,
                            "decision": "allowed", "layers": [cell]});
    serde_json::from_value(permission).unwrap()
}

/// The simulator is asked where the caller's own policies allow it, or where it can be given the
/// policy that does.
#[test]
fn what_the_simulator_is_asked() {
    let object = "arn:aws:s3:::reports/q3.parquet";
    let account = |id| AccountId::parse(id).unwrap();
    let (own, other) = (account("111111111111"), account("222222222222"));
    let bucket = made(change(ChangeKind::PutBucketPolicy, BUCKET));
    let key = made(change(ChangeKind::PutKeyPolicy, KEY));
    let neighbour = "arn:aws:s3:::reports-2/q3.parquet";
    // Of whom, what, what the caller's own policies say, the journal; whether it is asked, and with
    // which policy.
    for (arn, account, action, resource, identity, journal, expected) in [
        (ROLE, own, "s3:GetObject", object, "allow", &bucket, Some(false)),
        (ROLE, own, "s3:GetObject", object, "no_allow", &bucket, None),
        (USER, own, "s3:GetObject", object, "no_allow", &bucket, Some(true)),
        (USER, own, "s3:ListBucket", BUCKET, "no_allow", &bucket, Some(true)),
        (USER, own, "s3:GetObject", neighbour, "no_allow", &bucket, None),
        (USER, other, "s3:GetObject", object, "no_allow", &bucket, None),
        (USER, other, "s3:GetObject", object, "allow", &bucket, Some(false)),
        (USER, own, "kms:Decrypt", KEY, "no_allow", &key, None),
        (USER, own, "kms:Decrypt", KEY, "allow", &key, Some(false)),
        (USER, own, "kms:Decrypt", KEY, "unknown", &key, None),
    ] {
        let asked = Asked { arn, account };
        let permission = permission(action, resource, identity);
        let question = Question::of(&asked, &permission, journal, "s3").ok();
        let found = question.as_ref().map(|question| question.policy.is_some());
        assert_eq!(found, expected, "{arn} {action} {resource} {identity}");
        let via = question.and_then(|question| question.via);
        let expected = (action == "kms:Decrypt" && identity == "allow")
            .then(|| "s3.us-west-2.amazonaws.com".to_owned());
        assert_eq!(via, expected, "{action}");
    }
    let direct = permission("kms:Decrypt", KEY, "allow");
    let question = Question::of(&Asked { arn: USER, account: own }, &direct, &key, "kms").unwrap();
    assert_eq!(question.via, None, "nobody calls on the caller's behalf");
}

fn result(
    decision: PolicyEvaluationDecisionType,
) -> aws_sdk_iam::types::builders::EvaluationResultBuilder {
    EvaluationResult::builder().eval_action_name("s3:GetObject").eval_decision(decision)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>
#[test]
fn what_the_simulator_says() {
    use PolicyEvaluationDecisionType::{Allowed, ExplicitDeny, ImplicitDeny};
    let statement = Statement::builder().source_policy_id("role_Etl_Frozen").build();
    let of_resource = ResourceSpecificResult::builder()
        .eval_resource_name("*")
        .eval_resource_decision(ImplicitDeny)
        .missing_context_values("aws:SourceIp")
        .build()
        .unwrap();
    let guarded = OrganizationsDecisionDetail::builder().allowed_by_organizations(false).build();
    let bounded =
        PermissionsBoundaryDecisionDetail::builder().allowed_by_permissions_boundary(false).build();
    let objects = |why: &str| Says::Objects(why.to_owned());
    let cannot = |why: &str| Says::NotAvailable(why.to_owned());
    let by_scp =
        "it finds it denied by a service control policy, whose conditions it does not know";
    for (result, says) in [
        (result(Allowed), Says::Agrees),
        (result(Allowed).missing_context_values("aws:SourceIp"), Says::Agrees),
        (result(ImplicitDeny), objects("implicitDeny")),
        (result(ExplicitDeny), objects("explicitDeny")),
        (
            result(ExplicitDeny).matched_statements(statement),
            objects("explicitDeny (role_Etl_Frozen)"),
        ),
        (
            result(ImplicitDeny).permissions_boundary_decision_detail(bounded),
            objects("implicitDeny, AllowedByPermissionsBoundary: false"),
        ),
        (
            result(ImplicitDeny).missing_context_values("kms:ViaService"),
            cannot("it would have to know kms:ViaService"),
        ),
        (
            result(ImplicitDeny).resource_specific_results(of_resource),
            cannot("it would have to know aws:SourceIp"),
        ),
        (result(ExplicitDeny).organizations_decision_detail(guarded), cannot(by_scp)),
        (result("maybe".into()), cannot("its result is `maybe`")),
    ] {
        let result = result.build().unwrap();
        assert_eq!(judged(&result), says, "{result:?}");
    }
}
