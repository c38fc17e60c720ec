//! HCL and YAML, read back.

use crate::plan::sample::{self, HOSTILE, OBJECT};
use crate::recipe::{configuration, template};
use hcl::eval::{Context, Evaluate as _, FuncArgs, FuncDef, ParamType};
use hcl::{Block, Body, Expression};
use locksmith_core::plan::document::same_statement;
use locksmith_core::plan::{ChangeKind, Plan};
use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn plan(object: &str) -> Plan {
    sample::plan_of(sample::every_kind(object))
}

/// A value of HCL, in which `jsonencode` hands on what it is given.
fn value(expression: &Expression) -> Value {
    #[expect(clippy::unnecessary_wraps, clippy::needless_pass_by_value, reason = "as HCL calls it")]
    fn same(args: FuncArgs) -> Result<hcl::Value, String> {
        Ok(args[0].clone())
    }
    let mut context = Context::new();
    let encode = FuncDef::builder().param(ParamType::Any).build(same);
    context.declare_func("jsonencode", encode);
    serde_json::to_value(expression.evaluate(&context).unwrap()).unwrap()
}

fn attribute(body: &Body, name: &str) -> Option<Value> {
    let found = body.attributes().find(|attribute| attribute.key() == name)?;
    Some(value(found.expr()))
}

/// The statement that a block writes.
fn statement(block: &Block) -> Value {
    let mut statement = Map::new();
    let words = [("sid", "Sid"), ("effect", "Effect"), ("actions", "Action")];
    for (theirs, ours) in words.into_iter().chain([("resources", "Resource")]) {
        statement.extend(attribute(&block.body, theirs).map(|value| (ours.to_owned(), value)));
    }
    for inner in block.body.blocks() {
        let get = |name: &str| attribute(&inner.body, name).unwrap();
        let text = |name: &str| get(name).as_str().unwrap().to_owned();
        let mut put = |element: &str, path: [String; 2], value: Value| {
            let element = statement.entry(element).or_insert_with(|| json!({}));
            match path {
                [one, none] if none.is_empty() => element[one] = value,
                [one, two] => element[one][two] = value,
            }
        };
        match inner.identifier() {
            "principals" => put("Principal", [text("type"), String::new()], get("identifiers")),
            "condition" => put("Condition", [text("test"), text("variable")], get("values")),
            other => panic!("{other}"),
        }
    }
    statement.into()
}

#[test]
fn terraform_reads_what_was_planned() {
    // What begins a policy variable for the data source has to go another way.
    let tame = HOSTILE.replace("&{", "&(");
    for object in [OBJECT, HOSTILE, &tame] {
        let plan = plan(object);
        let text = configuration(&plan);
        let body: Body = hcl::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let blocks = || body.blocks();
        let statements: Vec<Value> = blocks()
            .filter(|block| block.identifier() == "data")
            .flat_map(|block| block.body.blocks())
            .map(statement)
            .collect();
        let locals = blocks().filter(|block| block.identifier() == "locals");
        let documents: Vec<Value> = locals
            .flat_map(|block| block.body.attributes())
            .map(|attribute| value(attribute.expr()))
            .collect();
        let listed = documents.iter().filter_map(|one| one["Statement"].as_array()).flatten();
        let all: Vec<&Value> = statements.iter().chain(listed).collect();
        for change in &plan.changes {
            for added in &change.added {
                assert!(all.iter().any(|one| same_statement(one, added)), "{added}\n{text}");
            }
        }
        let has_policy = |after: &Value| {
            let policies = blocks().filter(|block| block.identifier() == "resource");
            policies.filter(|block| block.body.attributes().any(|it| it.key() == "policy")).any(
                |block| {
                    let policy = block.body.attributes().find(|it| it.key() == "policy").unwrap();
                    matches!(policy.expr(), Expression::FuncCall(_))
                        && value(policy.expr()) == *after
                },
            )
        };
        let whole = plan.changes.iter().filter(|change| change.kind.is_shared_document());
        for change in whole.filter(|change| change.kind != ChangeKind::PutTrustPolicy) {
            assert!(has_policy(&change.after), "{:?}\n{text}", change.kind);
        }
    }
    insta::assert_snapshot!("terraform", configuration(&plan(OBJECT)));
}

/// A program of the virtual environment that `tests/python/venv` makes.
fn tool(name: &str) -> PathBuf {
    let folder = std::env::var_os("LOCKSMITH_PYTHON_VENV").unwrap_or_else(|| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/python/venv");
        let made = Command::new(script).stderr(Stdio::inherit()).output().unwrap();
        assert!(made.status.success(), "{script} made no virtual environment");
        String::from_utf8(made.stdout).unwrap().trim().into()
    });
    PathBuf::from(folder).join("bin").join(name)
}

/// The documents of a YAML stream.
fn yaml(text: &str) -> Vec<Value> {
    let read = "import json, sys, yaml\n\
                text = sys.stdin.buffer.read().decode()\n\
                print(json.dumps(list(yaml.safe_load_all(text))))";
    let mut child = Command::new(tool("python"))
        .args(["-c", read])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{text}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn cloudformation_reads_what_was_planned() {
    for object in [OBJECT, HOSTILE] {
        let plan = plan(object);
        let documents = yaml(&template(&plan));
        let has = |value: &Value| documents.iter().any(|document| document == value);
        let resources = documents.iter().filter_map(|one| one["Resources"].as_object());
        let policies: Vec<&Value> = resources
            .flat_map(Map::values)
            .map(|resource| &resource["Properties"]["PolicyDocument"])
            .collect();
        for change in &plan.changes {
            let is_there = match change.kind {
                ChangeKind::CreateGrant => continue,
                ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => {
                    policies.contains(&&change.after)
                }
                ChangeKind::PutBucketEncryption => {
                    documents.iter().any(|document| document.get("BucketEncryption").is_some())
                }
                ChangeKind::PutBucketPolicy => {
                    has(&change.added.clone().into()) && policies.contains(&&change.after)
                }
                ChangeKind::PutKeyPolicy => {
                    has(&change.added.clone().into()) && has(&json!({"KeyPolicy": change.after}))
                }
                ChangeKind::PutAccessPointPolicy => has(&json!({"Policy": change.after})),
                ChangeKind::PutTrustPolicy => {
                    has(&json!({"AssumeRolePolicyDocument": change.after}))
                }
            };
            assert!(is_there, "{:?}\n{}", change.kind, template(&plan));
        }
    }
    insta::assert_snapshot!("cloudformation", template(&plan(OBJECT)));
}

/// All that is printed, put into one template as somebody would.
#[test]
fn cloudformation_takes_it() {
    let documents = yaml(&template(&plan(OBJECT)));
    let mut resources = Map::new();
    let mut made = |name: &str, kind: &str, more: Value, document: &Value| {
        let mut properties = document.as_object().unwrap().clone();
        properties.extend(more.as_object().unwrap().clone());
        resources.insert(name.to_owned(), json!({"Type": kind, "Properties": properties}));
    };
    for document in &documents {
        for (property, name, kind, more) in [
            ("KeyPolicy", "Key", "AWS::KMS::Key", json!({})),
            ("Policy", "Point", "AWS::S3::AccessPoint", json!({"Bucket": "reports"})),
            ("AssumeRolePolicyDocument", "Role", "AWS::IAM::Role", json!({})),
            ("BucketEncryption", "Bucket", "AWS::S3::Bucket", json!({})),
        ] {
            if document.get(property).is_some() {
                made(name, kind, more, document);
            }
        }
    }
    for document in &documents {
        resources.extend(document["Resources"].as_object().cloned().unwrap_or_default());
    }
    assert_eq!(resources.len(), 7);
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("template.json");
    let text = json!({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources});
    std::fs::write(&file, text.to_string()).unwrap();
    let checked = Command::new(tool("cfn-lint")).arg(&file).output().unwrap();
    // 2 stands for errors; warnings are about what a whole template would say besides.
    let status = checked.status.code().unwrap();
    assert_eq!(status & 2, 0, "{}", String::from_utf8_lossy(&checked.stdout));
}
