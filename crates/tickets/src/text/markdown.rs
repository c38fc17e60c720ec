//! Markdown as GitHub and OpsCenter show it.

use super::{Block, Report};
use core::fmt::Write as _;

/// A report as Markdown. What strangers wrote notifies nobody, links nowhere and closes nothing.
pub(crate) fn markdown(report: &Report) -> String {
    let mut out = String::new();
    for section in &report.sections {
        if let Some(heading) = &section.heading {
            line(&mut out, format_args!("### {}", escaped(heading)));
        }
        for block in &section.blocks {
            self::block(&mut out, block);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Say { text } => line(out, format_args!("{}", escaped(text))),
        Block::Facts { facts } => {
            for fact in facts {
                // Writing to a text never fails.
                let _ = writeln!(out, "- **{}** {}", escaped(&fact.label), code(&fact.value));
            }
            out.push('\n');
        }
        Block::List { items } => {
            for item in items {
                let _ = writeln!(out, "- {}", escaped(item));
            }
            out.push('\n');
        }
        Block::Code { lines, difference } => {
            let text = lines.join("\n");
            let fence = "`".repeat(longest_run(&text).max(2) + 1);
            let language = if *difference { "diff" } else { "" };
            line(out, format_args!("{fence}{language}\n{text}\n{fence}"));
        }
        Block::Link { label, url } => {
            line(out, format_args!("[{}](<{}>)", escaped(label), address(url)));
        }
    }
}

fn line(out: &mut String, text: core::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{text}\n");
}

/// Text in which nothing is markup. A backslash alone does not help against what GitHub looks for in
/// the text that is shown (people, issues): there the name is taken apart by a character without width.
/// <https://github.github.com/gfm/#backslash-escapes>
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '@' | '#' => out.extend(['\\', c, '\u{2060}']),
            // An address would become a link.
            '/' if out.ends_with(':') => out.push_str("\u{2060}/"),
            '.' if ends_with(&out, "www") => out.push_str("\u{2060}."),
            '-' if ends_with(&out, "gh") => out.push_str("\u{2060}-"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '!' | '&'
            | '$' => out.extend(['\\', c]),
            // What would begin a list, a heading or a line across the page.
            '+' | '-' | '=' if out.trim().is_empty() => out.extend(['\\', c]),
            '.' | ')' if out.bytes().all(|byte| byte.is_ascii_digit()) => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

fn ends_with(text: &str, end: &str) -> bool {
    let last = text.len().checked_sub(end.len()).and_then(|start| text.get(start..));
    last.is_some_and(|last| last.eq_ignore_ascii_case(end))
}

/// A value between backticks, of which it has none as many in a row.
fn code(value: &str) -> String {
    let fence = "`".repeat(longest_run(value) + 1);
    match value {
        "" => String::new(),
        // Backticks at the ends would join the fence.
        _ if value.starts_with('`') || value.ends_with('`') => format!("{fence} {value} {fence}"),
        _ => format!("{fence}{value}{fence}"),
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// An address that stays within its brackets.
fn address(url: &str) -> String {
    url.replace('<', "%3C").replace('>', "%3E").replace(char::is_whitespace, "%20")
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn nothing_is_markup() {
        let cases = [
            ("@everyone", "\\@\u{2060}everyone"),
            ("see #12", "see \\#\u{2060}12"),
            ("https://evil.example", "https:\u{2060}//evil.example"),
            ("<img src=x>", "\\<img src=x\\>"),
            ("<!-- x -->", "\\<\\!-- x --\\>"),
            ("[a](b)", "\\[a\\](b)"),
            ("1. one", "1\\. one"),
            ("- one", "\\- one"),
            ("a-b", "a-b"),
            ("WWW.evil.example", "WWW\u{2060}.evil.example"),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected);
        }
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
    }
}
