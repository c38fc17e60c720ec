//! What somebody clicked or filled in, as Slack sends it.
//! <https://docs.slack.dev/reference/interaction-payloads/block_actions-payload>,
//! <https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload>

use super::buttons::Action;
use super::dialog::{Dialog, Kept, REASON, UNTIL, end_of};
use crate::aim::Aim;
use core::fmt;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What somebody did, and who.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    /// Who.
    pub who: Who,
    /// The channel, where one is known.
    pub channel: Option<String>,
    /// By which a dialog may be opened, for three seconds.
    pub trigger: String,
    /// What.
    pub what: What,
}

/// Somebody in Slack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The user. Unique together with the workspace alone.
    pub user: String,
    /// The workspace to which the user belongs.
    pub home: Option<String>,
    /// The workspace in which it was done.
    pub team: Option<String>,
    /// The organization of workspaces, where there is one.
    pub enterprise: Option<String>,
}

impl Who {
    /// Whether the user belongs to the workspace, or organization of workspaces, in which the app is
    /// installed. In a shared channel others may click as well, and their ids mean nothing here.
    /// <https://docs.slack.dev/apis/slack-connect>
    pub fn is_at_home(&self) -> bool {
        let Some(home) = &self.home else { return false };
        self.team.as_ref() == Some(home) || self.enterprise.as_ref() == Some(home)
    }
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Pressed a button.
    Clicked {
        /// Which.
        action: Action,
        /// At what it is aimed.
        aim: Aim,
        /// Where an answer is taken; none in a dialog.
        response_url: Option<String>,
        /// The dialog in which it is; none in a message.
        view: Option<String>,
    },
    /// Sent off a dialog.
    Submitted {
        /// Which.
        dialog: Dialog,
        /// What travelled with it.
        kept: Kept,
        /// The reason.
        reason: String,
        /// Until when; none where no day was asked for or chosen.
        until: Option<Timestamp>,
    },
    /// Something that does not matter, such as closing a dialog.
    Nothing,
}

impl What {
    /// At what it is aimed; nothing where it does not matter.
    pub fn aim(&self) -> Option<&Aim> {
        match self {
            Self::Clicked { aim, .. } => Some(aim),
            Self::Submitted { kept, .. } => Some(&kept.aim),
            Self::Nothing => None,
        }
    }
}

/// A payload that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(&'static str);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for Malformed {}

#[derive(Deserialize)]
struct Payload {
    #[serde(rename = "type")]
    kind: String,
    user: User,
    #[serde(default)]
    team: Option<Named>,
    #[serde(default)]
    enterprise: Option<Named>,
    #[serde(default)]
    channel: Option<Named>,
    #[serde(default)]
    trigger_id: String,
    #[serde(default)]
    response_url: Option<String>,
    #[serde(default)]
    actions: Vec<Pressed>,
    #[serde(default)]
    view: Option<View>,
}

#[derive(Deserialize)]
struct User {
    id: String,
    #[serde(default)]
    team_id: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Pressed {
    action_id: String,
    #[serde(default)]
    value: Option<String>,
}

#[derive(Deserialize)]
struct View {
    id: String,
    #[serde(default)]
    callback_id: String,
    /// The workspace in which the app is installed: a dialog's `team` is that of whoever fills it in.
    #[serde(default)]
    app_installed_team_id: Option<String>,
    #[serde(default)]
    private_metadata: String,
    #[serde(default)]
    state: Option<Filled>,
}

#[derive(Deserialize)]
struct Filled {
    values: BTreeMap<String, BTreeMap<String, Value>>,
}

/// Reads the body of a request: a form with one field, `payload`.
///
/// # Errors
/// [`Malformed`].
pub fn parse(body: &[u8]) -> Result<Interaction, Malformed> {
    let mut fields = form_urlencoded::parse(body);
    let payload = fields.find(|(name, _)| name == "payload");
    let (_, payload) = payload.ok_or(Malformed("the body has no field `payload`"))?;
    let payload: Payload = serde_json::from_str(&payload)
        .map_err(|_| Malformed("the payload is none that is known"))?;
    let installed = payload.view.as_ref().and_then(|view| view.app_installed_team_id.clone());
    let who = Who {
        user: payload.user.id.clone(),
        home: payload.user.team_id.clone(),
        team: installed.or_else(|| payload.team.as_ref().map(|team| team.id.clone())),
        enterprise: payload.enterprise.as_ref().map(|one| one.id.clone()),
    };
    let (trigger, mut channel) =
        (payload.trigger_id.clone(), payload.channel.as_ref().map(|one| one.id.clone()));
    let what = match payload.kind.as_str() {
        "block_actions" => clicked(&payload)?,
        "view_submission" => submitted(&payload)?,
        _ => What::Nothing,
    };
    // A dialog has no channel of its own.
    if channel.is_none() {
        let kept = payload.view.as_ref().and_then(kept);
        channel = kept.and_then(|kept| kept.channel);
    }
    Ok(Interaction { who, channel, trigger, what })
}

fn clicked(payload: &Payload) -> Result<What, Malformed> {
    let Some(pressed) = payload.actions.first() else {
        return Err(Malformed("the payload names no button"));
    };
    let Some(action) = Action::parse(&pressed.action_id) else { return Ok(What::Nothing) };
    let aim = pressed.value.as_deref().and_then(Aim::read);
    let aim = aim.ok_or(Malformed("the button carries nothing that can be read"))?;
    let response_url = payload.response_url.clone();
    let view = payload.view.as_ref().map(|view| view.id.clone());
    Ok(What::Clicked { action, aim, response_url, view })
}

fn submitted(payload: &Payload) -> Result<What, Malformed> {
    let view = payload.view.as_ref().ok_or(Malformed("the payload names no dialog"))?;
    let Some(dialog) = Dialog::parse(&view.callback_id) else { return Ok(What::Nothing) };
    let kept = kept(view).ok_or(Malformed("the dialog carries nothing that can be read"))?;
    let field = |name: &str, member: &str| {
        let values = &view.state.as_ref()?.values;
        values.get(name)?.get(name)?.get(member)?.as_str().map(str::to_owned)
    };
    let reason = field(REASON, "value").unwrap_or_default().trim().to_owned();
    let until = field(UNTIL, "selected_date").and_then(|day| end_of(&day));
    Ok(What::Submitted { dialog, kept, reason, until })
}

fn kept(view: &View) -> Option<Kept> {
    serde_json::from_str(&view.private_metadata).ok()
}
