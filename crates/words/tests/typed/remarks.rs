//! Remarks of every kind, and facts of every kind that could not be seen.

#![expect(clippy::unwrap_used, reason = "a test")]

use locksmith_app::approve::{Missing, Objection};
use locksmith_app::change::{Became, Difference, Differences, Left, LeftHow, Remains, Why};
use locksmith_app::ports::{Adviser, Opinion, Says};
use locksmith_app::remark::{Brief, Remark, Seen};
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{
    AwsMessage, CauseCode, PolicyProblem, StatementPlace, Unknown, UnknownCode,
};
use locksmith_core::evaluate::Layer;
use locksmith_core::plan::{ChangeKind, Scope};

const BUCKET: &str = "arn:aws:s3:::reports";

fn account() -> AccountId {
    AccountId::parse("111111111111").unwrap()
}

fn at() -> jiff::Timestamp {
    "2026-11-20T12:30:00Z".parse().unwrap()
}

/// Everything that others may have changed in a document.
pub(crate) fn differences() -> Vec<Difference> {
    let mut all = vec![
        Difference::Deleted,
        Difference::Made,
        Difference::Absent,
        Difference::More { count: 1 },
        Difference::More { count: 7 },
        Difference::Rewritten,
        Difference::Unnamed { index: 2, added: true },
        Difference::Unnamed { index: 2, added: false },
        Difference::Altered { sid: "LocksmithA".to_owned() },
        Difference::Missing { names: vec!["LocksmithA".to_owned(), "LocksmithB".to_owned()] },
    ];
    for became in [Became::Added, Became::Removed, Became::Changed] {
        all.push(Difference::Member { name: "Version".to_owned(), became });
        all.push(Difference::Statement { sid: "Readers".to_owned(), became });
    }
    all
}

/// Every reason for which a change is not made or not taken back.
pub(crate) fn whys() -> Vec<Why> {
    let how = || Differences(vec![Difference::Rewritten]);
    let two = Differences(differences().into_iter().skip(5).take(2).collect());
    let target = BUCKET.to_owned();
    let kind = ChangeKind::PutBucketPolicy;
    vec![
        Why::At { kind, account: account(), target, why: Box::new(Why::NotAllTakenBack) },
        Why::ChangedSincePlanned { how: two },
        Why::ChangedMeanwhile { how: how() },
        Why::NotThere { how: how() },
        Why::StillThere,
        Why::NotReadBack { why: "Throttling".to_owned() },
        Why::KeepsChanging,
        Why::Held { resource: BUCKET.to_owned() },
        Why::LockLost { resource: BUCKET.to_owned() },
        Why::OtherOutcome,
        Why::NotAllTakenBack,
    ]
}

/// Every remark that says the same in the service's logs as in English.
pub(crate) fn remarks() -> Vec<Remark> {
    let text = str::to_owned;
    let left = |how| Left { kind: ChangeKind::PutBucketPolicy, target: text(BUCKET), how };
    let changed = || Differences(vec![Difference::Deleted]);
    let remains = Remains {
        account: account(),
        what: vec![
            left(LeftHow::Stands),
            left(LeftHow::Open),
            left(LeftHow::Changed { what: changed() }),
            left(LeftHow::Stuck { why: Why::KeepsChanging }),
        ],
    };
    let as_it_was =
        Remains { account: AccountId::parse("222222222222").unwrap(), what: Vec::new() };
    let objections: Vec<Opinion> = Adviser::ALL
        .into_iter()
        .map(|of| Opinion {
            of,
            about: text("bucket_policy · arn:aws:s3:::reports"),
            says: Says::Objects(text("it is not as it should be")),
        })
        .collect();
    let unknown = unknowns().swap_remove(0);
    vec![
        Remark::FactsMissing,
        Remark::ApprovalsOff,
        Remark::NobodyOwns { account: account() },
        Remark::PassedOver,
        Remark::Suppressed { reason: text("moved"), until: at() },
        Remark::Said { reason: text("not this role"), person: text("bob"), until: None },
        Remark::Said { reason: text("a scanner"), person: text("bob"), until: Some(at()) },
        Remark::Unanswered,
        Remark::NotMadeInTime,
        Remark::Over,
        Remark::NoPlan,
        Remark::TurnedOff,
        Remark::NotApproved,
        Remark::OtherPlan,
        Remark::ApprovedTooLongAgo,
        Remark::NotTrusted { account: account() },
        Remark::OtherChanges,
        Remark::Statements { target: text(BUCKET) },
        Remark::NotMade { why: Why::NotAllTakenBack },
        Remark::HalfWay { why: Why::NotAllTakenBack, accounts: vec![remains, as_it_was] },
        Remark::ChangedByOthers { what: changed() },
        Remark::DeniedAgain { at: at() },
        Remark::Public { objections: objections.clone() },
        Remark::StillDenied { cause: None },
        Remark::NotVerified { unknown: None },
        Remark::NotVerified { unknown: Some(Box::new(unknown)) },
        Remark::Unverified { seen: Seen::Nothing, objections: Vec::new() },
        Remark::Unverified { seen: Seen::Success { at: at() }, objections },
        Remark::Unverified {
            seen: Seen::NotLooked { why: text("LookupEvents: AccessDenied") },
            objections: Vec::new(),
        },
        Remark::Succeeded { at: at() },
    ]
}

/// Remarks that have texts of people's, or of a cause, in them: the logs say them in other words.
pub(crate) fn remarks_for_people() -> Vec<Remark> {
    let person = || "bob".to_owned();
    let missing = |quorum| Missing { account: account(), given: 1, quorum };
    let objections = [
        Objection::NotEntitled { person: person(), account: account() },
        Objection::Benefits { person: person(), principal: "arn:aws:iam::1:role/R".to_owned() },
        Objection::OtherChanges { person: person() },
        Objection::Stale { person: person(), at: at() },
        Objection::TooFew(missing(Some(2))),
        Objection::TooFew(missing(None)),
    ];
    let mut remarks: Vec<Remark> =
        objections.map(|objection| Remark::Objection { objection }).into();
    remarks.push(Remark::Rescoped { scope: Scope::Prefix, person: person() });
    let code = CauseCode::Policy(Layer::BucketPolicy, PolicyProblem::MissingAllow);
    let (action, message) = ("s3:GetObject".to_owned(), String::new());
    let cause = Some(Box::new(Brief::Cause { code, action, message }));
    remarks.push(Remark::StillDenied { cause });
    remarks
}

/// A fact of every kind, without the engine's English words.
pub(crate) fn unknowns() -> Vec<Unknown> {
    let unknown = |code| Unknown {
        layer: None,
        account: None,
        key: (code == UnknownCode::ConditionKey).then(|| "aws:SourceVpce".to_owned()),
        code,
        statement: (code == UnknownCode::Statement)
            .then(|| StatementPlace { policy: Some("read-reports".to_owned()), index: 2 }),
        detail: match code {
            UnknownCode::Unread | UnknownCode::KeyState => {
                Some("DescribeKey: AccessDenied".to_owned())
            }
            UnknownCode::NotInEvidence => Some("read-reports".to_owned()),
            _ => None,
        },
        why: match code {
            UnknownCode::Told => "session tags are not in the record".to_owned(),
            _ => String::new(),
        },
    };
    let mut all: Vec<Unknown> = UnknownCode::ALL.map(unknown).into();
    // A statement of a policy without a name, and a grant.
    let place = StatementPlace { policy: None, index: 2 };
    let statement = unknown(UnknownCode::Statement);
    all.push(Unknown { statement: Some(place), ..statement.clone() });
    all.push(Unknown { layer: Some(Layer::KmsGrant), ..statement });
    all
}

/// What AWS may say, and whether we agree.
pub(crate) fn aws_messages() -> Vec<AwsMessage> {
    let message = |layer, effect: Option<&str>, agrees| AwsMessage {
        text: None,
        layer,
        effect: effect.map(str::to_owned),
        policy_arn: None,
        agrees,
    };
    let mut all = Vec::new();
    for agrees in [true, false] {
        all.push(message(None, None, agrees));
        for effect in [None, Some("explicit"), Some("implicit")] {
            all.push(message(Some(Layer::Scp), effect, agrees));
        }
    }
    all
}
