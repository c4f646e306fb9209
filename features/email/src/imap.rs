//! Reading a mailbox (RFC 9051 and 3501), as far as we use it: the newest mails of one folder, and waiting for more.
//!
//! What must stay true: nothing in the mailbox changes, not even what was read there; a mail is asked for when its size is
//! known and within the limit.

use crate::{
    arrival::MAIL_BYTES,
    server::{Encryption, MailServer, Trouble, said},
    wire::Wire,
};
use base::App;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use outbound::Failure;
use std::time::Duration;

/// Of one answer, besides the mail in it.
const ANSWER_BYTES: usize = 256 * 1024;
const ANSWERS: usize = 20_000;
const WAIT: Duration = Duration::from_secs(30);
const TAG: &str = "s1";

pub(crate) struct Imap {
    wire: Wire,
    can: String,
}

/// One answer: its text, and what stood in it as a block.
struct Said {
    text: String,
    blocks: Vec<Vec<u8>>,
}

/// The folder as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    pub validity: i64,
    pub next: i64,
}

/// What is there, and how large it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub uid: i64,
    pub size: usize,
}

fn odd(what: &str) -> Failure {
    Failure::Connection(what.to_owned())
}

impl Imap {
    pub async fn login(app: &App, server: &MailServer, user: &str, password: &str) -> Result<Self, Trouble> {
        let mut imap = Self { wire: server.open(app).await?, can: String::new() };
        imap.wire.wait = WAIT;
        let hello = imap.said().await?;
        if !hello.text.starts_with("* OK") && !hello.text.starts_with("* PREAUTH") {
            return Err(Trouble::Later(said(&hello.text)));
        }
        if server.encryption == Encryption::Starttls {
            imap.ask("STARTTLS").await?;
            imap.wire = server.encrypt(app, imap.wire).await?;
            imap.wire.wait = WAIT;
        }
        imap.learn().await?;
        imap.prove(user, password).await?;
        imap.learn().await?;
        Ok(imap)
    }

    async fn learn(&mut self) -> Result<(), Trouble> {
        let answers = self.ask("CAPABILITY").await?;
        let can = answers.iter().find_map(|said| said.text.strip_prefix("* CAPABILITY"));
        self.can = can.unwrap_or_default().to_uppercase() + " ";
        Ok(())
    }

    fn has(&self, what: &str) -> bool {
        self.can.contains(&format!(" {what} "))
    }

    async fn prove(&mut self, user: &str, password: &str) -> Result<(), Trouble> {
        let proven = if self.has("AUTH=PLAIN") {
            self.wire.write(format!("{TAG} AUTHENTICATE PLAIN\r\n").as_bytes()).await?;
            let go_on = self.said().await?;
            if !go_on.text.starts_with('+') {
                return Err(Trouble::Login(said(&go_on.text)));
            }
            self.wire.write(format!("{}\r\n", STANDARD.encode(format!("\0{user}\0{password}"))).as_bytes()).await?;
            self.until_done().await
        } else {
            self.ask(&format!("LOGIN {} {}", quoted(user)?, quoted(password)?)).await
        };
        match proven {
            Ok(_) => Ok(()),
            Err(Trouble::Refused(text)) if text.to_uppercase().contains("UNAVAILABLE") => Err(Trouble::Later(text)),
            Err(Trouble::Refused(text)) => Err(Trouble::Login(text)),
            Err(other) => Err(other),
        }
    }

    /// To read only: nothing is marked.
    pub async fn open(&mut self) -> Result<Folder, Trouble> {
        let answers = self.ask("EXAMINE INBOX").await?;
        let number = |name: &str| {
            answers.iter().find_map(|said| {
                let rest = said.text.split_once(&format!("[{name} "))?.1;
                rest.split(']').next()?.trim().parse::<i64>().ok()
            })
        };
        let validity = number("UIDVALIDITY").ok_or_else(|| odd("a folder without a number"))?;
        // A server need not say what comes next: from the first on it is.
        Ok(Folder { validity, next: number("UIDNEXT").unwrap_or(1) })
    }

    /// From a number on, lowest first.
    pub async fn list(&mut self, from: i64) -> Result<Vec<Listed>, Trouble> {
        let answers = self.ask(&format!("UID FETCH {from}:* (UID RFC822.SIZE)")).await?;
        let mut listed: Vec<Listed> = answers.iter().filter_map(|said| listed(&said.text)).collect();
        // Of an empty range a server tells the last one.
        listed.retain(|one| one.uid >= from);
        listed.sort_by_key(|one| one.uid);
        Ok(listed)
    }

    /// The numbers of what came since a day such as `2-Nov-2026`.
    pub async fn since(&mut self, day: &str) -> Result<Vec<i64>, Trouble> {
        let answers = self.ask(&format!("UID SEARCH SINCE {day}")).await?;
        let found = answers.iter().filter_map(|said| said.text.strip_prefix("* SEARCH"));
        Ok(found.flat_map(str::split_whitespace).filter_map(|uid| uid.parse().ok()).collect())
    }

    /// Its bytes; none when it is gone.
    pub async fn fetch(&mut self, uid: i64) -> Result<Option<Vec<u8>>, Trouble> {
        let answers = self.ask(&format!("UID FETCH {uid} (UID BODY.PEEK[])")).await?;
        let mut bodies = answers.into_iter().filter(|said| said.text.contains("BODY[]"));
        Ok(bodies.find_map(|said| said.blocks.into_iter().next_back()))
    }

    /// Until something happens, or so long. Answers whether it did.
    pub async fn wait(&mut self, wait: Duration) -> Result<bool, Trouble> {
        if !self.has("IDLE") {
            tokio::time::sleep(wait).await;
            self.ask("NOOP").await?;
            return Ok(true);
        }
        self.wire.write(format!("{TAG} IDLE\r\n").as_bytes()).await?;
        let go_on = self.said().await?;
        if !go_on.text.starts_with('+') {
            return Err(Trouble::Later(said(&go_on.text)));
        }
        self.wire.wait = wait;
        let came = loop {
            match self.said().await {
                Ok(said) if said.text.ends_with("EXISTS") || said.text.ends_with("RECENT") => break Ok(true),
                Ok(said) if said.text.starts_with("* BYE") => break Err(odd("the server said goodbye")),
                Ok(_) => {}
                Err(Failure::Late) => break Ok(false),
                Err(failure) => break Err(failure),
            }
        };
        self.wire.wait = WAIT;
        let came = came?;
        self.wire.write(b"DONE\r\n").await?;
        self.until_done().await?;
        Ok(came)
    }

    pub async fn bye(mut self) {
        let _ = self.ask("LOGOUT").await;
    }

    async fn ask(&mut self, what: &str) -> Result<Vec<Said>, Trouble> {
        self.wire.write(format!("{TAG} {what}\r\n").as_bytes()).await?;
        self.until_done().await
    }

    /// Everything up to the end of what was asked.
    async fn until_done(&mut self) -> Result<Vec<Said>, Trouble> {
        let mut answers = Vec::new();
        loop {
            let one = self.said().await?;
            if let Some(end) = one.text.strip_prefix(TAG) {
                let end = end.trim();
                return if end.starts_with("OK") { Ok(answers) } else { Err(Trouble::Refused(said(end))) };
            }
            if one.text.starts_with("* BYE") && !answers.is_empty() {
                continue;
            }
            if answers.len() >= ANSWERS {
                return Err(odd("an answer without an end").into());
            }
            answers.push(one);
        }
    }

    async fn said(&mut self) -> Result<Said, Failure> {
        let mut said = Said { text: String::new(), blocks: Vec::new() };
        loop {
            let line = self.wire.read_line().await?;
            said.text.push_str(&String::from_utf8_lossy(&line));
            if said.text.len() > ANSWER_BYTES {
                return Err(odd("an answer without an end"));
            }
            let Some(size) = block_size(&said.text) else { return Ok(said) };
            if size > MAIL_BYTES {
                return Err(odd("a block that is too large"));
            }
            said.blocks.push(self.wire.read_exact(size).await?);
        }
    }
}

/// `{123}` at the end of a line: so many bytes follow.
fn block_size(line: &str) -> Option<usize> {
    let inside = line.strip_suffix('}')?;
    let at = inside.rfind('{')?;
    inside[at + 1..].trim_end_matches('+').parse().ok()
}

/// `* 3 FETCH (UID 7 RFC822.SIZE 1024)`, in whatever order.
fn listed(text: &str) -> Option<Listed> {
    let inside = text.split_once("FETCH (")?.1;
    let words: Vec<&str> = inside.split([' ', ')']).collect();
    let after = |name: &str| {
        let at = words.iter().position(|word| word.eq_ignore_ascii_case(name))?;
        words.get(at + 1)?.parse::<i64>().ok()
    };
    Some(Listed { uid: after("UID")?, size: usize::try_from(after("RFC822.SIZE")?).ok()? })
}

fn quoted(text: &str) -> Result<String, Trouble> {
    if text.chars().any(|char| char.is_control() || !char.is_ascii()) {
        return Err(Trouble::Login("the server takes no such signs".to_owned()));
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_they_come() {
        assert_eq!(listed("* 3 FETCH (UID 7 RFC822.SIZE 1024)"), Some(Listed { uid: 7, size: 1024 }));
        assert_eq!(listed("* 3 FETCH (RFC822.SIZE 9 FLAGS (\\Seen) UID 8)"), Some(Listed { uid: 8, size: 9 }));
        assert_eq!((listed("* 3 EXISTS"), listed("* 1 FETCH (UID x)")), (None, None));
        assert_eq!(
            (block_size("* 1 FETCH (BODY[] {12}"), block_size("{3+}"), block_size("a}"), block_size("{x}")),
            (Some(12), Some(3), None, None)
        );
        assert_eq!(quoted("a\"b\\").ok().as_deref(), Some("\"a\\\"b\\\\\""));
        assert!(quoted("a\r\ns2 LOGOUT").is_err());
    }
}
