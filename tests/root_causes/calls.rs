//! Single calls around the one that a set-up is about.

use super::random::Random;
use super::setup::{KEY, OTHER_ROLE, POINT, Row, Setup};
use locksmith_core::call::PlainRequest;
use locksmith_core::plan::Scope;
use locksmith_core::propose::PlanOptions;

const OBJECT: [&str; 6] = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:GetObjectVersion",
    "s3:GetObjectAcl",
    "s3:PutObjectAcl",
    "s3:DeleteObject",
];
const BUCKET: [&str; 3] = ["s3:ListBucket", "s3:PutBucketPolicy", "s3:GetBucketPolicy"];
const KMS: [&str; 8] = [
    "kms:Decrypt",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:Encrypt",
    "kms:ReEncryptFrom",
    "kms:CreateGrant",
    "kms:PutKeyPolicy",
];
const STS: [&str; 2] = ["sts:AssumeRole", "sts:TagSession"];

const BUCKETS: [&str; 4] = ["reports", "archive", "reports-old", "report"];
const KEYS: [&str; 11] = [
    "2026/q3.parquet",
    "2026/q2.parquet",
    "2026/q3.parquet2",
    "2026/",
    "2026x/q3.parquet",
    "2026/deeper/q3.parquet",
    "2025/q4.parquet",
    "incoming/orders.csv",
    "incoming/old.csv",
    "incoming",
    "notes",
];
const S3: &str = "s3.us-west-2.amazonaws.com";
const VIAS: [Option<&str>; 5] = [
    None,
    Some(S3),
    Some(S3),
    Some("s3.eu-west-1.amazonaws.com"),
    Some("dynamodb.us-west-2.amazonaws.com"),
];
const TIMES: [&str; 3] = ["2026-11-20T09:42:17Z", "2026-11-20T17:59:59Z", "2026-11-20T18:00:00Z"];
const READ: &str = "arn:aws:s3:::reports/2026/q3.parquet";
const ROLE: &str = "arn:aws:iam::111111111111:role/shared/DataReader";

/// One call, with what about it decides whether it was meant.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) principal: String,
    pub(crate) action: &'static str,
    pub(crate) resource: String,
    pub(crate) via: Option<&'static str>,
    pub(crate) context: Option<String>,
    pub(crate) time: &'static str,
}

/// The call that was meant, made differently in one or two ways; or any other.
pub(crate) fn beside(setup: &Setup, random: &mut Random) -> Call {
    let other = any(setup, random);
    if random.below(3) == 0 {
        return other;
    }
    let row = random.one_of(&setup.rows);
    let kms = row.service() == "kms";
    let context = match setup.plan.operation {
        "Decrypt" => READ,
        _ if setup.plan.bucket_key => "arn:aws:s3:::reports",
        _ => &setup.rows[0].resource,
    };
    let mut call = Call {
        principal: setup.who.name.clone(),
        action: row.action,
        resource: row.resource.clone(),
        via: (kms && !is_direct(setup)).then_some(S3),
        context: kms.then(|| context.to_owned()),
        time: TIMES[0],
    };
    for _ in 0..=random.below(2) {
        match random.below(6) {
            0 => call.principal.clone_from(&other.principal),
            1 => call.action = other.action,
            2 => call.resource.clone_from(&other.resource),
            3 if kms => call.via = other.via,
            4 if kms => call.context.clone_from(&other.context),
            _ => call.time = TIMES[2],
        }
    }
    call
}

/// A call to KMS itself.
fn is_direct(setup: &Setup) -> bool {
    setup.plan.operation == "Decrypt" && !setup.plan.forwarded
}

fn any(setup: &Setup, random: &mut Random) -> Call {
    let service = *random.one_of(&["object", "bucket", "kms", "kms", "sts"]);
    let actions = match service {
        "object" => &OBJECT[..],
        "bucket" => &BUCKET,
        "kms" => &KMS,
        _ => &STS,
    };
    let object = |random: &mut Random| {
        format!("arn:aws:s3:::{}/{}", random.one_of(&BUCKETS), random.one_of(&KEYS))
    };
    let resource = match service {
        "object" if setup.plan.access_point && random.below(2) == 0 => {
            format!("{POINT}/object/{}", random.one_of(&KEYS))
        }
        "object" => object(random),
        "bucket" => format!("arn:aws:s3:::{}", random.one_of(&BUCKETS)),
        "kms" if random.below(4) == 0 => KEY.replace("1234abcd", "9999abcd"),
        "kms" => KEY.to_owned(),
        _ => (*random.one_of(&[ROLE, OTHER_ROLE])).to_owned(),
    };
    let context = match random.below(4) {
        0 => None,
        1 => Some(format!("arn:aws:s3:::{}", random.one_of(&BUCKETS))),
        _ => Some(object(random)),
    };
    let kms = service == "kms";
    Call {
        principal: principal(setup, random),
        action: random.one_of::<&str>(actions),
        resource,
        via: random.one_of(&VIAS).filter(|_| kms),
        context: context.filter(|_| kms),
        time: random.one_of::<&str>(&TIMES),
    }
}

/// The one who is let in asks most often.
fn principal(setup: &Setup, random: &mut Random) -> String {
    let who = &setup.who;
    let account = who.account;
    if random.below(2) == 0 {
        return who.name.clone();
    }
    let longer = who.entity.replace("ReportReader", "ReportReader2").replace("Carol", "Carol2");
    let others = [
        who.entity.clone(),
        format!("arn:aws:sts::{account}:assumed-role/ReportReader/another"),
        OTHER_ROLE.to_owned(),
        OTHER_ROLE.to_owned(),
        ROLE.to_owned(),
        longer,
        format!("arn:aws:iam::{account}:root"),
        "arn:aws:iam::333333333333:role/data/ReportReader".to_owned(),
        "arn:aws:iam::333333333333:user/staff/Carol".to_owned(),
        format!("arn:aws:sts::{account}:federated-user/Carol"),
        "*".to_owned(),
        "s3.amazonaws.com".to_owned(),
    ];
    random.one_of(&others).clone()
}

impl Call {
    pub(crate) fn request(&self) -> PlainRequest {
        let mut context = vec![("aws:CurrentTime".to_owned(), vec![self.time.to_owned()])];
        if let Some(via) = self.via {
            context.push(("kms:ViaService".to_owned(), vec![via.to_owned()]));
        }
        if let Some(arn) = &self.context {
            context.push(("kms:EncryptionContext:aws:s3:arn".to_owned(), vec![arn.clone()]));
        }
        PlainRequest {
            principal: self.principal.clone(),
            action: self.action.to_owned(),
            resource: self.resource.clone(),
            context,
        }
    }

    /// Whether a plan for the set-up's call may let it through: told from the set-up alone. With
    /// Bucket Keys the key is used for the bucket, whichever object it is.
    pub(crate) fn is_meant(
        &self,
        setup: &Setup,
        options: &PlanOptions,
        by_grant: bool,
        bucket_keys: bool,
    ) -> bool {
        let who = &setup.who;
        let sessions = format!("arn:aws:sts::{}:assumed-role/ReportReader/", who.account);
        let is_caller = self.principal == who.entity
            || self.principal == who.name
            || !who.is_user && self.principal.starts_with(&sessions);
        let time = || self.time.parse::<jiff::Timestamp>().unwrap();
        let is_row = setup.rows.iter().any(|row| row.action == self.action);
        if !is_caller || options.expires_at.is_some_and(|end| time() >= end) {
            return false;
        }
        let about = |arn: &str| {
            let objects = setup.rows.iter().filter(|row| row.bucket.is_some());
            objects.map(|row: &Row| &*row.resource).any(|meant| {
                is_in_reach(arn, meant, options.scope) || bucket_keys && is_in_bucket(arn, meant)
            })
        };
        let (service, _) = self.action.split_once(':').unwrap();
        match service {
            "s3" => {
                let plain = format!("{POINT}/object/");
                let plain = self.resource.replace(&plain, "arn:aws:s3:::reports/");
                // The key's part of a call to S3 may be all that was missing.
                is_row && about(&plain) || setup.plan.operation == "Decrypt" && plain == READ
            }
            "kms" => {
                let through = by_grant || is_direct(setup) || self.via == Some(S3);
                let fits = |arn: &str| match setup.plan.operation {
                    "Decrypt" if is_direct(setup) => arn == READ,
                    "Decrypt" => {
                        is_in_reach(arn, READ, options.scope)
                            || bucket_keys && arn == "arn:aws:s3:::reports"
                    }
                    _ => about(arn),
                };
                is_row
                    && self.resource == KEY
                    && through
                    && self.context.as_deref().is_some_and(fits)
            }
            _ => is_row && self.resource == setup.rows[0].resource,
        }
    }
}

fn is_in_reach(arn: &str, meant: &str, scope: Scope) -> bool {
    match (scope, meant.rsplit_once('/')) {
        (Scope::Object, _) | (_, None) => arn == meant,
        (Scope::Prefix, Some((folder, _))) => arn.starts_with(&format!("{folder}/")),
        (Scope::Bucket, _) => arn != bucket(meant) && is_in_bucket(arn, meant),
    }
}

fn is_in_bucket(arn: &str, meant: &str) -> bool {
    let bucket = bucket(meant);
    arn == bucket || arn.starts_with(&format!("{bucket}/"))
}

fn bucket(arn: &str) -> &str {
    arn.split('/').next().unwrap()
}
