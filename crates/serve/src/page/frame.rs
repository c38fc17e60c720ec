//! What stands around every page: who is here, where one can go, and what was done just before.

use crate::http::Visitor;
use crate::settings::Place;
use axum::response::Html;
use locksmith_app::approve::{Objection, Refusal};
use locksmith_app::config::Locale;
use locksmith_app::incident::IncidentId;
use locksmith_view::plain::plain;
use locksmith_words::{Arg, Words};
use maud::{DOCTYPE, Markup, html};

/// What stands around a page.
pub(crate) struct Frame<'a> {
    pub(crate) words: Words,
    visitor: Option<&'a Visitor>,
    place: Option<&'a Place>,
    /// The page's own address, to read it in another language.
    path: String,
    notice: Option<Notice>,
}

/// What is said of what was done just before.
struct Notice {
    text: String,
    refused: bool,
}

/// What a page may say that was done, by the word in its address.
const DONE: [&str; 12] = [
    "counted",
    "approved",
    "rejected",
    "suppressed",
    "rescoped",
    "before",
    "undone",
    "underway",
    "looked",
    "succeeded",
    "denied",
    "unknown",
];

impl<'a> Frame<'a> {
    /// For somebody who is logged in.
    pub(crate) fn inside(visitor: &'a Visitor, place: &'a Place) -> Self {
        let path = visitor.path.clone();
        Self {
            words: visitor.words,
            visitor: Some(visitor),
            place: Some(place),
            path,
            notice: None,
        }
    }

    /// For somebody who is not.
    pub(crate) fn outside(words: Words, path: &str) -> Self {
        Self { words, visitor: None, place: None, path: path.to_owned(), notice: None }
    }

    /// The answer to a form is the incident's page, which has another address.
    pub(crate) fn at(&mut self, id: &IncidentId) {
        self.path = format!("/incidents/{id}");
    }

    /// Says what was done; nothing for a word that is not ours.
    pub(crate) fn done(&mut self, done: &str) {
        let Some(done) = DONE.into_iter().find(|word| *word == done) else { return };
        let text = self.say(&format!("page-done-{done}"));
        let refused = matches!(done, "denied" | "unknown");
        self.notice = Some(Notice { text, refused });
    }

    /// Says why something was not done.
    pub(crate) fn refused(&mut self, id: &str) {
        self.notice = Some(Notice { text: self.say(id), refused: true });
    }

    /// Says that something is up to others.
    pub(crate) fn not_yours(&mut self, person: &str) {
        let text = self.with("page-not-yours", &[("person", person.into())]);
        self.notice = Some(Notice { text, refused: true });
    }

    /// Says why a decision was refused.
    pub(crate) fn refusal(&mut self, refusal: &Refusal) {
        let text = refused(self.words, refusal);
        self.notice = Some(Notice { text, refused: true });
    }

    /// A text without arguments.
    pub(crate) fn say(&self, id: &str) -> String {
        self.words.say(id, &[])
    }

    /// A text with arguments.
    pub(crate) fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.words.say(id, args)
    }

    /// The whole page around its content.
    pub(crate) fn page(&self, title: &str, content: &Markup) -> Html<String> {
        let page = html! {
            (DOCTYPE)
            html lang=(self.words.locale().tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (plain(title)) " – Locksmith" }
                    link rel="stylesheet" href="/style.css";
                    link rel="icon" href="/icon.svg" type="image/svg+xml";
                }
                body {
                    a.skip href="#content" { (self.say("page-skip")) }
                    header {
                        (self.banner())
                        @if let Some(place) = self.place { (self.place(place)) }
                    }
                    main #content tabindex="-1" {
                        @if let Some(notice) = &self.notice {
                            @if notice.refused {
                                p.notice.refused role="alert" { (plain(&notice.text)) }
                            } @else {
                                p.notice role="status" { (plain(&notice.text)) }
                            }
                        }
                        (content)
                    }
                    (self.languages())
                }
            }
        };
        Html(page.into_string())
    }

    fn banner(&self) -> Markup {
        html! {
            div.banner {
                @if self.visitor.is_some() {
                    nav aria-label=(self.say("page-navigation")) {
                        a.brand href="/" { "Locksmith" }
                        a href="/" aria-current=[(self.path == "/").then_some("page")] {
                            (self.say("page-incidents"))
                        }
                    }
                } @else {
                    p.brand { "Locksmith" }
                }
                @if let Some(visitor) = self.visitor { (self.who(visitor)) }
            }
        }
    }

    fn who(&self, visitor: &Visitor) -> Markup {
        html! {
            div.who {
                @if visitor.roles.is_empty() {
                    p { (self.with("page-you-are", &[("person", (&visitor.person).into())])) }
                } @else {
                    form method="post" action="/act-as" {
                        input type="hidden" name="form_token" value=(visitor.form_token);
                        input type="hidden" name="back" value=(self.path);
                        fieldset.switch {
                            legend { (self.say("page-act-as")) }
                            @for role in &visitor.roles {
                                button name="person" value=(role)
                                    aria-pressed=(if *role == visitor.person { "true" } else { "false" }) {
                                    (plain(role))
                                }
                            }
                        }
                    }
                }
                @if visitor.session.is_some() && visitor.roles.is_empty() {
                    form method="post" action="/logout" {
                        input type="hidden" name="form_token" value=(visitor.form_token);
                        button.plain { (self.say("page-log-out")) }
                    }
                }
            }
        }
    }

    fn place(&self, place: &Place) -> Markup {
        let (id, folder) = match place {
            Place::Accounts => return html! {},
            Place::Folder(folder) => ("page-place-folder", folder),
            Place::Demo(folder) => ("page-place-demo", folder),
        };
        html! { p.place { (plain(&self.with(id, &[("folder", folder.into())]))) } }
    }

    /// Each language in its own words, so that whoever cannot read this one finds theirs.
    fn languages(&self) -> Markup {
        let name = |locale| match locale {
            Locale::En => "English",
            Locale::Fr => "Français",
            Locale::Ja => "日本語",
            Locale::Ko => "한국어",
            Locale::ZhHans => "简体中文",
            Locale::ZhHant => "繁體中文",
        };
        let mark = if self.path.contains('?') { '&' } else { '?' };
        html! {
            footer {
                nav aria-label=(self.say("page-language")) {
                    ul {
                        @for locale in Locale::ALL {
                            li {
                                a href=(format!("{}{mark}lang={locale}", self.path))
                                    lang=(locale.tag()) hreflang=(locale.tag())
                                    aria-current=[(locale == self.words.locale()).then_some("true")] {
                                    (name(locale))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Why a decision was refused.
fn refused(words: Words, refusal: &Refusal) -> String {
    let say = |id: &str, args: &[(&str, Arg<'_>)]| words.say(id, args);
    match refusal {
        Refusal::Gone => say("page-refused-gone", &[]),
        Refusal::Off => say("page-refused-off", &[]),
        Refusal::OtherPlan { .. } => say("page-refused-other-plan", &[]),
        Refusal::SameScope(_) => say("page-refused-same-scope", &[]),
        Refusal::WrongState(state) => {
            say("page-refused-wrong-state", &[("state", (&words.state(*state)).into())])
        }
        Refusal::TooLate => say("page-refused-too-late", &[]),
        Refusal::Untouched(account) => {
            say("page-refused-untouched", &[("account", account.as_str().into())])
        }
        Refusal::OtherWay { person, .. } => {
            say("page-refused-other-way", &[("person", person.into())])
        }
        Refusal::Incomplete => say("page-refused-incomplete", &[]),
        Refusal::Objection(Objection::NotEntitled { account, .. }) => {
            say("page-refused-not-entitled", &[("account", account.as_str().into())])
        }
        Refusal::Objection(Objection::Benefits { principal, .. }) => {
            say("page-refused-benefits", &[("principal", principal.into())])
        }
        Refusal::OtherQuestion
        | Refusal::Objection(
            Objection::OtherChanges { .. } | Objection::Stale { .. } | Objection::TooFew(_),
        ) => say("page-refused-other-question", &[]),
    }
}
