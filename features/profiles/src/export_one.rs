//! All of one person as an archive to hand out: what is known of him, what was said with him as far as the member sees it,
//! and its files.
//!
//! What must stay true: nothing waits in memory but a page of entries; each page is read as somebody who may still see it,
//! so that an export that goes on for minutes tells nothing that was hidden meanwhile. Absent: files of other contacts
//! (`conversations`).

use crate::{
    CONTACT_EXPORT_TOO_LARGE,
    access::CanSee,
    archive::{Archive, harmless},
    attribute,
    export_records::{self, ExportedRecord},
    history::{self, ContactChange},
    list::CanExportAll,
    show::ContactProfile,
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use base::{Audited, Caller, Ctx, MemberCaller, Ms, Permit, Problem, Right, Scope, Tx, refusal};
use contacts::{GivenConsent, Known};
use conversations::{
    ConversationItem, Entry, FoundFile, entries_seen, facts_of_contact, find_file, said_with, seen_of_contact,
};
use futures_util::{StreamExt, stream};
use ids::{ContactId, ConversationId, FileId};
use serde::Serialize;
use std::{collections::BTreeMap, io, sync::Arc};
use tokio::sync::mpsc;

/// Of one page.
const ENTRIES: i64 = 200;
/// Of all files together.
const BYTES: i64 = 3_000_000_000;
/// Pieces that wait for a slow reader.
const WAITING: usize = 4;

type Pieces = mpsc::Sender<io::Result<Bytes>>;

/// May take a person along: who sees him, may see everybody, and takes along what he sees.
pub struct CanExport {
    member: Arc<MemberCaller>,
    known: Known,
}

impl Permit for CanExport {
    type Target = ContactId;

    async fn grant(caller: &Caller, target: ContactId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanSee { member, known, .. } = CanSee::grant(caller, target, tx).await?;
        if CanExportAll::holds(&member) { Ok(Self { member, known }) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

/// `contact.json`.
#[derive(Serialize)]
struct About {
    exported_at: Ms,
    profile: ContactProfile,
    /// By the names of attributes.
    attributes: BTreeMap<String, String>,
    tags: Vec<String>,
    changes: Vec<ContactChange>,
    consents: Vec<GivenConsent>,
    /// For whoever may see records.
    records: Vec<ExportedRecord>,
}

async fn about(tx: &mut Tx<'_>, permit: CanExport) -> Result<(About, Vec<ConversationItem>), Problem> {
    let CanExport { member, known } = permit;
    let contact = known.id;
    if said_with(tx, contact).await?.bytes > BYTES {
        return Err(CONTACT_EXPORT_TOO_LARGE.with("max_bytes", BYTES));
    }
    let mut attributes = BTreeMap::new();
    for one in attribute::all(tx).await? {
        if let Some(value) = known.attributes.get(&one.id) {
            attributes.insert(one.name, value.clone());
        }
    }
    let mut tags = Vec::new();
    for tag in &known.tag_ids {
        tags.extend(tags::find(tx, *tag).await?.map(|tag| tag.name));
    }
    let mut consents = Vec::new();
    for facts in facts_of_contact(tx, contact).await? {
        if facts.visible_to(&member) {
            consents.extend(contacts::consents(tx, facts.contact, facts.inbox).await?);
        }
    }
    let sees_records = member.scope(Right::RECORD_VIEW) > Scope::None;
    let about = About {
        records: if sees_records { export_records::records(tx, contact).await? } else { Vec::new() },
        exported_at: tx.now,
        changes: history::since(tx, contact, 0).await?,
        profile: ContactProfile::of(tx, &member, known, false).await?,
        attributes,
        tags,
        consents,
    };
    tx.audit(Audited::done("contact", "exported", contact, &contact.to_string()));
    Ok((about, seen_of_contact(tx, &member, contact).await?))
}

struct Writer {
    ctx: Ctx<CanExport>,
    archive: Archive,
    to: Pieces,
}

impl Writer {
    /// Fails when nobody listens any more.
    async fn add(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.archive.add(bytes)?;
        let ready = self.archive.take();
        if ready.is_empty() { Ok(()) } else { self.to.send(Ok(ready)).await.map_err(|_| gone()) }
    }

    async fn write(mut self, about: About, items: Vec<ConversationItem>) -> Result<(), Problem> {
        self.archive.begin("contact.json")?;
        self.add(&serde_json::to_vec_pretty(&about)?).await?;
        for item in items {
            self.conversation(item).await?;
        }
        let rest = self.archive.end()?;
        self.to.send(Ok(rest)).await.map_err(|_| gone())
    }

    async fn conversation(&mut self, item: ConversationItem) -> Result<(), Problem> {
        let id = item.conversation.id;
        self.archive.begin(&format!("conversations/{id}.json"))?;
        let head = format!("{{\"conversation\":{},\"entries\":[", serde_json::to_string(&item.conversation)?);
        self.add(head.as_bytes()).await?;
        let (mut files, mut after) = (Vec::new(), 0);
        loop {
            let entries = self.page(id, after).await?;
            for entry in &entries {
                let comma = if after > 0 { ",\n" } else { "\n" };
                self.add(format!("{comma}{}", serde_json::to_string(entry)?).as_bytes()).await?;
                after = entry.position;
                files.extend(entry.files.iter().map(|file| file.id));
            }
            if (entries.len() as i64) < ENTRIES {
                break;
            }
        }
        self.add(b"\n]}\n").await?;
        for file in files {
            self.file(id, file).await?;
        }
        Ok(())
    }

    async fn page(&self, id: ConversationId, after: i64) -> Result<Vec<Entry>, Problem> {
        let entries = self.ctx.clone().read(move |tx, permit| {
            Box::pin(async move { entries_seen(tx, &permit.member, id, after, ENTRIES).await })
        });
        Ok(entries.await?.unwrap_or_default())
    }

    /// One that is not there any more, or not yet, is left out.
    async fn file(&mut self, id: ConversationId, file: FileId) -> Result<(), Problem> {
        let found = self.ctx.clone().read(move |tx, permit| {
            Box::pin(async move {
                let seen = entries_seen(tx, &permit.member, id, i64::MAX - 1, 1).await?.is_some();
                if seen { find_file(tx, file).await } else { Ok(None) }
            })
        });
        let Some(FoundFile { file, blob, .. }) = found.await? else { return Ok(()) };
        let Ok((bytes, _)) = self.ctx.app().blobs.get(&blob).await else { return Ok(()) };
        self.archive.begin_as_is(&format!("files/{}/{}", file.id, harmless(&file.name)))?;
        let mut pieces = tokio_util::io::ReaderStream::new(bytes);
        while let Some(piece) = pieces.next().await {
            self.add(&piece?).await?;
        }
        Ok(())
    }
}

fn gone() -> Problem {
    Problem::Internal(anyhow::anyhow!("the reader went away"))
}

/// Export a person
///
/// A ZIP archive of JSON and files: what is known of him, and the conversations with him that the caller may see.
#[utoipa::path(
    get, path = "/api/v1/contacts/{contact}/export", tag = "contacts", params(("contact" = ContactId, Path)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/zip"),
        (status = "default", body = base::ProblemBody)
    )
)]
pub async fn export_contact(ctx: Ctx<CanExport>) -> Result<Response, Problem> {
    let (about, items) = ctx.clone().write(|tx, permit| Box::pin(about(tx, permit))).await?;
    let (to, from) = mpsc::channel(WAITING);
    let failed = to.clone();
    let writer = Writer { ctx, archive: Archive::default(), to };
    tokio::spawn(async move {
        if let Err(problem) = writer.write(about, items).await {
            // Whoever reads knows that it is not whole.
            let told = failed.send(Err(io::Error::other(problem.to_string()))).await;
            if told.is_ok() {
                tracing::warn!(%problem, "failed to export a contact");
            }
        }
    });
    // What packs it for the way asks once more after its end.
    let pieces = stream::unfold(from, |mut from| async move { from.recv().await.map(|piece| (piece, from)) }).fuse();
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"contact.zip\""));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
