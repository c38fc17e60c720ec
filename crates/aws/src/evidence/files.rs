//! The evidence folder, put together answer by answer.

use super::json::{compact, unreadable};
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::evidence::Evidence;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One thing that was read, and where it belongs.
#[derive(Clone, Debug)]
pub(super) struct Put {
    pub(super) account: AccountId,
    pub(super) what: What,
}

/// A place in an account's file.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A section that cannot be read at all.
    Unreadable { section: &'static str, why: String },
    /// A setting of a section.
    Setting { section: &'static str, name: &'static str, value: Value },
    /// A member of a list, which takes the place of one with the same name.
    Entry { section: &'static str, list: &'static str, name: &'static str, value: Value },
    /// A bucket. What was looked up in it stays.
    Bucket(Value),
    /// An object of a bucket.
    Object { bucket: String, value: Value },
    /// What was found out about an object later.
    ObjectAccess { bucket: String, key: String, version: Option<String>, access: Value },
    /// A key that a bucket does not hold.
    MissingKey { bucket: String, key: String },
    /// A Region whose keys are known.
    KeyRegion(String),
}

impl Put {
    pub(super) fn new(account: AccountId, what: What) -> Self {
        Self { account, what }
    }

    /// A member of a list.
    pub(super) fn entry(
        account: AccountId,
        section: &'static str,
        list: &'static str,
        name: &'static str,
        value: Value,
    ) -> Self {
        Self::new(account, What::Entry { section, list, name, value })
    }
}

/// What stands in a bucket's entry that only others look up.
const LOOKED_UP: [&str; 2] = ["Objects", "MissingKeys"];

/// The files of the accounts.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    accounts: BTreeMap<AccountId, Map<String, Value>>,
    collected_at: String,
}

impl Files {
    /// Files that say when they were begun.
    pub(super) fn begun(collected_at: Timestamp) -> Self {
        Self { accounts: BTreeMap::new(), collected_at: collected_at.to_string() }
    }

    /// Takes something in.
    pub(super) fn put(&mut self, put: Put) {
        let file = self.accounts.entry(put.account).or_insert_with(|| {
            let mut file = Map::new();
            file.insert("AccountId".into(), put.account.as_str().into());
            file.insert("CollectedAt".into(), self.collected_at.clone().into());
            file
        });
        match put.what {
            What::Unreadable { section, why } => {
                file.insert(section.into(), unreadable(why));
            }
            What::Setting { section, name, value } => {
                let section = section_of(file, section);
                if let Some(section) = section.filter(|_| !value.is_null()) {
                    section.insert(name.into(), compact(value));
                }
            }
            What::Entry { section, list, name, value } => {
                if let Some(list) = list_of(file, section, list) {
                    upsert(list, &[name], compact(value));
                }
            }
            What::Bucket(value) => put_bucket(file, compact(value)),
            What::Object { bucket, value } => {
                if let Some(objects) = in_bucket(file, &bucket, "Objects") {
                    upsert(objects, &["Key", "VersionId"], compact(value));
                }
            }
            What::ObjectAccess { bucket, key, version, access } => {
                let objects = in_bucket(file, &bucket, "Objects");
                let found = objects.and_then(|objects| {
                    objects.iter_mut().find(|object| {
                        object["Key"] == *key
                            && (version.is_none()
                                || object["VersionId"].as_str() == version.as_deref())
                    })
                });
                if let (Some(object), Value::Object(access)) =
                    (found.and_then(Value::as_object_mut), compact(access))
                {
                    object.extend(access);
                }
            }
            What::MissingKey { bucket, key } => {
                if let Some(keys) = in_bucket(file, &bucket, "MissingKeys") {
                    add(keys, key);
                }
            }
            What::KeyRegion(region) => {
                if let Some(regions) = list_of(file, "Kms", "Regions") {
                    add(regions, region);
                }
            }
        }
    }

    /// Forgets a bucket wherever it was looked for in vain.
    pub(super) fn keep_bucket_of(&mut self, name: &str, owner: AccountId) {
        let others = self.accounts.iter_mut().filter(|(account, _)| **account != owner);
        for (_, file) in others {
            let section = file.get_mut("S3").and_then(|section| section.get_mut("Buckets"));
            if let Some(buckets) = section.and_then(Value::as_array_mut) {
                buckets.retain(|bucket| bucket["Name"] != *name);
            }
        }
    }

    /// The files by their names, together with those of organizations.
    pub(super) fn all(&self, organizations: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        let named = |(id, file): (&AccountId, &Map<String, Value>)| {
            (format!("{id}.json"), Value::Object(file.clone()))
        };
        self.accounts.iter().map(named).chain(organizations).collect()
    }
}

/// What the engine makes of files. One that it does not take counts as unreadable.
pub(super) fn evidence(files: &BTreeMap<String, Value>) -> Evidence {
    let mut builder = Evidence::builder();
    for (name, value) in files {
        if let Err(error) = builder.add(name, value.to_string().as_bytes()) {
            tracing::error!(name, %error, "evidence that the engine does not take");
            let why = unreadable(error).to_string();
            // Only a name that is no file of evidence's could fail here, and there is none.
            let _ = builder.add(name, why.as_bytes());
        }
    }
    builder.build()
}

/// A section with what it always holds; none if it is unreadable as a whole.
fn section_of<'a>(
    file: &'a mut Map<String, Value>,
    name: &str,
) -> Option<&'a mut Map<String, Value>> {
    let section = file.entry(name).or_insert_with(|| match name {
        // What nobody asked about is not listed, and that says nothing about it.
        "Iam" => json!({"IsTruncated": true}),
        "Kms" => json!({"Keys": [], "Regions": []}),
        _ => json!({}),
    });
    section.as_object_mut().filter(|section| !section.contains_key("unreadable"))
}

fn list_of<'a>(
    file: &'a mut Map<String, Value>,
    section: &str,
    list: &str,
) -> Option<&'a mut Vec<Value>> {
    let section = section_of(file, section)?;
    section.entry(list).or_insert_with(|| json!([])).as_array_mut()
}

fn put_bucket(file: &mut Map<String, Value>, mut value: Value) {
    let Some(buckets) = list_of(file, "S3", "Buckets") else { return };
    let known = buckets.iter().find(|bucket| bucket.get("Name") == value.get("Name"));
    if let (Some(known), Some(fields)) = (known, value.as_object_mut()) {
        for name in LOOKED_UP {
            let looked_up = known.get(name).cloned();
            fields.extend(looked_up.map(|found| (name.to_owned(), found)));
        }
    }
    upsert(buckets, &["Name"], value);
}

/// A list in a bucket's entry.
fn in_bucket<'a>(
    file: &'a mut Map<String, Value>,
    bucket: &str,
    list: &str,
) -> Option<&'a mut Vec<Value>> {
    let buckets = list_of(file, "S3", "Buckets")?;
    if !buckets.iter().any(|known| known["Name"] == *bucket) {
        buckets.push(super::s3::unread(bucket, "it was not read yet"));
    }
    let bucket = buckets.iter_mut().find(|known| known["Name"] == *bucket)?;
    bucket.as_object_mut()?.entry(list).or_insert_with(|| json!([])).as_array_mut()
}

fn upsert(list: &mut Vec<Value>, names: &[&str], value: Value) {
    let same = |known: &&mut Value| {
        names.iter().all(|name| known.get(name) == value.get(name))
            && value.get("unreadable").is_none()
    };
    match list.iter_mut().find(same) {
        Some(known) => *known = value,
        None => list.push(value),
    }
}

fn add(list: &mut Vec<Value>, text: String) {
    let text = Value::String(text);
    if !list.contains(&text) {
        list.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, Put, What, evidence};
    use crate::evidence::s3::unread;
    use jiff::Timestamp;
    use locksmith_core::arn::AccountId;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    fn account(digit: &str) -> AccountId {
        AccountId::parse(&digit.repeat(12)).unwrap()
    }

    fn files(puts: impl IntoIterator<Item = What>) -> Files {
        let mut files = Files::begun(Timestamp::UNIX_EPOCH);
        puts.into_iter().for_each(|what| files.put(Put::new(account("1"), what)));
        files
    }

    fn file(files: &Files) -> Value {
        files.all(BTreeMap::new()).remove("111111111111.json").unwrap()
    }

    fn object(key: &str) -> What {
        let value = json!({"Key": key, "SSEKMSKeyId": null});
        What::Object { bucket: "b".into(), value }
    }

    /// What was looked up in a bucket may come before the bucket itself and outlives it, and
    /// placeholders go.
    #[test]
    fn a_bucket_comes_in_parts() {
        let access = json!({"Owner": "111111111111"});
        let found = files([
            object("k"),
            What::Bucket(unread("b", "it was not read yet")),
            What::Bucket(json!({"Name": "b", "Policy": "{}", "TagSet": null})),
            What::MissingKey { bucket: "b".into(), key: "gone".into() },
            What::MissingKey { bucket: "b".into(), key: "gone".into() },
            object("k"),
            What::ObjectAccess { bucket: "b".into(), key: "k".into(), version: None, access },
        ]);
        let expected = json!([{
            "Name": "b",
            "Policy": "{}",
            "Objects": [{"Key": "k", "Owner": "111111111111"}],
            "MissingKeys": ["gone"],
        }]);
        assert_eq!(file(&found)["S3"]["Buckets"], expected);
    }

    #[test]
    fn a_bucket_belongs_to_its_owner_alone() {
        let mut found = files([object("k")]);
        found.keep_bucket_of("b", account("1"));
        assert_eq!(file(&found)["S3"]["Buckets"][0]["Name"], "b");
        found.keep_bucket_of("b", account("2"));
        assert_eq!(file(&found)["S3"]["Buckets"], json!([]));
    }

    /// What was not asked about is unknown, never absent.
    #[test]
    fn lists_are_open() {
        let role = json!({"Arn": "arn:aws:iam::111111111111:role/A", "Path": null});
        let entry =
            |value| What::Entry { section: "Iam", list: "RoleDetailList", name: "Arn", value };
        let found = files([
            entry(role.clone()),
            entry(role),
            entry(json!({"unreadable": "one"})),
            entry(json!({"unreadable": "two"})),
            What::KeyRegion("us-west-2".into()),
        ]);
        let file = file(&found);
        assert_eq!(file["Iam"]["IsTruncated"], true);
        assert_eq!(file["Iam"]["RoleDetailList"].as_array().unwrap().len(), 3);
        assert_eq!(file["Kms"], json!({"Keys": [], "Regions": ["us-west-2"]}));
        assert_eq!(evidence(&found.all(BTreeMap::new())).accounts().count(), 1);
    }

    #[test]
    fn an_unreadable_section_stays_so() {
        let found = files([
            What::Unreadable { section: "Kms", why: "no".into() },
            What::KeyRegion("us-west-2".into()),
        ]);
        assert_eq!(file(&found)["Kms"], json!({"unreadable": "no"}));
    }
}
