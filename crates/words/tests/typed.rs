//! What Locksmith says of its own values: in every language, of every value, for people to review.

use locksmith_app::change::{Differences, Why};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::remark::{Brief, Remark};
use locksmith_app::sighting::Class;
use locksmith_core::diagnosis::{Cause, CauseCode, Confidence, KeyTrust, PolicyProblem, Verdict};
use locksmith_core::evaluate::{Answer, Layer, Outcome};
use locksmith_core::plan::{Alternative, ChangeKind, Manual, Risk, Scope};
use locksmith_words::Words;

#[path = "typed/remarks.rs"]
mod remarks;
#[path = "typed/sample.rs"]
mod sample;

const CLASSES: [Class; 8] = [
    Class::Read,
    Class::Write,
    Class::Delete,
    Class::List,
    Class::Configure,
    Class::Assume,
    Class::Decrypt,
    Class::Encrypt,
];

/// Everything that has a text: its name, and the text in a language.
fn everything(words: Words) -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut add = |name: String, text: String| texts.push((name, text));
    let diagnosis = sample::diagnosis();
    for code in CauseCode::all() {
        add(format!("cause {code}"), words.cause(&sample::cause(code), &diagnosis));
        add(format!("title {code}"), words.cause_title(&sample::cause(code)));
        add(format!("manual {code}"), words.manual(&sample::manual(code)));
    }
    for (index, cause) in special_causes().iter().enumerate() {
        add(format!("cause, special {index}"), words.cause(cause, &diagnosis));
    }
    for layer in Layer::ALL {
        add(format!("layer {}", layer.name()), words.layer(layer));
        add(format!("short layer {}", layer.name()), words.layer_short(layer));
    }
    for outcome in [
        Outcome::Allow,
        Outcome::NoAllow,
        Outcome::ExplicitDeny,
        Outcome::NotApplicable,
        Outcome::Unknown,
    ] {
        add(format!("outcome {}", outcome.name()), words.outcome(outcome));
    }
    for verdict in [Verdict::Denied, Verdict::Allowed, Verdict::Unknown] {
        add(format!("verdict {verdict:?}"), words.verdict(verdict));
    }
    for confidence in [Confidence::Certain, Confidence::Likely, Confidence::Open] {
        add(format!("confidence {confidence:?}"), words.confidence(confidence));
    }
    for class in CLASSES {
        add(format!("class {}", class.name()), words.class(class));
    }
    for state in State::ALL {
        add(format!("state {state}"), words.state(state));
        add(format!("state {state}, sentence"), words.state_sentence(state));
    }
    for risk in [Risk::Low, Risk::Medium, Risk::High] {
        add(format!("risk {risk:?}"), words.risk(risk));
        add(format!("risk {risk:?}, sentence"), words.risk_sentence(risk));
    }
    for scope in Scope::ALL {
        add(format!("scope {}", scope.name()), words.scope(scope));
    }
    let changes = ChangeKind::ALL.map(sample::change).into_iter().chain(sample::special_changes());
    for (index, change) in changes.enumerate() {
        let name = format!("{} {index}", change.kind.name());
        add(format!("change {name}"), words.change(&change));
        add(format!("why {name}"), words.change_why(&change));
        add(format!("inverse {name}"), words.inverse(&change));
    }
    for (index, alternative) in sample::alternatives().iter().enumerate() {
        add(format!("alternative {index}"), words.alternative(alternative));
    }
    for (index, proof) in sample::proofs().iter().enumerate() {
        add(format!("proof {index}"), words.proof(proof));
    }
    for answer in
        [Answer::Allowed, Answer::ImplicitlyDenied, Answer::ExplicitlyDenied, Answer::Unknown]
    {
        add(format!("answer {answer:?}"), words.answer(answer));
    }
    for code in CauseCode::all() {
        if let Some(text) = words.at_resource(code) {
            add(format!("resource {code}"), text);
        }
    }
    let all = remarks::remarks().into_iter().chain(remarks::remarks_for_people());
    for (index, remark) in all.enumerate() {
        add(format!("remark {index}"), words.remark(&remark));
    }
    for (index, why) in remarks::whys().iter().enumerate() {
        add(format!("why not {index}"), words.why(why));
    }
    for (index, one) in remarks::differences().into_iter().enumerate() {
        add(format!("difference {index}"), words.differences(&Differences(vec![one])));
    }
    for (index, unknown) in remarks::unknowns().iter().enumerate().skip(1) {
        add(format!("unknown {} {index}", unknown.code.name()), words.unknown(unknown));
    }
    for message in remarks::aws_messages() {
        for verdict in [Verdict::Denied, Verdict::Allowed] {
            let text = words.aws_message(&message, verdict);
            add(format!("AWS {:?} {} {verdict:?}", message.effect, message.agrees), text);
        }
    }
    for trust in [KeyTrust::OwnAccount, KeyTrust::ExplicitlyPermitted, KeyTrust::NotEstablished] {
        add(format!("key trust {trust:?}"), words.key_trust(trust));
    }
    for code in CauseCode::all() {
        let manual = Manual { owner: String::new(), ..sample::manual(code) };
        add(format!("owner {code}"), words.manual_owner(&manual));
    }
    // In English these are the plan's and the engine's own words.
    if words.locale() != Locale::En {
        for (index, manual) in sample::manual_reasons().iter().enumerate() {
            add(format!("manual, reason {index}"), words.manual(manual));
        }
    }
    texts
}

/// Causes with facts that are missing, or that the code alone does not tell.
fn special_causes() -> Vec<Cause> {
    let policy = |layer, problem| sample::cause(CauseCode::Policy(layer, problem));
    let unseen = policy(Layer::SessionPolicy, PolicyProblem::ExplicitDeny);
    let mut numbered = policy(Layer::BucketPolicy, PolicyProblem::ConditionNotMet);
    if let Some(note) = &mut numbered.statement {
        note.sid = None;
        note.missed.clear();
    }
    let key = policy(Layer::KeyPolicy, PolicyProblem::MissingAllow);
    // What a permission is on is known by its action, or by the engine's message.
    let of = |action: &str, message: &str| Cause {
        action: action.to_owned(),
        message: message.to_owned(),
        ..policy(Layer::IdentityPolicy, PolicyProblem::MissingAllow)
    };
    let at_home = "kms:CreateAlias works on keys of the caller's own account alone, whatever.";
    vec![
        Cause { statement: None, ..unseen },
        numbered,
        Cause { account: None, ..sample::cause(CauseCode::NoAccountDelegation) },
        Cause { message: at_home.to_owned(), ..key },
        of("s3:ListBucket", ""),
        of("s3:GetObjectTagging", ""),
        of("sts:AssumeRole", ""),
        of("kms:Decrypt", "No IAM policy of role R allows kms:Decrypt on key 1234abcd-other."),
        of("kms:Decrypt", ""),
    ]
}

#[test]
fn every_language_says_everything_for_review() {
    for locale in Locale::ALL {
        let texts = everything(Words::new(locale));
        let lines: Vec<String> =
            texts.into_iter().map(|(name, text)| format!("{name}\n    {text}")).collect();
        insta::with_settings!({
            snapshot_path => "snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(locale.tag(), lines.join("\n"));
        });
    }
}

/// Values whose text is rightly the same as the English one.
const SAME: [(&str, &str); 5] = [
    ("*", "short layer scp"),
    ("*", "short layer rcp"),
    ("fr", "resource bucket_encryption.alias_in_callers_account"),
    // What somebody said, and who.
    ("fr", "remark 5"),
    ("ja", "remark 5"),
];

#[test]
fn no_value_is_left_in_english() {
    let english = everything(Words::new(Locale::En));
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::En) {
        let other = everything(Words::new(locale));
        assert!(other.len() > english.len());
        for ((name, ours), (same, theirs)) in english.iter().zip(&other) {
            assert_eq!(name, same);
            let may =
                SAME.iter().any(|(tag, one)| one == name && (*tag == "*" || *tag == locale.tag()));
            assert_eq!(ours == theirs, may, "{locale}: {name}: {theirs}");
        }
    }
}

#[test]
fn no_text_has_a_hole_or_an_id() {
    for locale in Locale::ALL {
        for (name, text) in everything(Words::new(locale)) {
            let place = format!("{locale}: {name}: {text}");
            assert!(!text.trim().is_empty() && text.trim() == text, "{place}");
            assert!(!text.contains(['{', '}', '\u{2068}', '\u{2069}', '$']), "{place}");
            assert!(!text.contains("  "), "{place}");
            let is_id = |start: &&str| text.starts_with(*start) && !text.contains(' ');
            let starts = ["cause-", "manual-", "layer-", "state-", "change-", "why-", "proof-"];
            assert!(!starts.iter().any(is_id), "{place}");
        }
    }
}

/// What the command line and the logs say in English is what people read in English.
#[test]
fn english_is_said_alike() {
    let english = Words::new(Locale::En);
    for remark in remarks::remarks() {
        assert_eq!(english.remark(&remark), remark.to_string());
    }
    for why in remarks::whys() {
        assert_eq!(english.why(&why), why.to_string());
    }
    for one in remarks::differences() {
        let one = Differences(vec![one]);
        assert_eq!(english.differences(&one), one.to_string());
    }
}

/// What was stored before remarks had names is shown as it is.
#[test]
fn what_was_told_stays_as_it_was() {
    let told = "nobody answered".to_owned();
    for locale in Locale::ALL {
        let words = Words::new(locale);
        assert_eq!(words.remark(&Remark::Told(told.clone())), told);
        assert_eq!(words.why(&Why::Told(told.clone())), told);
        assert_eq!(words.brief(&Brief::Told(told.clone())), told);
    }
}

/// Every resource's own trouble has a word in the picture, and no policy's has.
#[test]
fn the_picture_has_a_word_for_what_is_at_the_resource() {
    for code in CauseCode::all() {
        let is_layers = matches!(
            code,
            CauseCode::Policy(..)
                | CauseCode::NoAccountDelegation
                | CauseCode::GrantConstraintNotMet
                | CauseCode::RestrictPublicBuckets
                | CauseCode::ForeignOwner
                | CauseCode::AclDisabled
                | CauseCode::Unexplained
        );
        for locale in Locale::ALL {
            let word = Words::new(locale).at_resource(code);
            assert_eq!(word.is_none(), is_layers, "{locale}: {code}");
            assert!(word.is_none_or(|word| word.chars().count() <= 16), "{locale}: {code}");
        }
    }
}

/// Titles stand in lists and in the subjects of tickets.
#[test]
fn titles_are_short() {
    for locale in Locale::ALL {
        for code in CauseCode::all() {
            let title = Words::new(locale).cause_title(&sample::cause(code));
            assert!(title.chars().count() <= 65, "{locale}: {title}");
        }
    }
}

/// In English the engine's own words are best; elsewhere they are not shown.
#[test]
fn english_is_what_the_engine_wrote() {
    let code = CauseCode::Policy(Layer::BucketPolicy, PolicyProblem::MissingAllow);
    let ours = || "The engine's own words.".to_owned();
    let cause = Cause { message: ours(), ..sample::cause(code) };
    let manual = Manual { what_to_do: ours(), ..sample::manual(code) };
    let mut change = sample::change(ChangeKind::PutBucketPolicy);
    change.why = ours();
    let alternative = sample::alternatives().swap_remove(1);
    let alternative = Alternative { why: ours(), ..alternative };
    for locale in Locale::ALL {
        let words = Words::new(locale);
        for text in [
            words.cause(&cause, &sample::diagnosis()),
            words.manual(&manual),
            words.change_why(&change),
            words.alternative(&alternative),
        ] {
            assert_eq!(text == ours(), locale == Locale::En, "{locale}: {text}");
        }
    }
    let unheard = Manual { cause: "no_such.code".to_owned(), ..manual };
    assert_eq!(Words::new(Locale::Ja).manual(&unheard), ours(), "better than nothing");
}
