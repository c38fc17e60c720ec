//! How the page is reached, and by whom.

use axum::http::{HeaderName, Uri};
use core::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

/// The least characters that a key for events has.
const KEY_LENGTH: usize = 16;

/// How the page is reached, and by whom.
#[derive(Clone)]
pub struct Settings {
    /// Where it listens.
    pub address: SocketAddr,
    /// How it is known who somebody is.
    pub entrance: Entrance,
    /// The key with which events are sent to `POST /events`; without it none are taken.
    pub events_key: Option<Key>,
    /// What is said of the accounts on each page, where they are no real ones.
    pub place: Place,
    /// Tells whoever started the server of a new link to log in with.
    pub tell: Arc<dyn Fn(&str) + Send + Sync>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, entrance, events_key, place, .. } = self;
        f.debug_struct("Settings")
            .field("address", address)
            .field("entrance", entrance)
            .field("events_key", events_key)
            .field("place", place)
            .finish_non_exhaustive()
    }
}

/// What the accounts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Real ones.
    Accounts,
    /// The files of a folder, which is named.
    Folder(String),
    /// The example of the demonstration, in a folder, which is named.
    Demo(String),
}

/// How it is known who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// Whoever can read the terminal opens a link from there, and is the first of these people. With
    /// more than one, who came in chooses as whom to act: that is for demonstrations.
    Link {
        /// The people, by their ids in the configuration.
        people: Vec<String>,
    },
    /// A proxy in front says in a header who it is, by the id in the configuration. Nobody but the
    /// proxy may reach the server, or anybody is whoever they say.
    Proxy {
        /// The header.
        header: HeaderName,
        /// The address at which people reach the proxy, such as `https://locksmith.example.com`.
        origin: Origin,
    },
}

/// Scheme, host and port of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    text: String,
    host: String,
}

impl Origin {
    /// Reads an address without a path.
    ///
    /// # Errors
    /// That it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let problem = || format!("`{text}` is no address such as https://locksmith.example.com");
        let uri: Uri = text.trim_end_matches('/').parse().map_err(|_| problem())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(problem());
        };
        if !matches!(scheme, "http" | "https") || uri.path() != "/" || uri.query().is_some() {
            return Err(problem());
        }
        Ok(Self::of(scheme, authority.as_str()))
    }

    /// Browsers leave a scheme's own port out, and so it is left out here.
    fn of(scheme: &str, host: &str) -> Self {
        let host = without_port(scheme, host).to_ascii_lowercase();
        Self { text: format!("{scheme}://{host}"), host }
    }

    /// As browsers send it in `Origin`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As browsers send it in `Host`.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether a `Host` names it, with the scheme's own port or without.
    pub(crate) fn is_host(&self, host: &str) -> bool {
        let scheme = self.text.split(':').next().unwrap_or_default();
        without_port(scheme, host).eq_ignore_ascii_case(&self.host)
    }

    /// Whether an `Origin` names it, with the scheme's own port or without.
    pub(crate) fn is_origin(&self, origin: &str) -> bool {
        Self::parse(origin).is_ok_and(|origin| origin == *self)
    }
}

/// A host without its port, where that is the scheme's own.
fn without_port<'a>(scheme: &str, host: &'a str) -> &'a str {
    let port = if scheme == "https" { ":443" } else { ":80" };
    host.strip_suffix(port).unwrap_or(host)
}

/// A key that whoever sends events has to know. It is not shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Takes a key.
    ///
    /// # Errors
    /// That it is too short.
    pub fn new(text: String) -> Result<Self, String> {
        if text.trim().len() < KEY_LENGTH {
            return Err(format!("the key for events has to have {KEY_LENGTH} characters or more"));
        }
        Ok(Self(text))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Settings {
    /// Looks whether this may be served.
    ///
    /// # Errors
    /// What is wrong, and the remedy.
    pub fn check(&self, is_known: impl Fn(&str) -> bool) -> Result<(), String> {
        match &self.entrance {
            Entrance::Link { .. } if !self.address.ip().is_loopback() => Err(format!(
                "{} can be reached from other machines: listen on 127.0.0.1, or put a proxy in front \
                 that knows who people are, and name its header (--proxy-header)",
                self.address
            )),
            Entrance::Link { people } => match people.iter().find(|person| !is_known(person)) {
                Some(unknown) => {
                    Err(format!("nobody in the configuration's [[people]] has the id `{unknown}`"))
                }
                None if people.is_empty() => Err("nobody is named as whom to log in".to_owned()),
                None => Ok(()),
            },
            Entrance::Proxy { .. } => Ok(()),
        }
    }

    /// The addresses at which browsers see the page.
    pub(crate) fn origins(&self, address: SocketAddr) -> Vec<Origin> {
        let port = address.port();
        match &self.entrance {
            Entrance::Link { .. } => {
                // An address of IPv6 stands in brackets.
                let own = Origin::of("http", &address.to_string());
                let others = ["127.0.0.1", "localhost", "[::1]"];
                let others = others.map(|host| Origin::of("http", &format!("{host}:{port}")));
                [own].into_iter().chain(others).collect()
            }
            Entrance::Proxy { origin, .. } => vec![origin.clone()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entrance, Key, Origin, Place, Settings};
    use axum::http::HeaderName;
    use std::sync::Arc;

    fn settings(address: &str, entrance: Entrance) -> Settings {
        Settings {
            address: address.parse().unwrap(),
            entrance,
            events_key: None,
            place: Place::Accounts,
            tell: Arc::new(|_| {}),
        }
    }

    #[test]
    fn only_a_proxy_may_let_others_in() {
        let link = |people: &[&str]| Entrance::Link {
            people: people.iter().map(|person| (*person).to_owned()).collect(),
        };
        let proxy = Entrance::Proxy {
            header: HeaderName::from_static("x-user"),
            origin: Origin::parse("https://a.example").unwrap(),
        };
        let check =
            |address, entrance| settings(address, entrance).check(|person| person == "alice");
        assert_eq!(check("127.0.0.1:0", link(&["alice"])), Ok(()));
        assert_eq!(check("[::1]:0", link(&["alice"])), Ok(()));
        for address in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0"] {
            assert!(check(address, link(&["alice"])).unwrap_err().contains("--proxy-header"));
            assert_eq!(check(address, proxy.clone()), Ok(()));
        }
        assert!(check("127.0.0.1:0", link(&["mallory"])).unwrap_err().contains("`mallory`"));
        check("127.0.0.1:0", link(&[])).unwrap_err();
    }

    #[test]
    fn addresses_are_read() {
        let origin = Origin::parse("https://Locksmith.Example.com:8443/").unwrap();
        assert_eq!(origin.as_str(), "https://locksmith.example.com:8443");
        assert_eq!(origin.host(), "locksmith.example.com:8443");
        for bad in ["", "locksmith", "ftp://a", "https://a/path", "https://a/?b"] {
            Origin::parse(bad).unwrap_err();
        }
    }

    #[test]
    fn a_scheme_s_own_port_may_be_told_or_left_out() {
        for (own, host, origin, is_it) in [
            ("http://a.example", "a.example:80", "http://a.example:80", true),
            ("http://a.example:80", "A.example", "http://a.example", true),
            ("https://a.example:443", "a.example", "https://a.example", true),
            ("https://a.example", "a.example:443", "https://a.example:443", true),
            ("https://a.example", "a.example:80", "https://a.example:80", false),
            ("http://a.example:8080", "a.example", "http://a.example", false),
            ("http://a.example", "b.example", "https://a.example", false),
            ("http://a.example", "", "null", false),
        ] {
            let own = Origin::parse(own).unwrap();
            assert_eq!(own.is_host(host), is_it, "{own:?} {host}");
            assert_eq!(own.is_origin(origin), is_it, "{own:?} {origin}");
        }
    }

    #[test]
    fn links_name_the_address_as_browsers_take_it() {
        let link = Entrance::Link { people: vec!["alice".to_owned()] };
        for (address, first) in [
            ("[::1]:8323", "http://[::1]:8323"),
            ("127.0.0.1:8323", "http://127.0.0.1:8323"),
            ("[::1]:80", "http://[::1]"),
            ("127.0.0.1:80", "http://127.0.0.1"),
        ] {
            let origins = settings(address, link.clone()).origins(address.parse().unwrap());
            assert_eq!(origins.first().unwrap().as_str(), first);
            Origin::parse(first).unwrap();
        }
    }

    #[test]
    fn a_key_is_long_and_not_shown() {
        Key::new("short".to_owned()).unwrap_err();
        let key = Key::new("0123456789abcdef".to_owned()).unwrap();
        assert!(!format!("{key:?}").contains("0123"));
    }
}
