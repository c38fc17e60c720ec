//! Mistakes that somebody could make in the templates, each with the check that finds it.

use crate::{Check, calls, closed, functions, hub, policies, spoke, wiring, write_role};

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
pub(crate) const MISTAKES: [Mistake; 101] = [
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
        "- iam:ListRolePolicies\n                  - iam:ListUserPolicies\n                  - iam:Sim",
        "- iam:*Role*\n                  - iam:ListUserPolicies\n                  - iam:Sim",
        spoke::read_role_writes_nothing,
    ),
    in_spoke(
        "Effect: Deny\n                NotAction:",
        "Effect: Deny\n                Action:",
        spoke::read_role_writes_nothing,
    ),
    in_spoke(
        "- cloudtrail:LookupEvents\n",
        "- cloudtrail:LookupEvents\n                  - cloudtrail:StopLogging\n",
        calls::read_role_is_what_the_code_calls,
    ),
    in_spoke(
        "Action: iam:SimulatePrincipalPolicy\n",
        "Action: iam:SimulateCustomPolicy\n",
        calls::read_role_is_what_the_code_calls,
    ),
    in_spoke(
        "-diagnose-role\n                - !Sub arn:${AWS::Partition}:iam::${HubAccountId}:role/locksmith-${Environment}-sweep",
        "-diagnose-role\n                - !Sub arn:${AWS::Partition}:iam::${HubAccountId}:role/locksmith-${Environment}-apply",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "!Equals [!Ref EnableWrite, \"yes\"]",
        "!Equals [\"yes\", \"yes\"]",
        write_role::write_role_is_made_where_it_is_asked_for,
    ),
    in_spoke(
        "!Ref HubAccountId, !Ref AWS::AccountId]",
        "!Ref HubAccountId, !Ref Environment]",
        write_role::write_role_is_made_where_it_is_asked_for,
    ),
    in_spoke(
        "!Not [!Condition ReadsOrganization]",
        "!Not [!Condition ReadsObjectMetadata]",
        write_role::write_role_is_made_where_it_is_asked_for,
    ),
    in_spoke(
        "!Equals [!Ref EnableTrustPolicyChanges, \"yes\"]",
        "!Equals [!Ref EnableWrite, \"yes\"]",
        write_role::write_role_writes,
    ),
    in_spoke(
        "Action: iam:UpdateAssumeRolePolicy\n",
        "Action: iam:UpdateRole\n",
        write_role::write_role_writes,
    ),
    in_spoke(
        "- s3:PutAccessPointPolicy\n",
        "- s3:CreateAccessPoint\n",
        write_role::write_role_writes,
    ),
    in_spoke(
        "- s3:PutEncryptionConfiguration\n                Resource: !Sub arn:${AWS::Partition}:s3:::*\n                Condition: { StringEquals: { aws:ResourceAccount: !Ref AWS::AccountId } }",
        "- s3:PutEncryptionConfiguration\n                Resource: !Sub arn:${AWS::Partition}:s3:::*",
        write_role::write_role_writes,
    ),
    in_spoke("role/stacksets-exec-*", "role/stackset-exec-*", write_role::write_role_does_no_more),
    in_spoke("role/locksmith-*", "role/locksmiths-*", write_role::write_role_does_no_more),
    in_spoke(
        "Sid: NeverTheseRoles\n                Effect: Deny\n                Action: iam:*",
        "Sid: NeverTheseRoles\n                Effect: Deny\n                Action: iam:Put*",
        write_role::write_role_does_no_more,
    ),
    in_spoke(
        "- kms:PutKeyPolicy\n                  - kms:RevokeGrant\n                  - s3",
        "- kms:*\n                  - s3",
        write_role::write_role_does_no_more,
    ),
    in_spoke(
        "- s3:DeleteBucketPolicy\n                  - s3:GetAccessPointPolicy",
        "- s3:DeleteBucket*\n                  - s3:GetAccessPointPolicy",
        write_role::write_role_does_no_more,
    ),
    in_spoke(
        "- s3:GetBucketPolicy\n                  - s3:GetEncryptionConfiguration\n                  - s3:PutAccess",
        "- s3:Get*\n                  - s3:PutAccess",
        write_role::write_role_does_no_more,
    ),
    in_spoke(
        "- kms:GetKeyPolicy\n                  - kms:ListGrants\n                  - kms:PutKeyPolicy",
        "- kms:DescribeKey\n                  - kms:GetKeyPolicy\n                  - kms:ListGrants\n                  - kms:PutKeyPolicy",
        calls::write_role_is_what_the_code_calls,
    ),
    in_spoke(
        "[iam:GetRole, iam:UpdateAssumeRolePolicy]",
        "iam:UpdateAssumeRolePolicy",
        calls::write_role_is_what_the_code_calls,
    ),
    in_spoke(
        "BypassPolicyLockoutSafetyCheck: \"true\"",
        "BypassPolicyLockoutSafetyCheck: \"false\"",
        write_role::write_role_is_careful_with_keys,
    ),
    in_spoke(
        "[Decrypt, DescribeKey, Encrypt, GenerateDataKey]",
        "[Decrypt, CreateGrant]",
        write_role::write_role_is_careful_with_keys,
    ),
    in_spoke(
        "kms:GrantConstraintType: EncryptionContextSubset",
        "aws:ResourceAccount: !Ref AWS::AccountId",
        write_role::write_role_is_careful_with_keys,
    ),
    in_spoke(
        "kms:RetiringPrincipal: \"true\"",
        "kms:GrantConstraintType: \"false\"",
        write_role::write_role_is_careful_with_keys,
    ),
    in_spoke(
        "\"Null\": { kms:GrantOperations: \"false\", ",
        "\"Null\": { ",
        write_role::write_role_is_careful_with_keys,
    ),
    in_spoke(
        "locksmith-${Environment}-diagnose-role\n                -",
        "locksmith-${Environment}-detect-role\n                -",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "- !Sub arn:${AWS::Partition}:iam::${HubAccountId}:role/locksmith-${Environment}-diagnose-role",
        "- !Sub arn:${AWS::Partition}:iam::${HubAccountId}:root",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "locksmith-${Environment}-sweep-role\n            Action: sts:TagSession",
        "locksmith-${Environment}-diagnose-role\n            Action: sts:TagSession",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "aws:RequestTag/locksmith-incident: \"?*\"\n",
        "aws:UserAgent: \"*\"\n",
        spoke::only_the_right_ones_get_in,
    ),
    in_spoke(
        "ForAllValues:StringEquals: { aws:TagKeys: locksmith-incident }",
        "ForAnyValue:StringEquals: { aws:TagKeys: locksmith-incident }",
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
        wiring::rules_see_their_state,
    ),
    in_hub(
        "aws:PrincipalOrgID: !Ref OrganizationId",
        "aws:SecureTransport: \"true\"",
        closed::buses_are_closed,
    ),
    in_hub(
        "EventBusName: !Ref Events\n      StatementId",
        "EventBusName: !Ref States\n      StatementId",
        closed::buses_are_closed,
    ),
    in_hub(
        "aws:ResourceOrgID: !Ref OrganizationId",
        "aws:RequestedRegion: eu-central-1",
        hub::the_right_roles_are_assumed,
    ),
    in_hub(
        "role/locksmith/LocksmithRead\n                Condition",
        "role/locksmith/Locksmith*\n                Condition",
        hub::the_right_roles_are_assumed,
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
    in_hub("[\"GROUP#*\", \"INCIDENT#*\", \"PRINCIPAL#*\"]", "\"*\"", hub::functions_do_no_more),
    in_hub("[\"BUCKET#*\", \"GROUP#*\", \"INCIDENT#*\"]", "\"*#*\"", hub::functions_do_no_more),
    in_hub(
        "Condition: { ArnEquals: { aws:SourceArn: !GetAtt Denials.Arn } }",
        "Condition: { Bool: { aws:SecureTransport: \"true\" } }",
        closed::queues_are_closed,
    ),
    in_hub("LOCKSMITH_STATES_BUS", "LOCKSMITH_STATE_BUS", functions::functions_are_wired),
    in_hub("VisibilityTimeout: 900", "VisibilityTimeout: 100", functions::functions_are_wired),
    in_change(
        "Type: AWS::Events::Rule\n    Condition: Applies",
        "Type: AWS::Events::Rule",
        closed::queues_are_closed,
    ),
    in_change(
        "!Equals [!Ref EnableApply, \"yes\"]",
        "!Equals [\"yes\", \"yes\"]",
        hub::the_right_roles_are_assumed,
    ),
    in_change("state: [approved]", "state: [diagnosed]", wiring::rules_see_their_state),
    in_change("undo_wanted: [true]", "undo_wanted: [false]", wiring::rules_see_their_state),
    in_change("role/locksmith/LocksmithWrite\n", "role/*\n", hub::the_right_roles_are_assumed),
    in_change(
        "aws:ResourceOrgID: !Ref OrganizationId }\n              # What expired",
        "aws:RequestedRegion: eu-central-1 }\n              # What expired",
        hub::the_right_roles_are_assumed,
    ),
    in_change(
        "ForAllValues:StringEquals: { aws:TagKeys: locksmith-incident }",
        "StringLike: { aws:RequestTag/locksmith-incident: \"?*\" }",
        hub::the_right_roles_are_assumed,
    ),
    in_change("Action: sts:TagSession", "Action: sts:AssumeRole", hub::the_right_roles_are_assumed),
    in_change(
        "Enabled: !If [Applies, true, false]",
        "Enabled: true",
        functions::functions_are_wired,
    ),
    in_change("VisibilityTimeout: 5400", "VisibilityTimeout: 900", functions::functions_are_wired),
    in_change("        Messages:\n", "        Queue:\n", functions::functions_are_wired),
    in_change("LOCKSMITH_WRITE_ROLE", "LOCKSMITH_WRITER", functions::functions_are_wired),
    in_change(
        "ReservedConcurrentExecutions: !Ref ApplyConcurrency",
        "ReservedConcurrentExecutions: 1",
        functions::functions_are_wired,
    ),
    in_change("rate(5 minutes)", "rate(5 hours)", functions::sweep_is_scheduled),
    in_change("{\"task\":\"reconcile\"}", "{\"task\":\"sweep\"}", functions::sweep_is_scheduled),
    in_change(
        "ArnEquals: { aws:SourceArn: !GetAtt Schedules.Arn }",
        "ArnLike: { aws:SourceArn: \"*\" }",
        closed::schedules_are_closed,
    ),
    in_change(
        "Action: lambda:InvokeFunction\n                Resource: !GetAtt Sweep.Arn",
        "Action: lambda:InvokeFunction\n                Resource: !GetAtt Apply.Arn",
        closed::schedules_are_closed,
    ),
    in_change(
        "Resource: !Sub ${TableArn}/index/ByState",
        "Resource: !Sub ${TableArn}/index/Other",
        hub::functions_work,
    ),
    in_change(
        "dynamodb:LeadingKeys: \"LOCK#*\"",
        "dynamodb:LeadingKeys: \"*\"",
        hub::functions_do_no_more,
    ),
    in_people(
        "!Equals [!Ref EnableChat, \"yes\"]",
        "!Equals [\"yes\", \"yes\"]",
        closed::the_door_is_narrow,
    ),
    in_people("RouteKey: POST /slack", "RouteKey: ANY /{proxy+}", closed::the_door_is_narrow),
    in_people("ThrottlingRateLimit: 20", "ThrottlingRateLimit: 20000", closed::the_door_is_narrow),
    in_people(
        "\"route\":\"$context.routeKey\"",
        "\"path\":\"$context.path\"",
        closed::the_door_is_narrow,
    ),
    in_people(":${Door}/*", ":*", closed::the_door_is_narrow),
    in_people(
        "ArnEquals: { aws:SourceArn: !GetAtt Reminders.Arn }",
        "ArnLike: { aws:SourceArn: \"*\" }",
        closed::reminders_are_closed,
    ),
    in_people("{\"task\":\"due\"}", "{\"task\":\"sweep\"}", functions::reminders_are_scheduled),
    in_people("[\"GROUP#*\", \"INCIDENT#*\", \"LOCK#*\"]", "\"*\"", hub::functions_do_no_more),
    in_people("[\"GROUP#*\", \"INCIDENT#*\"]", "\"*\"", hub::functions_do_no_more),
    in_people("secret:locksmith-${Environment}/*", "secret:*", hub::functions_work),
    in_people(
        "!Equals [!Ref EnableOpsCenter, \"yes\"]",
        "!Equals [\"yes\", \"yes\"]",
        hub::functions_work,
    ),
    in_people(
        "[ssm:CreateOpsItem, ssm:DescribeOpsItems]",
        "ssm:DescribeOpsItems",
        hub::functions_work,
    ),
    in_people(
        "detail-type: [Locksmith Incident State Changed]\n      Targets",
        "detail-type: [Locksmith Incident State Changed]\n        detail: { state: [diagnosed] }\n      Targets",
        wiring::rules_see_their_state,
    ),
    in_people("Timeout: 10\n", "Timeout: 60\n", functions::reminders_are_scheduled),
    in_people("VisibilityTimeout: 360", "VisibilityTimeout: 60", functions::functions_are_wired),
    in_watch("MetricName: BreakGlass", "MetricName: BrokenGlass", wiring::all_is_watched),
    in_watch("MetricName: Failed", "MetricName: Failures", wiring::all_is_watched),
    in_watch("MetricName: Invocations", "MetricName: Duration", wiring::all_is_watched),
    in_watch("TreatMissingData: breaching", "TreatMissingData: ignore", wiring::all_is_watched),
    in_store(
        "- !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/locksmith-${Environment}-sweep-role\n",
        "",
        closed::configuration_is_closed,
    ),
    in_store(
        "locksmith-${Environment}-states/locksmith-${Environment}-approved",
        "locksmith-${Environment}-states/locksmith-${Environment}-applied",
        closed::key_is_closed,
    ),
    in_store("- kms:DescribeKey\n", "- kms:Decrypt\n", closed::key_is_closed),
    in_store(
        "Sid: OnlyTls\n            Effect: Deny",
        "Sid: OnlyTls\n            Effect: Allow",
        closed::configuration_is_closed,
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

const fn in_change(text: &'static str, instead: &'static str, check: Check) -> Mistake {
    Mistake { file: "change.yaml", text, instead, check }
}

const fn in_people(text: &'static str, instead: &'static str, check: Check) -> Mistake {
    Mistake { file: "people.yaml", text, instead, check }
}

const fn in_watch(text: &'static str, instead: &'static str, check: Check) -> Mistake {
    Mistake { file: "watch.yaml", text, instead, check }
}

const fn in_store(text: &'static str, instead: &'static str, check: Check) -> Mistake {
    Mistake { file: "store.yaml", text, instead, check }
}
