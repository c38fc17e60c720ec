//! `locksmith undo`: takes back what `apply` changed.

use crate::args::UndoArgs;
use crate::consent::{Asked, consent};
use crate::exit::Exit;
use crate::journal_file::JournalFile;
use crate::output::Output;
use crate::plan_file::{self, Way, ways};
use crate::problem::Problem;
use crate::work::{Alone, Wall, stopped};
use crate::{live, write};
use locksmith_app::change::{Changing, Journal, State};
use locksmith_app::ports::{Clock, Documents};
use locksmith_core::plan::{Change, Plan};
use locksmith_view::plan::text;
use locksmith_view::work;
use std::collections::BTreeSet;
use std::path::Path;

/// Asks, and takes the changes back.
pub(crate) fn run(args: &UndoArgs, output: &mut Output) -> Result<Exit, Problem> {
    let plan = plan_file::read(&args.consent.plan)?;
    let path = args.consent.journal();
    let in_file = |problem: Problem| problem.in_file(path.display().to_string());
    if !path.exists() {
        return Err(in_file(no_journal()));
    }
    let asked = Asked::of(args.consent.yes.as_ref())?;
    let file = JournalFile::take(&path)?;
    let journal = file.stored().ok_or_else(|| in_file(no_journal()))?;
    let changes: Vec<Change> = journal.steps.iter().map(|step| step.change.clone()).collect();
    let way = of_journal(&plan, &journal, &changes).map_err(in_file)?;
    consent(&[way], asked, "Undo?", |_| {
        let back: Vec<&Change> = changes.iter().rev().collect();
        output.styled(&text::render_back(&back, output.width))?;
        output.bytes(b"\n")?;
        output.flush()
    })?;
    live::block_on(async {
        let accounts = changes.iter().map(|change| change.account);
        let documents = write::documents(accounts, &args.access).await?;
        take_back(&documents, &Wall, &file, journal, &args.consent.plan, output).await
    })
}

fn no_journal() -> Problem {
    Problem::new(Exit::BadInput, "there is no journal, so nothing was applied from here")
        .help("name the journal that `locksmith apply` wrote with --journal")
}

/// What a journal's work was, if it was one of the plan's.
fn of_journal<'a>(
    plan: &Plan,
    journal: &'a Journal,
    changes: &'a [Change],
) -> Result<Way<'a>, Problem> {
    if ways(plan).iter().any(|way| *way.digest == journal.digest) {
        return Ok(Way { digest: &journal.digest, changes, resolves: true });
    }
    let text = format!("it is the journal of other changes, {}", journal.digest);
    Err(Problem::new(Exit::BadInput, text)
        .help("name the plan that was applied with --plan, or its journal with --journal"))
}

/// Takes back what stands, and says what became of it.
pub(crate) async fn take_back<D: Documents, C: Clock>(
    documents: &D,
    clock: &C,
    file: &JournalFile,
    journal: Journal,
    plan: &Path,
    output: &mut Output,
) -> Result<Exit, Problem> {
    let changing = Changing { documents, journal: file, locks: &Alone, clock };
    let journal = changing.undo(journal, &BTreeSet::new()).await;
    let journal = journal.map_err(|error| stopped(&error, file))?;
    output.styled(&work::render(&journal, file.path(), plan, output.width))?;
    output.flush()?;
    Ok(match journal.state {
        State::Undone | State::RolledBack { .. } => Exit::Done,
        _ => Exit::HalfWay,
    })
}
