//! `sapa-load`: plays visitors and agents against a Sapa server over its public interface, measures, and checks that
//! what happened is what was promised.
//!
//! Each scenario is one file in `scenarios/`; `sapa-load help` lists them. The exit code is 0 when the run is sound, 1
//! when a message was lost, doubled, swapped or invented, and 2 when the run could not be made.

mod client;
mod clock;
mod history;
mod journal;
mod limits;
mod mark;
mod outside;
mod people;
mod play;
mod process;
mod progress;
mod report;
mod scenarios;
mod server;
mod stage;
mod target;
mod text;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Parser};
use tokio::runtime::Builder;

use scenarios::Scenario;
use server::Recipe;
use target::Target;

const EXIT_BROKEN: u8 = 1;
const EXIT_IMPOSSIBLE: u8 = 2;

#[derive(Parser)]
#[command(name = "sapa-load", version, about)]
struct Program {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    scenario: Scenario,
}

/// What every scenario understands.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// A running server to play against, as http://host:port.
    #[arg(long, global = true, conflicts_with = "server")]
    url: Option<String>,
    /// A server program to start on an empty folder for this run.
    #[arg(long, global = true, value_name = "PROGRAM")]
    server: Option<PathBuf>,
    /// A further argument for `PROGRAM serve`; may be given several times.
    #[arg(long, global = true, value_name = "ARGUMENT", allow_hyphen_values = true)]
    server_argument: Vec<String>,
    /// E-mail address of an administrator of the running server.
    #[arg(long, global = true)]
    email: Option<String>,
    /// Password of that administrator.
    #[arg(long, global = true, env = "SAPA_LOAD_PASSWORD", hide_env_values = true)]
    password: Option<String>,
    /// Process of the server, when it cannot be found by its port.
    #[arg(long, global = true)]
    pid: Option<u32>,
    /// Folder for results and histories.
    #[arg(long, global = true, default_value = "bench")]
    bench: PathBuf,
    /// Seed of texts and data sets.
    #[arg(long, global = true, default_value_t = 1)]
    seed: u64,
    /// Threads that play; one is enough for about 15,000 messages a second.
    #[arg(long, global = true, default_value_t = 1)]
    threads: usize,
    /// Allow a target that is not this machine.
    #[arg(long, global = true)]
    i_own_this_server: bool,
}

impl Options {
    /// How to start a server, when the run is to start one.
    fn recipe(&self) -> Option<Recipe> {
        let program = self.server.clone()?;
        Some(Recipe { program, arguments: self.server_argument.clone(), wrapper: Vec::new() })
    }

    /// The server to play against: the one that was started, or the one that was named.
    fn target(&self, started: Option<String>) -> Result<Target> {
        let url = started.or_else(|| self.url.clone()).context("name a server with --url or --server")?;
        Target::parse(&url, self.i_own_this_server)
    }

    /// The folder for results, made and hidden from git when it is not there.
    fn bench_folder(&self) -> Result<PathBuf> {
        std::fs::create_dir_all(&self.bench)?;
        let folder = self.bench.canonicalize()?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            std::fs::write(ignore, "*\n")?;
        }
        Ok(folder)
    }
}

fn main() -> ExitCode {
    let program = Program::parse();
    match run(program) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(EXIT_BROKEN),
        Err(error) => {
            eprintln!("sapa-load: {error:#}");
            ExitCode::from(EXIT_IMPOSSIBLE)
        }
    }
}

/// Runs the scenarios one after the other; true when every history is sound.
fn run(program: Program) -> Result<bool> {
    let Program { options, scenario } = program;
    let bench = options.bench_folder()?;
    let mut sound = true;
    for part in scenario.parts() {
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(options.threads).enable_all().build()?;
        for report in runtime.block_on(part.run(&options))? {
            report.publish(&bench, &mut std::io::stdout().lock())?;
            sound &= report.is_clean();
        }
    }
    Ok(sound)
}
