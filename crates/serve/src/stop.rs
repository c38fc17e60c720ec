//! Being told to stop.

use std::process;

/// Waits for Ctrl-C, or for the signal with which a machine or an orchestrator stops a program. Whoever
/// says it once more does not want to wait: then the process ends at once.
pub async fn told_to_stop() {
    let Some(mut signals) = Signals::new() else { return core::future::pending().await };
    signals.next().await;
    tracing::info!("told to stop: what was begun is ended; say it once more to end at once");
    tokio::spawn(async move {
        let status = signals.next().await;
        tracing::warn!("ended at once; the next process finishes what was begun");
        process::exit(status);
    });
}

/// The signals that end a program. They are heard from the moment at which this is made.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// None where they cannot be heard; they end the process then without asking.
    fn new() -> Option<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let hear = |kind, name| {
            signal(kind).inspect_err(|error| tracing::error!(%error, "{name} cannot be heard")).ok()
        };
        let interrupt = hear(SignalKind::interrupt(), "Ctrl-C")?;
        Some(Self { interrupt, terminate: hear(SignalKind::terminate(), "SIGTERM")? })
    }

    /// The next one, as the status with which shells tell of it.
    async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.interrupt.recv() => 130,
            _ = self.terminate.recv() => 143,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere signals may be impossible to hear")]
    fn new() -> Option<Self> {
        Some(Self)
    }

    async fn next(&mut self) -> i32 {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be heard");
            core::future::pending::<()>().await;
        }
        130
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::told_to_stop;
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};
    use std::time::Duration;

    /// Set in the process that is stopped, which is this test once more.
    const STOPPED: &str = "LOCKSMITH_TEST_STOPPED";

    #[test]
    fn the_second_time_the_process_ends_at_once() {
        if std::env::var_os(STOPPED).is_some() {
            return takes_its_time();
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "stop::tests::the_second_time_the_process_ends_at_once",
            ])
            .env(STOPPED, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut says = |what: &str| assert!(lines.any(|line| line.ends_with(what)), "no `{what}`");
        let kill = |signal: &str| {
            let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
            assert!(sent.unwrap().success());
        };
        says("listens");
        kill("-INT");
        says("ends what it began");
        kill("-TERM");
        assert_eq!(child.wait().unwrap().code(), Some(143));
    }

    fn takes_its_time() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            tokio::join!(told_to_stop(), async { println!("\nlistens") });
            println!("ends what it began");
            tokio::time::sleep(Duration::from_mins(1)).await;
        });
    }
}
