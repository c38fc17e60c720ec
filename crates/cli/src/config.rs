//! `locksmith config check`: a configuration in, what is wrong with it out.

mod yaml;

use crate::args::{ConfigCheckArgs, ConfigFormat};
use crate::exit::Exit;
use crate::explain::json;
use crate::input::utf8;
use crate::output::Output;
use crate::problem::Problem;
use jiff::Timestamp;
use locksmith_app::config::{Configuration, ConfigurationError};
use locksmith_view::configuration::{self, Looked};

/// Looks at a configuration, and says how the program ends. Warnings are no failure.
pub(crate) fn check(args: &ConfigCheckArgs, output: &mut Output) -> Result<Exit, Problem> {
    let file = args.file.name();
    let text = utf8(args.file.read()?).map_err(|problem| problem.in_file(&*file))?;
    let read = Configuration::parse(&text);
    let error = read.as_ref().err();
    let mut problems = error.map_or_else(Vec::new, |error| error.problems().to_vec());
    if error.is_some_and(ConfigurationError::breaks_off) {
        problems.splice(0..0, yaml::problem(&file, &text));
    }
    // Only whether suppressions are over depends on the clock.
    let warnings = read.as_ref().map(|read| read.warnings(&text, Timestamp::now()));
    let looked = Looked {
        file: &file,
        text: &text,
        configuration: read.as_ref().ok(),
        problems: &problems,
        breaks_off: error.is_some_and(ConfigurationError::breaks_off),
        warnings: &warnings.unwrap_or_default(),
    };
    match args.format {
        ConfigFormat::Text => output.styled(&configuration::render(&looked, output.width))?,
        ConfigFormat::Json => json(&[configuration::json(&looked)], output)?,
    }
    output.flush()?;
    Ok(if read.is_ok() { Exit::Done } else { Exit::BadInput })
}
