//! OpsCenter of Systems Manager, by its JSON protocol.

use crate::cards::{card, moved};
use crate::closing::{Keeps, Kept};
use crate::schema;
use crate::system::{Under, Vault, tickets};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::ports::TellError;
use locksmith_tickets::{CallError, SystemsManager};
use serde_json::{Value, json};
use std::sync::Mutex;

#[derive(Default)]
pub(crate) struct OpsCenter {
    pub(crate) inner: Mutex<Items>,
}

#[derive(Default)]
pub(crate) struct Items {
    items: Vec<Value>,
    /// What the next calls of these operations come to, after they were done or instead.
    pub(crate) troubles: Vec<(&'static str, bool, CallError)>,
}

impl SystemsManager for OpsCenter {
    async fn call(&self, operation: &str, body: Value) -> Result<Value, CallError> {
        schema::ssm(operation, &body).unwrap();
        let data = body.get("OperationalData").and_then(Value::as_object);
        let size: usize = data
            .into_iter()
            .flatten()
            .map(|(key, value)| key.len() + value.to_string().len())
            .sum();
        assert!(size <= 20 * 1024, "{size} bytes of operational data");
        let mut items = self.inner.lock().unwrap();
        let trouble = items.troubles.iter().position(|(name, ..)| *name == operation);
        let trouble = trouble.map(|place| items.troubles.remove(place));
        if let Some((_, false, error)) = trouble {
            return Err(error);
        }
        let answer = items.answer(operation, &body);
        trouble.map_or(answer, |(_, _, error)| Err(error))
    }
}

fn error(code: &str, body: Value) -> CallError {
    CallError::Answered { code: code.to_owned(), body }
}

impl Items {
    fn answer(&mut self, operation: &str, body: &Value) -> Result<Value, CallError> {
        let place = self.items.iter().position(|item| item["OpsItemId"] == body["OpsItemId"]);
        let missing = || error("OpsItemNotFoundException", json!({"Message": "no such item"}));
        match operation {
            "CreateOpsItem" => {
                let dedup = &body["OperationalData"]["/aws/dedup"]["Value"];
                let same = |item: &&Value| {
                    item["OperationalData"]["/aws/dedup"]["Value"] == *dedup
                        && item["Status"] != "Resolved"
                };
                if let Some(item) = self.items.iter().find(same) {
                    let body = json!({"Message": "exists", "OpsItemId": item["OpsItemId"]});
                    return Err(error("OpsItemAlreadyExistsException", body));
                }
                let id = format!("oi-{:012x}", self.items.len() + 1);
                let mut item = body.clone();
                item["OpsItemId"] = id.as_str().into();
                item["Status"] = "Open".into();
                item["CreatedTime"] = (1_700_000_000 + self.items.len()).into();
                item["OpsItemArn"] =
                    format!("arn:aws:ssm:eu-west-1:111111111111:opsitem/{id}").into();
                self.items.push(item);
                Ok(json!({"OpsItemId": id}))
            }
            "GetOpsItem" => Ok(json!({"OpsItem": self.items[place.ok_or_else(missing)?]})),
            "UpdateOpsItem" => {
                let item = &mut self.items[place.ok_or_else(missing)?];
                for (name, value) in body.as_object().unwrap() {
                    if name == "OperationalData" {
                        for (key, value) in value.as_object().unwrap() {
                            item["OperationalData"][key] = value.clone();
                        }
                    } else {
                        item[name] = value.clone();
                    }
                }
                Ok(json!({}))
            }
            "DescribeOpsItems" if body.get("NextToken").is_none() => {
                // A first page that is empty and not the last.
                Ok(json!({"OpsItemSummaries": [], "NextToken": "2"}))
            }
            "DescribeOpsItems" => {
                let filter = &body["OpsItemFilters"][0];
                assert_eq!(
                    (&filter["Key"], &filter["Operator"]),
                    (&json!("OperationalData"), &json!("Equal"))
                );
                let wanted: Value =
                    serde_json::from_str(filter["Values"][0].as_str().unwrap()).unwrap();
                let key = wanted["key"].as_str().unwrap();
                let found = self.items.iter().rev().filter(|item| {
                    let datum = &item["OperationalData"][key];
                    datum["Value"] == wanted["value"] && datum["Type"] == "SearchableString"
                });
                Ok(json!({"OpsItemSummaries": found.collect::<Vec<_>>()}))
            }
            other => panic!("{other}"),
        }
    }
}

impl Keeps for Items {
    fn kept(&self) -> Vec<Kept> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let of = |item: &Value| Kept {
            id: text(&item["OpsItemId"]),
            is_open: item["Status"] != "Resolved",
            title: text(&item["Title"]),
            text: text(&item["Description"]),
            comments: text(&item["OperationalData"]["locksmith-history"]["Value"])
                .lines()
                .map(str::to_owned)
                .collect(),
        };
        self.items.iter().map(of).collect()
    }

    fn set_open(&mut self, id: &str, open: bool) {
        let item = self.items.iter_mut().find(|item| item["OpsItemId"] == *id).unwrap();
        item["Status"] = if open { "InProgress" } else { "Resolved" }.into();
    }

    fn delete(&mut self, id: &str) {
        self.items.retain(|item| item["OpsItemId"] != *id);
    }
}

pub(crate) fn under<'a>(
    ops: &'a OpsCenter,
    vault: &'a Vault,
    locale: Locale,
) -> Under<'a, OpsCenter> {
    Under {
        tickets: tickets("opscenter", json!({"severity": "2"}), locale),
        vault,
        systems_manager: ops,
    }
}

/// The creation's answer is lost, and the list is behind: OpsCenter itself names the item.
#[tokio::test]
async fn created_and_not_heard_of() {
    let (ops, vault) = (OpsCenter::default(), Vault::new("", ""));
    let under = under(&ops, &vault, Locale::En);
    let lost = CallError::Unanswered("no answer in time".to_owned());
    ops.inner
        .lock()
        .unwrap()
        .troubles
        .extend([("CreateOpsItem", true, lost.clone()), ("DescribeOpsItems", false, lost.clone())]);
    let first = card(State::Diagnosed);
    let error = under.upsert(None, &first, false).await.unwrap_err();
    assert!(matches!(error, TellError::Later { .. }), "{error:?}");
    let known = under.upsert(None, &first, false).await.unwrap();
    assert_eq!(ops.inner.lock().unwrap().items.len(), 1);
    let url = "https://eu-west-1.console.aws.amazon.com/systems-manager/opsitems/oi-000000000001/";
    assert_eq!(known.url.as_deref(), Some(url));
}

#[tokio::test]
async fn what_aws_says() {
    let cases = [
        ("ThrottlingException", true),
        ("InternalServerError", true),
        ("AccessDeniedException", false),
        ("OpsItemLimitExceededException", false),
    ];
    for (code, later) in cases {
        let (ops, vault) = (OpsCenter::default(), Vault::new("", ""));
        let under = under(&ops, &vault, Locale::En);
        let first = card(State::AwaitingApproval);
        let known = under.upsert(None, &first, false).await.unwrap();
        let said = error(code, json!({"Message": "no"}));
        ops.inner.lock().unwrap().troubles.push(("UpdateOpsItem", false, said));
        let next = moved(&first, State::Approved);
        let error = under.upsert(Some(&known), &next, true).await.unwrap_err();
        assert_eq!(matches!(error, TellError::Later { .. }), later, "{code}: {error:?}");
    }
}
