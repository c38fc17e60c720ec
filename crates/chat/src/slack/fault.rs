//! What Slack's errors mean for whoever wants to tell something.
//! <https://docs.slack.dev/reference/methods/chat.postMessage#errors>

use locksmith_app::ports::TellError;
use serde_json::Value;

/// Whether the token was refused, so that another one may be taken.
pub(super) fn refuses_token(code: &str) -> bool {
    matches!(
        code,
        "invalid_auth" | "token_revoked" | "token_expired" | "not_authed" | "account_inactive"
    )
}

/// What an answer with `ok: false` means.
pub(super) fn of(method: &str, code: &str, answer: &Value) -> TellError {
    match code {
        "ratelimited"
        | "rate_limited"
        | "message_limit_exceeded"
        | "internal_error"
        | "fatal_error"
        | "service_unavailable"
        | "request_timeout"
        | "team_added_to_org" => {
            TellError::Later { why: format!("slack {method}: {code}"), after: None }
        }
        "message_not_found"
        | "cant_update_message"
        | "edit_window_closed"
        | "thread_not_found"
        | "cannot_reply_to_message" => TellError::Gone,
        _ => TellError::Refused(format!("slack {method}: {code}{}", remedy(code, answer))),
    }
}

/// What somebody has to do about it.
fn remedy(code: &str, answer: &Value) -> String {
    let more = |text: &str| format!(": {text}");
    match code {
        "channel_not_found" | "not_in_channel" => {
            more("the channel's id is wrong, or the app has to be invited to it")
        }
        "is_archived" => more("the channel is archived: name another one"),
        "missing_scope" => {
            let needed = answer.get("needed").and_then(Value::as_str).unwrap_or("another scope");
            more(&format!("the app needs {needed}: add it and install the app again"))
        }
        code if refuses_token(code) => more("the secret's `bot_token` is not that of the app"),
        "invalid_blocks" | "invalid_arguments" | "msg_blocks_too_long" => {
            let messages = answer.pointer("/response_metadata/messages").and_then(Value::as_array);
            let first = messages.and_then(|all| all.first()).and_then(Value::as_str);
            first.map(|text| more(&text.chars().take(200).collect::<String>())).unwrap_or_default()
        }
        _ => String::new(),
    }
}
