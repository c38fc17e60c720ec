//! `locksmith config check`: a configuration in, all that is wrong with it out.

use crate::args::{ConfigCheckArgs, ConfigFormat};
use crate::exit::Exit;
use crate::explain::json;
use crate::output::Output;
use crate::problem::Problem;
use jiff::Timestamp;
use locksmith_app::config::Configuration;
use locksmith_view::configuration::{self, Looked};

/// Looks at a configuration, and says how the program ends. Warnings are no failure.
pub(crate) fn check(args: &ConfigCheckArgs, output: &mut Output) -> Result<Exit, Problem> {
    let file = args.file.name();
    let text = String::from_utf8(args.file.read()?).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        Problem::new(Exit::BadInput, format!("byte {valid} is not UTF-8"))
            .in_file(&*file)
            .help("save the file as UTF-8")
    })?;
    let read = Configuration::parse(&text);
    // Only whether suppressions are over depends on the clock.
    let warnings = read.as_ref().map(|read| read.warnings(&text, Timestamp::now()));
    let looked = Looked {
        file: &file,
        text: &text,
        configuration: read.as_ref().ok(),
        problems: read.as_ref().err().map_or(&[], |error| error.problems()),
        warnings: &warnings.unwrap_or_default(),
    };
    match args.format {
        ConfigFormat::Text => output.styled(&configuration::render(&looked, output.width))?,
        ConfigFormat::Json => json(&[configuration::json(&looked)], output)?,
    }
    output.flush()?;
    Ok(if read.is_ok() { Exit::Done } else { Exit::BadInput })
}
