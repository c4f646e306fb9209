//! Deleted conversations that can still be put back: who may see which, and putting one back.
//!
//! What must stay true: one that is put back is as it was, with all that counts and finds it, in the same transaction;
//! what changed meanwhile of its contact, its inbox or whoever had it holds for it too; a contact has one conversation
//! in an inbox, so what he wrote since goes over into it. Once it is to be erased nobody puts it back.
//! Absent: deleting (`delete`) and erasing (`erase`).

use crate::{
    Author, AuthorKind, CONVERSATION_GREW, Conversation, ConversationItem, EntryKind, Holder,
    access::{Can, Facts},
    block,
    conversation::columns,
    draft, fetch, join,
    thread::{self, Parts, lock_of_contact, member_author},
};
use axum::Json;
use base::{
    Audited, Caller, Ctx, Cursor, MemberCaller, Ms, Permit, Problem, QueryOf, Right, Scope, Tx, page_size, refusal,
};
use contacts::Contact;
use db::{Row, params, sql};
use ids::{ContactId, ConversationId, InboxId};
use inboxes::Channel;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;

/// A conversation that was deleted, for whoever may put it back.
#[derive(Serialize, ToSchema)]
pub struct Deletion {
    pub conversation_id: ConversationId,
    pub inbox_id: InboxId,
    pub channel: Channel,
    pub contact: Contact,
    /// From either side.
    pub messages: i64,
    pub last_activity_at: i64,
    pub deleted_at: i64,
    /// The name of the member who deleted it.
    pub by: String,
    /// It can be put back until then.
    pub erase_at: i64,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeletionQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct DeletionPage {
    /// Those that were deleted last come first.
    pub items: Vec<Deletion>,
    /// It may be there before the page is full.
    pub next_cursor: Option<String>,
}

/// May delete conversations somewhere, and so sees what was deleted there.
pub struct CanDelete(Arc<MemberCaller>);

impl Permit for CanDelete {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let may = member.scope(Right::CONVERSATION_DELETE) > Scope::None;
        if may { Ok(Self(member)) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

/// A deleted conversation's row.
pub(crate) struct Kept {
    pub conversation: Conversation,
    pub deleted_at: Ms,
    by: String,
    erase_at: Ms,
}

/// Is about a deleted conversation that can still be put back; locked.
pub struct MayRestore {
    pub(crate) member: Arc<MemberCaller>,
    pub(crate) kept: Kept,
}

/// Parameters: the workspace, the present time.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", c.deleted_at, c.deleted_by_name, c.erase_at FROM deleted_conversations c \
             WHERE c.workspace_id = $1 AND c.erased_at IS NULL AND c.erase_at > $2 AND ",
            $which
        )
    };
}

impl Permit for MayRestore {
    type Target = ConversationId;

    async fn grant(caller: &Caller, target: ConversationId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let one = sql!(sqlite: select!("c.id = $3"), postgres: select!("c.id = $3 FOR UPDATE"));
        let row = tx.first(one, &params![tx.workspace, tx.now, target]).await?.ok_or(refusal::NOT_FOUND)?;
        let kept = Kept::from_row(&row)?;
        if kept.is_for(&member) { Ok(Self { member, kept }) } else { Err(refusal::NOT_FOUND.into()) }
    }
}

impl Kept {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            conversation: Conversation::from_row(row)?,
            deleted_at: row.get("deleted_at")?,
            by: row.get("deleted_by_name")?,
            erase_at: row.get("erase_at")?,
        })
    }

    /// Whether the member may put it back: who could delete it.
    fn is_for(&self, member: &MemberCaller) -> bool {
        Facts::of(&self.conversation).can(member).has(Can::Delete)
    }

    fn into_item(self) -> Deletion {
        let Conversation { id, inbox_id, channel, contact, inbound_count, counts, last_activity_at, .. } =
            self.conversation;
        Deletion {
            conversation_id: id,
            inbox_id,
            channel,
            contact,
            messages: inbound_count + counts.sent,
            last_activity_at,
            deleted_at: self.deleted_at,
            by: self.by,
            erase_at: self.erase_at,
        }
    }
}

/// Moves a conversation's row to the deleted ones.
pub(crate) async fn keep(tx: &mut Tx<'_>, id: ConversationId, by: &MemberCaller, erase_at: Ms) -> Result<(), Problem> {
    tx.put(
        sql!(concat!(
            "INSERT INTO deleted_conversations (workspace_id, limit_at, deleted_at, deleted_by, deleted_by_name, \
             erase_at, ",
            columns!(""),
            ") SELECT c.workspace_id, c.limit_at, $3, $4, $5, $6, ",
            columns!(),
            " FROM conversations c WHERE c.workspace_id = $1 AND c.id = $2"
        )),
        params![tx.workspace, id, tx.now, by.id, by.name.clone(), erase_at],
    )
    .await?;
    let gone = sql!("DELETE FROM conversations WHERE workspace_id = $1 AND id = $2");
    tx.put(gone, params![tx.workspace, id]).await?;
    Ok(())
}

/// Moves the row back among the conversations, as that of `contact`.
async fn take_out(tx: &mut Tx<'_>, id: ConversationId, contact: ContactId) -> Result<(), Problem> {
    let his = sql!("UPDATE deleted_conversations SET contact_id = $3 WHERE workspace_id = $1 AND id = $2");
    tx.put(his, params![tx.workspace, id, contact]).await?;
    tx.put(
        sql!(concat!(
            "INSERT INTO conversations (workspace_id, limit_at, ",
            columns!(""),
            ") SELECT c.workspace_id, c.limit_at, ",
            columns!(),
            " FROM deleted_conversations c WHERE c.workspace_id = $1 AND c.id = $2"
        )),
        params![tx.workspace, id],
    )
    .await?;
    let gone = sql!("DELETE FROM deleted_conversations WHERE workspace_id = $1 AND id = $2");
    tx.put(gone, params![tx.workspace, id]).await?;
    Ok(())
}

/// The contact turned out to be another person, who has what was deleted of him too.
pub(crate) async fn hand_over(tx: &mut Tx<'_>, from: ContactId, person: ContactId) -> Result<(), Problem> {
    tx.put(
        sql!(
            "UPDATE deleted_conversations SET contact_id = $3 WHERE workspace_id = $1 AND contact_id = $2 \
             AND erased_at IS NULL"
        ),
        params![tx.workspace, from, person],
    )
    .await?;
    Ok(())
}

/// Whether a conversation with the contact was deleted in the inbox, and is not erased yet.
pub(crate) async fn had(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<bool, Problem> {
    let one = sql!(
        "SELECT id FROM deleted_conversations WHERE workspace_id = $1 AND contact_id = $2 AND inbox_id = $3 \
         AND erased_at IS NULL LIMIT 1"
    );
    Ok(tx.first(one, &params![tx.workspace, contact, inbox]).await?.is_some())
}

/// Whether it was deleted and is not erased yet.
pub(crate) async fn is_kept(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Problem> {
    let one = sql!("SELECT id FROM deleted_conversations WHERE workspace_id = $1 AND id = $2 AND erased_at IS NULL");
    Ok(tx.first(one, &params![tx.workspace, id]).await?.is_some())
}

/// As [`is_kept`], and nobody puts it back, or begins to erase it, before this transaction ends.
pub(crate) async fn lock_kept(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Problem> {
    let one = sql!(
        sqlite: "SELECT id FROM deleted_conversations WHERE workspace_id = ?1 AND id = ?2 AND erased_at IS NULL",
        postgres: "SELECT id FROM deleted_conversations WHERE workspace_id = $1 AND id = $2 AND erased_at IS NULL \
                   FOR UPDATE"
    );
    Ok(tx.first(one, &params![tx.workspace, id]).await?.is_some())
}

/// Puts it back, with what its contact wrote since.
pub async fn restore(tx: &mut Tx<'_>, permit: MayRestore) -> Result<ConversationItem, Problem> {
    let MayRestore { member, kept } = permit;
    let Conversation { id, inbox_id, contact, .. } = kept.conversation;
    let known = contacts::find(tx, contact.id).await?.unwrap_or(contact);
    let since = lock_of_contact(tx, inbox_id, known.id).await?;
    if let Some(since) = &since
        && !join::fits(tx, since).await?
    {
        return Err(CONVERSATION_GREW.into());
    }
    // While there are two, one is nobody's.
    let whose = if since.is_some() { ContactId(id.0) } else { known.id };
    take_out(tx, id, whose).await?;
    let mut thread = thread::lock(tx, id).await?.ok_or(refusal::NOT_FOUND)?;
    thread.come_back(known, kept.deleted_at);
    thread.conversation.block = block::of_contact(tx, thread.conversation.contact.id).await?;
    if !inboxes::formers_read(tx, inbox_id).await? {
        thread.conversation.formers.clear();
    }
    thread.add(tx, EntryKind::Restored, member_author(&member), Parts::default());
    let system = || Author { kind: AuthorKind::System, id: None, name: None };
    if thread.conversation.is_open() && thread.conversation.holder != Holder::Queue && !thread.holder_stands {
        thread.hand_to(tx, Holder::Queue, None, system(), None);
    }
    if thread.conversation.snoozed_until.is_some_and(|until| until <= tx.now) {
        thread.wake(tx, system());
    }
    if let Some(since) = since {
        thread = join::append(tx, since, thread).await?;
    }
    let thread = thread.save(tx).await?;
    draft::come_back(tx, id).await?;
    fetch::go_on(tx, id).await?;
    tx.audit(Audited::done("conversation", "restored", id, &id.to_string()));
    ConversationItem::of(tx, &member, &thread).await
}

async fn page(tx: &mut Tx<'_>, member: &MemberCaller, query: DeletionQuery) -> Result<DeletionPage, Problem> {
    let (before, limit) = (Cursor::parse(query.cursor.as_deref())?, page_size(query.limit, PAGE));
    let rows = tx
        .query(
            sql!(select!("(c.deleted_at, c.id) < ($3, $4) ORDER BY c.deleted_at DESC, c.id DESC LIMIT $5")),
            &params![tx.workspace, tx.now, before.at, before.id, limit],
        )
        .await?;
    let more = rows.len() as i64 == limit;
    let kept = rows.iter().map(Kept::from_row).collect::<Result<Vec<_>, _>>()?;
    let last = kept.last().filter(|_| more).map(|last| Cursor { at: last.deleted_at, id: last.conversation.id.0 });
    let items = kept.into_iter().filter(|kept| kept.is_for(member)).map(Kept::into_item).collect();
    Ok(DeletionPage { items, next_cursor: last.map(|last| last.to_string()) })
}

/// List deleted conversations
///
/// Those that can still be put back.
#[utoipa::path(
    get, path = "/api/v1/deletions", tag = "conversations", params(DeletionQuery),
    responses((status = 200, body = DeletionPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_deletions(
    ctx: Ctx<CanDelete>,
    QueryOf(query): QueryOf<DeletionQuery>,
) -> Result<Json<DeletionPage>, Problem> {
    ctx.read(|tx, CanDelete(member)| Box::pin(async move { page(tx, &member, query).await })).await.map(Json)
}

/// Put a deleted conversation back
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/deletion", tag = "conversations",
    params(("conversation" = ConversationId, Path)),
    responses((status = 200, body = ConversationItem), (status = "default", body = base::ProblemBody))
)]
pub async fn restore_conversation(ctx: Ctx<MayRestore>) -> Result<Json<ConversationItem>, Problem> {
    ctx.write(|tx, permit| Box::pin(restore(tx, permit))).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use db::Engine;
    use ids::{Uuid, WorkspaceId};
    use std::collections::BTreeSet;

    async fn columns_of(tx: &mut Tx<'_>, table: &str) -> Result<BTreeSet<String>, Problem> {
        let known = match tx.engine() {
            Engine::Sqlite => sql!(sqlite: "SELECT name FROM pragma_table_info(?1)"),
            Engine::Postgres => sql!(
                postgres: "SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = $1::text"
            ),
        };
        let rows = tx.query(known, &params![table]).await?;
        Ok(rows.iter().map(|row| row.get("name")).collect::<Result<_, _>>()?)
    }

    /// C17
    #[tokio::test(flavor = "multi_thread")]
    async fn every_column_of_a_conversation_moves_with_it() {
        testkit::on_both(
            || vec![crate::feature()],
            async |test| {
                let read = test.app.read(WorkspaceId(Uuid::nil()), |tx| {
                    Box::pin(async move {
                        Ok((columns_of(tx, "conversations").await?, columns_of(tx, "deleted_conversations").await?))
                    })
                });
                let (all, kept) = read.await.expect("the columns");
                let moved = columns!("").split(", ").chain(["workspace_id", "limit_at"]).map(str::to_owned);
                assert_eq!(all, moved.collect());
                assert!(kept.is_superset(&all));
            },
        )
        .await;
    }
}
