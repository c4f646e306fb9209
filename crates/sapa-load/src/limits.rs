//! The machine's own limits, measured in the same run as the server: without them a latency says nothing.
//!
//! Must stay true: each limit is the least work that the server's task could be done with (a flush, a round trip, a bare
//! insert), measured with blocking calls in threads of their own.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use hdrhistogram::Histogram;
use rusqlite::Connection;
use serde::Serialize;

const FLUSH_BYTES: usize = 4096;
const FLUSHES: u32 = 200;
/// On a busy machine a flush takes milliseconds; measuring ends after this time whatever the count.
const FLUSH_TIME_MAX: Duration = Duration::from_secs(2);
const PING_BYTES: usize = 300;
const PINGS: u32 = 2_000;
const INSERT_TIME: Duration = Duration::from_millis(1_500);
const HIGHEST_US: u64 = 60_000_000;

/// What this machine can do at best, at this moment.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Limits {
    /// Appending 4 KiB and flushing it (`fdatasync`), in milliseconds.
    pub fdatasync_p50_ms: f64,
    pub fdatasync_p99_ms: f64,
    /// A 300-byte round trip over loopback between two threads, in milliseconds.
    pub ping_pong_p50_ms: f64,
    /// Load average of the last minute.
    pub load_average: Option<f64>,
}

impl Limits {
    /// The slower of two looks, one before and one after a scenario: the neighbours may have come in between.
    pub fn slower(self, other: Self) -> Self {
        if other.fdatasync_p50_ms > self.fdatasync_p50_ms { other } else { self }
    }
}

/// A histogram of microseconds with three digits.
pub fn histogram() -> Histogram<u64> {
    let mut histogram = Histogram::new_with_bounds(1, HIGHEST_US, 3).expect("constant bounds are valid");
    histogram.auto(true);
    histogram
}

/// Measures in a folder of the disk that the server writes to.
pub fn measure(folder: &Path) -> Result<Limits> {
    let flush = flushes(folder).context("failed to measure the disk's flush")?;
    let ping = ping_pong().context("failed to measure loopback")?;
    Ok(Limits {
        fdatasync_p50_ms: to_ms(flush.value_at_quantile(0.5)),
        fdatasync_p99_ms: to_ms(flush.value_at_quantile(0.99)),
        ping_pong_p50_ms: to_ms(ping.value_at_quantile(0.5)),
        load_average: crate::process::load_average(),
    })
}

pub fn to_ms(micros: u64) -> f64 {
    micros as f64 / 1000.0
}

fn flushes(folder: &Path) -> Result<Histogram<u64>> {
    let path = folder.join("sapa-load.flush");
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).open(&path)?;
    let page = [0x5A_u8; FLUSH_BYTES];
    let mut times = histogram();
    let start = Instant::now();
    for _ in 0..FLUSHES {
        let before = Instant::now();
        file.write_all(&page)?;
        file.sync_data()?;
        record(&mut times, before);
        if start.elapsed() > FLUSH_TIME_MAX {
            break;
        }
    }
    std::fs::remove_file(&path)?;
    Ok(times)
}

fn ping_pong() -> Result<Histogram<u64>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let echo = std::thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        let mut bytes = [0; PING_BYTES];
        for _ in 0..PINGS {
            stream.read_exact(&mut bytes)?;
            stream.write_all(&bytes)?;
        }
        Ok(())
    });
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut bytes = [0; PING_BYTES];
    let mut times = histogram();
    for _ in 0..PINGS {
        let before = Instant::now();
        stream.write_all(&bytes)?;
        stream.read_exact(&mut bytes)?;
        record(&mut times, before);
    }
    echo.join().map_err(|_| anyhow!("the echo thread ended early"))??;
    Ok(times)
}

fn record(times: &mut Histogram<u64>, before: Instant) {
    times.saturating_record(u64::try_from(before.elapsed().as_micros()).unwrap_or(HIGHEST_US).max(1));
}

/// Durable messages per second of the bare engine: one transaction per group, each message a row for itself, its
/// conversation and its event, flushed on commit.
pub fn grouped_inserts_per_s(folder: &Path, group: u32) -> Result<f64> {
    let path = folder.join("sapa-load.sqlite");
    let rate = insert_for_a_while(&path, group);
    for ending in ["", "-wal", "-shm"] {
        // A leftover of the measurement is no reason to fail it.
        let _ = std::fs::remove_file(folder.join(format!("sapa-load.sqlite{ending}")));
    }
    rate
}

fn insert_for_a_while(path: &Path, group: u32) -> Result<f64> {
    const CONVERSATIONS: u32 = 50;
    const TEXT: &str = "Halo kak, pesanan saya #123456 kok belum sampai ya? Katanya hari Senin.";
    let mut database = Connection::open(path)?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE message (conversation INTEGER, position INTEGER, id BLOB UNIQUE, text TEXT,
             PRIMARY KEY (conversation, position)) WITHOUT ROWID;
         CREATE TABLE conversation (id INTEGER PRIMARY KEY, position INTEGER, activity INTEGER, preview TEXT);
         CREATE TABLE event (position INTEGER PRIMARY KEY, payload TEXT);",
    )?;
    for conversation in 0..CONVERSATIONS {
        database.execute("INSERT INTO conversation VALUES (?1, 0, 0, '')", [conversation])?;
    }
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < INSERT_TIME {
        let transaction = database.transaction()?;
        for _ in 0..group {
            count += 1;
            let id = crate::outside::fresh_uuid().into_bytes();
            let conversation = count % CONVERSATIONS;
            transaction.prepare_cached("INSERT INTO message VALUES (?1, ?2, ?3, ?4)")?.execute((
                conversation,
                count,
                id,
                TEXT,
            ))?;
            transaction
                .prepare_cached("UPDATE conversation SET position = ?2, activity = ?2, preview = ?3 WHERE id = ?1")?
                .execute((conversation, count, TEXT))?;
            transaction.prepare_cached("INSERT INTO event VALUES (?1, ?2)")?.execute((count, TEXT))?;
        }
        transaction.commit()?;
    }
    Ok(f64::from(count) / start.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let limits = measure(folder.path()).expect("measurable");
        assert!(limits.fdatasync_p50_ms > 0.0 && limits.fdatasync_p99_ms >= limits.fdatasync_p50_ms);
        assert!(limits.ping_pong_p50_ms > 0.0);
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0);
    }

    #[test]
    fn the_bare_engine_inserts() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(grouped_inserts_per_s(folder.path(), 32).expect("works") > 0.0);
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0);
    }
}
