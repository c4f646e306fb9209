//! `check`: reads the history files of an earlier run and judges them again.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::report::Report;
use crate::{history, journal};

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Folder with the history files.
    pub folder: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<Vec<Report>> {
    let history = journal::read(&arguments.folder)?;
    let mut report = Report::new("check", json!({ "folder": arguments.folder }));
    report.figure("sent", history.sent.len() as f64);
    report.figure("acknowledged", history.acked.len() as f64);
    report.figure("stored", history.stored.len() as f64);
    report.figure("observers", history.observers.len() as f64);
    report.verdict = Some(history::check(&history));
    Ok(vec![report])
}
