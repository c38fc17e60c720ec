//! The title of a ticket.

use super::cut;
use locksmith_app::card::Card;
use locksmith_view::plain::plain;
use locksmith_words::Words;

/// The longest name in a title, in characters.
const NAME: usize = 60;

/// Who was denied what on what, in so many characters. It stays the same while the incident goes on.
pub(crate) fn title(card: &Card, words: Words, characters: usize) -> String {
    let incident = &card.incident;
    let principal = incident.principal_arn.as_deref().unwrap_or(&incident.principal);
    let call = card.diagnosis.as_ref().map(|diagnosis| &diagnosis.call);
    let operation = call.map_or(incident.class.name(), |call| call.operation.as_str());
    let text = words.say(
        "ticket-title",
        &[
            ("principal", name(principal).as_str().into()),
            ("operation", name(operation).as_str().into()),
            ("resource", name(&incident.resource).as_str().into()),
        ],
    );
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
