//! `sapa doctor`: looks at everything that the settings name and says what it found, one sentence each.
//!
//! It changes nothing and may run beside a server. The exit code is 1 when there is a problem.

mod database;
mod machine;

use crate::settings::Settings;
use std::{
    io::{Write, stdout},
    process::ExitCode,
};

/// One sentence about one thing.
pub enum Finding {
    Fine(String),
    /// Worth knowing; not wrong.
    Note(String),
    Problem(String),
}

#[tokio::main]
pub async fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    let mut findings = vec![Finding::Fine("The settings are complete and known.".into())];
    findings.extend(machine::look(&settings));
    findings.extend(database::look(&settings).await);
    let problems = findings.iter().filter(|finding| matches!(finding, Finding::Problem(_))).count();
    let mut out = stdout().lock();
    for finding in &findings {
        let (mark, sentence) = match finding {
            Finding::Fine(sentence) => ("ok     ", sentence),
            Finding::Note(sentence) => ("note   ", sentence),
            Finding::Problem(sentence) => ("PROBLEM", sentence),
        };
        writeln!(out, "{mark}  {sentence}")?;
    }
    Ok(if problems == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
