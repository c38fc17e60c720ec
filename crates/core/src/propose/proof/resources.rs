//! On what.

use super::samples::{self, Own};
use super::subject::Subject;
use super::universe::Ranked;
use crate::arn::Arn;
use crate::policy::{Clause, Statement};
use crate::propose::intent::Reach;

/// How many resources of a service there are at most.
const MOST: usize = 56;
/// A name that nobody has given.
const OTHER: &str = "locksmith-other";

/// What is meant, what is next to it, and what is named anywhere.
pub(super) fn resources(subject: &Subject<'_>, service: &str) -> Ranked<String> {
    let mut resources = Ranked::new(MOST);
    if subject.is_about_its_target() {
        resources.extend([subject.change.target.clone()]);
        return resources.all_near();
    }
    for one in subject.meant(service) {
        resources.extend(members(&one.resource));
    }
    let mut resources = resources.all_near();
    for one in subject.meant(service) {
        resources.extend(neighbours(&one.resource, &subject.own_keys));
        resources.extend(access_point(text(&one.resource), subject));
    }
    for statement in subject.statements() {
        resources.extend(of_statement(statement, subject, service));
    }
    // What has no name of its own, and what nobody named.
    resources.extend(["*".to_owned()]);
    resources.extend(unnamed(service, subject));
    resources
}

/// What a statement's resources stand for.
pub(super) fn of_statement(
    statement: &Statement,
    subject: &Subject<'_>,
    service: &str,
) -> Vec<String> {
    if subject.is_about_its_target() {
        return vec![subject.change.target.clone()];
    }
    let patterns = statement.resource.iter().flat_map(Clause::listed);
    let of_service =
        |arn: &Arn<'_>| arn.service == service || (service == "sts" && arn.service == "iam");
    patterns
        .into_iter()
        .flat_map(|pattern| samples::texts(pattern.as_str(), &subject.own_keys))
        .filter(|text| Arn::parse(text).is_some_and(|arn| of_service(&arn)))
        .collect()
}

/// What a reach holds.
pub(super) fn members(reach: &Reach) -> Vec<String> {
    match reach {
        Reach::Exactly(text) => vec![text.clone()],
        Reach::Below(start) => ["x", "", "a/b"].map(|rest| format!("{start}{rest}")).into(),
    }
}

/// What is next to what a reach holds, whether it holds it or not.
pub(super) fn neighbours(reach: &Reach, own: &Own) -> Vec<String> {
    let text = text(reach);
    let mut near = vec![format!("{text}x"), shorter(text), format!("{text}/x")];
    near.extend(as_pattern(text, own));
    near.push(samples::swapped(text));
    match Place::of(text) {
        Some(place) => near.extend(place.neighbours()),
        None => near.extend(elsewhere(text)),
    }
    near
}

fn text(reach: &Reach) -> &str {
    match reach {
        Reach::Exactly(text) | Reach::Below(text) => text,
    }
}

fn shorter(text: &str) -> String {
    let mut shorter = text.to_owned();
    shorter.pop();
    shorter
}

/// What the text would stand for if its wildcards and variables had a meaning, and how it would
/// read if what takes the meaning from them had none.
fn as_pattern(text: &str, own: &Own) -> Vec<String> {
    if !text.contains(['*', '?', '$']) {
        return Vec::new();
    }
    let mut texts = samples::texts(text, own);
    for special in ["*", "?", "$"] {
        let escaped = format!("${{{special}}}");
        texts.push(text.replace(special, &escaped));
        texts.push(text.replace(special, &format!("${{{}}}", samples::SOMETHING)));
    }
    texts
}

/// A place in a bucket, or before it.
struct Place<'a> {
    /// The ARN of the bucket or access point.
    home: &'a str,
    /// What stands between it and a key.
    joint: &'a str,
    /// None for the bucket itself.
    key: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let arn = Arn::parse(text).filter(|arn| arn.service == "s3")?;
        let joint = if arn.resource.starts_with("accesspoint/") { "/object/" } else { "/" };
        match text.split_once(joint) {
            Some((home, key)) => Some(Self { home, joint, key: Some(key) }),
            None => Some(Self { home: text, joint, key: None }),
        }
    }

    fn neighbours(&self) -> Vec<String> {
        let Self { home, joint, key } = self;
        let key = key.unwrap_or_default();
        let cut = key.strip_suffix('/').unwrap_or(key);
        let parent = cut.rfind('/').and_then(|at| cut.get(..=at)).unwrap_or_default();
        // For a folder itself, for an object the folder that it is in.
        let folder = if key.ends_with('/') { cut } else { parent.trim_end_matches('/') };
        let mut keys = vec![
            String::new(),
            OTHER.to_owned(),
            format!("{parent}{OTHER}"),
            format!("{parent}{OTHER}/x"),
        ];
        if !folder.is_empty() {
            let alike = ["", "/", "-old/x", "x", "/x"].map(|rest| format!("{folder}{rest}"));
            keys.extend(alike);
        }
        let mut near = vec![(*home).to_owned()];
        near.extend(keys.iter().map(|key| format!("{home}{joint}{key}")));
        for other in [format!("{home}x"), shorter(home), renamed(home)] {
            near.push(format!("{other}{joint}{key}"));
            near.push(other);
        }
        near
    }
}

/// The same in another bucket.
fn renamed(home: &str) -> String {
    let start = home.rfind([':', '/']).and_then(|at| home.get(..=at)).unwrap_or_default();
    format!("{start}{OTHER}")
}

/// A key or role next to this one: another name, account or Region.
fn elsewhere(text: &str) -> Vec<String> {
    let Some(arn) = Arn::parse(text) else { return Vec::new() };
    let Arn { partition, service, region, account, resource, .. } = arn;
    let other_region = if region == "ap-south-2" { "us-west-1" } else { "ap-south-2" };
    let arn = |region: &str, account: &str, resource: &str| {
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    };
    let mut near = vec![arn(region, "999999999999", resource)];
    if !region.is_empty() {
        near.push(arn(other_region, account, resource));
    }
    if let Some((kind, _)) = resource.split_once('/') {
        near.push(arn(region, account, &format!("{kind}/{OTHER}")));
        near.push(arn(region, account, &format!("alias/{OTHER}")));
    }
    near
}

/// The same place as an access point before the bucket would name it.
fn access_point(text: &str, subject: &Subject<'_>) -> Option<String> {
    let place = Place::of(text).filter(|place| place.joint == "/")?;
    let bucket = place.home.rsplit(':').next()?;
    let (partition, account) = (subject.partition(), subject.change.account);
    let point = format!("arn:{partition}:s3:us-east-1:{account}:accesspoint/{bucket}");
    Some(place.key.map_or_else(|| point.clone(), |key| format!("{point}/object/{key}")))
}

pub(super) fn unnamed(service: &str, subject: &Subject<'_>) -> Vec<String> {
    let (partition, account) = (subject.partition(), subject.change.account);
    let in_bucket = format!("arn:{partition}:s3:::{OTHER}");
    match service {
        "s3" => vec![format!("{in_bucket}/x"), in_bucket],
        "kms" => vec![format!("arn:{partition}:kms:us-east-1:{account}:key/{OTHER}")],
        _ => vec![
            format!("arn:{partition}:iam::{account}:role/{OTHER}"),
            subject.change.target.clone(),
        ],
    }
}
