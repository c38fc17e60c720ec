//! What people are shown: messages, dialogs and cards of all states in all languages, also where strangers
//! chose the names and everything is too large.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]
#![expect(clippy::indexing_slicing, reason = "a test says what is wrong by failing")]

mod common;

use common::{OWNED, Scene, account, at, block_kit, now, room};
use locksmith_app::approve::{Approval, Ended, Missing};
use locksmith_app::card::{Card, Question, TicketRef};
use locksmith_app::change::{Journal, Status, Why};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::ports::Notice;
use locksmith_app::remark::Remark;
use locksmith_chat::aim::Aim;
use locksmith_chat::slack::dialog::{Dialog, Kept};
use locksmith_chat::slack::{details, message};
use locksmith_chat::teams;
use locksmith_core::diagnosis::{Cause, Diagnosis, Unknown, UnknownCode};
use locksmith_core::plan::Plan;
use locksmith_view::{plan::sample as plans, sample as diagnoses};
use locksmith_words::Words;
use serde_json::{Value, json};

/// A card in a state, as it is when all went well until there.
fn in_state(base: &Card, state: State) -> Card {
    let mut card = base.clone();
    card.incident.state = state;
    card.incident.count = 12;
    card.ticket = Some(TicketRef {
        id: "1".to_owned(),
        name: "SEC-12".to_owned(),
        url: Some("https://example.atlassian.net/browse/SEC-12".to_owned()),
    });
    card.report_url = Some("https://locksmith.example/reports/x?until=1&signature=2".to_owned());
    if state == State::AwaitingApproval {
        return card;
    }
    card.question = None;
    let (asked_at, plan) = (card.incident.state_since, card.plan.clone().unwrap());
    let given = |person: &str, id: &str, reason: Option<&str>| Approval {
        account: account(id),
        person: person.to_owned(),
        digest: plan.digest.clone(),
        at: now(),
        from: "a test".to_owned(),
        asked_at: Some(asked_at),
        group: None,
        break_glass: reason.map(str::to_owned),
    };
    let ended = |until| Ended {
        person: "alice".to_owned(),
        reason: "this role is not to read *any* report".to_owned(),
        until,
        at: now(),
        from: "a test".to_owned(),
    };
    match state {
        State::Detected => {
            card.diagnosis = None;
            card.plan = None;
        }
        State::Rejected => card.approvals.ended = Some(ended(None)),
        State::Suppressed => card.approvals.ended = Some(ended(Some(at("2026-12-24T00:00:00Z")))),
        State::Manual => card.plan = Some(plans::by_hand()),
        State::Approved
        | State::Applying
        | State::Applied
        | State::Verified
        | State::Failed
        | State::RolledBack => {
            card.approvals.given = vec![
                given("alice", "111111111111", None),
                given("dave", "222222222222", Some("payroll is due today")),
            ];
        }
        State::Diagnosed | State::AwaitingApproval | State::NoChangeNeeded | State::Expired => {}
    }
    let begun =
        [State::Applying, State::Applied, State::Verified, State::Failed, State::RolledBack];
    if begun.contains(&state) {
        let mut journal = Journal::new("x", plan.digest.clone(), plan.changes.clone(), now());
        for step in &mut journal.steps {
            step.status = match state {
                State::Applying => Status::Writing,
                State::Failed => {
                    Status::Stuck { why: Why::Told("AccessDenied <!channel>".to_owned()) }
                }
                State::RolledBack => Status::Undone,
                _ => Status::Written,
            };
        }
        card.journal = Some(journal);
    }
    if state == State::Failed {
        card.incident.remark = Some(Remark::StillDenied { cause: None });
    }
    card
}

/// What tries to get out of every markup.
const HOSTILE: &str = "```<!channel> <@U0ADMIN01> <https://evil.example|bank> *x* _y_ ~z~ :x: `a` & \
    \u{202e}\u{2066}\u{1b}[2J @here #general \"\\u0060";

/// As large and as bad as it can be.
fn largest(base: &Card) -> Card {
    let mut card = in_state(base, State::AwaitingApproval);
    let emoji = "😀".repeat(3000);
    let mut diagnosis: Diagnosis = diagnoses::hostile();
    let cause = diagnosis.causes[0].clone();
    diagnosis.causes = (0..300)
        .map(|n| Cause {
            message: format!("{n} {HOSTILE} {}", "<&>".repeat(700)),
            target: format!("arn:aws:s3:::reports/{HOSTILE}{emoji}"),
            ..cause.clone()
        })
        .collect();
    let permission = diagnosis.permissions[0].clone();
    diagnosis.permissions = vec![permission; 200];
    let unknown = diagnosis.unknowns[0].clone();
    diagnosis.unknowns = vec![unknown; 200];
    diagnosis.call.resource = Some(format!("arn:aws:s3:::reports/{HOSTILE}{emoji}"));
    card.diagnosis = Some(diagnosis);
    let mut plan: Plan = plans::hostile();
    for change in &mut plan.changes {
        let statement = json!({"Sid": HOSTILE, "Resource": HOSTILE.repeat(20), "Effect": "Allow"});
        change.after = json!({"Version": "2012-10-17", "Statement": vec![statement; 40]});
        change.why = format!("{HOSTILE} {emoji}");
        assert!(change.after.to_string().len() > 20_000);
    }
    let change = plan.changes[0].clone();
    plan.changes.extend(vec![change; 100]);
    let manual = plans::by_hand().manual[0].clone();
    plan.manual = vec![manual; 50];
    for manual in &mut plan.manual {
        manual.what_to_do = format!("{HOSTILE} {emoji}");
    }
    let mut way = plans::plan().alternatives[0].clone();
    way.why = HOSTILE.repeat(100);
    plan.alternatives = vec![way; 60];
    card.plan = Some(plan);
    let incident = &mut card.incident;
    incident.principal_arn =
        Some(format!("arn:aws:sts::222222222222:assumed-role/R/{HOSTILE}{emoji}"));
    incident.resource = format!("{HOSTILE}{emoji}");
    let (reason, person) = (format!("{HOSTILE}{emoji}"), HOSTILE.to_owned());
    incident.remark = Some(Remark::Said { reason, person, until: None });
    let missing = Missing { account: account("111111111111"), given: 0, quorum: Some(2) };
    card.question.as_mut().unwrap().missing = vec![missing; 100];
    let given = Approval {
        account: account("111111111111"),
        person: HOSTILE.repeat(30),
        digest: card.plan.as_ref().unwrap().digest.clone(),
        at: now(),
        from: String::new(),
        asked_at: None,
        group: None,
        break_glass: Some(emoji.clone()),
    };
    card.approvals.given = vec![given; 100];
    card.ticket = Some(TicketRef {
        id: String::new(),
        name: HOSTILE.to_owned(),
        url: Some("https://evil.example/|<!channel>".to_owned()),
    });
    card
}

fn shown(card: &Card, locale: Locale) -> Value {
    let message = message(card, &room(locale));
    json!({"text": message.text, "blocks": message.blocks})
}

fn kept(card: &Card, locale: Locale) -> Kept {
    Kept { aim: Aim::of(card, &room(locale)), channel: Some("C0EVERYTH".to_owned()) }
}

/// The names of the buttons.
fn buttons(message: &Value) -> Vec<String> {
    let blocks = message["blocks"].as_array().unwrap().iter();
    let actions = blocks.filter(|block| block["type"] == "actions");
    actions
        .flat_map(|block| block["elements"].as_array().unwrap())
        .map(|button| button["action_id"].as_str().unwrap().replace("locksmith.", ""))
        .collect()
}

#[tokio::test]
async fn slack_takes_every_message() {
    let base = Scene::asked(OWNED).await.card().await;
    for locale in Locale::ALL {
        for state in State::ALL {
            let card = in_state(&base, state);
            block_kit::message(&shown(&card, locale));
            let view = details(&card, &kept(&card, locale), true).unwrap();
            block_kit::view(&serde_json::to_value(view).unwrap());
        }
        for dialog in Dialog::ALL {
            let view = dialog.view(&kept(&base, locale), now()).unwrap();
            block_kit::view(&serde_json::to_value(view).unwrap());
        }
    }
}

#[tokio::test]
async fn the_largest_and_worst_is_taken_too() {
    let base = Scene::asked(OWNED).await.card().await;
    let worst = largest(&base);
    for locale in Locale::ALL {
        for state in State::ALL {
            let mut card = worst.clone();
            card.incident.state = state;
            if state != State::AwaitingApproval {
                card.question = None;
            }
            let shown = shown(&card, locale);
            block_kit::message(&shown);
            if state == State::AwaitingApproval {
                assert!(buttons(&shown).contains(&"approve".to_owned()), "buttons are never cut");
            }
            let view = details(&card, &kept(&card, locale), true).unwrap();
            let view = serde_json::to_value(view).unwrap();
            block_kit::view(&view);
            let asks = view.to_string().contains("locksmith.break_glass");
            assert_eq!(asks, state == State::AwaitingApproval);
            let card = teams::card::card(&card, &room(locale), Some("https://locksmith.example/d"));
            assert!(card.to_string().len() < teams::card::MOST, "{}", card.to_string().len());
        }
    }
}

/// What the engine says of its own, in English.
const ENGLISH: &str = "Only English readers understand this.";

/// A value of the engine's in which every sentence of its own is that one.
fn said_in_english<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    fn replace(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    match name.as_str() {
                        "message" | "why" | "what_to_do" | "inverse" | "owner" => {
                            *value = ENGLISH.into();
                        }
                        // Documents and AWS's own words stay as they are.
                        "before" | "after" | "added" | "statement" | "aws_message" => {}
                        _ => replace(value),
                    }
                }
            }
            Value::Array(list) => list.iter_mut().for_each(replace),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(value).unwrap();
    replace(&mut value);
    serde_json::from_value(value).unwrap()
}

/// Whoever reads another language reads no sentence that the engine wrote in English.
#[tokio::test]
async fn english_sentences_reach_english_readers_alone() {
    let mut base = Scene::asked(OWNED).await.card().await;
    let mut diagnosis = said_in_english(&diagnoses::diagnosis());
    let unknown = diagnosis.unknowns[0].clone();
    // Of older diagnoses nothing but the sentence is known.
    let codes = UnknownCode::ALL.into_iter().filter(|code| *code != UnknownCode::Told);
    diagnosis.unknowns = codes.map(|code| Unknown { code, ..unknown.clone() }).collect();
    let mut plan = said_in_english(&plans::plan());
    plan.manual = said_in_english(&plans::by_hand()).manual;
    for locale in Locale::ALL {
        for state in State::ALL {
            base.diagnosis = Some(diagnosis.clone());
            base.plan = Some(plan.clone());
            let mut card = in_state(&base, state);
            card.incident.remark = Some(Remark::NotVerified {
                unknown: diagnosis.unknowns.first().cloned().map(Box::new),
            });
            if let Some(step) = card.journal.as_mut().and_then(|journal| journal.steps.first_mut())
            {
                step.status = Status::Failed { why: Why::KeepsChanging };
            }
            let view = details(&card, &kept(&card, locale), true).unwrap();
            for (place, text) in [
                ("message", shown(&card, locale).to_string()),
                ("dialog", serde_json::to_string(&view).unwrap()),
                ("card", teams::card::card(&card, &room(locale), None).to_string()),
                ("report", locksmith_chat::report(&card, locale)),
            ] {
                let in_english = text.contains(ENGLISH);
                let is_whole = card.diagnosis.is_some() && ["dialog", "report"].contains(&place);
                let place = format!("{locale} {state} {place}");
                assert!(!in_english || locale == Locale::En, "{place}: {text}");
                assert!(in_english || locale != Locale::En || !is_whole, "{place}: {text}");
                let told = Words::new(locale).why(&Why::KeepsChanging);
                let has_steps = card.journal.is_some() && place.ends_with("dialog");
                assert!(!has_steps || text.contains(&told), "{place}: {told}");
            }
        }
    }
}

#[tokio::test]
async fn strangers_write_no_elements_into_a_report() {
    let page =
        locksmith_chat::report(&largest(&Scene::asked(OWNED).await.card().await), Locale::Fr);
    for element in ["<script", "<img", "<https", "<!channel", "<@", "\u{202e}"] {
        assert!(!page.contains(element), "{element}");
    }
    assert!(page.contains("&lt;!channel&gt;"));
}

/// Why nothing goes on is told first.
#[tokio::test]
async fn a_report_tells_the_remark() {
    let mut card = in_state(&Scene::asked(OWNED).await.card().await, State::Failed);
    card.incident.remark = Some(Remark::Unanswered);
    for locale in Locale::ALL {
        let told = Words::new(locale).remark(&Remark::Unanswered).replace('\'', "&#39;");
        assert!(locksmith_chat::report(&card, locale).contains(&told), "{locale}: {told}");
    }
}

#[tokio::test]
async fn nobody_is_asked_twice_for_what_is_over() {
    let base = Scene::asked(OWNED).await.card().await;
    for state in State::ALL {
        let buttons = buttons(&shown(&in_state(&base, state), Locale::En));
        let expected: &[&str] = match state {
            State::AwaitingApproval => {
                &["approve", "reject", "suppress", "scope.prefix", "details"]
            }
            State::Diagnosed | State::Manual => &["suppress", "details"],
            State::Approved | State::Applying | State::RolledBack => &["details"],
            State::Applied | State::Failed => &["undo", "details"],
            State::Verified => &["undo"],
            _ => &[],
        };
        assert_eq!(buttons, expected, "{state}");
    }
}

#[tokio::test]
async fn break_glass_is_offered_to_those_who_may_alone() {
    let base = Scene::asked(OWNED).await.card().await;
    let view = |may| {
        let view = details(&base, &kept(&base, Locale::En), may).unwrap();
        serde_json::to_string(&view).unwrap()
    };
    assert!(view(true).contains("locksmith.break_glass"));
    assert!(!view(false).contains("locksmith.break_glass"));
    assert!(!shown(&base, Locale::En).to_string().contains("break_glass"));
}

#[tokio::test]
async fn a_button_is_aimed_at_what_was_shown() {
    let card = Scene::asked(OWNED).await.card().await;
    let shown = shown(&card, Locale::Ja);
    let blocks = shown["blocks"].as_array().unwrap();
    let actions = blocks.iter().find(|block| block["type"] == "actions").unwrap();
    let Question { digest, asked_at, .. } = card.question.clone().unwrap();
    for button in actions["elements"].as_array().unwrap() {
        let aim = Aim::read(button["value"].as_str().unwrap()).unwrap();
        let asked = aim.asked.unwrap();
        assert_eq!((&aim.incident, aim.locale), (&card.incident.id, Locale::Ja));
        assert_eq!((&asked.digest, asked.at), (&digest, asked_at));
        assert_eq!(aim.account, Some(account("111111111111")));
    }
    let mut both = room(Locale::En);
    both.accounts.insert(account("222222222222"));
    assert_eq!(Aim::of(&card, &both).account, None, "a room of several accounts names none");
}

/// What a reader of the room sees, without the fields of Block Kit.
fn as_read(message: &Value) -> String {
    let mut out = format!("[{}]\n", message["text"].as_str().unwrap());
    for block in message["blocks"].as_array().unwrap() {
        let text = |value: &Value| value["text"].as_str().unwrap_or_default().to_owned();
        let line = match block["type"].as_str().unwrap() {
            "divider" => "----".to_owned(),
            "header" => format!("# {}", text(&block["text"])),
            "section" => text(&block["text"]),
            "input" => format!("<{}: {}>", text(&block["label"]), text(&block["hint"])),
            _ => {
                let elements = block["elements"].as_array().unwrap().iter();
                let one = |element: &Value| match element["type"].as_str() {
                    Some("button") => format!("[{}]", text(&element["text"])),
                    _ => text(element),
                };
                elements.map(one).collect::<Vec<_>>().join(" | ")
            }
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

#[tokio::test]
async fn the_messages() {
    let base = Scene::asked(OWNED).await.card().await;
    for state in State::ALL {
        let message = as_read(&shown(&in_state(&base, state), Locale::En));
        insta::assert_snapshot!(format!("message_{}", state.name()), message);
    }
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::En) {
        let message = as_read(&shown(&base, locale));
        insta::assert_snapshot!(format!("message_awaiting_approval_{locale}"), message);
    }
}

#[tokio::test]
async fn the_dialogs() {
    let base = Scene::asked(OWNED).await.card().await;
    let read = |view: Value| {
        let view = json!({"text": view["title"]["text"], "blocks": view["blocks"]});
        as_read(&view)
    };
    for dialog in Dialog::ALL {
        let view = dialog.view(&kept(&base, Locale::En), now()).unwrap();
        let view = read(serde_json::to_value(view).unwrap());
        insta::assert_snapshot!(dialog.id().replace('.', "_"), view);
    }
    let mut card = in_state(&base, State::AwaitingApproval);
    card.diagnosis = Some(diagnoses::diagnosis());
    card.plan = Some(plans::plan());
    let view = details(&card, &kept(&card, Locale::En), true).unwrap();
    insta::assert_snapshot!("details", read(serde_json::to_value(view).unwrap()));
}

#[tokio::test]
async fn teams_takes_every_card() {
    let base = Scene::asked(OWNED).await.card().await;
    for locale in Locale::ALL {
        for state in State::ALL {
            let card = in_state(&base, state);
            let link = Some("https://locksmith.example/decide?x");
            let shown = teams::card::card(&card, &room(locale), link);
            adaptive(&shown);
            assert!(shown.to_string().len() < teams::card::MOST, "{}", shown.to_string().len());
        }
    }
    let (person, reason) = ("dave".to_owned(), HOSTILE.repeat(99));
    let break_glass = Notice::BreakGlass { at: now(), person, reason };
    for notice in [Notice::Reminder(1), Notice::Reminder(3), Notice::Escalation, break_glass] {
        let shown = teams::card::notice(&base, &room(Locale::Fr), &notice, None);
        adaptive(&shown);
        assert!(shown.to_string().len() < teams::card::MOST);
    }
    let shown = teams::card::card(&base, &room(Locale::En), Some("https://locksmith.example/d"));
    insta::assert_snapshot!("teams", serde_json::to_string_pretty(&shown).unwrap());
}

/// Elements of version 1.5 alone, and every text in a run, where markup is not read.
fn adaptive(card: &Value) {
    assert_eq!(
        (card["type"].as_str(), card["version"].as_str()),
        (Some("AdaptiveCard"), Some("1.5"))
    );
    for element in card["body"].as_array().unwrap() {
        assert_eq!(element["type"], "RichTextBlock");
        for run in element["inlines"].as_array().unwrap() {
            assert_eq!(run["type"], "TextRun");
            assert!(run["text"].is_string());
        }
    }
    for action in card["actions"].as_array().unwrap() {
        assert_eq!(action["type"], "Action.OpenUrl");
        assert!(action["url"].as_str().unwrap().starts_with("https://"));
    }
}
