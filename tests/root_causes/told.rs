//! What owners are told of set-ups that are broken wherever they can be: Slack and Teams must take it.

use super::block_kit;
use super::check::{broken, diagnosis, names};
use super::faults::Fault;
use super::plans::{options, plan};
use super::random::Random;
use super::setup::Setup;
use super::strangers;
use locksmith_app::approve::{Approvals, Missing};
use locksmith_app::card::{Card, Question};
use locksmith_app::config::Locale;
use locksmith_app::diagnose::Placement;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::Room;
use locksmith_app::sighting::{Class, Sighting};
use locksmith_chat::aim::Aim;
use locksmith_chat::slack::dialog::Kept;
use locksmith_chat::slack::{details, message};
use locksmith_chat::teams;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::plan::Plan;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// As many faults as go together.
pub(crate) fn as_many_as_go<'a>(faults: &'a [Fault], random: &mut Random) -> Vec<&'a Fault> {
    let mut left: Vec<&Fault> = faults.iter().collect();
    let mut chosen: Vec<&Fault> = Vec::new();
    while !left.is_empty() {
        let fault = left.swap_remove(random.below(left.len()));
        if chosen.iter().all(|other| !fault.touches(other)) {
            chosen.push(fault);
        }
    }
    chosen
}

/// Tells owners of a set-up with faults, in every language. Gives how many causes and changes that are.
pub(crate) fn told(setup: &Setup, faults: &[&Fault], random: &mut Random) -> [usize; 2] {
    println!("{}: {}", setup.name, names(faults));
    let mut world = broken(setup, faults, random);
    strangers::invite(&mut world, random);
    let card = card(setup, &world, diagnosis(&world), plan(&world, &options(random)));
    for locale in Locale::ALL {
        taken(&card, locale);
    }
    let sizes = (card.diagnosis.as_ref(), card.plan.as_ref());
    [sizes.0.map_or(0, |one| one.causes.len()), sizes.1.map_or(0, |one| one.changes.len())]
}

/// What owners are shown, as it is when it was diagnosed: they are asked if there is something to ask.
fn card(setup: &Setup, world: &Value, diagnosis: Diagnosis, plan: Plan) -> Card {
    let now = "2026-11-20T10:00:00Z".parse().unwrap();
    let call = &diagnosis.call;
    let sighting = Sighting {
        event: 1,
        at: now,
        principal: setup.who.entity.clone(),
        principal_arn: Some(setup.who.name.clone()),
        principal_account: call.principal_account,
        class: Class::Read,
        resource: setup.rows[0].resource.clone(),
        prefix: None,
        key: None,
        resource_account: call.resource_account,
        rank: 1,
        record: world["event"].clone(),
    };
    let mut incident = Incident::open(IncidentId::new(sighting.group(), 1), &sighting, now);
    let changed: BTreeSet<AccountId> = plan.changes.iter().map(|change| change.account).collect();
    incident.state = if changed.is_empty() { State::Manual } else { State::AwaitingApproval };
    let missing = |account| Missing { account, given: 0, quorum: Some(1) };
    let question = Question {
        digest: plan.digest.clone(),
        asked_at: now,
        until: now,
        missing: changed.iter().copied().map(missing).collect(),
    };
    Card {
        incident,
        diagnosis: Some(diagnosis),
        placement: Placement::default(),
        plan: Some(plan),
        approvals: Approvals::default(),
        journal: None,
        question: (!changed.is_empty()).then_some(question),
        ticket: None,
        report_url: Some("https://locksmith.example/reports/x?until=1&signature=2".to_owned()),
    }
}

/// Message, details and card, within the limits of those who take them; and what is asked can be answered.
fn taken(card: &Card, locale: Locale) {
    let room = Room { locale, accounts: card.accounts(), ..Room::nobodys("C0EVERYTH".to_owned()) };
    let shown = message(card, &room);
    let shown = json!({"text": shown.text, "blocks": shown.blocks});
    block_kit::message(&shown);
    let asked = card.question.is_some();
    assert_eq!(shown.to_string().contains("locksmith.approve"), asked);
    let kept = Kept { aim: Aim::of(card, &room), channel: Some(room.channel.clone()) };
    let view = details(card, &kept, true).unwrap();
    block_kit::view(&serde_json::to_value(view).unwrap());
    let link = asked.then_some("https://locksmith.example/decide?x");
    let adaptive = teams::card::card(card, &room, link);
    assert!(adaptive.to_string().len() < teams::card::MOST, "{}", adaptive.to_string().len());
}
