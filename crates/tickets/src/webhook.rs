//! Any other system, behind an address that takes JSON.
//!
//! One `POST` brings everything as it stands; whoever takes it keeps one ticket for each `key`. The
//! same state always comes with the same `idempotency-key`, and each request is signed.

use crate::exchange::{Ask, Fault, Plain, Session};
use crate::marker::{comment_key, key};
use crate::text;
use core::fmt::Write as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::ports::{Secret, Secrets, TellError};
use locksmith_view::plain::plain;
use locksmith_words::Words;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use sha2::Sha256;

/// The largest body, in bytes.
const LARGEST: usize = 256 * 1024;
/// Longest title, in characters.
const TITLE: usize = 250;
/// Longest id, name or address that is taken over from an answer, in characters.
const TAKEN: usize = 1_000;

/// Signs a request: `x-locksmith-signature: v1=` and HMAC-SHA-256 over `timestamp.body`, in hexadecimal,
/// where the timestamp is that of `x-locksmith-timestamp`, in seconds.
pub(crate) fn authorize(
    request: RequestBuilder,
    secret: &Secret,
    body: &[u8],
) -> Result<RequestBuilder, String> {
    let at = Timestamp::now().as_second().to_string();
    let signature = signature(secret.field("key")?, &at, body)?;
    Ok(request
        .header("x-locksmith-timestamp", at)
        .header("x-locksmith-signature", format!("v1={signature}"))
        .header("idempotency-key", name_of(body)))
}

fn signature(key: &str, at: &str, body: &[u8]) -> Result<String, String> {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes());
    let mut mac = mac.map_err(|_| "its `key` is no key".to_owned())?;
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    Ok(hexadecimal(&mac.finalize().into_bytes()))
}

/// Names a body: the same one has the same name.
fn name_of(body: &[u8]) -> String {
    use sha2::Digest as _;
    hexadecimal(&Sha256::digest(body))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Sends a card, and takes over what the answer says of the ticket.
///
/// # Errors
/// [`TellError`]; [`TellError::Gone`] if the other side answers 410 for a ticket that was known.
pub(crate) async fn upsert<S: Secrets>(
    session: &mut Session<'_, S, Plain>,
    known: Option<&TicketRef>,
    (card, words): (&Card, Words),
    comment: bool,
) -> Result<TicketRef, TellError> {
    let body = body(known, card, words, comment);
    // The other side knows by the key that it is the same.
    let ask = Ask::query("", body);
    let answer = match session.call(&ask).await {
        Err(Fault::Missing { for_good: true, .. }) if known.is_some() => {
            return Err(TellError::Gone);
        }
        answer => answer?,
    };
    let text = |name: &str| {
        let text = answer.text(&format!("/{name}")).filter(|text| !text.is_empty());
        text.map(|text| text::cut(&plain(text), TAKEN))
    };
    let id = text("id").or_else(|| known.map(|known| known.id.clone()));
    let name = text("name").or_else(|| known.map(|known| known.name.clone()));
    let url = text("url").filter(|url| url.starts_with("https://"));
    let id = id.unwrap_or_else(|| key(card));
    Ok(TicketRef {
        name: name.unwrap_or_else(|| id.clone()),
        id,
        url: url.or_else(|| known.and_then(|known| known.url.clone())),
    })
}

fn body(known: Option<&TicketRef>, card: &Card, words: Words, comment: bool) -> Value {
    let incident = &card.incident;
    let comment = comment.then(
        || json!({"key": comment_key(card), "text": text::text(&text::comment(card, words))}),
    );
    let all = text::report(card, words);
    text::fitted(&all, words, LARGEST, |report| {
        let body = json!({
            "version": 1,
            "key": key(card),
            "known": known,
            "open": card.wants_open_ticket(),
            "openings": incident.openings,
            "state": incident.state,
            "state_since": incident.state_since,
            "locale": words.locale(),
            "title": text::title(card, words, TITLE),
            "text": text::text(report),
            "sections": report.sections,
            "comment": comment,
            "report_url": card.report_url,
        });
        let size = body.to_string().len();
        (body, size)
    })
}

#[cfg(test)]
mod tests {
    use super::{name_of, signature};

    /// The signature as another program makes it:
    /// `printf '1700000000.{}' | openssl dgst -sha256 -hmac secret`.
    #[test]
    fn signed_as_documented() {
        let signed = signature("secret", "1700000000", b"{}").unwrap();
        assert_eq!(signed, "b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163");
        assert_ne!(signed, signature("secret", "1700000001", b"{}").unwrap());
        assert_ne!(signed, signature("other", "1700000000", b"{}").unwrap());
        assert_eq!(name_of(b"{}"), name_of(b"{}"));
    }
}
