//! What a change does to a document, for a browser.

use super::markup::Markup;
use crate::plan::difference::Line;

/// Writes lines that stay, come and go. Their signs say so too, so that none needs its colour.
/// Nothing is written where nothing changes.
pub fn difference(lines: &[Line]) -> Markup {
    let mut markup = Markup::default();
    if lines.is_empty() {
        return markup;
    }
    markup.raw("<pre class=\"difference\"><code>");
    for (place, line) in lines.iter().enumerate() {
        if place > 0 {
            markup.newline();
        }
        let (open, close) = match line {
            Line::Kept(_) => ("<span class=\"kept\">", "</span>"),
            Line::Added(_) => ("<ins class=\"added\">", "</ins>"),
            Line::Removed(_) => ("<del class=\"removed\">", "</del>"),
            Line::Skipped => ("<span class=\"skipped\">", "</span>"),
        };
        markup.raw(open).text(&line.text()).raw(close);
    }
    markup.raw("</code></pre>\n");
    markup
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::plan::difference::{Line, of_change};
    use crate::plan::sample;

    #[test]
    fn each_kind_of_line_has_a_class() {
        let lines = [
            Line::Skipped,
            Line::Kept("\"Id\": \"1\",".to_owned()),
            Line::Removed("\"Action\": \"s3:*\"".to_owned()),
            Line::Added("\"Action\": \"s3:GetObject\"".to_owned()),
        ];
        insta::assert_snapshot!(difference(&lines).as_str(), @r#"
        <pre class="difference"><code><span class="skipped">  …</span>
        <span class="kept">  &quot;Id&quot;: &quot;1&quot;,</span>
        <del class="removed">- &quot;Action&quot;: &quot;s3:*&quot;</del>
        <ins class="added">+ &quot;Action&quot;: &quot;s3:GetObject&quot;</ins></code></pre>
        "#);
        assert_eq!(difference(&[]).as_str(), "");
    }

    #[test]
    fn strangers_write_no_elements() {
        for change in sample::hostile().changes {
            let html = difference(&of_change(&change, 84)).into_text();
            assert!(!html.contains("<script"), "{html}");
            assert!(!html.contains(|c: char| c.is_control() && c != '\n'), "{html:?}");
        }
    }
}
