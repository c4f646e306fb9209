//! `sapa backup FOLDER`: a copy of the embedded database and the files, while the server runs.
//!
//! The folder holds `sapa.db`, `files/`, `backup.json` (what it is) and `SHA256SUMS` (a line for every file, also
//! for `sha256sum --check`). What must stay true: the database is copied first, as one snapshot, so every file that
//! it names is there to be copied after; the folder gets its name when everything in it is flushed, so a folder of
//! that name is a whole backup.

pub mod sums;

use crate::{open, progress, say, settings::Settings};
use anyhow::{Context as _, bail, ensure};
use clap::Args;
use db::Db;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};
use sums::Sums;

pub const DATABASE: &str = "sapa.db";
pub const FILES: &str = "files";
pub const ABOUT: &str = "backup.json";
/// Grows when the folder's layout changes.
pub const FORMAT: u32 = 1;
/// Uploads under way; not yet files.
const UPLOADS: &str = "uploads";

/// What a backup says of itself.
#[derive(Serialize, Deserialize)]
pub struct About {
    pub program: String,
    pub format: u32,
    pub version: String,
    pub made_at: i64,
    /// The steps that the database had taken.
    pub steps: Vec<String>,
    pub files: usize,
    pub bytes: u64,
}

#[derive(Args)]
pub struct Arguments {
    /// The folder to make; it must not exist yet
    folder: PathBuf,
}

#[tokio::main]
pub async fn run(settings: Settings, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let folder = arguments.folder;
    let Some(database) = settings.storage.sqlite() else {
        bail!("PostgreSQL has its own backups: use pg_dump, and copy the folder of files after it.");
    };
    ensure!(database.exists(), "there is no database {}: nothing to copy.", database.display());
    ensure!(!folder.exists(), "{} exists already: name a folder that does not.", folder.display());
    let draft = draft_of(&folder);
    if draft.exists() {
        fs::remove_dir_all(&draft).with_context(|| format!("{} is in the way", draft.display()))?;
    }
    fs::create_dir_all(&draft).with_context(|| format!("{} cannot be made", draft.display()))?;
    let db = open::database(&settings.storage).await?;
    let steps = db::applied(&db).await?;
    db.backup_to(draft.join(DATABASE)).await.context("the database cannot be copied")?;
    let files = settings.storage.blobs();
    let from = files.clone();
    let copied = tokio::task::spawn_blocking(move || finish(&draft, &folder, &from, steps));
    let (folder, about, damaged) = copied.await??;
    say(&format!("{} holds the database and {} files, checksummed.", folder.display(), about.files));
    let mut lost = lost(&db, &folder).await?;
    lost.retain(|name| !damaged.contains(name));
    if damaged.is_empty() && lost.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    for (names, what) in [(damaged, "is damaged: its bytes have another checksum"), (lost, "is missing")] {
        for name in names {
            say(&format!("Not in it: the file {name} of {} {what}.", files.display()));
        }
    }
    Ok(ExitCode::FAILURE)
}

/// Files that the database names now and the backup lacks.
async fn lost(db: &Db, folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut lost = open::blob_names(db).await?;
    lost.retain(|name| !folder.join(FILES).join(&name[..2]).join(name).exists());
    Ok(lost)
}

/// Beside the folder, so that renaming it is one step.
fn draft_of(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    folder.with_file_name(name)
}

/// Answers also the names of the files whose bytes are not what they were.
fn finish(
    draft: &Path,
    folder: &Path,
    files: &Path,
    steps: Vec<String>,
) -> anyhow::Result<(PathBuf, About, Vec<String>)> {
    let mut sums = Sums::default();
    sums.add(draft, DATABASE)?;
    File::open(draft.join(DATABASE))?.sync_all()?;
    let names = list(files)?;
    let bar = progress::bar(names.len() as u64, "files");
    let (mut copied, mut bytes, mut damaged) = (0, 0, Vec::new());
    for name in names {
        let place = format!("{FILES}/{}/{name}", &name[..2]);
        let Some(size) = copy(&files.join(&name[..2]).join(&name), &draft.join(&place))? else { continue };
        if sums.add(draft, &place)? != name {
            sums.forget(&place);
            fs::remove_file(draft.join(&place))?;
            damaged.push(name);
            continue;
        }
        (copied, bytes) = (copied + 1, bytes + size);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let about = About {
        program: "sapa".into(),
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").into(),
        made_at: base::Clock::System.now(),
        steps,
        files: copied,
        bytes,
    };
    write(&draft.join(ABOUT), serde_json::to_string_pretty(&about)?.as_bytes())?;
    sums.add(draft, ABOUT)?;
    write(&draft.join(sums::FILE), sums.text().as_bytes())?;
    File::open(draft)?.sync_all()?;
    fs::rename(draft, folder)?;
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        File::open(parent)?.sync_all()?;
    }
    Ok((folder.to_owned(), about, damaged))
}

/// The names of all stored files.
fn list(files: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    if !files.exists() {
        return Ok(names);
    }
    for folder in fs::read_dir(files)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() || folder.file_name() == UPLOADS {
            continue;
        }
        for file in fs::read_dir(folder.path())? {
            names.push(file?.file_name().to_string_lossy().into_owned());
        }
    }
    names.retain(|name| name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()));
    names.sort_unstable();
    Ok(names)
}

/// Copies and flushes a file; `None` when it was removed meanwhile, which happens to uploads that were never sent.
pub fn copy(from: &Path, to: &Path) -> anyhow::Result<Option<u64>> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::copy(from, to) {
        Ok(size) => {
            File::open(to)?.sync_all()?;
            Ok(Some(size))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be copied", from.display())),
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}
