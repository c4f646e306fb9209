//! A stored file once more, to be sent again: a row of its own for the same bytes.
//!
//! What must stay true: the bytes stay as long as one row names them. The first row is held while the second is made,
//! so that whoever takes the first away looks for others afterwards.

use crate::{File, FoundFile, Uploader, access::can_read, file};
use axum::{Json, http::StatusCode};
use base::{Caller, Ctx, MemberCaller, Permit, Problem, Tx, refusal};
use ids::{FileId, MemberId};
use std::sync::Arc;

/// May send a file again: a member who may see the conversation that it is in.
pub struct CanCopy {
    member: Arc<MemberCaller>,
    found: FoundFile,
}

impl Permit for CanCopy {
    type Target = FileId;

    async fn grant(caller: &Caller, target: FileId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let found = file::lock_file(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        let conversation = found.conversation_id.ok_or(refusal::NOT_FOUND)?;
        can_read(&member, conversation, tx).await?;
        Ok(Self { member, found })
    }
}

/// The file is locked.
pub(crate) async fn copy(tx: &mut Tx<'_>, found: FoundFile, member: MemberId) -> Result<File, Problem> {
    let copied = File { id: FileId(tx.uuid()), ..found.file };
    file::insert(tx, &copied, &found.blob, found.preview_blob.as_deref(), Uploader::Member(member)).await?;
    Ok(copied)
}

/// Copy a file of a conversation, to send it again
#[utoipa::path(
    post, path = "/api/v1/files/{file}/copies", tag = "files", params(("file" = FileId, Path)),
    responses((status = 201, body = File), (status = "default", body = base::ProblemBody))
)]
pub async fn copy_file(ctx: Ctx<CanCopy>) -> Result<(StatusCode, Json<File>), Problem> {
    let file = ctx.write(|tx, CanCopy { member, found }| Box::pin(copy(tx, found, member.id))).await?;
    Ok((StatusCode::CREATED, Json(file)))
}
