//! The same documents as people write them: indented, with lines of Windows, in an order of their
//! own, with one statement that is no list, with letters that are not ASCII.

use locksmith_wire_tests::world::{Documents, Place, World};
use serde_json::{Value, json};

/// How documents are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// As programs write them.
    Compact,
    /// Three blanks, a single statement without a list around it, a line at the end.
    Indented,
    /// Tabs, lines of Windows, the version last, letters that are not ASCII and escapes.
    Foreign,
}

impl Layout {
    pub(crate) const ALL: [Self; 3] = [Self::Compact, Self::Indented, Self::Foreign];

    /// Lays out every policy of the owner's that the world has.
    pub(crate) async fn apply(self, world: &World) {
        if self == Self::Compact {
            return;
        }
        let documents = world.documents().await;
        for place in places(&documents) {
            let text = documents.text(&place).unwrap();
            // XML knows one end of a line.
            let layout = match (&place, self) {
                (Place::AccessPoint(_), Self::Foreign) => Self::Indented,
                _ => self,
            };
            world.put(&place, &layout.text(serde_json::from_str(text).unwrap())).await;
        }
    }

    fn text(self, mut policy: Value) -> String {
        let statements = policy["Statement"].as_array_mut().unwrap();
        if self == Self::Indented {
            if let [_] = statements.as_slice() {
                policy["Statement"] = statements.remove(0);
            }
            return pretty(&policy, "   ") + "\n";
        }
        let statements = Value::from(statements.clone());
        let id = json!("für Prüfer, \u{7f}\"täglich\"");
        let text = format!(
            "{{\"Id\" : {id},\n\t\"Statement\":{}\t,\n\n\t\"Version\" :\"2012-10-17\"}}",
            pretty(&statements, "\t")
        );
        // A letter that is written as an escape stays one.
        text.replace("täglich", "t\\u00e4glich").replace('\n', "\r\n")
    }
}

/// Where the owner's policies stand, but for those of Locksmith's own roles.
fn places(documents: &Documents) -> Vec<Place> {
    let is_owners = |place: &&Place| match place {
        Place::Bucket(_) | Place::Key(_) | Place::AccessPoint(_) => true,
        Place::Trust(role) => role.ends_with(":role/Engineering"),
        _ => false,
    };
    documents.places().filter(is_owners).cloned().collect()
}

fn pretty(value: &Value, indent: &str) -> String {
    let text = format!("{value:#}");
    let line = |line: &str| {
        let said = line.trim_start();
        indent.repeat((line.len() - said.len()) / 2) + said
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
