//! The longer texts of `--help`.

/// The program in a line.
pub(crate) const ABOUT: &str =
    "Why was this call to S3 or KMS denied, and what would have to change?";

/// What the program is for.
pub(crate) const LONG_ABOUT: &str = "\
Why was this call to S3 or KMS denied, and what would have to change?

A call that crosses accounts passes up to a dozen policies: those of the caller, of the \
organization, of the bucket and of its KMS key. Locksmith takes the CloudTrail record of the \
denied call and what you may read of the accounts, evaluates every policy for every permission \
that the call needs, and names all that blocks it: the statement, its owner, and what it \
expected. What it cannot see it reports as unknown; it never guesses.

`locksmith plan` makes the smallest change after which the call succeeds, with the proof that \
nothing else opens. It reads files, or the accounts themselves where you ask for that (`collect`, \
`--live`). Only `apply`, `undo` and `serve` change anything, and each asks first.";

/// Worked examples; the exit statuses that all commands share follow.
pub(crate) const EXAMPLES: &str = r#"Examples:
  Explain a denied call by its CloudTrail record:
    locksmith explain \
      --event examples/03-no-key-policy-statement/event.json \
      --evidence examples/03-no-key-policy-statement/evidence

  Ask before anybody calls, and hand the answer to another program:
    locksmith explain --format json \
      --principal arn:aws:iam::222222222222:role/data/ReportReader \
      --action s3:GetObject \
      --resource arn:aws:s3:::reports/2026/q3.parquet \
      --context aws:SecureTransport=true \
      --evidence examples/01-cross-account-read-works/evidence

  Plan the change that would let it through:
    locksmith plan \
      --event examples/03-no-key-policy-statement/event.json \
      --evidence examples/03-no-key-policy-statement/evidence

  Decide a request by policies that you write yourself:
    printf %s '{"request": {"principal": "*", "action": "s3:GetObject",' \
      '"resource": "arn:aws:s3:::reports/a"}, "policies": {"resource": {' \
      '"Version": "2012-10-17", "Statement": [{"Effect": "Allow",' \
      '"Principal": "*", "Action": "s3:*", "Resource": "*"}]}}}' |
      locksmith simulate

  Read what a denied call needs from the accounts, and explain it:
    locksmith explain --event event.json \
      --live --accounts 111111111111,222222222222

"#;

/// What `explain` does.
pub(crate) const EXPLAIN_LONG: &str = "\
Explains why a call was denied, or whether it would be.

Give either the record of a call (--event) or the call itself (--principal, --action, \
--resource). Of a file with several records each denied one is answered.";

/// Worked examples of `explain`; its exit statuses follow.
pub(crate) const EXPLAIN_EXAMPLES: &str = r#"Examples:
  A denied call:
    locksmith explain \
      --event examples/17-explicit-deny/event.json \
      --evidence examples/17-explicit-deny/evidence

  A page to show to others, with the way of the call as a picture:
    locksmith explain --format html \
      --event examples/20-vpc-endpoint-policy-in-the-way/event.json \
      --evidence examples/20-vpc-endpoint-policy-in-the-way/evidence \
      > denied.html

  All denied calls in a file that CloudTrail delivered, an answer a line:
    locksmith explain --event trail.json.gz --evidence evidence --format json

Evidence is a folder with a file for each account (111111111111.json) and, where
there is an organization, organization.json. Inside, everything looks as the AWS
CLI prints it; `locksmith schema` describes the files. What is missing is
unknown, never taken for "no".

With --live the accounts are read now, with the credentials of the AWS CLI: the
role locksmith/LocksmithRead is assumed in each of them, besides your own. An
account that --accounts does not name is never read.

Of several answers the status is the first that applies of 1, 2, 0.

"#;

/// What `plan` does.
pub(crate) const PLAN_LONG: &str = "\
Plans the smallest change after which a denied call succeeds, and proves it on the engine: denied \
now, allowed after, and nothing else opened.

A plan adds statements of its own and touches nobody else's. It adds no allow to get round a deny, \
and what it must not change (guardrails, boundaries, a deny) it leaves to people, with words for \
them. Nothing is changed here: `apply` does that, or you do with the code that --format prints.";

/// Worked examples of `plan`; its exit statuses follow.
pub(crate) const PLAN_EXAMPLES: &str = r"Examples:
  What would have to change:
    locksmith plan \
      --event examples/06-nothing-allows-it/event.json \
      --evidence examples/06-nothing-allows-it/evidence

  For the folder that the object is in, for eight hours:
    locksmith plan --scope prefix --expires 8h \
      --event examples/06-nothing-allows-it/event.json \
      --evidence examples/06-nothing-allows-it/evidence

  A script for those who make the change themselves:
    locksmith plan --format cli \
      --event examples/06-nothing-allows-it/event.json \
      --evidence examples/06-nothing-allows-it/evidence > fix.sh

  A plan to apply, from the accounts as they are now:
    locksmith plan --format json --event event.json \
      --live --accounts 111111111111,222222222222 > plan.json

Of several plans the status is the first that applies of 1, 2, 0.

";

/// What `apply` does.
pub(crate) const APPLY_LONG: &str = "\
Makes the changes of a plan in the accounts: all of them, or none.

It shows what changes and asks for the digest of the plan, which names exactly these changes. Each \
document is read again first: if somebody changed it since the plan was made, nothing is written, \
and what was written before is taken back. What is done is noted in a journal before it is done, \
from which a run that was cut off goes on, and from which `undo` takes everything back.";

/// Worked examples of `apply`; its exit statuses follow.
pub(crate) const APPLY_EXAMPLES: &str = "Examples:
  Look at the difference, and make it after being asked:
    locksmith apply --plan plan.json

  The same in a pipeline, for the plan that was looked at:
    locksmith apply --plan plan.json --yes sha256:0f1e...

  With a profile for each account, in place of the role locksmith/LocksmithWrite:
    locksmith apply --plan plan.json \\
      --profile 111111111111=prod --profile 222222222222=etl

To go another way of the plan, type the digits of its digest in place of the
plan's, or give its digest with --yes.

";

/// What `undo` does.
pub(crate) const UNDO_LONG: &str = "\
Takes back what `apply` changed, the last change first.

A document that nobody changed since becomes what it was, byte for byte. From others only our \
statements are taken out, and a statement of ours that somebody changed is left and named.";

/// Worked examples of `undo`; its exit statuses follow.
pub(crate) const UNDO_EXAMPLES: &str = "Examples:
  Take back what was applied, after being asked:
    locksmith undo --plan plan.json

";

/// What `collect` does.
pub(crate) const COLLECT_LONG: &str = "\
Reads accounts through AWS's API into a folder of evidence for `locksmith explain --evidence`.

Whole accounts are read, in the Regions that are named; with --event no more than that call needs. \
Every answer that AWS refuses stands in the files as {\"unreadable\": \"why\"}. Nothing is changed \
in the accounts, and no object's content is read. Objects are looked up only with --event.";

/// Worked examples of `collect`; its exit statuses follow.
pub(crate) const COLLECT_EXAMPLES: &str = "Examples:
  What one denied call needs, with the organization's policies:
    locksmith collect --accounts 111111111111,222222222222 \\
      --organization 999999999999 --event event.json --out evidence

  Two whole accounts, each with a profile of its own:
    locksmith collect --accounts 111111111111,222222222222 \\
      --profile 111111111111=prod --profile 222222222222=etl \\
      --regions us-west-2,eu-central-1 --out evidence

";

/// What `config check` does.
pub(crate) const CONFIG_CHECK_LONG: &str = "\
Finds what is wrong with a configuration before the functions read it, each with its line, column and \
remedy.

What is no TOML, or has a field of the wrong kind or of an unknown name, is told alone: the rest is looked \
at once that is mended. Of all else everything is told at once.

What the functions would refuse is an error. What they would take, and what is probably not meant, is a \
warning: an account that nobody owns, a suppression that is over, a room that nothing reaches. Nothing \
is asked of AWS, the chat or the ticket system, so names there are only looked at.";

/// Worked examples of `config check`; its exit statuses follow.
pub(crate) const CONFIG_CHECK_EXAMPLES: &str = "Examples:
  The sample, which explains every field:
    locksmith config check infra/locksmith.example.toml

  What the hub reads now:
    aws s3 cp \"$CONFIGURATION_OBJECT\" - | locksmith config check -

  In a pipeline, for another program:
    locksmith config check --format json locksmith.toml

";

/// What `simulate` does.
pub(crate) const SIMULATE_LONG: &str = "\
Decides requests against policies: one JSON object a line in, one answer a line out, in the same \
order.

A line that is no valid request is answered with an error and does not stop the others.";

/// Worked examples of `simulate`, and its exit statuses.
pub(crate) const SIMULATE_EXAMPLES: &str = "Examples:
  locksmith simulate < requests.ndjson > decisions.ndjson
  locksmith simulate monday.ndjson.gz tuesday.ndjson

Exit status:
  0  every line was decided
  3  some line was refused, or a file could not be read
  5  the answers could not be written
";

/// What `demo` does.
pub(crate) const DEMO_LONG: &str = "\
Puts two example accounts into a folder, lets a call be denied there, and serves a page on which you \
decide about the change that is proposed, as the owner of either account.

Nothing is read from AWS or changed there. Once both owners agreed, the change is made in the files: \
try the call again and see it succeed, take the change back and see it denied. Ctrl-C ends it.";

/// What `serve` does.
pub(crate) const SERVE_LONG: &str = "\
Runs the whole service in one process: hears of denials, explains them, asks owners on a page, makes \
what they approved, looks whether it helped, and takes it back.

The accounts are those of the configuration, or the files of a folder of evidence (--evidence), which \
are then changed in their place. Events come by `POST /events`, for which LOCKSMITH_EVENTS_KEY holds \
the key, or from a queue of SQS (--queue). What was seen and decided is kept in one file (--store).

The page listens on this machine alone, and lets in whoever opens the link that is printed at the \
start. Others reach it by a proxy that knows who they are (--proxy-header); docs/serve.md tells how.";

/// Worked examples of `serve`.
pub(crate) const SERVE_EXAMPLES: &str = r"Examples:
  On a folder of evidence, as alice:
    locksmith serve --config locksmith.toml --evidence evidence --as alice

  On real accounts, with denials from a queue:
    locksmith serve --config locksmith.toml --as alice \
      --queue https://sqs.eu-central-1.amazonaws.com/999999999999/denials

  For a team, behind a proxy that logs people in:
    locksmith serve --config locksmith.toml --proxy-header x-auth-request-user \
      --public-url https://locksmith.example.com

Exit status:
  0  it was told to stop, and ended what it had begun
  3  bad input, or the port or the store cannot be had
  4  there are no AWS credentials
";
