//! Whether a request comes from Slack.
//! <https://docs.slack.dev/authentication/verifying-requests-from-slack>

use core::fmt;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

/// The header with the time at which Slack signed.
pub const TIMESTAMP: &str = "x-slack-request-timestamp";
/// The header with the signature.
pub const SIGNATURE: &str = "x-slack-signature";
/// How far Slack's clock and ours may be apart, a replay included.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// A request that is not known to come from Slack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forged {
    /// A header is missing or cannot be read.
    Unsigned,
    /// It is signed in a way that is not known.
    Version,
    /// It was signed too long ago, or in the future.
    Time,
    /// Somebody else signed it, or changed it.
    Wrong,
}

impl fmt::Display for Forged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsigned => "the request has no signature of Slack",
            Self::Version => "the signature's version is not `v0`",
            Self::Time => "the request was signed more than five minutes before or after now",
            Self::Wrong => "the signature is not that of the request: check `signing_secret`",
        })
    }
}

impl core::error::Error for Forged {}

/// Checks that a request was signed with a secret, in constant time, and not long ago.
///
/// # Errors
/// [`Forged`].
pub fn verify(
    secret: &str,
    (timestamp, signature): (Option<&str>, Option<&str>),
    body: &[u8],
    now: Timestamp,
) -> Result<(), Forged> {
    let (timestamp, signature) = timestamp.zip(signature).ok_or(Forged::Unsigned)?;
    let seconds: i64 = timestamp.parse().map_err(|_| Forged::Unsigned)?;
    let signed_at = Timestamp::from_second(seconds).map_err(|_| Forged::Unsigned)?;
    if now.duration_since(signed_at).abs() > WINDOW {
        return Err(Forged::Time);
    }
    let hexadecimal = signature.strip_prefix("v0=").ok_or(Forged::Version)?;
    let given = from_hexadecimal(hexadecimal).ok_or(Forged::Wrong)?;
    let mac = mac(secret, timestamp, body).ok_or(Forged::Wrong)?;
    mac.verify_slice(&given).map_err(|_| Forged::Wrong)
}

/// Signs a request as Slack does.
pub fn sign(secret: &str, timestamp: &str, body: &[u8]) -> String {
    let Some(mac) = mac(secret, timestamp, body) else { return String::new() };
    format!("v0={}", hexadecimal(&mac.finalize().into_bytes()))
}

fn mac(secret: &str, timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(b"v0:");
    mac.update(timestamp.as_bytes());
    mac.update(b":");
    mac.update(body);
    Some(mac)
}

/// Bytes in hexadecimal, in small letters.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Reads bytes in hexadecimal; none for anything else.
pub(crate) fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let byte = |pair: &[u8]| match pair {
        [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
        _ => None,
    };
    text.as_bytes().chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::{Forged, sign, verify};
    use jiff::Timestamp;

    /// The example of Slack's page.
    const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
    const AT: &str = "1531420618";
    const BODY: &str = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&\
        channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&\
        command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F\
        T1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&\
        trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const SIGNED: &str = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    #[test]
    fn as_on_the_page_of_slack() {
        assert_eq!(sign(SECRET, AT, BODY.as_bytes()), SIGNED);
    }

    #[test]
    fn only_what_slack_signed_and_lately() {
        let check = |secret: &str, at: Option<&str>, signed: Option<&str>, body: &str, now: i64| {
            let now = Timestamp::from_second(now).unwrap();
            verify(secret, (at, signed), body.as_bytes(), now)
        };
        let now = 1_531_420_618;
        let (at, signed) = (Some(AT), Some(SIGNED));
        let changed = BODY.replace("foobar", "foobaz");
        let shorter = SIGNED.get(..SIGNED.len() - 1);
        let other_version = SIGNED.replace("v0", "v1");
        for (secret, at, signed, body, now, result) in [
            (SECRET, at, signed, BODY, now, Ok(())),
            (SECRET, at, signed, BODY, now + 300, Ok(())),
            (SECRET, at, signed, BODY, now - 300, Ok(())),
            (SECRET, at, signed, BODY, now + 301, Err(Forged::Time)),
            (SECRET, at, signed, BODY, now - 301, Err(Forged::Time)),
            ("another secret", at, signed, BODY, now, Err(Forged::Wrong)),
            ("", at, signed, BODY, now, Err(Forged::Wrong)),
            (SECRET, at, signed, changed.as_str(), now, Err(Forged::Wrong)),
            (SECRET, at, signed, "", now, Err(Forged::Wrong)),
            (SECRET, Some("1531420619"), signed, BODY, now, Err(Forged::Wrong)),
            (SECRET, Some("+1531420618"), signed, BODY, now, Err(Forged::Wrong)),
            (SECRET, Some("soon"), signed, BODY, now, Err(Forged::Unsigned)),
            (SECRET, Some("99999999999999999"), signed, BODY, now, Err(Forged::Unsigned)),
            (SECRET, None, signed, BODY, now, Err(Forged::Unsigned)),
            (SECRET, at, None, BODY, now, Err(Forged::Unsigned)),
            (SECRET, at, Some(&other_version), BODY, now, Err(Forged::Version)),
            (SECRET, at, Some("v0="), BODY, now, Err(Forged::Wrong)),
            (SECRET, at, Some("v0=zz"), BODY, now, Err(Forged::Wrong)),
            (SECRET, at, shorter, BODY, now, Err(Forged::Wrong)),
        ] {
            assert_eq!(check(secret, at, signed, body, now), result, "{at:?} {signed:?} {now}");
        }
    }
}
