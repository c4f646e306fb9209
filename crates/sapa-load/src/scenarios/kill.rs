//! `kill`: the server is ended without warning (SIGKILL) at random moments under full load and started again, many times
//! over. Afterwards the history must be sound: whatever was acknowledged is stored once, nothing else is, positions are
//! 1, 2, 3, … without a hole, and every observer saw, through all restarts, the one order of events without a gap.
//!
//! Some visitors give a message up when their connection breaks, so that messages whose fate they never learned are
//! among the tested ones. Absent on purpose: power cuts; the kernel survives, and so does what was handed to it.

use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use super::conclude;
use crate::limits::histogram;
use crate::play::{Cast, Load, Play};
use crate::report::{Goal, Report};
use crate::server::Server;
use crate::stage::Stage;
use crate::{Options, progress};

/// The kill comes at a random moment of a round.
const ROUND_S: std::ops::Range<f64> = 0.15..0.9;
const GIVE_UP_SHARE: f64 = 0.2;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// How many times the server is killed.
    #[arg(long, default_value_t = 100)]
    pub times: u32,
    /// Visitors who write, each as fast as it is answered.
    #[arg(long, default_value_t = 12)]
    pub visitors: usize,
    /// Agents who watch.
    #[arg(long, default_value_t = 2)]
    pub agents: usize,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let Arguments { times, visitors, agents } = *arguments;
    let parameters = json!({ "times": times, "visitors": visitors, "agents": agents });
    let mut report = Report::new("kill", parameters);
    let mut stage = Stage::set(options, agents).await?;
    let mut server = stage.server.take().context("this scenario starts the server itself: name it with --server")?;
    stage.pid = None;
    let before = stage.limits().await?;
    let cast = Cast { visitors, lanes: 1, idle: 0, give_up_share: GIVE_UP_SHARE };
    let mut play = Play::open(&stage, cast).await?;
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let mut restarts = histogram();
    let bar = progress::bar("killing", times.into());
    for _ in 0..times {
        let round_s = random.random_range(ROUND_S);
        let kill_after = Duration::from_secs_f64(random.random_range(0.0..round_s));
        let (window, restart) =
            tokio::join!(play.perform(Load::BackToBack(round_s), "round"), kill(&mut server, kill_after));
        window?;
        restarts.saturating_record(restart?.as_micros() as u64);
        bar.inc(1);
    }
    bar.finish_and_clear();
    play.wait_for_sockets().await?;
    let record = play.close().await?;
    stage.server = Some(server);
    report.figure("kills", f64::from(times));
    report.figure("acknowledged", record.history.acked.len() as f64);
    report.percentiles_in_brief("ready_again", &restarts);
    report.goal("ready_again_p50_ms", Goal::AtMost(50.0));
    conclude(&mut stage, &record, before, &mut report).await?;
    stage.clear().await?;
    Ok(vec![report])
}

async fn kill(server: &mut Server, after: Duration) -> Result<Duration> {
    tokio::time::sleep(after).await;
    server.kill_and_restart().await
}
