//! `sapa setup`: the workspace and its first administrator, without a browser.
//!
//! The password is read from the terminal without showing it, or from standard input; never from the command
//! line, where other users of the machine could read it.

use crate::{
    open, say,
    serve::{self, internal},
    settings::Settings,
};
use anyhow::Context as _;
use base::{Problem, Refusal};
use clap::{Args, ValueEnum};
use people::{Locale, NewWorkspace};
use std::{
    io::{IsTerminal, stdin},
    process::ExitCode,
};

#[derive(Args)]
pub struct Arguments {
    /// The name of the workspace, for example of your company
    #[arg(long)]
    workspace: String,
    /// The administrator's name
    #[arg(long)]
    name: String,
    /// The administrator's e-mail address, with which to sign in
    #[arg(long)]
    email: String,
    /// The language of desk and widget
    #[arg(long, value_enum, default_value = "en")]
    locale: Language,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    En,
    Id,
}

#[tokio::main]
pub async fn run(settings: Settings, arguments: Arguments) -> anyhow::Result<ExitCode> {
    serve::start_log(&settings.log);
    let program = open::program(&settings).await?;
    if !people::setup_needed(&program.app).await.map_err(internal)? {
        anyhow::bail!("there is a workspace already: sign in, or name another data folder with --data.");
    }
    let Arguments { workspace, name, email, locale } = arguments;
    let locale = match locale {
        Language::En => Locale::En,
        Language::Id => Locale::Id,
    };
    let new = NewWorkspace::new(&workspace, &name, &email, password()?, locale).map_err(refused)?;
    people::set_up(&program.app, new).await.map_err(refused)?;
    say(&format!("the workspace {workspace} is ready: start `sapa serve` and sign in as {email}."));
    Ok(ExitCode::SUCCESS)
}

fn password() -> anyhow::Result<String> {
    if stdin().is_terminal() {
        return rpassword::prompt_password("Password of the administrator: ").context("no password was given");
    }
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// The sentence for what a person typed here.
fn refused(problem: Problem) -> anyhow::Error {
    let Problem::Refused(Refusal { code, .. }, values) = &problem else { return internal(problem) };
    let value = |name: &str| values.get(name).map(ToString::to_string).unwrap_or_default();
    anyhow::anyhow!(match *code {
        "name_invalid" => format!("a name is empty or longer than {} characters: choose another.", value("max")),
        "email_invalid" => "the e-mail address is none: write one such as ayu@example.com.".to_owned(),
        "password_too_short" => format!("the password is too short: take at least {} characters.", value("min")),
        "password_too_long" => format!("the password is too long: take at most {} characters.", value("max")),
        "password_common" => "the password is among the first that are tried: choose another.".to_owned(),
        code => format!("refused: {code}."),
    })
}
