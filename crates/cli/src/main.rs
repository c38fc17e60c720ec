//! The `locksmith` program: explains why a call to S3 or KMS was denied.
//!
//! It reads files, or the accounts themselves where it is asked to, and prints; what it prints is
//! decided by `locksmith_core`.

mod apply;
mod args;
mod calls;
mod collect;
mod consent;
mod engine;
mod evidence_dir;
mod exit;
mod explain;
mod help;
mod input;
mod journal_file;
mod json;
mod live;
mod locate;
mod output;
mod plain;
mod plan;
mod plan_file;
mod problem;
mod recipe;
mod schema;
mod simulate;
mod undo;
mod view;
mod work;
mod write;

use args::{Cli, Command};
use clap::{CommandFactory as _, Parser as _};
use exit::Exit;
use output::Output;
use problem::Problem;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error).into(),
    };
    let choice = output::choice(cli.color);
    choice.write_global();
    let mut output = Output::stdout();
    match run(&cli.command, &mut output) {
        Ok(exit) => exit.into(),
        Err(problem) => {
            report(&problem);
            problem.exit.into()
        }
    }
}

fn run(command: &Command, output: &mut Output) -> Result<Exit, Problem> {
    match command {
        Command::Explain(args) => explain::run(args, output),
        Command::Plan(args) => plan::run(args, output),
        Command::Apply(args) => apply::run(args, output),
        Command::Undo(args) => undo::run(args, output),
        Command::Collect(args) => collect::run(args),
        Command::Simulate(args) => simulate::run(&args.files, output),
        Command::Schema(args) => schema::run(args, output),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "locksmith", &mut script);
            output.bytes(&script)?;
            output.flush()?;
            Ok(Exit::Done)
        }
    }
}

/// Help and version are no failure; for the rest clap's own status means something else here.
fn usage(error: &clap::Error) -> Exit {
    // Where even this cannot be written, nobody is there to be told.
    let _ = error.print();
    if error.use_stderr() { Exit::BadInput } else { Exit::Done }
}

fn report(problem: &Problem) {
    let error = view::style::ERROR;
    let remedy = view::style::HELP;
    anstream::eprintln!("{error}error:{error:#} {problem}");
    if let Some(help) = &problem.help {
        anstream::eprintln!("{remedy}help:{remedy:#} {help}");
    }
}
