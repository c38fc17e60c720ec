//! Decisions that have no effect, in the language of whoever decided.

use locksmith_app::approve::{DecideError, Decided, Refusal};
use locksmith_words::Words;

pub(crate) use locksmith_app::card::minute;

/// Why a decision has no effect.
pub(crate) fn error(words: Words, error: &DecideError) -> String {
    match error {
        DecideError::Refused(why) => refusal(words, why),
        // It counts; the clock announces it, and so does the same click again.
        DecideError::Announce(_) => words.say("chat-failed-announce", &[]),
        DecideError::Late => words.say("chat-failed-late", &[]),
        DecideError::Store(_) => words.say("chat-failed-store", &[]),
    }
}

fn refusal(words: Words, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Gone => words.say("chat-refused-gone", &[]),
        Refusal::Off => words.say("chat-refused-off", &[]),
        Refusal::OtherPlan { .. } => words.say("chat-refused-other-plan", &[]),
        Refusal::OtherQuestion => words.say("chat-refused-other-question", &[]),
        Refusal::SameScope(scope) => {
            let scope = words.scope(*scope);
            words.say("chat-refused-same-scope", &[("scope", (&scope).into())])
        }
        Refusal::WrongState(state) => {
            let state = words.state(*state);
            words.say("chat-refused-wrong-state", &[("state", (&state).into())])
        }
        Refusal::TooLate => words.say("chat-refused-too-late", &[]),
        Refusal::Untouched(account) => {
            words.say("chat-refused-untouched", &[("account", account.as_str().into())])
        }
        Refusal::OtherWay { person, .. } => {
            words.say("chat-refused-other-way", &[("person", person.into())])
        }
        Refusal::Objection(why) => words.objection(why),
        Refusal::Incomplete => words.say("chat-refused-incomplete", &[]),
    }
}

/// What a decision that counts came to.
pub(crate) fn decided(words: Words, decided: &Decided) -> String {
    match decided {
        Decided::Counted(missing) => {
            let missing: Vec<String> =
                missing.iter().take(5).map(|one| words.missing(*one)).collect();
            let missing = missing.join(&words.say("list-separator", &[]));
            words.say("chat-decided-counted", &[("missing", (&missing).into())])
        }
        Decided::Now(state) => {
            let state = words.state(*state);
            words.say("chat-decided-now", &[("state", (&state).into())])
        }
        Decided::Before(state) => {
            let state = words.state(*state);
            words.say("chat-decided-before", &[("state", (&state).into())])
        }
    }
}
