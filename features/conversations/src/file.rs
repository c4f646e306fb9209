//! Files of messages: uploaded first, then attached by the message that sends them.
//!
//! The type is told by the bytes, never by the name. The bytes are only ever handed out as a download; what is
//! shown inline is a picture that we made ourselves (see `preview`).

use crate::{
    FILE_EMPTY, FILE_INTERRUPTED, FILE_TOO_LARGE, FILE_UNKNOWN,
    access::{Facts, can_read},
    entry::spelled,
    preview,
    range::{Part, part_of},
    thread::{self, load_of_contact},
};
use axum::{
    Json,
    body::Body as HttpBody,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{
    AnyMember, App, Caller, Ctx, JobFailure, JobKind, Ms, Permit, Problem, QueryOf, Tx, VisitorCaller, refusal,
    turns_direction,
};
use blobs::{PutError, Stored};
use db::{FromValue, Row, Sql, params, sql};
use ids::{ConversationId, FileId, InboxId, MemberId, VisitorId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::io::SeekFrom;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) const FILE_BYTES: u64 = people::Limits::MOST.file_bytes;
const NAME_CHARACTERS: usize = 200;
const UNKNOWN_TYPE: &str = "application/octet-stream";
/// An upload that no message attached, and nothing holds, is removed after this.
const LOOSE_MS: Ms = 24 * 3_600_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Image,
    Audio,
    Video,
    File,
}

/// Whether there is a picture to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FilePreview {
    None,
    Pending,
    Ready,
    Failed,
}

spelled!(FileKind, "a kind of file was expected", Image = "image", Audio = "audio", Video = "video", File = "file");
spelled!(
    Absent,
    "why a file is absent was expected",
    Fetching = "fetching",
    TooLarge = "too_large",
    Empty = "empty",
    NotFound = "not_found",
    Refused = "refused",
    Private = "private",
    Unreachable = "unreachable",
    Late = "late",
    NotKept = "not_kept"
);
spelled!(
    FilePreview,
    "a state of a preview was expected",
    None = "none",
    Pending = "pending",
    Ready = "ready",
    Failed = "failed"
);

/// Why a file that another system named by its address is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Absent {
    /// It is still to come.
    Fetching,
    TooLarge,
    Empty,
    NotFound,
    /// The other side does not give it.
    Refused,
    /// It is in a network that is not public.
    Private,
    /// Nobody answered, or not with the whole of it.
    Unreachable,
    /// It took too long.
    Late,
    /// It could not be stored here.
    NotKept,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct File {
    pub id: FileId,
    pub name: String,
    /// Told by the content.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    pub kind: FileKind,
    /// Of pictures, in pixels.
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub preview: FilePreview,
    /// There is nothing to download, and what it is nobody knows.
    #[serde(default)]
    pub absent: Option<Absent>,
}

/// Who uploads; only he can attach it.
#[derive(Clone, Copy)]
pub enum Uploader {
    Member(MemberId),
    Visitor(VisitorId),
    Inbox(InboxId),
}

/// A stored file with what only the server needs.
pub struct FoundFile {
    pub file: File,
    pub blob: String,
    pub preview_blob: Option<String>,
    uploader_kind: String,
    uploader_id: ids::Uuid,
    pub(crate) conversation_id: Option<ConversationId>,
    pub(crate) held_by: Option<ids::Uuid>,
}

impl FoundFile {
    /// Nothing has it yet, so it is its uploader's alone.
    fn is_free(&self) -> bool {
        self.conversation_id.is_none() && self.held_by.is_none()
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// The file's name as the sender calls it.
    pub name: String,
}

/// Removes uploads that nothing refers to.
pub static SWEEP: JobKind =
    JobKind { name: "files.sweep", run: |app, workspace, id| Box::pin(sweep(app, workspace, id)) };

impl Uploader {
    pub(crate) fn parts(self) -> (&'static str, ids::Uuid) {
        match self {
            Self::Member(id) => ("member", id.0),
            Self::Visitor(id) => ("visitor", id.0),
            Self::Inbox(id) => ("inbox", id.0),
        }
    }
}

impl File {
    pub(crate) fn from_row(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            media_type: row.get("media_type")?,
            size: row.get("size")?,
            kind: row.get("kind")?,
            width: row.get("width")?,
            height: row.get("height")?,
            preview: row.get("preview")?,
            absent: None,
        })
    }

    /// One that is still to come.
    pub(crate) fn absent(id: FileId, name: String) -> Self {
        Self {
            id,
            name,
            media_type: UNKNOWN_TYPE.to_owned(),
            size: 0,
            kind: FileKind::File,
            width: None,
            height: None,
            preview: FilePreview::None,
            absent: Some(Absent::Fetching),
        }
    }
}

/// Streams an upload into the file store and writes its row. Answers after both are durable.
pub async fn upload(
    app: &App,
    workspace: WorkspaceId,
    uploader: Uploader,
    name: &str,
    request: Request,
) -> Result<File, Problem> {
    let name = file_name(name);
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if declared.is_some_and(|bytes: u64| bytes > FILE_BYTES) {
        return Err(FILE_TOO_LARGE.with("max_bytes", FILE_BYTES));
    }
    let stream = request.into_body().into_data_stream();
    let stored = app.blobs.put(stream, FILE_BYTES).await.map_err(|error| match error {
        PutError::TooLarge => FILE_TOO_LARGE.with("max_bytes", FILE_BYTES),
        PutError::Empty => FILE_EMPTY.into(),
        PutError::Interrupted => FILE_INTERRUPTED.into(),
        PutError::Io(error) => error.into(),
    })?;
    let file = describe(app, name, &stored).await;
    app.write(workspace, move |tx| {
        Box::pin(async move {
            let file = File { id: FileId(tx.uuid()), ..file };
            insert(tx, &file, &stored.name, None, uploader).await?;
            Ok(file)
        })
    })
    .await
}

/// The name without folders and control characters, never empty.
pub(crate) fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |char: &char| !char.is_control() && !turns_direction(*char);
    let clean: String = last.chars().filter(plain).take(NAME_CHARACTERS).collect();
    match clean.trim() {
        "" | "." | ".." => "file".to_owned(),
        name => name.to_owned(),
    }
}

/// What the bytes are. The id is still to be given.
pub(crate) async fn describe(app: &App, name: String, stored: &Stored) -> File {
    let media_type = infer::get(&stored.head).map_or(UNKNOWN_TYPE, |found| found.mime_type());
    let kind = match media_type.split('/').next() {
        Some("image") => FileKind::Image,
        Some("audio") => FileKind::Audio,
        Some("video") => FileKind::Video,
        _ => FileKind::File,
    };
    let size = if kind == FileKind::Image { preview::dimensions(app, &stored.name).await } else { None };
    File {
        id: FileId(ids::Uuid::nil()),
        name,
        media_type: media_type.to_owned(),
        size: stored.size as i64,
        kind,
        width: size.map(|(width, _)| width.into()),
        height: size.map(|(_, height)| height.into()),
        preview: if size.is_some_and(preview::within_limits) { FilePreview::Pending } else { FilePreview::None },
        absent: None,
    }
}

/// Writes the row of a file that no message has yet, with the jobs that it needs.
pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    file: &File,
    blob: &str,
    preview_blob: Option<&str>,
    uploader: Uploader,
) -> Result<(), Problem> {
    let (uploader_kind, uploader_id) = uploader.parts();
    tx.put(
        sql!(
            "INSERT INTO files (workspace_id, id, blob, name, media_type, kind, size, width, height, preview, \
             preview_blob, uploader_kind, uploader_id, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        params![
            tx.workspace,
            file.id,
            blob,
            file.name.as_str(),
            file.media_type.as_str(),
            file.kind.as_str(),
            file.size,
            file.width,
            file.height,
            file.preview.as_str(),
            preview_blob,
            uploader_kind,
            uploader_id,
            tx.now,
        ],
    )
    .await?;
    if file.preview == FilePreview::Pending {
        tx.enqueue(&preview::PREVIEW, &file.id, tx.now).await?;
    }
    tx.enqueue(&SWEEP, &file.id, tx.now + LOOSE_MS).await?;
    Ok(())
}

/// Binds uploads to the message at `position`; answers those that were the uploader's and still free, in order.
pub(crate) async fn attach(
    tx: &mut Tx<'_>,
    file_ids: &[FileId],
    uploader: Uploader,
    conversation: ConversationId,
    position: i64,
) -> Result<Vec<File>, Problem> {
    let (kind, id) = uploader.parts();
    let mut files = Vec::with_capacity(file_ids.len());
    for file_id in file_ids {
        let row = tx
            .first(
                sql!(
                    "UPDATE files SET conversation_id = $5, position = $6 WHERE workspace_id = $1 AND id = $2 \
                     AND uploader_kind = $3 AND uploader_id = $4 AND conversation_id IS NULL AND held_by IS NULL \
                     RETURNING id, name, media_type, kind, size, width, height, preview"
                ),
                &params![tx.workspace, *file_id, kind, id, conversation, position],
            )
            .await?;
        files.extend(row.as_ref().map(File::from_row).transpose()?);
    }
    Ok(files)
}

/// Refuses unless the uploads are there, are the uploader's and belong to no message yet.
pub(crate) async fn must_be_free(tx: &mut Tx<'_>, file_ids: &[FileId], uploader: Uploader) -> Result<(), Problem> {
    let (kind, uploader_id) = uploader.parts();
    for id in file_ids {
        let found = find_file(tx, *id).await?.ok_or(FILE_UNKNOWN)?;
        let his = found.uploader_kind == kind && found.uploader_id == uploader_id;
        if !his || !found.is_free() {
            return Err(FILE_UNKNOWN.into());
        }
    }
    Ok(())
}

/// Takes a file from its message. Its bytes go as soon as nothing else refers to them.
pub(crate) async fn release(tx: &mut Tx<'_>, id: FileId) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE files SET conversation_id = NULL, position = NULL WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id],
    )
    .await?;
    tx.enqueue(&SWEEP, &id, tx.now).await?;
    Ok(())
}

/// Parameters: workspace, file.
macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, name, media_type, kind, size, width, height, preview, blob, preview_blob, uploader_kind, \
             uploader_id, conversation_id, held_by FROM files WHERE ",
            $tail
        )
    };
}

/// A file's row, whoever asks.
pub async fn find_file(tx: &mut Tx<'_>, id: FileId) -> Result<Option<FoundFile>, Problem> {
    first(tx, sql!(select!("workspace_id = $1 AND id = $2")), id).await
}

/// A file's row, which nobody changes or takes away before this transaction ends.
pub(crate) async fn lock_file(tx: &mut Tx<'_>, id: FileId) -> Result<Option<FoundFile>, Problem> {
    let locked = sql!(
        sqlite: select!("workspace_id = ?1 AND id = ?2"),
        postgres: select!("workspace_id = $1 AND id = $2 FOR UPDATE")
    );
    first(tx, locked, id).await
}

async fn first(tx: &mut Tx<'_>, sql: &'static Sql, id: FileId) -> Result<Option<FoundFile>, Problem> {
    let Some(row) = tx.first(sql, &params![tx.workspace, id]).await? else { return Ok(None) };
    Ok(Some(FoundFile {
        file: File::from_row(&row)?,
        blob: row.get("blob")?,
        preview_blob: row.get("preview_blob")?,
        uploader_kind: row.get("uploader_kind")?,
        uploader_id: row.get("uploader_id")?,
        conversation_id: row.get("conversation_id")?,
        held_by: row.get("held_by")?,
    }))
}

/// May have the file: who may see its conversation, and before it is sent who uploaded it.
pub struct CanFetch(pub FoundFile);

impl Permit for CanFetch {
    type Target = FileId;

    async fn grant(caller: &Caller, target: FileId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let (kind, id) = match caller {
            Caller::Nobody | Caller::Inbox(_) => return Err(refusal::UNAUTHENTICATED.into()),
            Caller::Member(member) => Uploader::Member(member.id).parts(),
            Caller::Visitor(visitor) => Uploader::Visitor(visitor.id).parts(),
        };
        let found = find_file(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        match (found.conversation_id, caller) {
            (None, _) if found.is_free() && found.uploader_kind == kind && found.uploader_id == id => {}
            (Some(conversation), Caller::Member(member)) => drop(can_read(member, conversation, tx).await?),
            (Some(conversation), Caller::Visitor(visitor)) => must_be_his(visitor, conversation, tx).await?,
            _ => return Err(refusal::NOT_FOUND.into()),
        }
        Ok(Self(found))
    }
}

async fn must_be_his(visitor: &VisitorCaller, id: ConversationId, tx: &mut Tx<'_>) -> Result<(), Problem> {
    let thread = load_of_contact(tx, visitor.inbox, visitor.contact).await?;
    let his = thread
        .is_some_and(|thread| thread.conversation.id == id && Facts::visible_to_visitor(&thread.facts(), visitor));
    if his { Ok(()) } else { Err(refusal::NOT_FOUND.into()) }
}

/// A file that was sent in a conversation of this inbox.
pub async fn file_of_inbox(tx: &mut Tx<'_>, inbox: InboxId, id: FileId) -> Result<FoundFile, Problem> {
    let found = find_file(tx, id).await?.ok_or(refusal::NOT_FOUND)?;
    let conversation = found.conversation_id.ok_or(refusal::NOT_FOUND)?;
    let thread = thread::load(tx, conversation).await?.ok_or(refusal::NOT_FOUND)?;
    if thread.conversation.inbox_id == inbox { Ok(found) } else { Err(refusal::NOT_FOUND.into()) }
}

/// The original, or the part that was asked for, as a download: never shown by the browser in our origin. Sound and
/// pictures that move keep their type, so that a player takes them.
pub async fn download(app: &App, found: FoundFile, asked: &HeaderMap) -> Result<Response, Problem> {
    if is_kept(asked, &found.blob) {
        return Ok(unchanged(&found.blob));
    }
    let (mut bytes, size) = app.blobs.get(&found.blob).await?;
    let part = part_of(asked, size);
    let (first, length) = match part {
        Part::Whole => (0, size),
        Part::Bytes(first, length) => (first, length),
        Part::Unsatisfiable => {
            let range = format!("bytes */{size}");
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, range)]).into_response());
        }
    };
    bytes.seek(SeekFrom::Start(first)).await?;
    let body = HttpBody::from_stream(tokio_util::io::ReaderStream::new(bytes.take(length)));
    let mut response = body.into_response();
    if part != Part::Whole {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = format!("bytes {first}-{}/{size}", first + length - 1);
        response
            .headers_mut()
            .insert(header::CONTENT_RANGE, HeaderValue::try_from(range).map_err(anyhow::Error::from)?);
    }
    let headers = response.headers_mut();
    let played = matches!(found.file.kind, FileKind::Audio | FileKind::Video);
    let media_type = HeaderValue::from_str(&found.file.media_type).ok().filter(|_| played);
    let plain = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, media_type.unwrap_or(plain));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, length.into());
    headers.insert(header::CONTENT_DISPOSITION, disposition(&found.file.name));
    closed(headers, &found.blob);
    Ok(response)
}

/// The picture that we made of it.
pub async fn preview_of(app: &App, found: FoundFile, asked: &HeaderMap) -> Result<Response, Problem> {
    let blob = found.preview_blob.ok_or(refusal::NOT_FOUND)?;
    if is_kept(asked, &blob) {
        return Ok(unchanged(&blob));
    }
    let bytes = app.blobs.read(&blob).await?;
    let png = bytes.starts_with(b"\x89PNG");
    let mut response = HttpBody::from(bytes).into_response();
    let headers = response.headers_mut();
    let media_type = if png { "image/png" } else { "image/jpeg" };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    closed(headers, &blob);
    Ok(response)
}

/// What names the bytes: the same under this name are the same. RFC 9110, 8.8.3.
fn validator(blob: &str) -> String {
    format!("\"{blob}\"")
}

/// Whether whoever asks has these bytes. On its way the validator may have been weakened by a `W/`.
fn is_kept(asked: &HeaderMap, blob: &str) -> bool {
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == validator(blob))
}

fn unchanged(blob: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    closed(response.headers_mut(), blob);
    response
}

/// Whatever it is, it may run nothing. A browser keeps its bytes and asks each time whether it may still show them:
/// whoever may not see the file any more, or is somebody else at the same browser, does not.
fn closed(headers: &mut HeaderMap, blob: &str) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(validator) = HeaderValue::try_from(validator(blob)) {
        headers.insert(header::ETAG, validator);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
}

/// `attachment` with the name in the form of RFC 8187.
fn disposition(name: &str) -> HeaderValue {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let encoded: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

async fn sweep(app: App, workspace: WorkspaceId, id: String) -> Result<(), JobFailure> {
    let id: FileId = serde_json::from_str(&id).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let blobs = app
        .write(workspace, move |tx| {
            Box::pin(async move {
                if is_meant(tx, id).await? {
                    tx.enqueue(&SWEEP, &id, tx.now + LOOSE_MS).await?;
                    return Ok(Vec::new());
                }
                let gone = tx
                    .first(
                        sql!(
                            "DELETE FROM files WHERE workspace_id = $1 AND id = $2 AND conversation_id IS NULL \
                             AND held_by IS NULL RETURNING blob, preview_blob"
                        ),
                        &params![workspace, id],
                    )
                    .await?;
                let Some(row) = gone else { return Ok(Vec::new()) };
                let names = [row.get::<Option<String>>("blob")?, row.get("preview_blob")?];
                let mut free = Vec::new();
                for name in names.into_iter().flatten() {
                    let used = tx
                        .first(
                            sql!("SELECT id FROM files WHERE blob = $1 OR preview_blob = $1 LIMIT 1"),
                            &params![name.as_str()],
                        )
                        .await?;
                    if used.is_none() {
                        free.push(name);
                    }
                }
                Ok(free)
            })
        })
        .await?;
    for blob in blobs {
        app.blobs.remove(&blob).await.map_err(|error| JobFailure::Retry(error.into()))?;
    }
    Ok(())
}

/// Whether its uploader still means to send it: it is in a draft, or leaves with a message later.
async fn is_meant(tx: &mut Tx<'_>, id: FileId) -> Result<bool, Problem> {
    let meant = tx
        .first(
            sql!(
                "SELECT f.id FROM files f WHERE f.workspace_id = $1 AND f.id = $2 AND f.conversation_id IS NULL AND \
                 (EXISTS (SELECT 1 FROM drafts d WHERE d.workspace_id = f.workspace_id \
                 AND d.member_id = f.uploader_id AND d.reply LIKE $3) OR EXISTS (SELECT 1 FROM scheduled s \
                 WHERE s.workspace_id = f.workspace_id AND s.member_id = f.uploader_id AND s.files LIKE $3))"
            ),
            &params![tx.workspace, id, format!("%{id}%")],
        )
        .await?;
    Ok(meant.is_some())
}

/// Upload a file
#[utoipa::path(
    post, path = "/api/v1/files", tag = "files", params(UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = File), (status = "default", body = base::ProblemBody))
)]
async fn upload_file(
    ctx: Ctx<AnyMember>,
    QueryOf(query): QueryOf<UploadQuery>,
    request: Request,
) -> Result<(StatusCode, Json<File>), Problem> {
    let (app, AnyMember(member)) = ctx.permit().await?;
    let file = upload(&app, member.workspace, Uploader::Member(member.id), &query.name, request).await?;
    Ok((StatusCode::CREATED, Json(file)))
}

/// Download a file
#[utoipa::path(
    get, path = "/api/v1/files/{file}", tag = "files", params(("file" = FileId, Path)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = "default", body = base::ProblemBody)
    )
)]
async fn download_file(ctx: Ctx<CanFetch>, headers: HeaderMap) -> Result<Response, Problem> {
    let (app, CanFetch(found)) = ctx.permit().await?;
    download(&app, found, &headers).await
}

/// Show a file's preview
#[utoipa::path(
    get, path = "/api/v1/files/{file}/preview", tag = "files", params(("file" = FileId, Path)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "image/jpeg"),
        (status = "default", body = base::ProblemBody)
    )
)]
async fn preview_file(ctx: Ctx<CanFetch>, headers: HeaderMap) -> Result<Response, Problem> {
    let (app, CanFetch(found)) = ctx.permit().await?;
    preview_of(&app, found, &headers).await
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload_file)).routes(routes!(download_file)).routes(routes!(preview_file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path_and_never_a_header() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.txt", "a.txt"),
            ("..", "file"),
            ("", "file"),
            ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
            ("evil\u{202e}gpj.exe", "evilgpj.exe"),
        ] {
            assert_eq!(file_name(given), kept);
        }
        let header = disposition("faktur \"2231\"; ünï.pdf");
        assert_eq!(header, "attachment; filename*=UTF-8''faktur%20%222231%22%3B%20%C3%BCn%C3%AF.pdf");
    }
}
