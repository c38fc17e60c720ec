//! What a month of Locksmith costs at AWS's list prices: prints `docs/cost.md`'s table.
//!
//! `cargo run -p locksmith-wire-tests --example cost`. What is measured comes from
//! `docs/benchmarks.md`; what is assumed stands in `docs/cost.md`, with AWS's price pages.

/// Measured: `docs/benchmarks.md`, and `tests/store` for sizes.
mod measured {
    /// Seconds of one core that `detect` takes for an event.
    pub(crate) const DETECT_CORE_SECONDS_PER_EVENT: f64 = 1.0 / 31_646.0;
    /// Seconds from an incident to its stored diagnosis in a new container, 50 ms for each call.
    pub(crate) const DIAGNOSE_SECONDS: f64 = 1.09;
    /// Calls of a diagnosis to S3 and to KMS; those to IAM, STS, EC2 and Organizations cost nothing.
    pub(crate) const S3_CALLS: f64 = 13.0;
    pub(crate) const KMS_CALLS: f64 = 5.0;
    /// Kilobytes of an incident that remembers its last 128 events, and of a compressed diagnosis.
    pub(crate) const INCIDENT_KB: f64 = 2.8;
    pub(crate) const DIAGNOSIS_KB: f64 = 2.0;
}

/// Assumed.
mod assumed {
    /// Kilobytes of log for an invocation: Lambda's own lines, ours, the line of metrics.
    pub(crate) const LOG_KB: f64 = 1.5;
    /// Seconds that `detect` waits in a batch: three calls one after another to the table.
    pub(crate) const DETECT_WAITS: f64 = 0.030;
    /// The caller's copy, the owner's copy, and KMS's event.
    pub(crate) const EVENTS_PER_DENIAL: f64 = 3.0;
    /// Changes that are approved, for each incident: a bucket's policy and a key's policy.
    pub(crate) const CHANGES: f64 = 0.5;
    /// Calls to S3 and to KMS for them: twice read, written, read back.
    pub(crate) const CALLS_OF_A_CHANGE: f64 = 4.0;
    /// Writes of the journal: when it is begun and ended, and two for each document.
    pub(crate) const JOURNAL_WRITES: f64 = 6.0;
    /// Kilobytes of a journal, compressed: two documents, before and after.
    pub(crate) const JOURNAL_KB: f64 = 4.0;
    /// Writes of a kilobyte to locks and fixes: taken, held, given back; pending, active.
    pub(crate) const LEDGER_WRITES: f64 = 10.0;
    /// Seconds that `apply` works and waits for a change to show.
    pub(crate) const APPLY_SECONDS: f64 = 30.0;
    /// How often the accounts are read afterwards, and how often CloudTrail, which costs nothing.
    pub(crate) const LOOKS: f64 = 3.0;
    /// Seconds of a sweep, and its lists of the index and of fixes.
    pub(crate) const SWEEP_SECONDS: f64 = 0.2;
    pub(crate) const SWEEP_LISTS: f64 = 6.0;
}

/// As `infra/template.yaml` sets them up by default.
mod deployed {
    pub(crate) const DETECT_MB: f64 = 512.0;
    pub(crate) const DIAGNOSE_MB: f64 = 512.0;
    pub(crate) const APPLY_MB: f64 = 512.0;
    pub(crate) const SWEEP_MB: f64 = 512.0;
    /// Every five minutes, and the reconciliation once.
    pub(crate) const SWEEPS_A_DAY: f64 = 12.0 * 24.0 + 1.0;
    /// Queues that are polled where changes are made; apply's is not where none are.
    pub(crate) const QUEUES: f64 = 3.0;
    /// A whole core comes with this much memory.
    /// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html>
    pub(crate) const CORE_MB: f64 = 1769.0;
    pub(crate) const BATCH: f64 = 2000.0;
    pub(crate) const WINDOW_SECONDS: f64 = 5.0;
    pub(crate) const POLLERS: f64 = 5.0;
    pub(crate) const ALARMS: f64 = 18.0;
    pub(crate) const METRICS: f64 = 27.0;
}

/// List prices in US East (N. Virginia), in dollars.
mod price {
    pub(crate) const LAMBDA_GB_SECOND_ARM: f64 = 0.000_013_333_4;
    pub(crate) const LAMBDA_REQUEST: f64 = 0.20e-6;
    pub(crate) const SQS_REQUEST: f64 = 0.40e-6;
    pub(crate) const EVENT: f64 = 1.00e-6;
    pub(crate) const SCHEDULE: f64 = 1.00e-6;
    pub(crate) const WRITE_UNIT: f64 = 0.625e-6;
    pub(crate) const READ_UNIT: f64 = 0.125e-6;
    pub(crate) const TABLE_GB_MONTH: f64 = 0.25 + 0.20;
    pub(crate) const S3_REQUEST: f64 = 0.40e-6;
    pub(crate) const KMS_REQUEST: f64 = 0.03e-4;
    pub(crate) const LOG_GB: f64 = 0.50;
    pub(crate) const TRACE: f64 = 5.00e-6;
    pub(crate) const METRIC_MONTH: f64 = 0.30;
    pub(crate) const ALARM_MONTH: f64 = 0.10;
    pub(crate) const DASHBOARD_MONTH: f64 = 3.00;
    pub(crate) const KEY_MONTH: f64 = 1.00;
    pub(crate) const SECRET_MONTH: f64 = 0.40;
}

const DAYS: f64 = 30.0;
const SECONDS_A_DAY: f64 = 86_400.0;

/// What is assumed of the company.
struct Load {
    name: &'static str,
    denials_a_day: f64,
    /// Incidents that are opened or reopened a day.
    incidents_a_day: f64,
    /// Different incidents in one batch.
    incidents_a_batch: f64,
}

const LOADS: [Load; 4] = [
    Load { name: "idle", denials_a_day: 0.0, incidents_a_day: 0.0, incidents_a_batch: 0.0 },
    Load { name: "1,000", denials_a_day: 1e3, incidents_a_day: 20.0, incidents_a_batch: 1.0 },
    Load { name: "100,000", denials_a_day: 1e5, incidents_a_day: 200.0, incidents_a_batch: 2.0 },
    Load {
        name: "10,000,000",
        denials_a_day: 1e7,
        incidents_a_day: 2000.0,
        incidents_a_batch: 20.0,
    },
];

/// The lines of a month's bill.
fn bill(load: &Load) -> Vec<(&'static str, f64)> {
    let events = load.denials_a_day * assumed::EVENTS_PER_DENIAL * DAYS;
    // A batch closes when its window ends or when it is full, for each of the pollers.
    let windows = SECONDS_A_DAY / deployed::WINDOW_SECONDS * deployed::POLLERS * DAYS;
    let batches = events.min(windows).max(events / deployed::BATCH);
    let diagnoses = load.incidents_a_day * DAYS;
    let changes = diagnoses * assumed::CHANGES;
    let looks = changes * assumed::LOOKS;
    let sweeps = deployed::SWEEPS_A_DAY * DAYS;

    let share = |mb: f64| mb / deployed::CORE_MB;
    let detect_seconds = events * measured::DETECT_CORE_SECONDS_PER_EVENT
        / share(deployed::DETECT_MB)
        + batches * assumed::DETECT_WAITS;
    let gb_seconds = detect_seconds * deployed::DETECT_MB / 1024.0
        + diagnoses * measured::DIAGNOSE_SECONDS * deployed::DIAGNOSE_MB / 1024.0
        + changes * assumed::APPLY_SECONDS * deployed::APPLY_MB / 1024.0
        + (sweeps * assumed::SWEEP_SECONDS + looks * measured::DIAGNOSE_SECONDS)
            * deployed::SWEEP_MB
            / 1024.0;
    let invocations = batches + diagnoses + changes + sweeps;
    let lambda = gb_seconds * price::LAMBDA_GB_SECOND_ARM + invocations * price::LAMBDA_REQUEST;

    // EventBridge sends each event; pollers receive and delete ten at a time, or what there is, and
    // ask every 20 seconds when there is nothing, on each queue.
    let idle_polls = deployed::QUEUES * deployed::POLLERS * SECONDS_A_DAY / 20.0 * DAYS;
    let sqs = events + 2.0 * batches.max(events / 10.0) + 3.0 * (diagnoses + changes) + idle_polls;

    let incident_units = measured::INCIDENT_KB.ceil();
    let diagnosis_units = measured::DIAGNOSIS_KB.ceil();
    // Opening also writes the record and notes the announcement; a transaction costs twice.
    let per_incident = 2.0 * (incident_units + 2.0)
        + incident_units
        + 2.0 * (incident_units + diagnosis_units)
        + incident_units;
    // A journal and the states of its incident; a transaction costs twice.
    let journal_units = measured::INCIDENT_KB.ceil() + assumed::JOURNAL_KB.ceil();
    let per_change = 2.0 * assumed::JOURNAL_WRITES * journal_units
        + assumed::LEDGER_WRITES
        + 2.0 * 4.0 * incident_units
        + assumed::LOOKS * incident_units;
    let writes = batches * load.incidents_a_batch * incident_units
        + diagnoses * per_incident
        + changes * per_change;
    let reads = batches * load.incidents_a_batch * 2.0
        + diagnoses * 8.0
        + changes * (assumed::JOURNAL_WRITES + assumed::LOOKS) * 4.0
        + sweeps * assumed::SWEEP_LISTS;
    let stored_gb = load.incidents_a_day
        * 180.0
        * (measured::INCIDENT_KB
            + measured::DIAGNOSIS_KB
            + 2.0
            + assumed::CHANGES * assumed::JOURNAL_KB)
        / 1024.0
        / 1024.0;

    let logs_gb = (invocations + diagnoses + changes + looks) * assumed::LOG_KB / 1024.0 / 1024.0;
    // One request a second and one in twenty of the others.
    let traced =
        (SECONDS_A_DAY * DAYS).min(batches) + batches * 0.05 + diagnoses + changes + sweeps;
    let own_key = invocations * 0.1 + deployed::QUEUES * DAYS * SECONDS_A_DAY / 300.0;
    // Each look reads what a diagnosis reads.
    let readings = diagnoses + looks;

    vec![
        (
            "EventBridge",
            (events + 2.0 * diagnoses + 4.0 * changes) * price::EVENT + sweeps * price::SCHEDULE,
        ),
        ("SQS", sqs * price::SQS_REQUEST),
        ("Lambda", lambda),
        (
            "DynamoDB",
            writes * price::WRITE_UNIT
                + reads * price::READ_UNIT
                + stored_gb * price::TABLE_GB_MONTH,
        ),
        (
            "Reading and writing accounts",
            readings
                * (measured::S3_CALLS * price::S3_REQUEST
                    + measured::KMS_CALLS * price::KMS_REQUEST)
                + changes * assumed::CALLS_OF_A_CHANGE * (price::S3_REQUEST + price::KMS_REQUEST),
        ),
        ("Logs and traces", logs_gb * price::LOG_GB + traced * price::TRACE),
        (
            "Standing charges",
            deployed::METRICS * price::METRIC_MONTH
                + deployed::ALARMS * price::ALARM_MONTH
                + price::DASHBOARD_MONTH
                + price::KEY_MONTH
                + price::SECRET_MONTH
                + own_key * price::KMS_REQUEST,
        ),
    ]
}

fn main() {
    let names: Vec<String> = LOADS.iter().map(|load| format!(" {} |", load.name)).collect();
    println!("| denials a day |{}", names.concat());
    println!("|---|{}", "---:|".repeat(LOADS.len()));
    let bills: Vec<_> = LOADS.iter().map(bill).collect();
    let [first, ..] = bills.as_slice() else { return };
    for (line, (name, _)) in first.iter().enumerate() {
        let cells = bills.iter().filter_map(|bill| bill.get(line));
        let cells: Vec<String> = cells.map(|(_, dollars)| format!(" {dollars:.2} |")).collect();
        println!("| {name} |{}", cells.concat());
    }
    let totals = bills.iter().map(|bill| bill.iter().map(|(_, dollars)| dollars).sum::<f64>());
    let totals: Vec<String> = totals.map(|dollars| format!(" **{dollars:.2}** |")).collect();
    println!("| **dollars a month** |{}", totals.concat());
}
