//! `burst`: a quiet flow, then thousands of messages within a second, then the quiet flow again. Shows how long the
//! backlog lasts, what the worst message waited, and whether the memory comes back.

use std::time::Duration;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::conclude;
use crate::Options;
use crate::clock::{Micros, Stretch, schedule};
use crate::history::History;
use crate::play::{Cast, Load, Play};
use crate::progress;
use crate::report::{Goal, Report};
use crate::stage::Stage;

const LEAD_US: Micros = 100_000;
const BURST_S: f64 = 1.0;
const BYTES_PER_MIB: f64 = 1_048_576.0;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Messages that are due within one second.
    #[arg(long, default_value_t = 20_000)]
    pub messages: u32,
    /// Messages per second before and after.
    #[arg(long, default_value_t = 100.0)]
    pub rate: f64,
    /// Length of the quiet flow before and of the one after, in seconds.
    #[arg(long, default_value_t = 5.0)]
    pub seconds: f64,
    /// Visitors who write.
    #[arg(long, default_value_t = 200)]
    pub visitors: usize,
    /// Agents who watch.
    #[arg(long, default_value_t = 1)]
    pub agents: usize,
    /// Time after which the memory is looked at again, in seconds.
    #[arg(long, default_value_t = 30)]
    pub settle_s: u64,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let Arguments { messages, rate, seconds, visitors, agents, settle_s } = *arguments;
    let parameters = json!({
        "messages": messages, "rate_per_s": rate, "seconds": seconds, "visitors": visitors, "agents": agents,
    });
    let mut report = Report::new("burst", parameters);
    let mut stage = Stage::set(options, agents).await?;
    let mut play = Play::open(&stage, Cast { visitors, lanes: 1, idle: 0, give_up_share: 0.0 }).await?;
    let before = stage.limits().await?;
    let start_us = stage.clock.now_us() + LEAD_US;
    let quiet = Stretch { rate_per_s: rate, seconds };
    let burst = Stretch { rate_per_s: f64::from(messages) / BURST_S, seconds: BURST_S };
    let window = play.perform(Load::Scheduled(schedule(&[quiet, burst, quiet], start_us)), "burst").await?;
    progress::during("settling", Duration::from_secs(settle_s)).await;
    if let (Some(look), Some(start)) = (stage.look(), window.before) {
        report.figure("server_rss_before_mib", start.rss_bytes as f64 / BYTES_PER_MIB);
        report.figure("server_rss_settled_mib", look.rss_bytes as f64 / BYTES_PER_MIB);
    }
    let record = play.close().await?;
    let burst_start_us = start_us + (seconds * 1e6) as Micros;
    let burst_end_us = burst_start_us + (BURST_S * 1e6) as Micros;
    report.figure("drained_after_s", drained_after_s(&record.history, burst_start_us, burst_end_us));
    report.goal("drained_after_s", Goal::AtMost(2.0));
    report.window(&window, &record);
    conclude(&mut stage, &record, before, &mut report).await?;
    stage.clear().await?;
    Ok(vec![report])
}

/// Seconds from the end of the burst until its last message was acknowledged.
fn drained_after_s(history: &History, burst_start_us: Micros, burst_end_us: Micros) -> f64 {
    let burst: std::collections::HashSet<_> = history
        .sent
        .iter()
        .filter(|sent| (burst_start_us..burst_end_us).contains(&sent.scheduled_us))
        .map(|sent| sent.id)
        .collect();
    let last_us = history.acked.iter().filter(|acked| burst.contains(&acked.id)).map(|acked| acked.at_us).max();
    last_us.map_or(0.0, |last_us| last_us.saturating_sub(burst_end_us) as f64 / 1e6)
}
