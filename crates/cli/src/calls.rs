//! The calls that a question is about: records of a file, or one that nobody recorded.

use crate::args::CallArgs;
use crate::engine::{self, Diagnosis, Evidence, PlainRequest, Plan, PlanOptions, Record};
use crate::exit::Exit;
use crate::input::Input;
use crate::problem::Problem;
use crate::syntax::{is_json, without_place};
use locksmith_view::source::locate;

const EVENT_HELP: &str = "expected a CloudTrail record, an EventBridge event around one, or \
                          {\"Records\": [...]}";

/// What is asked about.
#[derive(Debug)]
pub(crate) enum Calls {
    /// Recorded calls.
    Records(Vec<Record>),
    /// A call without a record.
    Request(PlainRequest),
}

impl Calls {
    /// As the arguments say.
    pub(crate) fn of(args: &CallArgs) -> Result<Self, Problem> {
        match &args.event {
            Some(input) => denied(input).map(Self::Records),
            None => Ok(Self::Request(request(args))),
        }
    }

    /// Explains them one by one.
    pub(crate) fn explain(&self, evidence: &Evidence) -> Result<Vec<Diagnosis>, Problem> {
        match self {
            Self::Records(records) => {
                let explain = |record| engine::explain_record(record, evidence);
                Ok(records.iter().map(explain).collect())
            }
            Self::Request(request) => {
                let diagnosis = engine::explain_request(request, evidence);
                diagnosis.map(|diagnosis| vec![diagnosis]).map_err(|error| bad_request(&error))
            }
        }
    }

    /// Plans what would have to change, one by one.
    pub(crate) fn plan(
        &self,
        evidence: &Evidence,
        options: &PlanOptions,
    ) -> Result<Vec<Plan>, Problem> {
        match self {
            Self::Records(records) => {
                let plan = |record| engine::plan_record(record, evidence, options);
                Ok(records.iter().map(plan).collect())
            }
            Self::Request(request) => {
                let plan = engine::plan_request(request, evidence, options);
                plan.map(|plan| vec![plan]).map_err(|error| bad_request(&error))
            }
        }
    }
}

/// A request that cannot be read.
pub(crate) fn bad_request(error: &engine::RequestError) -> Problem {
    Problem::new(Exit::BadInput, error.to_string())
        .help("`locksmith explain --help` shows how a call is written")
}

/// Every denied call of a file; a single call, denied or not.
pub(crate) fn denied(input: &Input) -> Result<Vec<Record>, Problem> {
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
    if records.len() == 1 {
        return Ok(records);
    }
    let count = records.len();
    let denied: Vec<_> = records.into_iter().filter(Record::is_denied).collect();
    if denied.is_empty() {
        anstream::eprintln!("{}: none of its {count} records is denied", input.name());
    }
    Ok(denied)
}

fn request(args: &CallArgs) -> PlainRequest {
    let mut context: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in &args.context {
        // Condition keys are the same in any case.
        let known = context.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(key));
        match known {
            Some((_, values)) => values.push(value.clone()),
            None => context.push((key.clone(), vec![value.clone()])),
        }
    }
    PlainRequest {
        principal: args.principal.clone().unwrap_or_default(),
        action: args.action.clone().unwrap_or_default(),
        resource: args.resource.clone().unwrap_or_default(),
        context,
    }
}
