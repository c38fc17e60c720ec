//! The path of a permission as a picture, lying for wide pages and standing for narrow ones.

use super::markup::Markup;
use crate::path::{Side, Signal, Station, Track};
use crate::words::{cut, short, target};
use locksmith_core::arn::{AccountId, Arn};
use locksmith_core::diagnosis::{Diagnosis, Permission};
use locksmith_core::evaluate::Outcome;
use locksmith_words::Words;

/// From one node to the next, lying.
const STEP: usize = 128;
/// Half of it: the middle of a node.
const HALF: usize = STEP / 2;
/// The height of the line, lying.
const LINE: usize = 84;
/// From one node to the next, standing.
const RISE: usize = 58;
/// The distance of the line from the left, standing.
const LEFT: usize = 30;
/// The longest name of a caller or resource below a node.
const NAME: usize = 13;
/// The widest line of a layer's name below a node: sixteen Latin letters.
const ROOM: usize = 16 * 4;
/// Japanese has no spaces between its words; a line may begin with these.
const BEGINNINGS: [&str; 4] = ["ポリシー", "ベース", "アクセス", "パブリック"];
/// Half the size of a node.
const NODE: usize = 15;

/// A point of the path: the caller, a station, or the resource.
struct Node {
    side: Side,
    account: Option<AccountId>,
    signal: Option<Signal>,
    name: String,
    says: String,
}

/// Draws both pictures; style sheets show the one that fits.
pub(crate) fn draw(
    words: Words,
    track: &Track<'_>,
    diagnosis: &Diagnosis,
    id: usize,
    markup: &mut Markup,
) {
    let nodes = nodes(words, track, diagnosis);
    let title = title(words, &nodes, track);
    lying(words, &nodes, (&title, id), markup);
    standing(words, &nodes, (&title, id), markup);
}

fn nodes(words: Words, track: &Track<'_>, diagnosis: &Diagnosis) -> Vec<Node> {
    let call = &diagnosis.call;
    let caller = Node {
        side: Side::Caller,
        account: call.principal_account,
        signal: None,
        name: words.say("path-caller", &[]),
        says: caller_name(&call.principal),
    };
    let station = |station: &Station| Node {
        side: station.side,
        account: station.account,
        signal: Some(station.signal),
        name: Some(words.layer(station.layer))
            .filter(|name| lines(name).is_some())
            .unwrap_or_else(|| words.layer_short(station.layer)),
        says: station.says(words),
    };
    let permission = track.permission;
    let cause = track.at_resource.first();
    let says = match cause {
        Some(cause) => {
            words.at_resource(cause.code).unwrap_or_else(|| words.say("path-blocks", &[]))
        }
        None => target_name(words, permission),
    };
    let resource = Node {
        side: Side::Resource,
        account: permission.resource_account,
        signal: cause.map(|_| Signal::Stop),
        name: words.say(kind(permission), &[]),
        says,
    };
    let stations = track.stations.iter().map(station);
    core::iter::once(caller).chain(stations).chain([resource]).collect()
}

/// The name of what a permission is on.
fn target_name(words: Words, permission: &Permission) -> String {
    let target = target(words, permission, usize::MAX);
    cut(target.strip_prefix("key/").unwrap_or(&target), NAME)
}

/// The id of what a permission is on, in a word.
fn kind(permission: &Permission) -> &'static str {
    let path = Arn::parse(&permission.resource).map_or("", |arn| arn.resource);
    match permission.action.split_once(':') {
        Some(("kms", _)) => "path-key",
        Some(("s3", _)) if path.contains('/') => "path-object",
        Some(("s3", _)) if !path.is_empty() => "path-bucket",
        Some(("sts", _)) => "path-role",
        _ => "path-resource",
    }
}

/// The last part of a principal's name that is its own.
fn caller_name(principal: &str) -> String {
    let resource = Arn::parse(principal).map_or(principal, |arn| arn.resource);
    let mut parts = resource.split('/');
    let name = match parts.next() {
        Some("assumed-role") => parts.next(),
        _ => resource.rsplit('/').next(),
    };
    short(name.unwrap_or(resource), NAME)
}

/// The first node of each ground, how many stand on it, and whose it is.
fn grounds(nodes: &[Node]) -> Vec<(usize, usize, Side, Option<AccountId>)> {
    let mut grounds: Vec<(usize, usize, Side, Option<AccountId>)> = Vec::new();
    for (place, node) in nodes.iter().enumerate() {
        match grounds.last_mut() {
            Some((_, length, side, account)) if *side == node.side => {
                *length += 1;
                *account = account.or(node.account);
            }
            _ => grounds.push((place, 1, node.side, node.account)),
        }
    }
    for (_, _, side, account) in &mut grounds {
        if matches!(side, Side::Organization) {
            *account = None;
        }
    }
    grounds
}

/// Whether the call still moves when it leaves each node: it stops for good at the first block.
fn reach(nodes: &[Node]) -> Vec<Reach> {
    let mut reach = Reach::Sure;
    let step = |node: &Node| {
        reach = match (reach, node.signal) {
            (Reach::Never, _) => Reach::Never,
            (_, Some(signal)) if signal.blocks() => Reach::Never,
            (Reach::Sure, Some(Signal::Open)) => Reach::Open,
            (before, _) => before,
        };
        reach
    };
    nodes.iter().map(step).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Sure,
    Open,
    Never,
}

impl Reach {
    fn class(self) -> &'static str {
        match self {
            Self::Sure => "line sure",
            Self::Open => "line open",
            Self::Never => "line never",
        }
    }
}

fn lying(words: Words, nodes: &[Node], (told, id): (&str, usize), markup: &mut Markup) {
    let width = nodes.len() * STEP;
    markup.raw("<svg class=\"path lying\" viewBox=\"0 0 ").number(width);
    markup.raw(" 164\" width=\"").number(width);
    markup.raw("\" role=\"img\" aria-labelledby=\"lying").number(id).raw("\">");
    write_title("lying", told, id, markup);
    for (place, length, side, account) in grounds(nodes) {
        let (x, wide) = (place * STEP, length * STEP);
        markup.raw("<rect class=\"ground\" x=\"").number(x + 2);
        markup.raw("\" y=\"1\" width=\"").number(wide.saturating_sub(4));
        markup.raw("\" height=\"162\" rx=\"8\"/>");
        let middle = x + wide / 2;
        label("side", middle, 21, &words.say(side.name(), &[]), markup);
        if let Some(account) = account {
            label("side", middle, 38, account.as_str(), markup);
        }
    }
    for ((place, reach), next) in reach(nodes).into_iter().enumerate().zip(nodes.iter().skip(1)) {
        let (from, to) = (place * STEP + HALF, (place + 1) * STEP + HALF);
        // Behind a block the line begins with a gap: the track is broken.
        let blocked = nodes.get(place).and_then(|node| node.signal).is_some_and(Signal::blocks);
        let from = from + if blocked { NODE + 16 } else { NODE };
        let to = to.saturating_sub(if next.signal == Some(Signal::Silent) { 7 } else { NODE });
        markup.raw("<path class=\"").raw(reach.class()).raw("\" d=\"M").number(from);
        markup.raw(" ").number(LINE).raw("H").number(to).raw("\"/>");
        if blocked {
            // Two bars across the gap.
            markup.raw("<path class=\"bars\" d=\"M").number(from - 10).raw(" ").number(LINE - 9);
            markup.raw("v18m5 -18v18\"/>");
        }
    }
    for (place, node) in nodes.iter().enumerate() {
        let x = place * STEP + HALF;
        shape(node.signal, x, LINE, markup);
        let (first, second) =
            lines(&node.name).unwrap_or_else(|| (node.name.clone(), String::new()));
        label("name", x, 122, &first, markup);
        if !second.is_empty() {
            label("name", x, 136, &second, markup);
        }
        let y = if second.is_empty() { 138 } else { 151 };
        label(says_class(node.signal), x, y, &node.says, markup);
    }
    markup.raw("</svg>");
}

/// A long name in two lines; none where they have no room.
fn lines(name: &str) -> Option<(String, String)> {
    let fits = |(one, other): &(&str, &str)| width(one) <= ROOM && width(other) <= ROOM;
    if width(name) <= ROOM {
        return Some((name.to_owned(), String::new()));
    }
    let at_spaces = name.rmatch_indices(' ').filter_map(|(place, _)| name.split_at_checked(place));
    let before = |begins: &&str| name.rfind(begins).and_then(|place| name.split_at_checked(place));
    let at_words = BEGINNINGS.iter().filter_map(before);
    let (one, other) = at_spaces.chain(at_words).find(fits)?;
    Some((one.to_owned(), other.trim_start().to_owned()))
}

/// How wide a text is in a quarter of a Latin letter. Letters of Chinese, Japanese and Korean are nearly
/// twice as wide.
fn width(text: &str) -> usize {
    let is_wide = |letter: char| matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..);
    text.chars().map(|letter| if is_wide(letter) { 7 } else { 4 }).sum()
}

fn standing(words: Words, nodes: &[Node], (told, id): (&str, usize), markup: &mut Markup) {
    let grounds = grounds(nodes);
    let height = nodes.len() * RISE + grounds.len() * 26;
    markup.raw("<svg class=\"path standing\" viewBox=\"0 0 320 ").number(height);
    markup.raw("\" width=\"320\" role=\"img\" aria-labelledby=\"standing").number(id).raw("\">");
    write_title("standing", told, id, markup);
    let mut reaches = reach(nodes).into_iter();
    let mut before: Option<(usize, Reach, bool)> = None;
    let mut top = 0;
    for (first, length, side, account) in grounds {
        let tall = length * RISE + 22;
        markup.raw("<rect class=\"ground\" x=\"1\" y=\"").number(top + 2);
        markup.raw("\" width=\"318\" height=\"").number(tall).raw("\" rx=\"8\"/>");
        let account = account.map_or(String::new(), |account| format!(" {account}"));
        let name = format!("{}{account}", words.say(side.name(), &[]));
        start_label("side", 60, top + 20, &name, markup);
        for (place, node) in nodes.iter().skip(first).take(length).enumerate() {
            let y = top + 24 + place * RISE + RISE / 2;
            if let Some((from, reach, blocked)) = before {
                let from = from + if blocked { NODE + 16 } else { NODE };
                markup.raw("<path class=\"").raw(reach.class()).raw("\" d=\"M").number(LEFT);
                markup.raw(" ").number(from).raw("V").number(y - NODE).raw("\"/>");
                if blocked {
                    markup.raw("<path class=\"bars\" d=\"M").number(LEFT - 9).raw(" ");
                    markup.number(from - 10).raw("h18m-18 5h18\"/>");
                }
            }
            shape(node.signal, LEFT, y, markup);
            start_label("name", 60, y - 3, &node.name, markup);
            start_label(says_class(node.signal), 60, y + 15, &node.says, markup);
            let blocked = node.signal.is_some_and(Signal::blocks);
            before = reaches.next().map(|reach| (y, reach, blocked));
        }
        top += tall + 4;
    }
    markup.raw("</svg>");
}

/// The picture in words, for those who do not see it.
fn title(words: Words, nodes: &[Node], track: &Track<'_>) -> String {
    let mut title = words.label(&track.permission.action);
    title.push_str(&words.answer(track.permission.decision));
    for node in nodes {
        let place = format!("{}{}", words.label(&node.name), node.says);
        title = words.list([title.as_str(), place.as_str()]);
    }
    title
}

fn write_title(kind: &'static str, title: &str, id: usize, markup: &mut Markup) {
    markup.raw("<title id=\"").raw(kind).number(id).raw("\">").text(title).raw("</title>");
}

fn label(class: &'static str, x: usize, y: usize, text: &str, markup: &mut Markup) {
    markup.raw("<text text-anchor=\"middle\" class=\"").raw(class).raw("\" x=\"").number(x);
    markup.raw("\" y=\"").number(y).raw("\">").text(text).raw("</text>");
}

fn start_label(class: &'static str, x: usize, y: usize, text: &str, markup: &mut Markup) {
    markup.raw("<text class=\"").raw(class).raw("\" x=\"").number(x);
    markup.raw("\" y=\"").number(y).raw("\">").text(text).raw("</text>");
}

fn says_class(signal: Option<Signal>) -> &'static str {
    match signal {
        None | Some(Signal::Silent) => "says",
        Some(Signal::Pass) => "says pass",
        Some(Signal::Stop) => "says stop",
        Some(Signal::Deny) => "says deny",
        Some(Signal::Open) => "says unseen",
    }
}

/// The shape of a node around a point.
fn shape(signal: Option<Signal>, x: usize, y: usize, markup: &mut Markup) {
    markup.raw("<g transform=\"translate(").number(x).raw(" ").number(y).raw(")\">");
    markup.raw(symbol(signal)).raw("</g>");
}

/// Each signal has a shape of its own, so that none needs its colour.
fn symbol(signal: Option<Signal>) -> &'static str {
    match signal {
        None => "<circle class=\"end\" r=\"11\"/><circle class=\"dot\" r=\"4\"/>",
        Some(Signal::Pass) => {
            "<circle class=\"fill pass\" r=\"14\"/><path class=\"glyph\" d=\"M-6 0l4.500 5L6.500-5\"/>"
        }
        Some(Signal::Silent) => "<circle class=\"ring\" r=\"6\"/>",
        Some(Signal::Stop) => {
            "<rect class=\"fill stop\" x=\"-14\" y=\"-14\" width=\"28\" height=\"28\" rx=\"3\"/>\
             <path class=\"glyph\" d=\"M-7 0H7\"/>"
        }
        Some(Signal::Deny) => {
            "<path class=\"fill deny\" d=\"M-6.500-15.500h13l9 9v13l-9 9h-13l-9-9v-13z\"/>\
             <path class=\"glyph\" d=\"M-6-6L6 6M6-6L-6 6\"/>"
        }
        Some(Signal::Open) => {
            "<path class=\"fill unseen\" d=\"M0-17L17 0L0 17L-17 0z\"/>\
             <text class=\"mark\" text-anchor=\"middle\" y=\"6\">?</text>"
        }
    }
}

/// A cell of the table: its symbol, small, and its word.
pub(crate) fn cell(words: Words, station: Option<&Station>, markup: &mut Markup) {
    let Some(station) = station else {
        let says = words.outcome(Outcome::NotApplicable);
        markup.raw("<td class=\"none\"><span title=\"").text(&says).raw("\">·</span></td>");
        return;
    };
    markup.raw("<td class=\"").raw(says_class(Some(station.signal))).raw("\">");
    icon(station.signal, markup);
    markup.text(&station.says(words)).raw("</td>");
}

/// The symbol alone, in the size of text.
fn icon(signal: Signal, markup: &mut Markup) {
    markup.raw("<svg class=\"icon\" viewBox=\"-18 -18 36 36\" aria-hidden=\"true\">");
    markup.raw(symbol(Some(signal))).raw("</svg>");
}

/// What the symbols mean.
pub(crate) fn legend(words: Words, markup: &mut Markup) {
    let meanings = [
        (Signal::Pass, "path-legend-pass"),
        (Signal::Stop, "path-legend-stop"),
        (Signal::Deny, "path-legend-deny"),
        (Signal::Open, "path-legend-open"),
        (Signal::Silent, "path-legend-silent"),
    ];
    markup.raw("<ul class=\"legend\">");
    for (signal, meaning) in meanings {
        markup.raw("<li>");
        icon(signal, markup);
        markup.text(&words.say(meaning, &[])).raw("</li>");
    }
    markup.raw("</ul>");
}

/// The symbol of what could not be seen.
pub(crate) fn unseen(markup: &mut Markup) {
    icon(Signal::Open, markup);
}

#[cfg(test)]
mod tests {
    use super::lines;
    use locksmith_app::config::Locale;
    use locksmith_core::evaluate::Layer;
    use locksmith_words::Words;

    #[track_caller]
    fn check(name: &str, expected: Option<(&str, &str)>) {
        let found = lines(name);
        assert_eq!(found.as_ref().map(|(one, other)| (one.as_str(), other.as_str())), expected);
    }

    #[test]
    fn names_stand_in_two_lines() {
        check("key policy", Some(("key policy", "")));
        check("resource control policy", Some(("resource control", "policy")));
        check("politique de session", Some(("politique de", "session")));
        check("politique de contrôle des services", None);
        check("octroi d’accès à la clé", Some(("octroi d’accès à", "la clé")));
        check("セッションポリシー", Some(("セッションポリシー", "")));
        check("アクセスポイントポリシー", Some(("アクセスポイント", "ポリシー")));
        check("アイデンティティベースのポリシー", Some(("アイデンティティ", "ベースのポリシー")));
        check("ブロックパブリックアクセス", Some(("ブロックパブリック", "アクセス")));
        check("サービスコントロールポリシー", None);
    }

    /// Each layer has a name that has room, in each language.
    #[test]
    fn every_layer_has_room() {
        for locale in Locale::ALL {
            let words = Words::new(locale);
            for layer in Layer::ALL {
                let names = [words.layer(layer), words.layer_short(layer)];
                assert!(names.iter().any(|name| lines(name).is_some()), "{locale}: {names:?}");
            }
        }
    }
}
