//! `locksmith plan`: a record or a request in, the smallest change out.

use crate::args::{PlanArgs, PlanFormat};
use crate::engine::{Plan, PlanOptions};
use crate::exit::Exit;
use crate::explain::{json, question};
use crate::output::Output;
use crate::problem::Problem;
use jiff::{Timestamp, Unit};
use locksmith_core::diagnosis::Verdict;
use locksmith_view::plan::{markdown, text};
use locksmith_view::recipe;

/// Plans, and says how the program ends.
pub(crate) fn run(args: &PlanArgs, output: &mut Output) -> Result<Exit, Problem> {
    let options = options(args)?;
    let (calls, dir) = question(&args.question)?;
    let plans = calls.plan(&dir.evidence, &options)?;
    if !plans.is_empty() {
        match args.format {
            PlanFormat::Text => output.styled(&text::render(&plans, output.width))?,
            PlanFormat::Json => json(&plans, output)?,
            PlanFormat::Markdown => output.bytes(markdown::render(&plans).as_bytes())?,
            PlanFormat::Cli => output.bytes(recipe::script(single(&plans)?).as_bytes())?,
            PlanFormat::Terraform => {
                output.bytes(recipe::configuration(single(&plans)?).as_bytes())?;
            }
            PlanFormat::Cloudformation => {
                output.bytes(recipe::template(single(&plans)?).as_bytes())?;
            }
        }
        output.flush()?;
    }
    Ok(Exit::of_all(plans.iter().map(exit)))
}

/// Time matters only where something is to expire.
fn options(args: &PlanArgs) -> Result<PlanOptions, Problem> {
    let now = args.now.or_else(|| args.expires.map(|_| Timestamp::now()));
    // Policies know no parts of a second.
    let now = now.and_then(|now| now.round(Unit::Second).ok());
    let end = |(now, after): (Timestamp, _)| {
        now.checked_add(after).map_err(|_| {
            Problem::new(Exit::BadInput, "--expires: that is beyond the end of the calendar")
        })
    };
    let expires_at = now.zip(args.expires).map(end).transpose()?;
    Ok(PlanOptions { scope: args.scope.into(), now, expires_at })
}

/// The one plan that code is made from; calls that need the same changes have one plan.
fn single(plans: &[Plan]) -> Result<&Plan, Problem> {
    let several = || {
        let text = format!("{} calls need different changes, and code is made of one", plans.len());
        Problem::new(Exit::BadInput, text).help("name the record of one call with --event")
    };
    let first = plans.first().ok_or_else(several)?;
    let is_same = plans.iter().all(|plan| plan.digest == first.digest);
    if is_same { Ok(first) } else { Err(several()) }
}

fn exit(plan: &Plan) -> Exit {
    match plan.proof.before {
        _ if plan.resolves => Exit::Done,
        Verdict::Unknown => Exit::Unknown,
        _ => Exit::NotDone,
    }
}
