//! The history of a run as files: one JSON object per line, so that anybody can check it again with other tools.
//!
//! `sent.jsonl`, `acked.jsonl`, `stored.jsonl` hold one record per line, `observers.jsonl` one line per socket and
//! `seen.jsonl` one line per arrival with the number of its observer's line (from 0). The folder of a scenario holds its
//! last run.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::history::{History, Observer, Seen};

const SENT: &str = "sent.jsonl";
const ACKED: &str = "acked.jsonl";
const STORED: &str = "stored.jsonl";
const OBSERVERS: &str = "observers.jsonl";
const SEEN: &str = "seen.jsonl";

#[derive(Serialize, Deserialize)]
struct Arrival {
    observer: usize,
    #[serde(flatten)]
    seen: Seen,
}

pub fn write(folder: &Path, history: &History) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    write_lines(&folder.join(SENT), &history.sent)?;
    write_lines(&folder.join(ACKED), &history.acked)?;
    write_lines(&folder.join(STORED), &history.stored)?;
    write_lines(&folder.join(OBSERVERS), &history.observers)?;
    let arrivals = history
        .observers
        .iter()
        .enumerate()
        .flat_map(|(observer, watcher)| watcher.seen.iter().map(move |seen| Arrival { observer, seen: *seen }));
    write_lines(&folder.join(SEEN), arrivals)
}

pub fn read(folder: &Path) -> Result<History> {
    let mut observers: Vec<Observer> = read_lines(&folder.join(OBSERVERS))?;
    for arrival in read_lines::<Arrival>(&folder.join(SEEN))? {
        let observer = observers.get_mut(arrival.observer).context("an arrival names an unknown observer")?;
        observer.seen.push(arrival.seen);
    }
    Ok(History {
        sent: read_lines(&folder.join(SENT))?,
        acked: read_lines(&folder.join(ACKED))?,
        stored: read_lines(&folder.join(STORED))?,
        observers,
    })
}

fn write_lines<T: Serialize>(path: &Path, records: impl IntoIterator<Item = T>) -> Result<()> {
    let file = File::create(path).with_context(|| format!("failed to write {}", path.display()))?;
    let mut file = BufWriter::new(file);
    for record in records {
        serde_json::to_writer(&mut file, &record)?;
        file.write_all(b"\n")?;
    }
    Ok(file.flush()?)
}

fn read_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let file = File::open(path).with_context(|| format!("failed to read {}", path.display()))?;
    BufReader::new(file)
        .lines()
        .map(|line| serde_json::from_str(&line?).with_context(|| format!("unreadable line in {}", path.display())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::wire::Id;
    use crate::history::{Acked, Scope, Sent, Stored};

    #[test]
    fn a_history_survives_its_files() {
        let (id, conversation) = (Id(5), Id(6));
        let seen = Seen { event: 9, conversation, id, position: 1, revision: 9, scheduled_us: Some(3), at_us: 20 };
        let history = History {
            sent: vec![Sent { author: 1, counter: 2, id, scheduled_us: 3, sent_us: 4 }],
            acked: vec![Acked { id, conversation, position: 1, revision: 9, at_us: 10 }],
            stored: vec![Stored { conversation, id, position: 1, revision: 9, written: Some((1, 2)) }],
            observers: ["a", "b"]
                .map(|name| Observer {
                    name: name.into(),
                    scope: Scope::Authors(1, 1),
                    from: 8,
                    resets: vec![],
                    seen: vec![seen],
                })
                .to_vec(),
        };
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), &history).expect("writable");
        assert_eq!(format!("{:?}", read(folder.path()).expect("readable")), format!("{history:?}"));
    }
}
