//! The binary, run as an operator runs it.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

const READY_WAIT: Duration = Duration::from_secs(30);
const STOP_WAIT: Duration = Duration::from_secs(25);
const LOOK: Duration = Duration::from_millis(10);

/// The binary with arguments, in an environment without settings.
pub fn sapa(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sapa"));
    command.args(arguments).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SAPA_")) {
        command.env_remove(name);
    }
    command
}

pub fn run(arguments: &[&str]) -> Output {
    sapa(arguments).output().expect("the program to run")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn path(path: &Path) -> &str {
    path.to_str().expect("a path of plain text")
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder above").to_owned()
}

/// A running server; ended with the value.
pub struct Server {
    child: Child,
    pub port: u16,
    log: PathBuf,
}

impl Server {
    /// `sapa COMMAND` on a data folder and a free port, when it is ready.
    pub fn start(command: &str, data: &Path, more: &[&str]) -> Self {
        let (port, log) = (free_port(), data.with_extension("log"));
        let out = fs::File::create(&log).expect("a log");
        let address = format!("127.0.0.1:{port}");
        let child = sapa(&[command, "--data", path(data), "--listen", &address])
            .args(more)
            .stdout(out.try_clone().expect("the log again"))
            .stderr(out)
            .spawn()
            .expect("the server to start");
        let mut server = Self { child, port, log };
        let give_up = Instant::now() + READY_WAIT;
        while !server.get("/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            let ended = server.child.try_wait().expect("its state");
            assert!(ended.is_none() && Instant::now() < give_up, "not ready: {}", server.output());
            thread::sleep(LOOK);
        }
        server
    }

    /// The whole answer to a plain GET.
    pub fn get(&self, address: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        write!(stream, "GET {address} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(text(&answer))
    }

    /// What it wrote so far.
    pub fn output(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Asks it to stop; the exit code, and how long it took.
    pub fn stop(mut self) -> (Option<i32>, Duration) {
        let started = Instant::now();
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
        while started.elapsed() < STOP_WAIT {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return (status.code(), started.elapsed());
            }
            thread::sleep(LOOK);
        }
        panic!("still running after {STOP_WAIT:?}: {}", self.output());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
