//! Three-valued logic (Kleene): what is known to hold, known not to hold, or not known.

use core::ops::{BitAnd, BitOr, Not};

/// The truth of a statement about a call, as far as the evidence tells.
///
/// The order is `No < Unknown < Yes`; with it conjunction is the minimum and disjunction the
/// maximum, which is exactly Kleene's strong logic: an unknown spreads only where the known
/// operand does not settle the result.
///
/// | `a & b` | No | Unknown | Yes | | `a \| b` | No | Unknown | Yes |
/// |---|---|---|---|---|---|---|---|---|
/// | **No** | No | No | No | | **No** | No | Unknown | Yes |
/// | **Unknown** | No | Unknown | Unknown | | **Unknown** | Unknown | Unknown | Yes |
/// | **Yes** | No | Unknown | Yes | | **Yes** | Yes | Yes | Yes |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tri {
    /// Known not to hold.
    No,
    /// Neither known to hold nor known not to.
    Unknown,
    /// Known to hold.
    Yes,
}

impl Tri {
    /// Whether this is [`Tri::Yes`].
    pub fn is_yes(self) -> bool {
        self == Self::Yes
    }

    /// Whether this is [`Tri::No`].
    pub fn is_no(self) -> bool {
        self == Self::No
    }

    /// Whether this is [`Tri::Unknown`].
    pub fn is_unknown(self) -> bool {
        self == Self::Unknown
    }
}

impl From<bool> for Tri {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

impl BitAnd for Tri {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        self.min(other)
    }
}

impl BitOr for Tri {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        self.max(other)
    }
}

impl Not for Tri {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tri::{self, No, Unknown, Yes};

    #[test]
    fn negation_swaps_conjunction_and_disjunction() {
        for a in [No, Unknown, Yes] {
            assert_eq!(!!a, a);
            for b in [No, Unknown, Yes] {
                assert_eq!(!(a & b), !a | !b);
            }
        }
    }

    #[test]
    fn a_decided_operand_settles_what_it_can() {
        assert_eq!(No & Unknown, No);
        assert_eq!(Yes | Unknown, Yes);
        assert_eq!(Yes & Unknown, Unknown);
        assert_eq!(No | Unknown, Unknown);
        assert_eq!(Tri::from(true) & Tri::from(false), No);
    }
}
