//! `reconnect`: all sockets drop at once, without a word, and come back at once with their cursors, while messages go on.
//! Shows how long until everybody is live again, and by the history that nobody missed or doubled an event.

use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Args;
use serde_json::json;

use super::{conclude, note_sockets};
use crate::Options;
use crate::clock::{Micros, Stretch, schedule};
use crate::limits::histogram;
use crate::play::{Cast, Load, Play, Record, Window};
use crate::process;
use crate::report::{Goal, Report};
use crate::stage::Stage;

const LEAD_US: Micros = 100_000;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Sockets besides those of the writing visitors and the agents.
    #[arg(long, default_value_t = 10_000)]
    pub sockets: usize,
    /// Messages per second meanwhile.
    #[arg(long, default_value_t = 100.0)]
    pub rate: f64,
    /// Length of the flow, in seconds; the drop comes after a third of it.
    #[arg(long, default_value_t = 30.0)]
    pub seconds: f64,
    /// Visitors who write.
    #[arg(long, default_value_t = 50)]
    pub visitors: usize,
    /// Agents who watch.
    #[arg(long, default_value_t = 10)]
    pub agents: usize,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let Arguments { sockets, rate, seconds, visitors, agents } = *arguments;
    let parameters = json!({
        "sockets": sockets, "rate_per_s": rate, "seconds": seconds, "visitors": visitors, "agents": agents,
    });
    let mut report = Report::new("reconnect", parameters);
    let mut stage = Stage::set(options, agents).await?;
    let mut play = Play::open(&stage, Cast { visitors, lanes: 1, idle: sockets, give_up_share: 0.0 }).await?;
    note_sockets(&play, &mut report);
    let before = stage.limits().await?;
    let times = schedule(&[Stretch { rate_per_s: rate, seconds }], stage.clock.now_us() + LEAD_US);
    let dropper = play.dropper();
    let drop_at = async {
        tokio::time::sleep(Duration::from_secs_f64(seconds / 3.0)).await;
        let before = (stage.look(), process::own_cpu_s());
        let dropped_us = stage.clock.now_us();
        dropper.drop_all_sockets();
        (dropped_us, before)
    };
    let (window, (dropped_us, (look, own_cpu_s))) =
        tokio::join!(play.perform(Load::Scheduled(times), "reconnect"), drop_at);
    // What is measured begins with the drop.
    let window = Window { start_us: dropped_us, before: look, ..window? };
    let window = Window { own_cpu_s: process::own_cpu_s()? - own_cpu_s?, ..window };
    play.wait_for_sockets().await?;
    let everybody = play.sockets();
    let record = play.close().await?;
    report_return(&mut report, &record, dropped_us, everybody)?;
    report.window(&window, &record);
    report.goal("at_agent_p99_ms", Goal::AtMost(50.0));
    conclude(&mut stage, &record, before, &mut report).await?;
    stage.clear().await?;
    Ok(vec![report])
}

/// How long the return of everybody took.
fn report_return(report: &mut Report, record: &Record, dropped_us: Micros, everybody: usize) -> Result<()> {
    let mut times = histogram();
    for (_, ready_us) in record.returns.iter().filter(|(began_us, _)| *began_us >= dropped_us) {
        times.saturating_record(ready_us - dropped_us);
    }
    ensure!(times.len() >= everybody as u64, "only {} of {everybody} sockets came back", times.len());
    report.percentiles("back", &times);
    report.goal("back_max_ms", Goal::AtMost(2_000.0));
    Ok(())
}
