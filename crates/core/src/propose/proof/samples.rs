//! Texts that a pattern stands for.

use crate::context::{Context, Fact, World};
use crate::policy::{Condition, Operand, Pattern, SetOperator, Test, Value};
use core::net::IpAddr;
use std::collections::BTreeMap;

/// What stands for a variable whose value is not told otherwise.
pub(super) const SOMETHING: &str = "x";

/// What is put in place of `*` and of `?`.
const FILLINGS: [(&str, &str); 3] = [("", "x"), ("x", "y"), ("a/b", "/")];

/// The condition keys that tell of the one who is let in, in lower case, with their values.
pub(super) type Own = BTreeMap<String, String>;

/// Texts that a pattern stands for, for the one who is let in; the text itself where it has no
/// wildcard and no variable.
pub(super) fn texts(pattern: &str, own: &Own) -> Vec<String> {
    if !pattern.contains(['*', '?', '$']) {
        return vec![pattern.to_owned()];
    }
    let mut texts: Vec<String> =
        FILLINGS.iter().map(|(many, one)| filled(pattern, [many, one], own)).collect();
    texts.dedup();
    texts
}

fn filled(pattern: &str, [many, one]: [&str; 2], own: &Own) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(character) = rest.chars().next() {
        if let Some((variable, behind)) =
            rest.strip_prefix("${").and_then(|inside| inside.split_once('}'))
        {
            text.push_str(match variable {
                "*" | "?" | "$" => variable,
                key => own.get(&key.to_ascii_lowercase()).map_or(SOMETHING, String::as_str),
            });
            rest = behind;
            continue;
        }
        match character {
            '*' => text.push_str(many),
            '?' => text.push_str(one),
            other => text.push(other),
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    text
}

/// Values of a condition's key that satisfy it and that do not.
pub(super) fn facts(condition: &Condition, own: &Own) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for value in &condition.values {
        for text in values(value, condition.operator.test, own) {
            facts.push(match condition.operator.set {
                SetOperator::None => Fact::one(&text),
                _ => Fact::many([text]),
            });
        }
    }
    if condition.operator.set != SetOperator::None {
        let first = condition.values.first().map_or(SOMETHING, Value::as_str);
        facts.push(Fact::many([first, "locksmith-other"]));
    }
    facts
}

fn values(value: &Value, test: Test, own: &Own) -> Vec<String> {
    let written = value.as_str();
    match (test, value.operand) {
        (Test::Null, _) => vec![SOMETHING.to_owned()],
        (Test::Bool, _) => vec!["true".to_owned(), "false".to_owned()],
        (_, Operand::Number(number)) => {
            [number, number - 1.0, number + 1.0].map(|number| number.to_string()).into()
        }
        (_, Operand::Date(date)) => [0, -1, 1]
            .into_iter()
            .filter_map(|second| date.checked_add(jiff::SignedDuration::from_secs(second)).ok())
            .map(|date| date.to_string())
            .collect(),
        (_, Operand::Net(net)) => {
            let elsewhere = match net.addr() {
                IpAddr::V4(_) => "203.0.113.77",
                IpAddr::V6(_) => "2001:db8::77",
            };
            vec![net.network().to_string(), net.broadcast().to_string(), elsewhere.to_owned()]
        }
        (Test::StringLike | Test::ArnLike | Test::ArnEquals, _) => {
            let mut texts = texts(written, own);
            texts.push("locksmith-other".to_owned());
            texts
        }
        _ => {
            let plain = ["*", "?", "$"]
                .iter()
                .fold(written.to_owned(), |text, one| text.replace(&format!("${{{one}}}"), one));
            vec![plain, swapped(written), "locksmith-other".to_owned()]
        }
    }
}

/// The same text in the other case.
pub(super) fn swapped(text: &str) -> String {
    let other = |letter: char| {
        if letter.is_ascii_lowercase() {
            letter.to_ascii_uppercase()
        } else {
            letter.to_ascii_lowercase()
        }
    };
    text.chars().map(other).collect()
}

/// The keys of the variables in a pattern.
pub(super) fn variables(pattern: &Pattern) -> Vec<String> {
    if !pattern.as_str().contains("${") {
        return Vec::new();
    }
    // Where nothing is known, every variable is one whose value is not.
    let unknown = Context::new(World::Open);
    pattern.unknown_keys(&unknown).map(str::to_owned).collect()
}
