//! The buttons that have a narrower or a wider reach planned: which stand below a message, and what a
//! click on each does.

use crate::clicks::{ALICE, Stage, came_to, refusal};
use crate::common::{OWNER, now, room};
use locksmith_app::approve::{Decided, Refusal};
use locksmith_app::card::Card;
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_chat::aim::Aim;
use locksmith_chat::slack::message;
use locksmith_core::plan::Scope;
use locksmith_words::Words;
use serde_json::Value;

const SCOPES: [Scope; 3] = [Scope::Object, Scope::Prefix, Scope::Bucket];

/// Owners are asked about a plan of this reach, for which somebody clicked unless it was so.
async fn planned(scope: Scope) -> Stage {
    let stage = Stage::new().await;
    if scope != Scope::Object {
        let action = format!("scope.{}", scope.name());
        stage.click(ALICE, &action, &stage.aim(OWNER).await).await;
        stage.scene.diagnose(now()).await;
    }
    assert_eq!(stage.scene.plan().await.scope, scope);
    assert_eq!(stage.scene.state().await, State::AwaitingApproval);
    stage
}

/// The buttons of reach below the message, as Slack would send them back.
fn shown(card: &Card) -> Vec<Value> {
    let message = message(card, &room(Locale::En));
    let blocks = serde_json::to_value(message.blocks).unwrap();
    let elements = blocks.as_array().unwrap().iter().filter(|block| block["type"] == "actions");
    let buttons = elements.flat_map(|block| block["elements"].as_array().unwrap().clone());
    let is_of_reach = |button: &Value| {
        button["action_id"].as_str().is_some_and(|id| id.starts_with("locksmith.scope."))
    };
    buttons.filter(is_of_reach).collect()
}

#[tokio::test]
async fn each_reach_has_its_neighbours_as_buttons() {
    let words = Words::new(Locale::En);
    for (scope, expected) in [
        (Scope::Object, vec![("chat-button-wider", Scope::Prefix)]),
        (
            Scope::Prefix,
            vec![("chat-button-narrower", Scope::Object), ("chat-button-wider", Scope::Bucket)],
        ),
        (Scope::Bucket, vec![("chat-button-narrower", Scope::Prefix)]),
    ] {
        let shown = shown(&planned(scope).await.scene.card().await);
        let found = shown.iter().map(|button| {
            ["/action_id", "/text/text", "/confirm/text/text"]
                .map(|pointer| button.pointer(pointer).unwrap().as_str().unwrap().to_owned())
        });
        let expected = expected.into_iter().map(|(text, wanted)| {
            let named = |id| words.say(id, &[("scope", (&words.scope(wanted)).into())]);
            let id = format!("locksmith.scope.{}", wanted.name());
            [id, named(text), named("chat-confirm-scope-text")]
        });
        assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{scope:?}");
    }
}

/// What stands below the message is clicked, and the plan that is made then has the other reach.
#[tokio::test]
async fn each_button_has_its_reach_planned() {
    let mut clicked = Vec::new();
    for scope in SCOPES {
        for button in shown(&planned(scope).await.scene.card().await) {
            let stage = planned(scope).await;
            let id = button["action_id"].as_str().unwrap();
            let name = id.strip_prefix("locksmith.scope.").unwrap();
            let wanted = SCOPES.into_iter().find(|scope| scope.name() == name).unwrap();
            let aim = Aim::read(button["value"].as_str().unwrap()).unwrap();
            let answer = stage.click(ALICE, &format!("scope.{name}"), &aim).await;
            assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Detected)), "{id}");
            let incident = stage.scene.incident().await;
            assert_eq!((incident.state, incident.scope), (State::Detected, Some(wanted)), "{id}");
            stage.scene.diagnose(now()).await;
            assert_eq!(stage.scene.plan().await.scope, wanted, "{id}");
            assert_eq!(stage.scene.state().await, State::AwaitingApproval, "{id}");
            clicked.push((scope, wanted));
        }
    }
    assert_eq!(
        clicked,
        [
            (Scope::Object, Scope::Prefix),
            (Scope::Prefix, Scope::Object),
            (Scope::Prefix, Scope::Bucket),
            (Scope::Bucket, Scope::Prefix),
        ]
    );
}

/// Somebody clicks on what an older message still shows.
#[tokio::test]
async fn the_reach_that_is_planned_is_not_planned_again() {
    for scope in SCOPES {
        let stage = planned(scope).await;
        let action = format!("scope.{}", scope.name());
        let answer = stage.click(ALICE, &action, &stage.aim(OWNER).await).await;
        assert_eq!(*refusal(&answer), Refusal::SameScope(scope));
        assert_eq!(stage.scene.state().await, State::AwaitingApproval);
    }
}

/// Where nothing is asked, or the call was not to S3, another reach means nothing.
#[tokio::test]
async fn elsewhere_there_are_none() {
    let stage = Stage::new().await;
    let card = stage.scene.card().await;
    assert_eq!(shown(&card).len(), 1);
    let mut quiet = card.clone();
    quiet.question = None;
    assert_eq!(shown(&quiet), [Value::Null; 0]);
    let mut of_kms = card;
    of_kms.diagnosis.as_mut().unwrap().call.service = "kms".to_owned();
    assert_eq!(shown(&of_kms), [Value::Null; 0]);
}
