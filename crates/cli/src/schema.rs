//! `locksmith schema`: JSON Schemas, made from the types that read and write.

use crate::args::{SchemaArgs, SchemaName};
use crate::exit::Exit;
use crate::input::io_text;
use crate::output::Output;
use crate::problem::Problem;
use clap::ValueEnum as _;
use locksmith_app::config::Configuration;
use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::evidence::{AccountFile, OrganizationFile};
use locksmith_core::plan::Plan;
use locksmith_core::simulate::{Line, LineAnswer};
use schemars::{Schema, generate::SchemaSettings};
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// Prints the schemas, or writes them to a folder.
pub(crate) fn run(args: &SchemaArgs, output: &mut Output) -> Result<Exit, Problem> {
    match (&args.out, args.name) {
        (Some(dir), _) => write_all(dir)?,
        (None, Some(name)) => output.bytes(pretty(&schema(name).into()).as_bytes())?,
        (None, None) => {
            let entry = |name: SchemaName| (file(name), Value::from(schema(name)));
            let all: Map<_, _> = names().map(entry).collect();
            output.bytes(pretty(&all.into()).as_bytes())?;
        }
    }
    output.flush()?;
    Ok(Exit::Done)
}

fn write_all(dir: &Path) -> Result<(), Problem> {
    let failed = |path: &Path, error: &std::io::Error| {
        Problem::new(Exit::Output, io_text(error)).in_file(path.display().to_string())
    };
    fs::create_dir_all(dir).map_err(|error| failed(dir, &error))?;
    for name in names() {
        let path = dir.join(file(name));
        fs::write(&path, pretty(&schema(name).into())).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

fn names() -> impl Iterator<Item = SchemaName> {
    SchemaName::value_variants().iter().copied()
}

fn file(name: SchemaName) -> String {
    let value = name.to_possible_value();
    let name = value.as_ref().map_or("", |value| value.get_name());
    format!("{name}.schema.json")
}

/// Input is described as it is read, output as it is written.
fn schema(name: SchemaName) -> Schema {
    let read = SchemaSettings::draft2020_12().for_deserialize();
    let written = SchemaSettings::draft2020_12().for_serialize();
    match name {
        SchemaName::Diagnosis => written.into_generator().into_root_schema_for::<Diagnosis>(),
        SchemaName::Plan => written.into_generator().into_root_schema_for::<Plan>(),
        SchemaName::Configuration => read.into_generator().into_root_schema_for::<Configuration>(),
        SchemaName::SimulateLine => read.into_generator().into_root_schema_for::<Line>(),
        SchemaName::EvidenceAccount => read.into_generator().into_root_schema_for::<AccountFile>(),
        SchemaName::EvidenceOrganization => {
            read.into_generator().into_root_schema_for::<OrganizationFile>()
        }
        SchemaName::SimulateAnswer => written.into_generator().into_root_schema_for::<LineAnswer>(),
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
