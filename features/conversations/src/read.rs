//! What a member has read. The mark is his own; that somebody of the staff has read is the contact's two ticks.

use crate::{
    Conversation, Thread,
    access::{Can, CanRead},
    event::{OneMember, READ_MARK, ReadMark},
    outbox::NewsKind,
    thread,
};
use axum::http::StatusCode;
use base::{Body, Ctx, MemberCaller, NewEvent, Problem, Tx};
use db::{Row, params, sql};
use ids::{ConversationId, MemberId};
use serde::Deserialize;
use utoipa::ToSchema;

/// The columns that a member's mark is made of; the table or its alias with a point, or nothing, stands before each.
macro_rules! marks {
    ($of:literal) => {
        concat!(
            $of,
            "inbound_seen, ",
            $of,
            "flagged, ",
            $of,
            "muted, ",
            $of,
            "revision AS mark, ",
            $of,
            "position AS read_position, ",
            $of,
            "mentioned_at, CAST(CASE WHEN ",
            $of,
            "mention_position > ",
            $of,
            "position THEN 1 ELSE 0 END AS BIGINT) AS mentioned"
        )
    };
}
pub(crate) use marks;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// Up to which entry.
    pub position: i64,
}

/// Moves the member's mark forward to `position`, takes away his flag (`unread`), and moves with it what the contact is told. The caller saves.
/// Answers whether the thread itself changed.
pub(crate) async fn mark(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    thread: &mut Thread,
    position: i64,
) -> Result<bool, Problem> {
    let conversation = &mut thread.conversation;
    let position = position.clamp(0, conversation.last_position);
    let inbound_seen = conversation.inbound_count - unread_after(tx, conversation.id, position).await?;
    let moved = tx
        .first(
            sql!(concat!(
                "INSERT INTO read_marks (workspace_id, member_id, conversation_id, inbound_seen, position, revision) \
                 VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (workspace_id, member_id, conversation_id) \
                 DO UPDATE SET inbound_seen = excluded.inbound_seen, position = excluded.position, flagged = 0, \
                 revision = read_marks.revision + 1 WHERE read_marks.position < excluded.position \
                 OR (read_marks.flagged = 1 AND read_marks.position = excluded.position) RETURNING ",
                marks!("")
            )),
            &params![tx.workspace, member.id, conversation.id, inbound_seen, position],
        )
        .await?;
    tell(tx, member.id, conversation.id, moved)?;
    // Who only looks on is not whom the contact waits for.
    let answers = thread.facts().can(member).has(Can::Reply);
    let conversation = &mut thread.conversation;
    if !answers || conversation.staff_read_position >= position {
        return Ok(false);
    }
    conversation.staff_read_position = position;
    Ok(true)
}

/// The contact's messages after a position: usually none, since people read to the end.
pub(crate) async fn unread_after(tx: &mut Tx<'_>, id: ConversationId, position: i64) -> Result<i64, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT count(*) AS unread FROM entries WHERE workspace_id = $1 AND conversation_id = $2 \
                 AND position > $3 AND kind = 'message' AND author_kind = 'contact'"
            ),
            &params![tx.workspace, id, position],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get("unread"))?)
}

/// The marks of a conversation that goes over into this one, `offset` positions later. Who had seen all that the
/// contact wrote here has seen of it what he had seen there; what he muted or marked stays so. Before its numbers are
/// added.
pub(crate) async fn take_in(
    tx: &mut Tx<'_>,
    thread: &Thread,
    from: ConversationId,
    offset: i64,
) -> Result<(), Problem> {
    let conversation = &thread.conversation;
    // By their members, because the key begins with them.
    let rows = tx
        .query(
            sql!(
                "DELETE FROM read_marks WHERE workspace_id = $1 AND conversation_id = $2 \
                 AND member_id IN (SELECT m.id FROM members m WHERE m.workspace_id = $1) \
                 RETURNING member_id, inbound_seen, position, flagged, muted, mentioned_at, mention_position"
            ),
            &params![tx.workspace, from],
        )
        .await?;
    for row in &rows {
        let member: MemberId = row.get("member_id")?;
        let position = row.get::<i64>("position")?;
        let seen = row.get::<i64>("inbound_seen")?;
        let mentioned: Option<i64> = row.get("mention_position")?;
        let moved = tx
            .first(
                sql!(concat!(
                    "INSERT INTO read_marks (workspace_id, member_id, conversation_id, inbound_seen, position, \
                     flagged, muted, mentioned_at, mention_position, revision) \
                     VALUES ($1, $2, $3, 0, 0, $4, $5, $9, $10, 1) \
                     ON CONFLICT (workspace_id, member_id, conversation_id) DO UPDATE SET \
                     position = CASE WHEN read_marks.inbound_seen >= $6 THEN $8 ELSE read_marks.position END, \
                     inbound_seen = CASE WHEN read_marks.inbound_seen >= $6 THEN read_marks.inbound_seen + $7 \
                     ELSE read_marks.inbound_seen END, \
                     flagged = CASE WHEN excluded.flagged = 1 THEN 1 ELSE read_marks.flagged END, \
                     muted = CASE WHEN excluded.muted = 1 THEN 1 ELSE read_marks.muted END, \
                     mentioned_at = CASE WHEN COALESCE(excluded.mentioned_at, 0) > \
                     COALESCE(read_marks.mentioned_at, 0) THEN excluded.mentioned_at ELSE read_marks.mentioned_at END, \
                     mention_position = COALESCE(excluded.mention_position, read_marks.mention_position), \
                     revision = read_marks.revision + 1 RETURNING ",
                    marks!("")
                )),
                &params![
                    tx.workspace,
                    member,
                    conversation.id,
                    row.get::<i64>("flagged")?,
                    row.get::<i64>("muted")?,
                    conversation.inbound_count,
                    seen,
                    offset + position,
                    row.get::<Option<i64>>("mentioned_at")?,
                    mentioned.filter(|at| *at > position).map(|at| offset + at),
                ],
            )
            .await?;
        tell(tx, member, conversation.id, moved)?;
    }
    Ok(())
}

/// The member's other tabs hear of his mark as a statement returned it. Nothing is news when nothing changed.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    member: MemberId,
    conversation_id: ConversationId,
    changed: Option<Row>,
) -> Result<(), Problem> {
    if let Some(row) = changed {
        tx.emit(NewEvent::new(&READ_MARK, OneMember { member }, &ReadMark::from_row(conversation_id, &row)?)?);
    }
    Ok(())
}

/// The contact sees it where his channel shows such a thing, as long as he can be written to.
async fn show_seen(tx: &mut Tx<'_>, thread: &mut Thread) -> Result<(), Problem> {
    let Conversation { id, channel, staff_read_position, answer_until, .. } = thread.conversation;
    let shows = channel.capabilities().is_some_and(|can| can.seen);
    if !shows || answer_until.is_none_or(|until| until <= tx.now) {
        return Ok(());
    }
    let row = tx
        .first(
            sql!(
                "SELECT id FROM entries WHERE workspace_id = $1 AND conversation_id = $2 AND position <= $3 \
                 AND kind = 'message' AND author_kind = 'contact' ORDER BY position DESC LIMIT 1"
            ),
            &params![tx.workspace, id, staff_read_position],
        )
        .await?;
    if let Some(row) = row {
        thread.tell(NewsKind::ConversationRead, Some(row.get("id")?));
    }
    Ok(())
}

/// Marks a conversation as read by a member.
pub async fn mark_read(tx: &mut Tx<'_>, permit: CanRead, position: i64) -> Result<(), Problem> {
    let CanRead { member, thread, .. } = permit;
    let Some(mut thread) = thread::lock(tx, thread.conversation.id).await? else { return Ok(()) };
    if mark(tx, &member, &mut thread, position).await? {
        show_seen(tx, &mut thread).await?;
        thread.save(tx).await?;
    }
    Ok(())
}

/// Mark as read
#[utoipa::path(
    put, path = "/api/v1/conversations/{conversation}/read", tag = "conversations",
    params(("conversation" = ConversationId, Path)), request_body = Read,
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn read_conversation(ctx: Ctx<CanRead>, Body(asked): Body<Read>) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, permit| Box::pin(mark_read(tx, permit, asked.position))).await?;
    Ok(StatusCode::NO_CONTENT)
}
