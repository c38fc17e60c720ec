//! What each statement of the document is about by itself: requests that it is sure to match, and
//! those that miss it by one condition.

use super::callers;
use super::circumstances::{self, Circumstance};
use super::subject::Subject;
use super::{actions, resources};
use crate::evaluate::Caller;
use crate::policy::{Action, Statement};

/// How many of each kind are taken from one statement.
const EACH: usize = 4;

/// The product of what a statement names.
pub(super) struct Corner {
    pub(super) callers: Vec<Caller>,
    pub(super) actions: Vec<Action>,
    pub(super) resources: Vec<String>,
    pub(super) circumstances: Vec<Circumstance>,
}

impl Corner {
    pub(super) fn of(
        statement: &Statement,
        subject: &Subject<'_>,
        service: &str,
        near: &[Caller],
    ) -> Self {
        let mut callers = if statement.principal.is_some() {
            callers::of_statement(statement, subject)
        } else {
            Vec::new()
        };
        callers.truncate(EACH);
        // Who is let in, and who is not, for the statements that name everybody or leave some out.
        callers.extend(near.iter().step_by(2).take(EACH).cloned());
        let mut actions = actions::of_statement(statement, service);
        let mut resources = resources::of_statement(statement, subject, service);
        if resources.is_empty() {
            // Everything, or everything but something.
            resources.extend(resources::unnamed(service, subject));
        }
        actions.truncate(EACH);
        resources.truncate(EACH);
        let mut circumstances = circumstances::of_statement(statement, subject);
        circumstances.truncate(2 * EACH);
        Self { callers, actions, resources, circumstances }
    }
}
