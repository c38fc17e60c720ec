//! Files and standard input, gzip or not.

use crate::exit::Exit;
use crate::problem::Problem;
use flate2::bufread::MultiGzDecoder;
use std::convert::Infallible;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The most that is read of a file that has to be held whole. A gzip bomb ends here.
const WHOLE: u64 = 512 * 1024 * 1024;

/// Where input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// `-`.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl FromStr for Input {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "-" => Self::Stdin,
            path => Self::File(path.into()),
        })
    }
}

impl Input {
    /// The name for messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Opens it; gzip is recognised by its content.
    pub(crate) fn open(&self) -> Result<Box<dyn BufRead + Send>, Problem> {
        let raw: Box<dyn Read + Send> = match self {
            Self::Stdin => Box::new(io::stdin()),
            Self::File(path) => Box::new(File::open(path).map_err(|e| self.problem(&e))?),
        };
        decoded(raw).map_err(|error| self.problem(&error))
    }

    /// Reads it whole.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let reader = self.open()?;
        let read = reader.take(WHOLE + 1).read_to_end(&mut bytes);
        match read {
            Ok(length) if length as u64 > WHOLE => {
                let text = format!("longer than {} MiB", WHOLE / 1024 / 1024);
                Err(Problem::new(Exit::BadInput, text).in_file(self.name()))
            }
            Ok(_) => Ok(bytes),
            Err(error) => Err(self.problem(&error)),
        }
    }

    /// An error of reading, with its remedy.
    pub(crate) fn problem(&self, error: &io::Error) -> Problem {
        let problem = Problem::new(Exit::BadInput, io_text(error)).in_file(self.name());
        match error.kind() {
            io::ErrorKind::NotFound => {
                problem.help("check the path; `-` stands for standard input")
            }
            _ => problem,
        }
    }
}

/// Reads a file whole where standard input cannot take its place; `-` is a name like others.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Problem> {
    let read = Input::File(path.to_owned()).read();
    read.map_err(
        |problem| if problem.help.is_some() { problem.help("check the path") } else { problem },
    )
}

/// The words of a text that is no UTF-8.
pub(crate) fn utf8(bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        Problem::new(Exit::BadInput, format!("byte {valid} is not UTF-8"))
            .help("save the file as UTF-8")
    })
}

/// The error in words, without the number that the operating system gives it.
pub(crate) fn io_text(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => {
            let text = error.to_string();
            match without_number(&text) {
                words if words == text => text,
                words => words.to_lowercase(),
            }
        }
    }
}

/// A message without the number that the operating system gives an error.
pub(crate) fn without_number(message: &str) -> &str {
    message.split_once(" (os error").map_or(message, |(words, _)| words)
}

/// Unpacks gzip, which begins with two bytes that no JSON begins with.
fn decoded(mut raw: Box<dyn Read + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    let mut magic = Vec::with_capacity(2);
    raw.by_ref().take(2).read_to_end(&mut magic)?;
    let gzip = magic == [0x1f, 0x8b];
    let whole = BufReader::with_capacity(64 * 1024, Cursor::new(magic).chain(raw));
    Ok(if gzip {
        Box::new(BufReader::with_capacity(64 * 1024, MultiGzDecoder::new(whole)))
    } else {
        Box::new(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::decoded;
    use flate2::{Compression, write::GzEncoder};
    use std::io::{Read, Write};

    fn read(bytes: Vec<u8>) -> Vec<u8> {
        let mut out = Vec::new();
        let mut reader = decoded(Box::new(std::io::Cursor::new(bytes))).unwrap();
        reader.read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn gzip_is_recognised_by_its_content() {
        for text in ["", "{", "{}", "{\"Records\": []}"] {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(text.as_bytes()).unwrap();
            assert_eq!(read(encoder.finish().unwrap()), text.as_bytes());
            assert_eq!(read(text.as_bytes().to_vec()), text.as_bytes());
        }
    }
}
