//! The buttons below a message, and what each is called when it comes back.

use super::block::{Button, Confirm, Style};
use crate::aim::Aim;
use locksmith_app::card::Card;
use locksmith_app::incident::State;
use locksmith_core::plan::Scope;
use locksmith_words::Words;

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Approves what it is aimed at.
    Approve,
    /// Asks for the reason of a refusal.
    Reject,
    /// Asks why the denial is right, and until when nobody wants to hear of it.
    Suppress,
    /// Asks why it cannot wait.
    BreakGlass,
    /// Has another reach planned.
    Rescope(Scope),
    /// Asks why what was made is to be taken back.
    Undo,
    /// Shows everything.
    Details,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 9] = [
        Self::Approve,
        Self::Reject,
        Self::Suppress,
        Self::BreakGlass,
        Self::Rescope(Scope::Object),
        Self::Rescope(Scope::Prefix),
        Self::Rescope(Scope::Bucket),
        Self::Undo,
        Self::Details,
    ];

    /// The name of the button, as Slack sends it back.
    pub fn id(self) -> &'static str {
        match self {
            Self::Approve => "locksmith.approve",
            Self::Reject => "locksmith.reject",
            Self::Suppress => "locksmith.suppress",
            Self::BreakGlass => "locksmith.break_glass",
            Self::Rescope(Scope::Object) => "locksmith.scope.object",
            Self::Rescope(Scope::Prefix) => "locksmith.scope.prefix",
            Self::Rescope(Scope::Bucket) => "locksmith.scope.bucket",
            Self::Undo => "locksmith.undo",
            Self::Details => "locksmith.details",
        }
    }

    /// Reads a name.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.id() == id)
    }
}

/// The buttons of a card: decisions while something is asked, the way back while something stands, and
/// a look at all of it while there is something to look at. None at quiet ends.
pub(super) fn of(words: Words, card: &Card, aim: &Aim) -> Vec<Button> {
    let mut buttons = Vec::new();
    if card.question.is_some() {
        buttons.extend(approve(words, aim));
        buttons.extend(
            button(words, Action::Reject, "chat-button-reject", aim)
                .map(|button| button.style(Style::Danger)),
        );
        buttons.extend(button(words, Action::Suppress, "chat-button-suppress", aim));
        buttons.extend(scopes(words, card, aim));
    }
    if card.suppressible().is_some() {
        buttons.extend(button(words, Action::Suppress, "chat-button-suppress", aim));
    }
    let is_quiet = matches!(
        card.incident.state,
        State::Detected
            | State::Verified
            | State::NoChangeNeeded
            | State::Rejected
            | State::Expired
            | State::Suppressed
    );
    if card.undoable().is_some() {
        let button = button(words, Action::Undo, "chat-button-undo", aim);
        buttons.extend(button.map(|button| button.style(Style::Danger)));
    }
    if !is_quiet && card.diagnosis.is_some() {
        buttons.extend(button(words, Action::Details, "chat-button-details", aim));
    }
    buttons
}

/// The button that approves what `aim` is at.
pub(super) fn approve(words: Words, aim: &Aim) -> Option<Button> {
    let say = |id| words.say(id, &[]);
    let confirm = Confirm::new(
        &say("chat-confirm-approve-title"),
        &say("chat-confirm-approve-text"),
        &say("chat-confirm-approve-yes"),
        &say("chat-confirm-no"),
    );
    let button = button(words, Action::Approve, "chat-button-approve", aim)?;
    Some(button.style(Style::Primary).confirm(confirm))
}

/// A button by its words.
pub(super) fn button(words: Words, action: Action, id: &str, aim: &Aim) -> Option<Button> {
    Button::new(action.id(), &words.say(id, &[]), aim.text())
}

/// A narrower and a wider reach, where objects of a bucket are what a plan reaches.
fn scopes(words: Words, card: &Card, aim: &Aim) -> Vec<Button> {
    let is_of_s3 = card.diagnosis.as_ref().is_some_and(|one| one.call.service == "s3");
    let Some(plan) = card.plan.as_ref().filter(|_| is_of_s3) else { return Vec::new() };
    let (narrower, wider) = match plan.scope {
        Scope::Object => (None, Some(Scope::Prefix)),
        Scope::Prefix => (Some(Scope::Object), Some(Scope::Bucket)),
        Scope::Bucket => (Some(Scope::Prefix), None),
    };
    let one = |id: &str, scope: Option<Scope>| {
        let scope = scope?;
        let name = words.scope(scope);
        let confirm = Confirm::new(
            &words.say("chat-confirm-scope-title", &[]),
            &words.say("chat-confirm-scope-text", &[("scope", (&name).into())]),
            &words.say("chat-confirm-scope-yes", &[]),
            &words.say("chat-confirm-no", &[]),
        );
        let words = words.say(id, &[("scope", (&name).into())]);
        Some(Button::new(Action::Rescope(scope).id(), &words, aim.text())?.confirm(confirm))
    };
    let both = [one("chat-button-narrower", narrower), one("chat-button-wider", wider)];
    both.into_iter().flatten().collect()
}
