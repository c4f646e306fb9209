//! The files that a conversation holds, newest first: pictures or everything else. Those of removed messages are gone
//! with them.

use crate::{Author, File, access::CanRead};
use axum::Json;
use base::{Ctx, Cursor, Problem, QueryOf, Tx, page_size};
use db::{Row, params, sql};
use ids::{ConversationId, EntryId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE_FILES: i64 = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentPart {
    #[default]
    Images,
    /// Everything that is no picture.
    Files,
}

#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AttachmentQuery {
    #[serde(default)]
    pub part: AttachmentPart,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

/// A file with the message that it came with.
#[derive(Serialize, ToSchema)]
pub struct Attachment {
    pub file: File,
    pub entry_id: EntryId,
    pub position: i64,
    pub at: i64,
    pub author: Author,
}

#[derive(Serialize, ToSchema)]
pub struct AttachmentPage {
    pub attachments: Vec<Attachment>,
    pub next_cursor: Option<String>,
}

/// One range of one index. Parameters: workspace, conversation, before (position, id), limit.
macro_rules! range {
    ($which:literal) => {
        sql!(concat!(
            "SELECT f.id, f.name, f.media_type, f.kind, f.size, f.width, f.height, f.preview, f.position, \
             e.id AS entry_id, e.at, e.author_kind, e.author_id, e.author_name FROM files f \
             JOIN entries e ON e.workspace_id = f.workspace_id AND e.conversation_id = f.conversation_id \
             AND e.position = f.position WHERE f.workspace_id = $1 AND f.conversation_id = $2 \
             AND (f.position, f.id) < ($3, $4) AND ",
            $which,
            " ORDER BY f.position DESC, f.id DESC LIMIT $5"
        ))
    };
}

fn range_of(part: AttachmentPart) -> &'static db::Sql {
    match part {
        AttachmentPart::Images => range!("f.kind = 'image'"),
        AttachmentPart::Files => range!("f.kind <> 'image'"),
    }
}

async fn page(tx: &mut Tx<'_>, id: ConversationId, query: AttachmentQuery) -> Result<AttachmentPage, Problem> {
    let before = Cursor::parse(query.cursor.as_deref())?;
    let limit = page_size(query.limit, PAGE_FILES);
    let rows = tx.query(range_of(query.part), &params![tx.workspace, id, before.at, before.id, limit + 1]).await?;
    let mut attachments = rows.iter().map(Attachment::from_row).collect::<Result<Vec<_>, _>>()?;
    let more = attachments.len() as i64 > limit;
    attachments.truncate(limit as usize);
    let last = attachments.last().filter(|_| more);
    let next_cursor = last.map(|last| Cursor { at: last.position, id: last.file.id.0 }.to_string());
    Ok(AttachmentPage { attachments, next_cursor })
}

impl Attachment {
    fn from_row(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            file: File::from_row(row)?,
            entry_id: row.get("entry_id")?,
            position: row.get("position")?,
            at: row.get("at")?,
            author: Author::from_row(row)?,
        })
    }
}

/// List the files of a conversation
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/attachments", tag = "conversations",
    params(("conversation" = ConversationId, Path), AttachmentQuery),
    responses((status = 200, body = AttachmentPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_attachments(
    ctx: Ctx<CanRead>,
    QueryOf(query): QueryOf<AttachmentQuery>,
) -> Result<Json<AttachmentPage>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { page(tx, permit.thread.conversation.id, query).await })).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use db::Sql;
    use ids::{Uuid, WorkspaceId};
    use testkit::TestApp;

    #[tokio::test]
    async fn every_page_reads_an_index_in_its_order() {
        let test = TestApp::new(db::Engine::Sqlite, || vec![crate::feature()]).await;
        for part in [AttachmentPart::Images, AttachmentPart::Files] {
            let explain = Box::leak(format!("EXPLAIN QUERY PLAN {}", range_of(part).sqlite).into_boxed_str());
            let explain: &'static Sql = Box::leak(Box::new(Sql { sqlite: explain, postgres: "", place: "a test" }));
            let plan = test.app.read(WorkspaceId(Uuid::nil()), move |tx| {
                Box::pin(async move {
                    let params = params![vec![0_u8], vec![0_u8], 0, vec![0_u8], 1];
                    let rows = tx.query(explain, &params).await?;
                    Ok(rows.iter().map(|row| row.get::<String>("detail")).collect::<Result<Vec<_>, _>>()?)
                })
            });
            let plan = plan.await.expect("a plan").join("; ");
            assert!(plan.contains("SEARCH f USING INDEX files_conversation"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{plan}");
        }
    }
}
