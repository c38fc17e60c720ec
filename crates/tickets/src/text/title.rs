//! The title of a ticket.

use super::cut;
use locksmith_app::card::Card;
use locksmith_view::plain::plain;
use locksmith_words::{Arg, Words};

/// The longest name in a title, in characters.
const NAME: usize = 60;

/// Who was denied what on what, in so many characters. It stays the same once the incident is
/// diagnosed.
pub(crate) fn title(card: &Card, words: Words, characters: usize) -> String {
    let incident = &card.incident;
    let principal = incident.principal_arn.as_deref().unwrap_or(&incident.principal);
    let call = card.diagnosis.as_ref().map(|diagnosis| &diagnosis.call);
    let (principal, resource) = (name(principal), name(&incident.resource));
    let (principal, resource) =
        (("principal", Arg::from(&principal)), ("resource", Arg::from(&resource)));
    let text = match call.map(|call| name(&call.operation)) {
        Some(operation) => {
            words.say("ticket-title", &[principal, ("operation", (&operation).into()), resource])
        }
        // Until it is diagnosed only the kind of call is known.
        None => {
            let class = words.class(incident.class);
            words.say("ticket-title-early", &[principal, ("class", (&class).into()), resource])
        }
    };
    cut(&text, characters)
}

/// What people call it: an ARN without its beginning, such as `role/Etl`.
fn name(arn: &str) -> String {
    let short = match arn.splitn(6, ':').collect::<Vec<_>>().as_slice() {
        ["arn", _, _, _, _, resource] => resource,
        _ => arn,
    };
    cut(&plain(short), NAME)
}
