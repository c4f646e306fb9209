//! Who is blocked: a list for those who may unblock, and unblocking somebody from it.
//!
//! What must stay true: a member is shown the contacts of those conversations in which he may unblock, and of the
//! messages that were not taken only theirs; whoever has no conversation left, because each was deleted, is for those
//! who may unblock everybody. A page looks at no more than so many contacts, whatever is asked.

use crate::{
    Block, Conversation, Thread,
    access::{Can, Facts},
    block,
    conversation::columns,
    keys::id_list,
    thread::{self, member_author},
};
use axum::{Json, http::StatusCode};
use base::{Caller, Ctx, Cursor, MemberCaller, Permit, Problem, QueryOf, Right, Scope, Tx, page_size, refusal};
use contacts::Contact;
use db::{Row, params, sql};
use ids::{ContactId, ConversationId, Uuid};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;

/// How many contacts a page looks at for a name.
const LOOKED_THROUGH: i64 = 500;

/// A blocked contact, for whoever may unblock him.
#[derive(Serialize, ToSchema)]
pub struct BlockedContact {
    pub contact: Contact,
    /// `refused`: in the conversations in which the member may unblock.
    pub block: Block,
    /// The last of those; none when each was deleted.
    pub conversation_id: Option<ConversationId>,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BlockedQuery {
    /// A part of the name, the email address or the phone number.
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct BlockedPage {
    /// Those who were blocked last come first.
    pub items: Vec<BlockedContact>,
    /// It may be there before the page is full.
    pub next_cursor: Option<String>,
}

/// May unblock somewhere, and so sees who is blocked there.
pub struct CanUnblock(Arc<MemberCaller>);

impl Permit for CanUnblock {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let may = member.scope(Right::CONTACT_UNBLOCK) > Scope::None;
        if may { Ok(Self(member)) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

/// May unblock the contact: in the conversation, which is locked, or without one when each was deleted.
pub struct MayUnblock {
    member: Arc<MemberCaller>,
    contact: ContactId,
    thread: Option<Thread>,
}

impl Permit for MayUnblock {
    type Target = ContactId;

    async fn grant(caller: &Caller, target: ContactId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let mut ids = block::conversations_of(tx, target).await?;
        if ids.is_empty() {
            // One may be put back, or begun, meanwhile.
            contacts::lock(tx, target).await?;
            ids = block::conversations_of(tx, target).await?;
        }
        let (mut left, mut seen) = (false, false);
        for id in ids {
            let Some(thread) = thread::lock(tx, id).await? else { continue };
            if may_unblock(&thread.facts(), &member) {
                return Ok(Self { member, contact: target, thread: Some(thread) });
            }
            (left, seen) = (true, seen || thread.facts().visible_to(&member));
        }
        let everybody = member.scope(Right::CONTACT_UNBLOCK) == Scope::All;
        if !left && everybody && contacts::find(tx, target).await?.is_some() {
            return Ok(Self { member, contact: target, thread: None });
        }
        Err(if seen { refusal::FORBIDDEN } else { refusal::NOT_FOUND }.into())
    }
}

/// Also when he is not blocked, or not any more.
fn may_unblock(facts: &Facts, member: &MemberCaller) -> bool {
    facts.visible_to(member) && Facts { blocked: true, ..facts.clone() }.can(member).has(Can::Unblock)
}

/// Lets the contact write again. Whom nobody blocked stays as he is.
async fn unblock(tx: &mut Tx<'_>, permit: MayUnblock) -> Result<(), Problem> {
    let MayUnblock { member, contact, thread } = permit;
    if block::of_contact(tx, contact).await?.is_none() {
        return Ok(());
    }
    block::lift(tx, contact, thread, member_author(&member)).await
}

/// A contact's row, as far as the list needs it.
struct Known {
    contact: Contact,
    block: Block,
}

impl Known {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        let block = serde_json::from_str(&row.get::<String>("block")?)?;
        Ok(Self { contact: Contact::from_row(row)?, block })
    }

    /// `words` in small letters; without any, whatever he is called.
    fn is_called(&self, words: &str) -> bool {
        let Contact { name, email, phone, .. } = &self.contact;
        words.is_empty() || [name, email, phone].into_iter().flatten().any(|one| one.to_lowercase().contains(words))
    }

    /// What the member is shown of him, if anything.
    fn shown_to(self, member: &MemberCaller, conversations: &[Conversation]) -> Option<BlockedContact> {
        let may = |one: &&Conversation| may_unblock(&Facts::of(one), member);
        let his: Vec<_> = conversations.iter().filter(may).collect();
        let everybody = conversations.is_empty() && member.scope(Right::CONTACT_UNBLOCK) == Scope::All;
        let refused = his.iter().filter_map(|one| one.block.as_ref()).map(|block| block.refused).sum();
        let last = his.iter().max_by_key(|one| one.last_activity_at).map(|one| one.id);
        let shown = last.is_some() || everybody;
        shown.then_some(BlockedContact {
            contact: self.contact,
            block: Block { refused, ..self.block },
            conversation_id: last,
        })
    }
}

/// The conversations of each of the contacts, also of those with whoever was merged into him.
pub(crate) async fn conversations_of(
    tx: &mut Tx<'_>,
    contacts: &[Uuid],
) -> Result<HashMap<ContactId, Vec<Conversation>>, Problem> {
    macro_rules! select {
        ($id:literal, $all:literal) => {
            concat!(
                "SELECT w.whole, ",
                columns!(),
                " FROM (SELECT ",
                $id,
                " AS id, ",
                $id,
                " AS whole FROM ",
                $all,
                " one UNION ALL SELECT p.id, p.merged_into FROM ",
                $all,
                " one CROSS JOIN contacts p WHERE p.workspace_id = $1 AND p.merged_into = ",
                $id,
                ") w CROSS JOIN inboxes i JOIN conversations c ON c.workspace_id = i.workspace_id \
                 AND c.inbox_id = i.id AND c.contact_id = w.id WHERE i.workspace_id = $1"
            )
        };
    }
    let all = sql!(
        sqlite: select!("unhex(one.value)", "json_each($2)"),
        postgres: select!("one.value::uuid", "jsonb_array_elements_text($2::text::jsonb)")
    );
    let mut found = HashMap::<_, Vec<_>>::new();
    for row in tx.query(all, &params![tx.workspace, id_list(contacts)]).await? {
        found.entry(row.get("whole")?).or_default().push(Conversation::from_row(&row)?);
    }
    Ok(found)
}

async fn page(tx: &mut Tx<'_>, member: &MemberCaller, query: BlockedQuery) -> Result<BlockedPage, Problem> {
    let (before, limit) = (Cursor::parse(query.cursor.as_deref())?, page_size(query.limit, PAGE));
    let words = query.q.unwrap_or_default().trim().to_lowercase();
    let reach = if words.is_empty() { limit } else { LOOKED_THROUGH };
    let rows = tx
        .query(
            sql!(
                "SELECT id, name, email, phone, verified, block FROM contacts WHERE workspace_id = $1 \
                 AND blocked_at IS NOT NULL AND merged_into IS NULL AND (blocked_at, id) < ($2, $3) ORDER BY blocked_at DESC, id DESC LIMIT $4"
            ),
            &params![tx.workspace, before.at, before.id, reach],
        )
        .await?;
    let looked = rows.iter().map(Known::from_row).collect::<Result<Vec<_>, _>>()?;
    let place = |one: &Known| Cursor { at: one.block.at, id: one.contact.id.0 };
    let end = looked.last().filter(|_| rows.len() as i64 == reach).map(place);
    let called: Vec<_> = looked.into_iter().filter(|one| one.is_called(&words)).collect();
    let ids: Vec<_> = called.iter().map(|one| one.contact.id.0).collect();
    let mut conversations = conversations_of(tx, &ids).await?;
    // Who is not shown ends no page: how many pages there are would tell of him.
    let mut items = Vec::new();
    let mut next = end;
    for one in called {
        let (here, his) = (place(&one), conversations.remove(&one.contact.id).unwrap_or_default());
        items.extend(one.shown_to(member, &his));
        if items.len() as i64 == limit {
            next = Some(here);
            break;
        }
    }
    Ok(BlockedPage { items, next_cursor: next.map(|next| next.to_string()) })
}

/// List blocked contacts
///
/// Those whom the caller may unblock.
#[utoipa::path(
    get, path = "/api/v1/blocks", tag = "conversations", params(BlockedQuery),
    responses((status = 200, body = BlockedPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_blocks(
    ctx: Ctx<CanUnblock>,
    QueryOf(query): QueryOf<BlockedQuery>,
) -> Result<Json<BlockedPage>, Problem> {
    ctx.read(|tx, CanUnblock(member)| Box::pin(async move { page(tx, &member, query).await })).await.map(Json)
}

/// Unblock a contact
#[utoipa::path(
    delete, path = "/api/v1/blocks/{contact}", tag = "conversations",
    params(("contact" = ContactId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn end_block(ctx: Ctx<MayUnblock>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(unblock(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
