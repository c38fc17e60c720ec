# Incidents: their states and what people read about them. `sentence` says what a state means for the
# reader.

state-detected = Detected
    .sentence = A denial was seen; its causes are being looked for.
state-diagnosed = Diagnosed
    .sentence = The causes are known as far as they can be.
state-awaiting-approval = Awaiting approval
    .sentence = The owners were asked; nothing is changed before they agree.
state-approved = Approved
    .sentence = The owners agreed; the change is about to be made.
state-applying = Being applied
    .sentence = The change is being made.
state-applied = Applied
    .sentence = The change was made; whether it helped is still being checked.
state-verified = Verified
    .sentence = The call works again.
state-no-change-needed = No change needed
    .sentence = The denial is right, or the call is allowed by now; nothing is changed.
state-manual = By hand
    .sentence = People have to change something; Locksmith cannot do it, or may not.
state-rejected = Rejected
    .sentence = An owner rejected the change; nothing was changed.
state-expired = Expired
    .sentence = Nobody answered in time; nothing was changed. If the call is denied again later, the owners are asked again.
state-suppressed = Suppressed
    .sentence = This denial is suppressed: nobody is told of it for now.
state-failed = Failed
    .sentence = The change could not be made or did not help; somebody has to look at it.
state-rolled-back = Rolled back
    .sentence = The change was taken back; things are as they were before.

## What kind of call was denied, within a sentence or as a label.

class-read = reading objects
class-write = writing objects
class-delete = deleting objects
class-list = listing
class-configure = reading or changing settings
class-assume = assuming a role
class-decrypt = decrypting
class-encrypt = encrypting

## Labels.

label-state = State
label-causes = Causes
label-principal = Caller
label-resource = Resource
label-account = Account
label-denials = { $count ->
        [one] One denial
       *[other] { $count } denials
    }
label-first-seen = First seen
label-last-seen = Last seen
label-risk = Risk
label-scope = Reach
label-proof = Proof
label-undo = How to take it back
label-alternatives = Other ways
label-manual = By hand
label-confidence = Confidence
# A label before what it is about, with the mark and the space that the language puts there.
label-before = { $label }:{" "}
