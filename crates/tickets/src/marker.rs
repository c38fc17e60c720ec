//! What a ticket remembers of what was last wanted of it, in a place that people do not write to.
//!
//! A ticket is moved only when the incident moved since. So a ticket that somebody closed while the
//! incident is open stays closed, and one that somebody opened again stays open, until the incident
//! itself ends or comes back.

use locksmith_app::card::Card;
use serde::{Deserialize, Serialize};

/// What was last wanted of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marker {
    /// The incident.
    pub(crate) incident: String,
    /// Whether the ticket was to be open.
    pub(crate) open: bool,
    /// How often the incident was opened by then.
    pub(crate) openings: u32,
}

/// What is to be done to a ticket besides changing its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is opened again.
    Open,
    /// It is closed.
    Close,
}

impl Marker {
    /// What is wanted now.
    pub(crate) fn of(card: &Card) -> Self {
        Self {
            incident: card.incident.id.to_string(),
            open: card.wants_open_ticket(),
            openings: card.incident.openings,
        }
    }

    /// What to do to a ticket that is open or not, given what was wanted of it before.
    pub(crate) fn turn(&self, before: Option<&Self>, is_open: bool) -> Option<Turn> {
        let moved = before.is_none_or(|before| before != self);
        match (moved, self.open, is_open) {
            (true, true, false) => Some(Turn::Open),
            (true, false, true) => Some(Turn::Close),
            _ => None,
        }
    }

    /// As one word, for fields that hold a short text.
    pub(crate) fn short(&self) -> String {
        let wanted = if self.open { "open" } else { "closed" };
        format!("{}/{wanted}/{}", self.incident, self.openings)
    }

    /// Reads [`Marker::short`].
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let (incident, wanted, openings) = (parts.next()?, parts.next()?, parts.next()?);
        let open = match wanted {
            "open" => true,
            "closed" => false,
            _ => return None,
        };
        let openings = openings.parse().ok().filter(|_| parts.next().is_none())?;
        Some(Self { incident: incident.to_owned(), open, openings })
    }
}

/// The word by which an incident's ticket is found: a label, or another field that can be searched.
pub(crate) fn key(card: &Card) -> String {
    format!("locksmith-{}", card.incident.id)
}

/// Names what a comment says, so that it is not said twice.
pub(crate) fn comment_key(card: &Card) -> String {
    let incident = &card.incident;
    let since = incident.state_since.as_millisecond();
    format!("{}/{}/{}/{since}", incident.id, incident.state, incident.openings)
}

#[cfg(test)]
mod tests {
    use super::{Marker, Turn};

    fn marker(open: bool, openings: u32) -> Marker {
        Marker { incident: "5f0c61aa93b2d7e4-1".to_owned(), open, openings }
    }

    #[test]
    fn a_ticket_moves_only_with_its_incident() {
        let cases = [
            // (before, now, is it open, what to do)
            (None, marker(true, 1), true, None),
            (None, marker(false, 1), true, Some(Turn::Close)),
            (Some(marker(true, 1)), marker(true, 1), false, None),
            (Some(marker(true, 1)), marker(false, 1), true, Some(Turn::Close)),
            (Some(marker(true, 1)), marker(false, 1), false, None),
            (Some(marker(false, 1)), marker(false, 1), true, None),
            (Some(marker(false, 1)), marker(true, 2), false, Some(Turn::Open)),
            (Some(marker(true, 1)), marker(true, 2), false, Some(Turn::Open)),
        ];
        for (before, now, is_open, expected) in cases {
            assert_eq!(
                now.turn(before.as_ref(), is_open),
                expected,
                "{before:?} {now:?} {is_open}"
            );
        }
    }

    #[test]
    fn read_back() {
        for marker in [marker(true, 1), marker(false, 12)] {
            assert_eq!(Marker::parse(&marker.short()), Some(marker));
        }
        for bad in ["", "a/b", "a/shut/1", "a/open/x", "a/open/1/2"] {
            assert_eq!(Marker::parse(bad), None, "{bad}");
        }
    }
}
