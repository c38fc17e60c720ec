//! The view for a browser: a page of its own, or parts of another one.

mod cause;
mod difference;
mod markup;
mod parts;
mod path_svg;

pub use difference::difference;
pub use markup::Markup;
pub use parts::Parts;

use crate::view::View;
use crate::words;

/// The style sheet of pages and of their parts. It takes its colours from properties of `:root`,
/// for light and dark screens and for paper.
pub const STYLE: &str = include_str!("html/page.css");

/// Renders answers as one page, in one file that needs nothing else.
pub fn render(views: &[View<'_>]) -> String {
    let mut markup = Markup::default();
    head(views, &mut markup);
    markup.raw("<body>\n<main>\n");
    match views {
        [view] => {
            markup.add(&Parts::new(*view).article());
        }
        _ => several(views, &mut markup),
    }
    markup.raw("</main>\n</body>\n</html>\n");
    markup.into_text()
}

/// With several answers the page has a heading of its own, and theirs stand one level lower.
fn several(views: &[View<'_>], markup: &mut Markup) {
    markup.raw("<h1 class=\"headline\">").number(views.len()).raw(" calls</h1>\n<nav><ol>");
    for (place, view) in views.iter().enumerate() {
        markup.raw("<li><a href=\"#answer").number(place + 1).raw("\">");
        markup.raw(words::verdict(view.diagnosis.verdict)).raw("</a>: ");
        markup.text(&words::headline(view.diagnosis)).raw("</li>");
    }
    markup.raw("</ol></nav>\n");
    for (place, view) in views.iter().enumerate() {
        markup.add(&Parts::new(*view).number(place + 1).level(2).article());
    }
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

#[cfg(test)]
mod tests {
    use super::{Markup, Parts, render};
    use crate::{View, sample};
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

    /// Every part by itself, as another page takes it.
    fn parts(diagnosis: &Diagnosis) -> Vec<String> {
        let parts = Parts::new(View::alone(diagnosis)).number(7).level(3);
        let whole = [parts.article(), parts.facts(), parts.paths(), parts.table()];
        let rest = [parts.causes(), parts.unknowns(), parts.assessment()];
        whole.into_iter().chain(rest).map(Markup::into_text).collect()
    }

    /// The tags of what stands in a page's body.
    fn tags(html: &str) -> impl Iterator<Item = &str> {
        let body = html.split_once("<body>").map_or(html, |(_, body)| body);
        let body = body.split_once("</body>").map_or(body, |(body, _)| body);
        body.split('<').skip(1).map(|tag| tag.split('>').next().unwrap())
    }

    #[test]
    fn every_element_is_closed() {
        for diagnosis in [sample::diagnosis(), sample::hostile()] {
            for html in parts(&diagnosis).into_iter().chain([page(&diagnosis)]) {
                let mut open: Vec<&str> = Vec::new();
                for tag in tags(&html) {
                    let name = tag.split([' ', '/']).next().unwrap();
                    match tag.strip_prefix('/') {
                        Some(name) => assert_eq!(open.pop(), Some(name)),
                        None if name == "br" || tag.ends_with('/') => {}
                        None => open.push(name),
                    }
                }
                assert!(open.is_empty(), "{open:?}");
            }
        }
    }

    #[test]
    fn parts_stand_in_a_page_that_forbids_inline_styles_and_scripts() {
        for diagnosis in [sample::diagnosis(), sample::hostile()] {
            for html in parts(&diagnosis) {
                for tag in tags(&html) {
                    let name = tag.split(' ').next().unwrap();
                    assert!(!["style", "script", "link", "base", "form"].contains(&name), "{tag}");
                    assert!(!tag.contains(" style=") && !tag.contains(" on"), "{tag}");
                }
            }
        }
    }

    #[test]
    fn parts_are_made_of_what_the_page_is_made_of() {
        let (diagnosis, sources) = (sample::diagnosis(), sample::sources());
        let parts = Parts::new(View::new(&diagnosis, &sources));
        let page = page(&diagnosis);
        for part in [parts.paths(), parts.table(), parts.causes(), parts.unknowns()] {
            assert!(page.contains(part.as_str()), "{}", part.as_str());
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
