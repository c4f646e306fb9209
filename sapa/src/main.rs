//! The program `sapa`: reads the command line, runs one sub-command, and says in one sentence what went wrong.
//!
//! Each sub-command is a file of its own. What must stay true: nothing starts halfway, wrong settings end the
//! program before it listens, and no secret is printed but a link that was asked for.

mod audit;
mod backup;
mod demo;
mod doctor;
mod features;
mod import;
mod manual;
mod migrate;
mod open;
mod openapi;
mod past;
mod progress;
mod reset_password;
mod restore;
mod serve;
mod settings;
mod setup;
#[cfg(test)]
mod statements;

use clap::{Parser, Subcommand, error::ErrorKind};
use rustix::fs::Mode;
use settings::Sources;
use std::{io::Write, process::ExitCode};

/// Customer conversations, on your own server.
#[derive(Parser)]
#[command(name = "sapa", version, disable_help_subcommand = true, arg_required_else_help = true)]
struct CommandLine {
    #[command(flatten)]
    sources: Sources,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server
    Serve,
    /// Run the server with a sample workspace and a shop page that carries the widget
    Demo,
    /// Make the workspace and its first administrator without a browser
    Setup(setup::Arguments),
    /// Make a link with which somebody who forgot his password chooses a new one; the server may run meanwhile
    ResetPassword(reset_password::Arguments),
    /// Look at everything that the settings name, and say what is wrong
    Doctor,
    /// Look whether the audit log is what it was
    Audit(audit::Arguments),
    /// Copy the embedded database and its files while the server runs
    Backup(backup::Arguments),
    /// Put a backup into an empty data folder
    Restore(restore::Arguments),
    /// Take in conversations of another system
    Import(import::Arguments),
    /// Bring the database to the newest step
    Migrate,
    /// Print the description of the interface
    Openapi(openapi::Arguments),
    /// Print all settings with their defaults and their meaning
    Settings,
}

impl Command {
    /// Settings that differ from the manual's for this sub-command.
    fn defaults(&self) -> &'static str {
        if matches!(self, Self::Demo) { demo::DEFAULTS } else { "" }
    }
}

/// Wrong use or wrong settings; a failure while working is 1.
const EXIT_WRONG_USE: u8 = 2;

/// From 4 MiB on, a block of memory goes back to the system as soon as it is free; the C library's own limit would grow
/// with the first password that is hashed (decision 8). Smaller ones are kept, up to 8 MiB at the end of the heap.
#[cfg(target_env = "gnu")]
fn give_large_blocks_back() {
    const MIB: libc::c_int = 1024 * 1024;
    #[expect(unsafe_code, reason = "two numbers for the C library, set before there are threads")]
    // SAFETY: mallopt takes integers; nothing allocates at the same time, since no thread was started yet.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, 4 * MIB);
        libc::mallopt(libc::M_TRIM_THRESHOLD, 8 * MIB);
    }
}

fn main() -> ExitCode {
    #[cfg(target_env = "gnu")]
    give_large_blocks_back();
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => return explain(&error),
    };
    match run(line) {
        Ok(code) => code,
        Err(error) => {
            say(&format!("{error:#}"));
            if error.is::<settings::Wrong>() { ExitCode::from(EXIT_WRONG_USE) } else { ExitCode::FAILURE }
        }
    }
}

fn run(line: CommandLine) -> anyhow::Result<ExitCode> {
    // Neither reads settings, and the manual helps to repair them.
    match &line.command {
        Command::Settings => return manual::print(),
        Command::Openapi(arguments) => return openapi::run(arguments),
        _ => {}
    }
    // What is made from here on is for this user alone: databases, files and backups hold people's conversations.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let settings = settings::read(&line.sources, line.command.defaults())?;
    match line.command {
        Command::Serve => serve::run(settings),
        Command::Demo => demo::run(settings),
        Command::Setup(arguments) => setup::run(settings, arguments),
        Command::ResetPassword(arguments) => reset_password::run(settings, arguments),
        Command::Doctor => doctor::run(settings),
        Command::Audit(arguments) => audit::run(settings, arguments),
        Command::Backup(arguments) => backup::run(settings, arguments),
        Command::Restore(arguments) => restore::run(settings, arguments),
        Command::Import(arguments) => import::run(settings, arguments),
        Command::Migrate => migrate::run(settings),
        Command::Settings => manual::print(),
        Command::Openapi(arguments) => openapi::run(&arguments),
    }
}

/// Help and version as they are; of a mistake only its first line, which names it.
fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Nobody is left to hear that standard output is closed.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    say(&format!("{}; `sapa --help` tells what can be asked.", line.trim_end_matches([':', '.'])));
    ExitCode::from(EXIT_WRONG_USE)
}

/// To the person at the terminal.
fn say(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "sapa: {sentence}");
}
