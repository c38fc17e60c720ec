//! Why a statement decided, or what it missed: written down while evaluating.

use super::caller::Naming;
use super::layer::Layer;
use crate::policy::Effect;
use crate::tri::Tri;

/// What one statement (or grant) made of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The layer.
    pub layer: Layer,
    /// The document's place in its layer, counted through all levels. A grant's place.
    pub policy: u32,
    /// The statement's place in its document.
    pub index: u32,
    /// What the statement does where it matches.
    pub effect: Effect,
    /// Whether it matches the request.
    pub matched: Tri,
    /// By what it names the caller.
    pub naming: Naming,
    /// Whether its principals include the caller.
    pub principal: Tri,
    /// Whether its actions include the request's.
    pub action: Tri,
    /// Whether its resources include the request's.
    pub resource: Tri,
    /// Conditions known not to hold, as bits by their place; the 64th and later share a bit.
    pub failed_conditions: u64,
    /// Conditions of which it is not known whether they hold, likewise.
    pub unknown_conditions: u64,
}

impl Reason {
    /// Whether the statement is about this principal, action and resource, and misses only by
    /// its condition.
    pub fn misses_by_condition_alone(&self) -> bool {
        self.failed_conditions != 0
            && self.principal.is_yes()
            && self.action.is_yes()
            && self.resource.is_yes()
    }

    /// The number of elements that are known not to match.
    pub fn missed_elements(&self) -> usize {
        let elements = [self.principal, self.action, self.resource];
        elements.iter().filter(|element| element.is_no()).count()
            + usize::from(self.failed_conditions != 0)
    }

    /// Whether the condition at a place is among those of a mask.
    pub fn has_bit(mask: u64, place: usize) -> bool {
        mask & bit(place) != 0
    }
}

pub(super) fn bit(place: usize) -> u64 {
    1 << place.min(63)
}

/// Takes reasons while they are made.
pub trait Reasons {
    /// Whether anybody listens; without, evaluation stops at the first element that misses.
    const WANTED: bool;
    /// Takes one.
    fn add(&mut self, reason: Reason);
}

/// Nobody listens: decisions alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unexplained;

impl Reasons for Unexplained {
    const WANTED: bool = false;
    fn add(&mut self, _: Reason) {}
}

impl Reasons for Vec<Reason> {
    const WANTED: bool = true;
    fn add(&mut self, reason: Reason) {
        self.push(reason);
    }
}
