//! What an agent's desk asks for: signing in, the position of the first load, the socket, and a conversation's entries.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::http::{Connection, Credential};
use super::socket::Socket;
use super::wire::{Entries, Entry, Id, Snapshot};
use crate::target::Target;

/// Entries asked for at once when a conversation is read back.
const ENTRIES_PER_PAGE: usize = 50;

/// A signed-in member.
#[derive(Clone, Debug)]
pub struct Agent {
    pub credential: Credential,
    pub member_id: String,
}

/// The member in the answer to a sign-in or an accepted invitation.
#[derive(Deserialize)]
pub(super) struct Me {
    member: MemberRef,
}

#[derive(Deserialize)]
struct MemberRef {
    id: String,
}

impl Agent {
    pub async fn sign_in(connection: &mut Connection, email: &str, password: &str) -> Result<Self> {
        #[derive(Serialize)]
        struct SignIn<'a> {
            email: &'a str,
            password: &'a str,
        }
        let answer = connection.post("/api/v1/sign-in", &Credential::Nobody, &SignIn { email, password }).await?;
        Self::from_answer(answer.success().context("failed to sign in")?)
    }

    /// Reads the cookie and the member from an answer that signed somebody in.
    pub(super) fn from_answer(answer: super::http::Answer<'_>) -> Result<Self> {
        let cookie = answer.cookie().context("the server set no cookie")?;
        let me: Me = answer.json()?;
        Ok(Self { credential: Credential::Cookie(cookie), member_id: me.member.id })
    }

    /// The first load of the desk; returns the position to follow from.
    pub async fn desk(&self, connection: &mut Connection) -> Result<u64> {
        Ok(connection.get("/api/v1/desk?view=mine", &self.credential).await?.json::<Snapshot>()?.position)
    }

    /// Opens the desk's socket and asks for everything after `position`.
    pub async fn socket(&self, target: &Target, position: u64) -> Result<Socket> {
        let mut socket = Socket::open(target, "/ws", &self.credential).await?;
        socket.send_text(&format!(r#"{{"type":"hello","after":{position}}}"#)).await?;
        Ok(socket)
    }

    /// All entries of a conversation, from the first to the newest.
    pub async fn entries(&self, connection: &mut Connection, conversation: Id) -> Result<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let after = entries.last().map_or(0, |entry| entry.position);
            let path =
                format!("/api/v1/conversations/cnv_{conversation}/entries?after={after}&limit={ENTRIES_PER_PAGE}");
            let page = connection.get(&path, &self.credential).await?.json::<Entries>()?.entries;
            let is_last = page.len() < ENTRIES_PER_PAGE;
            entries.extend(page);
            if is_last {
                return Ok(entries);
            }
        }
    }
}
