//! What AWS's own advisers say of a change, asked over the wire by `sweep`.

use crate::service::{Asked, HOUR};
use futures_util::StreamExt as _;
use locksmith_app::change::Journal;
use locksmith_app::incident::State;
use locksmith_app::ports::{Attachment, Store as _};
use locksmith_wire_tests::operations::time_passes;
use locksmith_wire_tests::wire::{Answer, Call, Fault, simulated};
use locksmith_wire_tests::world::READ_ROLE;
use serde_json::json;

const ACCESS_ANALYZER: &str = "access-analyzer";
const OPERATIONS: [&str; 3] = ["ValidatePolicy", "CheckNoPublicAccess", "SimulatePrincipalPolicy"];

fn says(service: &str, operation: &str, body: String) -> Fault {
    Fault::of(service, Answer::Says { status: 200, body }).operation(operation)
}

/// A change was made, the advisers say something, and an hour later it is looked at.
async fn looked_at(advice: Vec<Fault>) -> (Asked, usize) {
    let mut asked = Asked::new().await;
    let id = asked.id().await;
    asked.approved(&id).await;
    asked.applied().await;
    asked.is(&id, State::Applied).await;
    for answer in advice {
        asked.world().wire.always(answer);
    }
    time_passes(asked.world(), &id, HOUR).await;
    let mark = asked.world().wire.mark();
    asked.swept("sweep").await;
    (asked, mark)
}

/// The calls to advisers: in which account, what.
fn asked_for(asked: &Asked, mark: usize) -> Vec<(String, String)> {
    let calls = asked.world().wire.calls_since(mark);
    let is_advice = |call: &&Call| OPERATIONS.contains(&&*call.operation);
    let mut found: Vec<(String, String)> = calls
        .iter()
        .filter(is_advice)
        .map(|call| {
            let session = call.session.as_ref().expect("a session");
            assert!(session.role.ends_with(&format!("role/{READ_ROLE}")), "{}", session.role);
            assert!(session.name.starts_with("locksmith-"), "{}", session.name);
            (session.account.clone(), call.operation.clone())
        })
        .collect();
    found.sort();
    found
}

/// All three are asked, each in the account that it is about, and one objects: the incident stays
/// applied and tells it. Later the simulator has seen the change too, and the rest is not asked again.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_three_objects() {
    let objection = says("iam", "SimulatePrincipalPolicy", simulated("implicitDeny"));
    let (mut asked, mark) = looked_at(vec![objection]).await;
    let id = asked.id().await;
    asked.is(&id, State::Applied).await;
    let (owner, caller) = (asked.world().owner.id.clone(), asked.world().caller.id.clone());
    let of = |account: &str, operation: &str| (account.to_owned(), operation.to_owned());
    let [validate, check, simulate] = OPERATIONS;
    let mut expected = vec![
        // The bucket's and the key's policy, and the role's.
        of(&owner, validate),
        of(&owner, validate),
        of(&owner, check),
        of(&owner, check),
        of(&caller, validate),
        // To read the object, and to use the key.
        of(&caller, simulate),
        of(&caller, simulate),
    ];
    expected.sort();
    assert_eq!(asked_for(&asked, mark), expected, "{}", asked.story());
    let remark = asked.service.incident().await.unwrap().remark.unwrap().to_string();
    assert!(remark.contains("IAM's policy simulator objects to s3:GetObject · "), "{remark}");
    assert!(remark.contains(": implicitDeny"), "{remark}");
    assert!(asked.operations.sweep.logged(&["WARN", "objects", "policy simulator"]).await);

    let agreed = says("iam", "SimulatePrincipalPolicy", simulated("allowed"));
    asked.world().wire.always(agreed);
    time_passes(asked.world(), &id, HOUR * 2).await;
    let mark = asked.world().wire.mark();
    asked.swept("sweep").await;
    assert_eq!(asked_for(&asked, mark), [of(&caller, simulate), of(&caller, simulate)]);
    let remark = asked.service.incident().await.unwrap().remark.unwrap().to_string();
    assert!(!remark.contains("objects"), "{remark}");
}

/// What else they may say: the state afterwards, and words that are kept with the journal.
#[tokio::test(flavor = "multi_thread")]
async fn what_else_they_say() {
    let everybody = json!({
        "result": "FAIL",
        "message": "The resource policy grants public access for the given resource type.",
        "reasons": [{"description": "Public access granted in the following statement with index: 1.",
                     "statementId": "Locksmith", "statementIndex": 1}],
    });
    let finding = json!({"findings": [{
        "findingType": "SECURITY_WARNING", "issueCode": "ALLOW_WITH_NOT_PRINCIPAL",
        "findingDetails": "Using Allow with NotPrincipal can be overly permissive.",
        "learnMoreLink": "https://docs.aws.amazon.com/", "locations": [],
    }]});
    let denied = |service: &str, operation: &str| {
        Fault::of(service, Answer::AccessDenied).operation(operation)
    };
    let validation = says(ACCESS_ANALYZER, "ValidatePolicy", finding.to_string());
    let public = says(ACCESS_ANALYZER, "CheckNoPublicAccess", everybody.to_string());
    let cases = [
        // The text before the change has it as well: it is not the change's doing.
        (vec![validation.clone()], State::Applied, "Agrees"),
        (vec![validation.containing("Locksmith")], State::Applied, "ALLOW_WITH_NOT_PRINCIPAL"),
        (vec![public.clone()], State::Applied, "the same of the document before"),
        (vec![public.containing("Locksmith")], State::Failed, "in the following statement"),
        (
            vec![
                denied(ACCESS_ANALYZER, "ValidatePolicy"),
                denied(ACCESS_ANALYZER, "CheckNoPublicAccess"),
                denied("iam", "SimulatePrincipalPolicy"),
            ],
            State::Applied,
            "CheckNoPublicAccess: AccessDeniedException: You are not authorized.",
        ),
    ];
    let run = |(advice, state, told): (Vec<Fault>, State, &'static str)| async move {
        let (asked, _) = looked_at(advice).await;
        let id = asked.id().await;
        asked.is(&id, state).await;
        let journal = asked.world().hub.store.attachment(&id, Attachment::Journal).await.unwrap();
        let journal: Journal = serde_json::from_value(journal.unwrap()).unwrap();
        let opinions = format!("{:?}", journal.opinions);
        assert!(opinions.contains(told), "{told}: {opinions}\n{}", asked.story());
    };
    futures_util::stream::iter(cases.map(run)).buffer_unordered(2).collect::<Vec<()>>().await;
}
