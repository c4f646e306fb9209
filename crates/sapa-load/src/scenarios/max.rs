//! `max`: the most durable messages per second. Closed loop: each lane sends as soon as its last message was answered.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::{conclude, note_sockets};
use crate::Options;
use crate::limits::grouped_inserts_per_s;
use crate::play::{Cast, Load, Play};
use crate::report::{Goal, Report};
use crate::stage::Stage;

/// Messages per transaction of the bare engine that stands beside the throughput.
const BARE_GROUP: u32 = 32;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Visitors who write.
    #[arg(long, default_value_t = 50)]
    pub visitors: usize,
    /// Messages that each visitor has under way at the same time, each over its own connection.
    #[arg(long, default_value_t = 1)]
    pub in_flight: usize,
    /// Length of the measured stretch, in seconds.
    #[arg(long, default_value_t = 10.0)]
    pub seconds: f64,
    /// Agents who watch.
    #[arg(long, default_value_t = 1)]
    pub agents: usize,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let Arguments { visitors, in_flight, seconds, agents } = *arguments;
    let parameters = json!({ "visitors": visitors, "in_flight": in_flight, "seconds": seconds, "agents": agents });
    let mut report = Report::new("max", parameters);
    let mut stage = Stage::set(options, agents).await?;
    let mut play = Play::open(&stage, Cast { visitors, lanes: in_flight, idle: 0, give_up_share: 0.0 }).await?;
    note_sockets(&play, &mut report);
    let before = stage.limits().await?;
    let window = play.perform(Load::BackToBack(seconds), "max").await?;
    let record = play.close().await?;
    report.window(&window, &record);
    report.goal("throughput_per_s", Goal::AtLeast(8_000.0));
    let bench = stage.bench.clone();
    let bare = tokio::task::spawn_blocking(move || grouped_inserts_per_s(&bench, BARE_GROUP)).await??;
    report.limit("throughput_per_s", bare);
    conclude(&mut stage, &record, before, &mut report).await?;
    stage.clear().await?;
    Ok(vec![report])
}
