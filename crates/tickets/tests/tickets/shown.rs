//! What people read, and what strangers cannot do with it.

use crate::cards::{HOSTILE, card, largest, moved};
use crate::closing::{Keeps, Kept};
use crate::opscenter::OpsCenter;
use crate::system::{TOKEN, Vault};
use crate::{github, jira, opscenter, servicenow, webhook};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::remark::Remark;

fn vault() -> Vault {
    Vault::new(TOKEN, TOKEN)
}

fn page(kept: &Kept) -> String {
    let comments = kept.comments.iter().map(|comment| format!("\n==== comment\n{comment}"));
    format!("{}\n====\n{}{}", kept.title, kept.text, comments.collect::<String>())
}

/// One ticket in each system.
#[tokio::test]
async fn in_each_system() {
    let first = card(State::AwaitingApproval);
    let verified = moved(&first, State::Verified);
    macro_rules! shown {
        ($stage:expr) => {{
            let stage = $stage.await;
            let known = stage.upsert(None, &first, false).await.unwrap();
            stage.upsert(Some(&known), &verified, true).await.unwrap();
            stage.server.check();
            page(&stage.server.inner().vendor.kept()[0])
        }};
    }
    insta::assert_snapshot!("github", shown!(github::stage(Locale::En, vault())));
    insta::assert_snapshot!("jira", shown!(jira::stage(Locale::En, vault())));
    insta::assert_snapshot!("servicenow", shown!(servicenow::stage(Locale::En, vault())));
    let (ops, vault_of_ops) = (OpsCenter::default(), vault());
    let under = opscenter::under(&ops, &vault_of_ops, Locale::En);
    let known = under.upsert(None, &first, false).await.unwrap();
    under.upsert(Some(&known), &verified, true).await.unwrap();
    insta::assert_snapshot!("opscenter", page(&ops.inner.lock().unwrap().kept()[0]));
    let stage = webhook::stage(Locale::En, vault()).await;
    stage.upsert(None, &first, false).await.unwrap();
    let came = stage.server.inner().vendor.came[0].1.clone();
    insta::assert_json_snapshot!("webhook", came);
}

/// The same in every language.
#[tokio::test]
async fn in_every_language() {
    for locale in Locale::ALL {
        let stage = github::stage(locale, vault()).await;
        stage.upsert(None, &card(State::AwaitingApproval), false).await.unwrap();
        let page = page(&stage.server.inner().vendor.kept()[0]);
        assert!(!page.contains("ticket-") && !page.contains("label-"), "{locale}: {page}");
        insta::assert_snapshot!(format!("github-{locale}"), page);
    }
}

/// Text of strangers in Markdown: outside of code nothing of it is markup, and in code it stays.
#[tokio::test]
async fn strangers_write_no_markup() {
    let stage = github::stage(Locale::En, vault()).await;
    let mut hostile = card(State::Manual);
    let large = largest(State::Manual);
    hostile.incident.resource = HOSTILE.to_owned();
    hostile.incident.remark =
        Some(Remark::Said { reason: HOSTILE.to_owned(), person: HOSTILE.to_owned(), until: None });
    let take = |plan: locksmith_core::plan::Plan| locksmith_core::plan::Plan {
        manual: plan.manual.into_iter().take(1).collect(),
        changes: Vec::new(),
        ..plan
    };
    hostile.plan = large.plan.map(take);
    stage.upsert(None, &hostile, false).await.unwrap();
    let kept = &stage.server.inner().vendor.kept()[0];
    insta::assert_snapshot!("hostile", kept.text);
    // The first line is ours.
    let outside = outside_of_code(kept.text.split_once('\n').unwrap().1);
    // GitHub looks for these in what is shown, where no backslash is left.
    let shown = outside.replace('\\', "");
    for bad in ["@everyone", "@octo", "#1", "GH-2", "https://evil", "www.evil"] {
        assert!(!shown.contains(bad), "`{bad}` in {shown}");
    }
    // And for these in the source, where a backslash takes their meaning away.
    let source = without_escapes(&outside);
    for bad in ["<img", "<!", "<script", "[click", "[code", "`", "$"] {
        assert!(!source.contains(bad), "`{bad}` in {source}");
    }
}

/// Markdown without its blocks and spans of code.
fn outside_of_code(markdown: &str) -> String {
    let mut outside = String::new();
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if ticks >= 3 && !line[ticks..].contains('`') => fence = Some(&line[..ticks]),
            None => outside.push_str(&(without_code(line) + "\n")),
        }
    }
    assert_eq!(fence, None, "a fence is left open");
    outside
}

/// Text without what stands behind a backslash.
fn without_escapes(text: &str) -> String {
    let mut out = String::new();
    let mut all = text.chars();
    while let Some(c) = all.next() {
        if c == '\\' {
            all.next();
        } else {
            out.push(c);
        }
    }
    out
}

/// A line without what stands between backticks.
fn without_code(line: &str) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some(start) = rest.find('`') {
        let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let escaped = rest[..start].ends_with('\\');
        let fence = "`".repeat(run);
        let end = rest[start + run..].find(&fence).filter(|_| !escaped);
        out.push_str(&rest[..start]);
        match end {
            Some(end) => rest = &rest[start + run + end + run..],
            None => {
                out.push_str(&fence);
                rest = &rest[start + run..];
            }
        }
    }
    out + rest
}
