//! The evidence folder: read into the engine, and kept to quote from.

use crate::engine::{Evidence, EvidenceBuilder};
use crate::exit::Exit;
use crate::input::io_text;
use crate::problem::Problem;
use crate::syntax::{is_json, without_place};
use locksmith_view::source::{Sources, locate, locate_member};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

const HELP: &str = "an evidence folder holds a file for each account, such as 111111111111.json, \
                    and organization.json where there is one; `locksmith schema` describes them";

/// A folder of evidence.
#[derive(Default)]
pub(crate) struct EvidenceDir {
    /// What the engine made of it.
    pub(crate) evidence: Evidence,
    /// The files, to quote from.
    pub(crate) sources: Sources,
}

impl EvidenceDir {
    /// Reads every `*.json` of a folder.
    pub(crate) fn read(dir: &Path) -> Result<Self, Problem> {
        let mut builder = Evidence::builder();
        let mut texts = BTreeMap::new();
        for name in names(dir)? {
            let path = dir.join(&name);
            let file = path.display().to_string();
            let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            let text = utf8(bytes).map_err(|problem| problem.in_file(&*file))?;
            is_json(&text, Exit::Evidence).map_err(|problem| problem.in_file(&*file))?;
            add(&mut builder, &name, &text).map_err(|problem| problem.in_file(&*file))?;
            texts.insert(name, text);
        }
        if texts.is_empty() {
            let problem = Problem::new(Exit::Evidence, "no *.json file in this folder");
            return Err(problem.in_file(dir.display().to_string()).help(HELP));
        }
        Ok(Self { evidence: builder.build(), sources: Sources::new(dir, texts) })
    }

    /// Evidence that is in no folder: statements are quoted from the diagnosis.
    pub(crate) fn unsaved(evidence: Evidence) -> Self {
        Self { evidence, sources: Sources::default() }
    }
}

fn names(dir: &Path) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    let entries = fs::read_dir(dir).map_err(|error| unreadable(dir, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(dir, &error))?;
        let path = entry.path();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        let name = entry.file_name().into_string();
        if let (true, true, Ok(name)) = (is_json, path.is_file(), name) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(Exit::Evidence, io_text(error)).in_file(path.display().to_string()).help(HELP)
}

fn utf8(bytes: Vec<u8>) -> Result<String, Problem> {
    match String::from_utf8(bytes) {
        // Some programs put a mark before UTF-8; it is no part of the JSON.
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let text = format!("byte {valid} is not UTF-8");
            Err(Problem::new(Exit::Evidence, text).help("save the file as UTF-8"))
        }
    }
}

/// Adds a file; an error is placed by its path.
fn add(builder: &mut EvidenceBuilder, name: &str, text: &str) -> Result<(), Problem> {
    builder.add(name, text.as_bytes()).map_err(|error| {
        let schema = if name.starts_with("organization") {
            "evidence-organization"
        } else {
            "evidence-account"
        };
        let field = unknown_field(&error.problem);
        let path = field.and_then(|field| error.path.strip_suffix(field));
        let path = path.map_or(error.path.as_str(), |path| path.trim_end_matches('.'));
        let help = match field {
            Some(_) => format!(
                "take the field out, or correct its name; `locksmith schema {schema}` lists those \
                 that are known"
            ),
            None => format!("`locksmith schema {schema}` describes the file"),
        };
        let member = field.and_then(|field| locate_member(text, path, field));
        let found = || locate(text, path).map(|found| found.position);
        Problem::new(Exit::Evidence, without_place(&error.problem))
            .under(path)
            .at(member.or_else(found))
            .help(help)
    })
}

/// The name that the parser does not know. It stands at the end of the error's path too.
fn unknown_field(words: &str) -> Option<&str> {
    let (_, rest) = words.split_once("unknown field `")?;
    rest.split_once('`').map(|(field, _)| field)
}
