//! Everything the desk needs to paint for the first time, in one request.

use crate::{
    activity::{self, UnseenAlert},
    draft::Draft,
    draft_list::drafts,
    filter::ListQuery,
    list::{ConversationPage, page},
    mention,
};
use axum::{Json, extract::Query};
use base::{AnyMember, Ctx, Cursor, MemberCaller, Problem, Tx, refusal};
use db::{Row, params, sql};
use ids::{ConversationId, InboxId};
use inboxes::{Counters, Inbox, TeamQueue};
use people::{Me, Member, Pause, Presence, Team};
use serde::Serialize;
use tags::Tag;
use utoipa::ToSchema;

/// How many drafts come along, the newest; older ones are listed in pages.
const DRAFTS: i64 = 500;

#[derive(Serialize, ToSchema)]
pub struct Desk {
    /// Follow the stream from here: it was taken before anything else was read.
    pub position: i64,
    pub me: Me,
    pub members: Vec<Member>,
    /// Whether they are there.
    pub presences: Vec<Presence>,
    /// Who takes nothing from which inbox for now: my own, and of inboxes that I see.
    pub pauses: Vec<Pause>,
    /// Of the workspace, by name.
    pub teams: Vec<Team>,
    pub inboxes: Vec<Inbox>,
    /// Of the workspace, by name.
    pub tags: Vec<Tag>,
    pub counters: Vec<Counters>,
    /// Of the teams whose queues I see, where something waits.
    pub team_queues: Vec<TeamQueue>,
    pub page: ConversationPage,
    /// How many of the conversations that I hold have something unread, or were marked so, in each inbox where any has.
    pub unread_mine: Vec<UnreadMine>,
    /// Of the newest 100 conversations in which I was mentioned, those in which I have not read that.
    pub mentioned_in: Vec<ConversationId>,
    /// The newest 100 alerts for me or a team of mine that I have not seen.
    pub unseen_alerts: Vec<UnseenAlert>,
    /// What the member has begun to write, the newest first.
    pub drafts: Vec<Draft>,
}

#[derive(Serialize, ToSchema)]
pub struct UnreadMine {
    pub inbox_id: InboxId,
    pub conversations: i64,
}

async fn load(tx: &mut Tx<'_>, caller: &MemberCaller, query: ListQuery) -> Result<Desk, Problem> {
    let position = tx.position().await?;
    let page = page(tx, caller, query).await?;
    Ok(Desk {
        position,
        me: people::me(tx, caller).await?,
        members: people::list_members(tx).await?,
        presences: people::list_presences(tx).await?,
        pauses: people::list_pauses(tx, caller).await?,
        teams: people::list_teams(tx).await?,
        inboxes: inboxes::visible(tx, caller).await?,
        tags: tags::list(tx).await?,
        counters: inboxes::counters(tx, caller).await?,
        team_queues: inboxes::team_queues(tx, caller).await?,
        page,
        unread_mine: unread_mine(tx, caller).await?,
        mentioned_in: mention::unread(tx, caller).await?,
        unseen_alerts: activity::unseen(tx, caller).await?,
        drafts: drafts(tx, caller, None, Cursor::NEWEST, DRAFTS).await?.items,
    })
}

/// Over what the member holds open: a handful of rows of one index range.
async fn unread_mine(tx: &mut Tx<'_>, caller: &MemberCaller) -> Result<Vec<UnreadMine>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT c.inbox_id, COUNT(*) AS unread FROM conversations c LEFT JOIN read_marks r \
                 ON r.workspace_id = c.workspace_id AND r.member_id = $2 AND r.conversation_id = c.id \
                 WHERE c.workspace_id = $1 AND c.status = 'open' AND c.holder_member_id = $2 \
                 AND c.snoozed_until IS NULL AND COALESCE(r.muted, 0) = 0 \
                 AND (c.inbound_count > COALESCE(r.inbound_seen, 0) OR COALESCE(r.flagged, 0) = 1 \
                 OR r.mention_position > r.position) GROUP BY c.inbox_id ORDER BY c.inbox_id"
            ),
            &params![tx.workspace, caller.id],
        )
        .await?;
    let unread = |row: &Row| {
        Ok::<_, db::Error>(UnreadMine { inbox_id: row.get("inbox_id")?, conversations: row.get("unread")? })
    };
    Ok(rows.iter().map(unread).collect::<Result<_, _>>()?)
}

/// Load the desk
#[utoipa::path(
    get, path = "/api/v1/desk", tag = "desk",
    params(ListQuery),
    responses((status = 200, body = Desk), (status = "default", body = base::ProblemBody))
)]
pub async fn desk(
    ctx: Ctx<AnyMember>,
    query: Result<Query<ListQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Desk>, Problem> {
    let Query(query) = query.map_err(|error| refusal::INVALID_BODY.with("detail", error.body_text()))?;
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { load(tx, &member, query).await })).await.map(Json)
}
