//! How many calls waited for each other.

use super::Call;
use std::time::Duration;

/// The longest sequence of calls of which each began after the one before had ended.
///
/// With [`super::Latency::Exactly`] this is the number of round trips one after another; calls that
/// merely happened to come later cannot make it longer, because they take as long as the others.
pub fn longest_chain(calls: &[Call]) -> Vec<Call> {
    let mut ended: Vec<(&Call, Duration)> =
        calls.iter().filter_map(|call| Some((call, call.end?))).collect();
    ended.sort_by_key(|(_, end)| *end);
    let mut chain: Vec<Call> = Vec::new();
    let mut free = Duration::ZERO;
    // Of what may come next, the one that ends first leaves the most room for the rest.
    for (call, end) in ended {
        if call.begin >= free {
            chain.push(call.clone());
            free = end;
        }
    }
    chain
}
