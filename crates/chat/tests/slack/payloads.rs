//! Payloads that were not written beside the code that reads them, through the whole door: as they are,
//! and with what is ours put in. `payloads/README.md` says where they are from.

use crate::clicks::{ALICE, Stage, came_to, json};
use crate::common::{OWNER, now};
use locksmith_app::approve::Decided;
use locksmith_app::incident::State;
use locksmith_chat::Answer;
use serde_json::{Value, json};

const BLOCK_ACTIONS: &str = include_str!("payloads/block_actions.json");
const VIEW_SUBMISSION: &str = include_str!("payloads/view_submission.json");
const VIEW_CLOSED: &str = include_str!("payloads/view_closed.json");

/// A payload with a value put in, in place of the one that is there, or beside the others.
fn with(payload: &Value, pointer: &str, value: Value) -> Value {
    let mut payload = payload.clone();
    let (above, name) = pointer.rsplit_once('/').unwrap();
    let above = payload.pointer_mut(above).unwrap_or_else(|| panic!("no {above}"));
    match above {
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        other => other[name] = value,
    }
    payload
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A click on our button, by somebody whom the configuration names.
async fn pressed(stage: &Stage, action: &str) -> Value {
    let aim = stage.aim(OWNER).await;
    let payload = with(&read(BLOCK_ACTIONS), "/actions/0/action_id", action.into());
    let payload = with(&payload, "/actions/0/value", aim.text().into());
    let payload = with(&payload, "/response_url", stage.slack.hook().into());
    with(&payload, "/user/id", ALICE.into())
}

fn nothing_happened(answer: &Answer) {
    assert_eq!((answer.response.status, answer.response.body.as_str()), (200, ""), "{answer:?}");
    assert!(answer.taken.is_none());
}

/// They are signed by Slack, but not about anything of ours.
#[tokio::test]
async fn what_is_not_ours_has_no_effect() {
    let stage = Stage::new().await;
    nothing_happened(&stage.text(BLOCK_ACTIONS, now()).await);
    let select = json!({"type": "static_select", "block_id": "boats/1", "action_id": "boats.berth",
        "selected_option": null, "action_ts": "1763631961.000000"});
    let select = with(&read(BLOCK_ACTIONS), "/actions/0", select);
    nothing_happened(&stage.payload(&select, now()).await);
    for dialog in [VIEW_SUBMISSION, VIEW_CLOSED] {
        let dialog = with(&read(dialog), "/view/id", "V0VIEW001".into());
        nothing_happened(&stage.payload(&dialog, now()).await);
    }
    assert_eq!(stage.slack.methods(), [""; 0]);
    assert_eq!(stage.scene.state().await, State::AwaitingApproval);
}

#[tokio::test]
async fn our_button_approves() {
    let stage = Stage::new().await;
    let answer = stage.payload(&pressed(&stage, "locksmith.approve").await, now()).await;
    assert!(matches!(came_to(&answer), Ok(Decided::Counted(_))), "{answer:?}");
    let given = stage.scene.card().await.approvals.given;
    let from = "slack team T0LAKES01, channel C0HARBOR1, user U0ALICE01, address 198.51.100.7";
    assert_eq!((given[0].person.as_str(), given[0].from.as_str()), ("alice", from));
}

/// In an organization of workspaces users belong to the organization, and the app may be installed there,
/// in no workspace.
#[tokio::test]
async fn members_of_the_organization_are_at_home() {
    let stage = Stage::new().await;
    let click = pressed(&stage, "locksmith.approve").await;
    let click = with(&click, "/enterprise", json!({"id": "E0WATERS1", "name": "Waters"}));
    let click = with(&click, "/is_enterprise_install", true.into());
    let click = with(&click, "/team", Value::Null);
    let stranger = with(&click, "/user/team_id", "E0OTHER01".into());
    assert!(stage.payload(&stranger, now()).await.taken.is_none());
    assert!(stage.told().contains("another workspace"), "{}", stage.told());
    let member = with(&click, "/user/team_id", "E0WATERS1".into());
    let answer = stage.payload(&member, now()).await;
    assert!(matches!(came_to(&answer), Ok(Decided::Counted(_))), "{answer:?}");
    assert!(stage.scene.card().await.approvals.given[0].from.starts_with("slack team E0WATERS1,"));
}

/// A dialog opens for the click, and what is filled in counts.
#[tokio::test]
async fn our_dialog_rejects() {
    let stage = Stage::new().await;
    let click = pressed(&stage, "locksmith.reject").await;
    let answer = stage.payload(&click, now()).await;
    assert_eq!(
        (answer.response.status, stage.slack.methods()),
        (200, vec!["views.open".to_owned()])
    );
    assert_eq!(stage.slack.calls()[0].body["trigger_id"], click["trigger_id"]);

    let view = stage.dialog();
    let filled = with(&read(VIEW_SUBMISSION), "/view/id", "V0VIEW001".into());
    let filled = with(&filled, "/view/callback_id", view["callback_id"].clone());
    let filled = with(&filled, "/view/private_metadata", view["private_metadata"].clone());
    let reason = json!({"reason": {"type": "plain_text_input", "value": "not this role"}});
    let filled = with(&filled, "/view/state/values/reason", reason);
    let filled = with(&filled, "/user/id", ALICE.into());
    // As the file has it: nobody says which workspace the user belongs to.
    let answer = stage.payload(&filled, now()).await;
    assert!(answer.taken.is_none());
    let told = json(&answer.response)["errors"]["reason"].as_str().unwrap().to_owned();
    assert!(told.contains("another workspace"), "{told}");

    let filled = with(&filled, "/user/team_id", filled["view"]["app_installed_team_id"].clone());
    let answer = stage.payload(&filled, now()).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Rejected)));
    let ended = stage.scene.card().await.approvals.ended.unwrap();
    assert_eq!((ended.person.as_str(), ended.reason.as_str()), ("alice", "not this role"));
}
