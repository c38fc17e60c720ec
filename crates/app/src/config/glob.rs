//! A text with the wildcards of policies.

use locksmith_core::context::{Context, World};
use locksmith_core::policy::{Pattern, Syntax};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

/// A text with the wildcards of policies: `*` for any text, `?` for one character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    text: String,
    pattern: Pattern,
}

impl Glob {
    /// Compiles a glob. Policy variables are literal text in it.
    pub fn new(text: &str) -> Self {
        let mut pattern = Pattern::new(text, Syntax::Wildcards);
        pattern.without_variables(Syntax::Wildcards);
        Self { text: text.to_owned(), pattern }
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        self.pattern.matches(text, &Context::of([], World::Closed)).is_yes()
    }

    /// Whether some text that begins like this matches.
    pub fn may_match_after(&self, beginning: &str) -> bool {
        let glob: Vec<char> = self.text.chars().collect();
        // Where in the glob one may be after what was read so far.
        let mut places = vec![false; glob.len() + 1];
        mark(&mut places, &glob, 0);
        for read in beginning.chars() {
            let mut next = vec![false; glob.len() + 1];
            for (place, _) in places.iter().enumerate().filter(|(_, here)| **here) {
                match glob.get(place) {
                    Some('*') => mark(&mut next, &glob, place),
                    Some('?') => mark(&mut next, &glob, place + 1),
                    Some(literal) if *literal == read => mark(&mut next, &glob, place + 1),
                    _ => {}
                }
            }
            places = next;
        }
        places.contains(&true)
    }
}

/// A star may stand for nothing.
fn mark(places: &mut [bool], glob: &[char], place: usize) {
    let stars = glob.iter().skip(place).take_while(|sign| **sign == '*').count();
    for place in places.iter_mut().skip(place).take(stars + 1) {
        *place = true;
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(&String::deserialize(deserializer)?))
    }
}

impl JsonSchema for Glob {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Glob".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn beginnings() {
        let role = "arn:aws:sts::222222222222:assumed-role/Etl/";
        for (glob, may) in [
            ("arn:aws:sts::222222222222:assumed-role/Etl/alice", true),
            ("arn:aws:sts::*:assumed-role/E??/alice", true),
            ("arn:aws:sts::222222222222:assumed-role/Etl", false),
            ("arn:aws:sts::222222222222:assumed-role/Etl*", true),
            ("arn:aws:sts::222222222222:assumed-role/Other/alice", false),
            ("*alice", true),
            ("**", true),
            ("", false),
            (role, true),
        ] {
            assert_eq!(Glob::new(glob).may_match_after(role), may, "{glob}");
        }
        assert!(Glob::new("").may_match_after(""));
    }
}
