//! `sapa restore FOLDER`: puts a backup into an empty data folder.
//!
//! What must stay true: nothing is written before every byte of the backup was compared with its checksum; a
//! damaged, foreign or newer backup and a data folder that holds something are refused.

use crate::{
    backup::{
        self, ABOUT, About, DATABASE, FILES, FORMAT,
        sums::{self, Sums},
    },
    open, progress, say,
    settings::Settings,
};
use anyhow::{Context as _, bail, ensure};
use clap::Args;
use db::{Db, params, sql};
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// More events than can have been lost with what came after the backup.
const LOST_POSITIONS: i64 = 1_000_000_000;

#[derive(Args)]
pub struct Arguments {
    /// The folder that `sapa backup` made
    folder: PathBuf,
}

#[tokio::main]
pub async fn run(settings: Settings, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let folder = &arguments.folder;
    let Some(database) = settings.storage.sqlite() else {
        bail!("a backup is of the embedded database: restore PostgreSQL with its own tools.");
    };
    let (about, sums) = verified(folder)?;
    let _lock = open::lock(&database)?;
    let files = settings.storage.blobs();
    ensure!(!database.exists(), "{} exists already: restore into an empty data folder.", database.display());
    for leftover in ["-wal", "-shm", "-journal"] {
        let mut name = database.as_os_str().to_owned();
        name.push(leftover);
        // A log of another database would be played into the restored one.
        let name = PathBuf::from(name);
        ensure!(!name.exists(), "{} exists: restore into an empty data folder.", name.display());
    }
    ensure!(is_empty(&files)?, "{} holds files already: restore into an empty data folder.", files.display());
    let bar = progress::bar(sums.paths().count() as u64, "files");
    // The database last: a restore that was cut off leaves no database that lacks its files.
    for path in sums.paths().filter_map(|path| path.strip_prefix(&format!("{FILES}/"))) {
        put(&folder.join(FILES).join(path), &files.join(path))?;
        bar.inc(1);
    }
    let draft = database.with_added_extension("unfinished");
    put(&folder.join(DATABASE), &draft)?;
    leave_a_gap(&draft).await.context("the restored database cannot be opened")?;
    fs::rename(&draft, &database)?;
    for emptied in ["-wal", "-shm"] {
        let mut name = draft.as_os_str().to_owned();
        name.push(emptied);
        // Closing usually removed it already.
        let _ = fs::remove_file(name);
    }
    bar.finish_and_clear();
    say(&format!("{} holds the database and {} files again: run `sapa doctor`.", database.display(), about.files));
    Ok(ExitCode::SUCCESS)
}

/// What the backup says of itself, after every byte of it was looked at.
fn verified(folder: &Path) -> anyhow::Result<(About, Sums)> {
    let shown = folder.display();
    let text = fs::read_to_string(folder.join(sums::FILE))
        .with_context(|| format!("{shown} is no backup of sapa: it has no {}", sums::FILE))?;
    let damaged = || format!("the backup {shown} is damaged and nothing was restored");
    let sums = Sums::parse(&text).with_context(damaged)?;
    ensure!(sums.has(DATABASE) && sums.has(ABOUT), "the backup {shown} is damaged: its list of checksums is cut off.");
    let bar = progress::bar(sums.paths().count() as u64, "checksums");
    sums.verify(folder, || bar.inc(1)).with_context(damaged)?;
    bar.finish_and_clear();
    let about: About = serde_json::from_str(&fs::read_to_string(folder.join(ABOUT))?).with_context(damaged)?;
    ensure!(about.program == "sapa", "{shown} is a backup of {}, not of sapa.", about.program);
    let known = base::migrations();
    let newer = about.steps.iter().any(|step| !known.iter().any(|one| one.name == *step));
    ensure!(
        about.format <= FORMAT && !newer,
        "the backup {shown} was made by the newer version {}: restore it with that one.",
        about.version
    );
    let files = sums.paths().filter(|path| path.starts_with(FILES)).count();
    ensure!(files == about.files, "the backup {shown} is damaged: {files} of {} files are there.", about.files);
    Ok((about, sums))
}

/// Moves the positions of events far beyond any that a client may hold from after the backup: with a position of
/// that lost time it would take the next events for ones that it knows.
async fn leave_a_gap(database: &Path) -> anyhow::Result<()> {
    let db = Db::open(&format!("sqlite:{}", database.display())).await?;
    let moved = sql!("UPDATE event_positions SET position = position + $1");
    db.write(
        move |tx| Box::pin(async move { tx.execute(moved, &params![LOST_POSITIONS]).await.map(drop) }),
        |(), _| (),
    )
    .await?;
    Ok(db.settle().await?)
}

fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    Ok(!folder.exists() || fs::read_dir(folder)?.next().is_none())
}

fn put(from: &Path, to: &Path) -> anyhow::Result<()> {
    backup::copy(from, to)?.with_context(|| format!("{} went away meanwhile", from.display())).map(drop)
}
