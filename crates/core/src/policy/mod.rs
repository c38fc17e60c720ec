//! The policy language: documents as AWS stores them, parsed and compiled once.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>

mod action;
mod condition;
mod parse;
mod pattern;
mod principal;
mod print;
mod validate;

pub use action::{Action, ActionPattern};
pub use condition::{Condition, Operand, Operator, SetOperator, Test, Value};
pub use pattern::{Pattern, Syntax};
pub use principal::{Principal, PrincipalId};

use core::fmt;

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// `Version`; absent means 2008-10-17.
    pub version: Option<Version>,
    /// `Id`, which has no effect.
    pub id: Option<Box<str>>,
    /// The statements in their order, which has no effect either.
    pub statements: Vec<Statement>,
}

/// The version of the policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 2008-10-17: without policy variables.
    V2008,
    /// 2012-10-17.
    V2012,
}

/// Whether a statement allows or denies what it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// `Allow`.
    Allow,
    /// `Deny`.
    Deny,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        })
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `Sid`.
    pub sid: Option<Box<str>>,
    /// `Effect`.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`; none in policies that are attached to a principal.
    pub principal: Option<Clause<Principal>>,
    /// `Action` or `NotAction`; none only in a key policy, where it makes the statement idle.
    pub action: Option<Clause<ActionPattern>>,
    /// `Resource` or `NotResource`; none in trust policies.
    pub resource: Option<Clause<Pattern>>,
    /// `Condition`, one entry for each operator and key; all must hold.
    pub conditions: Vec<Condition>,
}

/// An element that lists what a statement is about, or all that it is not about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause<T> {
    /// `Action`, `Resource`, `Principal`.
    Is(Vec<T>),
    /// `NotAction`, `NotResource`, `NotPrincipal`.
    IsNot(Vec<T>),
}

impl<T> Clause<T> {
    /// What is listed.
    pub fn listed(&self) -> &[T] {
        match self {
            Self::Is(listed) | Self::IsNot(listed) => listed,
        }
    }
}

/// Where a document is used, which decides what AWS lets it hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// Attached to a principal: inline, managed, boundary, session policy.
    Identity,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
    /// A VPC endpoint's policy.
    VpcEndpoint,
    /// A bucket's, access point's or other resource's policy.
    Resource,
    /// A KMS key's policy.
    Key,
    /// A role's trust policy.
    Trust,
}

/// What AWS would refuse to store, with the place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Such as `Statement[2].Condition.StringEqual`; empty for the document itself.
    pub path: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "{}: {}", self.path, self.problem)
        }
    }
}

impl core::error::Error for PolicyError {}
