//! The files of a folder: read as evidence, and replaced whole when a document in them is written.

use super::address::{Address, Holding};
use super::splice::{self, Found, Step};
use super::{grant, replace};
use locksmith_app::ports::{Reading, WriteError};
use locksmith_core::evidence::Evidence;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The files of a folder.
#[derive(Debug)]
pub(super) struct Files {
    dir: PathBuf,
    /// One writer at a time.
    writer: Mutex<()>,
}

/// What is read where nothing can be.
pub(super) fn nothing(why: &str) -> Reading {
    let files = BTreeMap::from([("organization.json".to_owned(), json!({"unreadable": why}))]);
    let mut builder = Evidence::builder();
    for (name, file) in &files {
        // What says that it could not be read is taken as such.
        let _ = builder.add(name, file.to_string().as_bytes());
    }
    Reading { evidence: builder.build(), files, calls: 0, longest_chain: 0 }
}

impl Files {
    pub(super) fn new(dir: PathBuf) -> Self {
        Self { dir, writer: Mutex::default() }
    }

    /// Looks whether every file can be read.
    pub(super) fn check(&self) -> Result<(), String> {
        let names = self.names()?;
        if names.is_empty() {
            return Err(format!(
                "{}: no *.json file in this folder: an evidence folder holds a file for each \
                 account, such as 111111111111.json",
                self.dir.display()
            ));
        }
        let mut builder = Evidence::builder();
        for name in names {
            let problem = |why: String| format!("{}: {why}", self.dir.join(&name).display());
            let text = self.text(&name).map_err(&problem)?;
            builder.add(&name, text.as_bytes()).map_err(|error| problem(error.to_string()))?;
        }
        Ok(())
    }

    /// All that is in the folder. A file that cannot be read is unreadable evidence.
    pub(super) fn reading(&self) -> Reading {
        let names = match self.names() {
            Ok(names) => names,
            Err(why) => return nothing(&why),
        };
        let mut builder = Evidence::builder();
        let mut files = BTreeMap::new();
        for name in names {
            let read = self.text(&name).and_then(|text| {
                let value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
                builder.add(&name, text.as_bytes()).map_err(|error| error.to_string())?;
                Ok(value)
            });
            let value = read.unwrap_or_else(|why| {
                let value = json!({ "unreadable": why });
                // What says that it could not be read is taken as such.
                let _ = builder.add(&name, value.to_string().as_bytes());
                value
            });
            files.insert(name, value);
        }
        Reading { evidence: builder.build(), files, calls: 0, longest_chain: 0 }
    }

    /// A document as it stands in its file; none where there is none.
    pub(super) fn document(&self, address: &Address) -> Result<Option<String>, String> {
        let text = self.text(&address.file).map_err(|why| format!("{}: {why}", address.file))?;
        let in_file = |why: String| format!("{}: {why}", address.file);
        let found = splice::find(&text, &address.way()).map_err(in_file)?;
        match (&address.holding, found) {
            (_, Found::Nothing) => Ok(None),
            (Holding::Grant { key, .. }, Found::Json(entry)) => {
                grant::request(&entry, key).map(Some)
            }
            (_, Found::Json(json)) => match unreadable(&json) {
                Some(why) => Err(in_file(why)),
                None => Ok(Some(json)),
            },
            (_, Found::Text(text)) => Ok(Some(plain(&text))),
        }
    }

    /// Replaces a document; none deletes it.
    pub(super) fn write(
        &self,
        address: &Address,
        document: Option<&str>,
    ) -> Result<(), WriteError> {
        // What was written is whole at any time, so it is good also after a panic elsewhere.
        let _writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let in_file = |why: String| format!("{}: {why}", address.file);
        let refused = |why: String| WriteError::Refused(in_file(why));
        let text = self.text(&address.file).map_err(refused)?;
        let next = match document {
            Some(document) => address.put(&text, document),
            None => address.take(&text),
        };
        let next = next.map_err(refused)?;
        replace::replace(&self.dir.join(&address.file), &next, replace::sync).map_err(|error| {
            match error {
                WriteError::Refused(why) => refused(why),
                WriteError::Unclear(why) => WriteError::Unclear(in_file(why)),
            }
        })
    }

    fn names(&self) -> Result<Vec<String>, String> {
        let problem = |error: std::io::Error| format!("{}: {error}", self.dir.display());
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            let is_json = path.extension().is_some_and(|extension| extension == "json");
            let name = path.file_name().and_then(|name| name.to_str());
            if let (true, true, Some(name)) = (is_json, path.is_file(), name) {
                names.push(name.to_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    fn text(&self, name: &str) -> Result<String, String> {
        let text = fs::read_to_string(self.dir.join(name)).map_err(|error| error.to_string())?;
        // Some programs put a mark before UTF-8; it is no part of the JSON.
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }
}

impl Address {
    /// The way to the document, or to the grant.
    fn way(&self) -> Vec<Step> {
        let mut way = self.resource.clone();
        match &self.holding {
            Holding::Member { name, .. } => way.push(Step::Member(name)),
            Holding::Inline { list, name } => {
                way.extend([
                    Step::Member(list),
                    Step::Entry { key: &["PolicyName"], is: name.clone() },
                    Step::Member("PolicyDocument"),
                ]);
            }
            Holding::Grant { name, .. } => {
                way.extend([
                    Step::Member("Grants"),
                    Step::Entry { key: &["Name"], is: name.clone() },
                ]);
            }
        }
        way
    }

    fn put(&self, text: &str, document: &str) -> Result<String, String> {
        serde_json::from_str::<Value>(document)
            .map_err(|error| format!("the document is no JSON: {error}"))?;
        if splice::find(text, &self.resource)? == Found::Nothing {
            return Err("there is no such resource".to_owned());
        }
        let way = self.way();
        match &self.holding {
            Holding::Member { .. } => {
                // A policy that is written as a text stays one.
                let is_text = matches!(splice::find(text, &way)?, Found::Text(_));
                let quoted = Value::from(document).to_string();
                splice::put(text, &way, if is_text { &quoted } else { document })
            }
            Holding::Inline { name, .. } => {
                let name = Value::from(name.as_str());
                let entry = format!(r#"{{"PolicyName": {name}, "PolicyDocument": {document}}}"#);
                self.put_entry(text, &entry)
            }
            Holding::Grant { .. } => self.put_entry(text, &grant::entry(document)?),
        }
    }

    /// Puts an entry into its list, which may be missing.
    fn put_entry(&self, text: &str, entry: &str) -> Result<String, String> {
        let way = self.entry();
        let list = way.split_last().map(|(_, list)| list).unwrap_or_default();
        match splice::find(text, list)? {
            Found::Nothing => splice::put(text, list, &format!("[{entry}]")),
            _ => splice::put(text, &way, entry),
        }
    }

    fn take(&self, text: &str) -> Result<String, String> {
        match &self.holding {
            Holding::Member { may_be_missing: false, name } => {
                Err(format!("`{name}` cannot be deleted, only replaced"))
            }
            _ => splice::take(text, &self.entry()),
        }
    }

    /// The way to what is put in and taken out as a whole.
    fn entry(&self) -> Vec<Step> {
        let mut way = self.way();
        if let Holding::Inline { .. } = self.holding {
            way.pop();
        }
        way
    }
}

/// Policies may be URL-encoded, as IAM's API writes them.
fn plain(text: &str) -> String {
    if text.trim_start().starts_with('%') {
        return percent_decode_str(text).decode_utf8_lossy().into_owned();
    }
    text.to_owned()
}

/// Why something could not be read, where that stands in its place.
fn unreadable(json: &str) -> Option<String> {
    let value: Value = serde_json::from_str(json).ok()?;
    let why = value.as_object().filter(|object| object.len() == 1)?.get("unreadable")?;
    Some(why.as_str().unwrap_or("it could not be read").to_owned())
}
