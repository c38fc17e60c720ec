//! Mistakes that somebody could make in the templates, each with the check that finds it.

use crate::{Check, hub, policies, spoke, wiring};

/// A mistake in a template, and the check that finds it.
pub(crate) struct Mistake {
    /// The template.
    pub(crate) file: &'static str,
    /// The first place of this text ...
    pub(crate) text: &'static str,
    /// ... becomes this.
    pub(crate) instead: &'static str,
    /// The check that must find it.
    pub(crate) check: Check,
}

/// Every mistake.
pub(crate) const MISTAKES: [Mistake; 37] = [
    in_spoke("- iam:GetRolePolicy\n", "- iam:PassRole\n", spoke::read_role_reads),
    in_spoke("- kms:ListGrants\n", "- kms:RetireGrant\n", spoke::read_role_reads),
    in_spoke(
        "aws:ResourceAccount: !Ref AWS::AccountId",
        "aws:ViaAWSService: \"false\"",
        spoke::read_role_reads,
    ),
    in_spoke(
        "s3:authType: REST-HEADER",
        "s3:signatureversion: AWS4-HMAC-SHA256",
        spoke::read_role_reads,
    ),
    in_spoke(
        "Sid: NeverObjects\n                  Effect: Deny",
        "Sid: NeverObjects\n                  Effect: Allow",
        spoke::read_role_reads,
    ),
    in_spoke("policy/${OrganizationId}/*", "policy/*", spoke::read_role_reads),
    in_spoke(
        "- s3:GetBucket*\n",
        "- s3:GetBucket*\n                  - s3:PutBucketPolicy\n",
        spoke::read_role_writes_nothing,
    ),
    in_spoke(
        "- iam:ListRolePolicies\n                  - iam:ListUserPolicies\n                  - kms",
        "- iam:*Role*\n                  - iam:ListUserPolicies\n                  - kms",
        spoke::read_role_writes_nothing,
    ),
    in_spoke(
        "Effect: Deny\n                NotAction:",
        "Effect: Deny\n                Action:",
        spoke::read_role_writes_nothing,
    ),
    in_spoke(
        "!Equals [!Ref EnableWrite, \"yes\"]",
        "!Equals [\"yes\", \"yes\"]",
        spoke::write_role_is_narrow,
    ),
    in_spoke("role/stacksets-exec-*", "role/stackset-exec-*", spoke::write_role_is_narrow),
    in_spoke(
        "BypassPolicyLockoutSafetyCheck: \"true\"",
        "BypassPolicyLockoutSafetyCheck: \"false\"",
        spoke::write_role_is_narrow,
    ),
    in_spoke(
        "[Decrypt, DescribeKey, Encrypt, GenerateDataKey]",
        "[Decrypt, CreateGrant]",
        spoke::write_role_is_narrow,
    ),
    in_spoke(
        "locksmith-${Environment}-diagnose-role\n            Action",
        "locksmith-${Environment}-detect-role\n            Action",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "AWS: !Sub arn:${AWS::Partition}:iam::${HubAccountId}:role/locksmith-${Environment}-diagnose-role",
        "AWS: !Sub arn:${AWS::Partition}:iam::${HubAccountId}:root",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "StringEquals: { sts:ExternalId: !Ref ExternalId }\n",
        "StringNotEquals: { sts:ExternalId: none }\n",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "StringLike: { sts:RoleSessionName: locksmith-* }",
        "Bool: { aws:SecureTransport: \"true\" }",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "- !If\n            - HasOperators\n",
        "- !If\n            - MakeRoles\n",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke("rule/locksmith-${Environment}-denials", "rule/*", spoke::forwarding_is_narrow),
    in_spoke(
        "State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        "State: ENABLED",
        wiring::rules_see_denials,
    ),
    in_hub(
        "State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        "State: ENABLED",
        wiring::rules_see_denials,
    ),
    in_hub("- KMS.NotFoundException\n", "- KMS.NotFound\n", wiring::rules_see_denials),
    in_hub("- { exists: false }\n", "- Nobody\n", wiring::rules_see_denials),
    in_hub(
        "detail: { state: [detected] }",
        "detail: { state: [detected, diagnosed] }",
        wiring::rule_sees_detected,
    ),
    in_hub(
        "aws:PrincipalOrgID: !Ref OrganizationId",
        "aws:SecureTransport: \"true\"",
        hub::buses_are_closed,
    ),
    in_hub(
        "EventBusName: !Ref Events\n      StatementId",
        "EventBusName: !Ref States\n      StatementId",
        hub::buses_are_closed,
    ),
    in_hub(
        "aws:ResourceOrgID: !Ref OrganizationId",
        "aws:RequestedRegion: eu-central-1",
        hub::only_read_roles_are_assumed,
    ),
    in_hub(
        "role/locksmith/LocksmithRead\n                Condition",
        "role/locksmith/Locksmith*\n                Condition",
        hub::only_read_roles_are_assumed,
    ),
    in_hub(
        "Resource: !GetAtt DetectQueue.Arn\n              - Sid: Incidents",
        "Resource: !GetAtt DiagnoseQueue.Arn\n              - Sid: Incidents",
        hub::functions_work,
    ),
    in_hub(
        "- dynamodb:UpdateItem\n",
        "- dynamodb:UpdateItem\n                  - dynamodb:DeleteItem\n",
        hub::functions_do_no_more,
    ),
    in_hub(
        "Condition: { ArnEquals: { aws:SourceArn: !GetAtt Denials.Arn } }",
        "Condition: { Bool: { aws:SecureTransport: \"true\" } }",
        hub::queues_are_closed,
    ),
    in_hub("LOCKSMITH_STATES_BUS", "LOCKSMITH_STATE_BUS", wiring::functions_are_wired),
    in_hub("VisibilityTimeout: 900", "VisibilityTimeout: 100", wiring::functions_are_wired),
    in_store("- kms:DescribeKey\n", "- kms:Decrypt\n", hub::key_is_closed),
    in_store(
        "Sid: OnlyTls\n            Effect: Deny",
        "Sid: OnlyTls\n            Effect: Allow",
        hub::configuration_is_closed,
    ),
    in_store("AttributeName: ExpiresAt", "AttributeName: Expires", wiring::table_is_kept),
    in_store(
        "- Sid: Logs\n            Effect: Allow\n            Principal: { Service: !Sub \"logs.${AWS::Region}.amazonaws.com\" }",
        "- Sid: Logs\n            Effect: Allow\n            Principal: \"*\"",
        policies::wildcards_are_accounted_for,
    ),
];

const fn in_spoke(text: &'static str, instead: &'static str, check: Check) -> Mistake {
    Mistake { file: "spoke.yaml", text, instead, check }
}

const fn in_hub(text: &'static str, instead: &'static str, check: Check) -> Mistake {
    Mistake { file: "template.yaml", text, instead, check }
}

const fn in_store(text: &'static str, instead: &'static str, check: Check) -> Mistake {
    Mistake { file: "store.yaml", text, instead, check }
}
