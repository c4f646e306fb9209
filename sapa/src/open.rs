//! Opens what the settings name: the data folder, the database brought to its newest step, the file store, and
//! the app over them.

use crate::{
    features,
    settings::{Settings, Storage, Wrong},
};
use anyhow::{Context as _, ensure};
use axum::Router;
use base::{App, AppParts, Clock, Countries, Keys, Random, server};
use blobs::Blobs;
use db::{Db, sql};
use outbound::Outbound;
use people::SetupToken;
use std::{
    fs::{self, File, TryLockError},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// Everything open. The data folder stays locked as long as it lives.
pub struct Program {
    pub app: App,
    /// The interface of all features.
    pub routes: Router<App>,
    /// Opens the set-up while there is no workspace.
    pub setup_token: String,
    _lock: Option<File>,
}

/// Opens everything for a process that changes it: one at a time with the embedded database.
pub async fn program(settings: &Settings) -> Result<Program, Wrong> {
    let storage = &settings.storage;
    let lock = lock_embedded(storage)?;
    let db = database(storage).await?;
    migrate(&db, storage).await?;
    let blobs = files(storage).await?;
    let (token, setup_token) = SetupToken::new(&Random::System);
    let app = app(settings, settings.jobs.workers.0, db, blobs, &token)?;
    let (routes, _) = server::routes(features::all(&token));
    Ok(Program { app, routes, setup_token, _lock: lock })
}

/// For a short command that may run while another process serves the same database: it keeps nobody out, takes no steps and
/// does no jobs. Whatever it changes must be nothing that a server remembers.
pub async fn beside(settings: &Settings) -> anyhow::Result<App> {
    let db = database(&settings.storage).await?;
    let done = db::applied(&db).await.context("the database cannot be read")?;
    ensure!(done.len() == base::migrations().len(), "the database is not up to date: run `sapa migrate` first.");
    let blobs = files(&settings.storage).await?;
    Ok(app(settings, 0, db, blobs, &SetupToken::new(&Random::System).0)?)
}

async fn files(storage: &Storage) -> Result<Blobs, Wrong> {
    Blobs::open(&storage.blobs()).await.map_err(|error| {
        Wrong::value("storage.blobs", format!("cannot be used ({error}): name a folder that may be written"))
    })
}

fn app(settings: &Settings, job_workers: usize, db: Db, blobs: Blobs, token: &SetupToken) -> Result<App, Wrong> {
    let parts = AppParts {
        db,
        blobs,
        clock: Clock::System,
        random: Random::System,
        public_url: settings.server.public_url.0.clone(),
        trusted_proxies: settings.server.trusted_proxies.0.clone(),
        outbound: Outbound::new(settings.webhooks.private_networks),
        keys: keys(&settings.storage)?,
        countries: countries(settings)?,
        job_workers,
        throttles: settings.limits.0.clone(),
    };
    Ok(App::new(parts, &features::all(token)))
}

/// The countries of addresses, when the operator names a file of them.
fn countries(settings: &Settings) -> Result<Countries, Wrong> {
    let path = &settings.visitors.countries;
    if path.as_os_str().is_empty() {
        return Ok(Countries::default());
    }
    let wrong = |cause: &str| {
        let fix = "name a file of countries in MaxMind's format, or none";
        Wrong::value("visitors.countries", format!("cannot be used ({}: {cause}): {fix}", path.display()))
    };
    let bytes = fs::read(path).map_err(|error| wrong(&error.to_string()))?;
    Countries::read(bytes).map_err(|cause| wrong(&one_line(&cause)))
}

/// The keys of secrets, made at the first start. Nobody but us reads the file.
fn keys(storage: &Storage) -> Result<Keys, Wrong> {
    let path = storage.keys();
    let cannot = |error: &io::Error| unusable("storage.keys", &path, error);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make(path.parent().unwrap_or(Path::new("")), "storage.keys")?;
            let text = Keys::fresh(&Random::System);
            let mut file =
                File::options().write(true).create_new(true).mode(0o600).open(&path).map_err(|e| cannot(&e))?;
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| cannot(&error))?;
            text
        }
        read => read.map_err(|error| cannot(&error))?,
    };
    Keys::parse(&text).ok_or_else(|| {
        let problem = format!("holds no keys ({}): each line is 32 bytes in base64", path.display());
        Wrong::value("storage.keys", problem)
    })
}

/// Takes the steps that are missing and answers how many. An embedded database that holds something is copied
/// aside before.
pub async fn migrate(db: &Db, storage: &Storage) -> Result<usize, Wrong> {
    let cannot = |error: db::Error| Wrong::value("storage.database", Cannot(&error));
    let steps = base::migrations();
    let done = db::applied(db).await.map_err(cannot)?;
    if let (Some(file), Some(last), Some(next)) = (storage.sqlite(), done.last(), steps.get(done.len())) {
        let copy = file.with_file_name(format!("sapa.db.before-{}", next.name));
        // A copy of the same steps is left from a start that was cut off before it took the next one.
        if !copy.exists() {
            // It gets its name when it is whole: a start that is cut off here makes it anew.
            let draft = copy.with_added_extension("unfinished");
            let copied = async {
                if draft.exists() {
                    fs::remove_file(&draft)?;
                }
                db.backup_to(draft.clone()).await.map_err(io::Error::other)?;
                File::open(&draft)?.sync_all()?;
                fs::rename(&draft, &copy)
            };
            copied.await.map_err(|error| cannot(db::Error::other(error)))?;
            tracing::info!(copy = %copy.display(), after = last, "copied the database before it is brought up to date");
        }
    }
    db::migrate(db, &steps).await.map_err(cannot)
}

/// The files that the database names, each once.
pub async fn blob_names(db: &Db) -> Result<Vec<String>, db::Error> {
    let named =
        sql!("SELECT blob AS name FROM files UNION SELECT preview_blob FROM files WHERE preview_blob IS NOT NULL");
    db.read(move |tx| Box::pin(async move { tx.query(named, &[]).await?.iter().map(|row| row.get("name")).collect() }))
        .await
}

/// Connects, and changes nothing.
pub async fn database(storage: &Storage) -> Result<Db, Wrong> {
    if let Some(folder) = storage.sqlite().and_then(|path| path.parent().map(Path::to_owned)) {
        make(&folder, "storage.database")?;
    }
    Db::open(&storage.database()).await.map_err(|error| Wrong::value("storage.database", Cannot(&error)))
}

/// Keeps other processes out of an embedded database; PostgreSQL serves several.
pub fn lock_embedded(storage: &Storage) -> Result<Option<File>, Wrong> {
    storage.sqlite().map(|database| lock(&database)).transpose()
}

/// Makes the folder of an embedded database, when it is missing, and keeps other processes out of the database,
/// whatever data folder they name.
pub fn lock(database: &Path) -> Result<File, Wrong> {
    make(database.parent().unwrap_or(Path::new("")), "storage.data")?;
    let beside = database.with_added_extension("lock");
    let file = File::create(&beside).map_err(|error| unusable("storage.data", &beside, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let problem = format!("is in use by another sapa ({}): stop that one, or name another", database.display());
            Err(Wrong::value("storage.data", problem))
        }
        Err(TryLockError::Error(error)) => Err(unusable("storage.data", &beside, &error)),
    }
}

/// Makes a folder that the setting `key` names, when it is missing.
pub fn make(folder: &Path, key: &str) -> Result<(), Wrong> {
    if folder.as_os_str().is_empty() {
        return Ok(()); // a bare file name lies in the folder where the program runs
    }
    fs::create_dir_all(folder).map_err(|error| unusable(key, folder, &error))
}

pub fn unusable(key: &str, folder: &Path, error: &std::io::Error) -> Wrong {
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
