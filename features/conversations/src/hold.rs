//! Files that belong to no message: something else keeps them, to be sent by copies of their own.
//!
//! What must stay true: a file is free, in one message, or held by one holder; what is held is never swept away; who
//! may see it is the holder's to decide.

use crate::{FILE_UNKNOWN, File, FoundFile, TOO_MANY_FILES, Uploader, copy, file};
use base::{Problem, Tx, refusal};
use db::{params, sql};
use ids::{FileId, MemberId, Uuid};
use people::Limits;
use std::collections::{BTreeMap, BTreeSet};

/// It becomes a message, so it holds no more than one.
const MOST: usize = Limits::MOST.message_files;

/// Makes these the files that are held, in order: uploads of the member that are free, and what is held there already.
pub async fn hold(tx: &mut Tx<'_>, holder: Uuid, file_ids: &[FileId], member: MemberId) -> Result<Vec<File>, Problem> {
    if file_ids.len() > MOST {
        return Err(TOO_MANY_FILES.with("max", MOST));
    }
    let (kind, uploader) = Uploader::Member(member).parts();
    let mut held = BTreeMap::new();
    // In the order of their ids, so that nobody waits for somebody who waits for him.
    for id in file_ids.iter().copied().collect::<BTreeSet<_>>() {
        let row = tx
            .first(
                sql!(
                    "UPDATE files SET held_by = $3 WHERE workspace_id = $1 AND id = $2 AND (held_by = $3 OR \
                     (held_by IS NULL AND conversation_id IS NULL AND uploader_kind = $4 AND uploader_id = $5)) \
                     RETURNING id, name, media_type, kind, size, width, height, preview"
                ),
                &params![tx.workspace, id, holder, kind, uploader],
            )
            .await?;
        held.insert(id, File::from_row(&row.ok_or(FILE_UNKNOWN)?)?);
    }
    // Each once.
    file_ids.iter().map(|id| held.remove(id).ok_or_else(|| FILE_UNKNOWN.into())).collect()
}

/// Gives up a file that was held. Its bytes go as soon as nothing else refers to them.
pub async fn let_go(tx: &mut Tx<'_>, holder: Uuid, id: FileId) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE files SET held_by = NULL WHERE workspace_id = $1 AND id = $2 AND held_by = $3"),
        params![tx.workspace, id, holder],
    )
    .await?;
    tx.enqueue(&file::SWEEP, &id, tx.now).await
}

/// A file that is held there.
pub async fn held(tx: &mut Tx<'_>, holder: Uuid, id: FileId) -> Result<FoundFile, Problem> {
    let found = file::find_file(tx, id).await?.filter(|found| found.held_by == Some(holder));
    found.ok_or_else(|| refusal::NOT_FOUND.into())
}

/// What is held there once more, in order, as uploads of the member.
pub async fn copy_held(
    tx: &mut Tx<'_>,
    holder: Uuid,
    file_ids: &[FileId],
    member: MemberId,
) -> Result<Vec<File>, Problem> {
    let mut copies = BTreeMap::new();
    // In the order of their ids, as they are held.
    for id in file_ids.iter().copied().collect::<BTreeSet<_>>() {
        let found = file::lock_file(tx, id).await?.filter(|found| found.held_by == Some(holder));
        copies.insert(id, copy::copy(tx, found.ok_or(refusal::NOT_FOUND)?, member).await?);
    }
    Ok(file_ids.iter().filter_map(|id| copies.remove(id)).collect())
}
