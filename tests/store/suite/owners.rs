//! Owners of buckets.

use crate::samples::{account, later};
use locksmith_app::ports::{Inventory, OWNER_AGE};

pub async fn they_are_learned_and_forgotten(on: &impl Inventory) {
    let (one, other) = (account("111111111111"), account("222222222222"));
    let age = OWNER_AGE.as_secs();
    for bucket in ["finance-exports", "finance", "", "BÜCKET#/\u{0}"] {
        assert_eq!(on.owner(bucket, later(0)).await, Ok(None), "{bucket}");
        on.learned(bucket, one, later(0)).await.unwrap();
        assert_eq!(on.owner(bucket, later(0)).await, Ok(Some(one)), "{bucket}");
        assert_eq!(on.owner(bucket, later(age)).await, Ok(Some(one)), "{bucket}");
        assert_eq!(on.owner(bucket, later(age + 1)).await, Ok(None), "{bucket}");
        on.learned(bucket, other, later(age)).await.unwrap();
        assert_eq!(on.owner(bucket, later(age + 1)).await, Ok(Some(other)), "{bucket}");
    }
}
