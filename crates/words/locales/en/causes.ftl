# Why a call was denied. The English causes of a diagnosis say more; these stand in where one of them
# has no text, and every language is compared with them.

## Layers of policies, as labels; `short` where there is little room.

layer-identity-policy = identity policy
    .short = IAM policy
layer-permissions-boundary = permissions boundary
    .short = boundary
layer-session-policy = session policy
    .short = session policy
layer-scp = service control policy
    .short = SCP
layer-rcp = resource control policy
    .short = RCP
layer-vpc-endpoint-policy = VPC endpoint policy
    .short = endpoint policy
layer-bucket-policy = bucket policy
    .short = bucket policy
layer-access-point-policy = access point policy
    .short = access point policy
layer-key-policy = key policy
    .short = key policy
layer-kms-grant = KMS grant
    .short = KMS grant
layer-trust-policy = trust policy
    .short = trust policy
layer-resource-policy = resource policy
    .short = resource policy
layer-block-public-access = Block Public Access
    .short = Block Public Access
layer-object-ownership = object ownership
    .short = object ownership

## What has the policy: stands within the sentences below as `holder`.

holder-identity-policy = the IAM policies of the caller
holder-identity-policy-named = the IAM policy { $policy } of the caller
holder-permissions-boundary = the permissions boundary of { $target }
holder-session-policy = the session policy
holder-scp = the service control policy { $target }
holder-rcp = the resource control policy { $target }
holder-vpc-endpoint-policy = the policy of VPC endpoint { $target }
holder-bucket-policy = the policy of bucket { $target }
holder-access-point-policy = the policy of access point { $target }
holder-key-policy = the policy of key { $target }
holder-kms-grant = a grant on key { $target }
holder-trust-policy = the trust policy of role { $target }
holder-resource-policy = the policy of { $target }
holder-block-public-access = the Block Public Access settings of { $target }
holder-object-ownership = the ownership settings of { $target }

## Parts of the sentences below.

account-known = account { $id }
account-unknown = an account not known
statement-named = statement "{ $sid }"
statement-numbered = statement Statement[{ $index }]
statement-some = a statement
# A condition that failed, as `missed` below; several stand one after the other.
missed-condition = { $key } ({ $operator }) should be { $expected }, and is { $found }
missed-separator = {"; "}
missed-nothing = it is not known which part
value-absent = absent
value-unknown = unknown
value-other-than = something other than { $values }
# Who called.
caller-role = role { $name }
caller-user = user { $name }
caller-other = { $name }
caller-unknown = the caller
# A permission with what it is on; in some languages a space has to stand before a Latin name.
permission-alone = { $action }
permission-on = { $action } on { $resource }
permission-on-bucket = { $action } on bucket { $resource }
permission-on-key = { $action } on key { $resource }
permission-on-role = { $action } on role { $resource }

## A layer does not allow, or denies. `title` is for lists.

cause-missing-allow = No statement in { $holder } allows { $caller } { $permission }.
    .title = { $action } not allowed: { $layer }
cause-missing-allow-identity-policy = No IAM policy of { $caller } allows { $permission }.
cause-missing-allow-scp = No service control policy attached to { $target } allows { $permission }.
cause-missing-allow-session-policy = AWS says that the session policy does not allow { $permission }. It is part of the session, not of the role: whoever makes the session has to widen it.
cause-missing-allow-key-at-home = { $action } works on keys of the caller's own account alone, whatever the policy of key { $target } says.
cause-explicit-deny = { $permission } is denied to { $caller } by { $holder }, in { $statement }. A deny outweighs every allow: its owner has to change it.
    .title = { $action } explicitly denied: { $layer }
cause-explicit-deny-unseen = AWS says that { $holder } denies { $permission }. Only whoever made the session can change that.
cause-condition-not-met = { $permission } would be allowed to { $caller } by { $holder }, in { $statement }, but its condition is not met: { $missed }.
    .title = { $action }, condition not met: { $layer }
cause-dangling-principal = A deleted principal is named by { $holder }, in { $statement }; were that id the caller's, it would allow { $permission }. A role or user that is made again gets a new id: name it anew.
    .title = { $action }, deleted principal: { $layer }

## Causes that stand alone.

cause-no-account-delegation = The policy of key { $target } does not let the IAM policies of { $account } count, and none of its statements allows { $caller } { $action }.
    .title = { $action }: the key policy ignores IAM policies
cause-grant-constraint-not-met = A grant allows { $caller } { $permission }, but only with another encryption context than this call has.
    .title = { $action }: the grant wants another context
cause-aws-managed-key-cross-account = The object is encrypted with an AWS managed key of { $account }. Its policy cannot be changed, and it never serves other accounts. Encrypt the object again with a customer managed key.
    .title = AWS managed key of another account
cause-key-disabled = Key { $target } is disabled. Enable it, or encrypt with another key.
    .title = The KMS key is disabled
cause-key-pending-deletion = Key { $target } is pending deletion. Cancel the deletion if the data is still needed: afterwards nobody can read it.
    .title = The KMS key is pending deletion
cause-key-unavailable = Key { $target } cannot be used now: its key material is missing, or it is being made or moved.
    .title = The KMS key cannot be used now
cause-key-not-found = Key { $target } does not exist.
    .title = The KMS key does not exist
cause-key-wrong-region = Key { $target } is in another Region than the bucket. S3 uses only keys of the bucket's own Region.
    .title = The KMS key is in another Region
cause-alias-in-callers-account = The default encryption of bucket { $target } names its key by an alias or bare id. S3 looks that up in the account of whoever uploads, where it does not exist. Name the key by its ARN.
    .title = Default encryption names its key by an alias
cause-restrict-public-buckets = The policy of bucket { $target } counts as public, and Block Public Access (RestrictPublicBuckets) then refuses every caller from outside { $account }. Narrow the statement that is open to everyone.
    .title = Block Public Access refuses other accounts
cause-foreign-owner = Object { $target } belongs to another account than its bucket, so the bucket policy does not count for it. Copy the object as the bucket's owner, or set the bucket to BucketOwnerEnforced.
    .title = The object belongs to another account
cause-object-missing = There is no object { $target }. S3 answers AccessDenied in place of NotFound because { $caller } may not list the bucket.
    .title = The object does not exist
cause-requester-pays-header-missing = The bucket lets its requesters pay, and the request did not agree to that. Send the header x-amz-request-payer: requester.
    .title = The request does not agree to pay
cause-sse-c-blocked = Bucket { $target } refuses uploads that are encrypted with a customer-provided key (SSE-C). Upload without those headers.
    .title = The bucket refuses SSE-C
cause-acl-disabled = Bucket { $target } has access control lists turned off, and the request sets one. Upload without it, or with bucket-owner-full-control.
    .title = The bucket has ACLs turned off
cause-unexplained = Every policy that could be read allows { $action }.
    .title = No cause found

## What a diagnosis says.

verdict-denied = denied
verdict-allowed = allowed
verdict-unknown = unknown
answer-allowed = allowed
answer-denied = denied
answer-explicitly-denied = explicitly denied
answer-unknown = unknown
outcome-allow = allows
outcome-no-allow = no allow
outcome-explicit-deny = explicit deny
outcome-not-applicable = not applicable
outcome-unknown = unknown
confidence-certain = certain: nothing that matters is missing
confidence-likely = likely: something that may matter could not be seen
confidence-open = open: what decides could not be seen
