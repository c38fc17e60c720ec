//! The decisions of `crates/core/benches/decide.rs` by other engines, in one run.
//!
//! Neither engine knows that both accounts must allow, so each is asked twice: once with the
//! caller's policy and once with the resource's.

#[path = "../../../crates/core/benches/case/mod.rs"]
mod case;

use case::Case;
use cedar_policy as cedar;
use cedar_policy::{Authorizer, Entities, PolicySet, RestrictedExpression};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use iam_rs::{Arn, IAMPolicy, IAMRequest, PolicyEvaluator, Principal, PrincipalId};
use locksmith_core::evaluate::{Answer, Unexplained, decide};
use locksmith_core::policy::{Policy, PolicyKind};
use std::collections::HashMap;
use std::hint::black_box;
use std::str::FromStr;

fn main() {
    divan::main();
}

/// The call of one case.
struct Call {
    action: &'static str,
    resource: &'static str,
    keys: &'static [(&'static str, &'static str)],
}

const GET_OBJECT: Call =
    Call { action: "s3:GetObject", resource: case::OBJECT, keys: &case::OBJECT_CONTEXT };
const DECRYPT: Call =
    Call { action: "kms:Decrypt", resource: case::KEY_ARN, keys: &case::KEY_CONTEXT };

mod get_object {
    use super::*;

    #[divan::bench(sample_size = 1000)]
    fn locksmith(bencher: Bencher) {
        ours(bencher, &Case::get_object());
    }

    #[divan::bench(sample_size = 200)]
    fn iam_rs(bencher: Bencher) {
        by_iam_rs(bencher, &GET_OBJECT, case::BUCKET);
    }

    #[divan::bench(sample_size = 200)]
    fn cedar(bencher: Bencher) {
        by_cedar(bencher, &GET_OBJECT, include_str!("bucket.cedar"));
    }
}

mod decrypt {
    use super::*;

    #[divan::bench(sample_size = 1000)]
    fn locksmith(bencher: Bencher) {
        ours(bencher, &Case::decrypt());
    }

    #[divan::bench(sample_size = 200)]
    fn iam_rs(bencher: Bencher) {
        by_iam_rs(bencher, &DECRYPT, case::KEY);
    }

    #[divan::bench(sample_size = 200)]
    fn cedar(bencher: Bencher) {
        by_cedar(bencher, &DECRYPT, include_str!("key.cedar"));
    }
}

/// Reading the same three policies, each in its engine's language.
mod parse {
    use super::*;

    const USES: [(&str, PolicyKind); 3] = [
        (case::IDENTITY, PolicyKind::Identity),
        (case::BUCKET, PolicyKind::Resource),
        (case::KEY, PolicyKind::Key),
    ];

    #[divan::bench(sample_size = 20)]
    fn locksmith(bencher: Bencher) {
        let texts = USES.map(|(json, kind)| (case::compact(json), kind));
        let bytes: usize = texts.iter().map(|(json, _)| json.len()).sum();
        bencher.counter(BytesCount::new(bytes)).bench(|| {
            for (json, kind) in &texts {
                black_box(Policy::parse(json, *kind).expect("a policy"));
            }
        });
    }

    #[divan::bench(sample_size = 20)]
    fn iam_rs(bencher: Bencher) {
        let texts = USES.map(|(json, _)| case::compact(json));
        let bytes: usize = texts.iter().map(String::len).sum();
        bencher.counter(BytesCount::new(bytes)).bench(|| {
            for json in &texts {
                black_box(IAMPolicy::from_json(json).expect("a policy"));
            }
        });
    }

    #[divan::bench(sample_size = 20)]
    fn cedar(bencher: Bencher) {
        let texts = [
            include_str!("identity.cedar"),
            include_str!("bucket.cedar"),
            include_str!("key.cedar"),
        ];
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        bencher.counter(BytesCount::new(bytes)).bench(|| {
            for text in texts {
                black_box(PolicySet::from_str(text).expect("policies"));
            }
        });
    }
}

fn ours(bencher: Bencher, case: &Case) {
    let request = case.request();
    bencher.counter(ItemsCount::new(1_u32)).bench(|| {
        let decision = decide(black_box(&request), black_box(&case.policies), &mut Unexplained);
        assert!(decision.answer == Answer::Allowed, "the case is allowed");
    });
}

fn by_iam_rs(bencher: Bencher, call: &Call, resource_policy: &str) {
    let evaluator = |json: &str| {
        PolicyEvaluator::with_policies(vec![IAMPolicy::from_json(json).expect("a policy")])
    };
    let sides = [evaluator(case::IDENTITY), evaluator(resource_policy)];
    let mut context = iam_rs::Context::new();
    for (key, value) in call.keys {
        context = context.with_string(*key, *value);
    }
    let request = IAMRequest::new_with_context(
        // It does not know that a session is its role.
        Principal::Aws(PrincipalId::String(case::ROLE.into())),
        call.action,
        Arn::parse(call.resource).expect("an ARN"),
        context,
    );
    bencher.counter(ItemsCount::new(1_u32)).bench(|| {
        for side in &sides {
            let result = black_box(side).evaluate(black_box(&request)).expect("a decision");
            assert!(result.decision == iam_rs::Decision::Allow, "the case is allowed");
        }
    });
}

fn by_cedar(bencher: Bencher, call: &Call, resource_policy: &str) {
    let set = |text: &str| PolicySet::from_str(text).expect("policies");
    let sides = [set(include_str!("identity.cedar")), set(resource_policy)];
    let principal = uid("Session", case::SESSION);
    let action = uid("Action", call.action);
    let resource = uid("Resource", call.resource);
    let request = cedar::Request::new(
        principal.clone(),
        action.clone(),
        resource.clone(),
        context(call.keys),
        None,
    )
    .expect("a request");
    let entities = entities(call, principal, action, resource);
    let authorizer = Authorizer::new();
    bencher.counter(ItemsCount::new(1_u32)).bench(|| {
        for side in &sides {
            let response = authorizer.is_authorized(
                black_box(&request),
                black_box(side),
                black_box(&entities),
            );
            assert!(response.decision() == cedar::Decision::Allow, "the case is allowed");
        }
    });
}

fn uid(kind: &str, id: &str) -> cedar::EntityUid {
    let kind = cedar::EntityTypeName::from_str(kind).expect("a type");
    cedar::EntityUid::from_type_name_and_id(kind, cedar::EntityId::new(id))
}

fn context(keys: &[(&str, &str)]) -> cedar::Context {
    let pairs = keys.iter().map(|(key, value)| {
        let value = match *key {
            "aws:SourceIp" => RestrictedExpression::new_ip(*value),
            _ => RestrictedExpression::new_string((*value).to_owned()),
        };
        ((*key).to_owned(), value)
    });
    cedar::Context::from_pairs(pairs).expect("a context")
}

/// The session in its role in its account, the action in its service, the resource with its ARN.
fn entities(
    call: &Call,
    principal: cedar::EntityUid,
    action: cedar::EntityUid,
    resource: cedar::EntityUid,
) -> Entities {
    let role = uid("Role", case::ROLE);
    let account = uid("Account", "222222222222");
    let service = call.action.split(':').next().expect("a service");
    let service = uid("Action", &format!("{service}:*"));
    let plain = |uid, parents: &[&cedar::EntityUid]| {
        let parents = parents.iter().map(|parent| (*parent).clone()).collect();
        cedar::Entity::new(uid, HashMap::new(), parents).expect("an entity")
    };
    let arn = RestrictedExpression::new_string(call.resource.to_owned());
    let attributes = HashMap::from([("arn".to_owned(), arn)]);
    let resource = cedar::Entity::new(resource, attributes, Default::default()).expect("an entity");
    let all = [
        plain(principal, &[&role]),
        plain(role.clone(), &[&account]),
        plain(account.clone(), &[]),
        plain(action, &[&service]),
        plain(service.clone(), &[]),
        resource,
    ];
    Entities::from_entities(all, None).expect("entities")
}
