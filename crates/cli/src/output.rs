//! Standard output: colour where it is wanted, its width, and a reader that goes away.

use crate::args::When;
use crate::exit::Exit;
use crate::input::io_text;
use crate::problem::Problem;
use anstream::{AutoStream, ColorChoice, adapter::strip_str};
use std::io::{self, BufWriter, IsTerminal as _, Write};
use terminal_size::{Width, terminal_size_of};

/// Lines longer than this are hard to read.
const WIDEST: usize = 120;
/// In less than this nothing can be laid out.
const NARROWEST: usize = 40;
/// For a pipe, and for a terminal that does not tell.
const USUAL: usize = 80;

/// Standard output.
pub(crate) struct Output {
    stream: BufWriter<Box<dyn Write>>,
    colored: bool,
    /// Whether it is a terminal.
    pub(crate) is_terminal: bool,
    /// How many columns may be used.
    pub(crate) width: usize,
    /// Whether the reader went away, as `head` does: then the rest is for nobody.
    closed: bool,
}

impl Output {
    /// Takes standard output; colour is as the global choice says.
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let columns = match terminal_size_of(&stdout) {
            Some((Width(columns), _)) => usize::from(columns),
            None => USUAL,
        };
        Self {
            colored: AutoStream::choice(&stdout) != ColorChoice::Never,
            is_terminal: stdout.is_terminal(),
            width: columns.clamp(NARROWEST, WIDEST),
            stream: BufWriter::new(Box::new(stdout.lock())),
            closed: false,
        }
    }

    /// What nobody reads, for tests.
    #[cfg(test)]
    pub(crate) fn unseen() -> Self {
        let stream = BufWriter::new(Box::new(io::sink()) as Box<dyn Write>);
        Self { stream, colored: false, is_terminal: false, width: USUAL, closed: false }
    }

    /// Writes text that may be coloured.
    pub(crate) fn styled(&mut self, text: &str) -> Result<(), Problem> {
        if self.colored {
            self.bytes(text.as_bytes())
        } else {
            self.bytes(strip_str(text).to_string().as_bytes())
        }
    }

    /// Writes bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        if self.closed {
            return Ok(());
        }
        let written = self.stream.write_all(bytes);
        self.checked(written)
    }

    /// Hands on what was written.
    pub(crate) fn flush(&mut self) -> Result<(), Problem> {
        let flushed = self.stream.flush();
        self.checked(flushed)
    }

    fn checked(&mut self, result: io::Result<()>) -> Result<(), Problem> {
        match result {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => {
                let text = format!("the answer could not be written: {}", io_text(&error));
                Err(Problem::new(Exit::Output, text))
            }
        }
    }
}

/// What was typed, in the terms of the streams.
pub(crate) fn choice(color: When) -> ColorChoice {
    match color {
        When::Auto => ColorChoice::Auto,
        When::Always => ColorChoice::AlwaysAnsi,
        When::Never => ColorChoice::Never,
    }
}
