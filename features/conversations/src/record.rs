//! What a conversation says of records: that one was made, changed, or said to belong to it.
//!
//! What must stay true: the line says which record it was and what became of it, and no more of what it holds: whoever
//! sees the conversation reads it. Absent: records (`records`), and who may change them.

use crate::{
    Author, AuthorKind, EntryKind, Thread,
    thread::{Parts, member_author},
};
use base::{MemberCaller, Problem, Tx};
use ids::RecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordAct {
    Created,
    /// It belongs to this conversation too.
    Bound,
    Unbound,
    /// It is in another state: from `before` to `after`.
    Moved,
    /// Something else of it says something else.
    Edited,
}

/// What was done with a record, in the words of that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordNews {
    pub record_id: RecordId,
    pub act: RecordAct,
    /// The name of its type.
    pub type_name: String,
    pub number: String,
    /// The name of the state.
    pub before: Option<String>,
    pub after: Option<String>,
}

impl RecordNews {
    /// For a table: which record it is, and the states.
    pub(crate) fn as_text(&self) -> String {
        let states: Vec<_> = self.before.iter().chain(&self.after).map(String::as_str).collect();
        [format!("{} {}", self.type_name, self.number), states.join(" → ")].join(" ").trim().to_owned()
    }
}

/// Adds the line and saves. Without a member it was done by itself.
pub async fn say_of_record(
    tx: &mut Tx<'_>,
    mut thread: Thread,
    by: Option<&MemberCaller>,
    news: RecordNews,
) -> Result<Thread, Problem> {
    let author = by.map_or(Author { kind: AuthorKind::System, id: None, name: None }, member_author);
    thread.add(tx, EntryKind::Record, author, Parts { record: Some(news), ..Parts::default() });
    thread.save(tx).await
}
