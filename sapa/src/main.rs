//! The program `sapa`: reads the command line, runs one sub-command, and says in one sentence what went wrong.
//!
//! Each sub-command is a file of its own. What must stay true: nothing starts halfway, wrong settings end the
//! program before it listens, and no secret is printed.

mod features;
mod manual;
mod open;
mod serve;
mod settings;

use clap::{Parser, Subcommand, error::ErrorKind};
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
    /// Print all settings with their defaults and their meaning
    Settings,
}

/// Wrong use or wrong settings; a failure while working is 1.
const EXIT_WRONG_USE: u8 = 2;

fn main() -> ExitCode {
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
    if matches!(line.command, Command::Settings) {
        return manual::print(); // it helps to repair settings, so it must not need them
    }
    let settings = settings::read(&line.sources)?;
    match line.command {
        Command::Serve => serve::run(settings),
        Command::Settings => manual::print(),
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

fn say(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "sapa: {sentence}");
}
