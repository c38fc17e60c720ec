//! One writer at a time.

use crate::samples::later;
use futures_util::future::join_all;
use locksmith_app::ports::Locks;

const POLICY: &str = "arn:aws:s3:::finance-exports";

pub async fn one_has_it_at_a_time(on: &impl Locks) {
    let lock = async |owner, now, until| on.lock(POLICY, owner, later(now), later(until)).await;
    assert_eq!(lock("one", 0, 60).await, Ok(true));
    assert_eq!(lock("other", 1, 61).await, Ok(false));
    assert_eq!(lock("one", 2, 90).await, Ok(true), "whoever has it may keep it longer");
    assert_eq!(lock("other", 90, 150).await, Ok(false));
    assert_eq!(on.lock("arn:aws:s3:::other", "other", later(1), later(61)).await, Ok(true));
    on.unlock(POLICY, "other").await.unwrap();
    assert_eq!(lock("other", 3, 63).await, Ok(false), "nobody gives back what another has");
    on.unlock(POLICY, "one").await.unwrap();
    on.unlock(POLICY, "one").await.unwrap();
    assert_eq!(lock("other", 4, 64).await, Ok(true));
    assert_eq!(lock("one", 65, 125).await, Ok(true), "it ran out");
    on.unlock(POLICY, "other").await.unwrap();
    assert_eq!(lock("other", 66, 126).await, Ok(false), "it belongs to another by now");
    let long = format!("arn:aws:iam::111111111111:role/{}", "x/ä\u{0}#".repeat(500));
    assert_eq!(on.lock(&long, "one", later(0), later(60)).await, Ok(true));
}

pub async fn a_crowd_takes_it_once(on: &impl Locks) {
    let owners: Vec<String> = (0..20).map(|number| format!("owner {number}")).collect();
    let crowd = owners.iter().map(|owner| on.lock(POLICY, owner, later(0), later(60)));
    let taken = join_all(crowd).await.into_iter().filter(|one| one.clone().unwrap()).count();
    assert_eq!(taken, 1);
}
