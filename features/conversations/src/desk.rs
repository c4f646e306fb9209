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
/// How many of those that the member holds are looked at for what is unread, the newest: the first load takes as long for
/// whoever holds tens of thousands.
const HELD: i64 = 1_000;

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
    /// How many of the newest 1,000 conversations that I hold have something unread, or were marked so, and how much, in
    /// each inbox where any has.
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
    /// Unread messages in them; one that was only marked unread, or mentions me, counts as one.
    pub messages: i64,
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

/// Over what the member holds open, usually a handful of rows of one index range.
async fn unread_mine(tx: &mut Tx<'_>, caller: &MemberCaller) -> Result<Vec<UnreadMine>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT c.inbox_id, COUNT(*) AS unread, CAST(SUM(CASE WHEN c.inbound_count > COALESCE(r.inbound_seen, 0) \
                 THEN c.inbound_count - COALESCE(r.inbound_seen, 0) ELSE 1 END) AS BIGINT) AS messages \
                 FROM (SELECT workspace_id, id, inbox_id, inbound_count \
                 FROM conversations WHERE workspace_id = $1 AND status = 'open' AND holder_member_id = $2 \
                 ORDER BY last_activity_at DESC, id DESC LIMIT $3) c LEFT JOIN read_marks r \
                 ON r.workspace_id = c.workspace_id AND r.member_id = $2 AND r.conversation_id = c.id \
                 WHERE COALESCE(r.muted, 0) = 0 \
                 AND (c.inbound_count > COALESCE(r.inbound_seen, 0) OR COALESCE(r.flagged, 0) = 1 \
                 OR r.mention_position > r.position) GROUP BY c.inbox_id ORDER BY c.inbox_id"
            ),
            &params![tx.workspace, caller.id, HELD],
        )
        .await?;
    let unread = |row: &Row| {
        Ok::<_, db::Error>(UnreadMine {
            inbox_id: row.get("inbox_id")?,
            conversations: row.get("unread")?,
            messages: row.get("messages")?,
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Proven, Role};
    use ids::{MemberId, Uuid, WorkspaceId};

    #[tokio::test(flavor = "multi_thread")]
    async fn who_holds_very_many_has_the_newest_of_them_looked_at() {
        testkit::on_both(
            || vec![crate::feature()],
            async |test| {
                let (workspace, me) = (WorkspaceId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
                let counted = test.app.write(workspace, move |tx| {
                    Box::pin(async move {
                        for at in 0..HELD + 20 {
                            let (id, inbox) = (tx.uuid(), InboxId(Uuid::from_u128(u128::from(at < 20))));
                            tx.put(
                                sql!(
                                    "INSERT INTO conversations (workspace_id, id, inbox_id, contact_id, status, \
                                     holder_member_id, revision, last_position, last_activity_at, opened_at, \
                                     inbound_count, staff_read_position, contact_delivered_position, \
                                     contact_read_position, session) \
                                     VALUES ($1, $2, $3, $2, 'open', $4, 1, 1, $5, $5, 2, 0, 0, 0, 1)"
                                ),
                                params![tx.workspace, id, inbox, me, at],
                            )
                            .await?;
                        }
                        let caller = MemberCaller {
                            workspace: tx.workspace,
                            id: me,
                            name: "Budi".to_owned(),
                            rights: Role::Agent.rights().expect("a shipped role"),
                            inboxes: Vec::new(),
                            teams: Vec::new(),
                            colleagues: Vec::new(),
                            message_characters: 2_000,
                            proven: Proven::Unasked,
                        };
                        unread_mine(tx, &caller).await
                    })
                });
                let counted = counted.await.expect("counts");
                let told: Vec<_> =
                    counted.iter().map(|one| (one.inbox_id.0.as_u128(), one.conversations, one.messages)).collect();
                assert_eq!(told, [(0, HELD, 2 * HELD)], "the oldest are in another inbox");
            },
        )
        .await;
    }
}
