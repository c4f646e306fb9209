//! What another system hears: one JSON object for each event. Fields are only ever added.

use base::{Ms, Problem};
use contacts::Outside;
use conversations::{AuthorKind, CardKind, Entry, Outgoing, Status};
use ids::{ContactId, ConversationId, EntryId, FileId, InboxId};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// Their schemas: no answer of ours has them.
#[derive(OpenApi)]
#[openapi(components(schemas(WebhookEvent)))]
pub(crate) struct Schemas;

#[derive(Serialize, ToSchema)]
pub struct WebhookEvent {
    /// `message.created`, `message.updated`, `message.removed`, `conversation.closed` or `conversation.reopened`.
    pub r#type: &'static str,
    /// When it happened, as in RFC 3339.
    pub timestamp: String,
    pub data: WebhookData,
}

#[derive(Serialize, ToSchema)]
pub struct WebhookData {
    pub inbox_id: InboxId,
    pub contact: WebhookContact,
    pub conversation: WebhookConversation,
    /// Of messages, as it is when it is sent.
    pub message: Option<WebhookMessage>,
}

#[derive(Serialize, ToSchema)]
pub struct WebhookContact {
    pub id: ContactId,
    pub external_id: String,
}

#[derive(Serialize, ToSchema)]
pub struct WebhookConversation {
    pub id: ConversationId,
    /// The other system's own name for it.
    pub r#ref: Option<String>,
    pub status: Status,
}

#[derive(Serialize, ToSchema)]
pub struct WebhookMessage {
    /// The same at each try, also when a person sends it again: what was taken once need not be taken twice.
    pub id: EntryId,
    pub position: i64,
    /// In milliseconds UTC.
    pub created_at: i64,
    pub edited_at: Option<i64>,
    /// `null` when there are only files, or when it was removed. The title and the link of a card stand at its end, for
    /// those who show no cards.
    pub text: Option<String>,
    /// A link or an offer to press.
    pub card: Option<WebhookCard>,
    pub attachments: Vec<WebhookFile>,
    /// The message that it answers.
    pub reply_to: Option<EntryId>,
    /// Who wrote it, for people.
    pub author: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct WebhookCard {
    pub kind: CardKind,
    pub url: String,
    pub title: String,
    pub text: Option<String>,
    /// As people write it.
    pub price: Option<String>,
    /// Which of the attachments is its picture.
    pub picture: Option<FileId>,
    /// What was written beside it: the message's text without the card's title and link.
    pub beside: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct WebhookFile {
    pub id: FileId,
    pub name: String,
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// To be fetched from this server with an access token of the inbox.
    pub path: String,
}

/// The body of one event.
pub(crate) fn body(outgoing: &Outgoing, outside: Outside) -> Result<Vec<u8>, Problem> {
    let conversation = &outgoing.conversation;
    let event = WebhookEvent {
        r#type: outgoing.kind.as_str(),
        timestamp: time(outgoing.at),
        data: WebhookData {
            inbox_id: outgoing.inbox,
            contact: WebhookContact { id: conversation.contact.id, external_id: outside.external_id },
            conversation: WebhookConversation {
                id: conversation.id,
                r#ref: outside.conversation_ref,
                status: conversation.status,
            },
            message: outgoing.entry.as_ref().map(|entry| message(outgoing.inbox, entry)),
        },
    };
    Ok(serde_json::to_vec(&event)?)
}

fn message(inbox: InboxId, entry: &Entry) -> WebhookMessage {
    let file = |file: &conversations::File| WebhookFile {
        id: file.id,
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size: file.size,
        path: format!("/api/v1/inboxes/{inbox}/files/{}", file.id),
    };
    WebhookMessage {
        id: entry.id,
        position: entry.position,
        created_at: entry.at,
        edited_at: entry.edited_at,
        text: match &entry.card {
            Some(card) => Some(entry.text.iter().cloned().chain([card.as_text()]).collect::<Vec<_>>().join("\n\n")),
            None => entry.text.clone(),
        },
        card: entry.card.clone().map(|card| WebhookCard {
            kind: card.kind,
            url: card.url,
            title: card.title,
            text: card.text,
            price: card.price,
            picture: card.picture,
            beside: entry.text.clone(),
        }),
        attachments: entry.files.iter().map(file).collect(),
        reply_to: entry.quote.as_ref().map(|quote| quote.id),
        author: entry.author.name.clone().filter(|_| entry.author.kind == AuthorKind::Member),
    }
}

fn time(ms: Ms) -> String {
    jiff::Timestamp::from_millisecond(ms).map_or_else(|_| String::new(), |time| time.to_string())
}
