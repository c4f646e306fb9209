//! Pictures that are safe to show: decoded within limits, scaled down and encoded anew by a job, so that no byte
//! of the sender's file reaches another person's screen.

use crate::{
    Entry, FileKind, deleted,
    entry::entries_before,
    file::{FilePreview, find_file},
    thread,
};
use base::{App, JobFailure, JobKind, Problem, Tx};
use blobs::PutError;
use db::{params, sql};
use futures_util::stream;
use ids::{ConversationId, FileId, WorkspaceId};
use image::{DynamicImage, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder};
use std::io::{BufReader, Cursor};

/// The longer edge of a preview, in pixels.
const EDGE: u32 = 1_280;
const JPEG_QUALITY: u8 = 82;
/// Pictures with more pixels are offered as files only.
const PIXELS: u64 = 25_000_000;
/// A preview is never larger than its limits make it: 1,280 × 1,280 as PNG with transparency.
const PREVIEW_BYTES: u64 = 8 * 1024 * 1024;
/// What reading the head of a picture may take.
const HEAD_BYTES: u64 = 1024 * 1024;
const DECODE_BYTES: u64 = 256 * 1024 * 1024;
/// How often it is looked where the file is by now.
const ROUNDS: usize = 3;

/// Makes the preview of one picture.
pub static PREVIEW: JobKind =
    JobKind { name: "files.preview", run: |app, workspace, id| Box::pin(make(app, workspace, id)) };

pub(crate) fn within_limits((width, height): (u32, u32)) -> bool {
    u64::from(width) * u64::from(height) <= PIXELS
}

/// Width and height of a stored picture, when it is one that we can decode. Reads its head only: anybody may upload.
pub(crate) async fn dimensions(app: &App, blob: &str) -> Option<(u32, u32)> {
    let file = app.blobs.get(blob).await.ok()?.0.into_std().await;
    let look = move || {
        let mut reader = ImageReader::new(BufReader::new(file)).with_guessed_format().ok()?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(HEAD_BYTES);
        reader.limits(limits);
        reader.into_dimensions().ok()
    };
    tokio::task::spawn_blocking(look).await.ok()?
}

async fn make(app: App, workspace: WorkspaceId, id: String) -> Result<(), JobFailure> {
    let id: FileId = serde_json::from_str(&id).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let found = app.read(workspace, move |tx| Box::pin(async move { find_file(tx, id).await })).await?;
    // Swept away or made by an earlier try.
    let Some(found) = found.filter(|found| found.file.preview == FilePreview::Pending) else { return Ok(()) };
    debug_assert_eq!(found.file.kind, FileKind::Image);
    let bytes = app.blobs.read(&found.blob).await.map_err(|error| JobFailure::Retry(error.into()))?;
    let made = tokio::task::spawn_blocking(move || encode(bytes)).await;
    let blob = match made.map_err(anyhow::Error::from).and_then(|made| made) {
        Ok(bytes) => Some(store(&app, bytes).await?),
        Err(error) => {
            tracing::info!(file = %id, error = format!("{error:#}"), "failed to make a preview");
            None
        }
    };
    app.write(workspace, move |tx| Box::pin(async move { finish(tx, id, blob).await })).await?;
    Ok(())
}

fn encode(bytes: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = image::ImageDecoder::orientation(&mut decoder)?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > EDGE {
        picture = picture.thumbnail(EDGE, EDGE);
    }
    let mut encoded = Cursor::new(Vec::new());
    if picture.color().has_alpha() {
        picture.write_to(&mut encoded, ImageFormat::Png)?;
    } else {
        picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut encoded, JPEG_QUALITY))?;
    }
    Ok(encoded.into_inner())
}

async fn store(app: &App, bytes: Vec<u8>) -> Result<String, JobFailure> {
    let bytes = stream::iter([Ok::<_, std::convert::Infallible>(bytes.into())]);
    match app.blobs.put(bytes, PREVIEW_BYTES).await {
        Ok(stored) => Ok(stored.name),
        Err(PutError::Io(error)) => Err(JobFailure::Retry(error.into())),
        Err(_) => Err(JobFailure::GiveUp(anyhow::anyhow!("the preview is empty or too large"))),
    }
}

/// Writes the result, and into the message when the file was sent already, also when its conversation was deleted: it may
/// be put back. The conversation is locked before the file's row, as sending does, so that the two never wait for each
/// other.
async fn finish(tx: &mut Tx<'_>, id: FileId, blob: Option<String>) -> Result<(), Problem> {
    let preview = if blob.is_some() { FilePreview::Ready } else { FilePreview::Failed };
    // The next round is for a message that attached the file in between, or a conversation that was deleted or put back.
    for _ in 0..ROUNDS {
        let Some(found) = find_file(tx, id).await? else { return Ok(()) };
        let thread = match found.conversation_id {
            Some(conversation) => thread::lock(tx, conversation).await?,
            None => None,
        };
        if let Some(conversation) = found.conversation_id
            && thread.is_none()
            && !deleted::lock_kept(tx, conversation).await?
        {
            continue;
        }
        let row = tx
            .first(
                sql!(
                    "UPDATE files SET preview = $3, preview_blob = $4 WHERE workspace_id = $1 AND id = $2 \
                     AND (conversation_id = $5 OR (conversation_id IS NULL AND $5 IS NULL)) RETURNING position"
                ),
                &params![tx.workspace, id, preview.as_str(), blob.clone(), found.conversation_id],
            )
            .await?;
        let Some(row) = row else { continue };
        let place = found.conversation_id.zip(row.get("position")?);
        let Some((conversation, position)) = place else { return Ok(()) };
        let Some(entry) = shown_in(tx, conversation, position, id, preview).await? else { return Ok(()) };
        match thread {
            Some(mut thread) => {
                thread.change(entry.with_receipts(thread.contact_delivered_position, thread.contact_read_position));
                thread.save(tx).await?;
            }
            // Nobody sees it, so nobody is told.
            None => entry.update(tx).await?,
        }
        return Ok(());
    }
    Ok(())
}

/// The message with its file's preview as it is now.
async fn shown_in(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    position: i64,
    id: FileId,
    preview: FilePreview,
) -> Result<Option<Entry>, Problem> {
    let entry = entries_before(tx, conversation, position + 1, 1).await?.pop();
    Ok(entry.map(|mut entry| {
        for file in entry.files.iter_mut().filter(|file| file.id == id) {
            file.preview = preview;
        }
        entry
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgba8(width, height).write_to(&mut bytes, ImageFormat::Png).expect("encodes");
        bytes.into_inner()
    }

    /// R183
    #[test]
    fn a_large_picture_becomes_a_small_one_of_the_same_shape() {
        let made = encode(png(3_000, 1_500)).expect("a preview");
        let size = ImageReader::new(Cursor::new(made)).with_guessed_format().expect("format").into_dimensions();
        assert_eq!(size.expect("size"), (1_280, 640));
    }

    #[test]
    fn broken_bytes_are_refused() {
        let mut bytes = png(10, 10);
        bytes.truncate(40);
        assert!(encode(bytes).is_err());
        assert!(encode(b"<svg onload=alert(1)>".to_vec()).is_err());
    }
}
