//! `locksmith explain`: a record or a request in, a diagnosis out.

use crate::args::{ExplainArgs, Format, QuestionArgs};
use crate::calls::Calls;
use crate::evidence_dir::EvidenceDir;
use crate::exit::Exit;
use crate::live;
use crate::next;
use crate::output::Output;
use crate::problem::Problem;
use locksmith_view::plain::plain_json;
use locksmith_view::{View, html, markdown, text};
use serde::Serialize;

/// Explains, and says how the program ends.
pub(crate) fn run(args: &ExplainArgs, output: &mut Output) -> Result<Exit, Problem> {
    let (calls, dir) = question(&args.question)?;
    let diagnoses = calls.explain(&dir.evidence)?;
    let views: Vec<_> =
        diagnoses.iter().map(|diagnosis| View::new(diagnosis, &dir.sources)).collect();
    if !views.is_empty() {
        match args.format {
            Format::Text => {
                output.styled(&text::render(&views, output.width))?;
                if let Some(step) = next::step(&diagnoses, &dir.evidence, &args.question) {
                    output.styled(&text::next(&step, output.width))?;
                }
            }
            Format::Json => json(&diagnoses, output)?,
            Format::Markdown => output.bytes(markdown::render(&views).as_bytes())?,
            Format::Html => output.bytes(html::render(&views).as_bytes())?,
        }
        output.flush()?;
    }
    Ok(Exit::of_all(diagnoses.iter().map(|diagnosis| Exit::of(diagnosis.verdict))))
}

/// The calls that are asked about, and what is known of the accounts.
pub(crate) fn question(args: &QuestionArgs) -> Result<(Calls, EvidenceDir), Problem> {
    // A folder that cannot be read is told before standard input is waited for.
    let dir = match &args.evidence {
        Some(dir) => EvidenceDir::read(dir)?,
        None => EvidenceDir::default(),
    };
    let calls = Calls::of(&args.call)?;
    if !args.live {
        return Ok((calls, dir));
    }
    let reading = live::of_calls(&args.accounts, &args.access, &calls)?;
    Ok((calls, EvidenceDir::unsaved(reading.evidence)))
}

/// One answer a line; a single one laid out for a person who watches.
pub(crate) fn json<T: Serialize>(answers: &[T], output: &mut Output) -> Result<(), Problem> {
    let pretty = output.is_terminal && answers.len() == 1;
    for answer in answers {
        let text = if pretty {
            serde_json::to_string_pretty(answer)
        } else {
            serde_json::to_string(answer)
        };
        let text = text.map_err(|error| Problem::new(Exit::Output, error.to_string()))?;
        output.bytes(plain_json(&text).as_bytes())?;
        output.bytes(b"\n")?;
    }
    Ok(())
}
