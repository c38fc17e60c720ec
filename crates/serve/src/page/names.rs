//! Names of callers and resources, short enough for a line.

use locksmith_app::card::Card;
use locksmith_app::incident::Incident;
use locksmith_core::arn::Arn;

/// The longest name in a line.
const LONGEST: usize = 60;

/// A role's or user's own name.
pub(super) fn principal(arn: &str) -> String {
    let resource = Arn::parse(arn).map_or(arn, |arn| arn.resource);
    let mut parts = resource.split('/');
    let name = match parts.next() {
        Some("assumed-role") => parts.next(),
        _ => resource.rsplit('/').next(),
    };
    cut(name.unwrap_or(resource))
}

/// Who was denied.
pub(super) fn caller(incident: &Incident) -> String {
    principal(incident.principal_arn.as_ref().unwrap_or(&incident.principal))
}

/// What the denied call was on, as far as it is known.
pub(super) fn target(card: &Card) -> String {
    let call = card.diagnosis.as_ref().map(|diagnosis| &diagnosis.call);
    match call.and_then(|call| call.resource.as_deref()) {
        Some(arn) => resource(arn),
        None => place(&card.incident),
    }
}

/// Where denials of an incident happened.
pub(super) fn place(incident: &Incident) -> String {
    match incident.prefix.as_deref() {
        Some(prefix) if !prefix.is_empty() => cut(&format!("{}/{prefix}", incident.resource)),
        _ => resource(&incident.resource),
    }
}

/// What an ARN names within its service.
pub(super) fn resource(arn: &str) -> String {
    cut(Arn::parse(arn).map_or(arn, |arn| arn.resource))
}

/// The middle of what is too long is left out: what tells names apart stands at the ends.
fn cut(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    let half = LONGEST / 2 - 1;
    let front: String = name.chars().take(half).collect();
    let back: String = name.chars().skip(length - half).collect();
    format!("{front} … {back}")
}

#[cfg(test)]
mod tests {
    use super::{principal, resource};

    #[test]
    fn names_are_short() {
        for (arn, name) in [
            ("arn:aws:sts::222222222222:assumed-role/ReportReader/run-7", "ReportReader"),
            ("arn:aws:iam::222222222222:role/data/ReportReader", "ReportReader"),
            ("arn:aws:iam::222222222222:user/alice", "alice"),
            ("AROAEXAMPLE", "AROAEXAMPLE"),
        ] {
            assert_eq!(principal(arn), name);
        }
        assert_eq!(resource("arn:aws:s3:::reports/2026/q3.parquet"), "reports/2026/q3.parquet");
        let long = resource(&format!("arn:aws:s3:::reports/{}end", "é".repeat(500)));
        assert!(
            long.starts_with("reports/é") && long.ends_with("éend") && long.chars().count() < 64
        );
    }
}
