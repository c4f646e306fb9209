//! The stage of a run: a server to play against, an administrator, an inbox of its own, and its agents.
//!
//! Must stay true: a run touches only what it made; afterwards its agents are disabled and its inbox takes nobody in.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::Options;
use crate::client::administrator;
use crate::client::agent::Agent;
use crate::client::http::Connection;
use crate::client::visitor::Visitor;
use crate::clock::Clock;
use crate::limits::{self, Limits};
use crate::outside::randomness;
use crate::process::{self, Look};
use crate::server::{ADMINISTRATOR_EMAIL, Recipe, Server};
use crate::target::Target;
use crate::text::{self, Language, Moment, Speaker};

/// Different texts that visitors write; enough that the server's pages do not repeat.
const TEXTS: usize = 512;
/// Connections over which idle visitors sign up side by side.
const SIGN_UP_CONNECTIONS: usize = 16;

/// Where a run takes place.
pub struct Stage {
    pub clock: Clock,
    pub target: Target,
    /// Number of the run, in every mark.
    pub run: u32,
    pub administrator: Agent,
    pub agents: Vec<Agent>,
    pub inbox_id: String,
    pub texts: Arc<[String]>,
    /// Process of the server, when it is on this machine and visible.
    pub pid: Option<u32>,
    /// Folder for results and histories.
    pub bench: PathBuf,
    /// The server, when this run started it.
    pub server: Option<Server>,
}

impl Stage {
    /// Prepares everything for a run with so many agents.
    pub async fn set(options: &Options, agents: usize) -> Result<Self> {
        let server = match options.recipe() {
            Some(recipe) => Some(Server::start(recipe, &options.bench_folder()?).await?),
            None => None,
        };
        Self::set_on(options, agents, server).await
    }

    /// The same under a program such as a tracer.
    pub async fn set_under(options: &Options, agents: usize, wrapper: Vec<String>) -> Result<Self> {
        let recipe = options.recipe().context("this scenario starts the server itself: name it with --server")?;
        let server = Server::start(Recipe { wrapper, ..recipe }, &options.bench_folder()?).await?;
        Self::set_on(options, agents, Some(server)).await
    }

    async fn set_on(options: &Options, agents: usize, server: Option<Server>) -> Result<Self> {
        process::raise_open_files();
        let target = options.target(server.as_ref().map(Server::url))?;
        let administrator = match (&server, &options.email, &options.password) {
            (Some(server), ..) => server.administrator().await?,
            (None, Some(email), Some(password)) => {
                Agent::sign_in(&mut Connection::open(&target).await?, email, password).await?
            }
            _ => bail!("name an administrator with --email and --password, or a program to start with --server"),
        };
        let run = randomness().random();
        let mut connection = Connection::open(&target).await?;
        let agents = add_agents(&mut connection, &administrator, run, agents).await?;
        let inbox_id =
            administrator::add_inbox(&mut connection, &administrator, &format!("Load {run:08x}"), &agents).await?;
        Ok(Self {
            clock: Clock::start(),
            run,
            administrator,
            agents,
            inbox_id,
            texts: texts(options.seed),
            pid: server_pid(options, &target, server.as_ref()),
            target,
            bench: options.bench_folder()?,
            server,
        })
    }

    /// Signs visitors up, several at a time.
    pub async fn visitors(&self, count: usize) -> Result<Vec<Visitor>> {
        let share = count.div_ceil(SIGN_UP_CONNECTIONS).max(1);
        let shares = (0..count).step_by(share).map(|first| share.min(count - first));
        let tasks: Vec<_> = shares.map(|share| tokio::spawn(self.sign_up(share))).collect();
        let mut visitors = Vec::with_capacity(count);
        for task in tasks {
            visitors.extend(task.await??);
        }
        Ok(visitors)
    }

    fn sign_up(&self, count: usize) -> impl Future<Output = Result<Vec<Visitor>>> + Send + 'static {
        let (target, inbox_id) = (self.target.clone(), self.inbox_id.clone());
        async move {
            let mut connection = Connection::open(&target).await?;
            let mut visitors = Vec::with_capacity(count);
            for _ in 0..count {
                visitors.push(Visitor::sign_up(&mut connection, &inbox_id, &target.origin).await?);
            }
            Ok(visitors)
        }
    }

    /// Sign-in addresses of everybody who can hold a conversation, the administrator of our own server first.
    pub fn holders(&self) -> Vec<String> {
        let agents = (0..self.agents.len()).map(|number| agent_email(self.run, number));
        std::iter::once(ADMINISTRATOR_EMAIL.to_owned()).chain(agents).collect()
    }

    /// The server's memory and processor time now.
    pub fn look(&self) -> Option<Look> {
        process::look(self.pid?).ok()
    }

    /// The machine's limits now, on the disk that the server writes to when we started it.
    pub async fn limits(&self) -> Result<Limits> {
        let folder = self.server.as_ref().map_or(self.bench.clone(), |server| server.folder().to_owned());
        tokio::task::spawn_blocking(move || limits::measure(&folder)).await?
    }

    /// Takes back what the run was given, and stops the server that it started.
    pub async fn clear(self) -> Result<()> {
        match self.server {
            Some(server) => server.stop().await,
            None => {
                let mut connection = Connection::open(&self.target).await?;
                administrator::disable_inbox(&mut connection, &self.administrator, &self.inbox_id).await?;
                for agent in &self.agents {
                    administrator::disable_agent(&mut connection, &self.administrator, agent).await?;
                }
                Ok(())
            }
        }
    }
}

fn agent_email(run: u32, number: usize) -> String {
    format!("agent-{number}-{run:08x}@load.test")
}

async fn add_agents(connection: &mut Connection, administrator: &Agent, run: u32, count: usize) -> Result<Vec<Agent>> {
    let mut agents = Vec::with_capacity(count);
    for number in 0..count {
        let email = agent_email(run, number);
        let name = format!("Load agent {number}");
        agents.push(administrator::add_agent(connection, administrator, &email, &name).await?);
    }
    Ok(agents)
}

fn server_pid(options: &Options, target: &Target, server: Option<&Server>) -> Option<u32> {
    let listening = || target.is_this_machine().then(|| process::listening_on(target.address.port())).flatten();
    options.pid.or_else(|| server.and_then(Server::pid)).or_else(listening)
}

/// The texts that visitors take in turn.
fn texts(seed: u64) -> Arc<[String]> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..TEXTS)
        .map(|number| {
            let moment = if number % 4 == 0 { Moment::Opening } else { Moment::Middle };
            text::message(Language::random(&mut random), Speaker::Contact, moment, &mut random)
        })
        .collect()
}
