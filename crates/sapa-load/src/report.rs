//! What a run prints and leaves: a table of figures beside the machine's limits, the targets and the last runs, and one
//! JSON line per scenario in `history.jsonl`.
//!
//! Must stay true: a figure's key ends with its unit; a run that lost, doubled, swapped or invented a message fails
//! whatever its speed; a run in which this program was the bottleneck says so and is not compared with later ones.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use anyhow::Result;
use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::history::{Fault, History, Verdict};
use crate::limits::{Limits, histogram, to_ms};
use crate::outside::unix_ms;
use crate::play::{Record, Window};
use crate::process::Look;

/// Runs whose median stands beside a figure.
const COMPARED_RUNS: usize = 10;
/// Above this share of one core this program is the bottleneck.
const OWN_CORE_SHARE_MAX: f64 = 0.8;
/// A send that starts later than this after it was due is this program's fault.
const LATE_US_MAX: u32 = 5_000;
/// Share of such sends that is put up with on a machine with neighbours.
const LATE_SHARE_MAX: f64 = 0.001;
const BYTES_PER_MIB: f64 = 1_048_576.0;
const FAULTS: [Fault; 5] = [Fault::Lost, Fault::Doubled, Fault::OutOfOrder, Fault::Ghost, Fault::Early];
/// Families of figures that say how long a message took.
const MESSAGE_LATENCIES: [&str; 3] = ["acknowledged", "at_agent", "at_visitor"];
const HISTORY_FILE: &str = "history.jsonl";

/// A goal for a figure.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Figure {
    pub key: String,
    pub value: f64,
    pub goal: Option<Goal>,
    /// The machine's own limit for the same thing in this run.
    pub limit: Option<f64>,
}

/// Everything that a scenario found.
#[derive(Debug)]
pub struct Report {
    pub scenario: String,
    pub parameters: Value,
    pub figures: Vec<Figure>,
    pub limits: Option<Limits>,
    pub verdict: Option<Verdict>,
    /// Why the figures are not to be trusted.
    pub invalid: Vec<String>,
    /// Sentences below the table.
    pub remarks: Vec<String>,
}

impl Report {
    pub fn new(scenario: &str, parameters: Value) -> Self {
        Self {
            scenario: scenario.into(),
            parameters,
            figures: Vec::new(),
            limits: None,
            verdict: None,
            invalid: Vec::new(),
            remarks: Vec::new(),
        }
    }

    pub fn figure(&mut self, key: impl Into<String>, value: f64) -> &mut Figure {
        self.figures.push(Figure { key: key.into(), value, goal: None, limit: None });
        self.figures.last_mut().expect("one was just added")
    }

    /// Percentiles of a histogram of microseconds, in milliseconds.
    pub fn percentiles(&mut self, name: &str, times: &Histogram<u64>) {
        for (label, quantile) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999)] {
            self.figure(format!("{name}_{label}_ms"), to_ms(times.value_at_quantile(quantile)));
        }
        self.figure(format!("{name}_max_ms"), to_ms(times.max()));
    }

    /// The middle, the tail and the worst of a histogram of microseconds, in milliseconds.
    pub fn percentiles_in_brief(&mut self, name: &str, times: &Histogram<u64>) {
        self.figure(format!("{name}_p50_ms"), to_ms(times.value_at_quantile(0.5)));
        self.figure(format!("{name}_p99_ms"), to_ms(times.value_at_quantile(0.99)));
        self.figure(format!("{name}_max_ms"), to_ms(times.max()));
    }

    /// Sets a goal for a figure that is there.
    pub fn goal(&mut self, key: &str, goal: Goal) {
        if let Some(figure) = self.figures.iter_mut().find(|figure| figure.key == key) {
            figure.goal = Some(goal);
        }
    }

    /// Sets the machine's limit for a figure that is there.
    pub fn limit(&mut self, key: &str, limit: f64) {
        if let Some(figure) = self.figures.iter_mut().find(|figure| figure.key == key) {
            figure.limit = Some(limit);
        }
    }

    /// Figures of a measured stretch: throughput, latencies, processor, memory.
    pub fn window(&mut self, window: &Window, record: &Record) {
        let latencies = Latencies::of(&record.history, window);
        let messages = latencies.acknowledged.len() as f64;
        self.figure("messages", messages);
        self.figure("throughput_per_s", messages / window.seconds());
        self.percentiles("acknowledged", &latencies.acknowledged);
        self.percentiles("at_agent", &latencies.at_agent);
        self.figure("at_visitor_p99_ms", to_ms(latencies.at_visitor.value_at_quantile(0.99)));
        if let Some(cpu_s) = window.server_cpu_s() {
            self.figure("server_cpu_per_message_us", cpu_s * 1e6 / messages.max(1.0));
            self.figure("server_cores", cpu_s / window.seconds());
        }
        if let Some(after) = window.after {
            self.figure("server_rss_mib", after.rss_bytes as f64 / BYTES_PER_MIB);
        }
        if let Some(peak_bytes) = window.rss_peak_bytes {
            self.figure("server_rss_peak_mib", peak_bytes as f64 / BYTES_PER_MIB);
        }
        let per_message = |counter: fn(&Look) -> Option<u64>| {
            let (before, after) = (counter(&window.before?)?, counter(&window.after?)?);
            Some(after.saturating_sub(before) as f64 / messages.max(1.0))
        };
        if let Some(bytes) = per_message(|look| look.written_bytes) {
            self.figure("disk_bytes_per_message", bytes);
        }
        if let Some(waits) = per_message(|look| look.voluntary_switches) {
            self.figure("server_waits_per_message", waits);
        }
        self.own(window, messages);
    }

    /// This program's own share of the machine.
    fn own(&mut self, window: &Window, messages: f64) {
        let cores = window.own_cpu_s / window.seconds();
        self.figure("own_cpu_per_message_us", window.own_cpu_s * 1e6 / messages.max(1.0));
        self.figure("own_cores", cores);
        if cores > OWN_CORE_SHARE_MAX {
            self.invalid.push(format!("sapa-load used {cores:.2} of a core and may have been the bottleneck"));
        }
    }

    /// What the record says beyond speed: faults, refusals, broken connections, and this program's own lateness.
    pub fn record(&mut self, record: &Record, verdict: Verdict) {
        self.figure("sent", record.history.sent.len() as f64);
        self.figure("stored", record.history.stored.iter().filter(|entry| entry.written.is_some()).count() as f64);
        for (status, count) in &record.refusals {
            self.figure(format!("refused_with_{status}"), *count as f64);
        }
        if record.breaks > 0 {
            self.figure("broken_connections", record.breaks as f64);
        }
        for (code, count) in &record.closes {
            self.figure(format!("sockets_closed_with_{code}"), *count as f64);
        }
        let resets: usize = record.history.observers.iter().map(|observer| observer.resets.len()).sum();
        if resets > 0 {
            self.figure("resets", resets as f64);
        }
        self.lateness(&record.late_us);
        self.verdict = Some(verdict);
    }

    fn lateness(&mut self, late_us: &[u32]) {
        let late = late_us.iter().filter(|late| **late > LATE_US_MAX).count();
        self.figure("own_lateness_max_ms", to_ms(late_us.iter().copied().max().unwrap_or(0).into()));
        if late as f64 > late_us.len() as f64 * LATE_SHARE_MAX {
            let share = late as f64 * 100.0 / late_us.len() as f64;
            self.invalid.push(format!("{share:.1} % of the sends left sapa-load more than 5 ms late"));
        }
    }

    /// Sets the machine's limit for all figures of a family, such as `at_agent`, whose keys end like this.
    pub fn limit_family(&mut self, family: &str, ending: &str, limit: f64) {
        let members = self.figures.iter_mut().filter(|it| it.key.starts_with(family) && it.key.ends_with(ending));
        members.for_each(|figure| figure.limit = Some(limit));
    }

    /// A message is on its way at least as long as a flush takes: puts that beside its latencies.
    pub fn limit_messages(&mut self, limits: Limits) {
        for family in MESSAGE_LATENCIES {
            self.limit_family(family, "_p50_ms", limits.fdatasync_p50_ms);
            self.limit_family(family, "_p99_ms", limits.fdatasync_p99_ms);
        }
        self.limits = Some(limits);
    }

    /// False when a message was lost, doubled, swapped or invented.
    pub fn is_clean(&self) -> bool {
        self.verdict.as_ref().is_none_or(Verdict::is_clean)
    }

    /// Prints the table and appends the JSON line.
    pub fn publish(&self, bench: &Path, output: &mut impl Write) -> Result<()> {
        let past = read_past(bench, &self.scenario, &self.parameters)?;
        output.write_all(self.table(&past).as_bytes())?;
        let mut file = File::options().create(true).append(true).open(bench.join(HISTORY_FILE))?;
        writeln!(file, "{}", self.line())?;
        Ok(())
    }

    fn table(&self, past: &[PastRun]) -> String {
        let mut table = format!("\n{}  {}\n", self.scenario, flat(&self.parameters));
        if let Some(limits) = &self.limits {
            let load = limits.load_average.map_or_else(|| "?".into(), |load| format!("{load:.1}"));
            let (p50, p99, ping) = (limits.fdatasync_p50_ms, limits.fdatasync_p99_ms, limits.ping_pong_p50_ms);
            let _ = writeln!(
                table,
                "limits of this run: fdatasync p50 {p50:.3} ms, p99 {p99:.3} ms; loopback ping-pong p50 {ping:.3} ms; load {load}"
            );
        }
        let _ = writeln!(
            table,
            "{:<32} {:>12} {:>10} {:>7} {:>10} {:>7} {:>12}",
            "figure", "value", "limit", "x limit", "goal", "met", "last median"
        );
        for figure in &self.figures {
            let _ = writeln!(table, "{}", figure_row(figure, past));
        }
        table.push_str(&self.findings());
        table
    }

    fn findings(&self) -> String {
        let mut findings = String::new();
        if let Some(verdict) = &self.verdict {
            let [lost, doubled, swapped, ghosts, early] = FAULTS.map(|fault| verdict.count(fault));
            let word = if verdict.is_clean() { "sound" } else { "BROKEN" };
            let _ = writeln!(
                findings,
                "history {word}: {lost} lost, {doubled} doubled, {swapped} out of order, {ghosts} ghosts, {early} early"
            );
            for (fault, sample) in &verdict.samples {
                let _ = writeln!(findings, "  {fault:?}: {sample}");
            }
        }
        for remark in &self.remarks {
            let _ = writeln!(findings, "{remark}");
        }
        for reason in &self.invalid {
            let _ = writeln!(findings, "INVALID: {reason}");
        }
        findings
    }

    fn line(&self) -> Value {
        let results: Map<String, Value> =
            self.figures.iter().map(|figure| (figure.key.clone(), json!(figure.value))).collect();
        let faults = self.verdict.as_ref().map(|verdict| {
            json!({
                "lost": verdict.count(Fault::Lost),
                "doubled": verdict.count(Fault::Doubled),
                "out_of_order": verdict.count(Fault::OutOfOrder),
                "ghosts": verdict.count(Fault::Ghost),
                "early": verdict.count(Fault::Early),
            })
        });
        json!({
            "scenario": self.scenario,
            "parameters": self.parameters,
            "at_ms": unix_ms(),
            "revision": revision(),
            "machine": machine(),
            "valid": self.invalid.is_empty(),
            "limits": self.limits,
            "faults": faults,
            "results": results,
        })
    }
}

/// Latencies of the messages that were due in a window, in microseconds from the moment they were due.
struct Latencies {
    acknowledged: Histogram<u64>,
    at_agent: Histogram<u64>,
    at_visitor: Histogram<u64>,
}

impl Latencies {
    fn of(history: &History, window: &Window) -> Self {
        let mut latencies = Self { acknowledged: histogram(), at_agent: histogram(), at_visitor: histogram() };
        let inside = |scheduled_us: u64| (window.start_us..window.end_us).contains(&scheduled_us);
        let due: std::collections::HashMap<_, _> =
            history.sent.iter().map(|sent| (sent.id, sent.scheduled_us)).collect();
        for acked in &history.acked {
            if let Some(due_us) = due.get(&acked.id).copied().filter(|due_us| inside(*due_us)) {
                latencies.acknowledged.saturating_record(acked.at_us.saturating_sub(due_us).max(1));
            }
        }
        for observer in &history.observers {
            let times = match observer.scope {
                crate::history::Scope::Inbox => &mut latencies.at_agent,
                crate::history::Scope::Authors(..) => &mut latencies.at_visitor,
            };
            for seen in &observer.seen {
                if let Some(due_us) = seen.scheduled_us.filter(|due_us| inside(*due_us)) {
                    times.saturating_record(seen.at_us.saturating_sub(due_us).max(1));
                }
            }
        }
        latencies
    }
}

/// A line of the history file, as far as it is compared.
#[derive(Deserialize)]
struct PastRun {
    scenario: String,
    parameters: Value,
    valid: bool,
    results: Map<String, Value>,
}

/// The last valid runs of the same scenario with the same parameters.
fn read_past(bench: &Path, scenario: &str, parameters: &Value) -> Result<Vec<PastRun>> {
    let Ok(file) = File::open(bench.join(HISTORY_FILE)) else { return Ok(Vec::new()) };
    let mut runs = Vec::new();
    for line in BufReader::new(file).lines() {
        // A line that another version wrote is not compared.
        let Ok(run) = serde_json::from_str::<PastRun>(&line?) else { continue };
        if run.valid && run.scenario == scenario && run.parameters == *parameters {
            runs.push(run);
        }
    }
    Ok(runs.split_off(runs.len().saturating_sub(COMPARED_RUNS)))
}

fn median_of(key: &str, past: &[PastRun]) -> Option<f64> {
    let mut values: Vec<f64> = past.iter().filter_map(|run| run.results.get(key)?.as_f64()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

fn figure_row(figure: &Figure, past: &[PastRun]) -> String {
    let limit = figure.limit.map(number).unwrap_or_default();
    let ratio = figure.limit.map(|limit| format!("{:.1}", figure.value / limit)).unwrap_or_default();
    let goal = match figure.goal {
        Some(Goal::AtMost(most)) => format!("<= {}", number(most)),
        Some(Goal::AtLeast(least)) => format!(">= {}", number(least)),
        None => String::new(),
    };
    let met = figure.goal.map(|goal| if goal.is_met(figure.value) { "yes" } else { "NO" }).unwrap_or_default();
    let median = median_of(&figure.key, past).map(number).unwrap_or_default();
    let (key, value) = (&figure.key, number(figure.value));
    format!("{key:<32} {value:>12} {limit:>10} {ratio:>7} {goal:>10} {met:>7} {median:>12}").trim_end().to_owned()
}

/// Whole numbers without decimals, small ones with three.
fn number(value: f64) -> String {
    if value.fract() == 0.0 || value.abs() >= 10_000.0 {
        format!("{value:.0}")
    } else if value.abs() >= 100.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.3}")
    }
}

fn flat(parameters: &Value) -> String {
    let Some(parameters) = parameters.as_object() else { return String::new() };
    parameters.iter().map(|(key, value)| format!("{key} {value}")).collect::<Vec<_>>().join(", ")
}

/// The revision of the work tree that this program is run in, when it is one.
fn revision() -> Option<String> {
    let output = std::process::Command::new("git").args(["rev-parse", "--short", "HEAD"]).output().ok()?;
    let revision = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!revision.is_empty()).then_some(revision)
}

#[derive(Serialize)]
struct Machine {
    processor: Option<String>,
    cores: usize,
}

fn machine() -> Machine {
    let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    Machine {
        processor: model.map(|(_, name)| name.trim().to_owned()),
        cores: std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::new("steady", json!({ "rate_per_s": 100 }));
        report.figure("at_agent_p50_ms", 2.0);
        report.goal("at_agent_p50_ms", Goal::AtMost(3.0));
        report
    }

    #[test]
    fn a_table_shows_goal_and_the_median_of_past_runs() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut output = Vec::new();
        for _ in 0..2 {
            output.clear();
            report().publish(folder.path(), &mut output).expect("writable");
        }
        let table = String::from_utf8(output).expect("text");
        let row = table.lines().find(|line| line.starts_with("at_agent_p50_ms")).expect("a row");
        assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["at_agent_p50_ms", "2", "<=", "3", "yes", "2"]);
    }

    #[test]
    fn runs_with_other_parameters_are_not_compared() {
        let folder = tempfile::tempdir().expect("a folder");
        report().publish(folder.path(), &mut Vec::new()).expect("writable");
        let past = |rate: u32| read_past(folder.path(), "steady", &json!({ "rate_per_s": rate })).expect("readable");
        assert_eq!((past(100).len(), past(200).len()), (1, 0));
    }

    #[test]
    fn lateness_of_our_own_makes_a_run_invalid() {
        let mut report = report();
        report.lateness(&[100; 5000]);
        assert!(report.invalid.is_empty());
        let mut late = vec![100; 5000];
        late[..10].fill(9_000);
        report.lateness(&late);
        assert_eq!(report.invalid.len(), 1);
    }
}
