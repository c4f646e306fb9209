//! A guest: one visitor with his socket who does one thing after another as a person would: writes, types, is answered
//! by whoever holds his conversation, and reads the answer.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until};

use crate::client::agent::Agent;
use crate::client::http::Connection;
use crate::client::socket::{Incoming, Socket};
use crate::client::visitor::Visitor;
use crate::client::wire::{Ack, Id};
use crate::target::Target;

/// The server takes thirty frames a second from a socket; what piled up while a request was out must not come at once.
const TYPES_EVERY: Duration = Duration::from_millis(50);

/// What a guest is asked to do; each is one update at the desks.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Write,
    /// Begins to type, or ends.
    Type,
    /// He is answered, and the next time reads it.
    Listen,
}

/// A visitor at his conversation.
pub struct Guest {
    visitor: Visitor,
    /// Who holds the conversation and answers.
    holder: Agent,
    pub conversation: Id,
    connection: Connection,
    socket: Socket,
    types: bool,
    /// When he may say so again.
    next_typing: Instant,
    /// The newest answer, when he has not read it.
    unread: Option<u64>,
}

impl Guest {
    /// Writes for the first time, and is taken out of the queue by an answer.
    pub async fn enter(target: &Target, visitor: Visitor, holder: Agent, text: &str) -> Result<Self> {
        let mut connection = Connection::open(target).await?;
        let Ack { conversation_id, .. } = visitor.send(&mut connection, Id::fresh(), text, &mut Vec::new()).await?;
        let socket = visitor.socket(target, visitor.from).await?;
        let mut guest = Self {
            visitor,
            holder,
            conversation: conversation_id,
            connection,
            socket,
            types: false,
            next_typing: Instant::now(),
            unread: None,
        };
        guest.be_answered("Halo, saya bantu ya.", json!({ "kind": "queue" })).await?;
        Ok(guest)
    }

    /// Follows until nothing more is asked; answers how much was done.
    pub async fn follow(mut self, mut acts: UnboundedReceiver<(Act, String)>) -> Result<u64> {
        let mut done = 0;
        loop {
            tokio::select! {
                act = acts.recv() => {
                    let Some((act, text)) = act else { return Ok(done) };
                    self.act(act, &text).await?;
                    done += 1;
                }
                // What is not read would fill the server's queue for him.
                incoming = self.socket.next() => {
                    if let Incoming::Closed(code) = incoming? {
                        anyhow::bail!("the socket of a visitor was closed with {code}");
                    }
                }
            }
        }
    }

    async fn act(&mut self, act: Act, text: &str) -> Result<()> {
        match act {
            Act::Write => {
                self.visitor.send(&mut self.connection, Id::fresh(), text, &mut Vec::new()).await?;
            }
            Act::Type => {
                sleep_until(self.next_typing).await;
                self.next_typing = Instant::now() + TYPES_EVERY;
                self.types = !self.types;
                self.socket.send_text(&json!({ "type": "typing", "on": self.types }).to_string()).await?;
            }
            Act::Listen => match self.unread.take() {
                Some(position) => self.visitor.read(&mut self.connection, position).await?,
                None => {
                    let holder = json!({ "kind": "member", "id": self.holder.member_id });
                    self.be_answered(text, holder).await?;
                }
            },
        }
        Ok(())
    }

    async fn be_answered(&mut self, text: &str, holder: serde_json::Value) -> Result<()> {
        let path = format!("/api/v1/conversations/cnv_{}/messages", self.conversation);
        let body = json!({ "id": format!("ent_{}", Id::fresh()), "text": text, "holder": holder });
        let answer = self.connection.post(&path, &self.holder.credential, &body).await?;
        self.unread = Some(answer.json::<Ack>().context("failed to answer a visitor")?.position);
        Ok(())
    }
}
