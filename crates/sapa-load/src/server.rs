//! A server that a scenario starts itself, on an empty folder and a free port of this machine.
//!
//! Must stay true: only processes started here are ever ended; the folder and the log go away with the value, unless the
//! run failed and the folder is asked to stay. Absent on purpose: knowledge of the server's insides; its command line,
//! its log line with the setup token and `/readyz` are the whole acquaintance.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::client::administrator::{self, Setup};
use crate::client::agent::Agent;
use crate::client::http::{Connection, Credential};
use crate::target::Target;

const READY_TIMEOUT: Duration = Duration::from_secs(60);
const READY_POLL: Duration = Duration::from_millis(2);
const STOP_TIMEOUT: Duration = Duration::from_secs(20);
/// A run's visitors all come from one address and write without pause, which the server's throttles are there to stop.
const THROTTLES_OFF: [(&str, &str); 2] =
    [("SAPA_LIMITS__VISITORS_PER_ADDRESS", "0"), ("SAPA_LIMITS__MESSAGES_PER_VISITOR", "0")];
/// The administrator of a server that a run started.
pub const ADMINISTRATOR_EMAIL: &str = "load@sapa.test";

/// How to start a server.
#[derive(Clone, Debug)]
pub struct Recipe {
    pub program: PathBuf,
    /// Arguments after `serve --data DIR --listen ADDRESS`.
    pub arguments: Vec<String>,
    /// A program and its arguments to run the server under, such as a tracer.
    pub wrapper: Vec<String>,
}

/// A running server of our own.
pub struct Server {
    recipe: Recipe,
    folder: TempDir,
    port: u16,
    child: Child,
    password: String,
}

impl Server {
    /// Starts a server on an empty folder below `parent` and waits until it is ready.
    pub async fn start(recipe: Recipe, parent: &Path) -> Result<Self> {
        Ok(Self::start_timed(recipe, parent).await?.0)
    }

    /// The same; answers also the time until it was ready.
    pub async fn start_timed(recipe: Recipe, parent: &Path) -> Result<(Self, Duration)> {
        let folder = tempfile::Builder::new().prefix("server-").tempdir_in(parent)?;
        let port = free_port()?;
        let start = Instant::now();
        let child = spawn(&recipe, folder.path(), port)?;
        let mut server = Self { recipe, folder, port, child, password: administrator::random_password() };
        server.wait_until_ready().await?;
        Ok((server, start.elapsed()))
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The folder with the server's data and log.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The process that serves; under a wrapper, the one that listens.
    pub fn pid(&self) -> Option<u32> {
        if self.recipe.wrapper.is_empty() { Some(self.child.id()) } else { crate::process::listening_on(self.port) }
    }

    /// Ends the server without any warning and starts it again; returns the time until it was ready again.
    pub async fn kill_and_restart(&mut self) -> Result<Duration> {
        self.child.kill()?;
        self.child.wait()?;
        self.start_again().await
    }

    /// Stops the server and starts it again; returns the time until it was ready again.
    pub async fn restart(&mut self) -> Result<Duration> {
        self.end().await?;
        self.start_again().await
    }

    async fn start_again(&mut self) -> Result<Duration> {
        let start = Instant::now();
        self.child = spawn(&self.recipe, self.folder.path(), self.port)?;
        self.wait_until_ready().await?;
        Ok(start.elapsed())
    }

    /// Stops the server, loads a data set into its folder, and starts it again; returns how long loading took.
    pub async fn import(&mut self, dataset: &Path) -> Result<Duration> {
        self.end().await?;
        let start = Instant::now();
        let mut command = Command::new(&self.recipe.program);
        command.arg("import").arg("--data").arg(self.folder.path().join("data")).arg("--dataset").arg(dataset);
        // The database may be elsewhere.
        command.args(&self.recipe.arguments);
        let output =
            tokio::task::spawn_blocking(move || command.output()).await?.context("failed to run sapa import")?;
        ensure!(output.status.success(), "sapa import failed: {}", String::from_utf8_lossy(&output.stderr));
        let took = start.elapsed();
        self.start_again().await?;
        Ok(took)
    }

    /// Asks the server to stop and waits for it.
    pub async fn stop(mut self) -> Result<()> {
        self.end().await
    }

    async fn end(&mut self) -> Result<()> {
        if let Some(pid) = self.pid().and_then(|pid| rustix::process::Pid::from_raw(pid.cast_signed())) {
            rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        }
        let give_up = Instant::now() + STOP_TIMEOUT;
        while self.child.try_wait()?.is_none() {
            if Instant::now() > give_up {
                bail!("the server did not stop within {} s", STOP_TIMEOUT.as_secs());
            }
            sleep(READY_POLL).await;
        }
        Ok(())
    }

    /// Keeps the folder after the run and tells where it is.
    pub fn keep_folder(&mut self) -> PathBuf {
        self.folder.disable_cleanup(true);
        self.folder.path().to_owned()
    }

    /// Makes the workspace with the token from the log, or signs in where that has been done.
    pub async fn administrator(&self) -> Result<Agent> {
        let target = Target::parse(&self.url(), false)?;
        let mut connection = Connection::open(&target).await?;
        let log = std::fs::read_to_string(self.log_path())?;
        let token = setup_token(&log).context("the server's log shows no setup token")?;
        let setup = Setup {
            token,
            workspace_name: "Load",
            name: "Load",
            email: ADMINISTRATOR_EMAIL,
            password: &self.password,
            locale: "en",
        };
        administrator::set_up(&mut connection, &setup).await
    }

    fn log_path(&self) -> PathBuf {
        log_path(self.folder.path())
    }

    async fn wait_until_ready(&mut self) -> Result<()> {
        let target = Target::parse(&self.url(), false)?;
        let give_up = Instant::now() + READY_TIMEOUT;
        while !is_ready(&target).await {
            if let Some(status) = self.child.try_wait()? {
                let log = std::fs::read_to_string(self.log_path()).unwrap_or_default();
                bail!("the server ended at its start ({status}):\n{log}");
            }
            if Instant::now() > give_up {
                bail!("the server was not ready within {} s", READY_TIMEOUT.as_secs());
            }
            sleep(READY_POLL).await;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn is_ready(target: &Target) -> bool {
    let Ok(mut connection) = Connection::open(target).await else { return false };
    connection.get("/readyz", &Credential::Nobody).await.is_ok_and(|answer| answer.status == 200)
}

fn spawn(recipe: &Recipe, folder: &Path, port: u16) -> Result<Child> {
    let log = File::options().create(true).append(true).open(log_path(folder))?;
    let mut command = match recipe.wrapper.split_first() {
        None => Command::new(&recipe.program),
        Some((wrapper, arguments)) => {
            let mut command = Command::new(wrapper);
            command.args(arguments).arg(&recipe.program);
            command
        }
    };
    command
        .arg("serve")
        .arg("--data")
        .arg(folder.join("data"))
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .args(&recipe.arguments)
        .envs(THROTTLES_OFF)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("failed to start {}", recipe.program.display()))
}

fn log_path(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The one-time token: what follows `setup#` in the address that the server prints on an empty folder.
fn setup_token(log: &str) -> Option<&str> {
    let (_, rest) = log.rsplit_once("setup#")?;
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != '_');
    Some(&rest[..end.unwrap_or(rest.len())])
}
