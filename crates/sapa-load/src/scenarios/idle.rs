//! `idle`: what an open socket costs that says nothing. Every socket belongs to a visitor of its own.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::json;

use crate::Options;
use crate::play::{Cast, Play};
use crate::process::{self, Look};
use crate::progress;
use crate::report::{Goal, Report};
use crate::stage::Stage;

/// Files that are open besides the sockets.
const OTHER_FILES: u64 = 200;
/// Rest before each look at the memory.
const REST: Duration = Duration::from_secs(2);
const BYTES_PER_KIB: f64 = 1024.0;
const BYTES_PER_MIB: f64 = 1_048_576.0;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Open sockets.
    #[arg(long, default_value_t = 10_000)]
    pub sockets: usize,
    /// How long they stay open while processor time is counted, in seconds.
    #[arg(long, default_value_t = 60)]
    pub seconds: u64,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let Arguments { sockets, seconds } = *arguments;
    let open_files = process::raise_open_files();
    ensure!(
        open_files >= sockets as u64 + OTHER_FILES,
        "{sockets} sockets need as many open files, but this process may only have {open_files}"
    );
    let mut report = Report::new("idle", json!({ "sockets": sockets, "seconds": seconds }));
    let stage = Stage::set(options, 0).await?;
    let limits = stage.limits().await?;
    // The visitors are made before the first look, so that what is compared is sockets only.
    let visitors = stage.visitors(sockets).await?;
    tokio::time::sleep(REST).await;
    let before = look(&stage)?;
    let kernel_before = process::kernel_socket_bytes();
    let start = std::time::Instant::now();
    let cast = Cast { visitors: 0, lanes: 1, idle: sockets, give_up_share: 0.0 };
    let play = Play::open_with(&stage, cast, &visitors).await?;
    let connected_s = start.elapsed().as_secs_f64();
    let connected = look(&stage)?;
    tokio::time::sleep(REST).await;
    let resting = look(&stage)?;
    progress::during("idle", Duration::from_secs(seconds)).await;
    let after = look(&stage)?;
    fill(&mut report, sockets as f64, seconds as f64, [before, connected, resting, after]);
    report.figure("connected_within_s", connected_s);
    if let (Some(before), Some(after)) = (kernel_before, process::kernel_socket_bytes()) {
        let grown = after.saturating_sub(before) as f64;
        report.figure("kernel_kib_per_socket_pair", grown / BYTES_PER_KIB / sockets as f64);
    }
    ensure!(play.tally.open_sockets() == sockets as u64, "only {} sockets stayed open", play.tally.open_sockets());
    play.close().await?;
    report.limits = Some(limits);
    stage.clear().await?;
    Ok(vec![report])
}

fn look(stage: &Stage) -> Result<Look> {
    stage.look().context("this scenario must see the server's process: run it on the same machine, or give --pid")
}

fn fill(report: &mut Report, sockets: f64, seconds: f64, looks: [Look; 4]) {
    let [before, connected, resting, after] = looks;
    let grown = |bytes: fn(&Look) -> u64| (bytes(&resting) as f64) - (bytes(&before) as f64);
    report.figure("server_rss_before_mib", before.rss_bytes as f64 / BYTES_PER_MIB);
    report.goal("server_rss_before_mib", Goal::AtMost(40.0));
    report.figure("server_rss_mib", resting.rss_bytes as f64 / BYTES_PER_MIB);
    report.figure("grown_by_mib", grown(|look| look.rss_bytes) / BYTES_PER_MIB);
    report.goal("grown_by_mib", Goal::AtMost(120.0));
    report.figure("kib_per_socket", grown(|look| look.anonymous_bytes) / BYTES_PER_KIB / sockets);
    report.figure("connect_cpu_us_per_socket", (connected.cpu_s - before.cpu_s) * 1e6 / sockets);
    report.figure("idle_cpu_us_per_socket_and_s", (after.cpu_s - resting.cpu_s) * 1e6 / sockets / seconds);
    report.goal("idle_cpu_us_per_socket_and_s", Goal::AtMost(1.0));
    report.figure("threads", after.threads as f64);
    if let Some(open_files) = after.open_files {
        report.figure("server_open_files", open_files as f64);
    }
}
