//! `locksmith apply`: makes the changes of a plan, or none of them.

use crate::args::ApplyArgs;
use crate::consent::{Asked, consent};
use crate::exit::Exit;
use crate::journal_file::JournalFile;
use crate::output::Output;
use crate::plan_file::{self, Way, ways};
use crate::problem::Problem;
use crate::work::{Alone, Wall, named, stopped};
use crate::{live, write};
use locksmith_app::change::{Changing, Journal, State, Step};
use locksmith_app::ports::{Clock, Documents};
use locksmith_core::plan::Plan;
use locksmith_view::plan::text;
use locksmith_view::work;
use std::path::Path;

mod dry_run;

/// Asks, and makes the changes.
pub(crate) fn run(args: &ApplyArgs, output: &mut Output) -> Result<Exit, Problem> {
    let plan = plan_file::read(&args.consent.plan)?;
    let in_file = |problem: Problem| problem.in_file(args.consent.plan.display().to_string());
    let ways = may_go(&plan, args.partly || args.dry_run).map_err(in_file)?;
    if args.dry_run {
        return live::block_on(async {
            let accounts = plan.changes.iter().map(|change| change.account);
            let documents = write::documents(accounts, &args.access).await?;
            dry_run::run(&documents, &plan, output).await
        });
    }
    let asked = Asked::of(args.consent.yes.as_ref())?;
    let file = JournalFile::take(&args.consent.journal())?;
    let way = consent(&ways, asked, "Apply?", |way| {
        output.styled(&text::render_changes(way.changes, output.width))?;
        output.bytes(b"\n")?;
        output.flush()
    })?;
    live::block_on(async {
        let accounts = way.changes.iter().map(|change| change.account);
        let documents = write::documents(accounts, &args.access).await?;
        carry_out(&documents, &Wall, &file, way, &args.consent.plan, output).await
    })
}

/// The ways of a plan that may be gone.
fn may_go(plan: &Plan, partly: bool) -> Result<Vec<Way<'_>>, Problem> {
    let mut ways = ways(plan);
    ways.retain(|way| !way.changes.is_empty());
    if ways.is_empty() {
        return Err(Problem::new(Exit::BadInput, "there is nothing to apply: it has no changes")
            .help("what is left to people stands under `manual`"));
    }
    ways.retain(|way| way.resolves || partly);
    if ways.is_empty() {
        let text = "the changes are not enough for the call to succeed";
        return Err(Problem::new(Exit::BadInput, text)
            .help("do first what stands under `manual`; --partly makes the changes all the same"));
    }
    Ok(ways)
}

/// Makes the changes to which consent was given, and says what became of them.
async fn carry_out<D: Documents, C: Clock>(
    documents: &D,
    clock: &C,
    file: &JournalFile,
    way: Way<'_>,
    plan: &Path,
    output: &mut Output,
) -> Result<Exit, Problem> {
    let journal = match file.stored() {
        Some(journal) => resumed(journal, &way)
            .map_err(|problem| problem.in_file(file.path().display().to_string()))?,
        None => begun(&way, clock),
    };
    let journal = if has_ended(&journal) { begun(&way, clock) } else { journal };
    let changing = Changing { documents, journal: file, locks: &Alone, clock };
    let journal = changing.apply(journal).await.map_err(|error| stopped(&error, file))?;
    output.styled(&work::render(&journal, file.path(), plan, output.width))?;
    output.flush()?;
    Ok(match journal.state {
        State::Applied => Exit::Done,
        State::RolledBack { .. } => Exit::NotDone,
        _ => Exit::HalfWay,
    })
}

fn begun<C: Clock>(way: &Way<'_>, clock: &C) -> Journal {
    Journal::new(&named(way.digest), way.digest.clone(), way.changes.to_vec(), clock.now())
}

/// Whether nothing of a work stands, so that a new one may take its place.
fn has_ended(journal: &Journal) -> bool {
    matches!(journal.state, State::RolledBack { .. } | State::Undone)
        && !journal.steps.iter().any(Step::may_stand)
}

/// A journal to go on with.
fn resumed(journal: Journal, way: &Way<'_>) -> Result<Journal, Problem> {
    let ended = has_ended(&journal);
    if !ended && journal.digest != *way.digest {
        let text = format!("it is the journal of other changes, {}", journal.digest);
        return Err(Problem::new(Exit::BadInput, text)
            .help("undo those first, or name a new file with --journal"));
    }
    let half = |text: &str| {
        Err(Problem::new(Exit::HalfWay, text.to_owned())
            .help("`locksmith undo` goes on with taking the changes back"))
    };
    match &journal.state {
        State::Undoing => half("these changes are being taken back"),
        State::Failed { .. } => half("these changes could not all be taken back"),
        State::Undone if !ended => half("a part of these changes still stands"),
        _ => Ok(journal),
    }
}

#[cfg(test)]
mod tests;
