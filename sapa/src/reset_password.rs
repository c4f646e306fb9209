//! `sapa reset-password`: the way back for who forgot his password and has nobody who manages members.
//!
//! It prints a link that works once, within an hour. It may run beside a server: it adds the link and a line of the audit
//! log, and nothing that the server would have to hear of.

use crate::{
    open, say,
    serve::{self, internal},
    settings::Settings,
};
use anyhow::ensure;
use base::{Problem, Refusal};
use clap::Args;
use std::{
    io::{Write, stdout},
    process::ExitCode,
};

#[derive(Args)]
pub struct Arguments {
    /// The e-mail address with which he signs in
    email: String,
}

#[tokio::main]
pub async fn run(settings: Settings, Arguments { email }: Arguments) -> anyhow::Result<ExitCode> {
    serve::start_log(&settings.log);
    if let Some(file) = settings.storage.sqlite() {
        ensure!(file.exists(), "there is no database {}: nobody can have forgotten a password.", file.display());
    }
    let app = open::beside(&settings).await?;
    let address = serve::address(&settings, settings.server.listen.0);
    let made = people::reset_password(&app, &email, address).await.map_err(|problem| refused(problem, &email))?;
    writeln!(stdout(), "{}", made.link)?;
    say(&format!("whoever opens this link within an hour chooses a new password of {email}: hand it to nobody else."));
    Ok(ExitCode::SUCCESS)
}

fn refused(problem: Problem, email: &str) -> anyhow::Error {
    match &problem {
        Problem::Refused(Refusal { code: "email_invalid" | "member_unknown", .. }, _) => {
            anyhow::anyhow!("nobody who may sign in has the e-mail address {email}.")
        }
        _ => internal(problem),
    }
}
