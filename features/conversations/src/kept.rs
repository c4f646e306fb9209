//! Files whose bytes are here already, such as those inside a mail.

use crate::{
    Absent, File, Uploader,
    file::{FILE_BYTES, describe, file_name, insert},
};
use base::{App, Problem, Tx};
use blobs::PutError;
use bytes::Bytes;
use futures_util::stream;
use ids::FileId;
use std::convert::Infallible;

/// A file in the store that has no row yet.
#[derive(Clone)]
pub struct Kept {
    pub file: File,
    blob: String,
}

/// Durably, before the transaction that it is for.
pub async fn keep_file(app: &App, name: &str, bytes: Vec<u8>) -> Result<Kept, Absent> {
    let stream = stream::iter([Ok::<_, Infallible>(Bytes::from(bytes))]);
    let stored = app.blobs.put(stream, FILE_BYTES).await.map_err(|error| match error {
        PutError::TooLarge => Absent::TooLarge,
        PutError::Empty => Absent::Empty,
        PutError::Interrupted | PutError::Io(_) => Absent::NotKept,
    })?;
    let file = describe(app, file_name(name), &stored).await;
    let id = FileId(app.random.uuid(app.clock.now()));
    Ok(Kept { file: File { id, ..file }, blob: stored.name })
}

/// As if it had been uploaded: the message that attaches it follows in this transaction.
pub async fn put_file(tx: &mut Tx<'_>, kept: &Kept, uploader: Uploader) -> Result<(), Problem> {
    insert(tx, &kept.file, &kept.blob, None, uploader).await
}
