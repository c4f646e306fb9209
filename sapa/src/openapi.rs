//! `sapa openapi`: the description of the interface, made from the routes.

use crate::features;
use base::{Random, server};
use clap::Args;
use people::SetupToken;
use std::{
    fs,
    io::{Write, stdout},
    process::ExitCode,
};

/// Where the committed copy lies, seen from the root of the repository.
const FILE: &str = "openapi.json";

#[derive(Args)]
pub struct Arguments {
    /// Write openapi.json into this folder instead of printing it
    #[arg(long)]
    write: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (token, _) = SetupToken::new(&Random::System);
    let (_, document) = server::routes(features::all(&token));
    let text = server::document_text(&document)?;
    if arguments.write {
        fs::write(FILE, text)?;
    } else {
        stdout().write_all(text.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}
