//! The view for a browser: one file that needs nothing else.

use super::markup::Markup;
use super::matrix::Matrix;
use super::{Quote, View, path_svg, words};
use locksmith_core::diagnosis::{Cause, Diagnosis, Verdict};

/// The width at which quoted statements are laid out.
const QUOTE_WIDTH: usize = 84;

const STYLE: &str = include_str!("page.css");

/// Renders answers as one page.
pub(crate) fn render(views: &[View<'_>]) -> String {
    let mut markup = Markup::default();
    head(views, &mut markup);
    markup.raw("<body>\n<main>\n");
    // With several answers the page has a heading of its own, and theirs stand one level lower.
    let level = match views {
        [view] => {
            answer(view, 1, 1, &mut markup);
            markup.raw("</main>\n</body>\n</html>\n");
            return markup.into_text();
        }
        _ => 2,
    };
    markup.raw("<h1 class=\"headline\">").number(views.len()).raw(" calls</h1>\n<nav><ol>");
    for (place, view) in views.iter().enumerate() {
        markup.raw("<li><a href=\"#answer").number(place + 1).raw("\">");
        markup.raw(words::verdict(view.diagnosis.verdict)).raw("</a>: ");
        markup.text(&words::headline(view.diagnosis)).raw("</li>");
    }
    markup.raw("</ol></nav>\n");
    for (place, view) in views.iter().enumerate() {
        answer(view, place + 1, level, &mut markup);
    }
    markup.raw("</main>\n</body>\n</html>\n");
    markup.into_text()
}

fn head(views: &[View<'_>], markup: &mut Markup) {
    markup.raw(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>",
    );
    let first = views.first().map(|view| view.diagnosis);
    match (first, views.len()) {
        (Some(diagnosis), 1) => {
            markup.raw(words::verdict(diagnosis.verdict)).raw(": ");
            markup.text(&words::title(diagnosis));
        }
        (_, count) => {
            markup.number(count).raw(" calls");
        }
    }
    markup.raw(" – Locksmith</title>\n<meta name=\"description\" content=\"");
    match (first, views.len()) {
        (Some(diagnosis), 1) => {
            markup.text(&words::capital(&words::headline(diagnosis)));
        }
        _ => {
            markup.raw("Why these calls were denied, and what would have to change.");
        }
    }
    markup.raw("\">\n<style>\n").raw(STYLE).raw("</style>\n</head>\n");
}

fn answer(view: &View<'_>, number: usize, level: usize, markup: &mut Markup) {
    let diagnosis = view.diagnosis;
    markup.raw("<article id=\"answer").number(number).raw("\">\n<header>\n");
    let class = match diagnosis.verdict {
        Verdict::Denied => "<p class=\"verdict denied\">✗ ",
        Verdict::Allowed => "<p class=\"verdict allowed\">✓ ",
        Verdict::Unknown => "<p class=\"verdict unknown\">? ",
    };
    markup.raw(class).raw(words::verdict(diagnosis.verdict)).raw("</p>\n");
    let headline = words::capital(&words::headline(diagnosis));
    heading(level, "headline", &headline, markup);
    facts(diagnosis, markup);
    markup.raw("</header>\n");
    if !diagnosis.permissions.is_empty() {
        let matrix = Matrix::new(diagnosis);
        paths(diagnosis, &matrix, number, level, markup);
        table(&matrix, level, markup);
    }
    if !diagnosis.causes.is_empty() {
        let title = words::causes_heading(&diagnosis.causes);
        markup.raw("<section>\n");
        heading(level + 1, "title", &title, markup);
        markup.raw("<ol class=\"causes\">\n");
        for each in &diagnosis.causes {
            cause(view, each, level + 2, markup);
        }
        markup.raw("</ol>\n</section>\n");
    }
    if !diagnosis.unknowns.is_empty() {
        unknowns(diagnosis, level, markup);
    }
    assessment(diagnosis, level, markup);
    markup.raw("</article>\n");
}

fn heading(level: usize, class: &'static str, text: &str, markup: &mut Markup) {
    markup.raw("<h").number(level).raw(" class=\"").raw(class).raw("\">");
    markup.prose(text).raw("</h").number(level).raw(">\n");
}

fn facts(diagnosis: &Diagnosis, markup: &mut Markup) {
    let call = &diagnosis.call;
    let when = words::when(diagnosis);
    markup.raw("<dl>");
    fact("Caller", &call.principal, true, markup);
    fact("Resource", call.resource.as_deref().unwrap_or_default(), true, markup);
    fact("When", &when, false, markup);
    fact("Event", call.event_id.as_deref().unwrap_or_default(), true, markup);
    markup.raw("</dl>\n");
}

fn fact(name: &'static str, value: &str, is_code: bool, markup: &mut Markup) {
    if value.is_empty() {
        return;
    }
    markup.raw("<dt>").raw(name).raw("</dt><dd>");
    if is_code {
        markup.raw("<code>").text(value).raw("</code>");
    } else {
        markup.text(value);
    }
    markup.raw("</dd>");
}

fn paths(
    diagnosis: &Diagnosis,
    matrix: &Matrix<'_>,
    number: usize,
    level: usize,
    markup: &mut Markup,
) {
    markup.raw("<section>\n");
    heading(level + 1, "title", "The way of the call", markup);
    for (place, track) in matrix.rows.iter().enumerate() {
        markup.raw("<section class=\"track\">\n<h").number(level + 2).raw(" class=\"name\">");
        markup.text(&track.permission.action).raw(" <small>is ");
        markup.raw(words::answer(track.permission.decision)).raw("</small></h");
        markup.number(level + 2).raw(">\n");
        path_svg::draw(track, diagnosis, number * 1000 + place, markup);
        markup.raw("</section>\n");
    }
    path_svg::legend(markup);
    markup.raw("</section>\n");
}

fn table(matrix: &Matrix<'_>, level: usize, markup: &mut Markup) {
    markup.raw("<section>\n");
    heading(level + 1, "title", "Every permission, every policy", markup);
    markup.raw(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of permissions\">",
    );
    markup.raw("<table>\n<thead><tr><th scope=\"col\">needed</th><th scope=\"col\">is</th>");
    for layer in &matrix.columns {
        markup.raw("<th scope=\"col\" title=\"").raw(words::layer(*layer)).raw("\">");
        markup.raw(words::head(*layer)).raw("</th>");
    }
    markup.raw("</tr></thead>\n<tbody>\n");
    for row in &matrix.rows {
        let permission = row.permission;
        markup.raw("<tr><th scope=\"row\">").text(&permission.action).raw("<small>");
        markup.text(&words::target(permission, 28)).raw("</small></th><td>");
        markup.raw(words::answer(permission.decision)).raw("</td>");
        for layer in &matrix.columns {
            path_svg::cell(row.station(*layer), markup);
        }
        markup.raw("</tr>\n");
    }
    markup.raw("</tbody></table></div>\n</section>\n");
}

fn cause(view: &View<'_>, cause: &Cause, level: usize, markup: &mut Markup) {
    markup.raw("<li class=\"cause\">\n");
    heading(level, "message", &words::capital(&cause.message), markup);
    markup.raw("<dl><dt>Cause</dt><dd class=\"code\"><code>").text(&cause.code.to_string());
    markup.raw("</code>, <code>").text(&cause.action).raw("</code>");
    if let Some(account) = &cause.account {
        markup.raw(" in account ").text(account.as_str());
    }
    markup.raw("</dd>");
    fact("Where", &cause.target, true, markup);
    fact("To fix", &words::capital(&words::fix(cause)), false, markup);
    markup.raw("</dl>\n");
    if let Some(quote) = view.quote(cause) {
        statement(&quote, markup);
    }
    markup.raw("</li>\n");
}

fn statement(quote: &Quote<'_>, markup: &mut Markup) {
    markup.raw("<figure><figcaption>").raw(words::role(quote.note)).raw(": ");
    markup.text(&words::statement(quote.note, quote.target));
    if let Some(place) = &quote.place {
        markup.raw("<br><code>").text(place).raw("</code>");
    }
    if !quote.note.missed.is_empty() {
        markup.raw("<ul>");
        for missed in &quote.note.missed {
            markup.raw("<li>").text(&missed.element).raw(": expected <code>");
            markup.text(&missed.expected).raw("</code>, found <code class=\"found\">");
            markup.text(&missed.found).raw("</code></li>");
        }
        markup.raw("</ul>");
    }
    markup.raw("</figcaption>");
    if let Some(json) = &quote.json {
        markup.raw("<pre><code>");
        for (place, line) in json.lines(QUOTE_WIDTH).iter().enumerate() {
            if place > 0 {
                markup.newline();
            }
            markup.text(line);
        }
        markup.raw("</code></pre>");
    }
    markup.raw("</figure>\n");
}

fn unknowns(diagnosis: &Diagnosis, level: usize, markup: &mut Markup) {
    markup.raw("<section>\n");
    heading(level + 1, "title", "What could not be seen", markup);
    markup.raw("<ul class=\"unknowns\">\n");
    for (place, why) in words::unknowns(diagnosis) {
        markup.raw("<li>");
        path_svg::unseen(markup);
        if !place.is_empty() {
            markup.raw("<strong>").text(&place).raw("</strong>: ");
        }
        markup.prose(why).raw("</li>\n");
    }
    markup.raw("</ul>\n</section>\n");
}

fn assessment(diagnosis: &Diagnosis, level: usize, markup: &mut Markup) {
    markup.raw("<section>\n");
    heading(level + 1, "title", "How sure this is", markup);
    if let Some(message) = &diagnosis.aws_message {
        if let Some(text) = &message.text {
            markup.raw("<blockquote>").text(text).raw("</blockquote>\n");
        }
        markup.raw("<p>").text(&words::aws(message, diagnosis.verdict)).raw("</p>\n");
    }
    markup.raw("<dl>");
    if let Some(trust) = diagnosis.key_trust {
        fact("Key trust", &words::capital(words::key_trust(trust)), false, markup);
    }
    fact("Confidence", &words::capital(words::confidence(diagnosis)), false, markup);
    markup.raw("</dl>\n</section>\n");
}

#[cfg(test)]
mod tests {
    use super::super::{View, sample};
    use super::render;
    use locksmith_core::diagnosis::Diagnosis;

    fn page(diagnosis: &Diagnosis) -> String {
        let sources = sample::sources();
        render(&[View::new(diagnosis, &sources)])
    }

    /// The page without its style sheet, an element a line.
    fn structure(page: &str) -> String {
        let (head, rest) = page.split_once("<style>").unwrap();
        let (_, body) = rest.split_once("</style>").unwrap();
        format!("{head}{body}").replace("><", ">\n<")
    }

    #[test]
    fn everything() {
        insta::assert_snapshot!(structure(&page(&sample::diagnosis())));
    }

    #[test]
    fn strangers_write_no_elements() {
        let page = page(&sample::hostile());
        for element in ["<script", "<img", "onerror=alert(1)>"] {
            assert!(!page.contains(element), "{element}");
        }
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
        assert!(!page.contains(|c: char| c.is_control() && c != '\n'));
    }

    #[test]
    fn every_element_is_closed() {
        for diagnosis in [sample::diagnosis(), sample::hostile()] {
            let page = page(&diagnosis);
            let (_, body) = page.split_once("<body>").unwrap();
            let mut open: Vec<&str> = Vec::new();
            for tag in body.split('<').skip(1) {
                let name = tag.split(['>', ' ', '/']).next().unwrap();
                let tag = tag.split('>').next().unwrap();
                match tag.strip_prefix('/') {
                    Some("body" | "html") => {}
                    Some(name) => assert_eq!(open.pop(), Some(name)),
                    None if name == "br" || tag.ends_with('/') => {}
                    None => open.push(name),
                }
            }
            assert!(open.is_empty(), "{open:?}");
        }
    }

    #[test]
    fn several_answers_have_a_list_and_ids_of_their_own() {
        let (diagnosis, sources) = (sample::diagnosis(), sample::sources());
        let page = render(&[View::new(&diagnosis, &sources), View::new(&diagnosis, &sources)]);
        let mut ids: Vec<_> = page.split(" id=\"").skip(1).collect();
        for id in &mut ids {
            *id = id.split('"').next().unwrap();
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        assert_eq!(page.matches("<h1").count(), 1);
        assert!(page.contains("href=\"#answer2\""));
    }
}
