//! Faults of policies and grants.

use super::faults::{Fault, cause};
use super::random::Random;
use super::setup::{
    CALLER, KEY, OTHER_ID, OTHER_ROLE, OWNER, Row, Setup, Site, Who, at, list, statements,
};
use super::world::{grant, organization_policy};
use serde_json::{Value, json};

pub(crate) fn of(setup: &Setup, row: &Row) -> Vec<Fault> {
    let mut faults = Vec::new();
    for site in &row.sites {
        // A level of an organization is a document of its own.
        let place = format!("{} {} {}", site.layer, site.target, row.action);
        if site.allows {
            faults.extend(not_allowing(setup, row, site).into_iter().map(|fault| {
                fault.owning(format!("allow {place}")).about(format!("allow {place}"))
            }));
        }
        let code = format!("{}.explicit_deny", site.layer);
        let target =
            if site.layer == "scp" { denying(row, &site.target) } else { site.target.clone() };
        let yields = vec![cause(&code, site.account, &target, row.action)];
        let change = {
            let (who, row, site) = (setup.who.clone(), row.clone(), site.clone());
            move |world: &mut Value, random: &mut Random| deny(world, random, &who, &row, &site)
        };
        let fault = Fault::new(format!("{code} {}", site.target), yields, change)
            .owning(format!("deny {place}"))
            .about(format!("deny {} {}", site.layer, row.action));
        faults.push(fault);
    }
    for fault in &mut faults {
        fault.name = format!("{} for {}", fault.name, row.action);
        fault.concerns.push(format!("row {}", row.action));
    }
    if setup.plan.organization {
        faults.extend(resource_control(setup, row));
    }
    if row.service() == "kms" {
        faults.extend(grants(setup, row));
    }
    if setup.plan.same_account && row.service() != "kms" {
        faults.extend(near_misses_at_home(setup, row));
    }
    faults
}

/// The ways in which a site's statement fails to allow.
fn not_allowing(setup: &Setup, row: &Row, site: &Site) -> Vec<Fault> {
    let fault = |problem: &str, code: String, target: &str, change: Miss| {
        let yields = vec![cause(&code, site.account, target, row.action)];
        let name = format!("{} {} {problem}", site.layer, site.target);
        let delegates = setup.plan.same_account && !setup.plan.by_resource;
        let delegates = delegates && ["key_policy", "trust_policy"].contains(&site.layer);
        let void = format!("allow identity_policy {} {}", setup.who.entity, row.action);
        let (row, site) = (row.clone(), site.clone());
        let fault = Fault::new(name, yields, move |world, random| {
            let statements = statements(world, &site.policy);
            let place = statements.iter().position(|one| one["Sid"] == row.sid().as_str());
            let place = place.unwrap_or_else(|| panic!("no {} at {}", row.sid(), site.policy));
            let changed = change(random, &row, &site, &statements[place]);
            if changed.is_null() {
                statements.remove(place);
            } else {
                statements[place] = changed;
            }
        });
        // What the caller's own policies say of a key or role of its account counts only where
        // the resource's policy leaves it to them.
        if delegates { fault.voiding(void) } else { fault }
    };
    let own = |problem: &str| format!("{}.{problem}", site.layer);
    let home = setup.plan.same_account;
    let missing = match (site.layer, home) {
        ("bucket_policy" | "trust_policy", true) if setup.plan.by_resource => {
            // Nobody allows: the caller's own policies are named, not the resource's.
            let code = "identity_policy.missing_allow";
            let yields = vec![cause(code, setup.who.account, &setup.who.entity, row.action)];
            return [
                Fault { yields, ..fault("missing", own("missing_allow"), &site.target, miss) },
                fault("condition", own("condition_not_met"), &site.target, condition),
                fault("dangling", own("dangling_principal"), &site.target, dangling),
            ]
            .into();
        }
        ("key_policy", true) => "key_policy.no_account_delegation".to_owned(),
        _ => own("missing_allow"),
    };
    let mut faults = vec![fault("missing", missing, &site.target, miss)];
    let policy = match site.layer {
        "scp" => organization_policy("service_control_policy", &format!("p-of-{}", site.target)),
        _ => site.target.clone(),
    };
    faults.push(fault("condition", own("condition_not_met"), &policy, condition));
    let names = site.principal.as_ref().is_some_and(Value::is_object);
    if names {
        faults.push(fault("dangling", own("dangling_principal"), &site.target, dangling));
    }
    if site.layer == "key_policy" && home && !setup.plan.by_resource {
        // The account is named, and the statement misses.
        let elsewhere: Miss = |_, _, _, statement| {
            let mut changed = statement.clone();
            changed["Action"] = json!("kms:ReEncrypt*");
            changed
        };
        faults.push(fault("other action", own("missing_allow"), &site.target, elsewhere));
    }
    faults
}

/// What becomes of a statement; null where it is removed.
type Miss = fn(&mut Random, &Row, &Site, &Value) -> Value;

/// The statement is gone, or misses by an element other than its condition.
fn miss(random: &mut Random, row: &Row, site: &Site, statement: &Value) -> Value {
    let mut changed = statement.clone();
    let other_action = match row.service() {
        "s3" => json!(["s3:GetObjectTorrent", "s3:Get*Acl"]),
        "kms" => json!("kms:ReEncrypt*"),
        _ => json!("sts:TagSession"),
    };
    let named = site.principal.as_ref().and_then(|principal| principal["AWS"].as_str());
    // A statement that names the key's account would leave it to the account's policies.
    let is_root = named.is_some_and(|named| named.ends_with(":root"));
    match random.below(5) {
        1 if !is_root => changed["Action"] = other_action,
        2 if named.is_some() => {
            let others =
                [OTHER_ROLE, OTHER_ID, "333333333333", "arn:aws:iam::222222222222:user/Bob"];
            changed["Principal"] = json!({"AWS": *random.one_of(&others)});
        }
        3 if site.resource.is_some() && !is_root => {
            changed["Resource"] = json!(["arn:aws:s3:::other/*", format!("{KEY}0")]);
        }
        4 if site.resource.is_some() && !is_root => {
            let resource = changed.as_object_mut().unwrap().remove("Resource").unwrap();
            changed["NotResource"] = resource;
        }
        _ => return Value::Null,
    }
    changed
}

/// Only the condition fails, over a key whose value is known for every call.
fn condition(random: &mut Random, _: &Row, _: &Site, statement: &Value) -> Value {
    let failing = [
        json!({"StringEquals": {"aws:PrincipalAccount": "333333333333"}}),
        json!({"ArnLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/Admin", "arn:aws:iam::*:user/x"]}}),
        json!({"Bool": {"AWS:securetransport": "false"}}),
        json!({"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}),
        json!({"ForAnyValue:StringEquals": {"aws:PrincipalOrgID": ["o-zzzzzzzzzz"]}}),
        json!({"StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:*"}}),
        json!({"Null": {"aws:PrincipalAccount": "true"}}),
        json!({"StringEquals": {"aws:PrincipalType": "Account"},
               "NumericGreaterThan": {"aws:EpochTime": "1"}}),
    ];
    let mut changed = statement.clone();
    let own = changed.get("Condition").cloned();
    changed["Condition"] = random.one_of(&failing).clone();
    if let Some(own) = own.as_ref().and_then(|own| own["StringEquals"].as_object()) {
        for (key, value) in own {
            changed["Condition"]["StringEquals"][key] = value.clone();
        }
    }
    changed
}

/// The principal was deleted, and its unique id is all that is left.
fn dangling(random: &mut Random, _: &Row, _: &Site, statement: &Value) -> Value {
    let mut changed = statement.clone();
    let ids = ["AROAZDELETEDDELETED01", "AIDAZDELETEDDELETED01"];
    changed["Principal"] = json!({"AWS": *random.one_of(&ids)});
    changed
}

fn denying(row: &Row, node: &str) -> String {
    let action = row.action.replace(':', "-");
    organization_policy("service_control_policy", &format!("p-no-{action}-{node}"))
}

/// A statement that denies the row, in one of many forms.
fn denial(random: &mut Random, who: &Who, row: &Row, site: &Site) -> Value {
    let actions = [row.action.to_owned(), row.action.to_uppercase(), almost(row.action)];
    let mut denial = json!({"Sid": format!("Deny{}", row.sid()), "Effect": "Deny",
                            "Action": random.one_of(&actions)});
    if site.layer != "trust_policy" {
        match random.below(3) {
            0 => denial["Resource"] = json!("*"),
            1 => denial["Resource"] = json!([site.resource]),
            _ => denial["NotResource"] = json!(["arn:aws:s3:::other/*", "arn:aws:iam::*:role/x"]),
        }
    }
    if site.principal.is_some() {
        let root = format!("arn:aws:iam::{}:root", who.account);
        denial["Principal"] = match random.below(4) {
            0 => json!("*"),
            1 => json!({"AWS": ["333333333333", root]}),
            2 => json!({"AWS": who.name}),
            _ => json!({"AWS": who.entity}),
        };
    }
    match random.below(4) {
        0 => denial["Condition"] = json!({"StringEquals": {"aws:PrincipalAccount": who.account}}),
        1 => {
            denial["Condition"] =
                json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-zzzzzzzzzz"}});
        }
        _ => {}
    }
    denial
}

/// The action with a wildcard that fits no other action of a set-up.
fn almost(action: &str) -> String {
    format!("{}?", &action[..action.len() - 1])
}

fn deny(world: &mut Value, random: &mut Random, who: &Who, row: &Row, site: &Site) {
    let denial = denial(random, who, row, site);
    if site.layer != "scp" {
        statements(world, &site.policy).push(denial);
        return;
    }
    let level = site.policy.strip_suffix("/0/Content").unwrap();
    let policy = json!({"Arn": denying(row, &site.target), "Name": "Denied",
                        "Content": {"Version": "2012-10-17", "Statement": denial}});
    list(world, level).push(policy);
}

/// Denials by the resource's organization, at each level.
fn resource_control(setup: &Setup, row: &Row) -> Vec<Fault> {
    let level = |node: usize| {
        let action = row.action.replace(':', "-");
        let arn = organization_policy("resource_control_policy", &format!("p-no-{action}-{node}"));
        let yields = vec![cause("rcp.explicit_deny", OWNER, &arn, row.action)];
        let (who, row) = (setup.who.clone(), row.clone());
        let concern = format!("row {}", row.action);
        let void = format!("rcp {}", row.action);
        let own = format!("rcp {node} {}", row.action);
        Fault::new(format!("rcp at level {node}"), yields, move |world, random| {
            let site = Site { layer: "rcp", principal: None, ..row.sites[0].clone() };
            let mut denial = denial(random, &who, &row, &site);
            denial["Principal"] = json!("*");
            if denial["Resource"].is_array() {
                denial["Resource"] = json!("*");
            }
            let policy =
                json!({"Arn": arn, "Content": {"Version": "2012-10-17", "Statement": [denial]}});
            list(world, &format!("/organization/Nodes/{node}/ResourceControlPolicies"))
                .push(policy);
        })
        .owning(own)
        .about(concern)
        .about(void)
    };
    [0, 1, 3].into_iter().map(level).collect()
}

/// A grant that would allow, were its constraint met; and a grant that is no more.
fn grants(setup: &Setup, row: &Row) -> Vec<Fault> {
    let key = |code: &str| vec![cause(code, OWNER, KEY, row.action)];
    let place = format!("allow key_policy {KEY} {}", row.action);
    let operation = row.action.split(':').nth(1).unwrap();
    let who = setup.who.clone();
    let constrained = key("kms_grant.constraint_not_met");
    let mut faults = Vec::new();
    if setup.plan.grant {
        let home = setup.plan.same_account;
        let problem = if home { "no_account_delegation" } else { "missing_allow" };
        let code = format!("key_policy.{problem}");
        faults.push(Fault::new("grant revoked".into(), key(&code), |world, _| {
            *at(world, "/accounts/111111111111/Kms/Keys/0/Grants") = json!([]);
        }));
        faults.push(Fault::new("grant constrained".into(), constrained, move |world, _| {
            let grant = grant(&who, &["Encrypt", operation], false);
            *at(world, "/accounts/111111111111/Kms/Keys/0/Grants/0") = grant;
        }));
    } else if !setup.plan.same_account {
        let site = row.site("key_policy").unwrap().clone();
        let sid = row.sid();
        faults.push(Fault::new("grant in place".into(), constrained, move |world, _| {
            statements(world, &site.policy).retain(|statement| statement["Sid"] != sid.as_str());
            let grant = grant(&who, &[operation], false);
            list(world, "/accounts/111111111111/Kms/Keys/0/Grants").push(grant);
        }));
    }
    let about = |fault: Fault| {
        fault.owning(place.clone()).about(place.clone()).about(format!("row {}", row.action))
    };
    faults.into_iter().map(about).collect()
}

/// Within one account the caller's own policies say nothing, and the resource's nearly allow.
fn near_misses_at_home(setup: &Setup, row: &Row) -> Vec<Fault> {
    let resource =
        row.sites.iter().find(|site| ["bucket_policy", "trust_policy"].contains(&site.layer));
    let identity = row.site("identity_policy").unwrap();
    let Some(resource) = resource.filter(|_| identity.allows && row.service() == "s3") else {
        return Vec::new();
    };
    let near = |name: &str, change: Miss| {
        let code = format!("{}.{name}", resource.layer);
        let yields = vec![cause(&code, OWNER, &resource.target, row.action)];
        let (row, resource, identity) = (row.clone(), resource.clone(), identity.clone());
        let place = format!("allow identity_policy {} {}", setup.who.entity, row.action);
        let row_token = format!("row {}", row.action);
        Fault::new(format!("at home {code}"), yields, move |world, random| {
            let sid = row.sid();
            statements(world, &identity.policy).retain(|one| one["Sid"] != sid.as_str());
            let statement = resource.statement(&row);
            let changed = change(random, &row, &resource, &statement);
            statements(world, &resource.policy).push(changed);
        })
        .owning(place)
        .about(row_token)
    };
    debug_assert_ne!(setup.who.account, CALLER);
    vec![near("condition_not_met", condition), near("dangling_principal", dangling)]
}
