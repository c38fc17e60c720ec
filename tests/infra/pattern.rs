//! Whether an EventBridge event pattern matches an event: the operators that the templates use.
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html>

use serde_json::Value;

/// Whether the event matches.
pub(crate) fn matches(pattern: &Value, event: &Value) -> bool {
    let object = pattern.as_object().unwrap();
    object.iter().all(|(name, inner)| {
        let found = event.get(name);
        match inner {
            Value::Array(ways) if name == "$or" => ways.iter().any(|way| matches(way, event)),
            Value::Array(choices) => choices.iter().any(|choice| one(choice, found)),
            // A field below one that is not there is not there either.
            inner => matches(inner, found.unwrap_or(&Value::Null)),
        }
    })
}

fn one(choice: &Value, found: Option<&Value>) -> bool {
    let Some(operators) = choice.as_object() else {
        return found == Some(choice);
    };
    assert_eq!(operators.len(), 1, "one operator at a time: {choice}");
    let (operator, argument) = operators.iter().next().unwrap();
    let text = found.and_then(Value::as_str);
    match (operator.as_str(), argument) {
        ("exists", Value::Bool(wanted)) => *wanted == found.is_some(),
        ("prefix", Value::String(start)) => text.is_some_and(|text| text.starts_with(start)),
        ("suffix", Value::String(end)) => text.is_some_and(|text| text.ends_with(end)),
        ("anything-but", Value::Array(others)) => {
            found.is_some_and(|found| !others.contains(found))
        }
        _ => panic!("the tests know no {choice}"),
    }
}
