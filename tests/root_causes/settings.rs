//! Faults of keys, buckets, objects and of the request itself.

use super::faults::{Expected, Fault, cause};
use super::setup::{KEY, OWNER, Row, Setup, at, list, statements};
use serde_json::{Value, json};

const KEY_AT: &str = "/accounts/111111111111/Kms/Keys/0";

/// Faults that concern one permission on its own.
pub(crate) fn of(setup: &Setup, row: &Row) -> Vec<Fault> {
    let mut faults = Vec::new();
    if row.action == "s3:GetObject" {
        faults.extend(object(setup, row));
    }
    if row.action == "s3:PutObject" {
        faults.extend(upload(setup, row));
    }
    if !setup.who.is_user {
        faults.extend(session(setup, row));
    }
    faults
}

/// Faults that concern every permission of a kind.
pub(crate) fn of_call(setup: &Setup) -> Vec<Fault> {
    let mut faults = keys(setup);
    faults.extend(["reports", "archive"].into_iter().flat_map(|bucket| of_bucket(setup, bucket)));
    faults
}

fn bucket_at(bucket: &str) -> String {
    format!("/accounts/{OWNER}/S3/Buckets/{}", usize::from(bucket == "archive"))
}

fn object(setup: &Setup, row: &Row) -> Vec<Fault> {
    let bucket = bucket_at(row.bucket.unwrap());
    let yields = |code: &str| vec![cause(code, OWNER, &row.resource, row.action)];
    let about = |fault: Fault| fault.owning("object").about(format!("row {}", row.action));
    let foreign = {
        let bucket = bucket.clone();
        Fault::new(
            "foreign owner".into(),
            yields("object_ownership.foreign_owner"),
            move |world, random| {
                let kinds = [
                    json!({"Rules": [{"ObjectOwnership": "ObjectWriter"}]}),
                    json!({"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}),
                    Value::Null,
                ];
                *at(world, &format!("{bucket}/OwnershipControls")) = random.one_of(&kinds).clone();
                *at(world, &format!("{bucket}/Objects/0/Owner")) = "333333333333".into();
            },
        )
    };
    // The key of an object that is not there is not asked for.
    let key = if setup.plan.operation == "CopyObject" { "kms:Decrypt" } else { "kms" };
    let missing = Fault::new("object missing".into(), yields("object.missing"), move |world, _| {
        list(world, &format!("{bucket}/Objects")).clear();
        *at(world, &format!("{bucket}/MissingKeys")) = json!(["2026/q3.parquet"]);
    });
    let missing = setup
        .rows
        .iter()
        .filter(|row| row.action.starts_with(key))
        .fold(missing, |fault, row| fault.voiding(format!("row {}", row.action)))
        .owning("keys of the objects");
    [foreign, missing].into_iter().map(about).collect()
}

/// Headers of an upload that the bucket refuses.
fn upload(setup: &Setup, row: &Row) -> Vec<Fault> {
    let bucket = format!("arn:aws:s3:::{}", row.bucket.unwrap());
    let yields = |code: &str| vec![cause(code, OWNER, &bucket, row.action)];
    let customer = Fault::new("SSE-C".into(), yields("sse_c.blocked"), |world, _| {
        let header = "x-amz-server-side-encryption-customer-algorithm";
        at(world, "/event/requestParameters")[header] = "AES256".into();
    });
    // The customer's own key takes the place of one of KMS.
    let written = |row: &&Row| {
        row.service() == "kms"
            && (setup.plan.operation != "CopyObject" || row.action != "kms:Decrypt")
    };
    let customer = setup
        .rows
        .iter()
        .filter(written)
        .fold(customer, |fault, row| fault.voiding(format!("row {}", row.action)))
        .owning("keys of the objects");
    // The header needs a permission of its own, so whatever blocks all of a bucket's permissions
    // would have one cause more.
    let sites: Vec<_> = row.sites.clone();
    let acl = Fault::new("ACL".into(), yields("acl.disabled"), move |world, random| {
        let mut permission = Row { action: "s3:PutObjectAcl", ..sites_row(&sites) };
        permission.sites.clone_from(&sites);
        for site in &sites {
            statements(world, &site.policy).push(site.statement(&permission));
        }
        let headers = [
            ("x-amz-acl", "public-read"),
            ("x-amz-acl", "bucket-owner-read"),
            ("x-amz-grant-read", "id=abc"),
        ];
        let (header, value) = *random.one_of(&headers);
        at(world, "/event/requestParameters")[header] = value.into();
    })
    .owning("acl")
    .voiding("whole bucket");
    [customer, acl].into_iter().map(|fault| fault.about(format!("row {}", row.action))).collect()
}

fn sites_row(sites: &[super::setup::Site]) -> Row {
    Row { action: "", bucket: None, resource: String::new(), sites: sites.to_vec() }
}

/// AWS's message blames the session policy, which is all that anybody can know of it.
fn session(setup: &Setup, row: &Row) -> Vec<Fault> {
    let name = setup.who.name.clone();
    let fault = |problem: &str, because: &'static str| {
        let code = format!("session_policy.{problem}");
        let yields = vec![cause(&code, setup.who.account, &name, row.action)];
        let (who, action, resource) = (name.clone(), row.action, row.resource.clone());
        Fault::new(code, yields, move |world, _| {
            let because = because.replace("ACTION", action);
            let text = format!(
                "User: {who} is not authorized to perform: {action} on resource: \"{resource}\" {because}"
            );
            at(world, "/event")["errorMessage"] = text.into();
        })
        .owning("message")
        .about(format!("row {}", row.action))
    };
    vec![
        fault("missing_allow", "because no session policy allows the ACTION action"),
        fault("explicit_deny", "with an explicit deny in a session policy"),
    ]
}

fn keys(setup: &Setup) -> Vec<Fault> {
    let rows: Vec<&Row> = setup.rows.iter().filter(|row| row.service() == "kms").collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let yields = |code: &str| -> Vec<Expected> {
        rows.iter().map(|row| cause(code, OWNER, KEY, row.action)).collect()
    };
    let state = |code: &str, states: &'static [&'static str]| {
        Fault::new(code.into(), yields(code), move |world, random| {
            let state = *random.one_of(states);
            *at(world, &format!("{KEY_AT}/KeyMetadata/KeyState")) = state.into();
        })
    };
    let mut faults = vec![
        state("kms.key_disabled", &["Disabled"]),
        state("kms.key_pending_deletion", &["PendingDeletion", "PendingReplicaDeletion"]),
        state("kms.key_unavailable", &["PendingImport", "Unavailable", "Creating", "Updating"]),
    ];
    // In place of what the key's policy and grants say; and at home, of what they delegate.
    let in_place = |mut fault: Fault| {
        for row in &rows {
            fault.voids.push(format!("allow key_policy {KEY} {}", row.action));
            fault.voids.push(format!("deny key_policy {}", row.action));
            if setup.plan.same_account {
                let entity = &setup.who.entity;
                fault.voids.push(format!("allow identity_policy {entity} {}", row.action));
            }
        }
        fault
    };
    let code = "kms.key_not_found";
    faults.push(in_place(Fault::new(code.into(), yields(code), |world, _| {
        list(world, "/accounts/111111111111/Kms/Keys").clear();
    })));
    if !setup.plan.same_account {
        let code = "kms.aws_managed_key_cross_account";
        let managed = Fault::new(code.into(), yields(code), |world, _| {
            *at(world, &format!("{KEY_AT}/KeyMetadata/KeyManager")) = "AWS".into();
        });
        // Resource control policies do not reach AWS's own keys.
        let without = |fault: Fault, row: &&Row| fault.voiding(format!("rcp {}", row.action));
        faults.push(in_place(rows.iter().fold(managed, without)));
    }
    // An endpoint or access point serves its own Region alone, so these calls could not be made.
    let elsewhere = setup.plan.operation != "AssumeRole"
        && !setup.plan.endpoint
        && !setup.plan.access_point
        && setup.plan.operation != "CopyObject";
    if elsewhere && (setup.plan.operation != "Decrypt" || setup.plan.forwarded) {
        let code = "kms.key_wrong_region";
        faults.push(in_place(Fault::new(code.into(), yields(code), |world, _| {
            *at(world, &format!("{}/BucketRegion", bucket_at("reports"))) = "eu-west-1".into();
            *at(world, "/event/awsRegion") = "eu-west-1".into();
        })));
    }
    let mut faults: Vec<Fault> = faults.into_iter().map(|fault| fault.owning("key")).collect();
    faults.extend(alias(setup, &rows));
    for fault in &mut faults {
        fault.concerns.extend(rows.iter().map(|row| format!("row {}", row.action)));
    }
    faults
}

/// The bucket's default encryption names an alias, which S3 looks up in the caller's account.
fn alias(setup: &Setup, rows: &[&Row]) -> Option<Fault> {
    let written = |row: &&&Row| setup.plan.operation != "CopyObject" || row.action != "kms:Decrypt";
    let rows: Vec<&&Row> = rows.iter().filter(written).collect();
    let uploads = setup.rows.iter().any(|row| row.action == "s3:PutObject");
    if !uploads || setup.plan.same_account {
        return None;
    }
    let code = "bucket_encryption.alias_in_callers_account";
    let target = "arn:aws:s3:::reports";
    let yields = rows.iter().map(|row| cause(code, OWNER, target, row.action)).collect();
    let mut fault = Fault::new(code.into(), yields, |world, random| {
        let rule = format!("{}/ServerSideEncryptionConfiguration/Rules/0", bucket_at("reports"));
        let names = ["alias/reports", super::setup::KEY_ID];
        let default = at(world, &format!("{rule}/ApplyServerSideEncryptionByDefault"));
        default["KMSMasterKeyID"] = (*random.one_of(&names)).into();
    })
    .owning("keys of the objects")
    .owning("key");
    // There is no key, so nothing that names one can be a cause: neither its policy, nor what the
    // caller's own policies say of it, nor what the owner's organization says of the owner's keys.
    for row in rows {
        for void in [
            format!("allow key_policy {KEY} {}", row.action),
            format!("deny key_policy {}", row.action),
            format!("allow identity_policy {} {}", setup.who.entity, row.action),
            format!("deny identity_policy {}", row.action),
            format!("rcp {}", row.action),
        ] {
            fault.voids.push(void);
        }
    }
    Some(fault)
}

/// Settings that block every permission on a bucket for callers of other accounts.
fn of_bucket(setup: &Setup, bucket: &'static str) -> Vec<Fault> {
    let rows: Vec<&Row> = setup.rows.iter().filter(|row| row.bucket == Some(bucket)).collect();
    if rows.is_empty() || setup.plan.same_account {
        return Vec::new();
    }
    let target = format!("arn:aws:s3:::{bucket}");
    let yields = |code: &str| -> Vec<Expected> {
        rows.iter().map(|row| cause(code, OWNER, &target, row.action)).collect()
    };
    let code = "requester_pays.header_missing";
    let pays = Fault::new(code.into(), yields(code), move |world, _| {
        *at(world, &format!("{}/RequestPayment", bucket_at(bucket))) = "Requester".into();
    });
    let code = "block_public_access.restrict_public_buckets";
    let mut public = Fault::new(code.into(), yields(code), move |world, random| {
        let statement = json!({"Sid": "Public", "Effect": "Allow", "Principal": {"AWS": "*"},
                               "Action": "s3:GetBucketLocation",
                               "Resource": format!("arn:aws:s3:::{bucket}")});
        statements(world, &format!("{}/Policy", bucket_at(bucket))).push(statement);
        // One of account and bucket is enough.
        let account = format!("/accounts/{OWNER}/S3");
        let blocks = [bucket_at(bucket), account];
        let block = format!("{}/PublicAccessBlockConfiguration", random.one_of(&blocks));
        at(world, &block)["RestrictPublicBuckets"] = false.into();
    });
    // In place of an explicit deny of the bucket policy.
    for row in &rows {
        public.voids.push(format!("deny bucket_policy {}", row.action));
    }
    // Two buckets' faults would both turn off one of the two blocks.
    let public = public.owning("public");
    let about = |mut fault: Fault| {
        fault.concerns.extend(rows.iter().map(|row| format!("row {}", row.action)));
        fault.about("whole bucket")
    };
    let pays = pays.owning(format!("payer {bucket}"));
    [pays, public].into_iter().map(about).collect()
}
