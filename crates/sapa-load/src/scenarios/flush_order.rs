//! `flush-order`: runs the server under a system-call tracer and proves for every acknowledged message that its answer,
//! and every socket frame that carries it, was written after a flush that began when the message was in the log.
//!
//! The proof for one message: a write to a file that ends in `-wal` contains its mark and has returned; after that a
//! flush of a `-wal` file begins and returns 0; after that, and not before, bytes with the message's id or mark leave on
//! a socket. Absent on purpose: the cluster engine, whose flush happens in another program.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::json;

use crate::client::wire::Id;
use crate::history::{Fault, Verdict};
use crate::mark::Mark;
use crate::play::{Cast, Load, Play};
use crate::report::Report;
use crate::stage::Stage;
use crate::{Options, history};

/// Longer than a page of the log, so that a mark is never cut off.
const TRACED_BYTES: &str = "6000";
const TRACED_CALLS: &str = "trace=fdatasync,fsync,write,writev,sendto,sendmsg,pwrite64";
const LOG_ENDING: &str = "-wal>";

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Length of the traced load, in seconds.
    #[arg(long, default_value_t = 3.0)]
    pub seconds: f64,
    /// Visitors who write, so that groups of messages share a flush.
    #[arg(long, default_value_t = 8)]
    pub visitors: usize,
    /// Fail instead of skipping when the tracer is not there.
    #[arg(long)]
    pub required: bool,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    if let Err(error) = try_tracer() {
        if arguments.required {
            return Err(error);
        }
        eprintln!("flush-order is skipped: {error:#}");
        return Ok(Vec::new());
    }
    let Arguments { seconds, visitors, .. } = *arguments;
    let mut report = Report::new("flush-order", json!({ "seconds": seconds, "visitors": visitors }));
    let trace = tempfile::NamedTempFile::new_in(options.bench_folder()?)?;
    let path = trace.path().to_str().context("the results' folder has a name that is not text")?;
    let wrapper = ["strace", "-f", "-qq", "-y", "-s", TRACED_BYTES, "-e", TRACED_CALLS, "-o", path];
    let stage = Stage::set_under(options, 1, wrapper.map(str::to_owned).to_vec()).await?;
    let run = stage.run;
    let mut play = Play::open(&stage, Cast { visitors, lanes: 1, idle: 0, give_up_share: 0.0 }).await?;
    play.perform(Load::BackToBack(seconds), "traced").await?;
    let record = play.close().await?;
    let verdict = history::check(&record.history);
    stage.clear().await?;
    let sent: HashMap<Id, (u32, u32)> =
        record.history.sent.iter().map(|sent| (sent.id, (sent.author, sent.counter))).collect();
    let mut proof = Proof::new(run, sent);
    for line in BufReader::new(File::open(trace.path())?).split(b'\n') {
        proof.read(&String::from_utf8_lossy(&line?));
    }
    let verdict = judge(&proof, verdict, &mut report)?;
    report.record(&record, verdict);
    Ok(vec![report])
}

fn try_tracer() -> Result<()> {
    let output =
        Command::new("strace").args(["-qq", "-e", "trace=none", "true"]).output().context("strace is not installed")?;
    if !output.status.success() {
        bail!("strace may not trace here: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

fn judge(proof: &Proof, mut verdict: Verdict, report: &mut Report) -> Result<Verdict> {
    report.figure("proven_writes_to_sockets", proof.proven as f64);
    report.figure("answers_after_their_flush", proof.answers as f64);
    report.figure("log_flushes", proof.flushes as f64);
    report.figure("answers_per_flush", proof.answers as f64 / proof.flushes.max(1) as f64);
    if proof.answers < proof.sent.len() as u64 && proof.early.is_empty() {
        bail!("only {} of {} answers were found in the trace", proof.answers, proof.sent.len());
    }
    for early in &proof.early {
        verdict.add(Fault::Early, || early.clone());
    }
    Ok(verdict)
}

/// Reads a trace line by line, in the order in which the tracer saw the calls.
struct Proof {
    run: u32,
    sent: HashMap<Id, (u32, u32)>,
    /// Calls that have begun and not returned, by thread.
    pending: HashMap<String, Call>,
    /// For each message in the log: the number of the first flush that is late enough.
    needed_flush: HashMap<(u32, u32), u64>,
    begun_flushes: u64,
    /// Numbers of flushes that returned 0 are kept as the highest one; a flush covers all that began before it.
    finished_flush: u64,
    flushes: u64,
    answers: u64,
    proven: u64,
    early: Vec<String>,
}

/// A traced call that matters.
enum Call {
    LogWrite(Vec<(u32, u32)>),
    Flush(u64),
}

impl Proof {
    fn new(run: u32, sent: HashMap<Id, (u32, u32)>) -> Self {
        Self {
            run,
            sent,
            pending: HashMap::new(),
            needed_flush: HashMap::new(),
            begun_flushes: 0,
            finished_flush: 0,
            flushes: 0,
            answers: 0,
            proven: 0,
            early: Vec::new(),
        }
    }

    fn read(&mut self, line: &str) {
        let Some((thread, rest)) = line.split_once(char::is_whitespace) else { return };
        let rest = rest.trim_start();
        if rest.starts_with("<... ") {
            if let Some(call) = self.pending.remove(thread) {
                self.finish(call, rest);
            }
            return;
        }
        let Some(call) = self.begin(rest) else { return };
        if rest.ends_with("<unfinished ...>") {
            self.pending.insert(thread.to_owned(), call);
        } else {
            self.finish(call, rest);
        }
    }

    /// Notes the start of a call; writes to sockets are judged at their start.
    fn begin(&mut self, text: &str) -> Option<Call> {
        let (name, arguments) = text.split_once('(')?;
        let descriptor = arguments.split_inclusive('>').next()?;
        let is_log = descriptor.ends_with(LOG_ENDING);
        match name {
            "fdatasync" | "fsync" if is_log => {
                self.begun_flushes += 1;
                Some(Call::Flush(self.begun_flushes))
            }
            "pwrite64" | "write" | "writev" if is_log => Some(Call::LogWrite(self.marks(arguments))),
            "write" | "writev" | "sendto" | "sendmsg" if is_socket(descriptor) => {
                self.leave(arguments);
                None
            }
            _ => None,
        }
    }

    fn finish(&mut self, call: Call, text: &str) {
        match call {
            Call::LogWrite(marks) => {
                let next = self.begun_flushes + 1;
                for mark in marks {
                    self.needed_flush.entry(mark).or_insert(next);
                }
            }
            Call::Flush(number) if text.trim_end().ends_with("= 0") => {
                self.flushes += 1;
                self.finished_flush = self.finished_flush.max(number);
            }
            Call::Flush(_) => {}
        }
    }

    /// Bytes go out on a socket: every message in them must have been flushed.
    fn leave(&mut self, arguments: &str) {
        if arguments.contains("HTTP/1.1 201") {
            for message in self.ids(arguments) {
                self.answers += 1;
                self.demand(message, "an answer");
            }
        } else {
            for message in self.marks(arguments) {
                self.demand(message, "a frame");
            }
        }
    }

    fn demand(&mut self, message: (u32, u32), what: &str) {
        let flushed = self.needed_flush.get(&message).is_some_and(|needed| *needed <= self.finished_flush);
        if flushed {
            self.proven += 1;
        } else {
            self.early.push(format!("{what} for message {} of {} left before its flush", message.1, message.0));
        }
    }

    fn marks(&self, text: &str) -> Vec<(u32, u32)> {
        let start = format!("[{:08x} ", self.run);
        text.match_indices(&start)
            .filter_map(|(place, _)| Mark::parse(&text[place..]))
            .map(|mark| (mark.author, mark.counter))
            .collect()
    }

    fn ids(&self, text: &str) -> Vec<(u32, u32)> {
        const PREFIX: &str = "ent_";
        const DIGITS: usize = 32;
        text.match_indices(PREFIX)
            .filter_map(|(place, _)| Id::parse(text.get(place..place + PREFIX.len() + DIGITS)?))
            .filter_map(|id| self.sent.get(&id).copied())
            .collect()
    }
}

fn is_socket(descriptor: &str) -> bool {
    descriptor.contains("<socket:") || descriptor.contains("<TCP")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "ent_00000000000000000000000000000005";

    fn proof_of(lines: &[&str]) -> Proof {
        let mut proof = Proof::new(0xabc, HashMap::from([(Id(5), (1, 0))]));
        for line in lines {
            proof.read(line);
        }
        proof
    }

    fn answer() -> String {
        format!(
            r#"7  writev(9<socket:[55]>, [{{iov_base="HTTP/1.1 201 Created\r\n{{\"id\":\"{ID}\"", iov_len=9}}], 1) = 9"#
        )
    }

    const LOG: &str = r#"8  pwrite64(5</data/sapa.db-wal>, "\0\r[00000abc 1 0 77] Halo", 4096, 32) = 4096"#;
    const FLUSH: &str = "8  fdatasync(5</data/sapa.db-wal>) = 0";
    const FRAME: &str = r#"7  sendto(11<TCP:[1->2]>, "{\"text\":\"[00000abc 1 0 77] Halo", 90, 0, NULL, 0) = 90"#;

    #[test]
    fn an_answer_after_the_flush_is_proven() {
        let proof = proof_of(&[LOG, FLUSH, &answer(), FRAME]);
        assert_eq!((proof.answers, proof.proven, proof.early.len()), (1, 2, 0));
    }

    #[test]
    fn an_answer_without_or_before_a_flush_is_early() {
        for lines in [vec![LOG, &answer()], vec![LOG, &answer(), FLUSH], vec![FLUSH, LOG, &answer()], vec![&answer()]] {
            assert_eq!(proof_of(&lines).early.len(), 1, "{lines:?}");
        }
    }

    #[test]
    fn a_frame_before_the_flush_is_early() {
        assert_eq!(proof_of(&[LOG, FRAME, FLUSH, &answer()]).early.len(), 1);
    }

    #[test]
    fn a_flush_counts_from_its_start_and_only_once_it_returned() {
        let begun = "8  fdatasync(5</data/sapa.db-wal> <unfinished ...>";
        let returned = "8  <... fdatasync resumed>) = 0";
        let other_log = LOG.replacen('8', "6", 1);
        assert_eq!(proof_of(&[LOG, begun, &answer(), returned]).early.len(), 1);
        assert_eq!(proof_of(&[begun, &other_log, returned, &answer()]).early.len(), 1);
        assert_eq!(proof_of(&[LOG, begun, returned, &answer()]).proven, 1);
    }

    #[test]
    fn a_failed_flush_or_one_of_another_file_does_not_count() {
        let failed = "8  fdatasync(5</data/sapa.db-wal>) = -1 EIO (Input/output error)";
        let other = "8  fdatasync(5</data/sapa.db>) = 0";
        assert_eq!(proof_of(&[LOG, failed, other, &answer()]).early.len(), 1);
    }
}
