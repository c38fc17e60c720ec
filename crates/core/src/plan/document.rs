//! Policy documents as text: statements of ours are put in and taken out, and what others wrote
//! stays as it is, byte for byte.

use core::fmt;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

/// A text that is no policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError(String);

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policy document: {}", self.0)
    }
}

impl core::error::Error for DocumentError {}

impl From<serde_json::Error> for DocumentError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// How statements of ours stand in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All of them, as we wrote them.
    All,
    /// None of them.
    None,
    /// Some, or in another form than we wrote them; the `Sid`s of those that are missing or changed.
    Changed(Vec<String>),
}

/// The document as plans show it, with `Statement` a list.
///
/// # Errors
/// [`DocumentError`] for what is no policy document, also one that names a key twice.
pub fn normal(text: &str) -> Result<Value, DocumentError> {
    Parts::of(text)?;
    Ok(with_list(serde_json::from_str(text)?))
}

/// The same document with `Statement` a list.
pub fn with_list(mut document: Value) -> Value {
    if let Some(statement) = document.get_mut("Statement")
        && !statement.is_array()
    {
        *statement = Value::from(vec![statement.take()]);
    }
    document
}

/// Adds statements behind those that are there. Without a document it makes one.
///
/// # Errors
/// [`DocumentError`] for what is no policy document.
pub fn with(text: Option<&str>, added: &[Value]) -> Result<String, DocumentError> {
    let ours: Vec<String> = added.iter().map(statement_text).collect();
    let Some(text) = text else {
        return Ok(format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, ours.join(",")));
    };
    if ours.is_empty() {
        return Ok(text.to_owned());
    }
    let parts = Parts::of(text)?;
    let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    match (parts.listed, parts.statements.last()) {
        (true, None) => {
            let inside = parts.list.0 + 1;
            Ok(format!("{}{}{}", cut(0, inside), ours.join(","), cut(inside, text.len())))
        }
        (true, Some(last)) => {
            // What stands before the last statement stands before ours: a line's indentation.
            let before = match parts.statements.len() {
                1 => parts.list.0 + 1,
                more => parts.statements.get(more - 2).map_or(last.0, |(_, end)| end + 1),
            };
            let gap = cut(before, last.0);
            let gap = if gap.trim().is_empty() { gap } else { "" };
            let ours = ours.join(&format!(",{gap}"));
            Ok(format!("{},{gap}{ours}{}", cut(0, last.1), cut(last.1, text.len())))
        }
        (false, _) => {
            let (start, end) = parts.list;
            let theirs = cut(start, end);
            let rest = cut(end, text.len());
            Ok(format!("{}[{theirs},{}]{rest}", cut(0, start), ours.join(",")))
        }
    }
}

/// Takes out the statements that stand there as we wrote them; none where no statement is left.
///
/// # Errors
/// [`DocumentError`] for what is no policy document.
pub fn without(text: &str, added: &[Value]) -> Result<Option<String>, DocumentError> {
    let parts = Parts::of(text)?;
    let mut keeps = Vec::new();
    for (start, end) in &parts.statements {
        let statement: Value = serde_json::from_str(text.get(*start..*end).unwrap_or_default())?;
        keeps.push(!added.iter().any(|ours| same_statement(ours, &statement)));
    }
    if keeps.iter().all(|keep| *keep) {
        return Ok(Some(text.to_owned()));
    }
    if !keeps.iter().any(|keep| *keep) {
        return Ok(None);
    }
    let mut left = String::with_capacity(text.len());
    // With the first statement goes what separates it from the second, with others what separates
    // them from the one before.
    let mut from = 0;
    let mut kept_one = false;
    let mut end_before = parts.list.0 + usize::from(parts.listed);
    let mut skip_to_start = false;
    for ((start, end), keep) in parts.statements.iter().zip(keeps) {
        if keep {
            if skip_to_start && !kept_one {
                from = *start;
            }
            kept_one = true;
            skip_to_start = false;
            left.push_str(text.get(from..*end).unwrap_or_default());
        } else if kept_one {
            left.push_str(text.get(from..end_before).unwrap_or_default());
        } else {
            // Up to the first statement everything stays, its own indentation among it.
            if from == 0 {
                left.push_str(text.get(..*start).unwrap_or_default());
            }
            skip_to_start = true;
        }
        from = *end;
        end_before = *end;
    }
    left.push_str(text.get(from..).unwrap_or_default());
    Ok(Some(left))
}

/// How statements of ours stand in a document.
pub fn standing(document: &Value, added: &[Value]) -> Standing {
    let missing = |ours: &&Value| !statements(document).any(|one| same_statement(one, ours));
    let missing: Vec<&Value> = added.iter().filter(missing).collect();
    if missing.is_empty() {
        return Standing::All;
    }
    let sid = |statement: &Value| statement.get("Sid").and_then(Value::as_str).map(str::to_owned);
    let named = |ours: &Value| statements(document).any(|one| sid(one) == sid(ours));
    if missing.len() == added.len() && !missing.iter().any(|ours| named(ours)) {
        return Standing::None;
    }
    Standing::Changed(missing.into_iter().filter_map(sid).collect())
}

/// The statements of a document.
pub fn statements(document: &Value) -> impl Iterator<Item = &Value> {
    match document.get("Statement") {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => core::slice::from_ref(one),
        None => &[],
    }
    .iter()
}

/// Whether two documents say the same, however AWS writes them down: the order of statements and of
/// lists does not count, one text is a list of one, an account is its root.
pub fn same(one: &Value, other: &Value) -> bool {
    let plain = |document: &Value| {
        let mut document = document.clone();
        let mut listed: Vec<Value> = statements(&document).map(plain_statement).collect();
        listed.sort_by_cached_key(Value::to_string);
        if let Some(map) = document.as_object_mut() {
            map.insert("Statement".to_owned(), Value::from(listed));
        }
        document
    };
    plain(one) == plain(other)
}

/// Whether two statements say the same, however AWS writes them down.
pub fn same_statement(one: &Value, other: &Value) -> bool {
    plain_statement(one) == plain_statement(other)
}

fn plain_statement(statement: &Value) -> Value {
    let Some(map) = statement.as_object() else { return statement.clone() };
    let element = |(name, value): (&String, &Value)| {
        let value = match name.as_str() {
            "Sid" | "Effect" => value.clone(),
            "Principal" | "NotPrincipal" => principals(value),
            "Condition" => nested(value, 2),
            _ => list(value),
        };
        (name.clone(), value)
    };
    Value::from(map.iter().map(element).collect::<Map<_, _>>())
}

fn principals(value: &Value) -> Value {
    let mut value = nested(value, 1);
    for listed in value.get_mut("AWS").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(id) = listed.as_str().and_then(crate::arn::AccountId::parse) {
            *listed = Value::from(format!("arn:aws:iam::{id}:root"));
        }
    }
    value
}

/// Objects to a depth, below them lists.
fn nested(value: &Value, depth: u8) -> Value {
    match value {
        Value::Object(map) if depth > 0 => {
            let member =
                |(name, value): (&String, &Value)| (name.clone(), nested(value, depth - 1));
            Value::from(map.iter().map(member).collect::<Map<_, _>>())
        }
        // `"Principal": "*"` is not the same text as `{"AWS": "*"}`, and stays one.
        Value::String(_) if depth == 1 => value.clone(),
        other => list(other),
    }
}

/// A list of texts, sorted and each but once.
fn list(value: &Value) -> Value {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut texts: Vec<String> = match value {
        Value::Array(list) => list.iter().map(text).collect(),
        one => vec![text(one)],
    };
    texts.sort();
    texts.dedup();
    json!(texts)
}

/// The order in which AWS's pages write the elements of a statement.
const ELEMENTS: [&str; 6] = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

/// A statement of ours as text, in the usual order.
pub fn statement_text(statement: &Value) -> String {
    let Some(map) = statement.as_object() else { return statement.to_string() };
    let place =
        |name: &str| ELEMENTS.iter().position(|element| *element == name).unwrap_or(usize::MAX);
    let mut members: Vec<_> = map.iter().collect();
    members.sort_by_key(|(name, _)| place(name));
    let member = |(name, value): (&String, &Value)| format!("{}:{value}", Value::from(&**name));
    let members: Vec<String> = members.into_iter().map(member).collect();
    format!("{{{}}}", members.join(","))
}

/// Where the statements of a document stand in its text.
struct Parts {
    /// Whether `Statement` is a list.
    listed: bool,
    /// From where to where the value of `Statement` reaches.
    list: (usize, usize),
    /// Each statement.
    statements: Vec<(usize, usize)>,
}

impl Parts {
    fn of(text: &str) -> Result<Self, DocumentError> {
        let Members(members) = serde_json::from_str(text)?;
        let (_, value) = members
            .iter()
            .find(|(name, _)| name == "Statement")
            .ok_or_else(|| DocumentError("it has no `Statement`".to_owned()))?;
        let place = |raw: &RawValue| {
            let start = raw.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
            (start, start + raw.get().len())
        };
        let list = place(value);
        if !value.get().starts_with('[') {
            return Ok(Self { listed: false, list, statements: vec![list] });
        }
        let statements: Vec<&RawValue> = serde_json::from_str(value.get())?;
        let statements = statements.into_iter().map(place).collect();
        Ok(Self { listed: true, list, statements })
    }
}

/// The members of an object in their order, as they are written.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with Version and Statement")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members: Vec<(String, &'de RawValue)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    if members.iter().any(|(known, _)| *known == name) {
                        let problem = format!("`{name}` stands here a second time");
                        return Err(serde::de::Error::custom(problem));
                    }
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

#[cfg(test)]
mod tests {
    use super::{Standing, normal, same, same_statement, standing, with, without};
    use serde_json::{Value, json};

    fn ours(sid: &str) -> Value {
        json!({"Sid": sid, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})
    }

    /// What goes in comes out again, and nothing else moves, however the text is laid out.
    #[test]
    fn in_and_out() {
        let texts = [
            r#"{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny"}]}"#,
            "{\n  \"Statement\": [\n    {\"Sid\": \"A\"},\n    { \"Sid\" : \"B\" }\n  ],\n  \"Id\": \"x\"\n}\n",
            r#"{ "Statement" : [ {"Sid":"A","Resource":"]},{"} , {"Sid":"B\u00e9"} ] }"#,
        ];
        for text in texts {
            let one = with(Some(text), &[ours("LocksmithA")]).unwrap();
            let both = with(Some(&one), &[ours("LocksmithB")]).unwrap();
            assert!(normal(&both).is_ok());
            assert_eq!(without(&one, &[ours("LocksmithA")]).unwrap().as_deref(), Some(text));
            let first = without(&both, &[ours("LocksmithA")]).unwrap().unwrap();
            let all = without(&first, &[ours("LocksmithB")]).unwrap().unwrap();
            assert_eq!(all, text, "taken out in the order in which they were put in");
            let all = without(&both, &[ours("LocksmithB"), ours("LocksmithA")]).unwrap();
            assert_eq!(all.as_deref(), Some(text));
        }
    }

    #[test]
    fn every_place_can_be_taken_out() {
        for gone in 0..8_u8 {
            let sids = ["A", "B", "C"];
            let text = r#"{ "Statement": [ {"Sid":"A"} , {"Sid":"B"} , {"Sid":"C"} ] }"#;
            let picked: Vec<Value> = (0..3)
                .filter(|bit| gone & (1 << bit) != 0)
                .map(|bit| json!({"Sid": sids[bit]}))
                .collect();
            let left = without(text, &picked).unwrap();
            if picked.len() == 3 {
                assert_eq!(left, None);
                continue;
            }
            let left = normal(&left.unwrap()).unwrap();
            let kept: Vec<&str> = left["Statement"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|one| one["Sid"].as_str())
                .collect();
            let expected: Vec<&str> =
                (0..3).filter(|bit| gone & (1 << bit) == 0).map(|bit| sids[bit]).collect();
            assert_eq!(kept, expected);
        }
    }

    #[test]
    fn a_document_is_made_and_a_single_statement_becomes_a_list() {
        let made = with(None, &[ours("LocksmithA")]).unwrap();
        assert_eq!(without(&made, &[ours("LocksmithA")]).unwrap(), None);
        let single = r#"{"Statement":{"Sid":"A"}}"#;
        let both = with(Some(single), &[ours("LocksmithA")]).unwrap();
        let left = without(&both, &[ours("LocksmithA")]).unwrap().unwrap();
        assert_eq!(left, r#"{"Statement":[{"Sid":"A"}]}"#);
        assert!(normal(r#"{"Statement":[],"Statement":[]}"#).is_err());
        assert!(normal("[]").is_err());
    }

    #[test]
    fn what_aws_writes_differently_is_the_same() {
        let one = json!({"Effect": "Allow", "Principal": {"AWS": "111111111111"},
                         "Action": ["b", "a"], "Condition": {"Bool": {"k": true}}});
        let other = json!({"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111111111111:root"]},
                           "Action": ["a", "b"], "Condition": {"Bool": {"k": ["true"]}}});
        assert!(same_statement(&one, &other));
        assert!(same(&json!({"Statement": one}), &json!({"Statement": [other]})));
        assert!(!same_statement(&json!({"Principal": "*"}), &json!({"Principal": {"AWS": "*"}})));
    }

    #[test]
    fn how_ours_stand() {
        let document = |list: Value| json!({"Statement": list});
        let added = [ours("LocksmithA")];
        assert_eq!(standing(&document(json!([ours("LocksmithA")])), &added), Standing::All);
        assert_eq!(standing(&document(json!([ours("Other")])), &added), Standing::None);
        let mut changed = ours("LocksmithA");
        changed["Resource"] = json!("arn:aws:s3:::b/*");
        let changed = standing(&document(json!([changed])), &added);
        assert_eq!(changed, Standing::Changed(vec!["LocksmithA".to_owned()]));
    }
}
