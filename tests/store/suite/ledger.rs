//! What stands in the accounts.

use crate::samples::{account, group, now};
use locksmith_app::change::{Status, Step, Texts};
use locksmith_app::fix::{Fix, FixState};
use locksmith_app::incident::IncidentId;
use locksmith_app::ports::{Ledger, StoreError};
use locksmith_core::plan::{Change, ChangeKind, Reliance, Risk};
use serde_json::json;
use std::collections::BTreeSet;

/// A fix with a policy that is nearly as large as AWS takes, before and after.
fn fix(name: &str) -> Fix {
    let large = "x".repeat(32 << 10);
    let change = Change {
        kind: ChangeKind::PutKeyPolicy,
        account: account("111111111111"),
        target: "arn:aws:kms:us-west-2:111111111111:key/1234abcd".to_owned(),
        region: Some("us-west-2".to_owned()),
        policy_name: None,
        removes_causes: vec!["key_policy.missing_allow".to_owned()],
        before: Some(json!({"Statement": [{"Sid": large}]})),
        after: json!({"Statement": [{"Sid": large}, {"Sid": name}]}),
        added: vec![json!({"Sid": name})],
        inverse: "take it out".to_owned(),
        risk: Risk::Low,
        why: "ä\u{0}#".to_owned(),
        size: None,
        managed_by: None,
    };
    let what = Reliance {
        kind: change.kind,
        account: change.account,
        target: change.target.clone(),
        name: name.to_owned(),
    };
    let texts = Texts { before: Some(large.clone()), after: Some(large) };
    let step = Step { change, status: Status::Written, at: now(), texts: Some(texts) };
    let maker = IncidentId::new(group("a"), 1);
    let mut fix = Fix::pending(what, maker.clone(), step, now());
    fix.relied_on_by.insert(maker, None);
    fix.version = 1;
    fix
}

pub async fn fixes_are_read_as_they_were_written(on: &impl Ledger) {
    let mut one = fix("Locksmith0011223344556677");
    assert_eq!(on.fix(&one.what).await, Ok(None));
    on.write_fix(&one).await.unwrap();
    assert_eq!(on.fix(&one.what).await, Ok(Some(one.clone())));
    one.version = 2;
    one.enter(FixState::Removed, now());
    one.relied_on_by.clear();
    on.write_fix(&one).await.unwrap();
    assert_eq!(on.fix(&one.what).await, Ok(Some(one.clone())));
    // Every part of what it is makes it another.
    let others = [
        Reliance { kind: ChangeKind::CreateGrant, ..one.what.clone() },
        Reliance { account: account("222222222222"), ..one.what.clone() },
        Reliance { target: "arn:aws:s3:::b".to_owned(), ..one.what.clone() },
        Reliance { name: "Locksmith".to_owned(), ..one.what.clone() },
    ];
    for other in others {
        assert_eq!(on.fix(&other).await, Ok(None), "{other:?}");
    }
}

pub async fn a_fix_that_does_not_follow_conflicts(on: &impl Ledger) {
    let one = fix("LocksmithA");
    for version in [0, 2, u64::MAX] {
        let refused = on.write_fix(&Fix { version, ..one.clone() }).await;
        assert_eq!(refused, Err(StoreError::Conflict), "{version}");
    }
    on.write_fix(&one).await.unwrap();
    for version in [0, 1, 3] {
        let refused = on.write_fix(&Fix { version, ..one.clone() }).await;
        assert_eq!(refused, Err(StoreError::Conflict), "{version}");
    }
    assert_eq!(on.fix(&one.what).await, Ok(Some(one.clone())));
    on.write_fix(&Fix { version: 2, ..one }).await.unwrap();
}

pub async fn pages_hold_everything_once(on: &impl Ledger) {
    assert!(on.fixes(10, None).await.unwrap().items.is_empty());
    let names: BTreeSet<String> = (0..23).map(|number| format!("Locksmith{number:016}")).collect();
    for name in &names {
        on.write_fix(&fix(name)).await.unwrap();
    }
    for limit in [1, 7, 23, 100] {
        let mut found = Vec::new();
        let mut next = None;
        loop {
            let page = on.fixes(limit, next.as_deref()).await.unwrap();
            assert!(page.items.len() <= limit);
            found.extend(page.items.into_iter().map(|fix| fix.what.name));
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), names.len(), "by {limit}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), names);
    }
}
