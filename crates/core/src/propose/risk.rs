//! How much could go wrong with a change.

use super::intent::{Intended, Reach};
use crate::plan::{ChangeKind, Risk};

/// The risk of a change that allows what is intended.
pub(super) fn of(kind: ChangeKind, intended: &[&Intended]) -> Risk {
    match kind {
        // Whoever is in may do all that the role may.
        ChangeKind::PutTrustPolicy => Risk::High,
        // It decides for everybody who writes from now on.
        ChangeKind::PutBucketEncryption => Risk::Medium,
        _ => intended.iter().map(|one| of_one(one)).max().unwrap_or(Risk::Low),
    }
}

fn of_one(intended: &Intended) -> Risk {
    let name = intended.action.lower_name();
    let destroys = name.starts_with("delete") || name.contains("acl");
    if destroys {
        return Risk::High;
    }
    let writes = !["get", "list", "head", "decrypt", "describe", "generate"]
        .iter()
        .any(|start| name.starts_with(start));
    let wide = match (&intended.resource, &intended.usage) {
        // What has no resource reaches nothing.
        (Reach::Below(start), None) if start.is_empty() => false,
        (Reach::Below(_), _) => true,
        (_, Some(usage)) => {
            let wide =
                |values: &Vec<Reach>| values.iter().any(|value| matches!(value, Reach::Below(_)));
            usage.context.is_empty() || usage.context.values().any(wide)
        }
        // A key without a condition serves everything that it encrypts.
        (_, None) => intended.action.service() == "kms",
    };
    if writes || wide { Risk::Medium } else { Risk::Low }
}
