//! Settings: one struct for each section of `config.default.toml`, filled from that file, a file of the
//! operator's, the environment and flags.
//!
//! What must stay true: an unknown key is refused; a wrong value is told in one sentence with its key, its
//! source, what is wrong and what would be right; values are never printed, since they may hold a password.

mod explain;
mod value;

pub use explain::Wrong;
pub use value::{BlobsUrl, DatabaseUrl, Level, Listen, Proxies, PublicUrl, Workers};

use clap::Args;
use figment::{
    Figment, Metadata, Profile, Provider,
    providers::{Env, Format as _, Toml},
    value::{Dict, Map, Value},
};
use serde::Deserialize;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// The manual of all settings, and their defaults.
pub const DEFAULTS: &str = include_str!("../config.default.toml");
const ENVIRONMENT: &str = "SAPA_";
/// Variables that belong to the tests and to development, not to the program.
const NOT_SETTINGS: [&str; 3] = ["test_", "dev_", "load_"];

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub server: Server,
    pub storage: Storage,
    pub log: Log,
    pub jobs: Jobs,
    pub webhooks: Webhooks,
    pub visitors: Visitors,
    pub limits: Limits,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: Listen,
    pub public_url: PublicUrl,
    pub trusted_proxies: Proxies,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    pub data: PathBuf,
    database: DatabaseUrl,
    blobs: BlobsUrl,
    keys: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub level: Level,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Json,
    Text,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    pub workers: Workers,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    pub private_networks: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visitors {
    /// Empty: none.
    pub countries: PathBuf,
}

/// How often something may be done, by the names that features declare; the manual lists them all.
#[derive(Clone, Debug, Deserialize)]
pub struct Limits(pub HashMap<String, u32>);

impl Storage {
    /// The address of the database, in the form of [`db::Db::open`].
    pub fn database(&self) -> String {
        self.database.0.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("sapa.db").display()))
    }

    /// The file of the embedded database; none with PostgreSQL.
    pub fn sqlite(&self) -> Option<PathBuf> {
        self.database().strip_prefix("sqlite:").map(PathBuf::from)
    }

    /// The file of the keys with which secrets of others are sealed.
    pub fn keys(&self) -> PathBuf {
        if self.keys.as_os_str().is_empty() { self.data.join("secrets.key") } else { self.keys.clone() }
    }

    pub fn blobs(&self) -> PathBuf {
        self.blobs.0.clone().unwrap_or_else(|| self.data.join("files"))
    }
}

/// Where settings come from besides the defaults: the flags that every sub-command takes.
#[derive(Args, Clone, Default)]
pub struct Sources {
    /// A file of settings; the program's own manual is `sapa settings`
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of everything that is kept
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// The address and port to listen on
    #[arg(long, global = true, value_name = "ADDRESS")]
    listen: Option<String>,
    /// sqlite:PATH or postgres://…
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// file:PATH
    #[arg(long, global = true, value_name = "URL")]
    blobs: Option<String>,
    /// The address under which browsers reach the desk
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
}

impl Sources {
    fn flags(&self) -> [(&'static str, &'static str, &Option<String>); 5] {
        [
            ("server", "listen", &self.listen),
            ("server", "public_url", &self.public_url),
            ("storage", "data", &self.data),
            ("storage", "database", &self.database),
            ("storage", "blobs", &self.blobs),
        ]
    }
}

impl Provider for Sources {
    fn metadata(&self) -> Metadata {
        Metadata::named(explain::FLAGS)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let mut sections = Dict::new();
        for (section, key, value) in self.flags() {
            let Some(value) = value else { continue };
            let section = sections.entry(section.to_owned()).or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, keys) = section {
                keys.insert(key.to_owned(), Value::from(value.as_str()));
            }
        }
        Ok(Profile::Default.collect(sections))
    }
}

/// All settings, or the first thing that is wrong with them. `defaults` are a sub-command's own, in the form of
/// the manual.
pub fn read(sources: &Sources, defaults: &str) -> Result<Settings, Wrong> {
    let manual = Figment::from(Toml::string(DEFAULTS));
    let mut figment = manual.clone().merge(Toml::string(defaults));
    if let Some(file) = &sources.config {
        figment = figment.merge(file_of(file)?);
    }
    let environment = Env::prefixed(ENVIRONMENT)
        .filter(|name| !NOT_SETTINGS.iter().any(|other| name.as_str().to_lowercase().starts_with(other)))
        .split("__");
    let settings: Settings =
        figment.merge(environment).merge(sources).extract().map_err(|error| explain::wrong(&error))?;
    match settings.limits.unknown(&manual) {
        Some((name, known)) => Err(Wrong::value(&format!("limits.{name}"), format!("is no setting: {known}"))),
        None => Ok(settings),
    }
}

impl Limits {
    /// A limit that the manual does not know, and those that it knows.
    fn unknown(&self, manual: &Figment) -> Option<(&str, String)> {
        let known: HashMap<String, u32> = manual.extract_inner("limits").unwrap_or_default();
        let name = self.0.keys().find(|name| !known.contains_key(*name))?;
        let mut known: Vec<_> = known.into_keys().collect();
        known.sort_unstable();
        Some((name, format!("known here are {}", known.join(", "))))
    }
}

/// The operator's file; read once before, because the library takes a missing one for an empty one.
fn file_of(path: &Path) -> Result<figment::providers::Data<Toml>, Wrong> {
    std::fs::read_to_string(path).map_err(|error| Wrong::file(path, &error))?;
    Ok(Toml::file_exact(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_is_complete_and_holds_the_defaults() {
        let settings: Settings = Figment::from(Toml::string(DEFAULTS)).extract().expect("the defaults to be right");
        assert_eq!(settings.server.listen.0.to_string(), "127.0.0.1:8787");
        assert_eq!(settings.storage.database(), "sqlite:data/sapa.db");
        assert_eq!(settings.storage.blobs(), Path::new("data/files"));
        assert_eq!(settings.storage.keys(), Path::new("data/secrets.key"));
        assert_eq!((settings.server.public_url.0, settings.jobs.workers.0), (None, base::JOB_WORKERS));
    }

    #[test]
    fn the_manual_lists_every_limit_with_its_default() {
        let settings: Settings = Figment::from(Toml::string(DEFAULTS)).extract().expect("the defaults to be right");
        let (token, _) = people::SetupToken::new(&base::Random::System);
        let declared = crate::features::all(&token);
        let declared =
            declared.iter().flat_map(|feature| feature.throttles).map(|kind| (kind.name.to_owned(), kind.limit));
        assert_eq!(settings.limits.0, declared.collect());
    }
}
