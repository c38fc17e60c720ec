//! What the views of a plan say in the same words.

use crate::plain::plain;
use crate::words::{cut, thing, who};
use locksmith_core::arn::{AccountId, Arn};
use locksmith_core::diagnosis::Verdict;
use locksmith_core::plan::{
    Alternative, Change, ChangeKind, ManagedBy, Manual, Plan, Proof, Risk, Scope, Size, Tool,
};
use std::collections::BTreeSet;

/// What a plan amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its changes make the call succeed.
    Fix,
    /// Its changes are needed, and are not enough.
    Part,
    /// People have to act; there is nothing that we may change.
    ByHand,
    /// There is nothing to change.
    Nothing,
    /// Facts are missing that decide.
    Unknown,
}

impl Outcome {
    /// Of a plan.
    pub fn of(plan: &Plan) -> Self {
        match (plan.resolves, plan.changes.is_empty()) {
            (true, _) => Self::Fix,
            (false, false) => Self::Part,
            (false, true) if plan.proof.before == Verdict::Unknown => Self::Unknown,
            (false, true) if plan.manual.is_empty() => Self::Nothing,
            (false, true) => Self::ByHand,
        }
    }

    /// In a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fix => "Fix",
            Self::Part => "Part of a fix",
            Self::ByHand => "By hand",
            Self::Nothing => "Nothing to change",
            Self::Unknown => "Unknown",
        }
    }
}

/// What happens, in a sentence.
pub fn headline(plan: &Plan) -> String {
    let call = &plan.call;
    let who = who(&entity(&call.principal), call.principal_account);
    let on = call.resource.as_deref();
    let on = on.map_or(String::new(), |it| format!(" on {}", thing(it, call.resource_account)));
    let what = format!("{}{on}", plain(&call.operation));
    let changes = changes(&plan.changes);
    match Outcome::of(plan) {
        Outcome::Fix => match plan.changes.len() {
            1 => format!("{changes} lets {who} call {what}."),
            _ => format!("{changes} let {who} call {what}."),
        },
        Outcome::Part => {
            format!("{changes}, and something to do by hand, before {who} may call {what}.")
        }
        Outcome::ByHand => {
            format!("people have to act before {who} may call {what}; Locksmith changes nothing.")
        }
        Outcome::Nothing if plan.proof.before == Verdict::Allowed => {
            format!("by this evidence {who} may already call {what}.")
        }
        Outcome::Nothing => format!("no change that Locksmith may make lets {who} call {what}."),
        Outcome::Unknown => format!(
            "whether {who} may call {what} cannot be told: facts are missing. \
             `locksmith explain` lists them."
        ),
    }
}

/// A session is let in as its role.
fn entity(principal: &str) -> String {
    let session = Arn::parse(principal).filter(|arn| arn.service == "sts");
    let role = session.and_then(|arn| {
        let (role, _) = arn.resource.strip_prefix("assumed-role/")?.split_once('/')?;
        Some(format!("arn:aws:iam::{}:role/{role}", arn.account))
    });
    role.unwrap_or_else(|| principal.to_owned())
}

/// How many changes in how many accounts.
pub fn changes(changes: &[Change]) -> String {
    let accounts: BTreeSet<AccountId> = changes.iter().map(|change| change.account).collect();
    let count = |number: usize, one: &str| match number {
        1 => format!("one {one}"),
        more => format!("{more} {one}s"),
    };
    format!("{} in {}", count(changes.len(), "change"), count(accounts.len(), "account"))
}

/// What is changed.
pub fn what(change: &Change) -> String {
    let of = subject(change);
    match change.kind {
        ChangeKind::PutBucketPolicy
        | ChangeKind::PutAccessPointPolicy
        | ChangeKind::PutKeyPolicy => format!("policy of {of}"),
        ChangeKind::CreateGrant => format!("grant on {of}"),
        ChangeKind::PutBucketEncryption => format!("default encryption of {of}"),
        ChangeKind::PutTrustPolicy => format!("trust policy of {of}"),
        ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => format!("inline policy of {of}"),
    }
}

/// On what a change is made.
pub fn subject(change: &Change) -> String {
    let kind = match change.kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => "bucket",
        ChangeKind::PutAccessPointPolicy => "access point",
        ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => "key",
        ChangeKind::PutTrustPolicy | ChangeKind::PutRolePolicy => "role",
        ChangeKind::PutUserPolicy => "user",
    };
    format!("{kind} {}", plain(name(change)))
}

/// The name in the ARN of what is changed.
pub fn name(change: &Change) -> &str {
    let last = change.target.rsplit(':').next().unwrap_or_default();
    last.rsplit('/').next().unwrap_or_default()
}

/// Where a change is made, and how much could go wrong.
pub fn place(change: &Change) -> String {
    let region = change.region.as_ref().map(|region| format!(", {}", plain(region)));
    let name = change.policy_name.as_ref().map(|name| format!(", named {}", plain(name)));
    let place = [Some(format!("account {}", change.account)), region, name];
    let place: String = place.into_iter().flatten().collect();
    format!("{place}, {} risk", risk(change.risk))
}

/// How much could go wrong.
pub fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::Low => "low",
        Risk::Medium => "medium",
        Risk::High => "high",
    }
}

/// The size, where little room is left.
pub fn near_limit(kind: ChangeKind, size: Size) -> Option<String> {
    let unit = match kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutAccessPointPolicy => "bytes",
        _ => "characters",
    };
    let (used, limit) = (grouped(size.used as u64), grouped(size.limit as u64));
    size.is_near().then(|| format!("{used} of {limit} {unit} are used then: little room is left."))
}

/// That a tool made the resource, and where the change belongs.
pub fn managed(kind: ChangeKind, by: &ManagedBy) -> String {
    let code = match by.tool {
        Tool::Cloudformation => "the template",
        Tool::Terraform => "the configuration",
    };
    format!("{}. Put this into {code}:", maker(kind, by))
}

/// That a tool made the resource, and what that means for a change.
pub fn maker(kind: ChangeKind, by: &ManagedBy) -> String {
    let what = plain(&by.what);
    let tool = match by.tool {
        Tool::Cloudformation => format!("CloudFormation stack {what}"),
        Tool::Terraform => format!("Terraform ({what})"),
    };
    let so = if kind.is_inline_policy() || kind == ChangeKind::CreateGrant {
        "which does not know of this change"
    } else {
        "which will take this change back"
    };
    format!("made by {tool}, {so}")
}

/// What an alternative does in place of what the plan does; or what people would have to do.
pub fn alternative(alternative: &Alternative, plan: &Plan) -> String {
    let differs = |ours: &[Change], theirs: &[Change]| -> String {
        let differs = ours.iter().filter(|change| !theirs.contains(change));
        differs.map(brief).collect::<Vec<_>>().join(", ")
    };
    let new = differs(&alternative.changes, &plan.changes);
    let gone = differs(&plan.changes, &alternative.changes);
    let what = match (new.is_empty(), gone.is_empty()) {
        (false, false) => format!("{new} in place of {gone}"),
        (true, false) => format!("without {gone}"),
        _ => new,
    };
    match (&alternative.digest, &alternative.what_to_do) {
        (Some(digest), _) => format!("{}: {what}", digest.short(8)),
        (None, Some(to_do)) => format!("by hand: {}", plain(to_do)),
        (None, None) => "by hand".to_owned(),
    }
}

/// What is changed, with a long name cut.
fn brief(change: &Change) -> String {
    let name = plain(name(change));
    what(change).replace(&*name, &cut(&name, 17))
}

/// Who has to act, and where.
pub fn owner(manual: &Manual) -> String {
    let owner = plain(&manual.owner).into_owned();
    match manual.account {
        Some(account) if !owner.contains(&account.to_string()) => {
            format!("{owner}, account {account}")
        }
        _ => owner,
    }
}

/// What the engine says of the call with and without the changes.
pub fn proof(proof: &Proof) -> String {
    let (before, after) = (verdict(proof.before), verdict(proof.after));
    let others = match (proof.checked, proof.nothing_else_opened) {
        (0, _) => "nobody's permissions change, so nothing else was compared".to_owned(),
        (checked, true) => format!("{} other requests compared, none changed", grouped(checked)),
        (checked, false) => format!("{} other requests compared, some changed", grouped(checked)),
    };
    format!("{before} now, {after} after; {others}.")
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Denied => "denied",
        Verdict::Allowed => "allowed",
        Verdict::Unknown => "unknown",
    }
}

/// What is let in, and until when.
pub fn reach(plan: &Plan) -> String {
    let object = plan.call.resource.as_deref().and_then(Arn::parse);
    let is_object = object.is_some_and(|arn| arn.service == "s3" && arn.resource.contains('/'));
    let for_all = |change: &Change| change.kind == ChangeKind::PutBucketEncryption;
    let reach = match plan.scope {
        _ if plan.changes.iter().any(for_all) => "every upload that names no key of its own",
        _ if !is_object => "this call alone",
        Scope::Object => "this object alone",
        Scope::Prefix => "this object's folder and all below",
        Scope::Bucket => "every object of the bucket",
    };
    match &plan.expires_at {
        Some(end) => format!("{reach}, until {}.", plain(end)),
        None => format!("{reach}, until it is undone."),
    }
}

/// A number with commas.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{entity, grouped};

    #[test]
    fn numbers_and_sessions() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(123), "123");
        assert_eq!(grouped(1_234_567), "1,234,567");
        let session = "arn:aws:sts::222222222222:assumed-role/Etl/run-7";
        assert_eq!(entity(session), "arn:aws:iam::222222222222:role/Etl");
        assert_eq!(entity("AROAEXAMPLE"), "AROAEXAMPLE");
    }
}
