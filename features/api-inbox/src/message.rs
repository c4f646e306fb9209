//! A customer's message from another system.
//!
//! The other system names the message; the same again is answered with what the first one did, and the same name with
//! another content is refused. The thread's order is the order of arrival; when it was written is kept beside it.

use crate::{
    CREATED_AT_INVALID, FIELD_INVALID, FILE_URL_INVALID, FILE_URL_PRIVATE, MESSAGE_DIFFERS,
    access::{WritingInbox, entry_of},
    limit,
    profile::{Customer, external_id},
};
use axum::{Json, http::StatusCode};
use base::{Body, Ctx, InboxCaller, Ms, Problem, Tx};
use contacts::Identity;
use conversations::{
    Arrival, CONTACT_BLOCKED, Message, Received, Remote, Trail, Uploader, Whence, place_ever_of, receive,
    refuse_blocked,
};
use db::{params, sql};
use ids::{ContactId, ConversationId, EntryId, FileId, InboxId};
use inboxes::Channel;
use outbound::Target;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// 31 December 9999: the last that a time as text can say.
const LAST_MS: Ms = 253_402_300_799_999;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostMessage {
    pub contact: Customer,
    /// The other system's own name for the conversation, at most 200 characters. It comes back with each webhook.
    pub conversation_ref: Option<String>,
    pub message: PostedMessage,
}

#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostedMessage {
    /// 1 to 200 characters; the same twice is one message.
    pub external_id: String,
    #[serde(default)]
    pub r#type: MessageType,
    /// May be missing when there are attachments.
    pub text: Option<String>,
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// A message of the conversation that this one answers: our id, or the other system's own.
    pub reply_to: Option<String>,
    /// When it was written: milliseconds UTC, or a time as in RFC 3339.
    pub created_at: Option<WrittenAt>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageType {
    /// Words, files or both.
    #[default]
    Text,
}

#[derive(Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Attachment {
    Upload(UploadedFile),
    Address(RemoteFile),
}

#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadedFile {
    /// Of a file that was uploaded before.
    pub upload_id: FileId,
}

/// A file that is fetched after the message was kept.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoteFile {
    /// `https://…`, public, at most 2,000 characters.
    pub url: String,
    /// What it is called, at most 200 characters; without one, by the end of its address when that is a file's name,
    /// such as `invoice.pdf`, which everybody then sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub enum WrittenAt {
    Ms(i64),
    Text(String),
}

/// The message is stored durably. A repeat is answered with the same.
#[derive(Serialize, ToSchema)]
pub struct Posted {
    pub id: EntryId,
    pub external_id: String,
    pub conversation_id: ConversationId,
    pub contact_id: ContactId,
    /// Its place in the conversation.
    pub position: i64,
    /// When it arrived, in milliseconds UTC.
    pub at: i64,
}

impl WrittenAt {
    fn ms(&self) -> Result<Ms, Problem> {
        let ms = match self {
            Self::Ms(ms) => Some(*ms),
            Self::Text(text) => text.parse::<jiff::Timestamp>().ok().map(|time| time.as_millisecond()),
        };
        ms.filter(|ms| (0..=LAST_MS).contains(ms)).ok_or_else(|| CREATED_AT_INVALID.into())
    }
}

/// What was sent, checked.
struct Checked {
    identity: Identity,
    external_id: String,
    message: Message,
    remote: Vec<Remote>,
    reply_to: Option<String>,
    digest: Vec<u8>,
}

impl RemoteFile {
    fn checked(self, tx: &Tx<'_>) -> Result<Remote, Problem> {
        let target = Target::parse(&self.url).ok_or(FILE_URL_INVALID)?;
        if !tx.app().outbound.allows(&target) {
            return Err(FILE_URL_PRIVATE.into());
        }
        Ok(Remote { id: FileId(tx.uuid()), whence: Whence::Address(target), name: self.name })
    }
}

fn checked(tx: &Tx<'_>, inbox: InboxId, id: EntryId, asked: PostMessage) -> Result<Checked, Problem> {
    let PostMessage { contact, conversation_ref, message } = asked;
    // What the customer is called may change between two tries; what he wrote may not.
    let content = serde_json::to_vec(&(&contact.external_id, &message))?;
    let identity = contact.checked(inbox, conversation_ref)?;
    let name = external_id("message.external_id", &message.external_id)?;
    let written_at = message.created_at.as_ref().map(WrittenAt::ms).transpose()?;
    let (mut files, mut remote) = (Vec::new(), Vec::new());
    for attachment in message.attachments {
        match attachment {
            Attachment::Upload(file) => files.push(file.upload_id),
            Attachment::Address(file) => {
                let file = file.checked(tx)?;
                files.push(file.id);
                remote.push(file);
            }
        }
    }
    let words = Message::new(id, message.text.as_deref().unwrap_or_default(), files)?;
    Ok(Checked {
        identity,
        external_id: name,
        message: Message { written_at, ..words },
        remote,
        reply_to: message.reply_to,
        digest: Sha256::digest(content).to_vec(),
    })
}

/// Whether it is new, and how it is stored; `None` when its customer is blocked, and nothing of it is kept.
async fn post(tx: &mut Tx<'_>, caller: &InboxCaller, asked: PostMessage) -> Result<Option<(bool, Posted)>, Problem> {
    let inbox = caller.inbox;
    let id = EntryId(tx.uuid());
    let Checked { identity, external_id, mut message, remote, reply_to, digest } = checked(tx, inbox, id, asked)?;
    // Taken before anything else: the same message at the same time waits here for the first one.
    let first = tx
        .execute(
            sql!(
                "INSERT INTO api_messages (workspace_id, inbox_id, external_id, entry_id, digest) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
            ),
            &params![tx.workspace, inbox, external_id.clone(), id, digest.clone()],
        )
        .await?;
    if first == 0 {
        return Ok(Some((false, known(tx, inbox, external_id, &digest).await?)));
    }
    message.quote = match reply_to {
        Some(name) => Some(quoted(tx, inbox, &name).await?),
        None => None,
    };
    // Of a blocked customer nothing is kept, also not what he is called now.
    let known = contacts::called(tx, inbox, &identity.external_id).await?;
    if let Some(contact) = known
        && refuse_blocked(tx, inbox, contact).await?
    {
        tx.put(
            sql!("DELETE FROM api_messages WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"),
            params![tx.workspace, inbox, external_id],
        )
        .await?;
        return Ok(None);
    }
    // Of a message that is new, and of all its files or none, so that one of many comes through when it is its turn.
    tx.app().throttle_all(&limit::UPLOADS_PER_INBOX, &inbox.to_string(), remote.len())?;
    let contact = contacts::identify(tx, identity).await?;
    let arrival = receive(
        tx,
        Received {
            inbox,
            channel: Channel::Api,
            contact: contact.id,
            profile: Some(contact.clone()),
            trail: Trail::default(),
            uploader: Uploader::Inbox(inbox),
            message,
            remote,
            unsupported: None,
        },
    )
    .await?;
    // Blocked between the two looks: whoever posts it again hears it.
    let (Arrival::Stored(ack) | Arrival::Begun(ack)) = arrival else { return Err(base::refusal::UNAVAILABLE.into()) };
    let posted = Posted {
        id,
        external_id,
        conversation_id: ack.conversation_id,
        contact_id: contact.id,
        position: ack.position,
        at: ack.at,
    };
    Ok(Some((true, posted)))
}

/// The message that it answers. That it is one of this conversation, `receive` holds.
async fn quoted(tx: &mut Tx<'_>, inbox: InboxId, name: &str) -> Result<EntryId, Problem> {
    match name.parse() {
        Ok(id) => Ok(id),
        Err(_) => entry_of(tx, inbox, name).await?.ok_or_else(|| FIELD_INVALID.with("field", "message.reply_to")),
    }
}

/// What the first try stored.
async fn known(tx: &mut Tx<'_>, inbox: InboxId, external_id: String, digest: &[u8]) -> Result<Posted, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT entry_id, digest FROM api_messages \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"
            ),
            &params![tx.workspace, inbox, external_id.clone()],
        )
        .await?
        .ok_or(base::refusal::UNAVAILABLE)?;
    if row.get::<Vec<u8>>("digest")? != digest {
        return Err(MESSAGE_DIFFERS.with("external_id", external_id));
    }
    let id = row.get("entry_id")?;
    let place = place_ever_of(tx, id).await?.ok_or(base::refusal::UNAVAILABLE)?;
    Ok(Posted {
        id,
        external_id,
        conversation_id: place.conversation,
        contact_id: place.contact,
        position: place.position,
        at: place.at,
    })
}

/// Post a customer's message
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/messages", tag = "api_inbox", params(("inbox" = InboxId, Path)),
    request_body = PostMessage,
    responses(
        (status = 201, body = Posted, description = "It is new."),
        (status = 200, body = Posted, description = "It was here before."),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn post_message(
    ctx: Ctx<WritingInbox>,
    Body(asked): Body<PostMessage>,
) -> Result<(StatusCode, Json<Posted>), Problem> {
    let stored = ctx.write(|tx, WritingInbox(caller)| Box::pin(async move { post(tx, &caller, asked).await })).await?;
    let (is_new, posted) = stored.ok_or(CONTACT_BLOCKED)?;
    Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, Json(posted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_two_spellings() {
        let ms = |written: WrittenAt| written.ms().ok();
        assert_eq!(ms(WrittenAt::Ms(1_763_644_800_000)), Some(1_763_644_800_000));
        assert_eq!(ms(WrittenAt::Text("2025-11-20T20:20:00+07:00".into())), Some(1_763_644_800_000));
        for wrong in [WrittenAt::Text("yesterday".into()), WrittenAt::Ms(-1), WrittenAt::Ms(i64::MAX)] {
            assert_eq!(ms(wrong), None);
        }
    }
}
