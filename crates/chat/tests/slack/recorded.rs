//! Interactions as Slack sent them to another program, with what is ours put in.
//! `payloads/README.md` says where they are from.

#![allow(dead_code, reason = "each test program uses its own part")]

use serde_json::Value;

/// A click on a button of a message.
pub(crate) const CLICK: &str = include_str!("payloads/block_action_button.json");
/// The same in an organization of workspaces.
pub(crate) const CLICK_IN_ORGANIZATION: &str =
    include_str!("payloads/block_action_button_enterprise.json");
/// A choice from a list in a message.
pub(crate) const CHOICE: &str = include_str!("payloads/block_action_select.json");
/// A day chosen within a dialog.
pub(crate) const CHOICE_IN_DIALOG: &str = include_str!("payloads/block_action_in_modal.json");
/// A dialog that was sent off.
pub(crate) const SUBMISSION: &str = include_str!("payloads/view_submission.json");
/// A dialog that was closed.
pub(crate) const CLOSED: &str = include_str!("payloads/view_closed.json");

/// A payload.
pub(crate) fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A payload with a value put in, in place of the one that is there: Slack sends no others.
pub(crate) fn with(mut payload: Value, pointer: &str, value: impl Into<Value>) -> Value {
    let place = payload.pointer_mut(pointer).unwrap_or_else(|| panic!("Slack sends no {pointer}"));
    *place = value.into();
    payload
}

/// Somebody clicks a button of a message of ours.
pub(crate) fn click(user: &str, action: &str, value: &str, answer_at: &str) -> Value {
    pressed(read(CLICK), user, action, value, answer_at)
}

/// A click that was sent, on a button of ours.
pub(crate) fn pressed(
    click: Value,
    user: &str,
    action: &str,
    value: &str,
    answer_at: &str,
) -> Value {
    let click = with(click, "/user/id", user);
    let click = with(click, "/actions/0/action_id", action);
    let mut click = with(click, "/response_url", answer_at);
    // Of a button that has no value Slack sends none, and ours have one.
    click["actions"][0]["value"] = value.into();
    click
}

/// Somebody sends a dialog of ours off, with what is filled in by block.
pub(crate) fn submission(user: &str, dialog: &Value, values: Value) -> Value {
    let sent = with(read(SUBMISSION), "/user/id", user);
    let sent = with(sent, "/view/callback_id", dialog["callback_id"].clone());
    let sent = with(sent, "/view/private_metadata", dialog["private_metadata"].clone());
    with(sent, "/view/state/values", values)
}
