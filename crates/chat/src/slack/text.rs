//! Slack's markup, in which the text of strangers can only be text.
//!
//! Slack reads `&`, `<` and `>` as its own in every text of the type `mrkdwn`: `<!channel>` calls
//! everybody, `<https://...|bank.example>` is a link that lies. They are written as entities.
//! Stars, underlines, tildes and backticks set off words; what holds one is shown as code.
//! <https://docs.slack.dev/messaging/formatting-message-text>

use core::fmt::Write as _;
use jiff::Timestamp;
use locksmith_view::plain::plain;

/// What stands where a text was cut.
const CUT: char = '…';

/// How long Slack may take a text to be: in UTF-16 units, which are never fewer than characters.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A text without anything hidden, of so many units at most, for places that read no markup.
pub fn cut(text: &str, most: usize) -> String {
    fit(plain(text).chars().map(Into::into), most)
}

/// Markup that grows. What is not written in this program's source is escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mrkdwn(String);

impl Mrkdwn {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Prose: our words around names that strangers chose. Runs of ASCII letters and signs that Slack
    /// could read as markup are shown as code, such as ARNs with a star.
    pub fn prose(text: &str, most: usize) -> Self {
        let mut line = Self::new();
        line.add_prose(text, most);
        line
    }

    /// Adds prose. Backticks in pairs set off code, as in the texts of diagnoses.
    pub fn add_prose(&mut self, text: &str, most: usize) -> &mut Self {
        let end = length(&self.0) + most;
        let paired = text.matches('`').count().is_multiple_of(2);
        let parts: Vec<&str> = if paired { text.split('`').collect() } else { vec![text] };
        for (place, part) in parts.iter().enumerate() {
            let left = end.saturating_sub(length(&self.0));
            if part.is_empty() {
                continue;
            }
            if left == 0 {
                self.0.push(CUT);
                break;
            }
            if place % 2 == 1 {
                self.code(part, left);
            } else {
                self.runs(&plain(part), left);
            }
        }
        self
    }

    fn runs(&mut self, mut rest: &str, most: usize) {
        let last = length(&self.0) + most;
        while !rest.is_empty() {
            let left = last.saturating_sub(length(&self.0));
            if left == 0 {
                self.0.push(CUT);
                break;
            }
            let is_ascii = rest.starts_with(|c: char| c.is_ascii_graphic());
            let end = rest.find(|c: char| c.is_ascii_graphic() != is_ascii).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            if is_ascii {
                self.run(run, left);
            } else {
                self.0.push_str(&fit(run.chars().map(Into::into), left));
            }
            rest = after;
        }
    }

    /// One run of ASCII letters and signs: what is around the name is punctuation of ours.
    fn run(&mut self, run: &str, most: usize) {
        let signs = ['*', '_', '~', '`', '<', '>', '&'];
        // One colon is punctuation; more of them may be an ARN, or a picture such as `:x:`.
        let is_name = run.contains(signs)
            || run.matches(':').count() > 1
            || run.trim_matches(':').contains(':');
        if !is_name {
            self.0.push_str(&fit(run.chars().map(entity), most));
            return;
        }
        let is_around = |c: char| "(),.;:!?\"'".contains(c);
        let name = run.trim_matches(is_around);
        let (before, after) = run.split_once(name).unwrap_or(("", run));
        let before = fit(before.chars().map(entity), most);
        let left = most.saturating_sub(length(&before));
        self.0.push_str(&before);
        self.code(name, left);
        let left = left.saturating_sub(length(name));
        self.0.push_str(&fit(after.chars().map(entity), left));
    }

    /// Adds a label of ours in bold, with a space after it.
    pub fn label(&mut self, label: &str) -> &mut Self {
        self.heading(label).raw(" ")
    }

    /// Adds words of ours in bold.
    pub fn heading(&mut self, words: &str) -> &mut Self {
        let words = fit(words.chars().filter(|c| *c != '*').map(entity), 120);
        let _ = write!(self.0, "*{words}*");
        self
    }

    /// Adds a name as code.
    pub fn code(&mut self, name: &str, most: usize) -> &mut Self {
        if !name.is_empty() {
            // A backtick would end the code; the sign beside it looks the same.
            let name = plain(name).replace('`', "\u{2cb}");
            let _ = write!(self.0, "`{}`", fit(name.chars().map(entity), most));
        }
        self
    }

    /// Adds a time, which everybody sees in their own time zone.
    pub fn time(&mut self, at: Timestamp) -> &mut Self {
        let seconds = at.as_second();
        let utc = at.strftime("%Y-%m-%d %H:%M UTC");
        let _ = write!(self.0, "<!date^{seconds}^{{date_short}} {{time}}|{utc}>");
        self
    }

    /// Adds a link; without an address that begins with `https://`, only its words.
    pub fn link(&mut self, address: &str, words: &str) -> &mut Self {
        // Within a link nothing can be set off as code: signs that set off words are left out.
        let words = plain(words).replace(['*', '_', '~', '`'], "");
        let words = fit(words.chars().map(entity), 200);
        let is_good = address.starts_with("https://")
            && address.len() <= 1500
            && address.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>|`\"".contains(&byte));
        if is_good {
            let address = address.replace('&', "&amp;");
            let _ = write!(self.0, "<{address}|{words}>");
        } else {
            self.0.push_str(&words);
        }
        self
    }

    /// Adds a call to a user (`U...`, `W...`) or a user group (`S...`); nothing for another id.
    pub fn mention(&mut self, id: &str) -> &mut Self {
        let is_id =
            id.len() > 1 && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        match id.chars().next().filter(|_| is_id) {
            Some('U' | 'W') => {
                let _ = write!(self.0, "<@{id}> ");
            }
            Some('S') => {
                let _ = write!(self.0, "<!subteam^{id}> ");
            }
            _ => {}
        }
        self
    }

    /// Adds a sign from the program's own source.
    pub fn raw(&mut self, sign: &'static str) -> &mut Self {
        self.0.push_str(sign);
        self
    }

    /// Adds markup that was made before.
    pub fn add(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Lines of JSON as a block of code of so many units at most, and whether all of them are in it. In
/// JSON a backtick may be written as its code: so nothing in it ends the block.
pub fn fence(lines: &[String], most: usize) -> (Mrkdwn, bool) {
    const AROUND: usize = 8;
    const WIDEST: usize = 240;
    let mut block = String::from("```\n");
    let mut all = true;
    for line in lines {
        let line = line.replace('`', "\\u0060");
        all &= length(&line) <= WIDEST;
        let line = fit(line.chars().map(entity), WIDEST);
        if length(&block) + length(&line) + AROUND > most {
            block.push(CUT);
            block.push('\n');
            all = false;
            break;
        }
        block.push_str(&line);
        block.push('\n');
    }
    block.push_str("```");
    (Mrkdwn(block), all)
}

/// Lines below each other as texts of so many units at most; a line is never torn apart.
pub fn pages(lines: &[Mrkdwn], most: usize) -> Vec<Mrkdwn> {
    let mut pages: Vec<Mrkdwn> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        match pages.last_mut() {
            Some(page) if length(&page.0) + 1 + length(&line.0) <= most => {
                page.0.push('\n');
                page.0.push_str(&line.0);
            }
            _ => pages.push(line.clone()),
        }
    }
    pages
}

/// A character as Slack's markup has it.
enum Piece {
    Char(char),
    Entity(&'static str),
}

impl From<char> for Piece {
    fn from(c: char) -> Self {
        Self::Char(c)
    }
}

fn entity(c: char) -> Piece {
    match c {
        '&' => Piece::Entity("&amp;"),
        '<' => Piece::Entity("&lt;"),
        '>' => Piece::Entity("&gt;"),
        c => Piece::Char(c),
    }
}

/// So many pieces as fit whole; where some do not, the last unit says so.
fn fit(pieces: impl Iterator<Item = Piece>, most: usize) -> String {
    let (mut text, mut used) = (String::new(), 0);
    // Where the text ends if the mark of the cut has to follow.
    let mut end = 0;
    for piece in pieces {
        let units = match piece {
            Piece::Char(c) => c.len_utf16(),
            Piece::Entity(entity) => entity.len(),
        };
        if used + units > most {
            text.truncate(end);
            if most > 0 {
                text.push(CUT);
            }
            return text;
        }
        match piece {
            Piece::Char(c) => text.push(c),
            Piece::Entity(entity) => text.push_str(entity),
        }
        used += units;
        if used < most {
            end = text.len();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Mrkdwn, cut, fence, length, pages};

    #[test]
    fn strangers_write_no_markup() {
        for (text, shown) in [
            ("plain words, and more", "plain words, and more"),
            ("<!channel> look", "`&lt;!channel&gt;` look"),
            ("<https://evil.example|bank>", "`&lt;https://evil.example|bank&gt;`"),
            ("*bold* _it_ ~no~ `code`", "`*bold*` `_it_` `~no~` `code`"),
            ("`a <!here> b`", "`a &lt;!here&gt; b`"),
            ("on arn:aws:s3:::b/*.", "on `arn:aws:s3:::b/*`."),
            (":x: approved", ":`x`: approved"),
            (":white_check_mark: done", ":`white_check_mark`: done"),
            ("Compte : 1", "Compte : 1"),
            ("バケットarn:aws:s3:::bのポリシー", "バケット`arn:aws:s3:::b`のポリシー"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("```", "`ˋˋˋ`"),
        ] {
            assert_eq!(Mrkdwn::prose(text, 1000).as_str(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_cut_is_cut_between_characters() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("😀😀", 4), "😀😀");
        assert_eq!(cut("😀😀😀", 4), "😀…");
        assert_eq!(cut("abcd", 0), "");
        let mut code = Mrkdwn::new();
        code.code("a&&&&", 8);
        assert_eq!(code.as_str(), "`a&amp;…`", "an entity is not torn apart");
        for text in ["😀".repeat(3000), "<".repeat(3000), "a* ".repeat(3000), "é".repeat(3000)] {
            for most in [0, 1, 2, 7, 100] {
                let prose = Mrkdwn::prose(&text, most);
                assert!(length(prose.as_str()) <= most + 8, "{most}: {}", prose.as_str());
            }
        }
    }

    #[test]
    fn nothing_ends_a_fence() {
        let lines = ["+ \"a``` <!channel> & b\"".to_owned(), "x".repeat(400)];
        let (fenced, all) = fence(&lines, 2000);
        assert_eq!(fenced.as_str().matches("```").count(), 2);
        assert!(fenced.as_str().contains("\\u0060\\u0060\\u0060 &lt;!channel&gt; &amp; b"));
        assert!(!all, "a line was cut");
        let (fenced, all) = fence(&vec!["y".repeat(90); 100], 1000);
        assert!(length(fenced.as_str()) <= 1000 && !all);
        assert!(fenced.as_str().ends_with("…\n```"));
    }

    #[test]
    fn links_and_mentions_are_ours() {
        let link = |address: &str| Mrkdwn::new().link(address, "*SEC<1>`").as_str().to_owned();
        assert_eq!(link("https://t.example/a?b&c"), "<https://t.example/a?b&amp;c|SEC&lt;1&gt;>");
        for bad in ["javascript:alert(1)", "https://t.example/|x>", "http://t.example"] {
            assert_eq!(link(bad), "SEC&lt;1&gt;", "{bad}");
        }
        let mention = |id: &str| Mrkdwn::new().mention(id).as_str().to_owned();
        assert_eq!(mention("U012"), "<@U012> ");
        assert_eq!(mention("S012"), "<!subteam^S012> ");
        for none in ["!channel", "alice", "", "C012", "U0> <!channel"] {
            assert_eq!(mention(none), "", "{none}");
        }
    }

    #[test]
    fn lines_stay_whole_on_their_pages() {
        let lines: Vec<Mrkdwn> = (0..10).map(|_| Mrkdwn::prose(&"x".repeat(40), 100)).collect();
        let pages = pages(&lines, 100);
        assert_eq!(pages.len(), 5);
        assert!(pages.iter().all(|page| length(page.as_str()) == 81));
    }
}
