//! The visitor's larger files, in parts, by the rules of `conversations`.

use crate::{file::UploadingVisitor, limit};
use axum::{Json, extract::Request};
use base::{Body, Caller, ClientAddress, Ctx, Permit, Problem, QueryOf, Tx, VisitorCaller, network_of};
use conversations::{AppendQuery, BeginUpload, OwnUpload, Upload, Uploader, append_part, begin_upload};
use ids::UploadId;
use std::sync::Arc;

/// May begin one.
pub struct Beginning(UploadId, Arc<VisitorCaller>);

impl Permit for Beginning {
    type Target = UploadId;

    async fn grant(caller: &Caller, id: UploadId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let UploadingVisitor(visitor) = UploadingVisitor::grant(caller, (), tx).await?;
        Ok(Self(id, visitor))
    }
}

/// Goes on with an upload that he began, as long as he may add files.
pub struct GoingOn(Arc<VisitorCaller>, OwnUpload);

impl Permit for GoingOn {
    type Target = UploadId;

    async fn grant(caller: &Caller, id: UploadId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let UploadingVisitor(visitor) = UploadingVisitor::grant(caller, (), tx).await?;
        Ok(Self(visitor, OwnUpload::grant(caller, id, tx).await?))
    }
}

/// Begin an upload in parts as a visitor, or show how far it is
#[utoipa::path(
    put, path = "/w/api/v1/uploads/{upload}", tag = "widget", params(("upload" = UploadId, Path)),
    request_body = BeginUpload,
    responses((status = 200, body = Upload), (status = "default", body = base::ProblemBody))
)]
pub async fn begin_visitor_upload(
    ctx: Ctx<Beginning>,
    ClientAddress(address): ClientAddress,
    Body(asked): Body<BeginUpload>,
) -> Result<Json<Upload>, Problem> {
    ctx.write(move |tx, Beginning(id, visitor)| {
        Box::pin(async move {
            tx.app().throttle(&limit::UPLOADS_PER_ADDRESS, &network_of(&address))?;
            tx.app().throttle(&limit::UPLOADS_PER_VISITOR, &visitor.id.to_string())?;
            Ok(Json(begin_upload(tx, id, Uploader::Visitor(visitor.id), asked).await?))
        })
    })
    .await
}

/// Add a part to an upload as a visitor
#[utoipa::path(
    patch, path = "/w/api/v1/uploads/{upload}", tag = "widget", params(("upload" = UploadId, Path), AppendQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Upload), (status = "default", body = base::ProblemBody))
)]
pub async fn append_visitor_upload(
    ctx: Ctx<GoingOn>,
    QueryOf(query): QueryOf<AppendQuery>,
    request: Request,
) -> Result<Json<Upload>, Problem> {
    let (app, GoingOn(visitor, own)) = ctx.permit().await?;
    app.throttle(&limit::UPLOAD_PARTS_PER_VISITOR, &visitor.id.to_string())?;
    Ok(Json(append_part(&app, own, query, request).await?))
}
