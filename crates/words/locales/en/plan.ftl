# What a plan changes, what it proves, and what people have to do.

## Risk and reach.

risk-low = low
    .sentence = The caller gets what it was denied, and nothing else is touched.
risk-medium = medium
    .sentence = More than the one call becomes possible, or a document that others share is rewritten.
risk-high = high
    .sentence = Much more becomes possible, or a mistake would be hard to take back.
scope-object = this object alone
scope-prefix = this object's folder and all below
scope-bucket = every object of the bucket

## What a change does.

change-put-bucket-policy = Adds { $count ->
        [one] a statement
       *[other] { $count } statements
    } to the policy of bucket { $name } in account { $account }.
change-put-bucket-policy-new = Makes a policy for bucket { $name } in account { $account }, which has none.
change-put-access-point-policy = Adds { $count ->
        [one] a statement
       *[other] { $count } statements
    } to the policy of access point { $name } in account { $account }.
change-put-access-point-policy-new = Makes a policy for access point { $name } in account { $account }, which has none.
change-put-key-policy = Adds { $count ->
        [one] a statement
       *[other] { $count } statements
    } to the policy of key { $name } in account { $account }.
change-create-grant = Makes a grant on key { $name } in account { $account }.
change-put-bucket-encryption = Sets the default encryption of bucket { $name } in account { $account }.
change-put-trust-policy = Adds { $count ->
        [one] a statement
       *[other] { $count } statements
    } to the trust policy of role { $name } in account { $account }.
change-put-role-policy = Gives role { $name } in account { $account } the inline policy { $policy }.
change-put-user-policy = Gives user { $name } in account { $account } the inline policy { $policy }.

## Why a change is needed and what it grants.

principal-role = role { $name } of account { $account }
principal-user = user { $name } of account { $account }
why-put-bucket-policy = Allows { $who } { $actions } on { $resources }.
why-put-access-point-policy = Allows { $who } { $actions } on { $resources } through this access point.
why-put-key-policy = Allows { $who } { $actions } with this key.
why-create-grant = Allows { $who } { $actions } with this key.
why-put-bucket-encryption = Names the bucket's default key by its ARN { $after } in place of { $before }, which S3 looks up in the account of whoever uploads. It counts for everybody who writes from now on; objects that are there stay as they are.
why-put-trust-policy = Allows { $who } { $actions }: it then may do all that this role may.
why-put-role-policy = Allows { $who } { $actions } on { $resources }.
why-put-user-policy = Allows { $who } { $actions } on { $resources }.
why-through-service = It counts through { $service } alone.
why-through-point = It counts through access point { $name } alone.
why-for-context = It counts for { $context } alone.
why-limit-near = The document becomes { $used } of { $limit } characters that AWS takes: little room is left.
why-made-by-cloudformation = CloudFormation (stack { $what }) made this resource and takes the change back with its next run: put it there too.
why-made-by-terraform = Terraform ({ $what }) made this resource and takes the change back with its next run: put it there too.
list-separator = {", "}
# What stands between two sentences.
sentence-separator = {" "}

## How a change is undone.

inverse-put-role-policy = Delete the inline policy { $policy } of the role.
inverse-put-user-policy = Delete the inline policy { $policy } of the user.
inverse-create-grant = Revoke the grant named { $grant }.
inverse-put-bucket-encryption = Set the default encryption back to what it was.
inverse-made-policy = Delete the policy, or take { $sids } out of it if others added to it.
inverse-shared-policy = Take { $sids } out of the policy.

## Other ways.

alternative-grant = A grant in place of the key policy's statement: the policy stays as it is and undoing is one call. Grants are less visible than policies, carry no kms:ViaService and do not end by themselves.
alternative-resource-policy = The resource's policy names the caller in place of its own IAM policies: the permission is seen where the data is, and no longer depends on what the account's administrators do.
alternative-widened = By hand: add the caller's ARN to the Principal of { $statement } in the key policy, if that is wanted. The caller then gets all actions of that statement for everything that the key encrypts, called directly too.
alternative-delegated = By hand: add a statement to the key policy that allows kms:* to { $root }, if that is wanted. Every IAM policy of the account then counts for this key, those of administrators too.

## The proof.

proof-verdicts = Before: { $before }. After: { $after }.
proof-none-compared = Nobody's permissions change, so nothing else was compared.
proof-none-opened = { $checked ->
        [one] One other request keeps its answer.
       *[other] { $checked } other requests keep their answer.
    }
proof-some-opened = { $checked ->
        [one] One other request was compared, and its answer changes.
       *[other] Of { $checked } other requests, some get another answer.
    }

## What people have to do, for each cause. The English steps of a plan say more; these stand in where one
## of them has no text, and every language is compared with them.

manual-missing-allow = Locksmith does not make this change by itself. If the access is wanted, its owner has to allow it by hand in { $holder }.
manual-missing-allow-scp = If the organization wants it, its administrators have to allow it in a service control policy attached to { $target }. Locksmith does not change policies of the organization.
manual-missing-allow-permissions-boundary = If it is meant to be possible, allow it in the permissions boundary of { $target }. Locksmith does not change boundaries.
manual-missing-allow-vpc-endpoint-policy = Allow it in the policy of VPC endpoint { $target }, or make the call without it.
manual-session-policy = Allow it in the policy that is passed when the session is made (AssumeRole's Policy or PolicyArns). It is part of the session; nothing in the accounts holds it.
manual-explicit-deny = Decide whether { $statement } in { $holder } is meant to stop this call. If not, narrow it or add an exception. A deny outweighs every allow, so nothing else helps, and Locksmith adds nothing to get round it.
manual-condition-not-met = Meet the condition of { $statement } in { $holder }, or change it, if the call should be allowed as it was made.
manual-dangling-principal = A principal that is named by { $holder } was deleted. If the access is wanted, its owner has to name the new role or user there.
manual-no-account-delegation = Add a statement for the caller to the policy of key { $target }, if the access is wanted.
manual-grant-constraint-not-met = Add a statement for the caller to the key policy, if the access is wanted: the grant on key { $target } counts for another encryption context alone.
manual-aws-managed-key-cross-account = Make a customer managed key, set it as the bucket's default, and encrypt the object again with it (copy the object onto itself). The policy of an AWS managed key cannot be changed.
manual-key-disabled = Enable key { $target } if it was not disabled on purpose (aws kms enable-key).
manual-key-pending-deletion = Cancel the deletion of key { $target } at once if data under the key is still needed (aws kms cancel-key-deletion, then enable-key): after the waiting period it is lost.
manual-key-unavailable = Bring the material of key { $target } back (import it, or connect the key store), or encrypt with another key.
manual-key-not-found = Correct the key's id where the request or the bucket's default encryption names it. What was encrypted with a deleted key is lost.
manual-key-wrong-region = Use a key of the bucket's own Region: set it in the request or in the bucket's default encryption.
manual-alias-in-callers-account = Name the key by its ARN in the default encryption of bucket { $target }. Which key is meant cannot be told: the bucket's account has none behind this alias.
manual-restrict-public-buckets = Narrow the statement in the policy of bucket { $target } that is open to everyone, so that the policy is no longer public. Do not turn Block Public Access off.
manual-foreign-owner = Copy the object as the bucket's owner, or set the bucket's Object Ownership to BucketOwnerEnforced, after which the owner owns every object.
manual-object-missing = Check the object's name: there is none of the name { $target }. No permission is missing.
manual-requester-pays-header-missing = Send the header x-amz-request-payer: requester with the call; the caller's account then pays for it.
manual-sse-c-blocked = Upload without a key of your own (SSE-C): let the bucket's default encryption do it.
manual-acl-disabled = Upload without an access control list, or with bucket-owner-full-control.
manual-unexplained = Every policy that could be read allows the call. Try it again; if it is still denied, look at what is listed as unknown, and whether policies changed since.

## What people have to do where the cause alone does not tell it.

manual-reserved-role = IAM Identity Center makes role { $target } from a permission set. Allow it in the permission set's inline policy and provision it again; a change to the role itself would be undone.
manual-service-role = { $target } is a service-linked role: AWS alone defines what it may do.
manual-disagrees = AWS's own message blames another policy than Locksmith does, so nothing is changed on Locksmith's word alone. Compare the diagnosis with the message.
manual-administrative = The action changes who may do what, or destroys what protects data. Locksmith never grants that because somebody was denied it. If it is wanted, its owner has to grant it by hand in { $holder }.
manual-unnamed-objects = The event does not name the objects. S3 logs an event for each of them besides (DeleteObject): plan from those, or ask for one object.
manual-useless-key = Nothing is granted on key { $target }, because it cannot serve the call. Once another key takes its place, plan again.
manual-unnamed-resource = What the action would have to be allowed on is not known by its ARN. Allow it by hand in { $holder }.
manual-too-large = With another statement the document of { $target } would be larger than AWS takes. Remove or join statements that are not needed, then plan again.
manual-wildcard = The name holds a wildcard, and a policy of the old Version 2008-10-17 cannot write it literally. Set the Version of the document of { $target } to 2012-10-17, after checking that no other statement holds a policy variable, and plan again.
manual-not-latin-1 = The name holds characters that AWS does not take in policies of IAM and KMS. Plan again for the folder or the whole bucket, so that the name is not needed.
manual-unreadable = The document of { $target } could not be read, so nothing is added to it. Repair it, or give Locksmith the right to read it, and plan again.
manual-no-grant = A grant would need the exact encryption context. Allow the action in the policy of key { $target }.
manual-unproved = A change was found, but it could not be proved to do what it should and nothing else, so it is not offered. The owner of { $target } has to look at it.
manual-key-at-home = The action works on keys of the caller's own account alone. Make the call as a role of the account of key { $target }.
manual-caller-unsigned = The call was not signed; Locksmith opens nothing to everybody. If the access is wanted, its owner has to allow it by hand in { $holder }.
manual-caller-service = An AWS service made the call: a statement for it needs aws:SourceArn or aws:SourceAccount of what it works for, or anybody's resource could use it. Allow it by hand in { $holder }, if it is wanted.
manual-caller-root = The root user made the call; it can be named only together with its whole account. Allow it by hand in { $holder }, if it is wanted.
manual-caller-unknown = Which role or user made the call is not known, so no statement can name it alone. Allow it by hand in { $holder }, if it is wanted.
