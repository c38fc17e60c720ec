//! One thing has one name in each language: the words of the glossary, and none of their rivals.

#![expect(clippy::unwrap_used, reason = "a test")]

use locksmith_app::config::Locale;
use std::path::{Path, PathBuf};

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The lines of a language's texts, without ids and comments, each with its file.
fn lines(locale: Locale) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for file in std::fs::read_dir(here().join("locales").join(locale.tag())).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let texts = text.lines().filter(|line| !line.starts_with('#'));
        let texts = texts.map(|line| line.split_once(" = ").map_or(line, |(_, text)| text));
        lines.extend(texts.map(|line| (format!("{locale}/{name}"), line.to_owned())));
    }
    lines
}

/// Words that mean what the glossary has another word for, and longer words and names that may hold them.
fn excluded(locale: Locale) -> &'static [(&'static str, &'static [&'static str])] {
    match locale {
        Locale::En => &[
            ("stop to", &[]),
            ("taken down", &[]),
            ("efuse", &["Access refuses", "then refuses", "} refuses uploads", "bucket refuses"]),
            ("an emergency", &["In an emergency the changes can"]),
            ("Emergency", &[]),
            ("Leave it denied", &[]),
            ("anew", &["name it anew"]),
            (" stood ", &[]),
            (" stands", &[]),
            ("lets in", &[]),
            ("Principal", &["to the Principal of"]),
        ],
        Locale::Fr => &[
            ("Refuser", &[]),
            ("refuser", &["s'est vu refuser"]),
            ("a refusé", &[]),
            ("sourdine", &[]),
            ("aintenir le refus", &[]),
            ("accès d'urgence", &[]),
            ("procédure d'urgence", &[]),
            ("lanifi", &[]),
            ("le chat", &[]),
            ("approbation(s)", &[]),
        ],
        Locale::Ja => &[
            ("プラン", &[]),
            ("通知を止め", &[]),
            ("拒否のまま", &["拒否されたまま"]),
            ("抑止", &[]),
            ("ブレークグラス", &[]),
            ("文書", &[]),
            ("ロールバック", &[]),
            ("元に戻す", &[]),
            ("呼び出し側", &[]),
            ("実施", &[]),
            ("他の", &[]),
        ],
        Locale::Ko => &[
            ("비상", &[]),
            ("긴급 접근", &[]),
            ("사유", &[]),
            ("롤백", &[]),
            ("변경 취소", &[]),
            ("변경을 취소", &[]),
            ("위험도", &[]),
            ("거부 유지", &[]),
            ("Locksmith 설정", &[]),
            ("(으)로", &[]),
            ("이(가)", &[]),
            ("은(는)", &[]),
        ],
        Locale::ZhHans => &[
            ("正确", &[]),
            ("答复", &[]),
            ("方式", &[]),
            ("审批", &[]),
            ("紧急授权", &[]),
            ("摘要", &["摘要值"]),
            ("原因：{ $reason }", &[]),
            ("填写原因", &[]),
            ("调用者", &[]),
            ("回滚", &[]),
            ("规划", &[]),
            ("停止通知", &[]),
            ("保持拒绝", &[]),
        ],
        Locale::ZhHant => &[
            ("正確", &[]),
            ("答覆", &[]),
            ("方法", &[]),
            ("緊急授權", &[]),
            ("摘要", &["摘要值"]),
            ("原因：{ $reason }", &[]),
            ("填寫原因", &[]),
            ("呼叫方", &[]),
            ("還原", &[]),
            ("規劃", &[]),
            ("停止通知", &[]),
            ("隱藏", &[]),
            ("保持拒絕", &[]),
            ("遭到", &[]),
            ("權限", &[]),
            ("未知", &[]),
            ("檢視", &[]),
        ],
    }
}

/// Marks that another language has.
fn marks(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::En => &["：", "（", "\u{a0}"],
        Locale::Fr => &[" :", " ;", " ?", " !", " »", "« ", " …"],
        Locale::Ja | Locale::Ko => &["：", "（", "）", "？"],
        Locale::ZhHans | Locale::ZhHant => &[" (", ") ", " }: "],
    }
}

/// What a line says, without what Fluent writes around it.
fn said(line: &str) -> String {
    line.replace("{\" ", "{\"").replace("request-payer: ", "request-payer:")
}

#[test]
fn no_text_has_another_word_for_it() {
    let mut wrong = Vec::new();
    for locale in Locale::ALL {
        let lines = lines(locale);
        assert!(lines.len() > 400, "{locale}: only {} lines were found", lines.len());
        for (place, line) in lines {
            let said = said(&line);
            for (word, within) in excluded(locale) {
                let rest =
                    within.iter().fold(said.clone(), |rest, longer| rest.replace(longer, ""));
                if rest.contains(word) {
                    wrong.push(format!("{place}: `{word}` in {line}"));
                }
            }
            for mark in marks(locale).iter().filter(|mark| said.contains(**mark)) {
                wrong.push(format!("{place}: `{mark}` in {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The glossary in the README names words that the texts have.
#[test]
fn the_glossary_is_used() {
    let readme = std::fs::read_to_string(here().join("README.md")).unwrap();
    let mut rows = readme.lines().filter(|line| line.starts_with("| "));
    let head: Vec<&str> = rows.next().unwrap().split('|').map(str::trim).collect();
    let mut count = 0;
    let texts = Locale::ALL.map(|locale| {
        let lines: Vec<String> = lines(locale).into_iter().map(|(_, line)| line).collect();
        (locale, lines.join("\n").replace('\u{a0}', " ").to_lowercase())
    });
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(cells.len(), head.len(), "{row}");
        for (locale, texts) in &texts {
            let column = head.iter().position(|tag| *tag == locale.tag()).unwrap();
            let cell = cells.get(column).unwrap();
            for word in cell.split(", ") {
                assert!(texts.contains(&word.to_lowercase()), "{locale}: no text has `{word}`");
                count += 1;
            }
        }
    }
    assert!(count > 100, "only {count} words were found: the table is not read");
}
