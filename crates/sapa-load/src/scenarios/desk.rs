//! `desk`: an administrator types an answer in a real browser with a slowed processor while visitors write, type, are
//! answered and read in all conversations around, some of it in the open one. From each key press to its paint.
//!
//! The browser is Playwright's, in `web/e2e/bench`; it types, measures, and leaves its figures in a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::Args;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::Options;
use crate::client::agent::Agent;
use crate::client::http::Credential;
use crate::clock::Alarm;
use crate::people::guest::{Act, Guest};
use crate::report::{Goal, Report};
use crate::stage::Stage;

/// Share of all updates that the open conversation has, in which nobody but its visitor acts.
const OPEN_SHARE: f64 = 0.05;
/// Shares of writing and typing; what is left is answers and receipts in turn.
const WRITE_SHARE: f64 = 0.4;
const TYPE_SHARE: f64 = 0.4;
/// Every so many conversations one is the administrator's own.
const MINE_EVERY: usize = 10;
const MICROSECONDS_PER_SECOND: f64 = 1e6;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Updates per second over all conversations.
    #[arg(long, default_value_t = 200.0)]
    pub rate: f64,
    /// How long is typed and measured, in seconds.
    #[arg(long, default_value_t = 60)]
    pub seconds: u64,
    /// Conversations in which something happens.
    #[arg(long, default_value_t = 200)]
    pub conversations: usize,
    /// How many times slower the browser's processor is.
    #[arg(long, default_value_t = 4.0)]
    pub slowdown: f64,
    /// Folder with the web parts and the browser's script.
    #[arg(long, default_value = "web")]
    pub web: PathBuf,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let Arguments { rate, seconds, conversations, slowdown, .. } = *arguments;
    ensure!(conversations > 0, "at least one conversation is needed: the open one");
    let parameters = json!({
        "rate_per_s": rate, "seconds": seconds, "conversations": conversations, "slowdown": slowdown,
    });
    let mut report = Report::new("desk", parameters);
    let stage = Stage::set(options, 1).await?;
    let before = stage.limits().await?;
    let mut crowd = Crowd::gather(&stage, conversations).await?;
    let figures = stage.bench.join("desk-figures.json");
    let browser = spawn_browser(&stage, arguments, &crowd, &figures);
    let (start, look) = (stage.clock.now_us(), stage.look());
    let status = crowd.act_while(&stage, rate, options.seed, browser).await?;
    let took_s = (stage.clock.now_us() - start) as f64 / MICROSECONDS_PER_SECOND;
    ensure!(status.success(), "the browser's part failed");
    let done = crowd.leave().await?;
    for (key, value) in read_figures(&figures)? {
        report.figure(key, value);
    }
    report.goal("key_to_paint_p98_ms", Goal::AtMost(100.0));
    report.figure("updates_per_s", done as f64 / took_s);
    report.goal("updates_per_s", Goal::AtLeast(rate * 0.98));
    if let (Some(before), Some(after)) = (look, stage.look()) {
        report.figure("server_cores", (after.cpu_s - before.cpu_s) / took_s);
    }
    report.limits = Some(before.slower(stage.limits().await?));
    stage.clear().await?;
    Ok(vec![report])
}

/// Everybody around the desk.
struct Crowd {
    acts: Vec<UnboundedSender<(Act, String)>>,
    guests: Vec<JoinHandle<Result<u64>>>,
    /// The conversation that is open at the desk.
    open: String,
}

impl Crowd {
    async fn gather(stage: &Stage, conversations: usize) -> Result<Self> {
        let mut crowd = Self { acts: Vec::new(), guests: Vec::new(), open: String::new() };
        for (number, visitor) in stage.visitors(conversations).await?.into_iter().enumerate() {
            let mine = number % MINE_EVERY == 0;
            let holder = if mine { &stage.administrator } else { &stage.agents[0] };
            let text = &stage.texts[number % stage.texts.len()];
            let guest = Guest::enter(&stage.target, visitor, holder.clone(), text).await?;
            if number == 0 {
                crowd.open = format!("cnv_{}", guest.conversation);
            }
            let (sender, receiver) = unbounded_channel();
            crowd.acts.push(sender);
            crowd.guests.push(tokio::spawn(guest.follow(receiver)));
        }
        Ok(crowd)
    }

    /// Open loop at a fixed rate until the browser is done.
    async fn act_while(
        &mut self,
        stage: &Stage,
        rate: f64,
        seed: u64,
        browser: JoinHandle<Result<std::process::ExitStatus>>,
    ) -> Result<std::process::ExitStatus> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut alarm = Alarm::new(stage.clock)?;
        let start_us = stage.clock.now_us();
        for number in 0_u64.. {
            if browser.is_finished() {
                break;
            }
            alarm.until(start_us + (number as f64 / rate * MICROSECONDS_PER_SECOND) as u64).await?;
            let open = self.acts.len() == 1 || random.random_bool(OPEN_SHARE);
            let who = if open { 0 } else { random.random_range(1..self.acts.len()) };
            let act = match random.random::<f64>() {
                share if share < WRITE_SHARE => Act::Write,
                share if share < WRITE_SHARE + TYPE_SHARE => Act::Type,
                _ if open => Act::Type,
                _ => Act::Listen,
            };
            let text = stage.texts[random.random_range(0..stage.texts.len())].clone();
            if self.acts[who].send((act, text)).is_err() {
                self.guests.swap_remove(who).await??;
            }
        }
        browser.await?
    }

    /// Waits for everybody; answers how many updates there were.
    async fn leave(self) -> Result<u64> {
        drop(self.acts);
        let mut done = 0;
        for guest in self.guests {
            done += guest.await??;
        }
        Ok(done)
    }
}

fn spawn_browser(
    stage: &Stage,
    arguments: &Arguments,
    crowd: &Crowd,
    figures: &Path,
) -> JoinHandle<Result<std::process::ExitStatus>> {
    let mut command = Command::new("npm");
    command
        .args(["run", "bench", "--silent", "--workspace", "@sapa/e2e"])
        .current_dir(&arguments.web)
        .env("SAPA_BENCH_URL", &stage.target.origin)
        .env("SAPA_BENCH_COOKIE", cookie(&stage.administrator))
        .env("SAPA_BENCH_CONVERSATION", &crowd.open)
        .env("SAPA_BENCH_SECONDS", arguments.seconds.to_string())
        .env("SAPA_BENCH_SLOWDOWN", arguments.slowdown.to_string())
        .env("SAPA_BENCH_FIGURES", figures)
        // The table is what is printed; what went wrong goes to the error stream.
        .stdout(std::io::stderr());
    spawn_blocking(move || command.status().context("failed to run npm: the browser's script needs Node.js"))
}

fn cookie(agent: &Agent) -> &str {
    match &agent.credential {
        Credential::Cookie(cookie) => cookie,
        Credential::Nobody | Credential::Bearer(_) => "",
    }
}

fn read_figures(path: &Path) -> Result<BTreeMap<String, f64>> {
    let text = std::fs::read(path).with_context(|| format!("the browser left no {}", path.display()))?;
    Ok(serde_json::from_slice(&text)?)
}
