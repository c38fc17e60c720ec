//! Patterns built to be slow: many stars, texts that match almost to the end.

use super::{B, SESSION, decision, proportional, quickly};
use locksmith_core::context::{Context, Fact, World};
use locksmith_core::policy::{Action, ActionPattern, Pattern, Syntax};
use locksmith_core::tri::Tri;
use serde_json::json;

fn matches(pattern: &str, text: &str) -> Tri {
    let mut context = Context::new(World::Closed);
    context.set("aws:username", Fact::one(&"a".repeat(50)));
    let pattern = Pattern::new(pattern, Syntax::Wildcards);
    let plain = pattern.matches(text, &context);
    pattern.matches_arn(text, &context);
    pattern.matches_resource(text, &context);
    pattern.matches_completed(text, &context);
    plain
}

#[test]
fn stars_upon_stars() {
    let almost = "a".repeat(2_000) + "b";
    quickly("stars", || {
        for unit in ["*a", "*aa", "a*", "?*", "*?", "**", "*a?", "*a*?a", "*:", "*é"] {
            matches(&unit.repeat(1_000), &almost);
            matches(&format!("arn:aws:s3:::{}", unit.repeat(1_000)), &almost);
            matches(&(unit.repeat(1_000) + "c"), &format!("arn:aws:s3:::{almost}"));
        }
    });
    assert_eq!(matches(&"*a".repeat(1_000), &almost), Tri::No);
    assert_eq!(matches(&("*a".repeat(1_000) + "*b"), &almost), Tri::Yes);
    assert_eq!(matches(&"?".repeat(2_001), &almost), Tri::Yes);
    assert_eq!(matches(&"?".repeat(2_000), &almost), Tri::No);
    assert_eq!(matches(&"${aws:username}*".repeat(40), &almost), Tri::Yes);
    assert_eq!(matches(&"${aws:username}*".repeat(41), &almost), Tri::No);
}

#[test]
fn the_work_grows_with_the_text() {
    let pattern = "*a*a*a*a*a*a*a*a*c";
    proportional(
        "a text",
        20_000,
        |size| "a".repeat(size),
        |text| {
            assert_eq!(matches(pattern, text), Tri::No);
        },
    );
}

#[test]
fn the_work_grows_with_the_pattern() {
    let text = "ab".repeat(500) + "c";
    for unit in ["*a", "*b*", "?*", "${aws:username}*"] {
        proportional(
            unit,
            500,
            |size| unit.repeat(size),
            |pattern| {
                matches(pattern, &text);
            },
        );
    }
}

#[test]
fn thousands_of_question_marks() {
    proportional(
        "question marks",
        20_000,
        |size| "?".repeat(size),
        |pattern| {
            assert_eq!(matches(pattern, &"é".repeat(pattern.len())), Tri::Yes);
        },
    );
}

#[test]
fn actions() {
    let action = Action::parse(&format!("s3:{}b", "a".repeat(5_000))).unwrap();
    for name in ["*a".repeat(1_000), "?".repeat(5_000), "a*".repeat(1_000), "*".repeat(10_000)] {
        let pattern = ActionPattern::parse(&format!("s3:{name}")).unwrap();
        quickly(&name, || pattern.matches(&action));
    }
}

#[test]
fn whole_policies() {
    let stars = "*a".repeat(800) + "c";
    let text = "a".repeat(1_500) + "b";
    let condition = json!({"StringLike": {"aws:PrincipalTag/t": vec![stars.clone(); 50]},
                           "ArnNotLike": {"aws:PrincipalTag/t": vec![stars.clone(); 50]}});
    let resources = vec![format!("arn:aws:s3:::{stars}"); 50];
    let statement = json!({"Effect": "Allow", "Action": [format!("s3:{stars}"), "s3:*"],
                           "Resource": resources, "Condition": condition});
    let policy = json!({"Version": "2012-10-17", "Statement": [statement]});
    let line = json!({
        "request": {"principal": SESSION, "action": format!("s3:{text}"),
                    "resource": format!("arn:aws:s3:::{text}"), "resource_account": B,
                    "context": {"aws:PrincipalTag/t": text}},
        "policies": {"identity": [policy.clone(), policy]}
    });
    let line = line.to_string();
    let decided = quickly("a policy of stars", || decision(line.as_bytes()));
    assert_eq!(decided, "implicitly_denied");
}
