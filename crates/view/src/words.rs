//! What the views say in the same words.

use crate::path::Signal;
use crate::plain::plain;
use locksmith_app::config::Locale;
use locksmith_core::arn::{AccountId, Arn};
use locksmith_core::diagnosis::{
    Cause, CauseCode, Confidence, Diagnosis, Fix, Permission, StatementNote, Verdict,
};
use locksmith_core::evaluate::{Answer, Layer};
use locksmith_words::Words;

/// The words of the command line.
pub const ENGLISH: Words = Words::new(Locale::En);

/// The verdict in one word.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Denied => "Denied",
        Verdict::Allowed => "Allowed",
        Verdict::Unknown => "Unknown",
    }
}

/// The call in a few words.
pub fn title(diagnosis: &Diagnosis) -> String {
    let call = &diagnosis.call;
    let operation = plain(&call.operation);
    match &call.resource {
        Some(resource) => format!("{operation} on {}", thing(resource, None)),
        None => operation.into_owned(),
    }
}

/// Who was denied what on whose what.
pub fn headline(diagnosis: &Diagnosis) -> String {
    let call = &diagnosis.call;
    let who = who(&call.principal, call.principal_account);
    let operation = plain(&call.operation);
    let thing = match &call.resource {
        Some(resource) => format!(" on {}", thing(resource, call.resource_account)),
        None => String::new(),
    };
    let failed = call.error_code.is_some();
    match (diagnosis.verdict, failed) {
        (Verdict::Denied, true) => format!("{who} was denied {operation}{thing}."),
        (Verdict::Denied, false) => format!("{who} may not call {operation}{thing}."),
        (Verdict::Allowed, true) => format!(
            "{who} was denied {operation}{thing}, but by this evidence the call is allowed."
        ),
        (Verdict::Allowed, false) => format!("{who} may call {operation}{thing}."),
        (Verdict::Unknown, true) => {
            format!("{who} was denied {operation}{thing}. Why cannot be told: facts are missing.")
        }
        (Verdict::Unknown, false) => {
            format!("Whether {who} may call {operation}{thing} cannot be told: facts are missing.")
        }
    }
}

/// The caller in words.
pub fn who(principal: &str, account: Option<AccountId>) -> String {
    let Some(arn) = Arn::parse(principal) else {
        return match principal {
            "*" => "an anonymous caller".to_owned(),
            name if name.ends_with(".amazonaws.com") => format!("the service {}", plain(name)),
            id => format!("principal {}{}", plain(id), of(account)),
        };
    };
    let account = account.or(arn.account_id());
    let (kind, rest) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
    let name = plain(rest.rsplit('/').next().unwrap_or(rest));
    let words = match kind {
        "root" => "the root user".to_owned(),
        "assumed-role" => {
            let (role, session) = rest.split_once('/').unwrap_or((rest, ""));
            format!("role {} (session {})", plain(role), plain(session))
        }
        "federated-user" => format!("federated user {name}"),
        _ => format!("{} {name}", plain(kind)),
    };
    words + &of(account)
}

/// A resource in words.
pub fn thing(resource: &str, account: Option<AccountId>) -> String {
    let Some(arn) = Arn::parse(resource) else {
        return plain(resource).into_owned() + &of(account);
    };
    let account = account.or(arn.account_id());
    let words = match (arn.service, arn.resource.split_once('/')) {
        ("s3", Some(("accesspoint", name))) => format!("access point {}", plain(name)),
        ("s3", Some((bucket, key))) => {
            format!("object {} in bucket {}", plain(key), plain(bucket))
        }
        ("s3", None) => format!("bucket {}", plain(arn.resource)),
        ("kms", Some(("alias", name))) => format!("key alias {}", plain(name)),
        (_, Some((kind, name))) => format!("{} {}", plain(kind), plain(name)),
        (_, None) => plain(arn.resource).into_owned(),
    };
    words + &of(account)
}

fn of(account: Option<AccountId>) -> String {
    account.map_or_else(String::new, |account| format!(" of account {account}"))
}

/// A resource as short as can be told apart.
pub fn short(resource: &str, width: usize) -> String {
    cut(Arn::parse(resource).map_or(resource, |arn| arn.resource), width)
}

/// A text cut in the middle.
pub fn cut(text: &str, width: usize) -> String {
    let shown = plain(text);
    let length = shown.chars().count();
    if length <= width {
        return shown.into_owned();
    }
    let head = width.saturating_sub(1).div_ceil(2);
    let tail = width.saturating_sub(1 + head);
    let start: String = shown.chars().take(head).collect();
    let end: String = shown.chars().skip(length - tail).collect();
    format!("{start}…{end}")
}

/// What a permission is on, as short as can be told apart.
pub fn target(words: Words, permission: &Permission, width: usize) -> String {
    if permission.resource == "*" && permission.action.starts_with("kms:") {
        return words.say("path-key-unknown", &[]);
    }
    short(&permission.resource, width)
}

/// The time and place of the call, and the event's id; empty for a call without a record.
pub fn when(diagnosis: &Diagnosis) -> String {
    let call = &diagnosis.call;
    let time = call.event_time.as_deref().map(|time| {
        let time = time.replacen('T', " ", 1);
        time.strip_suffix('Z').map_or(time.clone(), |time| format!("{time} UTC"))
    });
    let region = call.region.as_deref().map(|region| match time {
        Some(_) => format!("in {region}"),
        None => region.to_owned(),
    });
    let parts: Vec<_> = [time, region].into_iter().flatten().collect();
    plain(&parts.join(" ")).into_owned()
}

/// A layer as a column's head.
pub fn head(layer: Layer) -> &'static str {
    match layer {
        Layer::IdentityPolicy => "identity",
        Layer::PermissionsBoundary => "boundary",
        Layer::SessionPolicy => "session",
        Layer::Scp => "SCP",
        Layer::Rcp => "RCP",
        Layer::VpcEndpointPolicy => "endpoint",
        Layer::BucketPolicy => "bucket",
        Layer::AccessPointPolicy => "access pt",
        Layer::KeyPolicy => "key",
        Layer::KmsGrant => "grants",
        Layer::TrustPolicy => "trust",
        Layer::ResourcePolicy => "resource",
        Layer::BlockPublicAccess => "public",
        Layer::ObjectOwnership => "ownership",
    }
}

/// What a layer does, as a symbol.
pub(crate) fn signal_mark(signal: Signal) -> &'static str {
    match signal {
        Signal::Pass => "✓",
        Signal::Silent | Signal::Stop => "–",
        Signal::Deny => "✗",
        Signal::Open => "?",
    }
}

/// A decision as a symbol.
pub fn mark(answer: Answer) -> &'static str {
    match answer {
        Answer::Allowed => "✓",
        Answer::ImplicitlyDenied | Answer::ExplicitlyDenied => "✗",
        Answer::Unknown => "?",
    }
}

/// That causes, by their numbers, are about no layer, and so stand in no cell of the matrix.
pub(crate) fn beside(numbers: &[usize]) -> String {
    let numbers: Vec<_> = numbers.iter().map(usize::to_string).collect();
    match numbers.as_slice() {
        [one] => format!("see cause {one}, which is in none of these layers."),
        [most @ .., last] => {
            let most = most.join(", ");
            format!("see causes {most} and {last}, which are in none of these layers.")
        }
        [] => String::new(),
    }
}

/// The heading of the causes.
pub fn causes_heading(causes: &[Cause]) -> String {
    match causes {
        [cause] if cause.code == CauseCode::Unexplained => "No cause found".to_owned(),
        [_] => "One cause".to_owned(),
        causes => format!("{} causes, in the order in which to fix them", causes.len()),
    }
}

/// Who mends a cause.
pub fn fix(cause: &Cause) -> String {
    let account = of(cause.account);
    match cause.fix {
        Fix::Automatic => {
            let account =
                cause.account.map_or("its owner".to_owned(), |id| format!("account {id}"));
            format!("a small change mends it; {account} has to approve.")
        }
        Fix::Manual => match cause.code {
            CauseCode::Policy(Layer::Scp | Layer::Rcp, _) => {
                "a guardrail: only the administrators of the organization change it.".to_owned()
            }
            CauseCode::Policy(Layer::PermissionsBoundary, _) => {
                format!("a guardrail: only those who set the boundary{account} change it.")
            }
            CauseCode::Policy(Layer::VpcEndpointPolicy, _) => {
                format!("by hand, by those who run the VPC endpoint{account}.")
            }
            _ => format!("by hand, by the owners{account}."),
        },
        Fix::None => "nothing to change.".to_owned(),
    }
}

/// A statement by its name and place; the policy is left out where it goes by the name of its
/// target, which was told before.
pub fn statement(note: &StatementNote, target: &str) -> String {
    let number = note.index + 1;
    let place = if note.policy == target {
        format!("statement {number}")
    } else {
        format!("statement {number} of {}", plain(&note.policy))
    };
    match note.sid.as_deref() {
        Some(sid) => format!("{} ({place})", plain(sid)),
        None => place,
    }
}

/// What a quoted statement did.
pub fn role(note: &StatementNote) -> &'static str {
    match (note.missed.is_empty(), note.effect.as_str()) {
        (true, "Deny") => "Denied by",
        (true, _) => "See",
        (false, _) => "Nearest",
    }
}

/// What could not be seen: the place, and why. What is missing for one reason is told once.
pub fn unknowns(words: Words, diagnosis: &Diagnosis) -> Vec<(String, String)> {
    let mut grouped: Vec<(Option<AccountId>, Vec<String>, String)> = Vec::new();
    for unknown in &diagnosis.unknowns {
        let mut names: Vec<String> = Vec::new();
        names.extend(unknown.key.clone());
        names.extend(unknown.layer.map(|known| words.layer(known)));
        let why = words.unknown(unknown);
        let same = |(account, _, known): &&mut (Option<AccountId>, Vec<String>, String)| {
            *account == unknown.account && *known == why
        };
        match grouped.iter_mut().find(same) {
            Some((_, known, _)) => {
                names.retain(|name| !known.contains(name));
                known.extend(names);
            }
            None => grouped.push((unknown.account, names, why)),
        }
    }
    let place = |(account, mut names, why): (Option<AccountId>, Vec<String>, _)| {
        names.extend(account.map(|account| words.account(Some(account))));
        (words.list(names.iter().map(String::as_str)), why)
    };
    grouped.into_iter().map(place).collect()
}

/// How sure the diagnosis is, and why not surer.
pub fn confidence(diagnosis: &Diagnosis) -> &'static str {
    let message = diagnosis.aws_message.as_ref();
    let disagrees = message.is_some_and(|message| !message.agrees);
    match diagnosis.confidence {
        Confidence::Certain => "certain, nothing that matters is missing.",
        Confidence::Likely if disagrees => "likely, but AWS's message names something else.",
        Confidence::Likely if diagnosis.unknowns.is_empty() => "likely.",
        Confidence::Likely => "likely, but something that may matter could not be seen.",
        Confidence::Open => "open, as what decides could not be seen.",
    }
}

/// A sentence begins with a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{beside, short, thing, who};

    #[test]
    fn causes_beside_the_matrix() {
        assert_eq!(beside(&[2]), "see cause 2, which is in none of these layers.");
        let three = beside(&[1, 2, 4]);
        assert_eq!(three, "see causes 1, 2 and 4, which are in none of these layers.");
    }

    #[test]
    fn callers_and_resources_in_words() {
        let user = "arn:aws:iam::222222222222:user/data/Bob";
        assert_eq!(who(user, None), "user Bob of account 222222222222");
        let session = "arn:aws:sts::222222222222:assumed-role/Etl/run-7";
        assert_eq!(who(session, None), "role Etl (session run-7) of account 222222222222");
        let root = "arn:aws:iam::222222222222:root";
        assert_eq!(who(root, None), "the root user of account 222222222222");
        assert_eq!(thing("arn:aws:s3:::b/a/c", None), "object a/c in bucket b");
        assert_eq!(thing("arn:aws:s3:::b", None), "bucket b");
        assert_eq!(short("arn:aws:kms:x:1:key/1234abcd-ef", 9), "key/…d-ef");
        assert_eq!(short("äöü", 3), "äöü");
    }
}
