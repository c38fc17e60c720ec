//! A queue that brings events, such as one of SQS.

use crate::http::told;
use crate::service::Service;
use crate::world::World;
use core::future::Future;
use core::time::Duration;
use locksmith_app::detect::Message;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::watch;

/// How long nothing is asked for after a failure.
const PAUSE: Duration = Duration::from_secs(10);

/// A queue that brings events.
pub trait Inbox: Send + Sync + 'static {
    /// Waits a while for messages; none where none came.
    ///
    /// # Errors
    /// Why the queue could not be asked.
    fn receive(&self) -> impl Future<Output = Result<Vec<Received>, String>> + Send;

    /// Says that messages need not come again.
    ///
    /// # Errors
    /// Why the queue could not be told: they come again, which does no harm.
    fn delete(&self, receipts: Vec<String>) -> impl Future<Output = Result<(), String>> + Send;
}

/// No queue.
#[derive(Clone, Copy, Debug)]
pub struct NoInbox;

impl Inbox for NoInbox {
    async fn receive(&self) -> Result<Vec<Received>, String> {
        core::future::pending().await
    }

    async fn delete(&self, _: Vec<String>) -> Result<(), String> {
        Ok(())
    }
}

/// A message, and by what it is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// By what it is deleted.
    pub receipt: String,
    /// An EventBridge event.
    pub body: String,
}

/// Reads a queue until it is told to stop. Messages that failed stay in it, and come again; so do those
/// that were on their way then.
pub(crate) async fn read<W: World>(
    service: Arc<Service<W>>,
    inbox: impl Inbox,
    stopping: watch::Receiver<bool>,
) {
    loop {
        let received = tokio::select! {
            biased;
            () = told(stopping.clone()) => return,
            received = inbox.receive() => received,
        };
        match received {
            Ok(messages) => {
                let done = take(&service, messages).await;
                if !done.is_empty()
                    && let Err(why) = inbox.delete(done).await
                {
                    tracing::warn!(why, "messages could not be deleted; they come again");
                }
            }
            Err(why) => {
                tracing::error!(why, "the queue could not be read; it is tried again");
                tokio::select! {
                    () = told(stopping.clone()) => return,
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        }
    }
}

/// Takes messages in; the receipts of those that need not come again.
async fn take<W: World>(service: &Service<W>, received: Vec<Received>) -> Vec<String> {
    if received.is_empty() {
        return Vec::new();
    }
    let message = |one: &Received| Message { id: one.receipt.clone(), body: one.body.clone() };
    let detected = service.detect(received.iter().map(message).collect()).await;
    for (_, why) in &detected.failed {
        tracing::error!(why, "a message failed; it comes again");
    }
    let failed: BTreeSet<&String> = detected.failed.iter().map(|(receipt, _)| receipt).collect();
    let done = received.iter().map(|one| &one.receipt);
    done.filter(|receipt| !failed.contains(receipt)).cloned().collect()
}
