//! Conditions: a type of comparison times its modifiers.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! and, for keys with several values,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>.

use super::pattern::{Pattern, Syntax};
use crate::context::{Context, Fact, Key, World};
use crate::tri::Tri;
use core::cmp::Ordering;
use core::fmt;
use core::net::IpAddr;
use ipnet::IpNet;
use jiff::Timestamp;

/// One operator applied to one key, with the values that it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator.
    pub operator: Operator,
    /// The condition key.
    pub key: Key,
    /// Alternatives.
    pub values: Vec<Value>,
}

/// A condition operator: what is compared, and how the results combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The comparison, without its negation.
    pub test: Test,
    /// `StringNotEquals`, `NotIpAddress` ...
    pub negated: bool,
    /// `...IfExists`: a missing key satisfies the condition.
    pub if_exists: bool,
    /// `ForAllValues:` or `ForAnyValue:`.
    pub set: SetOperator,
}

/// How the values of a multivalued key combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperator {
    /// No set operator.
    None,
    /// `ForAllValues:`.
    ForAllValues,
    /// `ForAnyValue:`.
    ForAnyValue,
}

/// A comparison. Those that order come with how the request's value must stand to the policy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// `StringEquals`.
    StringEquals,
    /// `StringEqualsIgnoreCase`.
    StringEqualsIgnoreCase,
    /// `StringLike`.
    StringLike,
    /// `Numeric...`.
    Numeric(Order),
    /// `Date...`.
    Date(Order),
    /// `Bool`.
    Bool,
    /// `BinaryEquals`.
    Binary,
    /// `IpAddress`.
    IpAddress,
    /// `ArnEquals`, which behaves like `ArnLike`.
    ArnEquals,
    /// `ArnLike`.
    ArnLike,
    /// `Null`.
    Null,
}

/// How two ordered values must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `Equals`.
    Equal,
    /// `LessThan`.
    Less,
    /// `LessThanEquals`.
    LessOrEqual,
    /// `GreaterThan`.
    Greater,
    /// `GreaterThanEquals`.
    GreaterOrEqual,
}

impl Order {
    fn admits(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// Every operator's name without modifiers: its test and whether it is the negated form.
const NAMES: [(&str, Test, bool); 27] = [
    ("StringEquals", Test::StringEquals, false),
    ("StringNotEquals", Test::StringEquals, true),
    ("StringEqualsIgnoreCase", Test::StringEqualsIgnoreCase, false),
    ("StringNotEqualsIgnoreCase", Test::StringEqualsIgnoreCase, true),
    ("StringLike", Test::StringLike, false),
    ("StringNotLike", Test::StringLike, true),
    ("NumericEquals", Test::Numeric(Order::Equal), false),
    ("NumericNotEquals", Test::Numeric(Order::Equal), true),
    ("NumericLessThan", Test::Numeric(Order::Less), false),
    ("NumericLessThanEquals", Test::Numeric(Order::LessOrEqual), false),
    ("NumericGreaterThan", Test::Numeric(Order::Greater), false),
    ("NumericGreaterThanEquals", Test::Numeric(Order::GreaterOrEqual), false),
    ("DateEquals", Test::Date(Order::Equal), false),
    ("DateNotEquals", Test::Date(Order::Equal), true),
    ("DateLessThan", Test::Date(Order::Less), false),
    ("DateLessThanEquals", Test::Date(Order::LessOrEqual), false),
    ("DateGreaterThan", Test::Date(Order::Greater), false),
    ("DateGreaterThanEquals", Test::Date(Order::GreaterOrEqual), false),
    ("Bool", Test::Bool, false),
    ("BinaryEquals", Test::Binary, false),
    ("IpAddress", Test::IpAddress, false),
    ("NotIpAddress", Test::IpAddress, true),
    ("ArnEquals", Test::ArnEquals, false),
    ("ArnNotEquals", Test::ArnEquals, true),
    ("ArnLike", Test::ArnLike, false),
    ("ArnNotLike", Test::ArnLike, true),
    ("Null", Test::Null, false),
];

impl Operator {
    /// Reads an operator's name with its modifiers. The case does not matter: AWS's own examples
    /// write `Bool` and `bool`.
    pub fn parse(written: &str) -> Option<Self> {
        let (set, name) = match written.split_once(':') {
            None => (SetOperator::None, written),
            Some((set, name)) if set.eq_ignore_ascii_case("ForAllValues") => {
                (SetOperator::ForAllValues, name)
            }
            Some((set, name)) if set.eq_ignore_ascii_case("ForAnyValue") => {
                (SetOperator::ForAnyValue, name)
            }
            Some(_) => return None,
        };
        let cut = name.len().checked_sub("IfExists".len());
        let (name, if_exists) = match cut.and_then(|cut| name.split_at_checked(cut)) {
            Some((name, suffix)) if suffix.eq_ignore_ascii_case("IfExists") => (name, true),
            _ => (name, false),
        };
        let (_, test, negated) =
            *NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
        // Whether a key exists is a question about the request, not about its values.
        let modified = if_exists || set != SetOperator::None;
        (test != Test::Null || !modified).then_some(Self { test, negated, if_exists, set })
    }

    /// Whether the policy's values may hold wildcards and variables, variables alone, or neither.
    pub fn syntax(self) -> Option<Syntax> {
        match self.test {
            Test::StringLike | Test::ArnEquals | Test::ArnLike => Some(Syntax::Wildcards),
            Test::StringEquals | Test::StringEqualsIgnoreCase => Some(Syntax::Literal),
            _ => None,
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.set {
            SetOperator::None => "",
            SetOperator::ForAllValues => "ForAllValues:",
            SetOperator::ForAnyValue => "ForAnyValue:",
        })?;
        let name =
            NAMES.iter().find(|(_, test, negated)| (*test, *negated) == (self.test, self.negated));
        f.write_str(name.map_or("", |(name, ..)| name))?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

/// A value of a condition: its text, and what the operator reads in it.
#[derive(Clone, Debug)]
pub struct Value {
    /// The text, compiled for the operators that compare texts.
    pub pattern: Pattern,
    /// What the other operators compare with.
    pub operand: Operand,
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern
    }
}

impl Eq for Value {}

/// What an operator compares the request's value with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// The text itself.
    Text,
    /// A number.
    Number(f64),
    /// A point in time.
    Date(Timestamp),
    /// True or false.
    Bool(bool),
    /// A range of addresses.
    Net(IpNet),
    /// A text that is none of what the operator needs; it matches nothing.
    Malformed,
}

impl Value {
    /// Compiles a value for an operator.
    pub fn new(text: &str, operator: Operator) -> Self {
        Self {
            pattern: match operator.syntax() {
                Some(syntax) => Pattern::new(text, syntax),
                None => Pattern::literal(text),
            },
            operand: read_operand(text, operator.test),
        }
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        self.pattern.as_str()
    }
}

fn read_operand(written: &str, comparison: Test) -> Operand {
    match comparison {
        Test::Numeric(_) => number(written).map(Operand::Number),
        Test::Date(_) => date(written).map(Operand::Date),
        Test::Bool | Test::Null => boolean(written).map(Operand::Bool),
        Test::IpAddress => net(written).map(Operand::Net),
        Test::StringEquals
        | Test::StringEqualsIgnoreCase
        | Test::StringLike
        | Test::Binary
        | Test::ArnEquals
        | Test::ArnLike => Some(Operand::Text),
    }
    .unwrap_or(Operand::Malformed)
}

fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    plain.then(|| text.parse().ok()).flatten()
}

/// ISO 8601, or seconds since 1970.
fn date(text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Timestamp::from_second(seconds).ok();
    }
    text.parse().ok().or_else(|| {
        // A month is its first day, a date its midnight, and a time without an offset is UTC.
        let month = (text.len() == "2026-11".len()).then(|| format!("{text}-01"));
        let civil: jiff::civil::DateTime = month.as_deref().unwrap_or(text).parse().ok()?;
        civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn net(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

impl Condition {
    /// Whether the request satisfies the condition.
    pub fn holds(&self, context: &Context) -> Tri {
        let fact = context.get(self.key.lower());
        if self.operator.test == Test::Null {
            return self.is_null(fact);
        }
        match fact {
            Fact::Absent => self.without_key(context.world()),
            Fact::Unknown => Tri::Unknown,
            Fact::NoneOf(excluded) => {
                // Present with some other value, or absent: certain only if both agree.
                let present = self.when_none_of(excluded);
                if present == self.without_key(context.world()) { present } else { Tri::Unknown }
            }
            // To a set operator an empty text is a set of nothing.
            Fact::One(value) if self.operator.set != SetOperator::None && value.is_empty() => {
                self.holds_for_all(&[], context)
            }
            Fact::One(value) => self.holds_for(value, context),
            Fact::Many(values) => self.holds_for_all(values, context),
        }
    }

    fn is_null(&self, fact: &Fact) -> Tri {
        let null = match fact {
            Fact::Absent => Tri::Yes,
            Fact::One(_) => Tri::No,
            Fact::Many(values) => Tri::from(values.is_empty()),
            Fact::Unknown | Fact::NoneOf(_) => Tri::Unknown,
        };
        any(&self.values, |value| match value.operand {
            Operand::Bool(true) => null,
            Operand::Bool(false) => !null,
            _ => Tri::No,
        })
    }

    /// What a missing key does.
    fn without_key(&self, world: World) -> Tri {
        let Operator { negated, if_exists, set, .. } = self.operator;
        match set {
            SetOperator::ForAllValues => Tri::Yes,
            // Undocumented: the set operator says false, the suffix true.
            SetOperator::ForAnyValue if if_exists => edge(world),
            SetOperator::ForAnyValue => Tri::No,
            SetOperator::None => Tri::from(if_exists || negated),
        }
    }

    fn when_none_of(&self, excluded: &[Box<str>]) -> Tri {
        let known_not = |value: &Value| {
            excluded.iter().any(|known| {
                let pattern = &value.pattern;
                if known.ends_with('/') {
                    pattern.literal_start().starts_with(&**known)
                } else {
                    pattern.is_exact() && pattern.as_str() == &**known
                }
            })
        };
        let matched = if self.values.iter().all(known_not) { Tri::No } else { Tri::Unknown };
        if self.operator.negated { !matched } else { matched }
    }

    /// The condition for a key's single value.
    fn holds_for(&self, text: &str, context: &Context) -> Tri {
        let mut malformed = false;
        let matched = any(&self.values, |value| {
            self.operator.compare(text, value, context).unwrap_or_else(|| {
                malformed = true;
                Tri::No
            })
        });
        match self.operator.negated {
            false => matched,
            // Undocumented: what a text that is no number, date or address does here.
            true if malformed && !matched.is_yes() => edge(context.world()),
            true => !matched,
        }
    }

    fn holds_for_all(&self, values: &[Box<str>], context: &Context) -> Tri {
        match (self.operator.set, values) {
            (SetOperator::ForAllValues, _) => all(values, |value| self.holds_for(value, context)),
            (_, []) => self.without_key(context.world()),
            (SetOperator::ForAnyValue, _) => any(values, |value| self.holds_for(value, context)),
            (SetOperator::None, [value]) => self.holds_for(value, context),
            // Undocumented: several values without a set operator.
            (SetOperator::None, _) => edge(context.world()),
        }
    }
}

impl Operator {
    /// Whether the request's text matches a value of the policy, before any negation; `None`
    /// where one of them is not what the operator compares.
    fn compare(self, text: &str, value: &Value, context: &Context) -> Option<Tri> {
        let Value { pattern, operand } = value;
        match (self.test, *operand) {
            (Test::StringEquals | Test::StringLike, _) => Some(pattern.matches(text, context)),
            (Test::StringEqualsIgnoreCase, _) => Some(pattern.matches_ignoring_case(text, context)),
            (Test::ArnEquals | Test::ArnLike, _) => Some(pattern.matches_arn(text, context)),
            // Base64 has one form for each sequence of bytes.
            (Test::Binary, _) => Some(Tri::from(text == pattern.as_str())),
            (Test::Numeric(order), Operand::Number(limit)) => {
                Some(Tri::from(order.admits(number(text)?.partial_cmp(&limit)?)))
            }
            (Test::Date(order), Operand::Date(limit)) => {
                Some(Tri::from(order.admits(date(text)?.cmp(&limit))))
            }
            (Test::Bool, Operand::Bool(expected)) => Some(Tri::from(boolean(text)? == expected)),
            (Test::IpAddress, Operand::Net(range)) => Some(Tri::from(within(text, range)?)),
            _ => None,
        }
    }
}

/// An address, or a whole range of them, within a range of the same family.
fn within(text: &str, range: IpNet) -> Option<bool> {
    // Nearly always a single address; that is read without the detour by a range.
    match text.parse::<IpAddr>() {
        Ok(address) => Some(range.contains(&address)),
        Err(_) => Some(range.contains(&net(text)?)),
    }
}

/// What an operator does at an edge that AWS does not document. Where a decision must be made we
/// choose that nothing matches, negated or not, as other evaluators do; in a diagnosis it is
/// unknown.
fn edge(world: World) -> Tri {
    match world {
        World::Closed => Tri::No,
        World::Open => Tri::Unknown,
    }
}

fn any<T>(items: &[T], mut test: impl FnMut(&T) -> Tri) -> Tri {
    let mut result = Tri::No;
    for item in items {
        result = result | test(item);
        if result.is_yes() {
            break;
        }
    }
    result
}

fn all<T>(items: &[T], mut test: impl FnMut(&T) -> Tri) -> Tri {
    let mut result = Tri::Yes;
    for item in items {
        result = result & test(item);
        if result.is_no() {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{NAMES, Operator};

    #[test]
    fn names_round_trip_with_their_modifiers() {
        for (name, ..) in NAMES {
            for (before, after) in [("", ""), ("ForAllValues:", ""), ("ForAnyValue:", "IfExists")] {
                let written = format!("{before}{name}{after}");
                match Operator::parse(&written) {
                    Some(operator) => assert_eq!(operator.to_string(), written),
                    None => assert_eq!((name, before.is_empty()), ("Null", false)),
                }
            }
        }
        assert!(Operator::parse("StringEqual").is_none());
        assert!(Operator::parse("NullIfExists").is_none());
        assert!(Operator::parse("ForSomeValues:StringLike").is_none());
    }
}
