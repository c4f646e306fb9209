//! `sapa migrate`: brings the database to the newest step and stops. `sapa serve` does the same at its start; this
//! is for operators who want to see it done before.

use crate::{open, say, serve, settings::Settings};
use std::process::ExitCode;

#[tokio::main]
pub async fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    serve::start_log(&settings.log);
    let _lock = open::lock_embedded(&settings.storage)?;
    let db = open::database(&settings.storage).await?;
    let steps = open::migrate(&db, &settings.storage).await?;
    say(&match steps {
        0 => "the database is up to date.".to_owned(),
        steps => format!("the database took {steps} steps and is up to date."),
    });
    Ok(ExitCode::SUCCESS)
}
