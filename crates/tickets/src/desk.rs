//! How a ticket is kept in line, the same for every system that has tickets.

use crate::exchange::{Fault, Pace};
use crate::marker::{Marker, Turn};
use core::future::Future;
use jiff::SignedDuration;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::ports::TellError;

/// After how long a creation whose answer was lost shows in every search.
const INDEXED_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// A ticket that is there.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Which one.
    pub(crate) reference: TicketRef,
    /// Whether it is open.
    pub(crate) is_open: bool,
    /// What was last wanted of it; none where that cannot be read.
    pub(crate) marker: Option<Marker>,
}

/// Where one incident's ticket is kept.
pub(crate) trait Desk: Send {
    /// Reads the ticket of this id; none where it is not there any more.
    fn read(&mut self, id: &str) -> impl Future<Output = Result<Option<Found>, Fault>> + Send;

    /// Looks for the incident's ticket; the oldest, where there are several.
    fn find(&mut self) -> impl Future<Output = Result<Option<Found>, Fault>> + Send;

    /// Makes it, open.
    fn make(&mut self) -> impl Future<Output = Result<Found, Fault>> + Send;

    /// Brings a ticket in line; with `comment` it says the state below it, once.
    fn change(
        &mut self,
        found: &Found,
        turn: Option<Turn>,
        comment: bool,
    ) -> impl Future<Output = Result<(), Fault>> + Send;
}

/// Brings an incident's ticket in line, and makes it where there is none.
///
/// # Errors
/// [`TellError::Gone`] if the known ticket is not there any more.
pub(crate) async fn upsert(
    desk: &mut impl Desk,
    known: Option<&TicketRef>,
    card: &Card,
    comment: bool,
    pace: Pace,
) -> Result<TicketRef, TellError> {
    let found = match known {
        Some(known) => Some(desk.read(&known.id).await?.ok_or(TellError::Gone)?),
        None => desk.find().await?,
    };
    let Some(found) = found else {
        let made = made(desk, pace).await?;
        if !card.wants_open_ticket() {
            desk.change(&made, Some(Turn::Close), false).await?;
        }
        return Ok(made.reference);
    };
    let turn = Marker::of(card).turn(found.marker.as_ref(), found.is_open);
    match desk.change(&found, turn, comment).await {
        Ok(()) => Ok(found.reference),
        // It went between the reading and the writing.
        Err(Fault::Missing { .. }) => Err(TellError::Gone),
        Err(fault) => Err(fault.into()),
    }
}

/// Makes a ticket. Where the answer is lost it is looked for, and not made a second time: the next run
/// looks for it first.
async fn made(desk: &mut impl Desk, pace: Pace) -> Result<Found, TellError> {
    let fault = match desk.make().await {
        Ok(made) => return Ok(made),
        Err(fault) => fault,
    };
    if !matches!(fault, Fault::Unsure(_)) {
        return Err(fault.into());
    }
    tokio::time::sleep(pace.settle).await;
    match desk.find().await {
        Ok(Some(found)) => Ok(found),
        Ok(None) | Err(_) => {
            let why = format!("{}; whether the ticket was made is looked up later", fault.why());
            Err(TellError::Later { why, after: Some(INDEXED_AFTER) })
        }
    }
}
