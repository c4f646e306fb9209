//! The visitor's files, by the rules of `conversations`.

use crate::{
    limit,
    visitor::{BLOCKED, WritingVisitor},
};
use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::{Caller, ClientAddress, Ctx, Permit, Problem, QueryOf, Tx, VisitorCaller, network_of};
use conversations::{CanFetch, File, UploadQuery, Uploader, download, load_of_contact, preview_of, upload};
use ids::FileId;
use std::sync::Arc;

/// May add files to his thread.
pub struct UploadingVisitor(pub Arc<VisitorCaller>);

impl Permit for UploadingVisitor {
    type Target = ();

    async fn grant(caller: &Caller, (): (), tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let WritingVisitor(visitor) = WritingVisitor::grant(caller, (), tx).await?;
        let thread = load_of_contact(tx, visitor.inbox, visitor.contact).await?;
        if thread.is_some_and(|thread| thread.conversation.block.is_some()) {
            return Err(BLOCKED.into());
        }
        Ok(Self(visitor))
    }
}

/// Upload a file as a visitor
#[utoipa::path(
    post, path = "/w/api/v1/files", tag = "widget", params(UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = File), (status = "default", body = base::ProblemBody))
)]
pub async fn upload_visitor_file(
    ctx: Ctx<UploadingVisitor>,
    ClientAddress(address): ClientAddress,
    QueryOf(query): QueryOf<UploadQuery>,
    request: Request,
) -> Result<(StatusCode, Json<File>), Problem> {
    let (app, UploadingVisitor(visitor)) = ctx.permit().await?;
    app.throttle(&limit::UPLOADS_PER_ADDRESS, &network_of(&address))?;
    app.throttle(&limit::UPLOADS_PER_VISITOR, &visitor.id.to_string())?;
    let file = upload(&app, visitor.workspace, Uploader::Visitor(visitor.id), &query.name, request).await?;
    Ok((StatusCode::CREATED, Json(file)))
}

/// Download a file as a visitor
#[utoipa::path(
    get, path = "/w/api/v1/files/{file}", tag = "widget", params(("file" = FileId, Path)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn download_visitor_file(ctx: Ctx<CanFetch>, headers: HeaderMap) -> Result<Response, Problem> {
    let (app, CanFetch(found)) = ctx.permit().await?;
    download(&app, found, &headers).await
}

/// Show a file's preview as a visitor
#[utoipa::path(
    get, path = "/w/api/v1/files/{file}/preview", tag = "widget", params(("file" = FileId, Path)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "image/jpeg"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn preview_visitor_file(ctx: Ctx<CanFetch>, headers: HeaderMap) -> Result<Response, Problem> {
    let (app, CanFetch(found)) = ctx.permit().await?;
    preview_of(&app, found, &headers).await
}
