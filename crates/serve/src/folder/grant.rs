//! Grants: the folder lists them as `aws kms list-grants` prints them, and a change knows one as the
//! request that makes it.

use locksmith_core::plan::Digest;
use serde_json::{Map, Value, json};

/// What a request and an entry have in common.
const SHARED: [&str; 6] =
    ["Constraints", "GranteePrincipal", "KeyId", "Name", "Operations", "RetiringPrincipal"];

/// The request that makes a grant which is listed; the key stands in it by its ARN.
///
/// # Errors
/// That the entry is no object.
pub(super) fn request(entry: &str, key: &str) -> Result<String, String> {
    let entry: Map<String, Value> =
        serde_json::from_str(entry).map_err(|error| format!("a grant: {error}"))?;
    let mut request: Map<String, Value> =
        entry.into_iter().filter(|(name, _)| SHARED.contains(&name.as_str())).collect();
    request.insert("KeyId".to_owned(), key.into());
    Ok(Value::from(request).to_string())
}

/// The entry that lists a grant which a request makes.
///
/// # Errors
/// That the request is no object.
pub(super) fn entry(request: &str) -> Result<String, String> {
    let mut entry: Map<String, Value> =
        serde_json::from_str(request).map_err(|error| format!("a grant: {error}"))?;
    let id = Digest::of(&Value::from(entry.clone())).to_string().replace("sha256:", "");
    entry.insert("GrantId".to_owned(), json!(id));
    Ok(Value::from(entry).to_string())
}
