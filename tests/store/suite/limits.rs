//! Allowances of principals.

use crate::samples::later;
use futures_util::future::join_all;
use locksmith_app::ports::Store;

pub async fn each_hour_and_principal_has_its_own(on: &impl Store) {
    let long = "arn:aws:iam::111111111111:role/".to_owned() + &"x".repeat(5000);
    for principal in ["AROA1", "AROA2", "", "ä\u{0}#", &long] {
        // From 12:34:56 it is 1503 seconds to the full hour.
        for (seconds, expected) in [
            (0, [true, true, true, false, false]),
            (1502, [false; 5]),
            (1504, [true, true, true, false, false]),
            (0, [false; 5]),
        ] {
            for (index, expected) in expected.into_iter().enumerate() {
                let admitted = on.admit(principal, 3, later(seconds)).await;
                assert_eq!(admitted, Ok(expected), "{index} of {principal} at {seconds}");
            }
        }
    }
    assert_eq!(on.admit("AROA1", 4, later(0)).await, Ok(true), "the allowance was raised");
    assert_eq!(on.admit("AROA3", 0, later(0)).await, Ok(false));
    assert_eq!(on.admit("AROA3", u32::MAX, later(0)).await, Ok(true));
}

pub async fn a_crowd_gets_no_more(on: &impl Store) {
    for allowance in [1, 7] {
        let principal = &format!("AROA{allowance}");
        let crowd = (0..40).map(|_| on.admit(principal, allowance, later(0)));
        let admitted = join_all(crowd).await.into_iter().filter(|one| one.clone().unwrap()).count();
        assert_eq!(u32::try_from(admitted), Ok(allowance));
    }
}
