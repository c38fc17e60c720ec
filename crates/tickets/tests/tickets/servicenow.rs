//! ServiceNow's Table API, as far as incidents go. No description of it is published in a registry; what
//! is checked here is what its documentation says.

use crate::closing::{Keeps, Kept, Stage};
use crate::server::{Seen, Server, Vendor};
use crate::system::{TOKEN, Vault, tickets};
use locksmith_app::config::Locale;
use serde_json::{Map, Value, json};

#[derive(Default)]
pub(crate) struct ServiceNow {
    pub(crate) records: Vec<Map<String, Value>>,
}

pub(crate) async fn stage(locale: Locale, vault: Vault) -> Stage<ServiceNow> {
    let server = Server::start(ServiceNow::default()).await;
    let settings =
        json!({"url": server.url, "fields": {"assignment_group": "cloud", "state": "9"}});
    Stage { tickets: tickets("servicenow", settings, locale), server, vault }
}

/// Fields of the table and how long their texts may be.
const FIELDS: [(&str, usize); 10] = [
    ("short_description", 160),
    ("description", 4_000),
    ("work_notes", 4_000),
    ("close_notes", 4_000),
    ("close_code", 40),
    ("state", 40),
    ("correlation_id", 100),
    ("correlation_display", 100),
    ("assignment_group", 32),
    ("active", 5),
];

impl Vendor for ServiceNow {
    fn admits(&self, request: &Seen) -> bool {
        request.header("authorization") == format!("Bearer {TOKEN}")
    }

    fn answer(&mut self, request: &Seen) -> Result<(u16, Value), String> {
        for (name, value) in request.body.as_object().into_iter().flatten() {
            let known = FIELDS.iter().find(|(field, _)| field == name);
            let (_, most) = known.ok_or_else(|| format!("no field `{name}`"))?;
            let value = value.as_str().ok_or_else(|| format!("`{name}` is no text"))?;
            if value.encode_utf16().count() > *most {
                return Err(format!("`{name}` is longer than {most}"));
            }
            if value.to_lowercase().contains("[code]") {
                return Err(format!("`{name}` holds HTML"));
            }
        }
        let rest = request.path.strip_prefix("/api/now/table/incident").ok_or("no such path")?;
        let id = rest.trim_start_matches('/');
        let place = self.records.iter().position(|record| record["sys_id"] == *id);
        let missing = || {
            let said = json!({"message": "No Record found", "detail": "Record doesn't exist"});
            (404, json!({"error": said, "status": "failure"}))
        };
        Ok(match (request.method.as_str(), id, place) {
            ("GET", "", _) => {
                let query = request.query("sysparm_query");
                let wanted = query.strip_prefix("correlation_id=").unwrap();
                let wanted = wanted.strip_suffix("^ORDERBYsys_created_on").unwrap();
                let found =
                    self.records.iter().filter(|record| record["correlation_id"] == *wanted);
                (200, json!({"result": found.take(1).collect::<Vec<_>>()}))
            }
            ("POST", "", _) => {
                let number = self.records.len() + 1;
                let mut record = request.body.as_object().unwrap().clone();
                record.insert("sys_id".to_owned(), format!("{number:032x}").into());
                record.insert("number".to_owned(), format!("INC{number:07}").into());
                record.insert("active".to_owned(), "true".into());
                record.insert("journal".to_owned(), json!([]));
                self.records.push(record.clone());
                (201, json!({"result": record}))
            }
            (_, _, None) => missing(),
            ("GET", _, Some(place)) => (200, json!({"result": self.records[place]})),
            ("PATCH", _, Some(place)) => {
                let record = &mut self.records[place];
                for (name, value) in request.body.as_object().unwrap() {
                    if name == "work_notes" {
                        record["journal"].as_array_mut().unwrap().push(value.clone());
                    }
                    record.insert(name.clone(), value.clone());
                }
                let lacks =
                    |name: &str| record.get(name).and_then(Value::as_str).is_none_or(str::is_empty);
                if record["state"] == "6" && (lacks("close_code") || lacks("close_notes")) {
                    return Err("resolved without code and notes".to_owned());
                }
                (200, json!({"result": record}))
            }
            _ => return Err("not expected".to_owned()),
        })
    }
}

impl Keeps for ServiceNow {
    fn kept(&self) -> Vec<Kept> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let of = |record: &Map<String, Value>| Kept {
            id: text(&record["sys_id"]),
            is_open: record["state"] == "1",
            title: text(&record["short_description"]),
            text: text(&record["description"]),
            comments: record["journal"].as_array().unwrap().iter().map(text).collect(),
        };
        self.records.iter().map(of).collect()
    }

    fn set_open(&mut self, id: &str, open: bool) {
        let record = self.records.iter_mut().find(|record| record["sys_id"] == *id).unwrap();
        let by_hand =
            [("state", if open { "1" } else { "6" }), ("close_code", "x"), ("close_notes", "x")];
        record.extend(by_hand.map(|(name, value)| (name.to_owned(), value.into())));
    }

    fn delete(&mut self, id: &str) {
        self.records.retain(|record| record["sys_id"] != *id);
    }
}

/// More fields are set once, when the record is made, and not ours.
#[tokio::test]
async fn more_fields() {
    use crate::cards::{card, moved};
    use locksmith_app::incident::State;
    let stage = stage(Locale::En, Vault::new(TOKEN, TOKEN)).await;
    let first = card(State::AwaitingApproval);
    let known = stage.upsert(None, &first, false).await.unwrap();
    let regrouped = |record: &mut Map<String, Value>| {
        assert_eq!((&record["assignment_group"], &record["state"]), (&json!("cloud"), &json!("1")));
        record.insert("assignment_group".to_owned(), "network".into());
    };
    stage.server.inner().vendor.records.iter_mut().for_each(regrouped);
    stage.upsert(Some(&known), &moved(&first, State::Approved), true).await.unwrap();
    assert_eq!(stage.server.inner().vendor.records[0]["assignment_group"], "network");
    stage.server.check();
}
