//! `locksmith explain`: a record or a request in, a diagnosis out.

use crate::args::{ExplainArgs, Format};
use crate::calls::Calls;
use crate::engine::Diagnosis;
use crate::evidence_dir::EvidenceDir;
use crate::exit::Exit;
use crate::live;
use crate::output::Output;
use crate::problem::Problem;
use crate::view::{html, markdown, text};
use crate::{plain::plain_json, view::View};

/// Explains, and says how the program ends.
pub(crate) fn run(args: &ExplainArgs, output: &mut Output) -> Result<Exit, Problem> {
    // A folder that cannot be read is told before standard input is waited for.
    let dir = match &args.evidence {
        Some(dir) => EvidenceDir::read(dir)?,
        None => EvidenceDir::default(),
    };
    let calls = Calls::of(&args.call)?;
    let dir = if args.live {
        EvidenceDir::unsaved(live::of_calls(&args.accounts, &args.access, &calls)?.evidence)
    } else {
        dir
    };
    let diagnoses = calls.explain(&dir.evidence)?;
    let views: Vec<_> =
        diagnoses.iter().map(|diagnosis| View::new(diagnosis, &dir.sources)).collect();
    if !views.is_empty() {
        match args.format {
            Format::Text => output.styled(&text::render(&views, output.width))?,
            Format::Json => json(&diagnoses, output)?,
            Format::Markdown => output.bytes(markdown::render(&views).as_bytes())?,
            Format::Html => output.bytes(html::render(&views).as_bytes())?,
        }
        output.flush()?;
    }
    Ok(Exit::of_all(diagnoses.iter().map(|diagnosis| diagnosis.verdict)))
}

/// One answer a line; a single one laid out for a person who watches.
fn json(diagnoses: &[Diagnosis], output: &mut Output) -> Result<(), Problem> {
    let pretty = output.is_terminal && diagnoses.len() == 1;
    for diagnosis in diagnoses {
        let text = if pretty {
            serde_json::to_string_pretty(diagnosis)
        } else {
            serde_json::to_string(diagnosis)
        };
        let text = text.map_err(|error| Problem::new(Exit::Output, error.to_string()))?;
        output.bytes(plain_json(&text).as_bytes())?;
        output.bytes(b"\n")?;
    }
    Ok(())
}
