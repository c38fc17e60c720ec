//! OpsCenter of Systems Manager, which the emulator does not know: one incident's items, or many. What
//! is sent has to be as AWS describes it.
//!
//! <https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-working-deduplication.html>

use super::{Answer, Call};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The requests of the operations, of botocore.
static REQUESTS: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(|| {
    let text = include_str!("../../../crates/tickets/tests/openapi/ssm.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let operations = file["operations"].as_object().unwrap().iter();
    let validator = |schema| jsonschema::validator_for(schema).unwrap();
    operations.map(|(name, schema)| (name.clone(), validator(schema))).collect()
});

/// The items of one account.
#[derive(Debug, Default)]
pub(super) struct OpsItems {
    items: Vec<Value>,
}

/// AWS's refusal: its code, and what it says besides.
type Refused = (&'static str, Value);

impl OpsItems {
    /// The items, the oldest first.
    pub(super) fn all(&self) -> Vec<Value> {
        self.items.clone()
    }

    /// The answer to a call to Systems Manager; none to others.
    pub(super) fn answer(&mut self, call: &Call) -> Option<Answer> {
        if call.service != "ssm" {
            return None;
        }
        let body = serde_json::from_slice(&call.body).unwrap_or_default();
        let answer = valid(&call.operation, &body).and_then(|()| self.done(call, &body));
        Some(match answer {
            Ok(answer) => Answer::Says { status: 200, body: answer.to_string() },
            Err((code, mut body)) => {
                body["__type"] = code.into();
                Answer::Says { status: 400, body: body.to_string() }
            }
        })
    }

    fn done(&mut self, call: &Call, body: &Value) -> Result<Value, Refused> {
        match &*call.operation {
            "CreateOpsItem" => self.create(call, body),
            "GetOpsItem" => Ok(json!({"OpsItem": self.item(body)?})),
            "UpdateOpsItem" => {
                let item = self.item(body)?;
                for (name, value) in body.as_object().into_iter().flatten() {
                    match value.as_object().filter(|_| name == "OperationalData") {
                        Some(data) => data.iter().for_each(|(key, value)| {
                            item["OperationalData"][key] = value.clone();
                        }),
                        None => item[name] = value.clone(),
                    }
                }
                Ok(json!({}))
            }
            // It is described, and none of the others.
            _ => Ok(json!({"OpsItemSummaries": self.found(body)?})),
        }
    }

    fn create(&mut self, call: &Call, body: &Value) -> Result<Value, Refused> {
        let dedup = &body["OperationalData"]["/aws/dedup"];
        let same = |item: &&Value| {
            let open = !["Resolved", "Closed"].map(Value::from).contains(&item["Status"]);
            open && !dedup.is_null() && item["OperationalData"]["/aws/dedup"] == *dedup
        };
        if let Some(item) = self.items.iter().find(same) {
            let said = json!({"Message": "it exists", "OpsItemId": item["OpsItemId"]});
            return Err(("OpsItemAlreadyExistsException", said));
        }
        let number = self.items.len() + 1;
        let id = format!("oi-{number:012x}");
        let account = call.account.as_deref().unwrap_or_default();
        let arn = format!("arn:aws:ssm:{}:{account}:opsitem/{id}", call.region);
        let mut item = body.clone();
        item["OpsItemId"] = id.as_str().into();
        item["OpsItemArn"] = arn.as_str().into();
        item["Status"] = "Open".into();
        item["CreatedTime"] = json!(1_763_800_000 + number);
        self.items.push(item);
        Ok(json!({"OpsItemId": id, "OpsItemArn": arn}))
    }

    fn item(&mut self, body: &Value) -> Result<&mut Value, Refused> {
        let mut items = self.items.iter_mut();
        let found = items.find(|item| item["OpsItemId"] == body["OpsItemId"]);
        found.ok_or_else(|| ("OpsItemNotFoundException", json!({"Message": "no such item"})))
    }

    /// The items with a searchable datum, the newest first: the one filter in use asks for that.
    fn found(&self, body: &Value) -> Result<Vec<Value>, Refused> {
        let filter = &body["OpsItemFilters"][0];
        let wanted = filter["Values"][0].as_str().filter(|_| filter["Key"] == "OperationalData");
        let wanted: Value = wanted
            .and_then(|wanted| serde_json::from_str(wanted).ok())
            .ok_or_else(|| ("OpsItemInvalidParameterException", json!({"Message": "a filter"})))?;
        let searched = json!({"Type": "SearchableString", "Value": wanted["value"]});
        let key = wanted["key"].as_str().unwrap_or_default();
        let items = self.items.iter().rev();
        let found = items.filter(|item| item["OperationalData"][key] == searched);
        Ok(found
            .map(|item| {
                json!({
                    "OpsItemId": item["OpsItemId"], "Title": item["Title"],
                    "Status": item["Status"], "CreatedTime": item["CreatedTime"],
                })
            })
            .collect())
    }
}

/// Whether AWS describes such a request.
fn valid(operation: &str, body: &Value) -> Result<(), Refused> {
    let known = REQUESTS.get(operation).ok_or_else(|| {
        ("UnknownOperationException", json!({"Message": format!("`{operation}` is unknown")}))
    })?;
    let problems: Vec<String> = known
        .iter_errors(body)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(("ValidationException", json!({"Message": problems.join("; ")})))
}
