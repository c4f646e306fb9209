//! How urgent a conversation is: the most urgent of those that wait are given and taken first.

use crate::{
    EntryKind,
    access::{Can, MayChange},
    list::ConversationItem,
    thread::{Parts, member_author},
};
use axum::Json;
use base::{Body, Ctx, Problem, Tx};
use db::FromValue;
use ids::ConversationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The order is meant, and stored as its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Urgent,
    High,
    #[default]
    Normal,
    Low,
}

const ALL: [Priority; 4] = [Priority::Urgent, Priority::High, Priority::Normal, Priority::Low];

impl Priority {
    pub fn number(self) -> i64 {
        self as i64
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }
}

impl FromValue for Priority {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let number = i64::from_value(value)?;
        ALL.into_iter().find(|one| one.number() == number).ok_or("a priority was expected")
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPriority {
    pub priority: Priority,
}

/// Says how urgent it is; saying so again changes nothing. Whoever may answer may say it, as with tags.
pub async fn set_priority(tx: &mut Tx<'_>, permit: MayChange, priority: Priority) -> Result<ConversationItem, Problem> {
    permit.must(Can::Tag)?;
    let MayChange { member, mut thread } = permit;
    if thread.conversation.priority == priority {
        return ConversationItem::of(tx, &member, &thread).await;
    }
    thread.conversation.priority = priority;
    let parts = Parts { text: Some(priority.as_str().to_owned()), ..Parts::default() };
    thread.add(tx, EntryKind::Prioritized, member_author(&member), parts);
    let thread = thread.save(tx).await?;
    ConversationItem::of(tx, &member, &thread).await
}

/// Say how urgent a conversation is
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/priority", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = SetPriority,
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn put_priority(
    ctx: Ctx<MayChange>,
    Body(asked): Body<SetPriority>,
) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(move |tx, permit| Box::pin(set_priority(tx, permit, asked.priority))).await.map(Json)
}
