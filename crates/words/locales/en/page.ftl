# The page of `locksmith serve`.

## What stands around every page.

page-skip = Skip to the content
page-navigation = Main
page-incidents = Incidents
page-language = Language
page-you-are = You are { $person }.
page-act-as = Act as
page-log-out = Log out
page-place-folder = The accounts are files in { $folder }: what is approved is changed there and nowhere else.
page-place-demo = Demonstration: both accounts are files in { $folder }. Two owners have to approve, and you may act as either.

## Pages that say one thing.

page-to-incidents = Go to the incidents
page-welcome = You are logged in.
    .title = Welcome
page-log-in = Open the link that Locksmith printed in its terminal. It works once; if the last one was used, a new one has just been printed there. If you came here from another site and are logged in already, continue below.
    .title = Log in
page-nobody = Your login does not name anybody in Locksmith's configuration. Ask whoever runs Locksmith.
    .title = Not known here
page-left = You are logged out.
    .title = Goodbye
page-stale = The form belongs to a session that ended, or to another one. Nothing was done. Open the incident again and retry.
    .title = Old form
page-not-found = There is no such page, or the incident is no longer kept.
    .title = Not found
page-failed = The store could not be read or written just now. Nothing that you saw confirmed is lost. Try again.
    .title = Try again

## Lists.

page-state = State
page-every-state = Every state
page-show = Show
page-none = No denial has been seen yet.
page-none-of = No incident is in this state.
page-all-of = All: { $state }
page-list-title = Incidents: { $state }
page-pages = Pages of the list
page-first = First page
page-next = Next page
page-what = Who, and on what
page-why = Why
page-count = Denials
page-last-seen = Last seen

## An incident: what was denied, and why.

page-headline = { $who } was denied { $operation } on { $what }
page-headline-early = { $who } was denied a call on { $what }
page-caller = Caller
page-resource = Resource
page-denials = Denials
page-denials-since = { $count ->
        [one] One, at
       *[other] { $count }, the first at
    }
page-lately = the latest at
page-why-denied = Why it was denied
page-not-diagnosed = The policies of the accounts are being read.
page-no-causes = No policy that could be read blocks the call.
page-fix-automatic = Locksmith can propose a change
page-fix-manual = People have to decide
page-fix-none = Nothing to change
page-expected = expected
page-found = found
page-unknowns = { $count ->
        [one] One fact that could not be seen
       *[other] { $count } facts that could not be seen
    }

## What is proposed.

page-change = The proposed change
page-change-part = A part of what is needed
page-change-made = The change that was made
page-change-undone = The change that was taken back
page-by-hand = To be done by hand
page-other-ways = Other ways
page-scope = Reach
page-ends = Ends
page-risk = Risk
page-difference = What changes in the document
page-digest = Digest of exactly these changes:

## What owners are asked.

page-decision = Your decision
page-now = Now
page-asked-until = Answers count until
page-approvals-missing = { $given } of { $quorum } approved
page-approvals-given = approved
page-approved-at = approved at
page-not-yet = not yet
page-approve = Approve this change
page-approve-binds = Approves exactly the change shown here, for each account that you own. It is made once all owners agreed.
page-approve-way = Approve this way instead
page-reject = Reject …
page-reject-now = Reject the change
page-suppress = Suppress: this denial is right …
page-suppress-means = Nothing is changed, and nobody is asked again until this day has passed.
page-suppress-now = Suppress the denial
page-until = until
page-rescope = Another reach …
page-rescope-now = Plan again
page-break-glass = Break-glass: approve alone …
page-break-glass-means = The change is made without waiting for the owners. Everybody is told, with your reason.
page-break-glass-now = Approve by break-glass
page-reason = Reason
page-not-yours = { $person } owns none of these accounts: their owners decide.
page-form-approve = Approve
page-form-way = Approve another way
page-form-reject = Reject
page-form-suppress = Suppress the denial
page-form-rescope = Another reach
page-form-break-glass = Approve by break-glass

## What can be done beside deciding.

page-since = Since
page-look-again = Checked again at
page-reload = Reload the page
page-call-again = Try the call again
page-call-again-means = Makes the denied call once more. The policies in the files decide, as AWS would.
page-undo = Take the change back …
page-undo-now = Take it back

## The answer, and the path of the call.

page-matrix = Every permission, every policy
page-permission = Needed
page-answer = Answer
page-path = The path of the call

## What happened.

page-history = What happened
page-incident = Incident
page-first-seen = First denial
page-opened = Incident opened
page-seen = { $count ->
        [one] Latest denial
       *[other] Latest of { $count } denials
    }
page-openings = { $count ->
        [one] Opened once
       *[other] Opened { $count } times in all
    }
page-gave-approval = { $person } approved
page-gave-approval-for = { $person } approved for account { $account }
page-broke-glass = { $person } approved by break-glass
page-did-rescope = { $person } asked for another reach: { $scope }
page-did-reject = { $person } rejected the change
page-did-suppress = { $person } suppressed the denial
page-did-undo = { $person } asked to take the change back
page-step-planned = Planned:
page-step-writing = Being written:
page-step-written = Made:
page-step-stood = Already there:
page-step-failed = Not made:
page-step-undoing = Being taken back:
page-step-undone = Taken back:
page-step-kept = Kept, because others rely on it:
page-step-changed-by-others = Left, because others changed it:
page-step-stuck = Could not be taken back:

## What was done just now.

page-done-counted = Your approval counts. Others are still missing.
page-done-approved = All owners agreed, and the change is being made. The result is shown below.
page-done-rejected = You rejected the change. Nothing was changed.
page-done-suppressed = The denial is suppressed: the call stays denied, and nobody is asked again until then.
page-done-rescoped = The change is being planned again.
page-done-before = This was decided before; nothing was done twice.
page-done-undone = The change was taken back.
page-done-underway = It is being worked on right now. Reload in a moment.
page-done-looked = The state stays the same. What is in the accounts now is shown below.
page-done-succeeded = The call was made again, and it succeeded.
page-done-denied = The call was made again, and it was denied.
page-done-unknown = Whether the call succeeds cannot be told: facts are missing that decide.

## Why something was not done.

page-refused-form = The form could not be read. Nothing was done: look at the incident as it is now, and decide again.
page-refused-gone = The incident is no longer kept.
page-refused-off = Nothing is approved here: approval.enabled is not true in the configuration.
page-refused-other-plan = The plan changed since you saw it. Nothing was done: look at it as it is now, and decide again.
page-refused-other-question = This was asked again since you saw it. Nothing was done: look at it as it is now, and decide again.
page-refused-same-scope = It is planned for this reach already.
page-refused-wrong-state = The incident is now in the state “{ $state }”: nothing is being asked.
page-refused-too-late = It is too late: the change has to be planned again, and the owners asked again.
page-refused-untouched = Nothing is changed in account { $account }.
page-refused-other-way = { $person } approved another way. Approve that one, or reject the change.
page-refused-not-entitled = You may not approve changes in account { $account }: its owners decide.
page-refused-benefits = You act as { $principal }, which gets access by the change. Nobody may approve a change that gives access to themselves: ask another owner.
page-refused-incomplete = A reason is needed, and a day that has not passed.
page-refused-undo = Only an owner of an account in which the change was made may take it back.
