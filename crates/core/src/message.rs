//! What AWS says when it denies: the wording of `AccessDenied`, read leniently.
//!
//! New wordings appear every year, so nothing here fails: what is not understood is kept as
//! text. <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>

use crate::arn::Arn;
use crate::evaluate::Layer;

/// What was understood of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Whom it names as the caller.
    pub principal: Option<String>,
    /// The action, such as `kms:Decrypt`.
    pub action: Option<String>,
    /// The resource's ARN.
    pub resource: Option<String>,
    /// What it blames.
    pub blame: Option<Blame>,
    /// Whether something was denied or nothing allowed.
    pub effect: Option<MessageEffect>,
    /// The ARN of the policy that denied.
    pub policy_arn: Option<String>,
    /// The id by which AWS can be asked for the details of the decision.
    pub authorization_id: Option<String>,
}

/// Whether something was denied or nothing allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageEffect {
    /// "no ... policy allows"
    Implicit,
    /// "with an explicit deny in"
    Explicit,
}

/// What a message blames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// A layer that it names.
    Layer(Layer),
    /// The resource's policy, whichever that is.
    ResourcePolicy,
    /// The key's policy, or that the key is missing, or in another Region: one sentence for all.
    KeyPolicyOrMissingKey,
    /// The key's state, Region or alias.
    KeyState,
    /// A setting of the bucket that is no policy.
    BucketSetting,
    /// Something that has nothing to do with policies: signature, expiry, object lock ...
    Request,
    /// An encoded message, for `sts:DecodeAuthorizationMessage`.
    Encoded,
}

impl Blame {
    /// The name of what is blamed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Layer(layer) => layer.name(),
            Self::ResourcePolicy => "resource_policy",
            Self::KeyPolicyOrMissingKey => "key_policy_or_missing_key",
            Self::KeyState => "key_state",
            Self::BucketSetting => "bucket_setting",
            Self::Request => "request",
            Self::Encoded => "encoded",
        }
    }
}

/// How a policy type is written, in the order in which to look: longer texts first.
const POLICY_TYPES: [(&str, Blame); 11] = [
    ("identity-based polic", Blame::Layer(Layer::IdentityPolicy)),
    ("resource-based polic", Blame::ResourcePolicy),
    ("session polic", Blame::Layer(Layer::SessionPolicy)),
    ("service control polic", Blame::Layer(Layer::Scp)),
    ("resource control polic", Blame::Layer(Layer::Rcp)),
    ("vpc endpoint polic", Blame::Layer(Layer::VpcEndpointPolicy)),
    ("permissions boundar", Blame::Layer(Layer::PermissionsBoundary)),
    ("permission boundar", Blame::Layer(Layer::PermissionsBoundary)),
    ("trust polic", Blame::Layer(Layer::TrustPolicy)),
    ("access point polic", Blame::Layer(Layer::AccessPointPolicy)),
    ("bucket polic", Blame::Layer(Layer::BucketPolicy)),
];

/// Sentences without a policy type.
const SENTENCES: [(&str, Blame); 24] = [
    ("because the resource does not exist", Blame::KeyPolicyOrMissingKey),
    ("prevented by the blockpublic", Blame::Layer(Layer::BlockPublicAccess)),
    ("s3 block public access", Blame::Layer(Layer::BlockPublicAccess)),
    (
        "has blocked upload requests that specify server side encryption with customer provided keys",
        Blame::BucketSetting,
    ),
    ("the bucket does not allow acls", Blame::Layer(Layer::ObjectOwnership)),
    ("denied due to a vpc endpoint policy", Blame::Layer(Layer::VpcEndpointPolicy)),
    ("protected by object lock", Blame::Request),
    ("must provide the correct secret key", Blame::Request),
    ("request has expired", Blame::Request),
    ("headers present in the request which were not signed", Blame::Request),
    ("query-string authentication requires", Blame::Request),
    ("invalid according to policy:", Blame::Request),
    ("method is not allowed against this resource", Blame::Request),
    (" is disabled.", Blame::KeyState),
    (" is pending deletion", Blame::KeyState),
    (" is pending replica deletion", Blame::KeyState),
    (" is pending import", Blame::KeyState),
    (" is unavailable.", Blame::KeyState),
    (" is creating.", Blame::KeyState),
    (" is updating.", Blame::KeyState),
    (" does not exist", Blame::KeyState),
    ("invalid keyid ", Blame::KeyState),
    ("invalid arn ", Blame::KeyState),
    ("encoded authorization failure message:", Blame::Encoded),
];

impl Message {
    /// Reads a message. It may be cut off anywhere: CloudTrail keeps the first 1 KB.
    pub fn parse(text: &str) -> Self {
        let (resource, reason) = resource_and_reason(text);
        let (reason, authorization_id) = without_details(reason);
        let lower = reason.to_ascii_lowercase();
        let principal = after(text, "User: ").map(first_word).map(unquoted);
        let action = after(text, "is not authorized to perform: ")
            .map(first_word)
            .map(|word| unquoted(word.trim_end_matches(['.', ','])))
            .filter(|word| word.contains(':'));
        let effect = effect(&lower);
        let blame = blame(&lower);
        Self {
            principal: owned(principal.filter(|principal| principal.starts_with("arn:"))),
            action: owned(action),
            resource: owned(resource),
            blame,
            effect,
            policy_arn: owned(policy_arn(reason, &lower)),
            authorization_id: owned(authorization_id),
        }
    }
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn after<'a>(text: &'a str, marker: &str) -> Option<&'a str> {
    text.split_once(marker).map(|(_, rest)| rest)
}

fn first_word(text: &str) -> &str {
    // A quoted text may hold blanks: an object's key.
    match text.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        Some((inner, _)) => inner,
        None => text.split(char::is_whitespace).next().unwrap_or_default(),
    }
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\'', '`'])
}

/// `on resource: ARN`, in quotes or not, and the rest, which tells why. An object's key may hold
/// any words, so the reason is looked for behind it; without quotes it begins where such words
/// stand last.
fn resource_and_reason(text: &str) -> (Option<&str>, &str) {
    let Some(rest) = after(text, "on resource: ") else {
        // "arn:aws:kms:... is disabled.", "Key 'arn:aws:kms:...' does not exist"
        let first = text.strip_prefix("Key ").unwrap_or(text).split(' ').next().unwrap_or_default();
        return (Arn::parse(unquoted(first)).map(|arn| arn.text), text);
    };
    let (found, reason) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => {
            let ends = [". Encoded", ". Go to https://"];
            let rest_end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
            let head = rest.get(..rest_end).unwrap_or(rest);
            let markers = [" because ", " with an explicit deny"];
            let end = markers.iter().filter_map(|marker| head.rfind(marker)).max();
            rest.split_at_checked(end.unwrap_or(rest_end)).unwrap_or((rest, ""))
        }
    };
    (Arn::parse(found.trim_end()).map(|arn| arn.text), reason)
}

fn effect(lower: &str) -> Option<MessageEffect> {
    if lower.contains("because the resource does not exist") {
        // Three causes in one sentence: it does not tell which.
        return None;
    }
    if lower.contains("explicit deny") || lower.contains("explicitly denies") {
        return Some(MessageEffect::Explicit);
    }
    let settings = ["prevented by the blockpublic", "has blocked upload requests", "object lock"];
    if settings.iter().any(|setting| lower.contains(setting)) {
        return Some(MessageEffect::Explicit);
    }
    let implicit = lower.contains("because no ") && lower.contains(" allow");
    implicit.then_some(MessageEffect::Implicit)
}

fn blame(lower: &str) -> Option<Blame> {
    let sentence = SENTENCES.iter().find(|(sentence, _)| lower.contains(sentence));
    // The reason stands after the marker; before it stand names, which may hold any words.
    let markers = ["explicit deny in ", "because no ", "because "];
    let reason = markers.iter().find_map(|marker| after(lower, marker));
    let policy = reason.and_then(|reason| {
        let found = POLICY_TYPES
            .iter()
            .filter_map(|(name, blame)| reason.find(name).map(|at| (at, *blame)));
        found.min_by_key(|(at, _)| *at).map(|(_, blame)| blame)
    });
    match sentence {
        Some((_, Blame::Encoded)) => policy.or(Some(Blame::Encoded)),
        Some((_, blame)) => Some(*blame),
        None => policy,
    }
}

/// Behind `policy: ` or `, with policy ARN: `.
fn policy_arn<'a>(text: &'a str, lower: &str) -> Option<&'a str> {
    let start = lower.find("explicit deny in ")?;
    let reason = text.get(start..)?;
    let at = reason.find(": arn:")?;
    let arn = first_word(reason.get(at + 2..)?).trim_end_matches(['.', ',', ';', '"']);
    Arn::parse(arn).map(|arn| arn.text)
}

/// Takes off the pointer to the details of the decision, and gives its id.
fn without_details(text: &str) -> (&str, Option<&str>) {
    let Some((before, details)) = text.split_once(". Go to https://") else { return (text, None) };
    let id = after(details, "authorization-details/")
        .or_else(|| after(details, "authorization id: "))
        .map(first_word)
        .map(|id| id.trim_end_matches(['.', ',']))
        .filter(|id| !id.is_empty());
    (before, id)
}

#[cfg(test)]
mod tests {
    use super::{Blame, Message, MessageEffect};
    use crate::evaluate::Layer;

    #[test]
    fn the_policy_arn_stands_behind_either_separator() {
        for separator in [": ", ", with policy ARN: "] {
            let text = format!(
                "User: arn:aws:sts::222222222222:assumed-role/Etl/run-7 is not authorized to \
                 perform: s3:GetObject on resource: \"arn:aws:s3:::reports/because no one\" with \
                 an explicit deny in a service control policy{separator}arn:aws:organizations::\
                 999999999999:policy/o-abc/service_control_policy/p-1"
            );
            let message = Message::parse(&text);
            assert_eq!(message.blame, Some(Blame::Layer(Layer::Scp)));
            assert_eq!(message.effect, Some(MessageEffect::Explicit));
            assert_eq!(message.resource.as_deref(), Some("arn:aws:s3:::reports/because no one"));
            assert!(message.policy_arn.unwrap().ends_with("p-1"));
        }
    }

    #[test]
    fn what_is_not_understood_is_left_open() {
        assert_eq!(Message::parse("Access Denied"), Message::default());
        assert_eq!(Message::parse(""), Message::default());
    }

    #[test]
    fn a_message_may_end_anywhere() {
        let text = "User: arn:aws:iam::111111111111:user/é is not authorized to perform: \
                    kms:Decrypt on resource: arn:aws:kms:us-west-2:111111111111:key/1 because no \
                    identity-based policy allows the kms:Decrypt action";
        for (end, _) in text.char_indices() {
            Message::parse(&text[..end]);
        }
        let message = Message::parse(text);
        assert_eq!(message.action.as_deref(), Some("kms:Decrypt"));
        assert_eq!(message.blame, Some(Blame::Layer(Layer::IdentityPolicy)));
    }
}
