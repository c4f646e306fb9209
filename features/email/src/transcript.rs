//! The conversation as a mail, for a visitor of a website who asks for it.
//!
//! What must stay true: it says what his widget shows and nothing else; it leaves through a connected mailbox of the
//! workspace, and without one that is said before he types anything. Nobody sends words of his own to strangers through
//! it: somebody of the team must have answered him, and askings are counted by visitor, network and address.
//! Absent: what a mail may become in the thread. It is no message, and no entry tells of it.

use crate::{
    MAILBOX_MISSING, NOBODY_ANSWERED,
    mailbox::{self, Mailbox},
    send::{FIRST_WAIT_MS, WAIT, hand_over},
    server::Trouble,
};
use axum::{Json, http::StatusCode};
use base::{
    App, Body, Caller, ClientAddress, Ctx, JobFailure, JobKind, Ms, Permit, Problem, ThrottleKind, Tx, VisitorCaller,
    network_of, refusal,
};
use conversations::{
    Thread, VisitorAuthorKind, VisitorEntry, VisitorEntryKind, load_of_contact, visible_entries_before,
};
use db::{params, sql};
use ids::{ConversationId, InboxId, Uuid, WorkspaceId};
use jiff::{Timestamp, tz::TimeZone};
use mail::{Address, Letter, message_id};
use people::{EMAIL_INVALID, Email, Locale};
use serde::{Deserialize, Serialize};
use std::{fmt::Write as _, sync::Arc};
use utoipa::ToSchema;

/// Refused ones count, too: each looks through the conversation.
pub(crate) const TRANSCRIPTS_PER_VISITOR: ThrottleKind =
    ThrottleKind { name: "transcripts_per_visitor", limit: 4, minutes: 60 };
/// New visitors cost nothing, so the network is counted too.
pub(crate) const TRANSCRIPTS_PER_NETWORK: ThrottleKind =
    ThrottleKind { name: "transcripts_per_network", limit: 20, minutes: 60 };
/// Whoever asks: nobody's mailbox is filled by strangers.
pub(crate) const TRANSCRIPTS_PER_ADDRESS: ThrottleKind =
    ThrottleKind { name: "transcripts_per_address", limit: 5, minutes: 1_440 };

/// The newest ones; of what is older it is said that it is left out.
const ENTRIES: i64 = 1_000;
/// A server that says "later" for so long means never.
const TOO_LATE_MS: Ms = 6 * 3_600_000;
const LONGEST_WAIT_MS: Ms = 1_800_000;
const ZONE_CHARACTERS: usize = 64;

pub static SEND: JobKind =
    JobKind { name: "email.transcript", run: |app, workspace, id| Box::pin(send(app, workspace, id)) };

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskTranscript {
    /// Where it goes.
    pub address: String,
    pub locale: Locale,
    /// In which its times are, for example `Asia/Jakarta`.
    pub zone: String,
}

/// How the visitor can have his conversation, beside saving what he sees.
#[derive(Serialize, ToSchema)]
pub struct TranscriptWays {
    /// Whether a mailbox is connected that it could leave through.
    pub mail: bool,
}

/// A visitor who may see his thread.
pub struct ReadingVisitor {
    visitor: Arc<VisitorCaller>,
    thread: Thread,
}

impl Permit for ReadingVisitor {
    type Target = ();

    async fn grant(caller: &Caller, (): (), tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let visitor = caller.visitor()?.clone();
        let thread = load_of_contact(tx, visitor.inbox, visitor.contact).await?.ok_or(refusal::NOT_FOUND)?;
        if thread.conversation.block.is_some() { Err(refusal::NOT_FOUND.into()) } else { Ok(Self { visitor, thread }) }
    }
}

/// Show whether a transcript can be mailed
#[utoipa::path(
    get, path = "/w/api/v1/transcript", tag = "widget",
    responses((status = 200, body = TranscriptWays), (status = "default", body = base::ProblemBody))
)]
pub async fn show_transcript_ways(ctx: Ctx<ReadingVisitor>) -> Result<Json<TranscriptWays>, Problem> {
    ctx.read(|tx, _permit| {
        Box::pin(async move { Ok(Json(TranscriptWays { mail: mailbox::first(tx).await?.is_some() })) })
    })
    .await
}

/// Ask for the conversation by mail
#[utoipa::path(
    post, path = "/w/api/v1/transcript", tag = "widget", request_body = AskTranscript,
    responses((status = 202), (status = "default", body = base::ProblemBody))
)]
pub async fn ask_transcript(
    ctx: Ctx<ReadingVisitor>,
    ClientAddress(network): ClientAddress,
    Body(asked): Body<AskTranscript>,
) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, permit| Box::pin(async move { ask(tx, permit, asked, &network_of(&network)).await })).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn ask(
    tx: &mut Tx<'_>,
    ReadingVisitor { visitor, thread }: ReadingVisitor,
    asked: AskTranscript,
    network: &str,
) -> Result<(), Problem> {
    let to = Address::parse(&Email::parse(&asked.address)?.text).ok_or(EMAIL_INVALID)?;
    let mailbox = mailbox::first(tx).await?.ok_or(MAILBOX_MISSING)?;
    let conversation = thread.conversation.id;
    let app = tx.app();
    app.throttle(&TRANSCRIPTS_PER_VISITOR, &visitor.id.to_string())?;
    app.throttle(&TRANSCRIPTS_PER_NETWORK, network)?;
    let entries = seen(tx, conversation).await?.0;
    let answered = |entry: &VisitorEntry| entry.author.kind == VisitorAuthorKind::Agent;
    if !entries.iter().any(|entry| entry.kind == VisitorEntryKind::Message && answered(entry)) {
        return Err(NOBODY_ANSWERED.into());
    }
    app.throttle(&TRANSCRIPTS_PER_ADDRESS, &to.address.to_lowercase())?;
    let id = tx.uuid();
    let zone: String = asked.zone.chars().take(ZONE_CHARACTERS).collect();
    tx.put(
        sql!(
            "INSERT INTO transcripts (workspace_id, id, inbox_id, conversation_id, address, locale, zone, asked_at, \
             tries, leaving) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)"
        ),
        params![tx.workspace, id, mailbox.inbox, conversation, to.address.as_str(), asked.locale, zone, tx.now],
    )
    .await?;
    tx.enqueue(&SEND, &payload(id), tx.now).await
}

/// What the visitor sees, and whether it is all.
async fn seen(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<(Vec<VisitorEntry>, bool), Problem> {
    let mut entries = visible_entries_before(tx, conversation, i64::MAX, ENTRIES + 1).await?;
    let whole = entries.len() as i64 <= ENTRIES;
    if !whole {
        entries.remove(0);
    }
    Ok((entries.iter().filter_map(VisitorEntry::of).collect(), whole))
}

/// What its job carries.
fn payload(id: Uuid) -> String {
    id.simple().to_string()
}

struct Claimed {
    id: Uuid,
    mailbox: Mailbox,
    to: Address,
    locale: Locale,
    zone: String,
    asked_at: Ms,
    tries: i64,
    entries: Vec<VisitorEntry>,
    whole: bool,
}

async fn send(app: App, workspace: WorkspaceId, id: String) -> Result<(), JobFailure> {
    let id: String = serde_json::from_str(&id).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let id: Uuid = id.parse().map_err(|_| JobFailure::GiveUp(anyhow::anyhow!("no id of a transcript")))?;
    let claimed = app.write(workspace, move |tx| Box::pin(take(tx, id))).await?;
    let Some(claimed) = claimed else { return Ok(()) };
    let sent = match claimed.mailbox.password(&app) {
        None => Err(Trouble::Login(String::new())),
        Some(password) => {
            let bytes = match letter(&claimed) {
                Ok(bytes) => bytes,
                Err(error) => {
                    app.write(workspace, move |tx| Box::pin(forget(tx, claimed.id))).await?;
                    return Err(JobFailure::GiveUp(error));
                }
            };
            let to = [claimed.to.address.clone()];
            let handed = tokio::time::timeout(WAIT, hand_over(&app, &claimed.mailbox, &password, &to, &bytes)).await;
            handed.unwrap_or(Err(Trouble::Uncertain))
        }
    };
    Ok(app.write(workspace, move |tx| Box::pin(conclude(tx, claimed, sent))).await?)
}

/// None when it was decided, when nothing of it may be told any more, or when a program was killed while it left: whether
/// it did nobody knows, and twice is worse than not at all, for it can be asked for again.
async fn take(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Claimed>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT inbox_id, conversation_id, address, locale, zone, asked_at, tries, leaving FROM transcripts \
                 WHERE workspace_id = $1 AND id = $2"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let conversation = row.get("conversation_id")?;
    let mailbox = mailbox::of(tx, row.get::<InboxId>("inbox_id")?).await?.filter(|mailbox| mailbox.enabled);
    let thread = conversations::lock(tx, conversation).await?.filter(|thread| thread.conversation.block.is_none());
    let to = Address::parse(&row.get::<String>("address")?);
    let (Some(mailbox), Some(_), Some(to), false) = (mailbox, thread, to, row.get::<bool>("leaving")?) else {
        forget(tx, id).await?;
        return Ok(None);
    };
    tx.put(sql!("UPDATE transcripts SET leaving = 1 WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, id])
        .await?;
    let (entries, whole) = seen(tx, conversation).await?;
    let (locale, zone) = (row.get("locale")?, row.get("zone")?);
    let (asked_at, tries) = (row.get("asked_at")?, row.get("tries")?);
    Ok(Some(Claimed { id, mailbox, to, locale, zone, asked_at, tries, entries, whole }))
}

async fn conclude(tx: &mut Tx<'_>, claimed: Claimed, sent: Result<(), Trouble>) -> Result<(), Problem> {
    let Claimed { id, mailbox, asked_at, tries, .. } = claimed;
    match sent {
        Ok(()) => mailbox::note_sent(tx, &mailbox).await?,
        Err(Trouble::Later(_) | Trouble::Failure(_)) if tx.now - asked_at <= TOO_LATE_MS => {
            let due_at = tx.now + (FIRST_WAIT_MS << tries.clamp(0, 10)).min(LONGEST_WAIT_MS);
            tx.put(
                sql!("UPDATE transcripts SET tries = tries + 1, leaving = 0 WHERE workspace_id = $1 AND id = $2"),
                params![tx.workspace, id],
            )
            .await?;
            return tx.enqueue(&SEND, &payload(id), due_at).await;
        }
        Err(trouble) => {
            tracing::info!(inbox = %mailbox.inbox, trouble = %trouble.word(), "a transcript was not taken");
            if let Trouble::Login(_) = trouble {
                mailbox::note_error(tx, &mailbox, "login").await?;
            }
        }
    }
    forget(tx, id).await
}

async fn forget(tx: &mut Tx<'_>, id: Uuid) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM transcripts WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, id]).await?;
    Ok(())
}

fn letter(claimed: &Claimed) -> anyhow::Result<Vec<u8>> {
    let Claimed { mailbox, to, .. } = claimed;
    let from = mailbox.sender().map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let words = Words::of(claimed.locale);
    let (text, html) = told(claimed, &words);
    let id = message_id("transcript", &claimed.id.simple().to_string(), &from);
    let desk = mailbox.inbox.to_string();
    let letter = Letter {
        from: &from,
        to: std::slice::from_ref(to),
        cc: &[],
        reply_to: None,
        subject: &(words.subject)(&mailbox.name),
        id: &id,
        answers: None,
        references: &[],
        at: claimed.asked_at / 1_000,
        text: &text,
        html: &html,
        files: Vec::new(),
        desk: &desk,
    };
    Ok(letter.bytes()?)
}

/// What the mail says beside what was said.
struct Words {
    subject: fn(&str) -> String,
    head: fn(&str) -> String,
    cut: &'static str,
    you: &'static str,
    team: &'static str,
    closed: &'static str,
    joined: fn(&str) -> String,
    removed: &'static str,
    file: &'static str,
    rated: fn(u8) -> String,
}

impl Words {
    fn of(locale: Locale) -> Self {
        match locale {
            Locale::En => Self {
                subject: |name| format!("Your conversation with {name}"),
                head: |zone| format!("You asked for this conversation. All times: {zone}"),
                cut: "The oldest messages are left out.",
                you: "You",
                team: "Team",
                closed: "This conversation was closed.",
                joined: |name| format!("{name} joined"),
                removed: "Removed message",
                file: "File",
                rated: |score| format!("rated this conversation {score} of 5"),
            },
            Locale::Id => Self {
                subject: |name| format!("Percakapan Anda dengan {name}"),
                head: |zone| format!("Anda meminta percakapan ini. Semua waktu: {zone}"),
                cut: "Pesan yang paling lama tidak disertakan.",
                you: "Anda",
                team: "Tim",
                closed: "Percakapan ini ditutup.",
                joined: |name| format!("{name} bergabung"),
                removed: "Pesan yang dihapus",
                file: "Berkas",
                rated: |score| format!("menilai percakapan ini {score} dari 5"),
            },
        }
    }
}

/// As plain text and as HTML.
fn told(claimed: &Claimed, words: &Words) -> (String, String) {
    let zone = TimeZone::get(&claimed.zone).unwrap_or(TimeZone::UTC);
    let head = (words.head)(zone.iana_name().unwrap_or("UTC"));
    let (mut text, mut html) = (format!("{head}\n"), format!("<p>{}</p>", channels::escaped(&head)));
    if !claimed.whole {
        let _ = writeln!(text, "{}", words.cut);
        let _ = write!(html, "<p>{}</p>", channels::escaped(words.cut));
    }
    for entry in &claimed.entries {
        let Some((line, said)) = line(entry, words) else { continue };
        let at = Timestamp::from_millisecond(entry.at).unwrap_or_default().to_zoned(zone.clone());
        let at = at.strftime("%Y-%m-%d %H:%M").to_string();
        let (plain, marked) = channels::html(&said);
        let _ = write!(text, "\n{at}  {line}\n");
        let _ = write!(html, "<p><small>{at}</small> <b>{}</b></p>", channels::escaped(&line));
        if !said.is_empty() {
            let _ = writeln!(text, "{plain}");
            html.push_str(&marked);
        }
    }
    (text, html)
}

/// Who, and what he said.
fn line(entry: &VisitorEntry, words: &Words) -> Option<(String, String)> {
    let visitor = entry.author.kind == VisitorAuthorKind::Visitor;
    let name = if visitor { words.you } else { entry.author.name.as_deref().unwrap_or(words.team) };
    let text = entry.text.clone().unwrap_or_default();
    Some(match entry.kind {
        VisitorEntryKind::Reopened => return None,
        VisitorEntryKind::Closed => (words.closed.to_owned(), String::new()),
        VisitorEntryKind::Assigned => ((words.joined)(name), String::new()),
        VisitorEntryKind::Rating => (format!("{name} {}", (words.rated)(entry.score.unwrap_or_default())), text),
        VisitorEntryKind::Message if entry.removed => (format!("{name}: {}", words.removed), String::new()),
        VisitorEntryKind::Message => {
            let card = entry.card.iter().flat_map(|card| {
                [Some(&card.title), card.text.as_ref(), card.price.as_ref(), Some(&card.url)].into_iter().flatten()
            });
            let files = entry.files.iter().map(|file| format!("{}: {}", words.file, file.name));
            let more = card.cloned().chain(files);
            let said: Vec<_> = std::iter::once(text).filter(|text| !text.is_empty()).chain(more).collect();
            (format!("{name}:"), said.join("\n"))
        }
    })
}
