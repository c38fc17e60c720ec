//! `locksmith explain`: a record or a request in, a diagnosis out.

use crate::args::{ExplainArgs, Format};
use crate::engine::{self, PlainRequest};
use crate::evidence_dir::EvidenceDir;
use crate::exit::Exit;
use crate::input::Input;
use crate::locate::{is_json, locate, without_place};
use crate::output::Output;
use crate::problem::Problem;
use crate::view::{html, markdown, text};
use crate::{plain::plain_json, view::View};
use locksmith_core::diagnosis::Diagnosis;

const EVENT_HELP: &str = "expected a CloudTrail record, an EventBridge event around one, or \
                          {\"Records\": [...]}";

/// Explains, and says how the program ends.
pub(crate) fn run(args: &ExplainArgs, output: &mut Output) -> Result<Exit, Problem> {
    let dir = match &args.evidence {
        Some(dir) => EvidenceDir::read(dir)?,
        None => EvidenceDir::default(),
    };
    let diagnoses = match &args.event {
        Some(input) => explain_event(input, &dir)?,
        None => vec![explain_request(args, &dir)?],
    };
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

/// Every denied call of a file; a single call, denied or not.
fn explain_event(input: &Input, dir: &EvidenceDir) -> Result<Vec<Diagnosis>, Problem> {
    let bytes = input.read()?;
    let bad = |text: String| Problem::new(Exit::BadInput, text).help(EVENT_HELP);
    let named = |problem: Problem| problem.in_file(input.name());
    let text = str::from_utf8(&bytes)
        .map_err(|error| named(bad(format!("byte {} is not UTF-8", error.valid_up_to()))))?;
    // Some programs put a mark before UTF-8; it is no part of the JSON.
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(named(bad("it is empty".to_owned())));
    }
    is_json(text, Exit::BadInput).map_err(named)?;
    let records = engine::records(text.as_bytes()).map_err(|error| {
        let position = locate(text, &error.path).map(|found| found.position);
        named(bad(without_place(&error.problem).to_owned()).under(&error.path).at(position))
    })?;
    let explain = |record| engine::explain_record(record, &dir.evidence);
    if let [record] = &*records {
        return Ok(vec![explain(record)]);
    }
    let denied: Vec<_> = records.iter().filter(|record| record.is_denied()).collect();
    if denied.is_empty() {
        let name = input.name();
        anstream::eprintln!("{name}: none of its {} records is denied", records.len());
    }
    Ok(denied.into_iter().map(explain).collect())
}

fn explain_request(args: &ExplainArgs, dir: &EvidenceDir) -> Result<Diagnosis, Problem> {
    let mut context: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in &args.context {
        // Condition keys are the same in any case.
        let known = context.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(key));
        match known {
            Some((_, values)) => values.push(value.clone()),
            None => context.push((key.clone(), vec![value.clone()])),
        }
    }
    let request = PlainRequest {
        principal: args.principal.clone().unwrap_or_default(),
        action: args.action.clone().unwrap_or_default(),
        resource: args.resource.clone().unwrap_or_default(),
        context,
    };
    engine::explain_request(&request, &dir.evidence).map_err(|error| {
        Problem::new(Exit::BadInput, error.to_string())
            .help("`locksmith explain --help` shows how a call is written")
    })
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
