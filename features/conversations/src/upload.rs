//! Files that arrive in parts, so that what was cut goes on where it stopped instead of from the start.
//!
//! What must stay true: `offset` bytes are durable, after whatever end of the program; the same part twice does no harm,
//! and who goes on from elsewhere is told from where. When all are there they become the very file that one request
//! makes (`file`), once. An upload is its uploader's alone, and one that nobody goes on with ends.
//! Absent: what may be uploaded; its uploader's permit says so.

use crate::{
    FILE_EMPTY, FILE_TOO_LARGE, FILE_UNKNOWN, ID_REUSED, UPLOAD_OFFSET,
    file::{self, FILE_BYTES, File, Uploader},
};
use axum::{Json, extract::Request};
use base::{AnyMember, App, Body, Caller, Ctx, JobFailure, JobKind, Ms, Permit, Problem, QueryOf, Tx, refusal};
use blobs::PutError;
use db::{params, sql};
use ids::{FileId, UploadId, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Without a further part it goes on no more: as long as what no message attached is kept.
const ABANDONED_MS: Ms = 24 * 3_600_000;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginUpload {
    /// The file's name as the sender calls it.
    pub name: String,
    /// Of the whole, in bytes.
    pub size: i64,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AppendQuery {
    /// Where the part belongs; 0 unless it is told.
    pub offset: Option<u64>,
}

/// A file on its way. It ends a day after its last part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Upload {
    pub id: UploadId,
    /// Of the whole, in bytes.
    pub size: i64,
    /// So many bytes are here for good: the next part begins behind them.
    pub offset: i64,
    /// The file, once it is whole.
    pub file: Option<File>,
}

/// Removes an upload that nobody goes on with.
pub static SWEEP: JobKind =
    JobKind { name: "uploads.sweep", run: |app, workspace, id| Box::pin(sweep(app, workspace, id)) };

struct Found {
    name: String,
    size: i64,
    received: i64,
    uploader_kind: String,
    uploader_id: ids::Uuid,
    touched_at: Ms,
    file_id: Option<FileId>,
}

impl Found {
    fn is_of(&self, uploader: Uploader) -> bool {
        (self.uploader_kind.as_str(), self.uploader_id) == uploader.parts()
    }
}

/// Goes on with an upload that he began.
pub struct OwnUpload {
    pub id: UploadId,
    pub workspace: WorkspaceId,
    pub uploader: Uploader,
}

impl Permit for OwnUpload {
    type Target = UploadId;

    async fn grant(caller: &Caller, id: UploadId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let uploader = match caller {
            Caller::Nobody | Caller::Inbox(_) => return Err(refusal::UNAUTHENTICATED.into()),
            Caller::Member(member) => Uploader::Member(member.id),
            Caller::Visitor(visitor) => Uploader::Visitor(visitor.id),
        };
        let found = find(tx, id).await?.filter(|found| found.is_of(uploader));
        found.map(|_| Self { id, workspace: tx.workspace, uploader }).ok_or(refusal::NOT_FOUND.into())
    }
}

/// May begin one.
struct Beginning(UploadId, Uploader);

impl Permit for Beginning {
    type Target = UploadId;

    async fn grant(caller: &Caller, id: UploadId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let AnyMember(member) = AnyMember::grant(caller, (), tx).await?;
        Ok(Self(id, Uploader::Member(member.id)))
    }
}

/// Begins an upload; one that the client began already is answered as it is.
pub async fn begin(tx: &mut Tx<'_>, id: UploadId, uploader: Uploader, asked: BeginUpload) -> Result<Upload, Problem> {
    let BeginUpload { name, size } = asked;
    if size <= 0 {
        return Err(FILE_EMPTY.into());
    }
    if size > FILE_BYTES as i64 {
        return Err(FILE_TOO_LARGE.with("max_bytes", FILE_BYTES));
    }
    if let Some(found) = find(tx, id).await? {
        return if found.is_of(uploader) && found.size == size { show(tx, id).await } else { Err(ID_REUSED.into()) };
    }
    let (uploader_kind, uploader_id) = uploader.parts();
    let name = file::file_name(&name);
    // Sent twice at once, the first one began it.
    tx.execute(
        sql!(
            "INSERT INTO uploads (workspace_id, id, name, size, received, uploader_kind, uploader_id, touched_at) \
             VALUES ($1, $2, $3, $4, 0, $5, $6, $7) ON CONFLICT DO NOTHING"
        ),
        &params![tx.workspace, id, name, size, uploader_kind, uploader_id, tx.now],
    )
    .await?;
    tx.enqueue(&SWEEP, &id, tx.now + ABANDONED_MS).await?;
    Ok(Upload { id, size, offset: 0, file: None })
}

/// Takes a part, or as much of it as comes; the last one makes the file.
pub async fn append(app: &App, own: OwnUpload, query: AppendQuery, request: Request) -> Result<Upload, Problem> {
    let OwnUpload { id, workspace, uploader } = own;
    let found = app.read(workspace, move |tx| Box::pin(need(tx, id))).await?;
    let (offset, size) = (query.offset.unwrap_or_default(), found.size as u64);
    if offset > found.received as u64 {
        return Err(UPLOAD_OFFSET.with("offset", found.received));
    }
    if found.file_id.is_some() {
        return app.read(workspace, move |tx| Box::pin(show(tx, id))).await;
    }
    if found.received < found.size {
        let task_app = app.clone();
        // What a broken connection brought is kept, although its request is dropped: so it is not the request's own work.
        let taken = tokio::spawn(async move { take(&task_app, workspace, id, offset, size - offset, request).await });
        if taken.await.map_err(anyhow::Error::from)?? < found.size {
            return app.read(workspace, move |tx| Box::pin(show(tx, id))).await;
        }
    }
    finish(app, workspace, id, uploader, found).await
}

/// Writes what comes and answers how much of the whole is durable now.
async fn take(
    app: &App,
    workspace: WorkspaceId,
    id: UploadId,
    offset: u64,
    room: u64,
    request: Request,
) -> Result<i64, Problem> {
    let stream = request.into_body().into_data_stream();
    let came = match app.blobs.put_part(&part(id), offset, stream, room).await {
        Ok(came) => came,
        Err(error) => return Err(lost(app, workspace, id, error).await),
    };
    let end = (offset + came) as i64;
    app.write(workspace, move |tx| {
        Box::pin(async move {
            // Another request may have been further.
            tx.execute(
                sql!(
                    "UPDATE uploads SET received = CASE WHEN received < $3 THEN $3 ELSE received END, touched_at = $4 \
                     WHERE workspace_id = $1 AND id = $2"
                ),
                &params![workspace, id, end, tx.now],
            )
            .await?;
            Ok(need(tx, id).await?.received)
        })
    })
    .await
}

/// The bytes are gone, as from a store that was put back without what was unfinished: then it begins anew.
async fn lost(app: &App, workspace: WorkspaceId, id: UploadId, error: PutError) -> Problem {
    match error {
        PutError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        PutError::Io(error) => return error.into(),
        PutError::TooLarge | PutError::Empty | PutError::Interrupted => {
            return refusal::INVALID_BODY.with("detail", "more bytes than the upload's size");
        }
    }
    let again = app
        .write(workspace, move |tx| {
            Box::pin(async move {
                tx.execute(
                    sql!("UPDATE uploads SET received = 0 WHERE workspace_id = $1 AND id = $2 AND file_id IS NULL"),
                    &params![workspace, id],
                )
                .await?;
                Ok(())
            })
        })
        .await;
    again.err().unwrap_or_else(|| UPLOAD_OFFSET.with("offset", 0))
}

/// Makes the file of the parts, unless another request just did.
async fn finish(
    app: &App,
    workspace: WorkspaceId,
    id: UploadId,
    uploader: Uploader,
    found: Found,
) -> Result<Upload, Problem> {
    let stored = match app.blobs.put_whole(&part(id), found.size as u64).await {
        Ok(stored) => stored,
        // Another request may have made it, and dropped them.
        Err(error) => match app.read(workspace, move |tx| Box::pin(show(tx, id))).await? {
            upload if upload.file.is_some() => return Ok(upload),
            _ => return Err(lost(app, workspace, id, error).await),
        },
    };
    let file = file::describe(app, found.name, &stored).await;
    let upload = app
        .write(workspace, move |tx| {
            Box::pin(async move {
                let file_id = FileId(tx.uuid());
                let first = tx
                    .execute(
                        sql!(
                            "UPDATE uploads SET file_id = $3, touched_at = $4 \
                             WHERE workspace_id = $1 AND id = $2 AND file_id IS NULL"
                        ),
                        &params![workspace, id, file_id, tx.now],
                    )
                    .await?;
                if first == 1 {
                    file::insert(tx, &File { id: file_id, ..file }, &stored.name, None, uploader).await?;
                }
                show(tx, id).await
            })
        })
        .await?;
    app.blobs.drop_part(&part(id)).await?;
    Ok(upload)
}

/// What the file store calls its bytes.
fn part(id: UploadId) -> String {
    id.0.simple().to_string()
}

async fn find(tx: &mut Tx<'_>, id: UploadId) -> Result<Option<Found>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT name, size, received, uploader_kind, uploader_id, touched_at, file_id FROM uploads \
                 WHERE workspace_id = $1 AND id = $2"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Found {
        name: row.get("name")?,
        size: row.get("size")?,
        received: row.get("received")?,
        uploader_kind: row.get("uploader_kind")?,
        uploader_id: row.get("uploader_id")?,
        touched_at: row.get("touched_at")?,
        file_id: row.get("file_id")?,
    }))
}

async fn need(tx: &mut Tx<'_>, id: UploadId) -> Result<Found, Problem> {
    find(tx, id).await?.ok_or(refusal::NOT_FOUND.into())
}

/// How far it is.
async fn show(tx: &mut Tx<'_>, id: UploadId) -> Result<Upload, Problem> {
    let Found { size, received, file_id, .. } = need(tx, id).await?;
    let file = match file_id {
        None => None,
        // Nobody sent it in time.
        Some(file_id) => Some(file::find_file(tx, file_id).await?.ok_or(FILE_UNKNOWN)?.file),
    };
    Ok(Upload { id, size, offset: received, file })
}

async fn sweep(app: App, workspace: WorkspaceId, id: String) -> Result<(), JobFailure> {
    let id: UploadId = serde_json::from_str(&id).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let ended = app
        .write(workspace, move |tx| {
            Box::pin(async move {
                let Some(found) = find(tx, id).await? else { return Ok(false) };
                let end = found.touched_at + ABANDONED_MS;
                if end > tx.now {
                    tx.enqueue(&SWEEP, &id, end).await?;
                    return Ok(false);
                }
                tx.execute(sql!("DELETE FROM uploads WHERE workspace_id = $1 AND id = $2"), &params![workspace, id])
                    .await?;
                Ok(true)
            })
        })
        .await?;
    if ended {
        app.blobs.drop_part(&part(id)).await.map_err(|error| JobFailure::Retry(error.into()))?;
    }
    Ok(())
}

/// Begin an upload in parts, or show how far it is
#[utoipa::path(
    put, path = "/api/v1/uploads/{upload}", tag = "files", params(("upload" = UploadId, Path)),
    request_body = BeginUpload,
    responses((status = 200, body = Upload), (status = "default", body = base::ProblemBody))
)]
async fn begin_upload(ctx: Ctx<Beginning>, Body(asked): Body<BeginUpload>) -> Result<Json<Upload>, Problem> {
    ctx.write(move |tx, Beginning(id, uploader)| {
        Box::pin(async move { Ok(Json(begin(tx, id, uploader, asked).await?)) })
    })
    .await
}

/// Add a part to an upload
#[utoipa::path(
    patch, path = "/api/v1/uploads/{upload}", tag = "files", params(("upload" = UploadId, Path), AppendQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Upload), (status = "default", body = base::ProblemBody))
)]
async fn append_upload(
    ctx: Ctx<OwnUpload>,
    QueryOf(query): QueryOf<AppendQuery>,
    request: Request,
) -> Result<Json<Upload>, Problem> {
    let (app, own) = ctx.permit().await?;
    Ok(Json(append(&app, own, query, request).await?))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(begin_upload, append_upload))
}
