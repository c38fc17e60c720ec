//! The calls that one ticket needs.

use super::{Answer, Ask, Fault, Pace, Wire};
use backon::{ExponentialBuilder, Retryable as _};
use core::time::Duration;
use jiff::SignedDuration;
use locksmith_app::ports::{Secret, Secrets, TellError};
use locksmith_view::plain::plain;
use serde_json::Value;
use tokio::time::Instant;

/// How much of a system's own words an error repeats, in characters.
const QUOTED: usize = 300;

/// The calls that one ticket needs: they share a secret and the time.
pub(crate) struct Session<'a, S, W> {
    system: &'static str,
    wire: &'a W,
    secrets: &'a S,
    name: &'a str,
    pace: Pace,
    ends: Instant,
    secret: Secret,
    is_fresh: bool,
}

impl<'a, S: Secrets, W: Wire> Session<'a, S, W> {
    /// Reads the secret and starts the clock.
    ///
    /// # Errors
    /// [`TellError::Later`] if the secret cannot be read.
    pub(crate) async fn open(
        system: &'static str,
        wire: &'a W,
        (secrets, name): (&'a S, &'a str),
        pace: Pace,
    ) -> Result<Self, TellError> {
        let ends = Instant::now() + pace.whole;
        let secret = read(system, secrets, name, false).await?;
        Ok(Self { system, wire, secrets, name, pace, ends, secret, is_fresh: false })
    }

    /// Makes a call, again where that is safe, and once more with the secret read anew where it was
    /// refused: it may have been rotated.
    ///
    /// # Errors
    /// [`Fault`].
    pub(crate) async fn call(&mut self, ask: &Ask) -> Result<Answer, Fault> {
        let answer = self.repeated(ask).await;
        if !matches!(answer, Err(Fault::Denied(_))) || self.is_fresh {
            return answer;
        }
        self.is_fresh = true;
        let fresh = read(self.system, self.secrets, self.name, true).await;
        let fresh = fresh.map_err(|error| Fault::Busy { why: error.to_string(), after: None })?;
        // The same once more could lock the account.
        if fresh == self.secret {
            return answer;
        }
        self.secret = fresh;
        self.repeated(ask).await
    }

    async fn repeated(&self, ask: &Ask) -> Result<Answer, Fault> {
        let times = ExponentialBuilder::default()
            .with_min_delay(self.pace.first_wait)
            .with_max_delay(self.pace.longest_wait)
            .with_max_times(self.pace.retries)
            .with_jitter();
        let worth = |fault: &Fault| match fault {
            Fault::Busy { .. } => true,
            Fault::Unsure(_) => ask.repeatable,
            _ => false,
        };
        let attempt = || self.once(ask);
        let attempts = attempt.retry(times).when(worth);
        attempts.adjust(|fault, wait| self.wait(fault, wait?)).await
    }

    /// How long to wait before the next try; none where it would not be made in time.
    fn wait(&self, fault: &Fault, planned: Duration) -> Option<Duration> {
        let asked = match fault {
            Fault::Busy { after: Some(after), .. } => after.unsigned_abs(),
            _ => Duration::ZERO,
        };
        let wait = planned.max(asked);
        let in_time = Instant::now() + wait < self.ends;
        (asked <= self.pace.longest_wait && in_time).then_some(wait)
    }

    async fn once(&self, ask: &Ask) -> Result<Answer, Fault> {
        let left = self.ends.saturating_duration_since(Instant::now());
        if left.is_zero() {
            let why = format!("{}: the time for one ticket is over", self.system);
            return Err(Fault::Busy { why, after: None });
        }
        let sending = self.wire.send(ask, &self.secret);
        let answer = match tokio::time::timeout(left.min(self.pace.call), sending).await {
            Ok(answer) => answer.map_err(|fault| self.named(fault))?,
            Err(_) => {
                let why = format!("{}: no answer in time to {}", self.system, told(ask));
                return Err(Fault::Unsure(why));
            }
        };
        self.judged(ask, answer)
    }

    /// Puts the system's name before what could not be sent.
    fn named(&self, fault: Fault) -> Fault {
        let named = |why: &str| self.scrubbed(&format!("{}: {why}", self.system));
        match fault {
            Fault::Busy { why, after } => Fault::Busy { why: named(&why), after },
            Fault::Unsure(why) => Fault::Unsure(named(&why)),
            Fault::Denied(why) => Fault::Denied(named(&why)),
            Fault::Missing { why, for_good } => Fault::Missing { why: named(&why), for_good },
            Fault::Refused(why) => Fault::Refused(named(&why)),
        }
    }

    /// What a status means.
    fn judged(&self, ask: &Ask, answer: Answer) -> Result<Answer, Fault> {
        let status = answer.status;
        if (200..300).contains(&status) {
            return Ok(answer);
        }
        // Whoever does not take the secret may repeat it, in whatever form it came.
        let words = words(&answer.body).filter(|_| status != 401);
        let words = words.map(|words| format!(": {words}")).unwrap_or_default();
        let why = format!("{}: {status} to {}{words}", self.system, told(ask));
        let why = self.scrubbed(&why);
        let after = answer.wait;
        Err(match status {
            429 => Fault::Busy { why, after },
            // GitHub says 403 as well when too much was asked. What names a time did not begin with it.
            403 | 503 if after.is_some() => Fault::Busy { why, after },
            500..=599 | 408 => Fault::Unsure(why),
            401 | 403 => Fault::Denied(format!(
                "{why}; check what `{}` holds, and what it may do there",
                self.name
            )),
            // What was moved elsewhere is not where the configuration says.
            404 | 410 | 300..=399 => Fault::Missing { why, for_good: status == 410 },
            _ => Fault::Refused(why),
        })
    }

    /// A text without anything of the secret, whatever a system repeats of what it was sent.
    fn scrubbed(&self, text: &str) -> String {
        let fields = W::FIELDS.iter().filter_map(|name| self.secret.field(name).ok());
        fields.fold(text.to_owned(), |text, value| text.replace(value, "***"))
    }
}

/// The call, without what its query says.
fn told(ask: &Ask) -> String {
    let path = ask.path.split('?').next().unwrap_or_default();
    format!("{} {path}", ask.method)
}

/// A system's own words, where they stand in one of the usual places.
fn words(body: &Value) -> Option<String> {
    let places = ["/message", "/error/message", "/errorMessages/0", "/Message"];
    let text = places.iter().find_map(|place| body.pointer(place)?.as_str());
    // Jira names the fields that it does not take.
    let fields = body.get("errors").filter(|errors| !matches!(errors, Value::Null));
    let parts: Vec<String> =
        text.map(str::to_owned).into_iter().chain(fields.map(Value::to_string)).collect();
    let words = plain(&parts.join(" ")).chars().take(QUOTED).collect::<String>();
    (!words.is_empty()).then_some(words)
}

async fn read<S: Secrets>(
    system: &str,
    secrets: &S,
    name: &str,
    fresh: bool,
) -> Result<Secret, TellError> {
    secrets.secret(name, fresh).await.map_err(|why| TellError::Later {
        why: format!("{system}: the secret `{name}` could not be read: {why}"),
        after: None::<SignedDuration>,
    })
}
