//! Links that are signed and end: to reports, and to the page on which somebody decides who gets no
//! buttons.
//!
//! Whoever has a link may use it, so it says as little as it can: one incident, one question, one
//! person, until one time, for looking or for deciding. A program that looks at every link of a
//! message decides nothing: the page is signed for `GET`, the decision for `POST`.

use crate::aim::{Aim, Asked};
use crate::slack::signature::{from_hexadecimal, hexadecimal};
use core::fmt;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use locksmith_app::config::Locale;
use locksmith_app::incident::IncidentId;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::Digest;
use serde_json::json;
use sha2::Sha256;
use std::collections::BTreeMap;

/// The path of the page on which people decide.
pub const DECIDE: &str = "/decide";
/// What the paths of reports begin with.
pub const REPORTS: &str = "/reports/";
/// The shortest key that is taken, in letters.
const KEY: usize = 32;

/// The key by which links are signed: the field `link_key` of the chat's secret.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Reading a report.
    Report,
    /// Looking at the page on which somebody decides.
    Look,
    /// Deciding.
    Decide,
}

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The incident, the question, the account and the language.
    pub aim: Aim,
    /// Who decides with it; none for a report.
    pub person: Option<String>,
    /// Until when.
    pub until: Timestamp,
}

/// A link that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Something is missing, or cannot be read.
    Malformed,
    /// It was not signed here, or changed.
    Forged,
    /// It is over.
    Over,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the link is not whole",
            Self::Forged => "the link was changed, or signed with another key",
            Self::Over => "the link is over",
        })
    }
}

impl core::error::Error for Refused {}

impl Key {
    /// A key of 32 letters at least.
    ///
    /// # Errors
    /// That it is too short.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.len() < KEY {
            return Err(format!(
                "`link_key` has to have {KEY} letters at least: make a random one"
            ));
        }
        let key = Hmac::new_from_slice(text.as_bytes());
        key.map(Self).map_err(|error| format!("`link_key`: {error}"))
    }

    /// The address of an incident's report below the service's address.
    pub fn report(
        &self,
        address: &str,
        id: &IncidentId,
        locale: Locale,
        until: Timestamp,
    ) -> String {
        let aim = Aim { incident: id.clone(), locale, account: None, asked: None };
        let link = Link { aim, person: None, until };
        let address = address.trim_end_matches('/');
        format!("{address}{REPORTS}{id}?{}", self.query(Use::Report, &link))
    }

    /// The address at which a person looks at what was asked, to decide on it there.
    pub fn look(&self, address: &str, link: &Link) -> String {
        format!("{}{DECIDE}?{}", address.trim_end_matches('/'), self.query(Use::Look, link))
    }

    /// What stands behind the question mark, or in a form.
    pub fn query(&self, used: Use, link: &Link) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.fields(used, link) {
            query.append_pair(name, &value);
        }
        query.finish()
    }

    /// The fields of a link with its signature. A report's incident stands in its path.
    pub fn fields(&self, used: Use, link: &Link) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        if used != Use::Report {
            fields.push(("incident", link.aim.incident.to_string()));
        }
        fields.push(("lang", link.aim.locale.tag().to_owned()));
        fields.extend(link.person.clone().map(|person| ("person", person)));
        fields.extend(link.aim.account.map(|account| ("account", account.to_string())));
        if let Some(asked) = &link.aim.asked {
            fields.push(("digest", asked.digest.to_string()));
            fields.push(("asked_at", asked.at.to_string()));
        }
        fields.push(("until", link.until.as_second().to_string()));
        fields.push(("signature", hexadecimal(&self.mac(used, link).finalize().into_bytes())));
        fields
    }

    /// Reads a link from its fields, and checks that it was signed here for this use and is not over.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn read(
        &self,
        used: Use,
        fields: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<Link, Refused> {
        let text = |name: &str| fields.get(name).map(String::as_str);
        let signature = text("signature").and_then(from_hexadecimal).ok_or(Refused::Malformed)?;
        let link = parse(used, &text).ok_or(Refused::Malformed)?;
        self.mac(used, &link).verify_slice(&signature).map_err(|_| Refused::Forged)?;
        if link.until <= now { Err(Refused::Over) } else { Ok(link) }
    }

    /// A list in JSON: no two links have the same text.
    fn mac(&self, used: Use, link: &Link) -> Hmac<Sha256> {
        let (method, path) = match used {
            Use::Report => ("GET", REPORTS),
            Use::Look => ("GET", DECIDE),
            Use::Decide => ("POST", DECIDE),
        };
        let text = json!([method, path, link.aim, link.person, link.until.as_second()]).to_string();
        let mut mac = self.0.clone();
        mac.update(text.as_bytes());
        mac
    }
}

fn parse<'f>(used: Use, text: &impl Fn(&str) -> Option<&'f str>) -> Option<Link> {
    let tag = text("lang")?;
    let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == tag)?;
    let incident = IncidentId::try_from(text("incident")?.to_owned()).ok()?;
    let account = match text("account") {
        Some(account) => Some(AccountId::parse(account)?),
        None => None,
    };
    let asked = match (text("digest"), text("asked_at")) {
        (Some(digest), Some(at)) => {
            let digest = serde_json::from_value::<Digest>(digest.into()).ok()?;
            Some(Asked { digest, at: at.parse().ok()? })
        }
        (None, None) => None,
        _ => return None,
    };
    let person = text("person").map(str::to_owned);
    // A report is for everybody; deciding takes a person and a question.
    let is_whole = match used {
        Use::Report => person.is_none() && asked.is_none() && account.is_none(),
        Use::Look | Use::Decide => person.is_some() && asked.is_some(),
    };
    let until = Timestamp::from_second(text("until")?.parse().ok()?).ok()?;
    let link = Link { aim: Aim { incident, locale, account, asked }, person, until };
    is_whole.then_some(link)
}

#[cfg(test)]
mod tests {
    use super::{Key, Link, Refused, Use};
    use crate::aim::{Aim, Asked};
    use jiff::{SignedDuration, Timestamp};
    use locksmith_app::config::Locale;
    use locksmith_core::arn::AccountId;
    use locksmith_core::plan::Digest;
    use serde_json::json;
    use std::collections::BTreeMap;

    const INCIDENT: &str = "5f0c61aa93b2d7e4-1";

    fn key() -> Key {
        Key::new("0123456789abcdef0123456789abcdef").unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-20T10:00:00Z".parse().unwrap()
    }

    fn link() -> Link {
        let asked = Asked { digest: Digest::of(&json!("a plan")), at: now() };
        Link {
            aim: Aim {
                incident: INCIDENT.to_owned().try_into().unwrap(),
                locale: Locale::Fr,
                account: AccountId::parse("111111111111"),
                asked: Some(asked),
            },
            person: Some("alice".to_owned()),
            until: now() + SignedDuration::from_hours(1),
        }
    }

    fn fields(used: Use) -> BTreeMap<String, String> {
        let fields = key().fields(used, &link()).into_iter();
        fields.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    #[test]
    fn what_is_signed_is_read() {
        for used in [Use::Look, Use::Decide] {
            assert_eq!(key().read(used, &fields(used), now()), Ok(link()));
        }
        let address = key().look("https://locksmith.example/", &link());
        assert!(address.starts_with("https://locksmith.example/decide?incident=5f0c"), "{address}");
    }

    #[test]
    fn changed_anywhere_it_is_refused() {
        let other = Digest::of(&json!("another plan")).to_string();
        for (name, value) in [
            ("incident", "5f0c61aa93b2d7e4-2"),
            ("person", "mallory"),
            ("account", "222222222222"),
            ("digest", other.as_str()),
            ("asked_at", "2026-11-20T10:00:01Z"),
            ("until", "1999999999"),
            ("lang", "ja"),
            ("signature", &"00".repeat(32)),
        ] {
            let mut changed = fields(Use::Look);
            changed.insert(name.to_owned(), value.to_owned());
            assert_eq!(key().read(Use::Look, &changed, now()), Err(Refused::Forged), "{name}");
            changed.remove(name);
            let without = key().read(Use::Look, &changed, now());
            assert!(without.is_err_and(|why| why != Refused::Over), "without {name}");
        }
    }

    #[test]
    fn each_use_has_its_own_signature() {
        assert_eq!(key().read(Use::Decide, &fields(Use::Look), now()), Err(Refused::Forged));
        assert_eq!(key().read(Use::Look, &fields(Use::Decide), now()), Err(Refused::Forged));
        assert_eq!(key().read(Use::Report, &fields(Use::Look), now()), Err(Refused::Malformed));
        let other = Key::new(&"x".repeat(32)).unwrap();
        assert_eq!(other.read(Use::Look, &fields(Use::Look), now()), Err(Refused::Forged));
        assert!(Key::new("short").is_err());
    }

    #[test]
    fn it_ends() {
        let at = |seconds| {
            key().read(Use::Look, &fields(Use::Look), now() + SignedDuration::from_secs(seconds))
        };
        assert!(at(3599).is_ok());
        assert_eq!(at(3600), Err(Refused::Over));
    }

    #[test]
    fn a_report_names_nobody() {
        let id = link().aim.incident;
        let until = now() + SignedDuration::from_hours(1);
        let address = key().report("https://locksmith.example", &id, Locale::Ja, until);
        let (path, query) = address.split_once('?').unwrap();
        assert_eq!(path, format!("https://locksmith.example/reports/{INCIDENT}"));
        let mut fields: BTreeMap<String, String> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        fields.insert("incident".to_owned(), INCIDENT.to_owned());
        let read = key().read(Use::Report, &fields, now()).unwrap();
        assert_eq!((read.aim.incident, read.person), (id, None));
        fields.insert("incident".to_owned(), "5f0c61aa93b2d7e4-2".to_owned());
        assert_eq!(key().read(Use::Report, &fields, now()), Err(Refused::Forged));
    }
}
