//! Remarks on a state, and why something could not be changed or taken back.

use crate::Words;
use jiff::Timestamp;
use locksmith_app::card::minute;
use locksmith_app::change::{Difference, Differences, Left, LeftHow, Remains, Status, Why};
use locksmith_app::config::Locale;
use locksmith_app::ports::{Adviser, Opinion, Says};
use locksmith_app::remark::{Brief, Remark, Seen};

impl Words {
    /// What is to be known of a state: a clause, or several, without a stop.
    pub fn remark(self, remark: &Remark) -> String {
        let text = |id: &str| self.say(id, &[]);
        match remark {
            Remark::FactsMissing => text("remark-facts-missing"),
            Remark::ApprovalsOff => text("remark-approvals-off"),
            Remark::NobodyOwns { account } => {
                self.say("remark-nobody-owns", &[("account", account.as_str().into())])
            }
            Remark::PassedOver => text("remark-passed-over"),
            Remark::Suppressed { reason, until } => self.say(
                "remark-suppressed",
                &[("reason", reason.into()), ("until", (&minute(*until)).into())],
            ),
            Remark::Said { reason, person, until } => self.said(reason, person, *until),
            Remark::Rescoped { scope, person } => {
                let scope = self.scope(*scope);
                let args = [("scope", (&scope).into()), ("person", person.into())];
                self.say("remark-rescoped", &args)
            }
            Remark::Unanswered => text("remark-unanswered"),
            Remark::NotMadeInTime => text("remark-not-made-in-time"),
            Remark::Over => text("remark-over"),
            Remark::NoPlan => text("remark-no-plan"),
            Remark::TurnedOff => text("remark-turned-off"),
            Remark::NotApproved => text("remark-not-approved"),
            Remark::OtherPlan => text("remark-other-plan"),
            Remark::ApprovedTooLongAgo => text("remark-approved-too-long-ago"),
            Remark::Objection { objection } => self.objection(objection),
            Remark::NotTrusted { account } => {
                self.say("remark-not-trusted", &[("account", account.as_str().into())])
            }
            Remark::OtherChanges => text("remark-other-changes"),
            Remark::Statements { target } => {
                self.say("remark-statements", &[("target", target.into())])
            }
            Remark::NotMade { why } => self.why(why),
            Remark::HalfWay { why, accounts } => {
                let accounts = accounts.iter().map(|account| self.remains(account));
                self.several(core::iter::once(self.why(why)).chain(accounts))
            }
            Remark::ChangedByOthers { what } => self.differences(what),
            Remark::DeniedAgain { at } => self.at("remark-denied-again", *at),
            Remark::Public { objections } => {
                let objections = self.objections(objections);
                self.say("remark-public", &[("objections", (&objections).into())])
            }
            Remark::StillDenied { cause: None } => text("remark-still-denied"),
            Remark::StillDenied { cause: Some(cause) } => {
                let cause = self.brief(cause);
                self.say("remark-still-denied-because", &[("cause", (&cause).into())])
            }
            Remark::NotVerified { unknown: None } => text("remark-not-verified-facts"),
            Remark::NotVerified { unknown: Some(unknown) } => {
                let why = self.unknown(unknown);
                self.say("remark-not-verified", &[("why", (&why).into())])
            }
            Remark::Unverified { seen, objections } => {
                let objections = Some(self.objections(objections)).filter(|one| !one.is_empty());
                self.several(core::iter::once(self.seen(seen)).chain(objections))
            }
            Remark::Succeeded { at } => self.at("remark-succeeded", *at),
            Remark::Told(words) => words.clone(),
        }
    }

    fn said(self, reason: &str, person: &str, until: Option<Timestamp>) -> String {
        let (reason, person) = (("reason", reason.into()), ("person", person.into()));
        match until.map(minute) {
            Some(until) => {
                self.say("remark-said-until", &[reason, person, ("until", (&until).into())])
            }
            None => self.say("remark-said", &[reason, person]),
        }
    }

    fn seen(self, seen: &Seen) -> String {
        match seen {
            Seen::Success { at } => self.at("remark-unverified-success", *at),
            Seen::Nothing => self.say("remark-unverified", &[]),
            Seen::NotLooked { why } => self.say("remark-unverified-unseen", &[("why", why.into())]),
        }
    }

    fn at(self, id: &str, at: Timestamp) -> String {
        self.say(id, &[("at", (&minute(at)).into())])
    }

    /// Why a change could not be made, or not be taken back: a clause without a stop.
    pub fn why(self, why: &Why) -> String {
        let text = |id: &str| self.say(id, &[]);
        let changed =
            |id: &str, how: &Differences| self.say(id, &[("how", (&self.differences(how)).into())]);
        let locked = |id: &str, resource: &String| self.say(id, &[("resource", resource.into())]);
        match why {
            Why::At { kind, account, target, why } => self.say(
                "why-at",
                &[
                    ("kind", kind.name().into()),
                    ("account", account.as_str().into()),
                    ("target", target.into()),
                    ("why", (&self.why(why)).into()),
                ],
            ),
            Why::ChangedSincePlanned { how } => changed("why-changed-since-planned", how),
            Why::ChangedMeanwhile { how } => changed("why-changed-meanwhile", how),
            Why::NotThere { how } => changed("why-not-there", how),
            Why::StillThere => text("why-still-there"),
            Why::NotReadBack { why } => self.say("why-not-read-back", &[("why", why.into())]),
            Why::KeepsChanging => text("why-keeps-changing"),
            Why::Held { resource } => locked("why-held", resource),
            Why::LockLost { resource } => locked("why-lock-lost", resource),
            Why::OtherOutcome => text("why-other-outcome"),
            Why::NotAllTakenBack => text("why-left"),
            Why::Told(words) => words.clone(),
        }
    }

    /// Why a change is no further than it is, where there is something to say.
    pub fn why_status(self, status: &Status) -> Option<String> {
        match status {
            Status::Failed { why } | Status::Stuck { why } => Some(self.why(why)),
            Status::ChangedByOthers { what } => Some(self.differences(what)),
            _ => None,
        }
    }

    /// What others changed in a document: clauses without a stop.
    pub fn differences(self, differences: &Differences) -> String {
        let differences = differences.0.iter().map(|difference| self.difference(difference));
        let between = self.say("difference-separator", &[]);
        differences.collect::<Vec<_>>().join(&between)
    }

    fn difference(self, difference: &Difference) -> String {
        let text = |id: &str| self.say(id, &[]);
        match difference {
            Difference::Deleted => text("difference-deleted"),
            Difference::Made => text("difference-made"),
            Difference::Absent => text("difference-nothing"),
            Difference::Rewritten => text("difference-rewritten"),
            Difference::Member { name, became } => {
                let id = format!("difference-member-{}", became.name());
                self.say(&id, &[("name", name.into())])
            }
            Difference::Statement { sid, became } => {
                let id = format!("difference-statement-{}", became.name());
                self.say(&id, &[("sid", sid.into())])
            }
            Difference::Unnamed { index, added } => {
                let became = if *added { "added" } else { "removed" };
                let id = format!("difference-unnamed-{became}");
                self.say(&id, &[("index", (&index.to_string()).into())])
            }
            Difference::Altered { sid } => {
                self.say("difference-statement-altered", &[("sid", sid.into())])
            }
            Difference::Missing { names } => {
                self.say("difference-missing", &[("names", (&names.join("`, `")).into())])
            }
            Difference::More { count } => {
                self.say("difference-more", &[("count", (*count).into())])
            }
            Difference::Told(words) => words.clone(),
        }
    }

    /// A cause, or a fact that could not be seen, in one line. In English a cause is told in the engine's
    /// own sentence.
    pub fn brief(self, brief: &Brief) -> String {
        match brief {
            Brief::Cause { message, .. } if self.locale() == Locale::En && !message.is_empty() => {
                message.clone()
            }
            Brief::Cause { code, action, .. } => self.title(*code, action),
            Brief::Unknown { unknown } => self.unknown(unknown),
            Brief::Told(words) => words.clone(),
        }
    }

    /// What state an account is in.
    fn remains(self, remains: &Remains) -> String {
        let account = ("account", remains.account.as_str().into());
        if remains.what.is_empty() {
            return self.say("remark-account-as-it-was", &[account]);
        }
        let left = remains.what.iter().map(|left| self.left(left));
        let what = left.collect::<Vec<_>>().join(&self.say("left-separator", &[]));
        self.say("remark-account", &[account, ("what", (&what).into())])
    }

    fn left(self, left: &Left) -> String {
        let Left { kind, target, how } = left;
        let (kind, target) = (("kind", kind.name().into()), ("target", target.into()));
        match how {
            LeftHow::Stands => self.say("left-stands", &[kind, target]),
            LeftHow::Open => self.say("left-open", &[kind, target]),
            LeftHow::Changed { what } => {
                self.say("left-changed", &[kind, target, ("how", (&self.differences(what)).into())])
            }
            LeftHow::Stuck { why } => {
                self.say("left-stuck", &[kind, target, ("why", (&self.why(why)).into())])
            }
        }
    }

    fn objections(self, opinions: &[Opinion]) -> String {
        let objects = opinions.iter().filter_map(|Opinion { of, about, says }| {
            let Says::Objects(why) = says else { return None };
            let adviser = self.say(adviser(*of), &[]);
            let args =
                [("adviser", (&adviser).into()), ("about", about.into()), ("why", why.into())];
            Some(self.say("remark-objects", &args))
        });
        objects.collect::<Vec<_>>().join(&self.say("left-separator", &[]))
    }

    fn several(self, remarks: impl Iterator<Item = String>) -> String {
        remarks.collect::<Vec<_>>().join(&self.say("remark-separator", &[]))
    }
}

fn adviser(adviser: Adviser) -> &'static str {
    match adviser {
        Adviser::PolicyValidation => "adviser-policy-validation",
        Adviser::PublicAccess => "adviser-public-access",
        Adviser::Simulator => "adviser-simulator",
    }
}
