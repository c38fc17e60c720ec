//! What owners are asked, and the forms in which they answer.

use super::frame::Frame;
use super::incident::Standing;
use super::time;
use crate::rights::{is_concerned, is_owner};
use jiff::tz::TimeZone;
use locksmith_app::approve::Missing;
use locksmith_app::card::Question;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Alternative, Digest, Plan, Scope};
use locksmith_view::plain::plain;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// How many days a denial is called right for, unless another day is chosen.
const DAYS: i64 = 90;

/// The question, who has answered, and the forms.
pub(super) fn question(
    frame: &Frame<'_>,
    standing: &Standing<'_>,
    plan: &Plan,
    question: &Question,
) -> Markup {
    let concerned = is_concerned(standing.card, standing.person, standing.configuration);
    html! {
        p { (frame.say("page-asked-until")) " " (time(question.until)) }
        (approvals(frame, standing, plan, &question.missing))
        @if concerned {
            @if may_approve(standing, plan, &plan.digest) {
                (form(frame, standing, &plan.digest, "approve", &html! {
                    button.primary { (frame.say("page-approve")) }
                    p.soft.small { (frame.say("page-approve-binds")) }
                }))
            }
            details {
                summary { (frame.say("page-reject")) }
                (form(frame, standing, &plan.digest, "reject", &html! {
                    (reason(frame, "reject"))
                    button { (frame.say("page-reject-now")) }
                }))
            }
            details {
                summary { (frame.say("page-suppress")) }
                (form(frame, standing, &plan.digest, "suppress", &html! {
                    p.soft.small { (frame.say("page-suppress-means")) }
                    (reason(frame, "suppress"))
                    label for="until" { (frame.say("page-until")) }
                    input #until type="date" name="until" required
                        min=(day(standing, 1)) value=(day(standing, DAYS));
                    button { (frame.say("page-suppress-now")) }
                }))
            }
            details {
                summary { (frame.say("page-rescope")) }
                (form(frame, standing, &plan.digest, "rescope", &scopes(frame, plan)))
            }
        } @else {
            p.note { (frame.with("page-not-yours", &[("person", standing.person.into())])) }
        }
        @if standing.configuration.may_break_glass(standing.person) {
            details {
                summary { (frame.say("page-break-glass")) }
                (form(frame, standing, &plan.digest, "break_glass", &html! {
                    p.soft.small { (frame.say("page-break-glass-means")) }
                    (reason(frame, "break-glass"))
                    button { (frame.say("page-break-glass-now")) }
                }))
            }
        }
    }
}

/// The form that approves another way.
pub(super) fn other_way(
    frame: &Frame<'_>,
    standing: &Standing<'_>,
    plan: &Plan,
    other: &Alternative,
) -> Markup {
    let asked = standing.card.question.is_some();
    let digest = other.digest.as_ref().filter(|_| asked);
    html! {
        @if let Some(digest) = digest.filter(|digest| may_approve(standing, plan, digest)) {
            (form_of(frame, standing, digest, ("approve", "way"), &html! {
                button { (frame.say("page-approve-way")) }
            }))
        }
    }
}

/// Who has to approve, and who did.
fn approvals(
    frame: &Frame<'_>,
    standing: &Standing<'_>,
    plan: &Plan,
    missing: &[Missing],
) -> Markup {
    let accounts: BTreeSet<AccountId> = plan.changes.iter().map(|change| change.account).collect();
    html! {
        ul.approvals {
            @for account in accounts {
                @let lacks = missing.iter().find(|one| one.account == account);
                li {
                    span.sign aria-hidden="true" { (if lacks.is_some() { "○" } else { "●" }) }
                    strong { (account.as_str()) } " "
                    @match lacks {
                        Some(lacks) => (frame.with("page-approvals-missing", &[
                            ("given", (lacks.given as u64).into()),
                            ("quorum", (lacks.quorum.unwrap_or(1) as u64).into()),
                        ])),
                        None => (frame.say("page-approvals-given")),
                    }
                    (owners(frame, standing, account))
                }
            }
        }
    }
}

fn owners(frame: &Frame<'_>, standing: &Standing<'_>, account: AccountId) -> Markup {
    let given = &standing.card.approvals.given;
    let owners = standing.configuration.owners(account);
    html! {
        ul {
            @for person in owners.iter().flat_map(|owners| &owners.people) {
                @let approved = given.iter().find(|one| one.account == account && one.person == *person);
                li {
                    (frame.words.label(&plain(person)))
                    @match approved {
                        Some(approved) => { (frame.say("page-approved-at")) " " (time(approved.at)) },
                        None => (frame.say("page-not-yet")),
                    }
                }
            }
        }
    }
}

/// A form with what every decision carries: on what it is, and as an answer to which question.
fn form(
    frame: &Frame<'_>,
    standing: &Standing<'_>,
    digest: &Digest,
    decision: &str,
    fields: &Markup,
) -> Markup {
    form_of(frame, standing, digest, (decision, &decision.replace('_', "-")), fields)
}

/// The same under a name of its own.
fn form_of(
    frame: &Frame<'_>,
    standing: &Standing<'_>,
    digest: &Digest,
    (decision, name): (&str, &str),
    fields: &Markup,
) -> Markup {
    let incident = &standing.card.incident;
    let asked_at = standing.card.question.as_ref().map(|question| question.asked_at.to_string());
    let label = frame.say(&format!("page-form-{name}"));
    html! {
        form method="post" action=(format!("/incidents/{}/decision", incident.id)) aria-label=(label) {
            input type="hidden" name="form_token" value=(standing.form_token);
            input type="hidden" name="digest" value=(digest.to_string());
            input type="hidden" name="asked_at" value=(asked_at.unwrap_or_default());
            input type="hidden" name="decision" value=(decision);
            (fields)
        }
    }
}

/// A field for a reason, by an id of its own.
pub(super) fn reason(frame: &Frame<'_>, of: &str) -> Markup {
    let id = format!("reason-{of}");
    html! {
        label for=(id) { (frame.say("page-reason")) }
        textarea id=(id) name="reason" rows="2" maxlength="2000" required {}
    }
}

fn scopes(frame: &Frame<'_>, plan: &Plan) -> Markup {
    html! {
        fieldset {
            legend { (frame.say("page-scope")) }
            @for scope in Scope::ALL.into_iter().filter(|scope| *scope != plan.scope) {
                label.choice {
                    input type="radio" name="scope" value=(scope.name()) required;
                    " " (frame.words.scope(scope))
                }
            }
        }
        button { (frame.say("page-rescope-now")) }
    }
}

/// A day from now, as a field for days takes it.
fn day(standing: &Standing<'_>, days: i64) -> String {
    let later = jiff::SignedDuration::from_hours(24 * days);
    let at = standing.now.saturating_add(later).unwrap_or(standing.now);
    at.to_zoned(TimeZone::UTC).date().to_string()
}

/// Whether the person's approval of a way is missing. Whether it counts is looked at when it is given.
fn may_approve(standing: &Standing<'_>, plan: &Plan, digest: &Digest) -> bool {
    let Standing { card, person, configuration, .. } = standing;
    let other = plan.alternatives.iter().find(|other| other.digest.as_ref() == Some(digest));
    let changes = other.map_or(&plan.changes, |other| &other.changes);
    let given = &card.approvals.given;
    if given.iter().any(|one| one.digest != *digest) {
        return false;
    }
    changes.iter().map(|change| change.account).any(|account| {
        let approved = given.iter().any(|one| one.account == account && one.person == *person);
        is_owner(person, account, configuration) && !approved
    })
}
