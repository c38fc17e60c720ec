//! A plan in a file, as it was printed, and not otherwise.

use crate::exit::Exit;
use crate::input::read_file;
use crate::problem::Problem;
use crate::syntax::{is_json, without_place};
use locksmith_core::diagnosis::Verdict;
use locksmith_core::plan::{Alternative, Change, Digest, Plan};
use locksmith_view::source::locate;
use serde::de::IgnoredAny;
use std::path::Path;

const HELP: &str = "expected what `locksmith plan --format json` prints for one call";
const NO_FILE: &str = "a plan is read from a file, beside which the journal is kept: `locksmith plan \
                       --format json ... > plan.json`, then `--plan plan.json`";
const EDITED: &str = "a plan that was changed is another plan: make it anew with `locksmith plan`";

/// Reads a plan.
pub(crate) fn read(path: &Path) -> Result<Plan, Problem> {
    let bytes = read_file(path).map_err(|problem| match path.to_str() {
        Some("-") => problem.help(NO_FILE),
        _ => problem,
    })?;
    parse(&bytes).map_err(|problem| problem.in_file(path.display().to_string()))
}

fn parse(bytes: &[u8]) -> Result<Plan, Problem> {
    let bad = |text: String| Problem::new(Exit::BadInput, text).help(HELP);
    let text = str::from_utf8(bytes)
        .map_err(|error| bad(format!("byte {} is not UTF-8", error.valid_up_to())))?;
    let text = text.trim_start_matches('\u{feff}');
    let values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    match values.take_while(Result::is_ok).count() {
        0 if text.trim().is_empty() => return Err(bad("it is empty".to_owned())),
        0 | 1 => is_json(text, Exit::BadInput)?,
        more => {
            let problem = Problem::new(Exit::BadInput, format!("it holds {more} plans"));
            return Err(problem.help("write each to a file of its own: one line is one plan"));
        }
    }
    if !text.trim_start().starts_with('{') {
        return Err(bad("not a plan: it is no object".to_owned()));
    }
    let deserializer = &mut serde_json::Deserializer::from_str(text);
    let plan: Plan = serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let words = error.inner().to_string();
        let position = locate(text, &path).map(|found| found.position);
        bad(format!("not a plan: {}", without_place(&words))).under(&path).at(position)
    })?;
    if let Some(place) = edited(&plan) {
        let problem = Problem::new(Exit::BadInput, "the changes are not those of the digest");
        return Err(problem.under(&place).help(EDITED));
    }
    Ok(plan)
}

/// Where changes are not those of their digest.
fn edited(plan: &Plan) -> Option<String> {
    if Digest::of_changes(&plan.changes) != plan.digest {
        return Some("changes".to_owned());
    }
    let is_edited = |one: &Alternative| {
        one.digest.as_ref().is_some_and(|digest| *digest != Digest::of_changes(&one.changes))
    };
    let place = plan.alternatives.iter().position(is_edited)?;
    Some(format!("alternatives[{place}].changes"))
}

/// One of the ways of a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Way<'a> {
    /// What consent is given to.
    pub(crate) digest: &'a Digest,
    /// What is changed.
    pub(crate) changes: &'a [Change],
    /// Whether the call succeeds then.
    pub(crate) resolves: bool,
}

/// Every way of a plan, its own first; those that people would have to go are left out.
pub(crate) fn ways<'a>(plan: &'a Plan) -> Vec<Way<'a>> {
    let own = Way { digest: &plan.digest, changes: &plan.changes, resolves: plan.resolves };
    let other = |one: &'a Alternative| {
        let Alternative { digest: Some(digest), changes, proof, .. } = one else { return None };
        let resolves = proof.as_ref().is_some_and(|proof| proof.after == Verdict::Allowed);
        Some(Way { digest, changes, resolves })
    };
    core::iter::once(own).chain(plan.alternatives.iter().filter_map(other)).collect()
}

#[cfg(test)]
mod tests {
    use super::{parse, ways};
    use locksmith_view::plan::sample;
    use serde_json::{Value, json};

    fn plan() -> Value {
        serde_json::to_value(sample::plan()).unwrap()
    }

    #[track_caller]
    fn refused(text: &str, problem: &str) {
        let error = parse(text.as_bytes()).unwrap_err().in_file("plan.json");
        assert!(error.to_string().contains(problem), "{error}");
    }

    #[test]
    fn what_was_printed_comes_back() {
        for text in [plan().to_string(), format!("\u{feff}{:#}\n", plan())] {
            assert_eq!(parse(text.as_bytes()), Ok(sample::plan()));
        }
        assert_eq!(ways(&sample::plan()).len(), 2);
    }

    #[test]
    fn what_is_no_plan_is_refused() {
        refused(" \n", "it is empty");
        refused("{\"digest\": ", "plan.json:1:11: not JSON");
        refused("[]", "plan.json: not a plan: it is no object");
        refused("{\"verdict\": \"denied\"}", "not a plan: missing field `digest`");
        refused(&format!("{}\n{}\n", plan(), plan()), "it holds 2 plans");
        let mut wrong = plan();
        wrong["changes"][0]["kind"] = json!("put_everything");
        refused(&wrong.to_string(), "changes[0].kind: not a plan: unknown variant");
    }

    #[test]
    fn an_edited_plan_is_refused() {
        let resource = "/added/0/Resource";
        for place in ["/after/Statement/1/Resource", "/account", "/target"] {
            let mut edited = plan();
            let found = edited["changes"][0].pointer_mut(place).unwrap();
            *found = if place == "/account" { json!("333333333333") } else { json!("*") };
            refused(&edited.to_string(), "changes: the changes are not those of the digest");
        }
        let mut edited = plan();
        edited["alternatives"][0]["changes"][1]["after"]["Operations"] = json!(["CreateGrant"]);
        refused(&edited.to_string(), "alternatives[0].changes: the changes are not");
        // Not of the digest; whether it fits the documents is looked at before anything is written.
        let mut added = plan();
        *added["changes"][0].pointer_mut(resource).unwrap() = json!("*");
        assert!(parse(added.to_string().as_bytes()).is_ok());
    }
}
