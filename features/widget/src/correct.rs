//! A visitor corrects or takes back what he wrote.

use crate::{limit, visitor::OwnThread};
use axum::Json;
use base::{Body, Caller, Ctx, Permit, Problem, Tx, VisitorCaller, refusal};
use conversations::{EditEntry, Thread, VisitorEntry, edit_as_contact, remove_as_contact};
use ids::EntryId;
use std::sync::Arc;

/// Writes in a thread that there is, about one of its entries. Whose entry it is, the command decides.
pub struct MyThread {
    pub visitor: Arc<VisitorCaller>,
    pub thread: Thread,
    pub entry: EntryId,
}

impl Permit for MyThread {
    type Target = EntryId;

    async fn grant(caller: &Caller, entry: EntryId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let OwnThread { visitor, thread } = OwnThread::grant(caller, (), tx).await?;
        Ok(Self { visitor, thread, entry })
    }
}

/// Correct an own message as a visitor
#[utoipa::path(
    patch, path = "/w/api/v1/messages/{message}", tag = "widget", params(("message" = EntryId, Path)),
    request_body = EditEntry,
    responses((status = 200, body = VisitorEntry), (status = "default", body = base::ProblemBody))
)]
pub async fn edit_visitor_message(
    ctx: Ctx<MyThread>,
    Body(asked): Body<EditEntry>,
) -> Result<Json<VisitorEntry>, Problem> {
    ctx.write(move |tx, MyThread { visitor, thread, entry }| {
        Box::pin(async move {
            tx.app().throttle(&limit::MESSAGES_PER_VISITOR, &visitor.id.to_string())?;
            shown(&edit_as_contact(tx, thread, entry, &asked.text).await?)
        })
    })
    .await
}

/// Remove an own message as a visitor
#[utoipa::path(
    delete, path = "/w/api/v1/messages/{message}", tag = "widget", params(("message" = EntryId, Path)),
    responses((status = 200, body = VisitorEntry), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_visitor_message(ctx: Ctx<MyThread>) -> Result<Json<VisitorEntry>, Problem> {
    ctx.write(|tx, MyThread { thread, entry, .. }| {
        Box::pin(async move { shown(&remove_as_contact(tx, thread, entry).await?) })
    })
    .await
}

fn shown(entry: &conversations::Entry) -> Result<Json<VisitorEntry>, Problem> {
    VisitorEntry::of(entry).map(Json).ok_or_else(|| refusal::NOT_FOUND.into())
}
