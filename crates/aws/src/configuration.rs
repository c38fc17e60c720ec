//! The configuration as the functions read it: an object of S3 or a file, looked at again after a
//! minute.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata as _};
use jiff::{SignedDuration, Timestamp};
use locksmith_app::config::Configuration;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// How long a configuration is believed.
const AGE: SignedDuration = SignedDuration::from_mins(1);
/// How long the last good one is used while the object cannot be read or is broken.
const STALE: SignedDuration = SignedDuration::from_hours(6);
/// How long whoever has a good one waits for a newer one: people who click are not to wait for S3.
const ANEW_WITHIN: Duration = Duration::from_millis(500);

/// Where the configuration is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// An object of S3.
    Object {
        /// The bucket.
        bucket: String,
        /// The object's key.
        key: String,
    },
    /// A file.
    File(String),
}

impl Location {
    /// Reads `s3://bucket/key`, or a path.
    ///
    /// # Errors
    /// The sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.strip_prefix("s3://").map(|rest| rest.split_once('/')) {
            None => Ok(Self::File(text.to_owned())),
            Some(Some((bucket, key))) if !bucket.is_empty() && !key.is_empty() => {
                Ok(Self::Object { bucket: bucket.to_owned(), key: key.to_owned() })
            }
            Some(_) => Err(format!("`{text}` is no object: write it `s3://bucket/key`")),
        }
    }
}

/// The configuration, with its age.
#[derive(Debug)]
pub struct ConfigurationSource {
    location: Location,
    cached: Mutex<Option<Cached>>,
}

#[derive(Clone, Debug)]
struct Cached {
    configuration: Arc<Configuration>,
    etag: Option<String>,
    /// When it was last found to be current.
    current: Timestamp,
    /// When it was last asked for.
    asked: Timestamp,
}

impl Cached {
    /// Whether it is used although nothing newer can be read.
    fn is_good(&self, now: Timestamp) -> bool {
        now.duration_since(self.current) < STALE
    }
}

/// What asking for it came to.
enum Answer {
    Unchanged,
    /// There was none in the time that was given.
    Late,
    Text {
        text: String,
        etag: Option<String>,
    },
}

impl ConfigurationSource {
    /// A configuration that was not read yet.
    pub fn new(location: Location) -> Self {
        Self { location, cached: Mutex::new(None) }
    }

    /// The configuration in force. `client` is made only where it is an object of S3. While a good one is
    /// at hand nobody waits longer than half a second, also not for somebody else who reads it anew.
    ///
    /// # Errors
    /// Where it is and what is wrong with it, if no good one is at hand.
    pub async fn get<F: Future<Output = Client>>(
        &self,
        client: impl Fn() -> F,
        now: Timestamp,
    ) -> Result<Arc<Configuration>, String> {
        let mut cached = self.cached.lock().await;
        if let Some(known) = cached.as_ref()
            && now.duration_since(known.asked) < AGE
        {
            return Ok(known.configuration.clone());
        }
        let etag = cached.as_ref().and_then(|known| known.etag.clone());
        let within = cached.as_ref().filter(|known| known.is_good(now)).map(|_| ANEW_WITHIN);
        let answer = self.read_within(within, client, etag).await;
        if let (Ok(Answer::Late), Some(known)) = (&answer, cached.as_mut()) {
            let why = format!("{}: no answer in {ANEW_WITHIN:?}", self.place());
            tracing::warn!(
                why,
                "the configuration cannot be read in time; the last good one is used"
            );
            known.asked = now;
            return Ok(known.configuration.clone());
        }
        let read = match answer {
            Ok(Answer::Unchanged | Answer::Late) => Ok(None),
            Ok(Answer::Text { text, etag }) => match Configuration::parse(&text) {
                Ok(configuration) => Ok(Some((Arc::new(configuration), etag))),
                Err(error) => Err(format!("{}: {error}", self.place())),
            },
            Err(why) => Err(why),
        };
        match (read, cached.as_mut()) {
            (Ok(Some((configuration, etag))), _) => {
                let fresh =
                    Cached { configuration: configuration.clone(), etag, current: now, asked: now };
                *cached = Some(fresh);
                Ok(configuration)
            }
            (Ok(None), Some(known)) => {
                (known.current, known.asked) = (now, now);
                Ok(known.configuration.clone())
            }
            (Err(why), Some(known)) if known.is_good(now) => {
                tracing::error!(why, "the configuration cannot be read; the last good one is used");
                known.asked = now;
                Ok(known.configuration.clone())
            }
            (Err(why), _) => Err(why),
            (Ok(None), None) => Err(format!("{}: nothing was read", self.place())),
        }
    }

    /// Reads it, within a time if one is given.
    async fn read_within<F: Future<Output = Client>>(
        &self,
        within: Option<Duration>,
        client: impl Fn() -> F,
        etag: Option<String>,
    ) -> Result<Answer, String> {
        let read = self.read(client, etag);
        match within {
            Some(within) => tokio::time::timeout(within, read).await.unwrap_or(Ok(Answer::Late)),
            None => read.await,
        }
    }

    async fn read<F: Future<Output = Client>>(
        &self,
        client: impl Fn() -> F,
        etag: Option<String>,
    ) -> Result<Answer, String> {
        match &self.location {
            Location::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Ok(Answer::Text { text, etag: None }),
                Err(error) => Err(format!("configuration {path}: {error}")),
            },
            Location::Object { bucket, key } => {
                let request = client().await.get_object().bucket(bucket).key(key);
                let fail = |why: String| format!("configuration {}: {why}", self.place());
                match request.set_if_none_match(etag).send().await {
                    Ok(object) => {
                        let etag = object.e_tag().map(str::to_owned);
                        let bytes = object.body.collect().await;
                        let bytes = bytes.map_err(|error| fail(error.to_string()))?.to_vec();
                        let text = String::from_utf8(bytes);
                        let text = text.map_err(|_| fail("it is not UTF-8".to_owned()))?;
                        Ok(Answer::Text { text, etag })
                    }
                    Err(error)
                        if error.raw_response().is_some_and(|raw| raw.status().as_u16() == 304)
                            || error.code() == Some("NotModified") =>
                    {
                        Ok(Answer::Unchanged)
                    }
                    Err(error) => Err(fail(DisplayErrorContext(&error).to_string())),
                }
            }
        }
    }

    fn place(&self) -> String {
        match &self.location {
            Location::Object { bucket, key } => format!("s3://{bucket}/{key}"),
            Location::File(path) => path.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ANEW_WITHIN, Cached, ConfigurationSource, Location};
    use core::future::pending;
    use jiff::{SignedDuration, Timestamp};
    use locksmith_app::config::Configuration;
    use std::sync::Arc;
    use std::time::Duration;
    use tokio::time::timeout;

    #[test]
    fn locations() {
        let object = Location::Object { bucket: "b".into(), key: "a/c.toml".into() };
        assert_eq!(Location::parse("s3://b/a/c.toml"), Ok(object));
        assert_eq!(Location::parse("/etc/l.toml"), Ok(Location::File("/etc/l.toml".into())));
        for bad in ["s3://", "s3://b", "s3://b/", "s3:///k"] {
            assert!(Location::parse(bad).is_err(), "{bad}");
        }
    }

    /// A good configuration outlives a broken successor for some hours, and no longer.
    #[tokio::test]
    async fn a_broken_successor() {
        let path = std::env::temp_dir().join(format!("locksmith-{}.toml", std::process::id()));
        let source = ConfigurationSource::new(Location::File(path.display().to_string()));
        let no_client = || async { panic!("a file needs no client") };
        let start = Timestamp::UNIX_EPOCH;
        let at = |minutes| start + SignedDuration::from_mins(minutes);
        source.get(no_client, start).await.unwrap_err();

        std::fs::write(&path, "accounts.trusted = [\"111111111111\"]").unwrap();
        let first = source.get(no_client, start).await.unwrap();
        std::fs::write(&path, "accounts.trusted = [\"222222222222\"]").unwrap();
        assert_eq!(
            source.get(no_client, start).await.unwrap(),
            first,
            "it is believed for a while"
        );
        let second = source.get(no_client, at(1)).await.unwrap();
        assert_ne!(second, first);

        std::fs::write(&path, "accounts = 1").unwrap();
        assert_eq!(source.get(no_client, at(10)).await.unwrap(), second);
        let error = source.get(no_client, at(60 * 7)).await.unwrap_err();
        assert!(error.contains("line 1"), "{error}");
        std::fs::remove_file(&path).unwrap();
    }

    /// S3 does not answer: whoever has a good configuration goes on with it, for some hours.
    #[tokio::test]
    async fn nobody_waits_for_a_newer_one() {
        let location = Location::Object { bucket: "b".into(), key: "c.toml".into() };
        let source = ConfigurationSource::new(location);
        let start = Timestamp::UNIX_EPOCH;
        let at = |minutes| start + SignedDuration::from_mins(minutes);
        let configuration = Arc::new(Configuration::default());
        let known = Cached {
            configuration: configuration.clone(),
            etag: None,
            current: start,
            asked: start,
        };
        *source.cached.lock().await = Some(known);
        let long = Duration::from_mins(1);
        for minutes in [1, 10, 60 * 5] {
            let read = timeout(long, source.get(pending, at(minutes))).await.unwrap();
            assert_eq!(read.unwrap(), configuration, "after {minutes} minutes");
        }
        // The next one does not wait at all: it was asked for just now.
        let asked = async || -> aws_sdk_s3::Client { panic!("it was asked for just now") };
        assert_eq!(source.get(asked, at(60 * 5)).await.unwrap(), configuration);
        // That one is too old: it is waited for as at the beginning.
        timeout(2 * ANEW_WITHIN, source.get(pending, at(60 * 7))).await.unwrap_err();
    }
}
