//! Texts with wildcards and policy variables, compiled once.
//!
//! `*` stands for any characters, `?` for one; `${key}` for the value of a condition key,
//! `${key, 'default'}` with what to use where the key is absent, `${*}` `${?}` `${$}` for the
//! literal characters.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use crate::context::{Context, Fact, Key};
use crate::tri::Tri;

/// A compiled text of a policy.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: Box<str>,
    shape: Shape,
}

#[derive(Clone, Debug)]
enum Shape {
    /// `*` alone.
    Any,
    /// A variable where none may stand.
    Never,
    /// No wildcard and no variable.
    Exact,
    /// A literal text and one `*` at its end.
    Prefix,
    /// Wildcards elsewhere.
    Wild(Box<[Token]>),
    /// Variables, and perhaps wildcards.
    Template(Box<[Token]>),
}

#[derive(Clone, Debug)]
enum Token {
    Star,
    One,
    Text(Box<str>),
    Variable { key: Key, default: Option<Box<str>> },
}

/// Which characters of a text are special.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Wildcards and variables: `Resource`, `StringLike`, `ArnLike`.
    Wildcards,
    /// Variables alone: `StringEquals`.
    Literal,
}

/// How far a wildcard reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Everything,
    /// Not across a colon within the first five parts of an ARN.
    ArnPart,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Compiles a text of a policy with `Version` 2012-10-17.
    pub fn new(written: &str, syntax: Syntax) -> Self {
        let wild = syntax == Syntax::Wildcards;
        let shape = if written.contains("${") {
            Shape::Template(tokens(written, wild, true))
        } else {
            Self::plain(written, wild)
        };
        Self { written: written.into(), shape }
    }

    /// Compiles an entry of `Resource`. Variables stand only behind its fifth colon; before it
    /// they make the entry match nothing.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse>
    pub fn resource(written: &str) -> Self {
        match written.split_once("${") {
            Some((before, _)) if count_colons(before) < 5 => {
                Self { written: written.into(), shape: Shape::Never }
            }
            _ => Self::new(written, Syntax::Wildcards),
        }
    }

    /// A text without wildcards and variables.
    pub fn literal(written: &str) -> Self {
        Self { written: written.into(), shape: Shape::Exact }
    }

    /// Takes variables for literal text, as `Version` 2008-10-17 does.
    pub fn without_variables(&mut self, syntax: Syntax) {
        if matches!(self.shape, Shape::Template(_)) {
            self.shape = Self::plain(&self.written, syntax == Syntax::Wildcards);
        }
    }

    fn plain(written: &str, wild: bool) -> Shape {
        if !wild {
            return Shape::Exact;
        }
        match written.bytes().position(|byte| byte == b'*' || byte == b'?') {
            None => Shape::Exact,
            Some(_) if written == "*" => Shape::Any,
            Some(at) if at + 1 == written.len() && written.ends_with('*') => Shape::Prefix,
            Some(_) => Shape::Wild(tokens(written, wild, false)),
        }
    }

    /// The text as written in the policy.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The text before the first wildcard or variable.
    pub fn literal_start(&self) -> &str {
        match self.shape {
            Shape::Exact => &self.written,
            _ => self.written.split(['*', '?', '$']).next().unwrap_or_default(),
        }
    }

    /// Whether the text holds no wildcard and no variable.
    pub fn is_exact(&self) -> bool {
        matches!(self.shape, Shape::Exact)
    }

    /// Whether the text is `*` alone.
    pub fn is_any(&self) -> bool {
        matches!(self.shape, Shape::Any)
    }

    /// Matches the whole of `text`; wildcards reach across everything.
    ///
    /// A variable that cannot be resolved makes the pattern match nothing; one whose value is
    /// not known makes the answer unknown unless no value could match.
    pub fn matches(&self, text: &str, context: &Context) -> Tri {
        self.matches_with(text, context, Reach::Everything, str::eq)
    }

    /// Like [`Pattern::matches`], without regard to the case of ASCII letters. Wildcards do not
    /// occur here: no operator has both.
    pub fn matches_ignoring_case(&self, text: &str, context: &Context) -> Tri {
        self.matches_with(text, context, Reach::Everything, str::eq_ignore_ascii_case)
    }

    /// Matches an ARN part by part: within the first five of its six parts a wildcard does not
    /// reach across a colon (`ArnLike` and `ArnEquals`). A pattern of fewer parts, other than `*`,
    /// matches no ARN.
    pub fn matches_arn(&self, text: &str, context: &Context) -> Tri {
        self.matches_with(text, context, Reach::ArnPart, str::eq)
    }

    /// Whether the text has fewer parts than an ARN.
    pub fn is_incomplete_arn(&self) -> bool {
        !self.is_any() && count_colons(&self.written) < 5
    }

    /// Matches an incomplete ARN, which policies attached to a principal may hold: what is
    /// missing may be anything.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    pub fn matches_completed(&self, text: &str, context: &Context) -> Tri {
        let end = text.match_indices(':').nth(count_colons(&self.written));
        let head = end.and_then(|(at, _)| text.get(..at)).unwrap_or(text);
        self.matches_resource(head, context) | self.matches_resource(text, context)
    }

    /// Matches a `Resource` element: part by part, but a `*` at the end of a part may reach
    /// beyond its colon.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards>
    pub fn matches_resource(&self, text: &str, context: &Context) -> Tri {
        let strict = self.matches_arn(text, context);
        if strict.is_no() && self.reaches_on() {
            return self.matches(text, context);
        }
        strict
    }

    /// Whether a part ends with a star.
    fn reaches_on(&self) -> bool {
        match self.shape {
            Shape::Any | Shape::Never | Shape::Exact => false,
            Shape::Prefix => true,
            Shape::Wild(_) | Shape::Template(_) => {
                self.written.contains("*:") || self.written.ends_with('*')
            }
        }
    }

    fn matches_with(
        &self,
        text: &str,
        context: &Context,
        reach: Reach,
        same: fn(&str, &str) -> bool,
    ) -> Tri {
        match &self.shape {
            Shape::Any => Tri::Yes,
            Shape::Never => Tri::No,
            Shape::Exact => Tri::from(same(&self.written, text)),
            Shape::Prefix => {
                let literal = self.written.strip_suffix('*').unwrap_or_default();
                let Some(rest) = text.strip_prefix(literal) else { return Tri::No };
                let bounded = reach == Reach::ArnPart && count_colons(literal) < 5;
                Tri::from(!bounded || !rest.contains(':'))
            }
            Shape::Wild(tokens) => {
                Tri::from(glob(|at| tokens.get(at).map(Piece::of), text, reach, same))
            }
            Shape::Template(tokens) => {
                let Some((pieces, complete)) = resolve(tokens, context) else {
                    return Tri::No;
                };
                match (glob(|at| pieces.get(at).copied(), text, reach, same), complete) {
                    (false, _) => Tri::No,
                    (true, true) => Tri::Yes,
                    (true, false) => Tri::Unknown,
                }
            }
        }
    }

    /// Whether a variable has neither a value nor a default, so that the pattern matches nothing.
    pub fn is_unresolved(&self, context: &Context) -> bool {
        matches!(&self.shape, Shape::Template(tokens) if resolve(tokens, context).is_none())
    }

    /// The variables' keys whose values are not known in this context.
    pub fn unknown_keys<'a>(&'a self, context: &'a Context) -> impl Iterator<Item = &'a str> + 'a {
        let tokens: &[Token] = if let Shape::Template(tokens) = &self.shape { tokens } else { &[] };
        tokens.iter().filter_map(move |token| match token {
            Token::Variable { key, .. } => {
                matches!(context.get(key.lower()), Fact::Unknown | Fact::NoneOf(_))
                    .then(|| key.as_str())
            }
            _ => None,
        })
    }
}

/// A token with its variable resolved.
#[derive(Clone, Copy)]
enum Piece<'a> {
    Star,
    One,
    Text(&'a str),
}

impl<'a> Piece<'a> {
    fn of(token: &'a Token) -> Self {
        match token {
            Token::Star | Token::Variable { .. } => Self::Star,
            Token::One => Self::One,
            Token::Text(text) => Self::Text(text),
        }
    }
}

/// The pieces, and whether every variable was known; `None` where one cannot be resolved.
///
/// A variable of unknown value becomes a star: the widest that it could be.
fn resolve<'a>(tokens: &'a [Token], context: &'a Context) -> Option<(Vec<Piece<'a>>, bool)> {
    let mut complete = true;
    let pieces = tokens
        .iter()
        .map(|token| match token {
            Token::Variable { key, default } => match context.get(key.lower()) {
                Fact::One(value) => Some(Piece::Text(value)),
                // A variable stands for one value; a list of one is as good as that.
                Fact::Many(values) => match values.as_slice() {
                    [value] => Some(Piece::Text(value)),
                    [] => default.as_deref().map(Piece::Text),
                    _ => None,
                },
                Fact::Absent => default.as_deref().map(Piece::Text),
                Fact::Unknown | Fact::NoneOf(_) => {
                    complete = false;
                    Some(Piece::Star)
                }
            },
            plain => Some(Piece::of(plain)),
        })
        .collect::<Option<Vec<_>>>()?;
    Some((pieces, complete))
}

/// Matches by walking on and, on a mismatch, giving the last star one character more: at most
/// `pieces * text` steps, whatever the pattern.
fn glob<'p>(
    pieces: impl Fn(usize) -> Option<Piece<'p>>,
    text: &str,
    reach: Reach,
    same: fn(&str, &str) -> bool,
) -> bool {
    let mut piece = 0;
    let mut at = 0;
    let mut colons = 0;
    // Where to go on after the last star: its next piece, the text it has not eaten, the colons
    // before that.
    let mut retry: Option<(usize, usize, usize)> = None;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let step = match pieces(piece) {
            None if rest.is_empty() => return true,
            None => None,
            Some(Piece::Star) => {
                retry = Some((piece + 1, at, colons));
                Some(0)
            }
            Some(Piece::One) => rest
                .chars()
                .next()
                .filter(|c| !(*c == ':' && reach == Reach::ArnPart && colons < 5))
                .map(char::len_utf8),
            Some(Piece::Text(literal)) => {
                rest.get(..literal.len()).filter(|head| same(head, literal)).map(str::len)
            }
        };
        if let Some(eaten) = step {
            colons += count_colons(rest.get(..eaten).unwrap_or_default());
            at += eaten;
            piece += 1;
            continue;
        }
        let Some((next, from, before)) = retry else {
            return false;
        };
        let Some(eaten) = text.get(from..).and_then(|rest| rest.chars().next()) else {
            return false;
        };
        if eaten == ':' && reach == Reach::ArnPart && before < 5 {
            return false;
        }
        let after = before + usize::from(eaten == ':');
        retry = Some((next, from + eaten.len_utf8(), after));
        (piece, at, colons) = (next, from + eaten.len_utf8(), after);
    }
}

fn count_colons(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b':').count()
}

fn tokens(written: &str, wild: bool, variables: bool) -> Box<[Token]> {
    let mut tokens = Vec::new();
    let mut literal = String::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        if variables && let Some((inner, after)) = rest.strip_prefix("${").and_then(split_brace) {
            rest = after;
            match variable(inner) {
                Variable::Literal(c) => literal.push(c),
                Variable::Key { key, default } => {
                    flush(&mut literal, &mut tokens);
                    tokens.push(Token::Variable { key, default });
                }
            }
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '*' if wild => {
                flush(&mut literal, &mut tokens);
                // Neighbouring stars say no more than one.
                if !matches!(tokens.last(), Some(Token::Star)) {
                    tokens.push(Token::Star);
                }
            }
            '?' if wild => {
                flush(&mut literal, &mut tokens);
                tokens.push(Token::One);
            }
            c => literal.push(c),
        }
    }
    flush(&mut literal, &mut tokens);
    tokens.into()
}

fn flush(literal: &mut String, tokens: &mut Vec<Token>) {
    if !literal.is_empty() {
        tokens.push(Token::Text(core::mem::take(literal).into()));
    }
}

fn split_brace(rest: &str) -> Option<(&str, &str)> {
    rest.split_once('}')
}

enum Variable {
    Literal(char),
    Key { key: Key, default: Option<Box<str>> },
}

fn variable(inner: &str) -> Variable {
    match inner {
        "*" => return Variable::Literal('*'),
        "?" => return Variable::Literal('?'),
        "$" => return Variable::Literal('$'),
        _ => {}
    }
    let (key, default) = match inner.split_once(',') {
        Some((key, default)) => (key, Some(default.trim())),
        None => (inner, None),
    };
    let default = default.map(|text| {
        text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(text).into()
    });
    Variable::Key { key: Key::new(key.trim()), default }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Syntax};
    use crate::context::{Context, Fact, World};
    use crate::tri::Tri::{self, No, Unknown, Yes};

    fn context() -> Context {
        let mut context = Context::new(World::Closed);
        context.set("aws:username", Fact::one("al*ce"));
        context.set("aws:PrincipalTag/team", Fact::Unknown);
        context
    }

    fn check(pattern: &str, text: &str, expected: Tri) {
        let pattern = Pattern::new(pattern, Syntax::Wildcards);
        assert_eq!(pattern.matches(text, &context()), expected, "{pattern:?} on {text}");
    }

    #[test]
    fn wildcards() {
        check("*", "", Yes);
        check("a*c", "abbbc", Yes);
        check("a*c", "abbb", No);
        check("a?c", "aéc", Yes);
        check("a?c", "ac", No);
        check("*b*b", "abab", Yes);
        check("", "a", No);
        check("a**", "a", Yes);
    }

    #[test]
    fn variables() {
        check("home/${aws:username}/*", "home/al*ce/x", Yes);
        // A wildcard in a variable's value is a literal character.
        check("home/${aws:username}/*", "home/alice/x", No);
        check("${aws:missing}", "", No);
        check("${aws:missing, 'x'}-1", "x-1", Yes);
        check("${*}${?}${$}", "*?$", Yes);
        check("a-${aws:PrincipalTag/team}", "a-red", Unknown);
        check("a-${aws:PrincipalTag/team}", "b-red", No);
        check("${unclosed", "${unclosed", Yes);
    }

    #[test]
    fn slow_patterns_are_fast() {
        let pattern = Pattern::new(&"*a".repeat(5_000), Syntax::Wildcards);
        let text = "a".repeat(4_999) + "b";
        assert_eq!(pattern.matches(&text, &context()), No);
    }

    #[test]
    fn arn_parts_keep_their_wildcards() {
        let arn = |pattern: &str, text: &str| {
            Pattern::new(pattern, Syntax::Wildcards).matches_arn(text, &context())
        };
        assert_eq!(arn("arn:aws:iam::*:role/x", "arn:aws:iam::111111111111:role/x"), Yes);
        assert_eq!(arn("arn:aws:*:role/x", "arn:aws:iam::111111111111:role/x"), No);
        assert_eq!(arn("arn:aws:iam*", "arn:aws:iam::111111111111:role/x"), No);
        assert_eq!(arn("*", "arn:aws:iam::111111111111:role/x"), Yes);
        assert_eq!(arn("arn:aws:s*:::b", "arn:aws:sns:us-west-2:1:b"), No);
        assert_eq!(arn("arn:aws:s3:::b*", "arn:aws:s3:::b:c:d"), Yes);
        assert_eq!(arn("arn:aws:?:::b", "arn:aws::::b"), No);
        let resource = |pattern: &str, text: &str| {
            Pattern::new(pattern, Syntax::Wildcards).matches_resource(text, &context())
        };
        assert_eq!(resource("arn:aws:s3:*", "arn:aws:s3:::bucket"), Yes);
        assert_eq!(resource("arn:aws:s3:::b", "arn:aws:s3:::b"), Yes);
        assert_eq!(resource("arn:aws:sqs:us-west-2:1*s", "arn:aws:sqs:us-west-2:1:jobs"), No);
        assert_eq!(resource("arn:aws:sqs:us-west-2:1*s", "arn:aws:sqs:us-west-2:1:jobs"), No);
    }
}
