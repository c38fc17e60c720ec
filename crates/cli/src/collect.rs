//! `locksmith collect`: evidence from the accounts into a folder.

use crate::args::CollectArgs;
use crate::calls::{Calls, denied};
use crate::exit::Exit;
use crate::input::io_text;
use crate::live;
use crate::problem::Problem;
use locksmith_app::ports::Reading;
use locksmith_view::plain::plain;
use std::fs;
use std::io;
use std::path::Path;

/// How many things that could not be read are named.
const NAMED: usize = 10;

/// Reads, and writes the folder.
pub(crate) fn run(args: &CollectArgs) -> Result<Exit, Problem> {
    // Whether the folder may be written is known before anything is read.
    check(&args.out, args.force)?;
    let reading = match &args.event {
        Some(event) => {
            let calls = Calls::Records(denied(event)?);
            live::of_calls(&args.accounts, &args.access, &calls)?
        }
        None => live::of_accounts(&args.accounts, &args.access, &args.regions)?,
    };
    write(&args.out, &reading)?;
    report(&args.out, &reading);
    Ok(Exit::Done)
}

fn check(dir: &Path, force: bool) -> Result<(), Problem> {
    let mut entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(dir, &error)),
    };
    if force || entries.next().is_none() {
        return Ok(());
    }
    Err(Problem::new(Exit::BadInput, "the folder is not empty")
        .in_file(dir.display().to_string())
        .help("name a new folder, or replace files of the same names with --force"))
}

fn write(dir: &Path, reading: &Reading) -> Result<(), Problem> {
    fs::create_dir_all(dir).map_err(|error| failed(dir, &error))?;
    for (name, file) in &reading.files {
        let path = dir.join(name);
        fs::write(&path, format!("{file:#}\n")).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

fn failed(path: &Path, error: &io::Error) -> Problem {
    Problem::new(Exit::Output, io_text(error)).in_file(path.display().to_string())
}

/// What a person wants to know of a folder that was written.
fn report(dir: &Path, reading: &Reading) {
    let dir = plain(&dir.display().to_string()).into_owned();
    let (files, calls) = (reading.files.len(), reading.calls);
    anstream::eprintln!("{dir}: {files} files from {calls} calls");
    let unreadable = reading.unreadable();
    for what in unreadable.iter().take(NAMED) {
        anstream::eprintln!("unreadable: {}", plain(what));
    }
    if let Some(more) = unreadable.len().checked_sub(NAMED).filter(|more| *more > 0) {
        anstream::eprintln!("and {more} more: look for \"unreadable\" in the files");
    }
}
