//! A configuration in the wrong language.

use locksmith_app::config::Problem;
use std::ffi::OsStr;
use std::path::Path;

/// What is told first of a file that cannot be read, where it is YAML by its name or its first line.
pub(super) fn problem(file: &str, text: &str) -> Option<Problem> {
    let extension = Path::new(file).extension().map(OsStr::to_ascii_lowercase);
    let is_named = extension.is_some_and(|name| name == "yaml" || name == "yml");
    (is_named || looks_like_it(text)).then(|| Problem {
        path: String::new(),
        place: None,
        what: "YAML is not read".to_owned(),
        remedy: "write it as TOML: infra/locksmith.example.toml explains every field".to_owned(),
    })
}

/// Whether the first line that says something is `---` or `word:`, as no line of TOML is.
fn looks_like_it(text: &str) -> bool {
    let mut lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
    let Some(line) = lines.find(|line| !line.is_empty() && !line.starts_with('#')) else {
        return false;
    };
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
    };
    line == "---" || line.split_once(':').is_some_and(|(word, _)| is_word(word))
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn yaml_is_known_by_its_name_or_its_first_line() {
        for (file, text) in [
            ("locksmith.yaml", ""),
            ("Locksmith.YML", "[accounts"),
            ("-", "accounts:\n  trusted: []\n"),
            ("-", "\n# ours\nwatch_all: yes\n"),
            ("-", "---\n- a\n"),
        ] {
            assert!(problem(file, text).is_some(), "{file}: {text}");
        }
        for text in ["", "[accounts]\n", "a = \"b: c\"\n", "\"a:b\" = 1\n", "# a: b\n"] {
            assert!(problem("locksmith.toml", text).is_none(), "{text}");
        }
    }
}
