//! Payloads as Slack sent them, through the whole door: as they are, and with what is ours put in.
//! `payloads/README.md` says where they are from.

use crate::clicks::{ALICE, Stage, came_to, json};
use crate::common::{OWNER, now};
use crate::recorded::{
    CHOICE, CHOICE_IN_DIALOG, CLICK, CLICK_IN_ORGANIZATION, CLOSED, SUBMISSION, click, pressed,
    read, submission, with,
};
use locksmith_app::approve::Decided;
use locksmith_app::incident::State;
use locksmith_chat::Answer;
use serde_json::{Value, json};

fn nothing_happened(answer: &Answer) {
    assert_eq!((answer.response.status, answer.response.body.as_str()), (200, ""), "{answer:?}");
    assert!(answer.taken.is_none());
}

/// They are signed by Slack, but not about anything of ours.
#[tokio::test]
async fn what_is_not_ours_has_no_effect() {
    let stage = Stage::new().await;
    for sent in [CLICK, CLICK_IN_ORGANIZATION, CHOICE, CHOICE_IN_DIALOG, SUBMISSION, CLOSED] {
        nothing_happened(&stage.text(sent, now()).await);
    }
    assert_eq!(stage.slack.methods(), [""; 0]);
    assert_eq!(stage.scene.state().await, State::AwaitingApproval);
}

#[tokio::test]
async fn our_button_approves() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await.text();
    let click = click(ALICE, "locksmith.approve", &aim, &stage.slack.hook());
    let answer = stage.payload(&click, now()).await;
    assert!(matches!(came_to(&answer), Ok(Decided::Counted(_))), "{answer:?}");
    let given = stage.scene.card().await.approvals.given;
    let from = "slack team TQSD32X16, channel CQEUMSV7D, user U0ALICE01, address 198.51.100.7";
    assert_eq!((given[0].person.as_str(), given[0].from.as_str()), ("alice", from));
}

/// In an organization of workspaces users belong to the organization, and the app may be installed there,
/// in no workspace.
#[tokio::test]
async fn members_of_the_organization_are_at_home() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await.text();
    let click = read(CLICK_IN_ORGANIZATION);
    let click = pressed(click, ALICE, "locksmith.approve", &aim, &stage.slack.hook());
    let click = with(click, "/team", Value::Null);
    let stranger = with(click.clone(), "/user/team_id", "E0OTHER01");
    assert!(stage.payload(&stranger, now()).await.taken.is_none());
    assert!(stage.told().contains("another workspace"), "{}", stage.told());
    let organization = click["enterprise"]["id"].clone();
    let member = with(click, "/user/team_id", organization);
    let answer = stage.payload(&member, now()).await;
    assert!(matches!(came_to(&answer), Ok(Decided::Counted(_))), "{answer:?}");
    let given = stage.scene.card().await.approvals.given;
    assert!(given[0].from.starts_with("slack team E039QKQ6G1E,"), "{}", given[0].from);
}

/// A dialog opens for the click, and what is filled in counts.
#[tokio::test]
async fn our_dialog_rejects() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await.text();
    let click = click(ALICE, "locksmith.reject", &aim, &stage.slack.hook());
    let answer = stage.payload(&click, now()).await;
    assert_eq!(
        (answer.response.status, stage.slack.methods()),
        (200, vec!["views.open".to_owned()])
    );
    assert_eq!(stage.slack.calls()[0].body["trigger_id"], click["trigger_id"]);

    let reason = json!({"reason": {"type": "plain_text_input", "value": "not this role"}});
    let filled = submission(ALICE, &stage.dialog(), json!({"reason": reason}));
    // Nobody says which workspace the user belongs to.
    let answer = stage.payload(&with(filled.clone(), "/user/team_id", Value::Null), now()).await;
    assert!(answer.taken.is_none());
    let told = json(&answer.response)["errors"]["reason"].as_str().unwrap().to_owned();
    assert!(told.contains("another workspace"), "{told}");

    let answer = stage.payload(&filled, now()).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Rejected)));
    let ended = stage.scene.card().await.approvals.ended.unwrap();
    assert_eq!((ended.person.as_str(), ended.reason.as_str()), ("alice", "not this role"));
}
