//! `sapa settings`: the manual of all settings, ready to be used as a file.

use crate::settings::DEFAULTS;
use std::{
    io::{Write, stdout},
    process::ExitCode,
};

pub fn print() -> anyhow::Result<ExitCode> {
    stdout().write_all(DEFAULTS.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
