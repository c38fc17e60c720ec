//! Set-ups in which a call works: the event, the evidence of both accounts, and which statement
//! of which document lets each needed permission through.

use serde_json::{Value, json};

pub(crate) const OWNER: &str = "111111111111";
pub(crate) const CALLER: &str = "222222222222";
pub(crate) const KEY_ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";
pub(crate) const KEY: &str =
    "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
pub(crate) const POINT: &str = "arn:aws:s3:us-west-2:111111111111:accesspoint/reports-ap";
pub(crate) const ENDPOINT: &str =
    "arn:aws:ec2:us-west-2:222222222222:vpc-endpoint/vpce-0a1b2c3d4e5f60718";
/// A role of the caller's account that has nothing to do with the call.
pub(crate) const OTHER_ROLE: &str = "arn:aws:iam::222222222222:role/Other";
pub(crate) const OTHER_ID: &str = "AROAZOTHERROLEINB0001";

/// A set-up that works.
pub(crate) struct Setup {
    pub(crate) name: &'static str,
    /// `event`, `accounts` by id and `organization`.
    pub(crate) world: Value,
    pub(crate) rows: Vec<Row>,
    pub(crate) who: Who,
    pub(crate) plan: Plan,
}

/// Who calls.
#[derive(Clone)]
pub(crate) struct Who {
    pub(crate) account: &'static str,
    /// The ARN of the session or user.
    pub(crate) name: String,
    /// The ARN of the role or user.
    pub(crate) entity: String,
    pub(crate) is_user: bool,
}

/// What a set-up is made of.
#[expect(clippy::struct_excessive_bools, reason = "each is independent of the others")]
#[derive(Clone, Copy, Default)]
pub(crate) struct Plan {
    pub(crate) operation: &'static str,
    pub(crate) user: bool,
    pub(crate) same_account: bool,
    pub(crate) bucket_key: bool,
    pub(crate) access_point: bool,
    pub(crate) organization: bool,
    pub(crate) boundary: bool,
    pub(crate) endpoint: bool,
    /// KMS's part, or all, is a call that S3 forwarded.
    pub(crate) forwarded: bool,
    /// In the caller's own account: whether the resource's policy alone allows, naming the
    /// caller; otherwise the caller's own policies do.
    pub(crate) by_resource: bool,
    /// Whether a grant stands in place of the key policy's statement.
    pub(crate) grant: bool,
    /// Whether the bucket's policy denies everybody but the caller by `NotPrincipal`.
    pub(crate) spared: bool,
}

/// A permission that the call needs, with every place that has to allow it.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) action: &'static str,
    /// The bucket of an S3 permission.
    pub(crate) bucket: Option<&'static str>,
    pub(crate) resource: String,
    pub(crate) sites: Vec<Site>,
}

/// A document with a statement for one permission.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) layer: &'static str,
    pub(crate) account: &'static str,
    pub(crate) target: String,
    /// The JSON pointer of the document.
    pub(crate) policy: String,
    /// The statement's `Principal`; none in documents that take none.
    pub(crate) principal: Option<Value>,
    /// The statement's `Resource`; none in trust policies.
    pub(crate) resource: Option<String>,
    /// A condition that the statement has and that holds.
    pub(crate) condition: Option<Value>,
    /// Whether the statement is there and needed; otherwise the document can only deny.
    pub(crate) allows: bool,
}

impl Row {
    pub(crate) fn service(&self) -> &str {
        self.action.split(':').next().unwrap()
    }

    /// The `Sid` of the row's statements.
    pub(crate) fn sid(&self) -> String {
        format!("Allow{}", self.action.split(':').nth(1).unwrap())
    }

    pub(crate) fn site(&self, layer: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.layer == layer)
    }
}

impl Site {
    /// A statement that allows the row here.
    pub(crate) fn statement(&self, row: &Row) -> Value {
        let mut statement = json!({"Sid": row.sid(), "Effect": "Allow", "Action": row.action});
        let parts = [
            ("Principal", self.principal.clone()),
            ("Resource", self.resource.clone().map(Value::from)),
            ("Condition", self.condition.clone()),
        ];
        for (element, part) in parts {
            if let Some(part) = part {
                statement[element] = part;
            }
        }
        statement
    }
}

pub(crate) fn at<'a>(world: &'a mut Value, pointer: &str) -> &'a mut Value {
    world.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
}

pub(crate) fn list<'a>(world: &'a mut Value, pointer: &str) -> &'a mut Vec<Value> {
    at(world, pointer).as_array_mut().unwrap_or_else(|| panic!("no list at {pointer}"))
}

/// The statements of a document.
pub(crate) fn statements<'a>(world: &'a mut Value, policy: &str) -> &'a mut Vec<Value> {
    list(world, &format!("{policy}/Statement"))
}

impl Plan {
    fn needs(self) -> Vec<(&'static str, Option<&'static str>, &'static str)> {
        let read = "arn:aws:s3:::reports/2026/q3.parquet";
        let written = "arn:aws:s3:::reports/incoming/orders.csv";
        let reports = Some("reports");
        match self.operation {
            "GetObject" => vec![("s3:GetObject", reports, read), ("kms:Decrypt", None, KEY)],
            "PutObject" => {
                vec![("s3:PutObject", reports, written), ("kms:GenerateDataKey", None, KEY)]
            }
            "CreateMultipartUpload" | "UploadPart" => vec![
                ("s3:PutObject", reports, written),
                ("kms:GenerateDataKey", None, KEY),
                ("kms:Decrypt", None, KEY),
            ],
            "CopyObject" => vec![
                ("s3:GetObject", Some("archive"), "arn:aws:s3:::archive/2026/q3.parquet"),
                ("s3:PutObject", reports, written),
                ("kms:Decrypt", None, KEY),
                ("kms:GenerateDataKey", None, KEY),
            ],
            "Decrypt" => vec![("kms:Decrypt", None, KEY)],
            "AssumeRole" => {
                vec![("sts:AssumeRole", None, "arn:aws:iam::111111111111:role/shared/DataReader")]
            }
            other => panic!("no set-up for {other}"),
        }
    }

    pub(crate) fn who(self) -> Who {
        let account = if self.same_account { OWNER } else { CALLER };
        let entity = if self.user {
            format!("arn:aws:iam::{account}:user/staff/Carol")
        } else {
            format!("arn:aws:iam::{account}:role/data/ReportReader")
        };
        let session = format!("arn:aws:sts::{account}:assumed-role/ReportReader/etl-7");
        let name = if self.user { entity.clone() } else { session };
        Who { account, name, entity, is_user: self.user }
    }

    /// Makes the set-up.
    pub(crate) fn build(self, name: &'static str) -> Setup {
        let who = self.who();
        let rows: Vec<Row> = self
            .needs()
            .into_iter()
            .map(|(action, bucket, resource)| {
                let mut row =
                    Row { action, bucket, resource: resource.to_owned(), sites: Vec::new() };
                row.sites = self.sites(&row, &who);
                row
            })
            .collect();
        let mut world = super::world::empty(self, &who);
        for row in &rows {
            for site in row.sites.iter().filter(|site| site.allows) {
                statements(&mut world, &site.policy).push(site.statement(row));
            }
        }
        Setup { name, world, rows, who, plan: self }
    }

    /// Every document that has a say in a permission.
    fn sites(self, row: &Row, who: &Who) -> Vec<Site> {
        let service = row.service();
        let point = self.access_point && service == "s3";
        let object = row.resource.rsplit_once(":::reports/").map_or("", |(_, key)| key);
        let asked = if point { format!("{POINT}/object/{object}") } else { row.resource.clone() };
        let iam = format!("/accounts/{}/Iam", who.account);
        let held = match (self.user, service) {
            // S3's part of a user's policies is inline, KMS's part its group's.
            (true, "kms") => format!("{iam}/GroupDetailList/0/GroupPolicyList/0/PolicyDocument"),
            (true, _) => format!("{iam}/UserDetailList/0/UserPolicyList/0/PolicyDocument"),
            // S3's part of a role's policies is inline, KMS's part a managed policy.
            (false, "kms") => format!("{iam}/Policies/0/PolicyVersionList/1/Document"),
            (false, _) => format!("{iam}/RoleDetailList/0/RolePolicyList/0/PolicyDocument"),
        };
        let site = |layer, account, target: &str, policy: String, resource: &str| Site {
            layer,
            account,
            target: target.to_owned(),
            policy,
            principal: None,
            resource: Some(resource.to_owned()),
            condition: None,
            allows: true,
        };
        let named = Some(json!({"AWS": who.entity}));
        let mut sites = vec![Site {
            allows: !(self.same_account && self.by_resource),
            ..site("identity_policy", who.account, &who.entity, held, &asked)
        }];
        if self.boundary {
            let policy = format!("{iam}/Policies/1/PolicyVersionList/0/Document");
            sites.push(site("permissions_boundary", who.account, &who.entity, policy, "*"));
        }
        if self.organization {
            let unit = if self.same_account { 1 } else { 2 };
            for node in [0, unit, unit + 2] {
                let policy = format!("/organization/Nodes/{node}/ServiceControlPolicies/0/Content");
                let target = super::world::NODES[node];
                sites.push(site("scp", who.account, target, policy, "*"));
            }
        }
        if self.endpoint && !(self.forwarded || service == "kms" && self.operation != "Decrypt") {
            let policy = format!("/accounts/{}/Ec2/VpcEndpoints/0/PolicyDocument", who.account);
            let everyone = Some(json!("*"));
            let endpoint = site("vpc_endpoint_policy", who.account, ENDPOINT, policy, "*");
            sites.push(Site { principal: everyone, ..endpoint });
        }
        if let Some(bucket) = row.bucket {
            let place = usize::from(bucket == "archive");
            let policy = format!("/accounts/{OWNER}/S3/Buckets/{place}/Policy");
            let arn = format!("arn:aws:s3:::{bucket}");
            let condition = json!({"StringEquals": {"s3:DataAccessPointAccount": OWNER}});
            sites.push(Site {
                principal: named.clone(),
                condition: point.then_some(condition),
                allows: !self.same_account || self.by_resource,
                ..site("bucket_policy", OWNER, &arn, policy, &row.resource)
            });
        }
        if point {
            let policy = format!("/accounts/{OWNER}/S3/AccessPoints/0/Policy");
            let point = site("access_point_policy", OWNER, POINT, policy, &asked);
            sites.push(Site { principal: named.clone(), ..point });
        }
        let delegates = self.same_account && !self.by_resource;
        let root = Some(json!({"AWS": format!("arn:aws:iam::{OWNER}:root")}));
        let principal = if delegates { root } else { named };
        if service == "kms" {
            let policy = format!("/accounts/{OWNER}/Kms/Keys/0/Policy");
            let key = site("key_policy", OWNER, KEY, policy, "*");
            sites.push(Site { principal: principal.clone(), allows: !self.grant, ..key });
        }
        if service == "sts" {
            let place = usize::from(self.same_account && !self.user);
            let policy =
                format!("/accounts/{OWNER}/Iam/RoleDetailList/{place}/AssumeRolePolicyDocument");
            let trust = site("trust_policy", OWNER, &row.resource, policy, "*");
            sites.push(Site { principal, resource: None, ..trust });
        }
        sites
    }
}

/// Every set-up.
pub(crate) fn all() -> Vec<Setup> {
    let read = Plan { operation: "GetObject", ..Plan::default() };
    let own_read = Plan { same_account: true, ..read };
    let decrypt = Plan { operation: "Decrypt", ..Plan::default() };
    let own_decrypt = Plan { same_account: true, ..decrypt };
    let assume = Plan { operation: "AssumeRole", ..Plan::default() };
    let own_assume = Plan { same_account: true, ..assume };
    let operation = |operation| Plan { operation, ..Plan::default() };
    let plans = [
        ("read", read),
        ("read with a Bucket Key", Plan { bucket_key: true, ..read }),
        ("read as a user", Plan { user: true, ..read }),
        ("read through an access point", Plan { access_point: true, ..read }),
        ("read within an organization", Plan { organization: true, ..read }),
        ("read with a boundary", Plan { boundary: true, ..read }),
        ("read through a VPC endpoint", Plan { endpoint: true, ..read }),
        ("read by a grant", Plan { grant: true, ..read }),
        ("read spared by NotPrincipal", Plan { spared: true, ..read }),
        (
            "read as a user with every guardrail",
            Plan { user: true, organization: true, boundary: true, endpoint: true, ..read },
        ),
        ("upload", operation("PutObject")),
        ("upload within an organization", Plan { organization: true, ..operation("PutObject") }),
        ("start of a multipart upload", operation("CreateMultipartUpload")),
        ("part of a multipart upload", Plan { user: true, ..operation("UploadPart") }),
        ("copy", operation("CopyObject")),
        ("own read by identity policy", own_read),
        ("own read by resource policies", Plan { by_resource: true, ..own_read }),
        (
            "own read with a boundary in an organization",
            Plan { boundary: true, organization: true, ..own_read },
        ),
        ("own key by delegation", Plan { user: true, ..own_decrypt }),
        ("own key by statement", Plan { by_resource: true, ..own_decrypt }),
        (
            "own key by grant",
            Plan { by_resource: true, grant: true, boundary: true, ..own_decrypt },
        ),
        ("decrypt", decrypt),
        ("decrypt through a VPC endpoint", Plan { endpoint: true, ..decrypt }),
        ("decrypt forwarded by S3", Plan { forwarded: true, ..decrypt }),
        ("decrypt as a user by a grant", Plan { user: true, grant: true, ..decrypt }),
        ("assume a role", assume),
        ("assume a role as a user", Plan { user: true, organization: true, ..assume }),
        ("assume an own role by delegation", own_assume),
        ("assume an own role by its trust policy", Plan { by_resource: true, ..own_assume }),
    ];
    plans.into_iter().map(|(name, plan)| plan.build(name)).collect()
}
