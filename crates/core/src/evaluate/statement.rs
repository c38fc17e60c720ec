//! One document against one request.

use super::caller::{Caller, Naming};
use super::decide::Request;
use super::layer::{Layer, Source};
use super::reason::{Reason, Reasons, bit};
use crate::arn::Arn;
use crate::context::World;
use crate::policy::{Clause, Effect, Pattern, Principal, Statement};
use crate::tri::Tri;

/// What documents say to a request: whether one denies it, and whether one allows it, by how the
/// allowing statement names the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Says {
    pub(crate) deny: Tri,
    /// In the order of [`Naming`].
    pub(crate) allow: [Tri; 4],
}

impl Says {
    pub(crate) const NOTHING: Self = Self { deny: Tri::No, allow: [Tri::No; 4] };
    pub(super) const UNREADABLE: Self = Self { deny: Tri::Unknown, allow: [Tri::Unknown; 4] };

    /// Adds a statement that matches the request as far as `rest` tells, for a caller whom it
    /// names as `named` tells.
    pub(super) fn add(&mut self, effect: Effect, named: Named, rest: Tri) {
        match effect {
            Effect::Deny => self.deny = self.deny | rest & named.somehow(),
            Effect::Allow => {
                for (own, named) in self.allow.iter_mut().zip(named.by) {
                    *own = *own | rest & named;
                }
            }
        }
    }

    /// Adds something besides statements that allows.
    pub(super) fn add_allow(&mut self, naming: Naming, allowed: Tri) {
        if let Some(slot) = self.allow.get_mut(naming as usize) {
            *slot = *slot | allowed;
        }
    }

    pub(super) fn or(&mut self, other: Self) {
        self.deny = self.deny | other.deny;
        for (own, other) in self.allow.iter_mut().zip(other.allow) {
            *own = *own | other;
        }
    }

    /// Whether a statement that names the caller in this way allows.
    pub(super) fn allows_by(self, naming: Naming) -> Tri {
        self.allow.get(naming as usize).copied().unwrap_or(Tri::No)
    }

    /// Whether any statement allows.
    pub(super) fn allows(self) -> Tri {
        self.allow.iter().fold(Tri::No, |sum, one| sum | *one)
    }
}

/// Whether, and by what, a statement names the caller.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    by: [Tri; 4],
}

impl Named {
    pub(super) const NOT: Self = Self { by: [Tri::No; 4] };

    pub(super) fn add(&mut self, named: Tri, naming: Naming) {
        if let Some(slot) = self.by.get_mut(naming as usize) {
            *slot = *slot | named;
        }
    }

    fn somehow(self) -> Tri {
        self.by.iter().fold(Tri::No, |sum, one| sum | *one)
    }

    /// The surest way, and among those the closest.
    pub(super) fn closest(self) -> (Tri, Naming) {
        let namings = [Naming::Everyone, Naming::Account, Naming::Entity, Naming::Caller];
        self.by.into_iter().zip(namings).max().unwrap_or((Tri::No, Naming::Caller))
    }
}

/// What the evaluation of documents needs to know of the request.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) resource: Option<&'a str>,
    pub(super) layer: Layer,
    /// Whether the caller has a permissions boundary, which `NotPrincipal` heeds.
    pub(super) bounded: Tri,
}

impl Question<'_> {
    /// Asks documents; `first` is the place of the first of them in the layer.
    pub(super) fn ask<R: Reasons>(
        &self,
        documents: &[Source],
        first: u32,
        reasons: &mut R,
    ) -> Says {
        let mut says = Says::NOTHING;
        for (policy, source) in (first..).zip(documents) {
            match source {
                Source::Unreadable(_) => says.or(Says::UNREADABLE),
                Source::Read(document) => {
                    for (index, statement) in (0..).zip(&document.statements) {
                        let mut reason = self.blank(statement, policy, index);
                        let (named, rest) = if R::WANTED {
                            self.explain(statement, &mut reason)
                        } else {
                            self.decide(statement)
                        };
                        says.add(statement.effect, named, rest);
                        if R::WANTED {
                            (reason.principal, reason.naming) = named.closest();
                            reason.matched = rest & reason.principal;
                            reasons.add(reason);
                        }
                    }
                }
            }
        }
        says
    }

    /// Element by element, up to the first that misses.
    fn decide(&self, statement: &Statement) -> (Named, Tri) {
        let mut rest = self.action(statement);
        if !rest.is_no() {
            rest = rest & self.resource(statement);
        }
        if rest.is_no() {
            return (Named::NOT, rest);
        }
        let named = self.principal(statement);
        if named.somehow().is_no() {
            return (named, rest);
        }
        for condition in &statement.conditions {
            rest = rest & condition.holds(self.request.context);
            if rest.is_no() {
                break;
            }
        }
        (named, rest)
    }

    /// All elements, so that what nearly matched can be told.
    fn explain(&self, statement: &Statement, reason: &mut Reason) -> (Named, Tri) {
        reason.action = self.action(statement);
        reason.resource = self.resource(statement);
        let named = self.principal(statement);
        let mut rest = reason.action & reason.resource;
        // A statement about another action is no near miss, whatever its condition.
        if !rest.is_no() || reason.action.is_yes() {
            for (place, condition) in statement.conditions.iter().enumerate() {
                let holds = condition.holds(self.request.context);
                match holds {
                    Tri::No => reason.failed_conditions |= bit(place),
                    Tri::Unknown => reason.unknown_conditions |= bit(place),
                    Tri::Yes => {}
                }
                rest = rest & holds;
            }
        }
        (named, rest)
    }

    fn blank(&self, statement: &Statement, policy: u32, index: u32) -> Reason {
        Reason {
            layer: self.layer,
            policy,
            index,
            effect: statement.effect,
            matched: Tri::No,
            naming: Naming::Caller,
            principal: Tri::No,
            action: Tri::No,
            resource: Tri::No,
            failed_conditions: 0,
            unknown_conditions: 0,
        }
    }

    fn action(&self, statement: &Statement) -> Tri {
        let lists = |listed: &[crate::policy::ActionPattern]| {
            listed.iter().any(|pattern| pattern.matches(self.request.action))
        };
        match &statement.action {
            Some(Clause::Is(listed)) => lists(listed).into(),
            Some(Clause::IsNot(listed)) => (!lists(listed)).into(),
            None => Tri::No,
        }
    }

    fn resource(&self, statement: &Statement) -> Tri {
        let lists = |listed: &[Pattern]| {
            listed.iter().fold(Tri::No, |sum, pattern| sum | self.is_resource(pattern))
        };
        match &statement.resource {
            Some(Clause::Is(listed)) => lists(listed),
            Some(Clause::IsNot(listed)) => {
                let listed_it = lists(listed);
                // Undocumented: an unresolved variable among what is not meant.
                let context = self.request.context;
                if context.world() == World::Open
                    && listed_it.is_no()
                    && listed.iter().any(|pattern| pattern.is_unresolved(context))
                {
                    return Tri::Unknown;
                }
                !listed_it
            }
            // A trust policy is about its role; a key policy's statement without a resource idles.
            None => (self.layer == Layer::TrustPolicy).into(),
        }
    }

    fn is_resource(&self, pattern: &Pattern) -> Tri {
        if pattern.is_any() {
            return Tri::Yes;
        }
        let attached = matches!(
            self.layer,
            Layer::IdentityPolicy | Layer::PermissionsBoundary | Layer::SessionPolicy
        );
        if let Some(resource) = self.resource {
            if attached && pattern.is_incomplete_arn() {
                return pattern.matches_completed(resource, self.request.context);
            }
            return pattern.matches_resource(resource, self.request.context);
        }
        // Some resource of the action's service, of which the name is not known.
        let service = Arn::parse(pattern.as_str()).map(|arn| arn.service);
        let other = service.is_some_and(|service| {
            !service.contains(['*', '?', '$']) && service != self.request.action.service()
        });
        if other { Tri::No } else { Tri::Unknown }
    }

    fn principal(&self, statement: &Statement) -> Named {
        let mut named = Named::NOT;
        match &statement.principal {
            None => named.add(Tri::Yes, Naming::Caller),
            Some(Clause::Is(listed)) => {
                for principal in listed {
                    let (yes, naming) =
                        self.request.caller.is_named_by(principal, self.request.context);
                    named.add(yes, naming);
                }
            }
            Some(Clause::IsNot(listed)) => {
                named.add(self.not_principal(statement, listed), Naming::Everyone);
            }
        }
        named
    }

    /// `NotPrincipal`: everybody but those listed.
    ///
    /// To exempt a caller from a Deny, AWS asks that the account, the role and the session (or
    /// the account and the user) are all listed, and does not say what a part of that chain does;
    /// our choice, like other evaluators', is that any of them exempts. A caller with a permissions
    /// boundary is never exempt.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
    fn not_principal(&self, statement: &Statement, listed: &[Principal]) -> Tri {
        let Request { caller, context, .. } = self.request;
        let bounded = if statement.effect == Effect::Deny { self.bounded } else { Tri::No };
        if bounded.is_yes() {
            return Tri::Yes;
        }
        let named = |wanted: &[Naming]| {
            listed.iter().fold(Tri::No, |sum, principal| {
                let (named, naming) = caller.is_named_by(principal, context);
                if wanted.contains(&naming) { sum | named } else { sum }
            })
        };
        let by_caller = named(&[Naming::Caller, Naming::Everyone]);
        let by_entity = named(&[Naming::Entity]);
        let by_account = named(&[Naming::Account]);
        let chain = caller.chain();
        let exempt = by_caller | by_entity | by_account;
        let parts = [(true, by_caller), (chain.entity, by_entity), (chain.account, by_account)];
        let relevant = parts.iter().filter(|(asked, _)| *asked).map(|(_, named)| *named);
        let (all, any) =
            relevant.fold((Tri::Yes, Tri::No), |(all, any), one| (all & one, any | one));
        match context.world() {
            World::Open if all != any => Tri::Unknown,
            _ => bounded | !exempt,
        }
    }
}

/// The links by which `NotPrincipal` has to list a caller, besides its own name.
struct Chain {
    entity: bool,
    account: bool,
}

impl Caller {
    fn chain(&self) -> Chain {
        use super::caller::CallerKind::{Root, Session, SomeSession, Unresolved, User};
        Chain {
            entity: matches!(self.kind, Session | SomeSession | Unresolved),
            account: self.is_member() && self.kind != Root || self.kind == User,
        }
    }
}
