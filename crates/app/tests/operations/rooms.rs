//! Which room an account's owners are told in, by what the accounts themselves tell, and who is called
//! there.

use crate::outside::{Outside, tell};
use crate::scene::{CALLER, OBJECTS, OWNED, OWNER, Scene, account};
use jiff::SignedDuration;
use locksmith_app::ports::{Attachment, Notice, Room, Store as _};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CHAT: &str = r#"
[chat]
system = "slack"
secret = "s"
channel = "everything"
escalate_to = "S1"
"#;
/// The rule that asks for more comes first.
const BY_TAG: &str = r#"rooms = [
    { tags = { team = "data", tier = "gold" }, channel = "gold" },
    { tags = { team = "data" }, channel = "data", escalate_to = "S2" },
]"#;
const BY_UNIT: &str = r#"rooms = [
    { accounts = ["111111111111"], organizational_units = ["ou-ab12-1"], channel = "both" },
    { organizational_units = ["ou-ab12-9", "ou-ab12-1"], channel = "unit" },
]"#;

/// An incident of which both accounts' owners are asked.
async fn told(rooms: &str, files: impl FnOnce(&mut BTreeMap<String, Value>)) -> (Scene, Outside) {
    let mut scene = Scene::new(&format!("{OWNED}{CHAT}{rooms}"));
    files(&mut scene.base);
    let outside = Outside::default();
    let id = scene.deny(1, OBJECTS[0]).await;
    scene.diagnose(&id).await;
    tell(&scene, &outside, &id).await.unwrap();
    (scene, outside)
}

/// The channels, with the accounts whose owners are asked there.
fn asked(outside: &Outside) -> BTreeMap<String, Vec<String>> {
    let messages = outside.messages.lock().unwrap();
    let asked = |room: &Room| room.accounts.iter().map(ToString::to_string).collect();
    messages.values().map(|(room, _)| (room.channel.clone(), asked(room))).collect()
}

fn channels(all: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    let text = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
    all.iter().map(|(channel, accounts)| ((*channel).to_owned(), text(accounts))).collect()
}

fn tags(files: &mut BTreeMap<String, Value>, all: &[(&str, &str)]) {
    let tag = |(key, value): &(&str, &str)| json!({"Key": key, "Value": value});
    let bucket = &mut files.get_mut(&format!("{OWNER}.json")).unwrap()["S3"]["Buckets"][0];
    bucket["TagSet"] = all.iter().map(tag).collect();
}

/// The caller's account stands below one unit, the bucket's below another, and nothing is denied there.
fn organization(files: &mut BTreeMap<String, Value>) {
    let full = |service: &str, statement: Value| {
        json!([{"Arn": format!("arn:aws:organizations::aws:policy/{service}/p-Full"), "Name": "Full",
            "Content": {"Version": "2012-10-17", "Statement": [statement]}}])
    };
    let node = |(id, parent): (&str, Option<&str>)| {
        json!({"Id": id, "ParentId": parent,
            "ServiceControlPolicies": full("service_control_policy",
                json!({"Effect": "Allow", "Action": "*", "Resource": "*"})),
            "ResourceControlPolicies": full("resource_control_policy",
                json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}))})
    };
    let nodes = [
        ("r-ab12", None),
        ("ou-ab12-1", Some("r-ab12")),
        ("ou-ab12-2", Some("ou-ab12-1")),
        ("ou-ab12-3", Some("r-ab12")),
        (CALLER, Some("ou-ab12-2")),
        (OWNER, Some("ou-ab12-3")),
    ];
    let nodes: Vec<Value> = nodes.into_iter().map(node).collect();
    let organization =
        json!({"Id": "o-a1b2c3d4e5", "MasterAccountId": "999999999999", "Nodes": nodes});
    files.insert("organization.json".to_owned(), organization);
}

/// A tag says whose the bucket is; the owners of the caller are none of them.
#[tokio::test]
async fn a_rule_by_tag_takes_the_owner_of_the_resource_alone() {
    for (all, channel) in [
        (&[("team", "data"), ("cost", "7")][..], "data"),
        (&[("tier", "gold"), ("team", "data")], "gold"),
    ] {
        let (_, outside) = told(BY_TAG, |files| tags(files, all)).await;
        let expected = channels(&[(channel, &[OWNER]), ("everything", &[CALLER])]);
        assert_eq!(asked(&outside), expected, "{all:?}");
    }
    for all in [&[][..], &[("team", "sales")], &[("tier", "gold")]] {
        let (_, outside) = told(BY_TAG, |files| tags(files, all)).await;
        let expected = channels(&[("everything", &[OWNER, CALLER])]);
        assert_eq!(asked(&outside), expected, "{all:?}");
    }
}

/// An earlier version stored tags without saying whose they are.
#[tokio::test]
async fn tags_that_an_earlier_version_stored() {
    let (scene, outside) = told(BY_TAG, |_| ()).await;
    assert_eq!(asked(&outside), channels(&[("everything", &[OWNER, CALLER])]));
    let id = scene.all().await.remove(0).id;
    let report = scene.store.attachment(&id, Attachment::Diagnosis).await.unwrap();
    let mut report = report.unwrap();
    report["placement"] = json!({"organizational_units": {}, "tags": {"team": "data"}});
    scene.forge(&id, vec![(Attachment::Diagnosis, report)], |_| ()).await;
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(asked(&outside), channels(&[("data", &[OWNER]), ("everything", &[CALLER])]));
}

/// A unit holds the accounts directly in it and further down, and no others.
#[tokio::test]
async fn a_rule_by_unit_takes_what_is_below_it() {
    let (_, outside) = told(BY_UNIT, organization).await;
    assert_eq!(asked(&outside), channels(&[("everything", &[OWNER]), ("unit", &[CALLER])]));
    let (_, outside) = told(&BY_UNIT.replace("ou-ab12-1", "r-ab12"), organization).await;
    assert_eq!(asked(&outside), channels(&[("both", &[OWNER]), ("unit", &[CALLER])]));
    let (_, outside) = told(BY_UNIT, |_| ()).await;
    assert_eq!(asked(&outside), channels(&[("everything", &[OWNER, CALLER])]), "nobody knows");
}

/// Whoever is called for the default channel is called for rooms that name nobody, too.
#[tokio::test]
async fn who_is_called_where_no_room_says() {
    let rooms = format!("{BY_TAG}\nreminders = {{ most = 0, escalate_after = \"3h\" }}");
    for (tier, channel, called) in [("gold", "gold", "S1"), ("tin", "data", "S2")] {
        let all = [("team", "data"), ("tier", tier)];
        let (scene, outside) = told(&rooms, |files| tags(files, &all)).await;
        let id = scene.all().await.remove(0).id;
        scene.pass(SignedDuration::from_hours(3));
        tell(&scene, &outside, &id).await.unwrap();
        let mut notices = outside.notices.lock().unwrap().clone();
        notices.sort_by(|one, other| one.0.cmp(&other.0));
        let mut both = [channel, "everything"].map(|one| (one.to_owned(), Notice::Escalation));
        both.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(notices, both);
        let messages = outside.messages.lock().unwrap();
        for (room, _) in messages.values() {
            let by_room = if room.accounts.contains(&account(OWNER)) { called } else { "S1" };
            assert_eq!(room.escalate_to.as_deref(), Some(by_room), "{}", room.channel);
        }
    }
}
