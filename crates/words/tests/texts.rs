//! The files of texts: whole, alike in every language, and shown without holes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use locksmith_app::config::Locale;
use locksmith_words::{Arg, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The texts of a file, by id or `id.attribute`, each with its variables; `true` for one that a number
/// decides.
type Texts = BTreeMap<String, BTreeMap<String, bool>>;

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn files(locale: Locale) -> Vec<(String, String)> {
    let folder = crates().join("words/locales").join(locale.tag());
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            (name, std::fs::read_to_string(file.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn inline(expression: &InlineExpression<String>, found: &mut BTreeMap<String, bool>) {
    match expression {
        InlineExpression::VariableReference { id } => {
            found.entry(id.name.clone()).or_insert(false);
        }
        InlineExpression::FunctionReference {
            arguments: CallArguments { positional, .. }, ..
        } => positional.iter().for_each(|one| inline(one, found)),
        InlineExpression::Placeable { expression: within } => expression_of(within, found),
        _ => {}
    }
}

fn expression_of(expression: &Expression<String>, found: &mut BTreeMap<String, bool>) {
    match expression {
        Expression::Inline(one) => inline(one, found),
        Expression::Select { selector, variants } => {
            if let InlineExpression::VariableReference { id } = selector {
                found.insert(id.name.clone(), true);
            }
            for variant in variants {
                variables(&variant.value, found);
            }
        }
    }
}

fn variables(pattern: &Pattern<String>, found: &mut BTreeMap<String, bool>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_of(expression, found);
        }
    }
}

/// Every text of a file; what is wrong with it is a panic that names the place.
fn texts(locale: Locale, file: &str, source: &str, known: &mut BTreeSet<String>) -> Texts {
    let place = format!("{locale}/{file}");
    let resource = fluent_syntax::parser::parse(source.to_owned())
        .unwrap_or_else(|(_, errors)| panic!("{place}: {errors:?}"));
    let mut texts = Texts::new();
    for entry in resource.body {
        let message = match entry {
            Entry::Message(message) => message,
            Entry::Junk { content } => panic!("{place}: {content}"),
            _ => continue,
        };
        let id = message.id.name;
        assert!(known.insert(id.clone()), "{place}: {id} stands there twice");
        let patterns = message.value.into_iter().map(|value| (id.clone(), value)).chain(
            message.attributes.into_iter().map(|one| (format!("{id}.{}", one.id.name), one.value)),
        );
        for (id, pattern) in patterns {
            let mut found = BTreeMap::new();
            variables(&pattern, &mut found);
            assert!(texts.insert(id.clone(), found).is_none(), "{place}: {id} stands there twice");
        }
    }
    texts
}

fn all(locale: Locale) -> BTreeMap<String, Texts> {
    let mut known = BTreeSet::new();
    let files = files(locale);
    files
        .into_iter()
        .map(|(name, source)| {
            let texts = texts(locale, &name, &source, &mut known);
            (name, texts)
        })
        .collect()
}

#[test]
fn every_language_has_the_same_texts_with_the_same_variables() {
    let names = |texts: &Texts| -> BTreeMap<String, Vec<String>> {
        texts.iter().map(|(id, found)| (id.clone(), found.keys().cloned().collect())).collect()
    };
    let english = all(Locale::En);
    assert!(english["causes.ftl"].len() > 50 && english["plan.ftl"].len() > 50);
    for locale in Locale::ALL {
        let other = all(locale);
        assert!(other.keys().eq(english.keys()), "{locale}: {:?}", other.keys());
        for (file, texts) in &english {
            let (ours, theirs) = (names(texts), names(&other[file]));
            for (id, variables) in &ours {
                assert_eq!(theirs.get(id), Some(variables), "{locale}/{file}: {id}");
            }
            for id in theirs.keys() {
                assert!(ours.contains_key(id), "{locale}/{file}: English has no {id}");
            }
        }
    }
}

/// What is given for a variable shows, and nothing else of it does.
#[test]
fn no_text_has_a_hole() {
    for locale in Locale::ALL {
        for (file, texts) in all(locale) {
            for (id, variables) in texts {
                for number in [1, 2] {
                    let args: Vec<(&str, Arg<'_>)> = variables
                        .iter()
                        .map(|(name, counts)| {
                            let text = Arg::Text("VALUE");
                            (name.as_str(), if *counts { Arg::Number(number) } else { text })
                        })
                        .collect();
                    let text = Words::new(locale).say(&id, &args);
                    let place = format!("{locale}/{file}: {id}: {text}");
                    assert_ne!(text, id, "{place}");
                    assert!(!text.contains(['{', '}', '\u{2068}', '\u{2069}', '$']), "{place}");
                    let shown = variables.values().any(|counts| !counts);
                    assert_eq!(text.contains("VALUE"), shown, "{place}");
                }
            }
        }
    }
}

/// Texts that are rightly the same in English and in another language.
const SAME: [(&str, &str); 19] = [
    ("*", "layer-scp.short"),
    ("*", "layer-rcp.short"),
    ("fr", "label-causes"),
    ("fr", "permission-alone"),
    ("ko", "permission-alone"),
    ("ja", "label-before"),
    ("ko", "label-before"),
    ("fr", "list-separator"),
    ("fr", "sentence-separator"),
    ("ko", "missed-separator"),
    ("ko", "list-separator"),
    ("ko", "sentence-separator"),
    ("fr", "remark-said"),
    ("ja", "remark-said"),
    ("fr", "remark-separator"),
    ("ja", "unknown-because"),
    ("ko", "unknown-because"),
    ("ko", "difference-separator"),
    ("fr", "path-at-alias-in-callers-account"),
];

#[test]
fn nothing_was_left_in_english() {
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::En) {
        for (file, texts) in all(Locale::En) {
            // The other files belong to those who speak there.
            if !["causes.ftl", "plan.ftl", "incident.ftl", "remarks.ftl", "report.ftl"]
                .contains(&file.as_str())
            {
                continue;
            }
            for (id, variables) in texts {
                let args: Vec<(&str, Arg<'_>)> =
                    variables.keys().map(|name| (name.as_str(), Arg::Number(2))).collect();
                let say = |locale| Words::new(locale).say(&id, &args);
                let same = say(locale) == say(Locale::En);
                let may = SAME
                    .iter()
                    .any(|(tag, one)| *one == id && (*tag == "*" || *tag == locale.tag()));
                assert_eq!(same, may, "{locale}/{file}: {id}: {}", say(locale));
            }
        }
    }
}

/// Ids in calls of `say`, with the file that has them.
fn said(source: &str) -> Vec<&str> {
    let code = |place: usize| {
        let line = source[..place].rsplit('\n').next().unwrap_or_default();
        !line.trim_start().starts_with("//")
    };
    let calls = source.match_indices(".say(").filter(|(place, _)| code(*place));
    let literal = calls.filter_map(|(place, call)| {
        let rest = source[place + call.len()..].trim_start().strip_prefix('"')?;
        rest.split('"').next()
    });
    literal.collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_id_that_the_code_says_is_there() {
    let known: BTreeSet<String> =
        all(Locale::En).into_values().flatten().map(|(id, _)| id).collect();
    let (mut count, mut missing) = (0, Vec::new());
    for name in ["chat", "tickets", "serve", "view", "words"] {
        let mut found = Vec::new();
        sources(&crates().join(name).join("src"), &mut found);
        for path in found {
            let source = std::fs::read_to_string(&path).unwrap();
            let said = said(&source);
            count += said.len();
            let unknown = said.into_iter().filter(|id| !known.contains(*id));
            missing.extend(unknown.map(|id| format!("{}: {id}", path.display())));
        }
    }
    assert!(missing.is_empty(), "no text has these ids:\n{}", missing.join("\n"));
    assert!(count > 30, "only {count} ids were found: the scan is broken");
}

/// What is missing is said in English, and an id that nobody knows comes back.
#[test]
fn what_is_missing() {
    let japanese = Words::new(Locale::Ja);
    assert_eq!(japanese.say("no-such-text", &[]), "no-such-text");
    assert_eq!(
        japanese.say("state-detected.no-such-attribute", &[]),
        "state-detected.no-such-attribute"
    );
    assert_eq!(japanese.say("account-known", &[]), "account-known", "an argument is missing");
    assert_eq!(japanese.say("account-known", &[("id", "1".into())]), "アカウント 1");
}

#[test]
fn numbers_are_written_as_the_language_does() {
    for (locale, text) in [
        (Locale::En, "1,234,567 other requests keep their answer."),
        (Locale::Fr, "1\u{202f}234\u{202f}567 autres demandes gardent leur réponse."),
        (Locale::Ja, "ほかの 1,234,567 件のリクエストの結果は変わりません。"),
        (Locale::Ko, "다른 요청 1,234,567건의 결과는 그대로입니다."),
        (Locale::ZhHans, "其他 1,234,567 个请求的结果保持不变。"),
        (Locale::ZhHant, "其他 1,234,567 個請求的結果維持不變。"),
    ] {
        let said = Words::new(locale).say("proof-none-opened", &[("checked", 1_234_567.into())]);
        assert_eq!(said, text);
    }
    let one = Words::new(Locale::En).say("proof-none-opened", &[("checked", 1.into())]);
    assert_eq!(one, "One other request keeps its answer.");
    let none = Words::new(Locale::Fr).say("proof-none-opened", &[("checked", 0.into())]);
    assert_eq!(none, "0 autre demande garde sa réponse.");
}
