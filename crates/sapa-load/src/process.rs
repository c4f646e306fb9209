//! What the kernel says about a process: memory, processor time, threads, open files.
//!
//! Must stay true: figures come from /proc only, so that the server needs no hook. A missing figure is `None`, never 0.
//! Absent on purpose: other systems than Linux.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The kernel reports processor time in hundredths of a second to programs, on every architecture we build for.
const TICKS_PER_SECOND: f64 = 100.0;
const BYTES_PER_KIB: u64 = 1024;

/// One look at a process.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Resident memory, in bytes.
    pub rss_bytes: u64,
    /// Resident memory that is not a mapped file, in bytes.
    pub anonymous_bytes: u64,
    /// Processor time in user and kernel mode since the start, in seconds.
    pub cpu_s: f64,
    pub threads: u64,
    pub open_files: Option<u64>,
    /// Times that a thread gave the processor up by itself since the start (all threads that still live).
    pub voluntary_switches: Option<u64>,
    /// Bytes handed to the disk since the start.
    pub written_bytes: Option<u64>,
}

pub fn look(pid: u32) -> Result<Look> {
    let proc = Path::new("/proc").join(pid.to_string());
    let status = fs::read_to_string(proc.join("status")).with_context(|| format!("process {pid} is gone"))?;
    let stat = fs::read_to_string(proc.join("stat"))?;
    Ok(Look {
        rss_bytes: status_number(&status, "VmRSS:").unwrap_or(0) * BYTES_PER_KIB,
        anonymous_bytes: status_number(&status, "RssAnon:").unwrap_or(0) * BYTES_PER_KIB,
        cpu_s: cpu_seconds(&stat).context("unreadable /proc stat")?,
        threads: status_number(&status, "Threads:").unwrap_or(0),
        open_files: fs::read_dir(proc.join("fd")).ok().map(|files| files.count() as u64),
        voluntary_switches: voluntary_switches(&proc),
        written_bytes: fs::read_to_string(proc.join("io")).ok().and_then(|io| status_number(&io, "write_bytes:")),
    })
}

/// Processor time of this process, in seconds.
pub fn own_cpu_s() -> Result<f64> {
    Ok(look(std::process::id())?.cpu_s)
}

/// The process that listens on a TCP port of this machine, when we may see it.
pub fn listening_on(port: u16) -> Option<u32> {
    let sockets = ["/proc/net/tcp", "/proc/net/tcp6"]
        .into_iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .flat_map(|table| listening_sockets(&table, port))
        .collect::<HashSet<_>>();
    let processes = fs::read_dir("/proc").ok()?;
    processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).find(|pid| owns_any(*pid, &sockets))
}

/// Load average of the last minute.
pub fn load_average() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// Memory that the kernel holds for TCP buffers and socket objects, in bytes; both ends of a loopback pair count.
pub fn kernel_socket_bytes() -> Option<u64> {
    const SLAB_COLUMNS: (usize, usize) = (2, 3);
    let slabs = fs::read_to_string("/proc/slabinfo").ok()?;
    let names = ["TCP ", "TCPv6 ", "sock_inode_cache ", "filp ", "dentry ", "eventpoll_epi "];
    let lines = slabs.lines().filter(|line| names.iter().any(|name| line.starts_with(name)));
    Some(
        lines
            .filter_map(|line| {
                let columns: Vec<&str> = line.split_whitespace().collect();
                let count: u64 = columns.get(SLAB_COLUMNS.0)?.parse().ok()?;
                let size: u64 = columns.get(SLAB_COLUMNS.1)?.parse().ok()?;
                Some(count * size)
            })
            .sum(),
    )
}

/// Raises the limit of open files of this process as far as it may; returns the limit.
pub fn raise_open_files() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    let reached = if raised.is_ok() { limit.maximum } else { limit.current };
    reached.unwrap_or(u64::MAX)
}

fn status_number(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(name))?;
    line[name.len()..].split_whitespace().next()?.parse().ok()
}

/// User and system time: fields 14 and 15, counted after the name in parentheses, which may hold anything.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}

fn voluntary_switches(proc: &Path) -> Option<u64> {
    let threads = fs::read_dir(proc.join("task")).ok()?;
    let counts = threads.filter_map(|thread| {
        let status = fs::read_to_string(thread.ok()?.path().join("status")).ok()?;
        status_number(&status, "voluntary_ctxt_switches:")
    });
    Some(counts.sum())
}

/// Inode numbers of sockets in state LISTEN (0A) on a port, from a table of /proc/net.
fn listening_sockets(table: &str, port: u16) -> Vec<String> {
    const LISTEN: &str = "0A";
    let ending = format!(":{port:04X}");
    table
        .lines()
        .skip(1)
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|columns| columns.len() > 9 && columns[1].ends_with(&ending) && columns[3] == LISTEN)
        .map(|columns| format!("socket:[{}]", columns[9]))
        .collect()
}

fn owns_any(pid: u32, sockets: &HashSet<String>) -> bool {
    let Ok(files) = fs::read_dir(format!("/proc/{pid}/fd")) else { return false };
    files
        .flatten()
        .filter_map(|file| fs::read_link(file.path()).ok())
        .any(|link| link.to_str().is_some_and(|link| sockets.contains(link)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_itself_by_the_port_it_listens_on() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        assert_eq!(listening_on(port), Some(std::process::id()));
        drop(listener);
        assert_eq!(listening_on(port), None);
    }

    #[test]
    fn a_process_has_memory_and_time() {
        let look = look(std::process::id()).expect("we exist");
        assert!(look.rss_bytes >= look.anonymous_bytes && look.anonymous_bytes > 0);
        assert!(look.threads >= 1 && look.open_files.is_some_and(|count| count >= 3));
    }

    #[test]
    fn reads_time_after_a_name_with_spaces() {
        let stat = "12 (a) b) S 1 1 1 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 4 0 100 1 1";
        assert_eq!(cpu_seconds(stat), Some(2.0));
    }
}
