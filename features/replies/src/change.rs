//! Changing a quick reply: its words, and who may use it.

use crate::{
    QuickReply, QuickReplyItem, QuickReplyScope, SHORTCUT_TAKEN,
    access::{self, CanManage},
    create::must_have_room,
    event,
    quick_reply::{checked_group, checked_shortcut, checked_text, checked_title},
};
use axum::Json;
use base::{Audited, Body, Ctx, MemberCaller, Problem, Tx};
use conversations::{hold, let_go};
use db::{params, sql};
use ids::{FileId, QuickReplyId};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is absent stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeQuickReply {
    pub shortcut: Option<String>,
    pub title: Option<String>,
    /// Empty takes it out of its group.
    pub group: Option<String>,
    pub text: Option<String>,
    /// What goes along from now on: its files that stay, and uploads of the member.
    pub file_ids: Option<Vec<FileId>>,
    pub scope: Option<QuickReplyScope>,
}

/// Changes a quick reply that the member may manage.
pub async fn change(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    before: QuickReply,
    asked: ChangeQuickReply,
) -> Result<QuickReply, Problem> {
    let mut after = before.clone();
    if let Some(shortcut) = asked.shortcut {
        after.shortcut = checked_shortcut(&shortcut)?;
    }
    if let Some(title) = asked.title {
        after.title = checked_title(&title)?;
    }
    if let Some(group) = asked.group {
        after.group = checked_group(Some(&group))?;
    }
    if let Some(text) = asked.text {
        after.text = checked_text(&text)?;
    }
    if let Some(file_ids) = asked.file_ids {
        after.files = hold(tx, after.id.0, &file_ids, member.id).await?;
        for gone in before.files.iter().filter(|file| !file_ids.contains(&file.id)) {
            let_go(tx, after.id.0, gone.id).await?;
        }
    }
    if let Some(scope) = asked.scope.filter(|scope| *scope != before.scope) {
        access::must_manage(tx, member, scope).await?;
        must_have_room(tx, scope).await?;
        after.scope = scope;
    }
    if after == before {
        return Ok(after);
    }
    let changed = tx
        .execute(
            sql!(
                "UPDATE quick_replies SET scope = $3, owner_id = $4, shortcut = $5, title = $6, group_name = $7, \
                 text = $8, files = $9 WHERE workspace_id = $1 AND id = $2"
            ),
            &params![
                tx.workspace,
                after.id,
                after.scope.as_str(),
                after.scope.owner(tx.workspace),
                after.shortcut.as_str(),
                after.title.as_str(),
                after.group.clone(),
                after.text.as_str(),
                after.stored_files()?
            ],
        )
        .await;
    match changed {
        Err(db::Error::Unique(_)) => Err(SHORTCUT_TAKEN.with("shortcut", after.shortcut)),
        Err(error) => Err(error.into()),
        Ok(_) => {
            if !(before.scope.is_personal() && after.scope.is_personal()) {
                tx.audit(Audited::changed("quick_reply", after.id, &after.shortcut, &before, &after)?);
            }
            event::updated(tx, &after, Some(before.scope))?;
            Ok(after)
        }
    }
}

/// Change a quick reply
#[utoipa::path(
    patch, path = "/api/v1/quick-replies/{quick_reply}", tag = "quick replies",
    params(("quick_reply" = QuickReplyId, Path)), request_body = ChangeQuickReply,
    responses((status = 200, body = QuickReplyItem), (status = "default", description = "unauthenticated, wrong_origin, not_found, forbidden, invalid_body, shortcut_invalid, shortcut_taken, quick_reply_title_invalid, quick_reply_group_invalid, quick_reply_text_invalid, placeholder_unknown, too_many_quick_replies, too_many_files, file_unknown", body = base::ProblemBody))
)]
pub async fn change_quick_reply(
    ctx: Ctx<CanManage>,
    Body(asked): Body<ChangeQuickReply>,
) -> Result<Json<QuickReplyItem>, Problem> {
    let changed = ctx.write(|tx, CanManage { member, quick_reply }| {
        Box::pin(async move { Ok(access::item(&member, change(tx, &member, quick_reply, asked).await?)) })
    });
    changed.await.map(Json)
}
