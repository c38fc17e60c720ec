# What a report shows besides causes and changes: what could not be seen, and the way of a call through the
# policies as a picture.

## What could not be seen, behind the name of a layer or alone. In English the engine says it itself.

unknown-unread = could not be read: { $why }
unknown-not-in-evidence = { $what } is not among what was read
unknown-not-read-by-design = the policies of this service's resources are not read
unknown-callers-account = whose account the caller belongs to is not known
unknown-management-account = which account manages the organization could not be read
# What follows is one of the others; `why` is technical detail in English.
unknown-because = { $what }: { $why }
unknown-session-policy = a session policy is not part of the event; if the session was made with one, it may deny or not allow the call
unknown-block-public-access = whether Block Public Access restricts this bucket could not be read
unknown-condition-key = the event does not tell { $key }
unknown-federated-session = a federated session has no permissions without a session policy, which is not part of the event
unknown-statement = whether statement { $index } of { $policy } applies to the call is not known
unknown-statement-unnamed = whether statement { $index } applies to the call is not known
unknown-grant = whether grant { $policy } applies to the call is not known
unknown-object-owner = who owns the object, or whom its access control list allows, could not be read
unknown-listing = the object is not there, and whether the caller may list the bucket is not known
unknown-requester-pays = whether the bucket lets its requesters pay could not be read
unknown-requester-consent = the bucket lets its requesters pay, and whether the request agrees to that is not known
unknown-encryption-types = which kinds of encryption the bucket refuses could not be read
unknown-access-control-lists = whether the bucket takes access control lists could not be read
unknown-key-manager = whether AWS manages the key could not be read
unknown-key-state = the key's state could not be read
unknown-aws-s3-key = the caller's account has no aws/s3 key yet; S3 makes it with the first use
unknown-permission = which permission the call needs is not known

## What AWS's message says, and whether the diagnosis agrees. `blames` is one of the first three.

aws-blames-explicit = AWS blames an explicit deny in the { $layer }
aws-blames-implicit = AWS finds no allow in the { $layer }
aws-blames = AWS blames the { $layer }
aws-agrees = { $blames }; so does this diagnosis.
aws-unseen = { $blames }; that could not be seen here.
aws-disagrees = { $blames }; this diagnosis does not. Look twice before changing anything.
aws-silent = It does not say which policy decided.
aws-does-not-fit = It does not fit this diagnosis. Look twice before changing anything.

## Whether the caller's account trusts the key. `key-trust` is the label.

key-trust = Key trust
key-trust-own-account = the key belongs to the caller's own account
key-trust-explicitly-permitted = a policy or grant of the caller's account names the key, so that account trusts it
key-trust-not-established = no policy or grant of the caller's account names the key; nothing there says that it is to be trusted

## Who can do what is left to people. In English the plan says it itself.

owner-account = the owners of { $account }
owner-resource = whoever owns the resource
owner-organization = the administrators of the organization
owner-session = whoever makes the session
owner-boundary = whoever sets permissions boundaries in { $account }
owner-endpoint = the owners of the VPC endpoint
owner-identity-center = the administrators of IAM Identity Center
owner-caller = whoever makes the call
owner-nobody = nobody yet

## The picture: a line from the caller through the layers to the resource. Names below its points have room
## for about sixteen letters, or eight of Chinese, Japanese or Korean, in one line; two lines are possible
## where a space is.

path-caller = caller
path-key = key
path-object = object
path-bucket = bucket
path-role = role
path-resource = resource
path-key-unknown = key not known
path-side-caller = caller's account
path-side-organization = organization
path-side-endpoint = network
path-side-resource = resource's account

# What a layer says, and what that does.
path-allow = allow
path-no-allow = no allow
path-deny = DENY
path-blocks = blocks

# What is wrong with the resource itself, below its name.
path-at-key-disabled = disabled
path-at-key-pending-deletion = pending deletion
path-at-key-unavailable = unavailable
path-at-key-not-found = not found
path-at-key-wrong-region = wrong Region
path-at-alias-in-callers-account = alias
path-at-aws-managed-key-cross-account = AWS managed
path-at-object-missing = missing
path-at-requester-pays-header-missing = requester pays
path-at-sse-c-blocked = SSE-C blocked

# What the symbols mean.
path-legend-pass = allows
path-legend-stop = does not allow, and blocks
path-legend-deny = denies explicitly
path-legend-open = could not be seen
path-legend-silent = does not allow, and need not
