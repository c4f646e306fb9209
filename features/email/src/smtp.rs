//! Handing a mail to a server (RFC 5321), as far as we use it.
//!
//! What must stay true: whoever gets no answer to the whole of it is told so, since what the server may have must not be
//! sent again; a mail that is not for all of its recipients is for none.

use crate::{
    server::{Encryption, MailServer, Trouble, said},
    wire::Wire,
};
use base::App;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use outbound::Failure;

/// Lines of one answer.
const LINES: usize = 100;

pub(crate) struct Smtp {
    wire: Wire,
    can: Vec<String>,
}

struct Reply {
    code: u16,
    lines: Vec<String>,
}

impl Reply {
    fn text(&self) -> String {
        said(&format!("{} {}", self.code, self.lines.join(" ")))
    }

    fn trouble(&self) -> Trouble {
        if self.code / 100 == 4 { Trouble::Later(self.text()) } else { Trouble::Refused(self.text()) }
    }

    fn must(self, class: u16) -> Result<Self, Trouble> {
        if self.code / 100 == class { Ok(self) } else { Err(self.trouble()) }
    }
}

impl Smtp {
    /// `name` is what we call ourselves.
    pub async fn login(
        app: &App,
        server: &MailServer,
        name: &str,
        user: &str,
        password: &str,
    ) -> Result<Self, Trouble> {
        let mut smtp = Self { wire: server.open(app).await?, can: Vec::new() };
        smtp.reply().await?.must(2)?;
        smtp.greet(name).await?;
        if server.encryption == Encryption::Starttls {
            smtp.ask("STARTTLS").await?.must(2)?;
            smtp.wire = server.encrypt(app, smtp.wire).await?;
            smtp.greet(name).await?;
        }
        if !user.is_empty() {
            smtp.prove(user, password).await?;
        }
        Ok(smtp)
    }

    async fn greet(&mut self, name: &str) -> Result<(), Trouble> {
        let reply = self.ask(&format!("EHLO {name}")).await?.must(2)?;
        self.can = reply.lines.iter().map(|line| line.to_uppercase()).collect();
        Ok(())
    }

    async fn prove(&mut self, user: &str, password: &str) -> Result<(), Trouble> {
        let ways = self.can.iter().find(|can| can.starts_with("AUTH")).cloned().unwrap_or_default();
        let reply = if ways.contains("PLAIN") || !ways.contains("LOGIN") {
            let proof = STANDARD.encode(format!("\0{user}\0{password}"));
            self.ask(&format!("AUTH PLAIN {proof}")).await?
        } else {
            self.ask("AUTH LOGIN").await?.must(3)?;
            self.ask(&STANDARD.encode(user)).await?.must(3)?;
            self.ask(&STANDARD.encode(password)).await?
        };
        match reply.code {
            200..=299 => Ok(()),
            // 454: not now.
            400..=499 if reply.code != 432 => Err(Trouble::Later(reply.text())),
            _ => Err(Trouble::Login(reply.text())),
        }
    }

    /// Its own bytes, to all of them or to none.
    pub async fn send(&mut self, from: &str, to: &[&str], mail: &[u8]) -> Result<(), Trouble> {
        let size = if self.can.iter().any(|can| can.starts_with("SIZE")) {
            format!(" SIZE={}", mail.len())
        } else {
            String::new()
        };
        self.ask(&format!("MAIL FROM:<{from}>{size}")).await?.must(2)?;
        for to in to {
            let reply = self.ask(&format!("RCPT TO:<{to}>")).await?;
            if reply.code / 100 != 2 {
                let text = format!("{to}: {}", reply.text());
                return Err(if reply.code / 100 == 4 { Trouble::Later(text) } else { Trouble::Refused(text) });
            }
        }
        self.ask("DATA").await?.must(3)?;
        let bytes = stuffed(mail);
        // Without its last line the server has no mail yet.
        self.wire.write(&bytes).await?;
        if self.wire.write(b".\r\n").await.is_err() {
            return Err(Trouble::Uncertain);
        }
        match self.reply().await {
            Ok(reply) => reply.must(2).map(drop),
            Err(_) => Err(Trouble::Uncertain),
        }
    }

    pub async fn bye(mut self) {
        let _ = self.ask("QUIT").await;
    }

    async fn ask(&mut self, line: &str) -> Result<Reply, Trouble> {
        self.wire.write(format!("{line}\r\n").as_bytes()).await?;
        Ok(self.reply().await?)
    }

    async fn reply(&mut self) -> Result<Reply, Failure> {
        let mut lines = Vec::new();
        while lines.len() < LINES {
            let line = String::from_utf8_lossy(&self.wire.read_line().await?).into_owned();
            let code = line.get(..3).and_then(|code| code.parse().ok());
            let code = code.ok_or_else(|| Failure::Connection("no answer of a mail server".to_owned()))?;
            lines.push(line.get(4..).unwrap_or_default().to_owned());
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(Reply { code, lines });
            }
        }
        Err(Failure::Connection("an answer without an end".to_owned()))
    }
}

/// With two dots where a line begins with one, and an end of its last line.
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len() + 64);
    let mut begins = true;
    for byte in mail {
        if begins && *byte == b'.' {
            out.push(b'.');
        }
        begins = *byte == b'\n';
        if begins && out.last() != Some(&b'\r') {
            out.push(b'\r');
        }
        out.push(*byte);
    }
    if !begins {
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_mail_ends_it() {
        assert_eq!(stuffed(b"a\r\n.\r\n..b\nc"), b"a\r\n..\r\n...b\r\nc\r\n");
        assert_eq!(stuffed(b".\n"), b"..\r\n");
    }
}
