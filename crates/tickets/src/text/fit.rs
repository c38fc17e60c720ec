//! Making a text short enough for where it goes.

use super::{Block, Report, Section};
use locksmith_words::Words;

/// How many items a list, lines a difference and characters a sentence may have, and which of the
/// sections stay. The last step always fits: it holds a state and where to read on.
const STEPS: [Step; 9] = [
    Step { items: 400, lines: 1_000, characters: 4_000, sections: usize::MAX },
    Step { items: 100, lines: 400, characters: 1_500, sections: usize::MAX },
    Step { items: 40, lines: 150, characters: 800, sections: usize::MAX },
    Step { items: 20, lines: 60, characters: 500, sections: usize::MAX },
    Step { items: 10, lines: 30, characters: 300, sections: usize::MAX },
    Step { items: 6, lines: 14, characters: 200, sections: usize::MAX },
    Step { items: 4, lines: 0, characters: 140, sections: 5 },
    Step { items: 3, lines: 0, characters: 90, sections: 3 },
    Step { items: 2, lines: 0, characters: 60, sections: 1 },
];

#[derive(Clone, Copy)]
struct Step {
    items: usize,
    lines: usize,
    characters: usize,
    sections: usize,
}

/// A report as it is rendered within a limit, shortened as little as need be. `rendered` says how large
/// the text is, by whatever its reader counts.
pub(crate) fn fitted<T>(
    report: &Report,
    words: Words,
    limit: usize,
    rendered: impl Fn(&Report) -> (T, usize),
) -> T {
    let (whole, size) = rendered(report);
    if size <= limit {
        return whole;
    }
    let mut last = whole;
    for step in STEPS {
        let (text, size) = rendered(&shortened(report, words, step));
        last = text;
        if size <= limit {
            break;
        }
    }
    last
}

/// How large a text is in units of UTF-16: no system here counts a character as more than that.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A text of at most so many characters, with a mark where it was cut.
pub(crate) fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
            kept + "…"
        }
    }
}

fn shortened(report: &Report, words: Words, step: Step) -> Report {
    let sections = report.sections.iter().take(step.sections);
    let mut sections: Vec<Section> = sections
        .map(|section| Section {
            blocks: section
                .blocks
                .iter()
                .filter_map(|block| of_block(block, words, step))
                .collect(),
            ..section.clone()
        })
        .filter(|section| !section.blocks.is_empty())
        .collect();
    // It is said at the top, where it is read.
    if let Some(first) = sections.first_mut() {
        first.blocks.push(Block::Say { text: words.say("ticket-shortened", &[]) });
    }
    Report { sections }
}

fn of_block(block: &Block, words: Words, step: Step) -> Option<Block> {
    let more = |left: usize| words.say("ticket-more", &[("count", (left as u64).into())]);
    Some(match block {
        Block::Say { text } => Block::Say { text: cut(text, step.characters) },
        Block::Facts { facts } => {
            let mut facts = facts.clone();
            for fact in &mut facts {
                fact.value = cut(&fact.value, step.characters);
            }
            Block::Facts { facts }
        }
        Block::List { items } => {
            let kept = items.iter().take(step.items).map(|item| cut(item, step.characters));
            let left = items.len().saturating_sub(step.items);
            let last = Some(more(left)).filter(|_| left > 0);
            Block::List { items: kept.chain(last).collect() }
        }
        Block::Code { .. } if step.lines == 0 => return None,
        Block::Code { lines, difference } => {
            let kept = lines.iter().take(step.lines).map(|line| cut(line, step.characters));
            let left = lines.len().saturating_sub(step.lines);
            let last = Some(format!("… {}", more(left))).filter(|_| left > 0);
            Block::Code { lines: kept.chain(last).collect(), difference: *difference }
        }
        Block::Link { .. } => block.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn never_within_a_character() {
        assert_eq!(cut("größe", 5), "größe");
        assert_eq!(cut("größe", 4), "grö…");
        assert_eq!(cut("😀😀😀", 2), "😀…");
    }
}
