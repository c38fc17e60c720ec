//! OpsCenter of AWS Systems Manager.
//!
//! `OpsCenter` itself refuses a second open item with the same `/aws/dedup`, and names the first one; an
//! item that was resolved is found by the operational data `locksmith-incident`. Items have no comments:
//! what would be one is a line of `locksmith-history`.
//! <https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-working-deduplication.html>

mod call;

pub use call::{CallError, SystemsManager};

use crate::desk::{Desk, Found};
use crate::exchange::Fault;
use crate::marker::{Marker, Turn, key};
use crate::text;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::config::OpsCenter as Settings;
use locksmith_words::Words;
use serde_json::{Map, Value, json};

/// Longest title, in characters.
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html>
const TITLE: usize = 1_024;
/// Longest description, in characters.
const DESCRIPTION: usize = 2_048;
/// Largest value of operational data, in bytes: 20 KB, of which each of ours takes less.
const DATA: usize = 9_000;
/// Most lines of the history.
const LINES: usize = 40;
/// Where what was last wanted of an item stands.
const MARKER: &str = "locksmith-wanted";
/// Where the incident's id stands.
const INCIDENT: &str = "locksmith-incident";
/// Where the states stand that the incident went through.
const HISTORY: &str = "locksmith-history";
/// Where everything stands that the description has no room for.
const DETAILS: &str = "locksmith-details";

/// One incident's item.
pub(crate) struct Items<'a, M> {
    pub(crate) systems_manager: &'a M,
    pub(crate) settings: &'a Settings,
    pub(crate) card: &'a Card,
    pub(crate) words: Words,
}

impl<M: SystemsManager> Items<'_, M> {
    async fn call(&self, operation: &str, body: Value) -> Result<Value, CallError> {
        self.systems_manager.call(operation, body).await
    }

    /// The title, the description and the operational data.
    fn shown(&self) -> (String, String, Map<String, Value>) {
        let report = text::report(self.card, self.words);
        let description = text::fitted(&report, self.words, DESCRIPTION, |report| {
            let text = text::markdown(report);
            let size = text::units(&text);
            (text, size)
        });
        let details = text::fitted(&report, self.words, DATA, |report| {
            let text = text::text(report);
            let size = text.len();
            (text, size)
        });
        let incident = self.card.incident.id.to_string();
        let data = [
            (INCIDENT, "SearchableString", incident),
            (MARKER, "String", Marker::of(self.card).short()),
            (DETAILS, "String", details),
        ];
        let data = data.into_iter().map(|(key, kind, value)| (key.to_owned(), datum(kind, &value)));
        (text::title(self.card, self.words, TITLE), description, data.collect())
    }

    async fn get(&self, id: &str) -> Result<Option<(Found, Value)>, Fault> {
        match self.call("GetOpsItem", json!({"OpsItemId": id})).await {
            Ok(answer) => {
                let item = answer.get("OpsItem").unwrap_or(&Value::Null);
                Ok(Some((found(id, item), item.clone())))
            }
            Err(error) if error.is("OpsItemNotFoundException") => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

impl<M: SystemsManager> Desk for Items<'_, M> {
    async fn read(&mut self, id: &str) -> Result<Option<Found>, Fault> {
        Ok(self.get(id).await?.map(|(found, _)| found))
    }

    async fn find(&mut self) -> Result<Option<Found>, Fault> {
        let incident = self.card.incident.id.to_string();
        let value = json!({"key": INCIDENT, "value": incident}).to_string();
        let filter = json!({"Key": "OperationalData", "Values": [value], "Operator": "Equal"});
        let mut items: Vec<Value> = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let mut body = json!({"OpsItemFilters": [filter], "MaxResults": 50});
            if let (Value::Object(body), Some(next)) = (&mut body, next.take()) {
                body.insert("NextToken".to_owned(), next.into());
            }
            let answer = self.call("DescribeOpsItems", body).await?;
            let summaries = answer.get("OpsItemSummaries").and_then(Value::as_array);
            items.extend(summaries.into_iter().flatten().cloned());
            next = answer.get("NextToken").and_then(Value::as_str).map(str::to_owned);
            // A page may be empty and not the last.
            if next.as_deref().is_none_or(str::is_empty) {
                break;
            }
        }
        let created = |item: &Value| item.get("CreatedTime").and_then(Value::as_f64).unwrap_or(0.0);
        items.sort_by(|a, b| created(a).total_cmp(&created(b)));
        let id = items.first().and_then(|item| item.get("OpsItemId")?.as_str());
        match id.map(str::to_owned) {
            Some(id) => self.read(&id).await,
            None => Ok(None),
        }
    }

    async fn make(&mut self) -> Result<Found, Fault> {
        let (title, description, mut data) = self.shown();
        let dedup = json!({"dedupString": key(self.card)}).to_string();
        data.insert("/aws/dedup".to_owned(), datum("SearchableString", &dedup));
        let mut body = json!({
            "Source": "Locksmith", "Category": "Security", "Title": title,
            "Description": description, "OperationalData": data,
        });
        if let (Value::Object(body), Some(severity)) = (&mut body, &self.settings.severity) {
            body.insert("Severity".to_owned(), severity.as_str().into());
        }
        let id = match self.call("CreateOpsItem", body).await {
            Ok(answer) => answer.get("OpsItemId").and_then(Value::as_str).map(str::to_owned),
            // Made before, and its answer was lost.
            Err(error) if error.is("OpsItemAlreadyExistsException") => {
                error.body().get("OpsItemId").and_then(Value::as_str).map(str::to_owned)
            }
            Err(error) => return Err(error.into()),
        };
        let id = id.ok_or_else(|| Fault::Unsure("OpsCenter: no item is named".to_owned()))?;
        let made = Found {
            reference: TicketRef { name: id.clone(), id: id.clone(), url: None },
            is_open: true,
            marker: Some(Marker::of(self.card)),
        };
        // Its ARN, of which the address is made, may take a moment to be told.
        Ok(self.read(&id).await.ok().flatten().unwrap_or(made))
    }

    async fn change(
        &mut self,
        item: &Found,
        turn: Option<Turn>,
        comment: bool,
    ) -> Result<(), Fault> {
        let id = &item.reference.id;
        let (title, description, mut data) = self.shown();
        if comment {
            let (_, item) = self.get(id).await?.ok_or_else(|| gone(id))?;
            let before = item.pointer(&format!("/OperationalData/{HISTORY}/Value"));
            let history = self.history(before.and_then(Value::as_str).unwrap_or_default());
            data.insert(HISTORY.to_owned(), datum("String", &history));
        }
        let mut body = json!({
            "OpsItemId": id, "Title": title, "Description": description, "OperationalData": data,
        });
        let status = match turn {
            None => None,
            Some(Turn::Open) => Some("Open"),
            Some(Turn::Close) => Some("Resolved"),
        };
        if let (Value::Object(body), Some(status)) = (&mut body, status) {
            body.insert("Status".to_owned(), status.into());
        }
        match self.call("UpdateOpsItem", body).await {
            Err(error) if error.is("OpsItemNotFoundException") => Err(gone(id)),
            answer => answer.map(drop).map_err(Fault::from),
        }
    }
}

impl<M> Items<'_, M> {
    /// The history with how the incident stands now, once.
    fn history(&self, before: &str) -> String {
        let at = self.card.incident.state_since.strftime("%Y-%m-%dT%H:%M:%SZ");
        let said = text::pieces(&text::comment(self.card, self.words)).join(" ");
        let line = format!("{at} {}", text::cut(&said, 400));
        let mut lines: Vec<&str> = before.lines().filter(|known| *known != line).collect();
        lines.push(&line);
        let mut from = lines.len().saturating_sub(LINES);
        let size = |from: usize| lines.iter().skip(from).map(|line| line.len() + 1).sum::<usize>();
        while from + 1 < lines.len() && size(from) > DATA {
            from += 1;
        }
        lines.split_off(from).join("\n")
    }
}

fn gone(id: &str) -> Fault {
    Fault::Missing { why: format!("OpsCenter: {id} was deleted"), for_good: true }
}

fn datum(kind: &str, value: &str) -> Value {
    json!({"Type": kind, "Value": value})
}

fn found(id: &str, item: &Value) -> Found {
    let arn = item.get("OpsItemArn").and_then(Value::as_str);
    let marker = item.pointer(&format!("/OperationalData/{MARKER}/Value"));
    let status = item.get("Status").and_then(Value::as_str).unwrap_or_default();
    Found {
        reference: TicketRef {
            id: id.to_owned(),
            name: id.to_owned(),
            url: arn.and_then(|arn| address(arn, id)),
        },
        is_open: !matches!(status, "Resolved" | "Closed"),
        marker: marker.and_then(Value::as_str).and_then(Marker::parse),
    }
}

/// Where people see an item: the console of its partition, in its Region.
fn address(arn: &str, id: &str) -> Option<String> {
    let mut parts = arn.split(':').skip(1);
    let (partition, region) = (parts.next()?, parts.nth(1)?);
    let console = match partition {
        "aws" => "console.aws.amazon.com",
        "aws-cn" => "console.amazonaws.cn",
        "aws-us-gov" => "console.amazonaws-us-gov.com",
        _ => return None,
    };
    Some(format!("https://{region}.{console}/systems-manager/opsitems/{id}/"))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn where_people_see_it() {
        let arn = "arn:aws:ssm:eu-central-1:111111111111:opsitem/oi-0123456789ab";
        let url = "https://eu-central-1.console.aws.amazon.com/systems-manager/opsitems/oi-1/";
        assert_eq!(address(arn, "oi-1").as_deref(), Some(url));
        assert_eq!(address("arn:other:ssm:x:1:opsitem/oi", "oi"), None);
    }
}
