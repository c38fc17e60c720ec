//! Functions on Lambda: a runtime API of the tests' own, and the real binary as its client.

mod environment;
mod process;
mod runtime_api;

pub use environment::Environment;
pub use runtime_api::Outcome;
pub(crate) use runtime_api::trace;

use process::Process;
use runtime_api::RuntimeApi;
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};

/// One execution environment of a function.
///
/// <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>
#[derive(Debug)]
pub struct Function {
    name: String,
    api: RuntimeApi,
    process: Process,
    start_to_first_poll: Duration,
}

/// An invocation that ended.
#[derive(Debug)]
pub struct Invocation {
    /// How.
    pub outcome: Outcome,
    /// After which time.
    pub took: Duration,
}

/// How long a function may take: the longest of the time limits in `infra/`.
const TIME_LIMIT: Duration = Duration::from_mins(2);

/// How long a line may be on its way through the process's pipe, however busy the machine is.
const LINES_COME_WITHIN: Duration = Duration::from_secs(10);

impl Function {
    /// Starts a binary and waits until it asks for its first invocation.
    ///
    /// # Panics
    /// If it does not.
    pub async fn start(binary: &Path, environment: &Environment) -> Self {
        let name = binary.file_stem().unwrap().to_string_lossy().into_owned();
        let mut api = RuntimeApi::new(&name).await;
        let begin = Instant::now();
        let mut process = Process::start(binary, environment.variables(&name, api.address()));
        let polled = tokio::select! {
            polled = api.first_poll() => polled,
            _ = process.ended() => Err("it ended".to_owned()),
            () = tokio::time::sleep(Duration::from_secs(10)) => Err("it never polled".to_owned()),
        };
        let start_to_first_poll = begin.elapsed();
        let function = Self { name, api, process, start_to_first_poll };
        if let Err(error) = polled {
            panic!("{} did not start: {error}\n{}", function.name, function.logs_tail());
        }
        function
    }

    /// Hands an invocation to the function and waits for what becomes of it.
    pub async fn invoke(&mut self, payload: &Value) -> Invocation {
        let begin = Instant::now();
        let outcome = tokio::select! {
            outcome = self.api.invoke(payload, TIME_LIMIT) => outcome,
            status = self.process.ended() => Outcome::Exited(status),
            () = tokio::time::sleep(TIME_LIMIT) => Outcome::TimedOut,
        };
        Invocation { outcome, took: begin.elapsed() }
    }

    /// From the start of the process to its first poll.
    pub fn start_to_first_poll(&self) -> Duration {
        self.start_to_first_poll
    }

    /// The most memory that the process had resident so far, in bytes.
    pub fn peak_memory(&self) -> u64 {
        self.process.peak_memory()
    }

    /// The processor time that the process has used so far.
    pub fn processor_time(&self) -> Duration {
        self.process.processor_time()
    }

    /// Whether it wrote a line of JSON, a log or a metric, with all of these words in it. The answer of
    /// an invocation may come before the last lines that were written for it, so this waits for them.
    pub async fn logged(&self, words: &[&str]) -> bool {
        let until = Instant::now() + LINES_COME_WITHIN;
        loop {
            let lines = self.process.lines();
            let json = lines.iter().filter(|line| serde_json::from_str::<Value>(line).is_ok());
            let said = json.into_iter().any(|line| words.iter().all(|word| line.contains(word)));
            if said || Instant::now() >= until {
                return said;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The last lines of its output, for people.
    pub fn logs_tail(&self) -> String {
        let lines = self.process.lines();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}
