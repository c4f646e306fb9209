//! Files through an API inbox, by the rules of `conversations`: uploaded first and then named by a message; what the
//! team sends is fetched with the same token.

use crate::{
    access::{AnyInbox, WritingInbox},
    limit,
};
use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base::{Caller, Ctx, Permit, Problem, QueryOf, Tx};
use conversations::{File, FoundFile, UploadQuery, Uploader, download, file_of_inbox, upload};
use ids::{FileId, InboxId};

/// May have a file of one of the inbox's conversations.
pub struct FileOfInbox(FoundFile);

impl Permit for FileOfInbox {
    type Target = (InboxId, FileId);

    async fn grant(caller: &Caller, (inbox, file): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        AnyInbox::grant(caller, inbox, tx).await?;
        file_of_inbox(tx, inbox, file).await.map(Self)
    }
}

/// Upload a customer's file
#[utoipa::path(
    post, path = "/api/v1/inboxes/{inbox}/files", tag = "api_inbox", params(("inbox" = InboxId, Path), UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = File), (status = "default", body = base::ProblemBody))
)]
pub async fn upload_inbox_file(
    ctx: Ctx<WritingInbox>,
    QueryOf(query): QueryOf<UploadQuery>,
    request: Request,
) -> Result<(StatusCode, Json<File>), Problem> {
    let (app, WritingInbox(caller)) = ctx.permit().await?;
    app.throttle(&limit::UPLOADS_PER_INBOX, &caller.inbox.to_string())?;
    let file = upload(&app, caller.workspace, Uploader::Inbox(caller.inbox), &query.name, request).await?;
    Ok((StatusCode::CREATED, Json(file)))
}

/// Download a file of an API inbox
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/files/{file}", tag = "api_inbox",
    params(("inbox" = InboxId, Path), ("file" = FileId, Path)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn download_inbox_file(ctx: Ctx<FileOfInbox>, headers: HeaderMap) -> Result<Response, Problem> {
    let (app, FileOfInbox(found)) = ctx.permit().await?;
    download(&app, found, &headers).await
}
