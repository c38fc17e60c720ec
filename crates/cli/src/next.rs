//! What to do after an answer: read what is missing, or plan the change.

use crate::args::QuestionArgs;
use crate::engine::{AccountId, Diagnosis, Evidence};
use locksmith_core::arn::Arn;
use locksmith_core::diagnosis::{Fix, Verdict};
use std::collections::BTreeSet;

/// The next step, for those who read the answer; none where every call is allowed, or where only people
/// who were named can do something.
pub(crate) fn step(
    diagnoses: &[Diagnosis],
    evidence: &Evidence,
    args: &QuestionArgs,
) -> Option<String> {
    let blocked = || diagnoses.iter().filter(|one| one.verdict != Verdict::Allowed);
    let mut missing = Missing { accounts: BTreeSet::new(), owner: blocked().any(has_no_owner) };
    missing.accounts.extend(blocked().flat_map(accounts));
    for known in evidence.accounts().chain(args.accounts.iter().copied()) {
        missing.accounts.remove(&known);
    }
    if missing.owner || !missing.accounts.is_empty() {
        return Some(missing.remedy(args));
    }
    let mended = blocked().flat_map(|one| &one.causes).any(|cause| cause.fix == Fix::Automatic);
    mended.then(|| "`locksmith plan` with the same arguments.".to_owned())
}

/// The accounts that have a say, as far as they are known.
fn accounts(diagnosis: &Diagnosis) -> impl Iterator<Item = AccountId> {
    let of_rows = diagnosis.permissions.iter().map(|row| row.resource_account);
    [diagnosis.call.principal_account, diagnosis.call.resource_account]
        .into_iter()
        .chain(of_rows)
        .flatten()
}

/// Whether a bucket's account is not known; the names of other things have it in them.
fn has_no_owner(diagnosis: &Diagnosis) -> bool {
    let call = &diagnosis.call;
    let arn = call.resource.as_deref().and_then(Arn::parse);
    call.resource_account.is_none() && arn.is_some_and(|arn| arn.service == "s3")
}

/// What nothing is known of.
struct Missing {
    accounts: BTreeSet<AccountId>,
    /// Whether the bucket is in an account that is not known, so that it cannot be named.
    owner: bool,
}

impl Missing {
    fn remedy(&self, args: &QuestionArgs) -> String {
        if args.live {
            return format!("name {} in --accounts too.", self.in_words());
        }
        if args.evidence.is_some() {
            let who = self.in_words();
            return format!("add {who} to the folder, by hand or by `locksmith collect`.");
        }
        let ids = self.accounts.iter().map(ToString::to_string);
        let ids: Vec<_> = ids.chain(self.owner.then(|| "OWNER".to_owned())).collect();
        let ids = ids.join(",");
        let owner = if self.owner { ", OWNER being the bucket's account" } else { "" };
        format!(
            "give --evidence DIR, or --live --accounts {ids}{owner} (see locksmith explain --help)."
        )
    }

    fn in_words(&self) -> String {
        let accounts = self.accounts.iter().map(|account| format!("account {account}"));
        let owner = self.owner.then(|| "the bucket's account".to_owned());
        accounts.chain(owner).collect::<Vec<_>>().join(" and ")
    }
}
