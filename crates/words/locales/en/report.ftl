# What a report shows besides causes and changes: what could not be seen, and the way of a call through the
# policies as a picture.

## What could not be seen, behind the name of a layer or alone. In English the engine says it itself.

unknown-unread = could not be read: { $why }
unknown-session-policy = a session policy is not part of the event; if the session was made with one, it may deny or not allow the call
unknown-block-public-access = whether Block Public Access restricts this bucket could not be read
unknown-condition-key = the event does not tell { $key }
unknown-statement = whether statement { $index } of { $policy } applies to the call is not known
unknown-object-owner = who owns the object, or whom its access control list allows, could not be read
unknown-listing = the object is not there, and whether the caller may list the bucket is not known
unknown-requester-pays = whether the bucket lets its requesters pay, and whether the request agrees to that, could not be read
unknown-encryption-types = which kinds of encryption the bucket refuses could not be read
unknown-access-control-lists = whether the bucket takes access control lists could not be read
unknown-key-manager = whether AWS manages the key could not be read
unknown-key-state = the key's state could not be read
unknown-aws-s3-key = the caller's account has no aws/s3 key yet; S3 makes it with the first use
unknown-permission = which permission the call needs is not known

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
