# What people read and answer in chat. Titles and buttons of dialogs have 24 letters at most, buttons
# of messages 75.

## The message.

chat-headline = { $operation } denied on { $resource }
chat-headline-early = Denied on { $resource }: { $class }
chat-fallback = { $headline }. { $state }.
chat-in-account = in account { $account }
chat-for-account = for account { $account }
chat-by-break-glass = by break-glass: { $reason }
chat-more-causes = { $count ->
        [one] One more cause is in the report.
       *[other] { $count } more causes are in the report.
    }
chat-cut = The text is cut here. All of it is in the report and in the ticket.
chat-label-remark = Remark
chat-label-change = Proposed change
chat-label-ends = The changes end at
chat-label-digest = Digest
chat-label-done = What was done
chat-label-layers = What each policy layer says
chat-label-aws = What AWS says
chat-label-unknown = What could not be seen
chat-label-approved = Approved by
chat-label-missing = Still missing
chat-label-answer-until = Answers count until
chat-label-until = Until
chat-ended-rejected = Rejected by
chat-ended-suppressed = Suppressed by
chat-ended-undo = Take-back requested by
chat-missing = account { $account }: { $given } of { $quorum } approved
chat-missing-nobody = account { $account }: the configuration names no owner
chat-link-ticket = Ticket { $name }
chat-link-report = Report
chat-incident = Incident { $id }

## What became of a change.

chat-step-planned = Nothing written yet.
chat-step-writing = Being written.
chat-step-written = Made.
chat-step-stood = It was there before.
chat-step-failed = Could not be made:
chat-step-undoing = Being taken back.
chat-step-undone = Taken back.
chat-step-kept = Left, because others rely on it.
chat-step-changed-by-others = Left, because others changed it:
chat-step-stuck = Could not be taken back:

## Buttons.

chat-button-approve = Approve
chat-button-reject = Reject
chat-button-suppress = Suppress: this denial is right
chat-button-narrower = Narrower: { $scope }
chat-button-wider = Wider: { $scope }
chat-button-details = Show everything
chat-button-break-glass = Approve by break-glass
chat-button-undo = Take it back
chat-button-decide = Look at it and decide
chat-confirm-approve-title = Approve these changes?
chat-confirm-approve-text = You agree to exactly the changes that are shown here, in the accounts that you own. They are made once all owners agreed.
chat-confirm-approve-yes = Approve
chat-confirm-no = Cancel
chat-confirm-scope-title = Plan again?
chat-confirm-scope-text = The changes are planned again for this reach: { $scope }. Approvals given so far no longer count.
chat-confirm-scope-yes = Plan again

## Dialogs.

chat-dialog-reject-title = Reject the changes
chat-dialog-reject-submit = Reject
chat-dialog-reject-text = Nothing is changed, and the call stays denied.
chat-dialog-suppress-title = Suppress the denial
chat-dialog-suppress-submit = Suppress
chat-dialog-suppress-text = The denial is right: nothing is changed, and until the day that you choose nobody is told of it again.
chat-dialog-break-glass-title = Break-glass
chat-dialog-break-glass-submit = Approve now
chat-dialog-break-glass-text = The changes are made at once, in every account, without waiting for the owners. Everybody is told that it was you, and why.
chat-dialog-undo-title = Take the changes back
chat-dialog-undo-submit = Take back
chat-dialog-undo-text = What was changed is taken out again, and the call may be denied as before. What other incidents rely on is kept, and so is what others changed since.
chat-dialog-details-title = Everything
chat-dialog-told-title = Locksmith
chat-dialog-cancel = Cancel
chat-dialog-close = Close
chat-dialog-reason = Reason
chat-dialog-reason-hint = It is kept with the decision, and the others see it.
chat-dialog-until = Until the end of this day
chat-dialog-until-hint = The day ends by UTC.
chat-break-glass-note = In an emergency the changes can be approved for every account at once. Everybody is told.

## What a decision came to.

chat-decided-counted = Your approval counts. Still missing: { $missing }.
chat-decided-now = Your decision counts. The incident is now: { $state }.
chat-decided-before = This was decided before, and nothing changed now. The incident is now: { $state }.
chat-failed-store = Your decision could not be recorded just now. Please try again in a moment.
chat-failed-announce = Your decision is recorded, and takes effect a little later. You need not do anything.
chat-failed-late = It is not certain that your decision was recorded: it took too long. Look at the message in a moment, and click again if nothing changed.
chat-failed-groups = The chat did not say in time to which groups you belong. Please click again.
chat-failed-dialog = The dialog could not be opened. Please click again.
chat-refused-gone = This incident no longer exists.
chat-refused-off = Nothing is approved here: approvals are turned off in the configuration.
chat-refused-other-plan = The plan has changed. Look at the message as it is now, and decide again.
chat-refused-other-question = This is no longer asked, or was asked again. Look at the message as it is now, and decide again.
chat-refused-same-scope = It is planned like this already: { $scope }.
chat-refused-wrong-state = Nothing is being asked. The incident is now: { $state }.
chat-refused-too-late = It is too late to approve. The changes have to be planned again, and the owners asked again.
chat-refused-untouched = Nothing would be changed in account { $account }.
chat-refused-other-way = { $person } approved another way. Approve that one, or reject the plan.
chat-refused-not-entitled = { $person } may not decide for account { $account }. Ask its owners.
chat-refused-benefits = { $person } acts as { $principal }, which gets access by these changes. Nobody may approve changes that give access to themselves: ask another owner.
chat-refused-other-changes = { $person } approved other changes than these.
chat-refused-stale = { $person } approved at { $at }, which is too long ago.
chat-refused-incomplete = A reason is needed, and to suppress a denial also a day that has not passed.
chat-refused-unknown = The configuration names nobody with your id ({ $user }). Ask whoever runs Locksmith to add you.
chat-refused-elsewhere = You belong to another workspace ({ $user }). Only members of this one decide here.

## Words to those who were asked.

chat-notice-reminder = { $number ->
        [1] Your answer is missing. Please look at the proposed change.
       *[other] Your answer is still missing (reminder { $number }). Please look at the proposed change.
    }
chat-notice-escalation = The owners have not answered for a long time. Please see to it that somebody does.
chat-notice-break-glass = { $person } approved changes by break-glass, without waiting for the owners. Reason: { $reason }

## Pages behind links.

chat-page-title = Locksmith
chat-page-as = You decide as { $person }.
chat-link-over = This link has expired. Look for a newer message.
chat-link-wrong = This link is incomplete. Copy all of it from the message, and open it again.
