//! `locksmith simulate`: NDJSON in, NDJSON out, in order and in bounded memory.

use crate::exit::Exit;
use crate::input::Input;
use crate::output::Output;
use crate::problem::Problem;
use indicatif::{ProgressBar, ProgressStyle};
use locksmith_core::simulate::{LineAnswer, LineResult, answer};
use rayon::prelude::*;
use std::io::{self, BufRead, Read};

/// Lines that are decided together.
const CHUNK: usize = 4096;
/// Bytes after which a chunk ends early.
const CHUNK_BYTES: usize = 8 * 1024 * 1024;
/// The longest line: policies have limits that leave far shorter ones.
const LINE_BYTES: u64 = 16 * 1024 * 1024;
/// Lines after which a person who watches wants to see progress.
const LONG: u64 = 8 * CHUNK as u64;

/// What happened to the lines so far.
#[derive(Debug, Default)]
struct Tally {
    lines: u64,
    refused: u64,
}

/// Answers every line of every input.
pub(crate) fn run(files: &[Input], output: &mut Output) -> Result<Exit, Problem> {
    let stdin = [Input::Stdin];
    let files = if files.is_empty() { &stdin } else { files };
    let mut tally = Tally::default();
    let progress = progress();
    for file in files {
        let mut reader = file.open()?;
        loop {
            let lines = chunk(&mut *reader).map_err(|error| file.problem(&error))?;
            if lines.is_empty() {
                break;
            }
            let answers: Vec<_> = lines.par_iter().map(|line| encoded(line)).collect();
            for (text, refused) in &answers {
                output.bytes(text)?;
                tally.lines += 1;
                tally.refused += u64::from(*refused);
            }
            if tally.lines >= LONG {
                progress.set_position(tally.lines);
            }
        }
    }
    progress.finish_and_clear();
    output.flush()?;
    if tally.refused == 0 {
        return Ok(Exit::Done);
    }
    let Tally { lines, refused } = tally;
    let words = if lines == 1 { "line was" } else { "lines were" };
    let text = format!("{refused} of {lines} {words} refused");
    let help =
        "look for \"error\" in the answers; `locksmith schema simulate-line` describes a line";
    Err(Problem::new(Exit::BadInput, text).help(help))
}

/// On standard error, and only where that is a terminal; drawn from the first position on.
fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("  {human_pos} lines decided");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => ProgressBar::hidden(),
    }
}

/// The next lines that are not blank; none at the end.
fn chunk(reader: &mut (dyn BufRead + Send)) -> io::Result<Vec<Vec<u8>>> {
    let mut lines = Vec::new();
    let mut bytes = 0;
    while lines.len() < CHUNK && bytes < CHUNK_BYTES {
        let mut line = Vec::new();
        if reader.take(LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.len() as u64 == LINE_BYTES && !line.ends_with(b"\n") {
            reader.skip_until(b'\n')?;
        }
        if !line.iter().all(u8::is_ascii_whitespace) {
            bytes += line.len();
            lines.push(line);
        }
    }
    Ok(lines)
}

/// The answer to a line as a line, and whether it was refused.
fn encoded(line: &[u8]) -> (Vec<u8>, bool) {
    let answer = if line.len() as u64 == LINE_BYTES {
        let error = format!("longer than {} MiB", LINE_BYTES / 1024 / 1024);
        LineAnswer { id: serde_json::Value::Null, result: LineResult::Refused { error } }
    } else {
        answer(line)
    };
    let refused = matches!(answer.result, LineResult::Refused { .. });
    let mut text = Vec::with_capacity(1024);
    // An answer is made of texts and numbers: it always has a form in JSON.
    if serde_json::to_writer(&mut text, &answer).is_err() {
        return (Vec::new(), true);
    }
    text.push(b'\n');
    (text, refused)
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, chunk};

    #[test]
    fn blank_lines_are_skipped_and_the_last_line_needs_no_end() {
        let mut reader: &[u8] = b"\n  \r\na\n\nb";
        assert_eq!(chunk(&mut reader).unwrap(), [b"a\n".to_vec(), b"b".to_vec()]);
        assert!(chunk(&mut reader).unwrap().is_empty());
    }

    #[test]
    fn blank_lines_do_not_end_the_input() {
        let text = "\n".repeat(3 * CHUNK) + "a";
        let mut reader = text.as_bytes();
        assert_eq!(chunk(&mut reader).unwrap().len(), 1);
    }
}
