//! Why a change is needed and what it grants, read off the statements and grants that it adds.

use crate::Words;
use crate::facts::{id_part, short};
use locksmith_app::config::Locale;
use locksmith_core::plan::{Change, ChangeKind, Tool};
use serde_json::Value;

/// Where a bucket's encryption names its key.
const DEFAULT_KEY: &str = "/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID";

impl Words {
    /// Why a change is needed and what it grants.
    ///
    /// In English it is the plan's own text; elsewhere, or where the plan has none, it tells what the
    /// added statements allow to whom.
    pub fn change_why(self, change: &Change) -> String {
        if self.locale() == Locale::En && !change.why.is_empty() {
            return change.why.clone();
        }
        let mut sentences = match change.kind {
            ChangeKind::PutBucketEncryption => vec![self.default_key(change)],
            ChangeKind::CreateGrant => self.granted(change),
            _ => change.added.iter().flat_map(|one| self.allowed(change, one)).collect(),
        };
        if let Some(size) = change.size.filter(|size| size.is_near()) {
            sentences.push(self.say(
                "why-limit-near",
                &[("used", (size.used as u64).into()), ("limit", (size.limit as u64).into())],
            ));
        }
        if let Some(by) = &change.managed_by {
            let id = match by.tool {
                Tool::Cloudformation => "why-made-by-cloudformation",
                Tool::Terraform => "why-made-by-terraform",
            };
            sentences.push(self.say(id, &[("what", (&by.what).into())]));
        }
        self.sentences(&sentences)
    }

    fn default_key(self, change: &Change) -> String {
        let key = |value: Option<&Value>| {
            let key = value.and_then(|value| value.pointer(DEFAULT_KEY)).and_then(Value::as_str);
            key.unwrap_or_default().to_owned()
        };
        let (before, after) = (key(change.before.as_ref()), key(Some(&change.after)));
        self.say(
            "why-put-bucket-encryption",
            &[("before", (&before).into()), ("after", (&after).into())],
        )
    }

    fn granted(self, change: &Change) -> Vec<String> {
        let who = texts(change.after.get("GranteePrincipal"));
        let operations = texts(change.after.get("Operations"));
        let actions: Vec<String> = operations.iter().map(|one| format!("kms:{one}")).collect();
        let mut sentences = vec![self.say(
            "why-create-grant",
            &[
                ("who", (&self.principal(who.first().copied().unwrap_or_default())).into()),
                ("actions", (&self.list(actions.iter().map(String::as_str))).into()),
            ],
        )];
        let constraints = change.after.get("Constraints").and_then(Value::as_object);
        let pairs = constraints.into_iter().flat_map(|constraints| constraints.values());
        let values = pairs.filter_map(Value::as_object).flat_map(|pairs| pairs.values());
        let values: Vec<&str> = values.filter_map(Value::as_str).collect();
        sentences.extend(self.only_for(&values));
        sentences
    }

    /// What a statement allows, and what it asks for besides.
    fn allowed(self, change: &Change, statement: &Value) -> Vec<String> {
        // An inline policy names nobody: it is about whom it is attached to.
        let named = texts(statement.pointer("/Principal/AWS"));
        let who = named.first().copied().unwrap_or(&change.target);
        let mut sentences = vec![self.say(
            &format!("why-{}", id_part(change.kind.name())),
            &[
                ("who", (&self.principal(who)).into()),
                ("actions", (&self.list(texts(statement.get("Action")))).into()),
                ("resources", (&self.list(texts(statement.get("Resource")))).into()),
            ],
        )];
        let conditions = statement.get("Condition").and_then(Value::as_object);
        let keys = conditions.into_iter().flat_map(|conditions| conditions.values());
        let mut contexts = Vec::new();
        for (key, value) in keys.filter_map(Value::as_object).flatten() {
            match key.as_str() {
                "kms:ViaService" => sentences.extend(texts(Some(value)).first().map(|host| {
                    let service = host.split('.').next().unwrap_or(host).to_uppercase();
                    self.say("why-through-service", &[("service", (&service).into())])
                })),
                "s3:DataAccessPointArn" => sentences.extend(
                    texts(Some(value))
                        .first()
                        .map(|arn| self.say("why-through-point", &[("name", short(arn).into())])),
                ),
                key if key.starts_with("kms:EncryptionContext:") => {
                    contexts.extend(texts(Some(value)));
                }
                _ => {}
            }
        }
        sentences.extend(self.only_for(&contexts));
        sentences
    }

    /// That a key may be used for some objects alone.
    fn only_for(self, contexts: &[&str]) -> Option<String> {
        let named = self.list(contexts.iter().copied());
        (!contexts.is_empty()).then(|| self.say("why-for-context", &[("context", (&named).into())]))
    }
}

/// A text, or each of a list of texts.
fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
