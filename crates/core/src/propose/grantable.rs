//! What may be granted because somebody was denied it: to read, and to work with data. Never to
//! change who may do what (policies, grants, settings, the tags and aliases of buckets and keys), nor
//! to destroy what protects data. What AWS adds is not granted until it is listed here.

use crate::policy::Action;

/// Whether Locksmith may ever grant an action.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>,
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html>
pub(super) fn may_be_granted(action: &Action) -> bool {
    let name = action.lower_name();
    let reads = ["describe", "get", "list"].iter().any(|start| name.starts_with(start));
    match action.service() {
        // It hands out the credentials of another role.
        "s3" if name == "getdataaccess" => false,
        "s3" => reads || S3.contains(&name),
        "kms" => reads || KMS.contains(&name),
        "sts" => ["assumerole", "setsourceidentity", "tagsession"].contains(&name),
        _ => false,
    }
}

/// What writes objects, in lower case.
const S3: [&str; 15] = [
    "abortmultipartupload",
    "deleteobject",
    "deleteobjecttagging",
    "deleteobjectversion",
    "deleteobjectversiontagging",
    "putobject",
    "putobjectacl",
    "putobjectlegalhold",
    "putobjectretention",
    "putobjecttagging",
    "putobjectversionacl",
    "putobjectversiontagging",
    "replicateobject",
    "restoreobject",
    "updateobjectencryption",
];

/// What uses a key, in lower case.
const KMS: [&str; 14] = [
    "decrypt",
    "derivesharedsecret",
    "encrypt",
    "generatedatakey",
    "generatedatakeypair",
    "generatedatakeypairwithoutplaintext",
    "generatedatakeywithoutplaintext",
    "generatemac",
    "generaterandom",
    "reencryptfrom",
    "reencryptto",
    "sign",
    "verify",
    "verifymac",
];
