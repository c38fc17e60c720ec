//! Where accounts stand and how resources are tagged: by that it is found who is told.

use crate::config::Whereabouts;
use locksmith_core::arn::AccountId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Where the accounts that were read stand, and how the resources in them are tagged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Placement {
    /// The organizational units above an account, by id.
    pub organizational_units: BTreeMap<AccountId, Vec<String>>,
    /// The tags of the buckets and keys that were read, by the account that owns them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tagged: BTreeMap<AccountId, BTreeMap<String, String>>,
    /// The tags of all of them together, as earlier versions stored them; nothing is added any more.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
}

impl Placement {
    /// Reads it off the files of an evidence folder; what is not there stays empty.
    pub fn of(files: &BTreeMap<String, Value>) -> Self {
        let mut placement = Self::default();
        for (name, file) in files {
            let stem = name.strip_suffix(".json").unwrap_or(name);
            if name.starts_with("organization") {
                placement.add_organization(file);
            } else if let Some(account) = AccountId::parse(stem) {
                placement.add_tags(account, file);
            }
        }
        placement
    }

    /// What is known of an account. A tag says whose the bucket or key is, so it tells nothing of whoever
    /// only calls it. `owner` is the account of the incident's resource: to it belong tags of which is not
    /// stored whose they are.
    pub fn whereabouts(&self, account: AccountId, owner: Option<AccountId>) -> Whereabouts<'_> {
        let units = self.organizational_units.get(&account);
        let earlier = Some(&self.tags).filter(|_| owner.is_none_or(|owner| owner == account));
        Whereabouts {
            organizational_units: units.map(Vec::as_slice).unwrap_or_default(),
            tags: self.tagged.get(&account).or(earlier),
        }
    }

    fn add_organization(&mut self, file: &Value) {
        let nodes = file.get("Nodes").and_then(Value::as_array).into_iter().flatten();
        let text =
            |node: &Value, name: &str| node.get(name).and_then(Value::as_str).map(str::to_owned);
        let parents: BTreeMap<String, String> =
            nodes.filter_map(|node| Some((text(node, "Id")?, text(node, "ParentId")?))).collect();
        for id in parents.keys() {
            let Some(account) = AccountId::parse(id) else { continue };
            let mut units = Vec::new();
            let mut at = id;
            // A file that was made by hand may go round in circles.
            while let Some(parent) = parents.get(at).filter(|parent| !units.contains(*parent)) {
                units.push(parent.clone());
                at = parent;
            }
            self.organizational_units.insert(account, units);
        }
    }

    /// Of a key that is there twice, the bucket's value counts.
    fn add_tags(&mut self, account: AccountId, file: &Value) {
        let list =
            |pointer: &str| file.pointer(pointer).and_then(Value::as_array).into_iter().flatten();
        let buckets = list("/S3/Buckets").filter_map(|bucket| bucket.get("TagSet"));
        let keys = list("/Kms/Keys").filter_map(|key| key.get("Tags"));
        for tag in buckets.chain(keys).filter_map(Value::as_array).flatten() {
            // S3 says Key and Value, KMS TagKey and TagValue.
            let field = |names: [&str; 2]| names.iter().find_map(|name| tag.get(*name)?.as_str());
            if let (Some(key), Some(value)) =
                (field(["Key", "TagKey"]), field(["Value", "TagValue"]))
            {
                let own = self.tagged.entry(account).or_default();
                own.entry(key.to_owned()).or_insert_with(|| value.to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Placement;
    use locksmith_core::arn::AccountId;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[test]
    fn read_off_the_evidence() {
        let node = |id: &str, parent: Option<&str>| json!({"Id": id, "ParentId": parent});
        let nodes = [
            node("r-ab12", None),
            node("ou-ab12-1", Some("r-ab12")),
            node("ou-ab12-2", Some("ou-ab12-1")),
            node("111111111111", Some("ou-ab12-2")),
            node("ou-x", Some("ou-y")),
            node("ou-y", Some("ou-x")),
            node("222222222222", Some("ou-x")),
        ];
        let bucket = json!({"Name": "reports", "TagSet": [{"Key": "team", "Value": "data"}]});
        let key = json!({"Tags": [{"TagKey": "cost", "TagValue": "7"}, {"TagKey": "team", "TagValue": "keys"}]});
        let account = json!({"S3": {"Buckets": [bucket, {"Name": "b", "TagSet": {"unreadable": "no"}}]},
            "Kms": {"Keys": [key]}});
        let files = BTreeMap::from([
            ("organization.json".to_owned(), json!({"Nodes": nodes})),
            ("111111111111.json".to_owned(), account),
        ]);
        let placement = Placement::of(&files);
        let account = |id| AccountId::parse(id).unwrap();
        let units = |id| &placement.organizational_units[&account(id)];
        assert_eq!(*units("111111111111"), ["ou-ab12-2", "ou-ab12-1", "r-ab12"]);
        assert_eq!(*units("222222222222"), ["ou-x", "ou-y"]);
        let (owner, caller) = (account("111111111111"), account("222222222222"));
        let tags = |placement: &Placement, of, owner| {
            placement.whereabouts(of, owner).tags.cloned().unwrap_or_default()
        };
        let both = ["cost", "team"].map(str::to_owned).into_iter();
        let both: BTreeMap<_, _> = both.zip(["7", "data"].map(str::to_owned)).collect();
        assert_eq!(tags(&placement, owner, Some(owner)), both);
        assert_eq!(tags(&placement, caller, Some(owner)), BTreeMap::new());

        // As an earlier version stored it, which did not note whose the tags are.
        let stored = json!({"organizational_units": {}, "tags": {"cost": "7", "team": "data"}});
        let earlier: Placement = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&earlier).unwrap(), stored, "its card looks the same");
        assert_eq!(tags(&earlier, owner, Some(owner)), both);
        assert_eq!(tags(&earlier, caller, Some(owner)), BTreeMap::new());
        assert_eq!(tags(&earlier, caller, None), both, "nobody knows whose they are");
    }
}
