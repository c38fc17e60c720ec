//! The requests over which a document is compared with itself.
//!
//! All callers with all actions on all resources under all circumstances would be millions. What is
//! asked is everything near what is meant in every combination, everything else with at most two of
//! the four far from it, and what each statement is about by itself. Nothing is left to chance: the
//! same change is always compared over the same requests.

use super::actions::actions;
use super::callers::callers;
use super::circumstances::{Circumstance, circumstances, context};
use super::corners::Corner;
use super::resources::resources;
use super::subject::Subject;
use crate::context::Context;
use crate::evaluate::{Caller, Request};
use crate::policy::Action;
use std::collections::BTreeSet;

/// As many requests as are made in every combination.
const ALL: usize = 20_000;
/// How many requests there are at most; those far from what is meant come last.
const MOST: usize = 100_000;

/// Things in the order of how near they are to what is meant.
pub(super) struct Ranked<T> {
    all: Vec<T>,
    near: usize,
    most: usize,
}

impl<T: PartialEq> Ranked<T> {
    pub(super) fn new(most: usize) -> Self {
        Self { all: Vec::new(), near: 0, most }
    }

    /// Adds what is new, while there is room.
    pub(super) fn extend(&mut self, more: impl IntoIterator<Item = T>) {
        for one in more {
            if self.all.len() < self.most && !self.all.contains(&one) {
                self.all.push(one);
            }
        }
    }

    /// Takes all that is there until now for near.
    pub(super) fn all_near(mut self) -> Self {
        self.near = self.all.len();
        self
    }
}

/// Things that are referred to by their place.
struct Places<T>(Vec<T>);

impl<T: PartialEq + Clone> Places<T> {
    fn of(&mut self, things: &[T]) -> Vec<u16> {
        things.iter().filter_map(|thing| self.place(thing)).collect()
    }

    fn place(&mut self, thing: &T) -> Option<u16> {
        let known = self.0.iter().position(|known| known == thing);
        let place = known.unwrap_or_else(|| {
            self.0.push(thing.clone());
            self.0.len() - 1
        });
        u16::try_from(place).ok()
    }
}

/// The places of caller, circumstance, action and resource: in this order, so that a context is made
/// once for all requests that share it.
type Asked = [u16; 4];

/// The requests.
pub(super) struct Universe {
    callers: Places<Caller>,
    circumstances: Places<Circumstance>,
    actions: Places<Action>,
    resources: Places<String>,
    asked: BTreeSet<Asked>,
}

/// Places of one kind: those near what is meant, and all.
struct Rank {
    near: Vec<u16>,
    all: Vec<u16>,
}

impl Universe {
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let mut universe = Self {
            callers: Places(Vec::new()),
            circumstances: Places(Vec::new()),
            actions: Places(Vec::new()),
            resources: Places(Vec::new()),
            asked: BTreeSet::new(),
        };
        let callers = callers(subject);
        for service in subject.services() {
            universe.service(subject, service, &callers);
        }
        for service in subject.services() {
            for statement in &subject.own {
                let near = callers.all.get(..callers.near).unwrap_or_default();
                universe.corner(&Corner::of(statement, subject, service, near));
            }
        }
        universe
    }

    /// Asks each request once.
    pub(super) fn each(&self, mut ask: impl FnMut(&Request<'_>, &Circumstance)) {
        let mut made: Option<([u16; 2], Context)> = None;
        for [caller, circumstance, action, resource] in &self.asked {
            let (Some(who), Some(under), Some(action), Some(resource)) = (
                self.callers.0.get(usize::from(*caller)),
                self.circumstances.0.get(usize::from(*circumstance)),
                self.actions.0.get(usize::from(*action)),
                self.resources.0.get(usize::from(*resource)),
            ) else {
                continue;
            };
            let both = [*caller, *circumstance];
            if made.as_ref().is_none_or(|(known, _)| *known != both) {
                made = Some((both, context(who, under)));
            }
            let Some((_, context)) = &made else { continue };
            let resource = Some(&**resource);
            let request =
                Request { caller: who, action, resource, resource_account: None, context };
            ask(&request, under);
        }
    }

    fn service(&mut self, subject: &Subject<'_>, service: &str, callers: &Ranked<Caller>) {
        let who = rank(&mut self.callers, callers);
        let what = rank(&mut self.actions, &actions(subject, service));
        let on = rank(&mut self.resources, &resources(subject, service));
        let under = rank(&mut self.circumstances, &circumstances(subject, service));
        let all = [&who, &what, &on, &under].iter().map(|rank| rank.all.len()).product::<usize>();
        if all <= ALL {
            self.product(&who.all, &what.all, &on.all, &under.all);
            return;
        }
        self.product(&who.near, &what.near, &on.near, &under.all);
        self.product(&who.near, &what.near, &on.all, &under.near);
        self.product(&who.all, &what.near, &on.near, &under.all);
        self.product(&who.all, &what.all, &on.near, &under.near);
        self.product(&who.all, &what.near, &on.all, &under.near);
        self.product(&who.near, &what.all, &on.all, &under.near);
    }

    fn corner(&mut self, corner: &Corner) {
        let who = self.callers.of(&corner.callers);
        let what = self.actions.of(&corner.actions);
        let on = self.resources.of(&corner.resources);
        let under = self.circumstances.of(&corner.circumstances);
        self.product(&who, &what, &on, &under);
    }

    fn product(&mut self, who: &[u16], what: &[u16], on: &[u16], under: &[u16]) {
        for who in who {
            for under in under {
                for what in what {
                    for on in on {
                        if self.asked.len() == MOST {
                            return;
                        }
                        self.asked.insert([*who, *under, *what, *on]);
                    }
                }
            }
        }
    }
}

fn rank<T: PartialEq + Clone>(places: &mut Places<T>, ranked: &Ranked<T>) -> Rank {
    let all = places.of(&ranked.all);
    Rank { near: all.get(..ranked.near).unwrap_or(&all).to_vec(), all }
}
