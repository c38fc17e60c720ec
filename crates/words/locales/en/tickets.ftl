# What stands in tickets.

ticket-title = { $principal } was denied { $operation } on { $resource }
ticket-title-early = { $principal } was denied access to { $resource }: { $class }
ticket-state = { $state }. { $sentence }
ticket-report = The whole report
ticket-shortened = This text was shortened to what fits here. The report holds all of it.
ticket-more = { $count ->
        [one] one more
       *[other] { $count } more
    }

## Labels of facts.

ticket-incident = Incident
ticket-principal-account = Account of the caller
ticket-resource-account = Account of the resource
ticket-operation = Operation
ticket-prefix = Folder
ticket-key = KMS key
ticket-denials = Denials
ticket-openings = Times opened
ticket-event = CloudTrail event
ticket-event-time = Time of the event
ticket-caller = Caller in the event
ticket-called-on = Called on
ticket-region = Region
ticket-error-code = Error code
ticket-aws-message = Message from AWS
ticket-verdict = Verdict

## Causes and evidence.

ticket-in-account = Account { $account }: { $text }
ticket-no-diagnosis = The causes are being looked for.
ticket-evidence = Evidence
ticket-unknowns = { $count ->
        [one] One fact could not be seen; the report names it.
       *[other] { $count } facts could not be seen; the report names them.
    }

## The plan.

ticket-changes = Proposed change
ticket-reach = Reach: { $scope }. Digest of the changes: { $digest }
ticket-expires = The changes stop having effect at { $at }.
ticket-change = { $change } { $why } Risk: { $risk }.
ticket-partly = The changes alone are not enough: something has to be done by hand as well.
ticket-by-hand = Account { $account }, { $target }: { $what }
ticket-undo = { $count ->
        [one] An owner takes the change back in chat or on the page, with “Take it back”. That means:
       *[other] An owner takes the { $count } changes back in chat or on the page, with “Take it back”, the last one first. That means:
    }
ticket-inverse = { $target }: { $inverse }

## What was done.

ticket-done = What was done
ticket-step = { $at }, { $status }: { $change }
ticket-step-planned = not begun
ticket-step-writing = being written
ticket-step-written = written and read back
ticket-step-stood = already there
ticket-step-failed = not made ({ $why })
ticket-step-undoing = being taken back
ticket-step-undone = taken back
ticket-step-kept = kept, because others rely on it
ticket-step-changed = left as it is, because others changed it ({ $why })
ticket-step-stuck = could not be taken back ({ $why })

## Approvals.

ticket-approvals = Approvals
ticket-approved = { $person } approved for account { $account } at { $at }.
ticket-broke-glass = { $person } approved by break-glass for account { $account } at { $at }. Reason: { $reason }
ticket-missing = Account { $account }: { $given } of { $quorum } approvals were given.
ticket-nobody-may = Account { $account }: nobody may approve changes there.
ticket-asked-until = Answers count until { $at }.
ticket-rejected = { $person } rejected the changes at { $at }. Reason: { $reason }
ticket-suppressed = { $person } suppressed this denial until { $until }, at { $at }. Reason: { $reason }
ticket-wants-undo = { $person } asked to take the changes back at { $at }. Reason: { $reason }

## Comments.

ticket-came-back = The denial came back. This is opening number { $count }; the latest denial was at { $at }.
