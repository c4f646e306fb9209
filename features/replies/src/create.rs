//! A new quick reply.

use crate::{
    ID_REUSED, QuickReply, QuickReplyItem, QuickReplyScope, SHORTCUT_TAKEN, TOO_MANY_QUICK_REPLIES,
    access::{self, CanUse},
    event,
    quick_reply::{checked_group, checked_shortcut, checked_text, checked_title, find},
};
use axum::{Json, http::StatusCode};
use base::{Audited, Body, Ctx, MemberCaller, Problem, Tx};
use conversations::hold;
use db::{params, sql};
use ids::{FileId, QuickReplyId};
use serde::Deserialize;
use utoipa::ToSchema;

/// Of one member, one inbox, one team or the workspace: a desk loads all that it may use at once.
const OF_ONE_SCOPE: i64 = 500;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateQuickReply {
    /// May be made by the client (UUIDv7); the same id twice is one quick reply.
    pub id: Option<QuickReplyId>,
    pub shortcut: String,
    pub title: String,
    pub group: Option<String>,
    pub text: String,
    /// Uploads of the member, to go along.
    #[serde(default)]
    pub file_ids: Vec<FileId>,
    pub scope: QuickReplyScope,
}

/// Makes a quick reply where the member may.
pub async fn create(tx: &mut Tx<'_>, member: &MemberCaller, asked: CreateQuickReply) -> Result<QuickReply, Problem> {
    let id = asked.id.unwrap_or_else(|| QuickReplyId(tx.uuid()));
    if let Some(known) = find(tx, id).await? {
        return if access::manages(member, known.scope) { Ok(known) } else { Err(ID_REUSED.into()) };
    }
    access::must_manage(tx, member, asked.scope).await?;
    let mut made = QuickReply {
        id,
        shortcut: checked_shortcut(&asked.shortcut)?,
        title: checked_title(&asked.title)?,
        group: checked_group(asked.group.as_deref())?,
        text: checked_text(&asked.text)?,
        files: Vec::new(),
        scope: asked.scope,
        uses: 0,
        last_used_at: None,
    };
    must_have_room(tx, made.scope).await?;
    made.files = hold(tx, id.0, &asked.file_ids, member.id).await?;
    insert(tx, &made).await?;
    if !made.scope.is_personal() {
        tx.audit(Audited::created("quick_reply", id, &made.shortcut, &made)?);
    }
    event::updated(tx, &made, None)?;
    Ok(made)
}

pub(crate) async fn must_have_room(tx: &mut Tx<'_>, scope: QuickReplyScope) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!("SELECT COUNT(*) AS there FROM quick_replies WHERE workspace_id = $1 AND owner_id = $2"),
            &params![tx.workspace, scope.owner(tx.workspace)],
        )
        .await?;
    let there: i64 = row.map_or(Ok(0), |row| row.get("there"))?;
    if there >= OF_ONE_SCOPE { Err(TOO_MANY_QUICK_REPLIES.with("max", OF_ONE_SCOPE)) } else { Ok(()) }
}

async fn insert(tx: &mut Tx<'_>, made: &QuickReply) -> Result<(), Problem> {
    let inserted = tx
        .execute(
            sql!(
                "INSERT INTO quick_replies (workspace_id, id, scope, owner_id, shortcut, title, group_name, text, \
                 created_at, files, uses) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0) ON CONFLICT DO NOTHING"
            ),
            &params![
                tx.workspace,
                made.id,
                made.scope.as_str(),
                made.scope.owner(tx.workspace),
                made.shortcut.as_str(),
                made.title.as_str(),
                made.group.clone(),
                made.text.as_str(),
                tx.now,
                made.stored_files()?
            ],
        )
        .await?;
    if inserted == 0 { Err(SHORTCUT_TAKEN.with("shortcut", made.shortcut.as_str())) } else { Ok(()) }
}

/// Create a quick reply
#[utoipa::path(
    post, path = "/api/v1/quick-replies", tag = "quick replies", request_body = CreateQuickReply,
    responses((status = 201, body = QuickReplyItem), (status = "default", description = "unauthenticated, wrong_origin, not_found, forbidden, invalid_body, id_reused, shortcut_invalid, shortcut_taken, quick_reply_title_invalid, quick_reply_group_invalid, quick_reply_text_invalid, placeholder_unknown, too_many_quick_replies, too_many_files, file_unknown", body = base::ProblemBody))
)]
pub async fn create_quick_reply(
    ctx: Ctx<CanUse>,
    Body(asked): Body<CreateQuickReply>,
) -> Result<(StatusCode, Json<QuickReplyItem>), Problem> {
    let made = ctx.write(|tx, CanUse(member)| {
        Box::pin(async move { Ok(access::item(&member, create(tx, &member, asked).await?)) })
    });
    Ok((StatusCode::CREATED, Json(made.await?)))
}
