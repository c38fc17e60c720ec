//! `organization.json`, put together account by account.

use crate::evidence::json::{compact, unreadable};
use locksmith_core::arn::AccountId;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where an account stands.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// In an organization; without nodes in another one than that.
    Member {
        /// The organization.
        id: String,
        /// Its management account.
        master: Option<String>,
        /// The nodes from the root to the account.
        nodes: Vec<Value>,
    },
    /// In no organization.
    Outside,
    /// It could not be told.
    Unreadable(String),
}

/// The organizations of the accounts that were asked about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Organizations {
    known: BTreeMap<String, Known>,
    outside: bool,
    unreadable: BTreeMap<AccountId, String>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    master: Option<String>,
    /// In the order in which they came, each once.
    nodes: Vec<Value>,
}

impl Organizations {
    /// Takes in where an account stands.
    pub(crate) fn put(&mut self, account: AccountId, standing: Standing) {
        match standing {
            Standing::Outside => self.outside = true,
            Standing::Unreadable(why) => {
                self.unreadable.insert(account, why);
            }
            Standing::Member { id, master, nodes } => {
                let known = self.known.entry(id).or_default();
                known.master = known.master.take().or(master);
                for node in nodes {
                    if !known.nodes.iter().any(|other| other.get("Id") == node.get("Id")) {
                        known.nodes.push(compact(node));
                    }
                }
            }
        }
    }

    /// The files. An account of which it could not be told where it stands is a node whose parent
    /// is unreadable: left out it would count as being in no organization.
    pub(crate) fn files(&self) -> BTreeMap<String, Value> {
        let lost = |(account, why): (&AccountId, &String)| json!({"Id": account, "ParentId": unreadable(why)});
        let lost: Vec<Value> = self.unreadable.iter().map(lost).collect();
        let mut files = BTreeMap::new();
        if self.known.is_empty() {
            let why = self.unreadable.values().next();
            let file = match why {
                None => return files,
                Some(why) if !self.outside => unreadable(why),
                Some(why) => json!({
                    "Id": unreadable(why), "MasterAccountId": unreadable(why), "Nodes": lost
                }),
            };
            files.insert("organization.json".to_owned(), file);
            return files;
        }
        for (index, (id, known)) in self.known.iter().enumerate() {
            let mut nodes = known.nodes.clone();
            let name = if index == 0 {
                nodes.extend(lost.iter().cloned());
                "organization.json".to_owned()
            } else {
                format!("organization-{id}.json")
            };
            let file = json!({"Id": id, "MasterAccountId": known.master, "Nodes": nodes});
            files.insert(name, compact(file));
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::{Organizations, Standing};
    use locksmith_core::arn::AccountId;
    use serde_json::json;

    fn account(digit: &str) -> AccountId {
        AccountId::parse(&digit.repeat(12)).unwrap()
    }

    #[test]
    fn an_account_that_could_not_be_placed_is_not_outside() {
        let mut all = Organizations::default();
        assert!(all.files().is_empty());
        all.put(account("1"), Standing::Outside);
        assert!(all.files().is_empty());
        all.put(account("2"), Standing::Unreadable("no".into()));
        let node = json!({"Id": "222222222222", "ParentId": {"unreadable": "no"}});
        assert_eq!(all.files()["organization.json"]["Nodes"], json!([node]));
        let nodes = vec![json!({"Id": "r-1", "ParentId": null})];
        let master = Some("999999999999".to_owned());
        all.put(account("3"), Standing::Member { id: "o-1".into(), master, nodes });
        let file = json!({
            "Id": "o-1", "MasterAccountId": "999999999999", "Nodes": [{"Id": "r-1"}, node]
        });
        assert_eq!(all.files()["organization.json"], file);
    }

    #[test]
    fn an_organization_that_nobody_could_be_asked_about() {
        let mut all = Organizations::default();
        all.put(account("2"), Standing::Unreadable("no".into()));
        assert_eq!(all.files()["organization.json"], json!({"unreadable": "no"}));
    }
}
