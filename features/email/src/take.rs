//! Understanding what came, one mail after another, in the order in which it came.
//!
//! What must stay true: a mail's effect and its end are one transaction; its files are in the store before. One that
//! fails lets the others pass and is tried again for some minutes. A machine's answer opens nothing and starts no clock;
//! who writes from an address that had no part in the conversation is shown as somebody else.

use crate::{
    bounce,
    mailbox::{self, Mailbox},
    thread::{self, Named},
};
use base::{App, JobFailure, JobKind, Ms, Problem, Tx, refusal};
use contacts::{EXTERNAL_ID_CHARACTERS, Identity, Profile};
use conversations::{
    Absent, Arrival, ByMail, Kept, MailAddress, Message, Received, Remote, Trail, Uploader, Whence, keep_file, lock,
    lock_of_contact, put_file, receive_mail, refuse_blocked,
};
use db::{params, sql};
use ids::{ContactId, ConversationId, EntryId, FileId, InboxId, UpdateId, WorkspaceId};
use inboxes::Channel;
use mail::{Clean, Kind, Mail};
use sha2::{Digest, Sha256};

/// In one job, well within its lease.
const AT_ONCE: usize = 50;
/// How long to wait after each try that failed. Then it has failed.
const WAITS_MS: [Ms; 4] = [5_000, 30_000, 120_000, 300_000];
/// Until there may be room again.
const NOT_NOW_MS: Ms = 60_000;
const FAILURE_CHARACTERS: usize = 300;
/// Of the text in the thread; the rest is in the mail as it came.
const TEXT_CHARACTERS: usize = 10_000;
const TITLE_CHARACTERS: usize = 100;

pub static TAKE: JobKind =
    JobKind { name: "email.take", run: |app, workspace, inbox| Box::pin(run(app, workspace, inbox)) };

struct Next {
    id: UpdateId,
    recipient: Option<String>,
    body: Vec<u8>,
}

/// A mail with all that its transaction needs.
struct Ready {
    mail: Mail,
    recipient: Option<String>,
    clean: Clean,
    files: Vec<Kept>,
    /// Of those that cannot be had, the names and why.
    absent: Vec<(String, Absent)>,
    /// Which of them the HTML shows.
    inline: Vec<FileId>,
    digest: Vec<u8>,
}

async fn run(app: App, workspace: WorkspaceId, inbox: String) -> Result<(), JobFailure> {
    let inbox: InboxId = serde_json::from_str(&inbox).map_err(|error| JobFailure::GiveUp(error.into()))?;
    for _ in 0..AT_ONCE {
        let Some(next) = app.read(workspace, move |tx| Box::pin(next(tx, inbox))).await? else { return Ok(()) };
        let id = next.id;
        let taken = match ready(&app, next).await {
            Ok(Some(ready)) => app.write(workspace, move |tx| Box::pin(take(tx, inbox, id, ready))).await,
            Ok(None) => app.write(workspace, move |tx| Box::pin(set_failed(tx, id, "nothing in it is a mail"))).await,
            Err(problem) => Err(problem),
        };
        let Err(problem) = taken else { continue };
        // Nothing is wrong with the mail, such as when there is no room for its files: everything waits, however long.
        if matches!(problem.refusal().status, 503 | 507) {
            let later = app.write(workspace, move |tx| {
                Box::pin(async move { tx.enqueue(&TAKE, &inbox, tx.now + NOT_NOW_MS).await })
            });
            return Ok(later.await?);
        }
        let failure = format!("{problem}");
        tracing::warn!(%inbox, arrival = %id, failure, "failed to take a mail");
        app.write(workspace, move |tx| Box::pin(async move { fail(tx, inbox, id, &failure).await })).await?;
    }
    Ok(app.write(workspace, move |tx| Box::pin(async move { tx.enqueue(&TAKE, &inbox, tx.now).await })).await?)
}

async fn next(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Next>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT id, recipient, body FROM mail_arrivals WHERE workspace_id = $1 AND inbox_id = $2 \
                 AND state = 'new' AND due_at <= $3 ORDER BY at, id LIMIT 1"
            ),
            &params![tx.workspace, inbox, tx.now],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Next { id: row.get("id")?, recipient: row.get("recipient")?, body: row.get("body")? }))
}

/// Reads it, away from what answers requests, and stores its files. None: nothing in it is a mail.
async fn ready(app: &App, next: Next) -> Result<Option<Ready>, Problem> {
    let Next { recipient, body, .. } = next;
    let Ok(Ok(mail)) = tokio::task::spawn_blocking(move || mail::read(&body)).await else { return Ok(None) };
    let mut digest = Sha256::new();
    for text in [&mail.subject, &mail.text, &mail.html] {
        digest.update(text.as_deref().unwrap_or_default());
        digest.update([0]);
    }
    let (mut files, mut absent, mut inline, mut named) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for part in &mail.parts {
        digest.update(&part.bytes);
        let kept = match keep_file(app, &part.name, part.bytes.clone()).await {
            Ok(kept) => kept,
            Err(Absent::NotKept) => return Err(refusal::UNAVAILABLE.into()),
            Err(why) => {
                absent.push((part.name.clone(), why));
                continue;
            }
        };
        if let Some(id) = &part.content_id {
            named.push((id.clone(), kept.file.id, kept.file.kind == conversations::FileKind::Image));
        }
        files.push(kept);
    }
    let shown = std::cell::RefCell::new(&mut inline);
    let clean = match &mail.html {
        Some(html) => mail::clean(html, |cid| {
            let (_, file, _) = named.iter().find(|(id, _, picture)| *picture && id.eq_ignore_ascii_case(cid))?;
            shown.borrow_mut().push(*file);
            Some(format!("/api/v1/files/{file}/preview"))
        }),
        None => mail::plain(mail.text.as_deref().unwrap_or_default()),
    };
    let clean = with_plain_text(clean, &mail);
    Ok(Some(Ready { recipient, clean, files, absent, inline, digest: digest.finalize().to_vec(), mail }))
}

/// The words that the sender's program wrote as a text beside the HTML are better than ours, where they are the same mail.
fn with_plain_text(mut clean: Clean, mail: &Mail) -> Clean {
    if let (Some(text), Some(_)) = (&mail.text, &mail.html) {
        let plain = mail::plain(text);
        if clean.text.is_empty() || (plain.quoted == clean.quoted && !plain.text.is_empty() && !clean.rich) {
            clean.text = plain.text;
        }
    }
    if clean.text.chars().count() > TEXT_CHARACTERS {
        clean.text = clean.text.chars().take(TEXT_CHARACTERS).collect();
        clean.rich = true;
    }
    clean
}

async fn take(tx: &mut Tx<'_>, inbox: InboxId, id: UpdateId, ready: Ready) -> Result<(), Problem> {
    let Some(mailbox) = mailbox::of(tx, inbox).await? else {
        return set_failed(tx, id, "the inbox has no mailbox").await;
    };
    let Some(from) = ready.mail.from.clone() else { return set_failed(tx, id, "nobody wrote it").await };
    let own = ready.mail.desk.is_some() || mailbox::is_ours(tx, &from.address).await?;
    match &ready.mail.kind {
        Kind::Bounce(bounce) => bounce::take(tx, inbox, bounce).await?,
        Kind::Loop => mailbox::count_dropped(tx, inbox).await?,
        _ if own => mailbox::count_dropped(tx, inbox).await?,
        Kind::Report => {}
        Kind::Person | Kind::Automatic | Kind::Away => said(tx, &mailbox, from.into(), ready).await?,
    }
    tx.put(
        sql!("UPDATE mail_arrivals SET state = 'done', body = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, Vec::<u8>::new()],
    )
    .await?;
    Ok(())
}

/// Whose conversation it comes into.
struct Whose {
    contact: ContactId,
    /// Somebody else writes into it, and whether he had a part in it.
    other: Option<bool>,
}

async fn said(tx: &mut Tx<'_>, mailbox: &Mailbox, from: MailAddress, ready: Ready) -> Result<(), Problem> {
    let (inbox, away) = (mailbox.inbox, ready.mail.kind == Kind::Away);
    let entry = EntryId(tx.uuid());
    if !name(tx, inbox, entry, &ready).await? {
        return Ok(());
    }
    let found = thread::conversation_of(tx, inbox, &ready.mail, ready.recipient.as_deref()).await?;
    let known = match found {
        Some(conversation) => whose(tx, inbox, conversation, &from).await?,
        None => None,
    };
    let sender = contacts::called(tx, inbox, &from.address).await?;
    let contact = known.as_ref().map(|whose| whose.contact).or(sender);
    // Nobody hears a machine that answers nothing of ours, and nothing of a blocked contact is kept.
    let has_thread = match contact {
        Some(contact) => lock_of_contact(tx, inbox, contact).await?.is_some(),
        None => false,
    };
    let blocked = match contact {
        Some(contact) => refuse_blocked(tx, inbox, contact).await?,
        None => false,
    };
    if blocked || (away && !has_thread) {
        if !blocked {
            mailbox::count_dropped(tx, inbox).await?;
        }
        return thread::forget(tx, entry).await;
    }
    let (contact, profile, other) = match known {
        Some(Whose { contact, other: Some(stranger) }) => (contact, None, Some(stranger)),
        _ => {
            let contact = contacts::identify(tx, identity(inbox, &from)).await?;
            (contact.id, Some(contact), None)
        }
    };
    for kept in &ready.files {
        put_file(tx, kept, Uploader::Inbox(inbox)).await?;
    }
    let Ready { mail, clean, files, absent, inline, .. } = ready;
    let remote: Vec<_> = absent
        .into_iter()
        .map(|(name, why)| Remote { id: FileId(tx.uuid()), whence: Whence::Nowhere(why), name: Some(name) })
        .collect();
    let text = if clean.text.is_empty() && files.is_empty() && remote.is_empty() {
        mail.subject.clone()
    } else {
        Some(clean.text)
    };
    let message = Message {
        file_ids: files.iter().map(|kept| kept.file.id).chain(remote.iter().map(|remote| remote.id)).collect(),
        written_at: mail.sent_at,
        ..Message::bare(entry, text.filter(|text| !text.is_empty()))
    };
    let writer = other.map(|_| from.name.clone().unwrap_or_else(|| from.address.clone()));
    let title = mail.subject.as_ref().map(|subject| subject.chars().take(TITLE_CHARACTERS).collect());
    let addresses = |all: Vec<mail::Address>| all.into_iter().map(MailAddress::from).collect();
    let by_mail = ByMail {
        mail: conversations::Mail {
            subject: mail.subject,
            from: Some(from),
            reply_to: addresses(mail.reply_to),
            to: addresses(mail.to),
            cc: addresses(mail.cc),
            automatic: mail.kind != Kind::Person,
            stranger: other == Some(true),
            formatted: clean.rich,
            quoted: clean.quoted,
            remote: clean.remote,
            inline,
            signature: None,
        },
        author: writer,
        quiet: away,
        title,
    };
    let received = Received {
        inbox,
        channel: Channel::Email,
        contact,
        profile,
        uploader: Uploader::Inbox(inbox),
        trail: Trail::default(),
        message,
        remote,
        unsupported: None,
    };
    match receive_mail(tx, received, by_mail).await? {
        // Blocked between the two looks.
        Arrival::Refused => Err(refusal::UNAVAILABLE.into()),
        Arrival::Stored(_) | Arrival::Begun(_) => Ok(()),
    }
}

/// Keeps it under its own name. Answers whether it is a new one: the same name with the same words is the same mail.
async fn name(tx: &mut Tx<'_>, inbox: InboxId, entry: EntryId, ready: &Ready) -> Result<bool, Problem> {
    let hex: String = ready.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let id = ready.mail.id.clone().unwrap_or_else(|| format!("{hex}@unnamed"));
    let named = |id| Named {
        entry,
        inbox,
        id,
        digest: ready.digest.clone(),
        earlier: &ready.mail.references,
        html: &ready.clean.html,
    };
    if thread::name(tx, named(&id)).await? {
        return Ok(true);
    }
    if thread::digest_of(tx, inbox, &id).await?.as_ref() == Some(&ready.digest) {
        return Ok(false);
    }
    // Some programs give all their mails one name.
    thread::name(tx, named(&format!("{id}#{}", &hex[..16]))).await
}

async fn whose(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    conversation: ConversationId,
    from: &MailAddress,
) -> Result<Option<Whose>, Problem> {
    let Some(thread) = lock(tx, conversation).await? else { return Ok(None) };
    if thread.conversation.inbox_id != inbox {
        return Ok(None);
    }
    let contact = thread.conversation.contact.id;
    let outside = contacts::outside(tx, inbox, contact).await?;
    if outside.is_some_and(|outside| outside.external_id == from.address) {
        return Ok(Some(Whose { contact, other: None }));
    }
    let known = conversations::takes_part(tx, conversation, &from.address).await?;
    Ok(Some(Whose { contact, other: Some(!known) }))
}

fn identity(inbox: InboxId, from: &MailAddress) -> Identity {
    Identity {
        inbox,
        external_id: from.address.chars().take(EXTERNAL_ID_CHARACTERS).collect(),
        known: Profile { name: from.name.clone(), email: Some(from.address.clone()), phone: None },
        also: Vec::new(),
        avatar_url: None,
        attributes: None,
        conversation_ref: None,
    }
}

/// Again later, or no more.
async fn fail(tx: &mut Tx<'_>, inbox: InboxId, id: UpdateId, failure: &str) -> Result<(), Problem> {
    let row = tx
        .first(sql!("SELECT tries FROM mail_arrivals WHERE workspace_id = $1 AND id = $2"), &params![tx.workspace, id])
        .await?;
    let tries: i64 = row.map_or(Ok(0), |row| row.get("tries"))?;
    let Some(wait) = usize::try_from(tries).ok().and_then(|tries| WAITS_MS.get(tries)) else {
        return set_failed(tx, id, failure).await;
    };
    let due_at = tx.now + wait;
    tx.put(
        sql!("UPDATE mail_arrivals SET tries = tries + 1, due_at = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, due_at],
    )
    .await?;
    tx.enqueue(&TAKE, &inbox, due_at).await
}

async fn set_failed(tx: &mut Tx<'_>, id: UpdateId, failure: &str) -> Result<(), Problem> {
    let failure: String = failure.chars().filter(|char| !char.is_control()).take(FAILURE_CHARACTERS).collect();
    tx.put(
        sql!("UPDATE mail_arrivals SET state = 'failed', failure = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, failure],
    )
    .await?;
    Ok(())
}
