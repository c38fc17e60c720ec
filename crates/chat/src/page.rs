//! Pages behind links: the one on which somebody decides who gets no buttons, and the report. They work
//! without a script.

use crate::door::Response;
use crate::link::{Key, Link, Use};
use crate::refused::minute;
use crate::slack::headline;
use locksmith_app::approve::Approvals;
use locksmith_app::card::Card;
use locksmith_app::config::Locale;
use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::plan::{Plan, Risk, Scope};
use locksmith_view::View;
use locksmith_view::html::{Markup, Parts, STYLE, difference};
use locksmith_view::plan::difference::of_change;
use locksmith_words::Words;

/// Columns of a difference.
const COLUMNS: usize = 90;

/// The page with what is asked and the forms that answer it; while what was agreed to stands, with the one
/// that takes it back.
pub(crate) fn asked(card: &Card, link: &Link, key: &Key, may_break_glass: bool) -> Response {
    let words = Words::new(link.aim.locale);
    let mut body = Markup::default();
    summary(words, card, &mut body);
    let person = link.person.as_deref().unwrap_or_default();
    let as_whom = words.say("chat-page-as", &[("person", person.into())]);
    body.raw("<section><p><strong>").text(&as_whom).raw("</strong></p>\n");
    let form = |decision: &'static str, button: &str, asks: Asks, body: &mut Markup| {
        let button = words.say(button, &[]);
        write_form(words, (key, link), decision, &button, asks, body);
    };
    if card.undoable().is_some() {
        form("undo", "chat-button-undo", Asks::Reason, &mut body);
    }
    if card.question.is_some() {
        form("approve", "chat-button-approve", Asks::Nothing, &mut body);
        form("reject", "chat-button-reject", Asks::Reason, &mut body);
        form("suppress", "chat-button-suppress", Asks::ReasonAndDay, &mut body);
        let is_of_s3 = card.diagnosis.as_ref().is_some_and(|one| one.call.service == "s3");
        if let Some(plan) = card.plan.as_ref().filter(|_| is_of_s3) {
            for scope in Scope::ALL {
                if scope == plan.scope {
                    continue;
                }
                let id =
                    if scope < plan.scope { "chat-button-narrower" } else { "chat-button-wider" };
                let name = words.scope(scope);
                let button = words.say(id, &[("scope", (&name).into())]);
                write_form(words, (key, link), scope.name(), &button, Asks::Nothing, &mut body);
            }
        }
        if may_break_glass {
            let note = words.say("chat-break-glass-note", &[]);
            body.raw("<p>").text(&note).raw("</p>\n");
            form("break_glass", "chat-button-break-glass", Asks::Reason, &mut body);
        }
    }
    body.raw("</section>\n");
    page(words, 200, &headline(words, card), &body)
}

/// The report of an incident: all of its causes and changes, and the ways that each permission took
/// through the policies. Nothing on it decides anything.
pub fn report(card: &Card, locale: Locale) -> String {
    let words = Words::new(locale);
    let mut body = Markup::default();
    summary(words, card, &mut body);
    if let Some(diagnosis) = &card.diagnosis {
        evidence(words, diagnosis, &mut body);
    }
    if let Some(plan) = &card.plan {
        others(words, plan, &mut body);
    }
    decisions(words, card, &mut body);
    html(words, &headline(words, card), &body)
}

/// What each layer of policies says, what could not be seen, and how sure the diagnosis is.
fn evidence(words: Words, diagnosis: &Diagnosis, body: &mut Markup) {
    let parts = Parts::new(View::alone(diagnosis)).words(words);
    if !diagnosis.permissions.is_empty() {
        heading(words, "chat-label-layers", body);
        body.add(&parts.paths()).add(&parts.table());
    }
    if !diagnosis.unknowns.is_empty() {
        heading(words, "chat-label-unknown", body);
        body.add(&parts.unknowns());
    }
    body.add(&parts.assessment());
}

fn heading(words: Words, id: &str, body: &mut Markup) {
    body.raw("<h2>").text(&words.say(id, &[])).raw("</h2>\n");
}

/// Other ways, and what people have to do.
fn others(words: Words, plan: &Plan, body: &mut Markup) {
    if !plan.alternatives.is_empty() {
        heading(words, "label-alternatives", body);
    }
    for way in &plan.alternatives {
        body.raw("<p>").text(&words.alternative(way)).raw("</p>\n");
        for change in &way.changes {
            body.raw("<p>").text(&words.change(change)).raw("</p>\n");
            body.add(&difference(&of_change(change, COLUMNS)));
        }
    }
    if !plan.manual.is_empty() {
        heading(words, "label-manual", body);
        body.raw("<ul>\n");
        for manual in &plan.manual {
            body.raw("<li>").text(&words.manual(manual)).raw("</li>\n");
        }
        body.raw("</ul>\n");
    }
}

/// Who decided what.
fn decisions(words: Words, card: &Card, body: &mut Markup) {
    let Approvals { given, ended, undo } = &card.approvals;
    for one in given {
        let account = [("account", one.account.as_str().into())];
        let account = words.say("chat-for-account", &account);
        let who = format!("{} {account} · {}", one.person, minute(one.at));
        fact(&words.say("chat-label-approved", &[]), &who, body);
        if let Some(reason) = &one.break_glass {
            let by = words.say("chat-by-break-glass", &[("reason", reason.into())]);
            body.raw("<p>").text(&by).raw("</p>\n");
        }
    }
    let ended = ended.iter().map(|ended| match ended.until {
        Some(_) => ("chat-ended-suppressed", ended),
        None => ("chat-ended-rejected", ended),
    });
    for (id, ended) in ended.chain(undo.iter().map(|undo| ("chat-ended-undo", undo))) {
        let who = format!("{} · {} · {}", ended.person, minute(ended.at), ended.reason);
        fact(&words.say(id, &[]), &who, body);
    }
}

fn fact(label: &str, value: &str, body: &mut Markup) {
    body.raw("<p><strong>").text(label).raw("</strong> ").text(value).raw("</p>\n");
}

/// A page that tells one thing.
pub(crate) fn told(words: Words, status: u16, text: &str) -> Response {
    let mut body = Markup::default();
    body.raw("<p role=\"status\">").text(text).raw("</p>\n");
    page(words, status, &words.say("chat-page-title", &[]), &body)
}

/// What a form asks for beside its button.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    Reason,
    ReasonAndDay,
}

fn write_form(
    words: Words,
    (key, link): (&Key, &Link),
    decision: &'static str,
    button: &str,
    asks: Asks,
    body: &mut Markup,
) {
    body.raw("<form method=\"post\" action=\"/decide\">\n");
    for (name, value) in key.fields(Use::Decide, link) {
        hidden(name, &value, body);
    }
    hidden("decision", decision, body);
    body.raw("<fieldset><legend>").text(button).raw("</legend>\n");
    if asks != Asks::Nothing {
        body.raw("<p><label>").text(&words.say("chat-dialog-reason", &[]));
        body.raw(
            "<br><textarea name=\"reason\" rows=\"3\" cols=\"60\" maxlength=\"1000\" required>",
        );
        body.raw("</textarea></label></p>\n");
    }
    if asks == Asks::ReasonAndDay {
        body.raw("<p><label>").text(&words.say("chat-dialog-until", &[]));
        body.raw("<br><input type=\"date\" name=\"day\" required></label></p>\n");
    }
    body.raw("<button type=\"submit\">").text(button).raw("</button></fieldset>\n</form>\n");
}

fn hidden(name: &str, value: &str, body: &mut Markup) {
    body.raw("<input type=\"hidden\" name=\"").text(name);
    body.raw("\" value=\"").text(value).raw("\">\n");
}

fn summary(words: Words, card: &Card, body: &mut Markup) {
    let incident = &card.incident;
    fact(&words.state(incident.state), &words.state_sentence(incident.state), body);
    if let Some(remark) = &incident.remark {
        fact(&words.say("chat-label-remark", &[]), &words.remark(remark), body);
    }
    let principal = incident.principal_arn.as_ref().unwrap_or(&incident.principal);
    fact(&words.say("label-principal", &[]), principal, body);
    let call = card.diagnosis.as_ref().map(|diagnosis| &diagnosis.call);
    let resource = call.and_then(|call| call.resource.as_ref()).unwrap_or(&incident.resource);
    fact(&words.say("label-resource", &[]), resource, body);
    if let Some(diagnosis) = &card.diagnosis {
        heading(words, "label-causes", body);
        body.raw("<ul>\n");
        for cause in &diagnosis.causes {
            body.raw("<li>").text(&words.cause(cause, diagnosis)).raw("</li>\n");
        }
        body.raw("</ul>\n");
    }
    if let Some(plan) = &card.plan {
        let between = words.say("sentence-separator", &[]);
        heading(words, "chat-label-change", body);
        for change in &plan.changes {
            let what = format!("{}{between}{}", words.change(change), words.change_why(change));
            body.raw("<p>").text(&what).raw("</p>\n");
            body.add(&difference(&of_change(change, COLUMNS)));
        }
        let risk = plan.changes.iter().map(|change| change.risk).max().unwrap_or(Risk::Low);
        let risk = format!("{} · {}", words.risk(risk), words.risk_sentence(risk));
        fact(&words.say("label-risk", &[]), &risk, body);
        fact(&words.say("label-scope", &[]), &words.scope(plan.scope), body);
        fact(&words.say("label-proof", &[]), &words.proof(&plan.proof), body);
    }
    if let Some(asked) = &card.question {
        for missing in &asked.missing {
            fact(&words.say("chat-label-missing", &[]), &words.missing(*missing), body);
        }
        fact(&words.say("chat-label-answer-until", &[]), &minute(asked.until), body);
    }
}

fn page(words: Words, status: u16, title: &str, body: &Markup) -> Response {
    Response::page(status, html(words, title, body))
}

fn html(words: Words, title: &str, body: &Markup) -> String {
    let mut page = Markup::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"").text(words.locale().tag()).raw("\">\n<head>\n");
    page.raw("<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    page.text(title).raw(" – Locksmith</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n");
    page.raw("<body>\n<main>\n<h1>").text(title).raw("</h1>\n").add(body);
    page.raw("</main>\n</body>\n</html>\n");
    page.into_text()
}
