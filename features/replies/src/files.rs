//! The files that go with a quick reply: it holds them, and whoever inserts it sends copies.

use crate::access::CanUseOne;
use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::{Caller, Ctx, Permit, Problem, Tx};
use conversations::{File, FoundFile, copy_held, held, preview_of};
use ids::{FileId, QuickReplyId};
use serde::Serialize;
use utoipa::ToSchema;

/// Uploads of the member by now, in the order of the quick reply.
#[derive(Serialize, ToSchema)]
pub struct QuickReplyCopies {
    pub items: Vec<File>,
}

/// May see a file that goes with a quick reply: whoever may insert it.
pub struct CanSeeFile(FoundFile);

impl Permit for CanSeeFile {
    type Target = (QuickReplyId, FileId);

    async fn grant(caller: &Caller, (quick_reply, file): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let permit = CanUseOne::grant(caller, quick_reply, tx).await?;
        Ok(Self(held(tx, permit.quick_reply.id.0, file).await?))
    }
}

async fn copies(tx: &mut Tx<'_>, CanUseOne { member, quick_reply }: CanUseOne) -> Result<QuickReplyCopies, Problem> {
    let files: Vec<_> = quick_reply.files.iter().map(|file| file.id).collect();
    Ok(QuickReplyCopies { items: copy_held(tx, quick_reply.id.0, &files, member.id).await? })
}

/// Copy the files of a quick reply, to send them
#[utoipa::path(
    post, path = "/api/v1/quick-replies/{quick_reply}/copies", tag = "quick replies",
    params(("quick_reply" = QuickReplyId, Path)),
    responses((status = 201, body = QuickReplyCopies), (status = "default", description = "unauthenticated, wrong_origin, not_found", body = base::ProblemBody))
)]
pub async fn copy_quick_reply_files(ctx: Ctx<CanUseOne>) -> Result<(StatusCode, Json<QuickReplyCopies>), Problem> {
    let copied = ctx.write(|tx, permit| Box::pin(copies(tx, permit))).await?;
    Ok((StatusCode::CREATED, Json(copied)))
}

/// Show the preview of a quick reply's file
#[utoipa::path(
    get, path = "/api/v1/quick-replies/{quick_reply}/files/{file}/preview", tag = "quick replies",
    params(("quick_reply" = QuickReplyId, Path), ("file" = FileId, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = "default", description = "unauthenticated, not_found", body = base::ProblemBody))
)]
pub async fn preview_quick_reply_file(ctx: Ctx<CanSeeFile>, headers: HeaderMap) -> Result<Response, Problem> {
    let (app, CanSeeFile(found)) = ctx.permit().await?;
    preview_of(&app, found, &headers).await
}
