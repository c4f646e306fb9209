//! What happened in several conversations, as one row of entries in the order of time.
//!
//! What must stay true: an entry has its place by its time, then by its conversation and position there, so that pages in
//! both directions meet without a gap. The pages that somebody viewed are left out, as in the log. Absent: which
//! conversations these are, and who may see them.

use crate::{Entry, keys::id_list};
use base::{Problem, Tx, refusal};
use db::{Row, Sql, params, sql};
use ids::{ConversationId, Uuid};
use serde::Serialize;
use utoipa::ToSchema;

/// Where an entry stands among those of other conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub at: i64,
    pub conversation: ConversationId,
    pub position: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What came before a moment, the nearest to it.
    Before,
    After,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    pub entry: Entry,
    /// Of its conversation: 1, 2, 3 …
    pub session: i64,
    /// What that session is about.
    pub session_title: Option<String>,
}

impl Moment {
    /// Before everything.
    pub const FIRST: Self = Self { at: i64::MIN, conversation: ConversationId(Uuid::nil()), position: 0 };
    /// After everything.
    pub const LAST: Self = Self { at: i64::MAX, conversation: ConversationId(Uuid::max()), position: i64::MAX };

    /// As the interface writes it: two numbers and an id.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let parsed = || {
            let mut parts = text.splitn(3, '.');
            let (at, position) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            Some(Self { at, conversation: parts.next()?.parse().ok()?, position })
        };
        parsed().ok_or_else(|| refusal::CURSOR_INVALID.into())
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.at, self.position, self.conversation)
    }
}

impl TimelineEntry {
    pub fn moment(&self) -> Moment {
        let Entry { at, conversation_id, position, .. } = self.entry;
        Moment { at, conversation: conversation_id, position }
    }

    fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            entry: Entry::from_row(row, row.get("conversation_id")?)?,
            session: row.get::<Option<i64>>("session")?.unwrap_or(1),
            session_title: row.get("session_title")?,
        })
    }
}

/// Parameters: the workspace, ids as JSON, the moment, how many.
macro_rules! select {
    ($ids:literal, $than:literal, $order:literal) => {
        concat!(
            "SELECT e.conversation_id, e.position, e.id, e.at, e.kind, e.revision, e.author_kind, e.author_id, e.author_name, \
             e.text, e.detail, e.delivery, e.failure, s.number AS session, s.title AS session_title \
             FROM (SELECT * FROM entries WHERE workspace_id = $1 AND conversation_id ",
            $ids,
            " AND kind <> 'navigation' AND (at, conversation_id, position) ",
            $than,
            " ($3, $4, $5) ORDER BY at ",
            $order,
            ", conversation_id ",
            $order,
            ", position ",
            $order,
            " LIMIT $6) e LEFT JOIN sessions s ON s.workspace_id = e.workspace_id \
             AND s.conversation_id = e.conversation_id AND s.number = (SELECT MAX(o.number) FROM sessions o \
             WHERE o.workspace_id = e.workspace_id AND o.conversation_id = e.conversation_id AND o.opened_at <= e.at) \
             ORDER BY e.at, e.conversation_id, e.position"
        )
    };
}

const BEFORE: &Sql = sql!(
    sqlite: select!("IN (SELECT unhex(value) FROM json_each($2))", "<", "DESC"),
    postgres: select!("= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($2::text::jsonb)))", "<", "DESC")
);
const AFTER: &Sql = sql!(
    sqlite: select!("IN (SELECT unhex(value) FROM json_each($2))", ">", "ASC"),
    postgres: select!("= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($2::text::jsonb)))", ">", "ASC")
);

/// Up to `limit` entries of these conversations beside a moment, oldest first.
pub async fn together(
    tx: &mut Tx<'_>,
    conversations: &[ConversationId],
    way: Way,
    moment: Moment,
    limit: i64,
) -> Result<Vec<TimelineEntry>, Problem> {
    let ids: Vec<_> = conversations.iter().map(|id| id.0).collect();
    let statement = if way == Way::Before { BEFORE } else { AFTER };
    let values = params![tx.workspace, id_list(&ids), moment.at, moment.conversation, moment.position, limit];
    tx.query(statement, &values).await?.iter().map(TimelineEntry::from_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_survives_text_and_refuses_nonsense() {
        let moment = Moment { at: 7, conversation: ConversationId(Uuid::from_u128(9)), position: 3 };
        for one in [moment, Moment::FIRST, Moment::LAST] {
            assert_eq!(Moment::parse(&one.to_string()).ok(), Some(one));
        }
        for wrong in ["", "1.2", "1.2.x", "a.2.cnv_00000000000000000000000000000009"] {
            assert!(Moment::parse(wrong).is_err(), "{wrong}");
        }
    }
}
