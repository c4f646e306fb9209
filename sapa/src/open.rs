//! Opens what the settings name: the data folder, the database brought to its newest step, the file store.

use crate::settings::{Settings, Storage, Wrong};
use base::{AppParts, Clock, Random};
use blobs::Blobs;
use db::Db;
use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

/// An open store. The data folder stays locked as long as it lives.
pub struct Store {
    pub db: Db,
    pub blobs: Blobs,
    _lock: Option<File>,
}

impl Store {
    /// What the app is made of.
    pub fn parts(&self, settings: &Settings) -> AppParts {
        AppParts {
            db: self.db.clone(),
            blobs: self.blobs.clone(),
            clock: Clock::System,
            random: Random::System,
            public_url: settings.server.public_url.0.clone(),
            job_workers: settings.jobs.workers.0,
            throttles: settings.limits.0.clone(),
        }
    }
}

/// Opens the store for a process that changes it: one at a time with the embedded database.
pub async fn store(storage: &Storage) -> anyhow::Result<Store> {
    let lock = match storage.sqlite() {
        Some(_) => Some(lock(&storage.data)?),
        None => None,
    };
    let db = database(storage).await?;
    db::migrate(&db, &base::migrations()).await.map_err(|error| Wrong::value("storage.database", Cannot(&error)))?;
    let blobs = Blobs::open(&storage.blobs()).await.map_err(|error| {
        Wrong::value("storage.blobs", format!("cannot be used ({error}): name a folder that may be written"))
    })?;
    Ok(Store { db, blobs, _lock: lock })
}

/// Connects, and changes nothing.
pub async fn database(storage: &Storage) -> Result<Db, Wrong> {
    if let Some(folder) = storage.sqlite().and_then(|path| path.parent().map(Path::to_owned)) {
        make(&folder, "storage.database")?;
    }
    Db::open(&storage.database()).await.map_err(|error| Wrong::value("storage.database", Cannot(&error)))
}

/// Makes the data folder, when it is missing, and keeps other processes out of it.
pub fn lock(data: &Path) -> Result<File, Wrong> {
    make(data, "storage.data")?;
    let file = File::create(data.join("lock")).map_err(|error| unusable("storage.data", data, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let problem = format!("is in use by another sapa ({}): stop that one, or name another", data.display());
            Err(Wrong::value("storage.data", problem))
        }
        Err(TryLockError::Error(error)) => Err(unusable("storage.data", data, &error)),
    }
}

fn make(folder: &Path, key: &str) -> Result<(), Wrong> {
    if folder.as_os_str().is_empty() {
        return Ok(()); // a bare file name lies in the folder where the program runs
    }
    fs::create_dir_all(folder).map_err(|error| unusable(key, folder, &error))
}

fn unusable(key: &str, folder: &Path, error: &std::io::Error) -> Wrong {
    Wrong::value(key, format!("cannot be used ({}: {error}): name a folder that may be written", folder.display()))
}

/// Why the database did not open, and what to do.
struct Cannot<'a>(&'a db::Error);

impl std::fmt::Display for Cannot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cause = self.0.to_string();
        // One sentence: engines explain over several lines.
        write!(f, "cannot be opened ({}): check the address, the rights and the log of the engine", one_line(&cause))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
