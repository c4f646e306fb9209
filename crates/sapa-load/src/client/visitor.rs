//! What a visitor's browser asks for: a visitor of its own, its thread, and sending a message.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::http::{Connection, Credential};
use super::socket::Socket;
use super::wire::{Ack, Id, Snapshot};
use crate::target::Target;

/// A visitor that the server knows.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub credential: Credential,
    token: String,
    /// Position of the event stream from which its socket may start.
    pub from: u64,
}

/// A message on its way.
#[derive(Serialize)]
struct Message<'a> {
    id: &'a str,
    text: &'a str,
    file_ids: [&'a str; 0],
}

impl Visitor {
    /// Makes a visitor as the widget does before the first message, and reads its still empty thread.
    pub async fn sign_up(connection: &mut Connection, inbox_id: &str, origin: &str) -> Result<Self> {
        #[derive(Serialize)]
        struct SignUp<'a> {
            inbox_id: &'a str,
            origin: &'a str,
            locale: &'a str,
        }
        #[derive(Deserialize)]
        struct SignedUp {
            token: String,
        }
        let body = SignUp { inbox_id, origin, locale: "en" };
        let token = connection.post("/w/api/v1/visitors", &Credential::Nobody, &body).await?.json::<SignedUp>()?.token;
        let credential = Credential::Bearer(token.clone());
        let from = connection.get("/w/api/v1/thread?limit=1", &credential).await?.json::<Snapshot>()?.position;
        Ok(Self { credential, token, from })
    }

    pub async fn send(&self, connection: &mut Connection, id: Id, text: &str, body: &mut Vec<u8>) -> Result<Ack> {
        body.clear();
        serde_json::to_writer(&mut *body, &Message { id: &format!("ent_{id}"), text, file_ids: [] })?;
        connection.send("POST", "/w/api/v1/messages", &self.credential, Some(body)).await?.json()
    }

    /// Tells that everything up to this position was received and seen.
    pub async fn read(&self, connection: &mut Connection, position: u64) -> Result<()> {
        let body = serde_json::to_vec(&serde_json::json!({ "delivered": position, "read": position }))?;
        connection.send("PUT", "/w/api/v1/receipt", &self.credential, Some(&body)).await?.success()?;
        Ok(())
    }

    /// Opens the visitor's socket and asks for everything after `position`.
    pub async fn socket(&self, target: &Target, position: u64) -> Result<Socket> {
        let mut socket = Socket::open(target, "/w/ws", &Credential::Nobody).await?;
        let token = &self.token;
        socket.send_text(&format!(r#"{{"type":"hello","token":"{token}","after":{position}}}"#)).await?;
        Ok(socket)
    }
}
