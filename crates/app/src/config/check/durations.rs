//! Durations that are too short or too long for what they are for.

use super::super::{Configuration, Problem};
use jiff::SignedDuration;

const DAY: SignedDuration = SignedDuration::from_hours(24);
const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);
const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);

pub(super) fn check(configuration: &Configuration, problems: &mut Vec<Problem>) {
    let Configuration { detect, plan, approval, verify, .. } = configuration;
    let reminders = configuration.chat.as_ref().map(|chat| &chat.reminders);
    let zero = SignedDuration::ZERO;
    let minutes = SignedDuration::from_mins;
    let bounds = [
        ("detect.reopen_after", Some(detect.reopen_after), zero, YEAR * 10),
        ("plan.expires_after", plan.expires_after, minutes(15), YEAR),
        ("approval.valid_for", Some(approval.valid_for), minutes(1), MONTH),
        ("verify.propagation", Some(verify.propagation), zero, minutes(60)),
        ("verify.wait", Some(verify.wait), zero, minutes(10)),
        ("verify.give_up_after", Some(verify.give_up_after), verify.propagation, YEAR),
        ("chat.reminders.first_after", reminders.map(|one| one.first_after), minutes(1), MONTH),
        ("chat.reminders.escalate_after", reminders.map(|one| one.escalate_after), zero, MONTH),
    ];
    for (path, duration, least, most) in bounds {
        let Some(duration) = duration else { continue };
        if duration < least || duration > most {
            problems.push(Problem::new(
                path,
                format!("it is {}", shown(duration)),
                format!("give a duration from {} to {}", shown(least), shown(most)),
            ));
        }
    }
}

/// A duration as a configuration writes it; whole days in hours, as TOML's readers take them.
fn shown(duration: SignedDuration) -> String {
    if duration >= DAY && duration.as_secs() % 3600 == 0 {
        return format!("{}h", duration.as_hours());
    }
    format!("{duration:#}")
}
