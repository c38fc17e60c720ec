# Remarks on the state of an incident, and why something could not be changed or taken back. They begin
# small and end without a stop: they stand behind a label, or within a sentence.

## What stands between two remarks that are one.

remark-separator = {" – "}

## Why nothing is planned, asked or told.

remark-facts-missing = facts are missing that decide: nothing is planned
remark-approvals-off = a plan is there; approval.enabled is not true
remark-nobody-owns = a plan is there; approval.owners names nobody for { $account }
remark-passed-over = the configuration passes over this principal
remark-suppressed = { $reason } (until { $until })

## What people said: a reason in their own words, and who gave it.

remark-said = { $reason } ({ $person })
remark-said-until = { $reason } ({ $person }, until { $until })
remark-rescoped = planned again with another reach: { $scope } ({ $person })

## What the clock ended.

remark-unanswered = nobody answered in time
remark-not-made-in-time = it was approved, and not applied in time
remark-over = its time is over

## Why what was approved is not made.

remark-no-plan = there is no plan beside the incident
remark-turned-off = nothing is changed: approval.enabled is not true any more
remark-not-approved = nobody approved anything
remark-other-plan = the plan is another one than was approved
remark-approved-too-long-ago = it was approved too long ago
remark-not-trusted = account { $account } is not among accounts.trusted
remark-other-changes = the changes are not those that were approved; plan again
remark-statements = `{ $target }`: the statements to add are not what tells the documents before and after apart; plan again

## What state an account is in after changes were taken back.

# What stands between several things that are left, or several objections.
left-separator = {"; "}
remark-account = account { $account }: { $what }
remark-account-as-it-was = account { $account }: as it was
left-stands = { $kind } on `{ $target }` is in place
left-open = { $kind } on `{ $target }` may be in place or not
left-changed = { $kind } on `{ $target }` was left, because others changed it: { $how }
left-stuck = { $kind } on `{ $target }` could not be taken back: { $why }

## Whether a change helped.

remark-denied-again = denied again at { $at }, although the change is in place
remark-public = the change is in place, but it may let everybody in: { $objections }
remark-still-denied = the change is in place, but the call is still denied
remark-still-denied-because = the change is in place, but the call is still denied: { $cause }
remark-not-verified = not verified: { $why }
remark-not-verified-facts = not verified: facts are missing
remark-unverified = unverified: every policy allows the call, and no later success was seen
remark-unverified-success = unverified: the call succeeded at { $at }
remark-unverified-unseen = unverified: { $why }
remark-succeeded = the call succeeded at { $at }

## What AWS's own advisers say against a change. What they object to is a name, such as a permission; why
## is in their own words.

remark-objects = { $adviser } objects to { $about }: { $why }
adviser-policy-validation = IAM Access Analyzer's policy validation
adviser-public-access = IAM Access Analyzer's check for public access
adviser-simulator = IAM's policy simulator

## Why a change could not be made, or not be taken back. `kind` is the name of an operation, such as
## put_bucket_policy.

why-at = { $kind } on `{ $target }` in { $account }: { $why }
why-changed-since-planned = it changed since it was planned: { $how }; plan again
why-changed-meanwhile = it changed while it was about to be written: { $how }; plan again
why-not-there = what was written is not there: { $how }
why-still-there = it was taken out, and is still there
why-not-read-back = it could not be read back: { $why }
why-keeps-changing = others keep changing it; try again later
why-held = another work holds `{ $resource }`; try again later
why-lock-lost = the lock of `{ $resource }` ran out, and another work has taken it
why-other-outcome = with the statements added it would not become what was planned
why-left = not everything could be taken back

## What others changed in a document: `how` above. Several stand one after the other.

difference-separator = {"; "}
difference-more = { $count ->
        [one] and one more difference
       *[other] and { $count } more differences
    }
difference-deleted = it was deleted
difference-made = it was made, and there was none before
difference-nothing = there is none
difference-rewritten = it was rewritten
difference-member-added = `{ $name }` was added
difference-member-removed = `{ $name }` was removed
difference-member-changed = `{ $name }` was changed
difference-statement-added = statement `{ $sid }` was added
difference-statement-removed = statement `{ $sid }` was removed
difference-statement-changed = statement `{ $sid }` was changed
difference-statement-altered = statement `{ $sid }` is not as it was written
difference-unnamed-added = `Statement[{ $index }]`, which has no `Sid`, was added
difference-unnamed-removed = `Statement[{ $index }]`, which has no `Sid`, was removed
difference-missing = `{ $names }` is not there as it was written
