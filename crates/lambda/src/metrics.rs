//! Metrics in CloudWatch's embedded format: a line of the log that CloudWatch takes numbers from.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>

use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

/// The namespace of all metrics.
const NAMESPACE: &str = "Locksmith";

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Count,
    /// Time.
    Milliseconds,
}

/// The numbers of one invocation.
#[derive(Clone, Debug)]
pub struct Metrics {
    function: &'static str,
    numbers: Vec<(&'static str, Unit, u64)>,
}

impl Metrics {
    /// Numbers with the dimension `Function`.
    pub fn of(function: &'static str) -> Self {
        Self { function, numbers: Vec::new() }
    }

    /// Adds a number of things.
    #[must_use]
    pub fn count(mut self, name: &'static str, number: u64) -> Self {
        self.numbers.push((name, Unit::Count, number));
        self
    }

    /// Adds a time.
    #[must_use]
    pub fn time(mut self, name: &'static str, time: std::time::Duration) -> Self {
        let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.numbers.push((name, Unit::Milliseconds, milliseconds));
        self
    }

    /// Writes the line.
    pub fn emit(&self) {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let line = self.line(u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX));
        // A log that cannot be written leaves nobody to tell.
        let _ = writeln!(std::io::stdout().lock(), "{line}");
    }

    fn line(&self, at: u64) -> Value {
        let definitions: Vec<Value> = self
            .numbers
            .iter()
            .map(|(name, unit, _)| json!({"Name": name, "Unit": format!("{unit:?}")}))
            .collect();
        let mut line = Map::from_iter([
            (
                "_aws".to_owned(),
                json!({
                    "Timestamp": at,
                    "CloudWatchMetrics": [{
                        "Namespace": NAMESPACE,
                        "Dimensions": [["Function"]],
                        "Metrics": definitions,
                    }],
                }),
            ),
            ("Function".to_owned(), self.function.into()),
        ]);
        line.extend(
            self.numbers.iter().map(|(name, _, value)| ((*name).to_owned(), (*value).into())),
        );
        Value::Object(line)
    }
}

#[cfg(test)]
mod tests {
    use super::Metrics;
    use serde_json::json;
    use std::time::Duration;

    #[test]
    fn the_line_is_as_specified() {
        let metrics = Metrics::of("detect")
            .count("Ours", 3)
            .time("Milliseconds", Duration::from_micros(1999));
        let expected = json!({
            "_aws": {"Timestamp": 1, "CloudWatchMetrics": [{
                "Namespace": "Locksmith",
                "Dimensions": [["Function"]],
                "Metrics": [{"Name": "Ours", "Unit": "Count"},
                            {"Name": "Milliseconds", "Unit": "Milliseconds"}]}]},
            "Function": "detect", "Ours": 3, "Milliseconds": 1,
        });
        assert_eq!(metrics.line(1), expected);
    }
}
