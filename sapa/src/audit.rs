//! `sapa audit verify`: walks the chains of the audit log and says whether a line was changed or taken out.
//!
//! It changes nothing and may run beside a server. The exit code is 1 when a chain is broken.

use crate::{open, say, settings::Settings};
use ::audit::{Anchor, Fault};
use anyhow::{Context as _, ensure};
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Walk the chains from their first lines
    Verify {
        /// A line as it was written down before, NUMBER:HASH: the server logs one each day, and the desk shows the
        /// newest
        #[arg(long, value_name = "NUMBER:HASH", value_parser = anchor)]
        anchor: Option<Anchor>,
    },
}

fn anchor(text: &str) -> Result<Anchor, String> {
    let (number, hash) = text.split_once(':').ok_or("a number, a colon and a hash are needed")?;
    let number = number.parse().ok().filter(|number| *number > 0).ok_or("the number before the colon is none")?;
    Ok(Anchor { number, hash: hash.to_lowercase() })
}

#[tokio::main]
pub async fn run(settings: Settings, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let What::Verify { anchor } = arguments.what;
    if let Some(file) = settings.storage.sqlite() {
        ensure!(file.exists(), "there is no database {}: nothing to verify.", file.display());
    }
    let db = open::database(&settings.storage).await?;
    let done = db::applied(&db).await.context("the database cannot be read")?;
    ensure!(done.len() == base::migrations().len(), "the database is not up to date: run `sapa migrate` first.");
    let (mut broken, mut met) = (false, false);
    for workspace in ::audit::chains(&db).await.map_err(crate::serve::internal)? {
        let walked = ::audit::verify(&db, workspace, anchor.as_ref()).await.map_err(crate::serve::internal)?;
        let (lines, hash) = (walked.lines, &walked.hash);
        broken |= walked.fault.is_some();
        met |= lines > 0;
        say(&match walked.fault {
            None => format!("{workspace}: {lines} lines, whole. The last one is {lines}:{hash}"),
            Some(Fault::Missing(number)) => format!("{workspace}: BROKEN: line {number} is missing."),
            Some(Fault::Changed(number)) => format!("{workspace}: BROKEN: line {number} is not what it was."),
            Some(Fault::End) => format!("{workspace}: BROKEN: lines were added after line {lines}, or its end was."),
            Some(Fault::Anchor(number)) => {
                format!(
                    "{workspace}: BROKEN: line {number} is another one than was written down; the chain was made anew."
                )
            }
        });
    }
    if anchor.is_some() && !met && !broken {
        say("BROKEN: there is no line at all, and one was written down.");
        broken = true;
    }
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
