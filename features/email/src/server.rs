//! Where a mail server is, and how it is spoken to.

use crate::{
    MAIL_LOGIN_REFUSED, MAIL_SERVER_CERTIFICATE, MAIL_SERVER_INVALID, MAIL_SERVER_PLAIN, MAIL_SERVER_UNREACHABLE,
    wire::Wire,
};
use base::{App, Problem};
use outbound::Failure;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

const HOST_CHARACTERS: usize = 253;
/// For one answer.
pub(crate) const WAIT: Duration = Duration::from_secs(20);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Encryption {
    /// From the first byte.
    Tls,
    /// Begun in plain, and then encrypted or given up.
    Starttls,
    /// Only where the operator allows private networks.
    None,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
}

/// Why a server did not do what it was asked. Their texts are the server's.
#[derive(Debug)]
pub(crate) enum Trouble {
    Failure(Failure),
    /// It does not take the name and the password.
    Login(String),
    /// Not now.
    Later(String),
    /// Never.
    Refused(String),
    /// It has the whole mail, and did not say what it does with it.
    Uncertain,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl Trouble {
    /// A word for people, or what the server said.
    pub fn word(&self) -> String {
        match self {
            Self::Failure(Failure::Private | Failure::Plain) => "private".to_owned(),
            Self::Failure(Failure::Name) => "name".to_owned(),
            Self::Failure(Failure::Late) => "late".to_owned(),
            Self::Failure(Failure::Connection(why)) if is_about_certificates(why) => "certificate".to_owned(),
            Self::Failure(Failure::Connection(_)) => "connection".to_owned(),
            Self::Login(_) => "login".to_owned(),
            Self::Later(said) | Self::Refused(said) => said.clone(),
            Self::Uncertain => "answer".to_owned(),
        }
    }

    /// What somebody hears who connects a mailbox.
    pub fn problem(self, server: &'static str) -> Problem {
        match &self {
            Self::Failure(Failure::Connection(why)) if is_about_certificates(why) => {
                MAIL_SERVER_CERTIFICATE.with("server", server).with("detail", said(why))
            }
            Self::Login(why) => MAIL_LOGIN_REFUSED.with("server", server).with("detail", said(why)),
            _ => MAIL_SERVER_UNREACHABLE.with("server", server).with("detail", self.word()),
        }
    }
}

fn is_about_certificates(why: &str) -> bool {
    why.contains("certificate")
}

/// One line of what a server said.
pub(crate) fn said(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).take(300).collect::<String>().trim().to_owned()
}

impl MailServer {
    pub fn checked(self, app: &App, server: &'static str) -> Result<Self, Problem> {
        let host = self.host.trim().trim_end_matches('.').to_lowercase();
        let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-');
        if host.is_empty() || host.len() > HOST_CHARACTERS || !host.chars().all(plain) || self.port == 0 {
            return Err(MAIL_SERVER_INVALID.with("server", server));
        }
        if self.encryption == Encryption::None && !app.outbound.allows_plain() {
            return Err(MAIL_SERVER_PLAIN.with("server", server));
        }
        Ok(Self { host, ..self })
    }

    /// Encrypted, where it is so from the first byte.
    pub(crate) async fn open(&self, app: &App) -> Result<Wire, Failure> {
        if self.encryption == Encryption::None && !app.outbound.allows_plain() {
            return Err(Failure::Plain);
        }
        let line = app.outbound.dial(&self.host, self.port).await?;
        let line =
            if self.encryption == Encryption::Tls { app.outbound.encrypt(&self.host, line).await? } else { line };
        Ok(Wire::new(line, WAIT))
    }

    /// After the server agreed to it.
    pub(crate) async fn encrypt(&self, app: &App, wire: Wire) -> Result<Wire, Failure> {
        Ok(Wire::new(app.outbound.encrypt(&self.host, wire.into_line()).await?, WAIT))
    }
}
