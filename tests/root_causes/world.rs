//! The event and the evidence of a set-up, with documents that do not let anything through yet.

use super::setup::{CALLER, KEY, KEY_ID, OTHER_ID, OTHER_ROLE, OWNER, POINT, Plan, Who};
use serde_json::{Value, json};

/// The nodes of the organization, in their order in the file.
pub(crate) const NODES: [&str; 6] =
    ["r-ab12", "ou-ab12-owners01", "ou-ab12-users001", OWNER, CALLER, "999999999999"];

/// A document that has no bearing on any set-up; so no document is ever left without a statement.
fn document(statement: &Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

fn idle() -> Value {
    document(&json!({"Sid": "Idle", "Effect": "Allow", "Action": "ec2:DescribeRegions",
                    "Resource": "*"}))
}

fn idle_for(principal: &str, action: &str, resource: &str) -> Value {
    document(&json!({"Sid": "Idle", "Effect": "Allow", "Principal": {"AWS": principal},
                    "Action": action, "Resource": resource}))
}

fn idle_trust() -> Value {
    document(&json!({"Sid": "Idle", "Effect": "Allow", "Action": "sts:AssumeRole",
                    "Principal": {"Service": "glue.amazonaws.com"}}))
}

pub(crate) fn empty(plan: Plan, who: &Who) -> Value {
    let mut accounts = json!({OWNER: owner(plan), CALLER: account(CALLER)});
    accounts[OWNER]["Iam"]["RoleDetailList"] =
        json!([role("arn:aws:iam::111111111111:role/shared/DataReader", "AROAZDATAREADERINA001")]);
    hold(plan, who, &mut accounts[who.account]["Iam"]);
    let other = role(OTHER_ROLE, OTHER_ID);
    accounts[CALLER]["Iam"]["RoleDetailList"].as_array_mut().unwrap().push(other);
    if plan.endpoint {
        accounts[who.account]["Ec2"]["VpcEndpoints"] = json!([{
            "VpcEndpointId": "vpce-0a1b2c3d4e5f60718", "VpcId": "vpc-1",
            "ServiceName": "com.amazonaws.us-west-2.s3",
            "PolicyDocument": document(&json!({"Sid": "Idle", "Effect": "Allow", "Principal": "*",
                                             "Action": "s3:ListAllMyBuckets", "Resource": "*"}))
        }]);
    }
    let organization = plan.organization.then(organization);
    json!({"event": event(plan, who), "accounts": accounts, "organization": organization})
}

fn account(id: &str) -> Value {
    json!({
        "AccountId": id, "CollectedAt": "2026-11-20T10:00:00Z",
        "Iam": {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": []},
        "S3": {"Buckets": [], "AccessPoints": []},
        "Kms": {"Keys": []},
        "Ec2": {"VpcEndpoints": []}
    })
}

fn role(arn: &str, id: &str) -> Value {
    json!({
        "Arn": arn, "RoleId": id, "RoleName": arn.rsplit('/').next(), "RolePolicyList": [],
        "AttachedManagedPolicies": [], "Tags": [], "AssumeRolePolicyDocument": idle_trust()
    })
}

/// What the caller holds, in the places that [`super::setup`] puts statements into.
fn hold(plan: Plan, who: &Who, iam: &mut Value) {
    let policy = |name: &str| format!("arn:aws:iam::{}:policy/{name}", who.account);
    let version = |id: &str, default: bool| json!({"VersionId": id, "IsDefaultVersion": default, "Document": idle()});
    iam["Policies"] = json!([
        {"Arn": policy("UseOfKeys"), "PolicyName": "UseOfKeys", "DefaultVersionId": "v2",
         "PolicyVersionList": [version("v1", false), version("v2", true)]},
        {"Arn": policy("Boundary"), "PolicyName": "Boundary", "DefaultVersionId": "v1",
         "PolicyVersionList": [version("v1", true)]}
    ]);
    let mut holder = if plan.user {
        iam["GroupDetailList"] = json!([{
            "GroupName": "Readers", "Arn": format!("arn:aws:iam::{}:group/Readers", who.account),
            "GroupPolicyList": [{"PolicyName": "Keys", "PolicyDocument": idle()}],
            "AttachedManagedPolicies": []
        }]);
        json!({
            "Arn": who.entity, "UserId": "AIDAZCAROLCAROLCAROL1", "UserName": "Carol",
            "UserPolicyList": [{"PolicyName": "Objects", "PolicyDocument": idle()}],
            "GroupList": ["Readers"], "AttachedManagedPolicies": [], "Tags": []
        })
    } else {
        let mut holder = role(&who.entity, "AROAZREPORTREADER0001");
        holder["RolePolicyList"] = json!([{"PolicyName": "Objects", "PolicyDocument": idle()}]);
        holder["AttachedManagedPolicies"] =
            json!([{"PolicyName": "UseOfKeys", "PolicyArn": policy("UseOfKeys")}]);
        holder
    };
    if plan.boundary {
        holder["PermissionsBoundary"] = json!({"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": policy("Boundary")});
    }
    let list = if plan.user { "UserDetailList" } else { "RoleDetailList" };
    iam[list].as_array_mut().unwrap().insert(0, holder);
}

fn owner(plan: Plan) -> Value {
    let block = json!({"BlockPublicAcls": true, "IgnorePublicAcls": true,
                       "BlockPublicPolicy": true, "RestrictPublicBuckets": true});
    let admin = "arn:aws:iam::111111111111:role/KeyAdmin";
    let bucket = |name: &str| {
        let arn = format!("arn:aws:s3:::{name}");
        json!({
            "Name": name, "BucketRegion": "us-west-2",
            "Policy": idle_for(admin, "s3:GetBucketLocation", &arn),
            "ServerSideEncryptionConfiguration": {"Rules": [{
                "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms",
                                                       "KMSMasterKeyID": KEY},
                "BucketKeyEnabled": plan.bucket_key,
                "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}
            }]},
            "PublicAccessBlockConfiguration": block,
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
            "RequestPayment": "BucketOwner", "TagSet": [],
            "Objects": [{
                "Key": "2026/q3.parquet", "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY,
                "BucketKeyEnabled": plan.bucket_key, "Owner": OWNER, "TagSet": []
            }],
            "MissingKeys": []
        })
    };
    let mut reports = bucket("reports");
    if plan.spared {
        let who = plan.who();
        let root = format!("arn:aws:iam::{}:root", who.account);
        reports["Policy"]["Statement"].as_array_mut().unwrap().push(json!({
            "Sid": "Others", "Effect": "Deny", "NotPrincipal": {"AWS": [root, who.entity, who.name]},
            "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"
        }));
    }
    let mut account = account(OWNER);
    account["S3"] = json!({
        "PublicAccessBlockConfiguration": block,
        "Buckets": [reports, bucket("archive")],
        "AccessPoints": []
    });
    if plan.access_point {
        account["S3"]["AccessPoints"] = json!([{
            "Name": "reports-ap", "Bucket": "reports", "NetworkOrigin": "Internet",
            "PublicAccessBlockConfiguration": block, "AccessPointArn": POINT,
            "Alias": "reports-ap-8xk2m4qz7v3kq9ztabcdefghusw2a-s3alias",
            "BucketAccountId": OWNER,
            "Policy": idle_for(admin, "s3:ListBucket", POINT)
        }]);
    }
    account["Kms"] = json!({"Keys": [{
        "KeyMetadata": {
            "AWSAccountId": OWNER, "KeyId": KEY_ID, "Arn": KEY, "Enabled": true,
            "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": "Enabled", "Origin": "AWS_KMS",
            "KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT", "MultiRegion": false
        },
        "Policy": idle_for(admin, "kms:DescribeKey", "*"),
        "Grants": if plan.grant { json!([grant(&plan.who(), &["Decrypt"], true)]) } else { json!([]) },
        "Aliases": [{"AliasName": "alias/reports"}], "Tags": []
    }]});
    account
}

/// A grant to the caller, with a constraint that the call meets or does not.
pub(crate) fn grant(who: &Who, operations: &[&str], met: bool) -> Value {
    let arn = if met { "arn:aws:s3:::reports/2026/q3.parquet" } else { "arn:aws:s3:::other" };
    json!({
        "KeyId": KEY, "GrantId": "0c237476b39f8bc44e45212e08498fbe3151305030726c0590dd8d3e9f3d6a60",
        "Name": "reading", "GranteePrincipal": who.entity, "Operations": operations,
        "IssuingAccount": format!("arn:aws:iam::{OWNER}:root"),
        "Constraints": {"EncryptionContextSubset": {"aws:s3:arn": arn}}
    })
}

fn organization() -> Value {
    let parents = [None, Some(0), Some(0), Some(1), Some(2), Some(0)];
    let nodes: Vec<Value> = NODES
        .iter()
        .zip(parents)
        .map(|(id, parent)| {
            json!({
                "Id": id, "ParentId": parent.map(|parent: usize| NODES[parent]),
                "ServiceControlPolicies": [{
                    "Arn": organization_policy("service_control_policy", &format!("p-of-{id}")),
                    "Name": "Allowed", "Content": idle()
                }],
                "ResourceControlPolicies": []
            })
        })
        .collect();
    json!({"Id": "o-a1b2c3d4e5", "MasterAccountId": "999999999999", "Nodes": nodes})
}

pub(crate) fn organization_policy(kind: &str, id: &str) -> String {
    format!("arn:aws:organizations::999999999999:policy/o-a1b2c3d4e5/{kind}/{id}")
}

fn event(plan: Plan, who: &Who) -> Value {
    let mut identity = if plan.user {
        json!({"type": "IAMUser", "principalId": "AIDAZCAROLCAROLCAROL1", "arn": who.name,
               "accountId": who.account, "userName": "Carol"})
    } else {
        json!({
            "type": "AssumedRole", "principalId": "AROAZREPORTREADER0001:etl-7", "arn": who.name,
            "accountId": who.account,
            "sessionContext": {
                "sessionIssuer": {
                    "type": "Role", "principalId": "AROAZREPORTREADER0001", "arn": who.entity,
                    "accountId": who.account, "userName": "ReportReader"
                },
                "attributes": {"creationDate": "2026-11-20T09:31:05Z", "mfaAuthenticated": "false"}
            }
        })
    };
    let mut source = "198.51.100.7";
    if plan.forwarded {
        source = "fas.s3.amazonaws.com";
        identity["invokedBy"] = source.into();
    }
    let (service, parameters, resources) = request(plan);
    let mut event = json!({
        "eventVersion": "1.11", "userIdentity": identity, "eventTime": "2026-11-20T09:42:17Z",
        "eventSource": format!("{service}.amazonaws.com"), "eventName": plan.operation,
        "awsRegion": "us-west-2", "sourceIPAddress": source, "userAgent": "aws-cli/2.31.18",
        "requestParameters": parameters, "resources": resources,
        "eventID": "490b2405-4150-47dd-a9f7-727c4f49ec9b", "eventType": "AwsApiCall",
        "recipientAccountId": who.account, "tlsDetails": {"tlsVersion": "TLSv1.3"}
    });
    if plan.endpoint {
        event["vpcEndpointId"] = "vpce-0a1b2c3d4e5f60718".into();
        event["vpcEndpointAccountId"] = who.account.into();
        event["sourceIPAddress"] = "10.0.3.7".into();
    }
    event
}

fn request(plan: Plan) -> (&'static str, Value, Value) {
    // The caller's copy of a denied call leaves the owner's account out.
    let account = if plan.same_account { OWNER } else { "" };
    let object = |bucket: &str, key: &str| {
        json!([{"type": "AWS::S3::Object", "ARN": format!("arn:aws:s3:::{bucket}/{key}")},
               {"type": "AWS::S3::Bucket", "ARN": format!("arn:aws:s3:::{bucket}"),
                "accountId": account}])
    };
    match plan.operation {
        "Decrypt" => (
            "kms",
            json!({"encryptionAlgorithm": "SYMMETRIC_DEFAULT", "encryptionContext":
                   {"aws:s3:arn": "arn:aws:s3:::reports/2026/q3.parquet"}}),
            json!([{"type": "AWS::KMS::Key", "ARN": KEY, "accountId": account}]),
        ),
        "AssumeRole" => (
            "sts",
            json!({"roleArn": "arn:aws:iam::111111111111:role/shared/DataReader",
                   "roleSessionName": "reading"}),
            json!([]),
        ),
        "GetObject" if plan.access_point => (
            "s3",
            json!({"bucketName": POINT, "key": "2026/q3.parquet"}),
            json!([{"type": "AWS::S3::AccessPoint", "ARN": POINT, "accountId": account}]),
        ),
        "GetObject" => (
            "s3",
            json!({"bucketName": "reports", "key": "2026/q3.parquet"}),
            object("reports", "2026/q3.parquet"),
        ),
        "CopyObject" => (
            "s3",
            json!({"bucketName": "reports", "key": "incoming/orders.csv",
                   "x-amz-copy-source": "archive/2026/q3.parquet"}),
            object("reports", "incoming/orders.csv"),
        ),
        _ => (
            "s3",
            json!({"bucketName": "reports", "key": "incoming/orders.csv"}),
            object("reports", "incoming/orders.csv"),
        ),
    }
}
