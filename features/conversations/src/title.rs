//! The title of a session: what it is about, in a few words of the team's. A new session begins without one.

use crate::{
    EntryKind, TITLE_INVALID,
    access::{Can, MayChange},
    list::ConversationItem,
    thread::{Parts, member_author},
};
use axum::Json;
use base::{Body, Ctx, Problem, Tx};
use ids::ConversationId;
use serde::Deserialize;
use utoipa::ToSchema;

const TITLE_CHARACTERS: usize = 100;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SetTitle)]
pub struct Asked {
    /// One line of at most 100 characters; without it, or with blanks only, the title is taken away.
    pub title: Option<String>,
}

/// Gives the session a title, or takes it away. The same one again changes nothing.
pub async fn title(tx: &mut Tx<'_>, permit: MayChange, asked: Asked) -> Result<ConversationItem, Problem> {
    permit.must(Can::Note)?;
    let title = match asked.title.filter(|title| !title.trim().is_empty()) {
        Some(title) => Some(base::name(&title, TITLE_CHARACTERS, TITLE_INVALID)?),
        None => None,
    };
    let MayChange { member, mut thread } = permit;
    if thread.conversation.title != title {
        thread.conversation.title.clone_from(&title);
        thread.add(tx, EntryKind::Titled, member_author(&member), Parts { text: title, ..Parts::default() });
        thread = thread.save(tx).await?;
    }
    ConversationItem::of(tx, &member, &thread).await
}

/// Set a conversation's title
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/title", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = Asked,
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn set_title(ctx: Ctx<MayChange>, Body(asked): Body<Asked>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(move |tx, permit| Box::pin(title(tx, permit, asked))).await.map(Json)
}
