//! Files that another system names by their address instead of uploading them.
//!
//! What must stay true: the message is kept before its files are asked for, and shows which are still to come; each is
//! fetched by a job of its own, by the one way out, with the limits of an upload; one that cannot be had says why in its
//! message. An address may be a secret: it is in no log, in no event, and gone when it is needed no more.
//! Absent: which addresses may be named (`api-inbox`).

use crate::{
    Absent, Entry, File, Thread, Uploader,
    entry::entry,
    file::{self, FILE_BYTES, FilePreview},
    place_of, thread,
};
use base::{App, JobFailure, JobKind, Ms, Problem, Tx};
use blobs::{PutError, Stored};
use db::{params, sql};
use futures_util::StreamExt;
use ids::{ConversationId, EntryId, FileId, InboxId, WorkspaceId};
use outbound::{Failure, Fetched, Target};
use std::sync::atomic::{AtomicBool, Ordering};

/// How long to wait after each failed try. With these, the last of the five comes after 71 minutes.
const WAITS_MS: [Ms; 4] = [10_000, 60_000, 10 * 60_000, 3_600_000];
/// The longest that another system may ask us to wait.
const LONGEST_WAIT_MS: Ms = 3_600_000;

/// Fetches one file.
pub static FETCH: JobKind =
    JobKind { name: "files.fetch", run: |app, workspace, id| Box::pin(run(app, workspace, id)) };

/// Where a file is.
pub enum Whence {
    Address(Target),
    /// The channel knows it by this name, and its job asks where it is (see [`fetch_from`]).
    Channel {
        reference: String,
        job: &'static JobKind,
    },
    /// It cannot be had.
    Nowhere(Absent),
}

/// Where the channel says that a file is.
pub struct Source {
    pub target: Target,
    pub headers: Vec<(&'static str, String)>,
    /// Of its bytes: SHA-256.
    pub sha256: Option<Vec<u8>>,
}

impl From<Target> for Source {
    fn from(target: Target) -> Self {
        Self { target, headers: Vec::new(), sha256: None }
    }
}

/// A file that is elsewhere.
pub struct Remote {
    /// That it will have here.
    pub id: FileId,
    pub whence: Whence,
    /// As the sender calls it; without one it is called by its address, if that ends as names of files do.
    pub name: Option<String>,
}

/// Why a try ended without the file.
pub struct Trouble {
    pub absent: Absent,
    /// It may be gone at the next try: how long the other side wants us to wait at least.
    pub passes: Option<Ms>,
}

#[derive(Clone)]
struct Wanted {
    id: FileId,
    entry: EntryId,
    inbox: InboxId,
    url: String,
    job: String,
    attempts: i64,
    name: String,
}

/// What the message shows until the file is here. The job is enqueued with it.
pub(crate) async fn begin(tx: &mut Tx<'_>, entry: EntryId, remote: &Remote) -> Result<File, Problem> {
    let (address, job, called) = match &remote.whence {
        Whence::Address(target) => (target.to_string(), &FETCH, target.file_name()),
        Whence::Channel { reference, job } => (reference.clone(), *job, None),
        Whence::Nowhere(absent) => {
            let name = file::file_name(remote.name.as_deref().unwrap_or_default());
            return Ok(File { absent: Some(*absent), ..File::absent(remote.id, name) });
        }
    };
    tx.put(
        sql!(
            "INSERT INTO fetches (workspace_id, file_id, entry_id, url, job, attempts) VALUES ($1, $2, $3, $4, $5, 0)"
        ),
        params![tx.workspace, remote.id, entry, address, job.name],
    )
    .await?;
    tx.enqueue(job, &remote.id, tx.now).await?;
    let name = remote.name.clone().or(called).unwrap_or_default();
    Ok(File::absent(remote.id, file::file_name(&name)))
}

/// Nobody wants it any more.
pub(crate) async fn forget(tx: &mut Tx<'_>, id: FileId) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM fetches WHERE workspace_id = $1 AND file_id = $2"), params![tx.workspace, id]).await?;
    Ok(())
}

/// What its jobs did not find while the conversation was deleted is asked for after all.
pub(crate) async fn go_on(tx: &mut Tx<'_>, id: ConversationId) -> Result<(), Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT f.file_id, f.job FROM fetches f JOIN entries e ON e.workspace_id = f.workspace_id \
                 AND e.id = f.entry_id WHERE f.workspace_id = $1 AND e.conversation_id = $2"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    for row in &rows {
        tx.enqueue_named(&row.get::<String>("job")?, &row.get::<FileId>("file_id")?, tx.now).await?;
    }
    Ok(())
}

async fn run(app: App, workspace: WorkspaceId, id: String) -> Result<(), JobFailure> {
    fetch_from(app, workspace, id, async |_, address: String| {
        // Only an older version kept what it could not read.
        Target::parse(&address).map(Source::from).ok_or(Trouble::stays(Absent::Unreachable))
    })
    .await
}

/// The work of a job that fetches a file: `locate` says where it is, of its inbox and its name there.
pub async fn fetch_from<L>(app: App, workspace: WorkspaceId, id: String, locate: L) -> Result<(), JobFailure>
where
    L: AsyncFnOnce(InboxId, String) -> Result<Source, Trouble>,
{
    let id: FileId = serde_json::from_str(&id).map_err(|error| JobFailure::GiveUp(error.into()))?;
    // Its message was removed, or an earlier try was quicker to fetch than to say so.
    let Some(wanted) = app.read(workspace, move |tx| Box::pin(find(tx, id))).await? else { return Ok(()) };
    let tried = async {
        let source = locate(wanted.inbox, wanted.url.clone()).await?;
        get(&app, workspace, wanted.clone(), &source).await
    };
    if let Err(trouble) = tried.await {
        app.write(workspace, move |tx| Box::pin(fail(tx, wanted, trouble))).await?;
    }
    Ok(())
}

/// One try, whose trouble of every kind ends in the message.
async fn get(app: &App, workspace: WorkspaceId, wanted: Wanted, source: &Source) -> Result<(), Trouble> {
    let stored = fetch(app, source).await?;
    let file = File { id: wanted.id, ..file::describe(app, wanted.name.clone(), &stored).await };
    app.write(workspace, move |tx| Box::pin(arrive(tx, wanted, file, stored))).await.map_err(|problem| {
        tracing::warn!(%problem, "failed to keep a fetched file");
        Trouble::passes(Absent::NotKept)
    })
}

async fn find(tx: &mut Tx<'_>, id: FileId) -> Result<Option<Wanted>, Problem> {
    let row = tx
        .first(
            sql!("SELECT entry_id, url, job, attempts FROM fetches WHERE workspace_id = $1 AND file_id = $2"),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (id_of_entry, url): (EntryId, String) = (row.get("entry_id")?, row.get("url")?);
    let Some(place) = place_of(tx, id_of_entry).await? else { return Ok(None) };
    let Some(entry) = entry(tx, place.conversation, id_of_entry).await? else { return Ok(None) };
    let Some(File { name, .. }) = entry.files.into_iter().find(|file| file.id == id) else { return Ok(None) };
    let (inbox, job, attempts) = (place.inbox, row.get("job")?, row.get("attempts")?);
    Ok(Some(Wanted { id, entry: id_of_entry, inbox, url, job, attempts, name }))
}

async fn fetch(app: &App, source: &Source) -> Result<Stored, Trouble> {
    let fetched =
        app.outbound.get_with(&source.target, &source.headers).await.map_err(|failure| Trouble::of(&failure))?;
    if let Some(trouble) = Trouble::of_head(&fetched) {
        return Err(trouble);
    }
    let late = AtomicBool::new(false);
    let watched = fetched.inspect(|part| late.store(matches!(part, Err(Failure::Late)), Ordering::Relaxed));
    let stored = app.blobs.put(watched, FILE_BYTES).await.map_err(|error| match error {
        PutError::TooLarge => Trouble::stays(Absent::TooLarge),
        PutError::Empty => Trouble::stays(Absent::Empty),
        PutError::Interrupted if late.load(Ordering::Relaxed) => Trouble::passes(Absent::Late),
        PutError::Interrupted => Trouble::passes(Absent::Unreachable),
        PutError::Io(error) => {
            tracing::warn!(%error, "failed to keep a fetched file");
            Trouble::passes(Absent::NotKept)
        }
    })?;
    // Stored files are named by the hash of their bytes.
    let hash = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match &source.sha256 {
        Some(told) if hash(told) != stored.name => Err(Trouble::passes(Absent::NotFound)),
        _ => Ok(stored),
    }
}

impl Trouble {
    pub fn stays(absent: Absent) -> Self {
        Self { absent, passes: None }
    }

    pub fn passes(absent: Absent) -> Self {
        Self { absent, passes: Some(0) }
    }

    pub fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Private => Self::stays(Absent::Private),
            Failure::Plain => Self::stays(Absent::Refused),
            Failure::Late => Self::passes(Absent::Late),
            Failure::Name | Failure::Connection(_) => Self::passes(Absent::Unreachable),
        }
    }

    /// What the answer says before its first byte.
    fn of_head(fetched: &Fetched) -> Option<Self> {
        let asked = fetched.retry_after_s.and_then(|seconds| Ms::try_from(seconds).ok()?.checked_mul(1_000));
        match fetched.status {
            200..=299 if fetched.length.is_some_and(|bytes| bytes > FILE_BYTES) => Some(Self::stays(Absent::TooLarge)),
            200..=299 => None,
            404 | 410 => Some(Self::stays(Absent::NotFound)),
            408 | 425 | 429 | 500.. => Some(Self { absent: Absent::Unreachable, passes: Some(asked.unwrap_or(0)) }),
            _ => Some(Self::stays(Absent::Refused)),
        }
    }
}

/// The file is here: its message shows it, if it still is to be shown. Otherwise it is swept away like an upload that
/// nobody sent.
async fn arrive(tx: &mut Tx<'_>, wanted: Wanted, file: File, stored: Stored) -> Result<(), Problem> {
    let uploader = Uploader::Inbox(wanted.inbox);
    let Some((mut thread, mut entry)) = lock(tx, wanted.entry, file.id).await? else {
        // Under another id: a quicker worker may have stored it under its own.
        let loose = File { id: FileId(tx.uuid()), preview: FilePreview::None, ..file };
        return file::insert(tx, &loose, &stored.name, None, uploader).await;
    };
    forget(tx, file.id).await?;
    file::insert(tx, &file, &stored.name, None, uploader).await?;
    file::attach(tx, &[file.id], uploader, thread.conversation.id, entry.position).await?;
    put(&mut entry, file);
    thread.change(entry);
    thread.save(tx).await?;
    Ok(())
}

async fn fail(tx: &mut Tx<'_>, wanted: Wanted, trouble: Trouble) -> Result<(), Problem> {
    let id = wanted.id;
    let wait = usize::try_from(wanted.attempts).ok().and_then(|tried| WAITS_MS.get(tried));
    if let (Some(asked), Some(wait)) = (trouble.passes, wait) {
        let again = tx
            .execute(
                sql!(
                    "UPDATE fetches SET attempts = attempts + 1 \
                     WHERE workspace_id = $1 AND file_id = $2 AND attempts = $3"
                ),
                &params![tx.workspace, id, wanted.attempts],
            )
            .await?;
        // Another worker may have taken the job over, and its try counts.
        return if again == 1 {
            tx.enqueue_named(&wanted.job, &id, tx.now + (*wait).max(asked.min(LONGEST_WAIT_MS))).await
        } else {
            Ok(())
        };
    }
    tracing::info!(file = %id, absent = trouble.absent.as_str(), "failed to fetch a file");
    let Some((mut thread, mut entry)) = lock(tx, wanted.entry, id).await? else { return Ok(()) };
    forget(tx, id).await?;
    put(&mut entry, File { absent: Some(trouble.absent), ..File::absent(id, wanted.name) });
    thread.change(entry);
    thread.save(tx).await?;
    Ok(())
}

/// The message that still waits for the file, locked for a change.
async fn lock(tx: &mut Tx<'_>, message: EntryId, id: FileId) -> Result<Option<(Thread, Entry)>, Problem> {
    let Some(place) = place_of(tx, message).await? else { return Ok(None) };
    let Some(thread) = thread::lock(tx, place.conversation).await? else { return Ok(None) };
    let entry = entry(tx, place.conversation, message).await?;
    let waits = |file: &File| file.id == id && file.absent == Some(Absent::Fetching);
    Ok(entry.filter(|entry| entry.files.iter().any(waits)).map(|entry| (thread, entry)))
}

fn put(entry: &mut Entry, file: File) {
    for shown in entry.files.iter_mut().filter(|shown| shown.id == file.id) {
        *shown = file.clone();
    }
}
