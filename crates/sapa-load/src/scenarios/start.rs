//! `start`: the time from the start of the program until it can commit, on an empty folder and on one that it made.

use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use hdrhistogram::Histogram;
use serde_json::json;

use crate::Options;
use crate::limits;
use crate::progress;
use crate::report::{Goal, Report};
use crate::server::Server;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// How often each start is made.
    #[arg(long, default_value_t = 20)]
    pub times: u64,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let recipe = options.recipe().context("this scenario starts the server itself: name it with --server")?;
    let bench = options.bench_folder()?;
    let mut report = Report::new("start", json!({ "times": arguments.times }));
    let limits = limits::measure(&bench)?;
    let (mut empty, mut warm) = (limits::histogram(), limits::histogram());
    let bar = progress::bar("start", arguments.times);
    for _ in 0..arguments.times {
        let (mut server, took) = Server::start_timed(recipe.clone(), &bench).await?;
        note(&mut empty, took);
        note(&mut warm, server.restart().await?);
        server.stop().await?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    report.percentiles_in_brief("empty_folder", &empty);
    report.goal("empty_folder_p50_ms", Goal::AtMost(150.0));
    report.percentiles_in_brief("warm", &warm);
    report.goal("warm_p50_ms", Goal::AtMost(50.0));
    report.limits = Some(limits);
    Ok(vec![report])
}

fn note(times: &mut Histogram<u64>, took: Duration) {
    times.saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
}
