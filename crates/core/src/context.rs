//! The request context: condition keys and what is known of their values.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html#AccessPolicyLanguage_RequestContext>

use core::cmp::Ordering;

/// A condition key as written, compared without regard to case.
#[derive(Clone, Debug)]
pub struct Key {
    written: Box<str>,
    lower: Box<str>,
}

impl Key {
    /// Any text is a key; AWS accepts keys that it does not know.
    pub fn new(written: &str) -> Self {
        Self { written: written.into(), lower: written.to_ascii_lowercase().into() }
    }

    /// The key as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The key in lower case.
    pub fn lower(&self) -> &str {
        &self.lower
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.lower == other.lower
    }
}

impl Eq for Key {}

/// What is known of one condition key's value in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The request carries this single value.
    One(Box<str>),
    /// The request carries a multivalued key; the list may be empty.
    Many(Vec<Box<str>>),
    /// The request does not carry the key.
    Absent,
    /// Whether and with which value the request carries the key is not known.
    Unknown,
    /// Not known, but known to be none of these, and to begin with none of those that end with a
    /// slash (an organization that is not ours, and its units).
    NoneOf(Vec<Box<str>>),
}

impl Fact {
    /// A single value.
    pub fn one(text: &str) -> Self {
        Self::One(text.into())
    }

    /// Several values of a multivalued key.
    pub fn many<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Self {
        Self::Many(texts.into_iter().map(|text| text.as_ref().into()).collect())
    }

    /// A single value where there is one, else [`Fact::Absent`].
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Absent, Self::one)
    }
}

/// Whether a list of facts is all there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum World {
    /// The list is complete: a key that is not listed is absent, and where AWS's documentation
    /// leaves an edge of the language open, our choice decides (policy unit tests, `simulate`).
    #[default]
    Closed,
    /// The list is what could be derived: a key that is not listed is unknown, and so is what an
    /// undocumented edge of the language does (diagnosis).
    Open,
}

/// The condition keys of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Sorted by [`order`] of the keys in lower case.
    entries: Vec<(Key, Fact)>,
    /// What is known of all keys that begin alike and are not listed, by the beginning in lower
    /// case.
    families: Vec<(&'static str, Fact)>,
    world: World,
}

impl Context {
    /// An empty context.
    pub const fn new(world: World) -> Self {
        Self { entries: Vec::new(), families: Vec::new(), world }
    }

    /// A context of many keys; of a key that stands twice the later fact counts.
    pub fn of(facts: impl IntoIterator<Item = (Key, Fact)>, world: World) -> Self {
        let mut context = Self::new(world);
        context.set_all(facts);
        context
    }

    /// Sets many keys at once.
    pub fn set_all(&mut self, facts: impl IntoIterator<Item = (Key, Fact)>) {
        let entries = &mut self.entries;
        entries.extend(facts);
        // Stable, so that of equal keys the last is the later.
        entries.sort_by(|(one, _), (other, _)| order(&one.lower, &other.lower));
        entries.reverse();
        entries.dedup_by(|(later, _), (earlier, _)| later.lower == earlier.lower);
        entries.reverse();
    }

    /// Sets a key, in place of what was known of it before.
    pub fn set(&mut self, key: &str, fact: Fact) {
        let key = Key::new(key);
        match self.entries.binary_search_by(|(k, _)| order(&k.lower, &key.lower)) {
            Ok(at) => {
                if let Some(entry) = self.entries.get_mut(at) {
                    *entry = (key, fact);
                }
            }
            Err(at) => self.entries.insert(at, (key, fact)),
        }
    }

    /// Sets a key that is not listed yet.
    pub fn set_default(&mut self, key: &str, fact: Fact) {
        if self.listed(&key.to_ascii_lowercase()).is_none() {
            self.set(key, fact);
        }
    }

    /// What is known of a key, given in lower case.
    pub fn get(&self, lower: &str) -> &Fact {
        self.listed(lower).or_else(|| self.family(lower)).unwrap_or(match self.world {
            World::Closed => &Fact::Absent,
            World::Open => &Fact::Unknown,
        })
    }

    /// Sets what all keys stand for that begin with `start` (in lower case) and are not listed.
    pub fn set_family(&mut self, start: &'static str, fact: Fact) {
        self.families.push((start, fact));
    }

    fn family(&self, lower: &str) -> Option<&Fact> {
        self.families.iter().find(|(start, _)| lower.starts_with(start)).map(|(_, fact)| fact)
    }

    /// What was set for a key, given in lower case.
    pub fn listed(&self, lower: &str) -> Option<&Fact> {
        let at = self.entries.binary_search_by(|(k, _)| order(&k.lower, lower)).ok()?;
        self.entries.get(at).map(|(_, fact)| fact)
    }

    /// The entries whose key begins with a prefix (in lower case), with the rest of the key as
    /// it was written.
    pub fn with_prefix<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Fact)> + 'a {
        self.entries.iter().filter_map(move |(key, fact)| {
            let rest = key.lower.starts_with(prefix).then(|| key.written.get(prefix.len()..))?;
            rest.map(|rest| (rest, fact))
        })
    }

    /// All entries.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.entries.iter().map(|(key, fact)| (key.as_str(), fact))
    }

    /// Whether the list is complete.
    pub fn world(&self) -> World {
        self.world
    }
}

/// The order of keys: the shorter first, so that most comparisons look at the lengths alone.
fn order(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::{Context, Fact, World};

    #[test]
    fn keys_are_found_whatever_their_case() {
        let mut context = Context::new(World::Closed);
        context.set("aws:SourceIp", Fact::one("198.51.100.7"));
        context.set("AWS:SOURCEIP", Fact::one("198.51.100.8"));
        assert_eq!(context.get("aws:sourceip"), &Fact::one("198.51.100.8"));
        assert_eq!(context.iter().count(), 1);
    }

    #[test]
    fn what_is_unlisted_depends_on_the_world() {
        assert_eq!(Context::new(World::Closed).get("aws:x"), &Fact::Absent);
        assert_eq!(Context::new(World::Open).get("aws:x"), &Fact::Unknown);
    }
}
