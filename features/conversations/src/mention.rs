//! In which conversations a member was mentioned, by name or with a team of his, and whether he read that: a list of his
//! own ([`crate::ListView::Mentions`]).
//!
//! What must stay true: it stands in his mark of the conversation, so that reading needs to know nothing of it. Who was
//! mentioned with a team was in it then.

use crate::{
    Entry, Facts, MentionId, activity,
    keys::id_list,
    list,
    read::{marks, tell},
};
use base::{MemberCaller, Problem, Tx};
use db::{Sql, params, sql};
use ids::{ConversationId, MemberId, Uuid};

/// How many of the newest are looked at for those that were not read.
const NEWEST: i64 = 100;

/// These were mentioned in the entry at `position`.
pub(crate) async fn call(
    tx: &mut Tx<'_>,
    members: &[MemberId],
    conversation: ConversationId,
    position: i64,
) -> Result<(), Problem> {
    // In the order of their ids, so that two notes do not wait for each other.
    let mut members = members.to_vec();
    members.sort_unstable();
    for member in members {
        let called = tx
            .first(
                sql!(concat!(
                    "INSERT INTO read_marks (workspace_id, member_id, conversation_id, inbound_seen, position, \
                     mentioned_at, mention_position, revision) VALUES ($1, $2, $3, 0, 0, $4, $5, 1) \
                     ON CONFLICT (workspace_id, member_id, conversation_id) DO UPDATE SET \
                     mentioned_at = excluded.mentioned_at, mention_position = excluded.mention_position, \
                     revision = read_marks.revision + 1 RETURNING ",
                    marks!("")
                )),
                &params![tx.workspace, member, conversation, tx.now, position],
            )
            .await?;
        tell(tx, member, conversation, called)?;
    }
    Ok(())
}

/// Parameters: the workspace, the conversation, the position, ids as JSON of those who are still mentioned.
macro_rules! forget {
    ($others:literal) => {
        concat!(
            "UPDATE read_marks SET mentioned_at = NULL, mention_position = NULL, revision = revision + 1 \
             WHERE workspace_id = $1 AND conversation_id = $2 AND mention_position = $3 \
             AND member_id IN (SELECT m.id FROM members m WHERE m.workspace_id = $1) AND member_id ",
            $others,
            " RETURNING member_id, ",
            marks!("")
        )
    };
}

/// By their members, because the key begins with them.
const FORGET: &Sql = sql!(
    sqlite: forget!("NOT IN (SELECT unhex(value) FROM json_each($4))"),
    postgres: forget!("<> ALL (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($4::text::jsonb)))")
);

/// Names were taken out of an entry, or it was taken back: whom it mentions no more is not mentioned.
pub(crate) async fn forget(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), Problem> {
    let mut still: Vec<Uuid> = Vec::new();
    for mention in &entry.mentions {
        match mention.id {
            MentionId::Member(id) => still.push(id.0),
            MentionId::Team(id) => still.extend(people::callers_in(tx, id).await?.iter().map(|member| member.id.0)),
        }
    }
    activity::forget(tx, entry, &still).await?;
    let rows = tx.query(FORGET, &params![tx.workspace, entry.conversation_id, entry.position, id_list(&still)]).await?;
    for row in rows {
        tell(tx, row.get("member_id")?, entry.conversation_id, Some(row))?;
    }
    Ok(())
}

/// Of the newest, those that the member has not read and may see.
pub(crate) async fn unread(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<ConversationId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT conversation_id FROM (SELECT conversation_id, position, mention_position FROM read_marks \
                 WHERE workspace_id = $1 AND member_id = $2 AND mentioned_at IS NOT NULL \
                 ORDER BY mentioned_at DESC, conversation_id DESC LIMIT $3) newest WHERE mention_position > position"
            ),
            &params![tx.workspace, member.id, NEWEST],
        )
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids =
        rows.iter().map(|row| row.get("conversation_id")).collect::<Result<Vec<ConversationId>, db::Error>>()?;
    let uuids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let found = list::rows(tx, member, &uuids).await?;
    ids.retain(|id| found.get(id).is_some_and(|item| Facts::of(&item.conversation).visible_to(member)));
    Ok(ids)
}
