//! The `locksmith` program: explains why a call to S3 or KMS was denied.
//!
//! It reads files, or the accounts themselves where it is asked to, and prints; what it prints is
//! decided by `locksmith_core`.

mod apply;
mod args;
mod calls;
mod collect;
mod config;
mod consent;
mod demo;
mod engine;
mod evidence_dir;
mod exit;
mod explain;
mod help;
mod input;
mod journal_file;
mod live;
mod next;
mod output;
mod plan;
mod plan_file;
mod problem;
mod schema;
mod serve;
mod simulate;
mod syntax;
mod undo;
mod work;
mod write;

use args::{Cli, Command, ConfigCommand};
use clap::{CommandFactory as _, Parser as _};
use exit::Exit;
use locksmith_view::style;
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
        Command::Config(args) => match &args.command {
            ConfigCommand::Check(args) => config::check(args, output),
        },
        Command::Demo(args) => demo::run(args, output),
        Command::Serve(args) => serve::run(args),
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
    let error = style::ERROR;
    let remedy = style::HELP;
    anstream::eprintln!("{error}error:{error:#} {problem}");
    if let Some(help) = &problem.help {
        anstream::eprintln!("{remedy}help:{remedy:#} {help}");
    }
}
