//! `steady`: visitors write at a fixed rate, agents watch. Every latency counts from the moment a message was due, so a
//! server that stalls cannot make the load wait for it.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::{conclude, note_sockets};
use crate::Options;
use crate::clock::{Stretch, schedule};
use crate::play::{Cast, Load, Play};
use crate::report::{Goal, Report};
use crate::stage::Stage;

/// Time between the last preparation and the first measured message, in microseconds.
const LEAD_US: u64 = 100_000;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Messages per second over all visitors.
    #[arg(long, default_value_t = 100.0)]
    pub rate: f64,
    /// Length of the measured stretch, in seconds.
    #[arg(long, default_value_t = 30.0)]
    pub seconds: f64,
    /// Visitors who write.
    #[arg(long, default_value_t = 50)]
    pub visitors: usize,
    /// Agents who watch.
    #[arg(long, default_value_t = 10)]
    pub agents: usize,
    /// Further visitors who only hold a socket.
    #[arg(long, default_value_t = 900)]
    pub idle: usize,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let Arguments { rate, seconds, visitors, agents, idle } = *arguments;
    let parameters = json!({
        "rate_per_s": rate, "seconds": seconds, "visitors": visitors, "agents": agents, "idle": idle,
    });
    let mut report = Report::new("steady", parameters);
    let mut stage = Stage::set(options, agents).await?;
    let mut play = Play::open(&stage, Cast { visitors, lanes: 1, idle, give_up_share: 0.0 }).await?;
    note_sockets(&play, &mut report);
    let before = stage.limits().await?;
    let times = schedule(&[Stretch { rate_per_s: rate, seconds }], stage.clock.now_us() + LEAD_US);
    let window = play.perform(Load::Scheduled(times), "steady").await?;
    let record = play.close().await?;
    report.window(&window, &record);
    report.goal("at_agent_p50_ms", Goal::AtMost(3.0));
    report.goal("at_agent_p99_ms", Goal::AtMost(15.0));
    conclude(&mut stage, &record, before, &mut report).await?;
    stage.clear().await?;
    Ok(vec![report])
}
