//! Sending a mail: the oldest row of one conversation's outbox, with patience.
//!
//! What must stay true: its name is kept before it leaves; what may have left is never sent again by itself: a mail whose
//! end the server did not confirm, or whose sender was lost, is uncertain, and a person decides.

use crate::{
    mailbox::{self, Mailbox},
    server::Trouble,
    smtp::Smtp,
    thread::{self, Earlier, Named},
};
use base::{App, Follow, JobFailure, JobKind, Ms, Problem, Tx};
use conversations::{CHANGED, Card, End, Entry, FoundFile, NewsKind, Outgoing, file_of_inbox};
use delivery::{Queue, Where, jitter};
use ids::{ConversationId, WorkspaceId};
use inboxes::MAIL_FILE_BYTES;
use mail::{Address, Letter, LetterFile, message_id, references, reply_address};
use std::time::Duration;

/// Shorter than a row of the outbox is taken for.
pub(crate) const WAIT: Duration = Duration::from_secs(45);
/// The first wait after a failed try; each is twice the one before.
pub(crate) const FIRST_WAIT_MS: Ms = 10_000;
const LONGEST_WAIT_MS: Ms = 1_800_000;
/// A server that says "later" for so long means never.
const TOO_LATE_MS: Ms = 48 * 3_600_000;
/// Of the time until the next try.
const JITTER_PERCENT: i64 = 20;
const REASON_CHARACTERS: usize = 300;

pub static SEND: JobKind =
    JobKind { name: "email.send", run: |app, workspace, payload| Box::pin(send(app, workspace, payload)) };

/// Each change that wrote into the outbox wakes it, in the same transaction.
pub(crate) const FOLLOW: Follow =
    Follow { event: &CHANGED, wants: |facts| facts.contains("\"outbox\":true,\"channel\":\"email\""), job: &SEND };

const QUEUE: Queue = Queue(&SEND);

/// A row that is ours, with all that sending it needs.
struct Claimed {
    outgoing: Outgoing,
    mailbox: Option<Mailbox>,
    files: Vec<FoundFile>,
    id: String,
    token: String,
    earlier: Option<Earlier>,
}

/// What becomes of a row.
enum Next {
    End(End),
    GiveUp(&'static str, Option<String>),
    Later(Ms),
}

async fn send(app: App, workspace: WorkspaceId, payload: String) -> Result<(), JobFailure> {
    let Where { conversation } = serde_json::from_str(&payload).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let Some(claimed) = app.write(workspace, move |tx| Box::pin(take(tx, conversation))).await? else { return Ok(()) };
    let next = say(&app, &claimed).await;
    Ok(app.write(workspace, move |tx| Box::pin(conclude(tx, claimed, next))).await?)
}

async fn take(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Option<Claimed>, Problem> {
    let Some(outgoing) = QUEUE.take(tx, conversation).await? else { return Ok(None) };
    let mailbox = mailbox::of(tx, outgoing.inbox).await?;
    let mut claimed = Claimed {
        mailbox,
        files: Vec::new(),
        id: String::new(),
        token: thread::token_of(tx, outgoing.inbox, conversation).await?,
        earlier: thread::newest(tx, conversation).await?,
        outgoing,
    };
    let Claimed { outgoing, mailbox: Some(mailbox), .. } = &claimed else { return Ok(Some(claimed)) };
    let Some(entry) = outgoing.entry.as_ref().filter(|_| outgoing.kind == NewsKind::MessageCreated) else {
        return Ok(Some(claimed));
    };
    let id = message_id(&claimed.token, &entry.id.0.simple().to_string(), &mailbox.sender()?);
    let named = Named { entry: entry.id, inbox: outgoing.inbox, id: &id, digest: Vec::new(), earlier: &[], html: "" };
    thread::name(tx, named).await?;
    let mut files = Vec::new();
    for file in &entry.files {
        files.push(file_of_inbox(tx, outgoing.inbox, file.id).await?);
    }
    (claimed.id, claimed.files) = (id, files);
    Ok(Some(claimed))
}

async fn say(app: &App, claimed: &Claimed) -> Next {
    let outgoing = &claimed.outgoing;
    // What was sent is gone: a mail is not corrected.
    let Some(entry) = outgoing.entry.as_ref().filter(|_| outgoing.kind == NewsKind::MessageCreated) else {
        return Next::End(End::Arrived);
    };
    if entry.removed.is_some() {
        return Next::End(End::Arrived);
    }
    if outgoing.conversation.block.is_some() {
        return Next::GiveUp("contact_blocked", None);
    }
    if outgoing.lost {
        return Next::End(End::Uncertain);
    }
    let Some(mailbox) = &claimed.mailbox else { return Next::GiveUp("channel_missing", None) };
    let Some(password) = mailbox.password(app) else { return Next::GiveUp("mail_login", None) };
    if claimed.files.iter().map(|file| file.file.size.unsigned_abs()).sum::<u64>() > MAIL_FILE_BYTES {
        return Next::GiveUp("mail_too_large", None);
    }
    let Ok((bytes, to)) = letter(app, claimed, mailbox, entry).await else {
        return Next::GiveUp("channel_refused", None);
    };
    let sent = tokio::time::timeout(WAIT, hand_over(app, mailbox, &password, &to, &bytes)).await;
    // Nobody knows how far it came.
    after(app, outgoing, sent.unwrap_or(Err(Trouble::Uncertain)))
}

fn after(app: &App, outgoing: &Outgoing, sent: Result<(), Trouble>) -> Next {
    match sent {
        Ok(()) => Next::End(End::Arrived),
        Err(Trouble::Uncertain) => Next::End(End::Uncertain),
        Err(Trouble::Login(said)) => Next::GiveUp("mail_login", cut(said)),
        Err(Trouble::Refused(said)) => Next::GiveUp("channel_refused", cut(said)),
        Err(trouble @ (Trouble::Later(_) | Trouble::Failure(_))) => {
            if app.clock.now() - outgoing.at > TOO_LATE_MS {
                return Next::GiveUp("channel_unreachable", cut(trouble.word()));
            }
            let wait = (FIRST_WAIT_MS << (outgoing.attempts - 1).clamp(0, 10)).min(LONGEST_WAIT_MS);
            Next::Later(wait)
        }
    }
}

fn cut(said: String) -> Option<String> {
    Some(said.chars().take(REASON_CHARACTERS).collect::<String>()).filter(|said| !said.is_empty())
}

pub(crate) async fn hand_over(
    app: &App,
    mailbox: &Mailbox,
    password: &str,
    to: &[String],
    bytes: &[u8],
) -> Result<(), Trouble> {
    let sender = mailbox.sender().map_err(|_| Trouble::Refused(String::new()))?;
    let mut smtp = Smtp::login(app, &mailbox.servers.smtp, sender.domain(), &mailbox.username, password).await?;
    let to: Vec<&str> = to.iter().map(String::as_str).collect();
    smtp.send(&sender.address, &to, bytes).await?;
    smtp.bye().await;
    Ok(())
}

/// Its bytes, and whom they are for.
async fn letter(
    app: &App,
    claimed: &Claimed,
    mailbox: &Mailbox,
    entry: &Entry,
) -> anyhow::Result<(Vec<u8>, Vec<String>)> {
    let from = mailbox.sender().map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let as_mail = entry.mail.clone().unwrap_or_default();
    let (to, cc): (Vec<Address>, Vec<Address>) =
        (as_mail.to.into_iter().map(Address::from).collect(), as_mail.cc.into_iter().map(Address::from).collect());
    anyhow::ensure!(!to.is_empty(), "a mail to nobody");
    let reply_to = if mailbox.plus { reply_address(&from, &claimed.token) } else { None };
    let (plain, html) = channels::html(&words(entry));
    let (text, html) = match &as_mail.signature {
        None => (plain, html),
        Some(signature) => {
            let (signature, drawn) = channels::html(signature);
            (format!("{plain}\n\n-- \n{signature}"), format!("{html}<p>-- </p>{drawn}"))
        }
    };
    let mut files = Vec::new();
    for found in &claimed.files {
        let bytes = app.blobs.read(&found.blob).await?;
        files.push(LetterFile { name: found.file.name.clone(), media_type: found.file.media_type.clone(), bytes });
    }
    let earlier = claimed.earlier.as_ref();
    let chain = earlier.map(|earlier| references(&earlier.earlier, &earlier.id)).unwrap_or_default();
    let subject = as_mail.subject.unwrap_or_else(|| mailbox.name.clone());
    let desk = mailbox.inbox.to_string();
    let letter = Letter {
        from: &from,
        to: &to,
        cc: &cc,
        reply_to: reply_to.as_ref(),
        subject: &subject,
        id: &claimed.id,
        answers: earlier.map(|earlier| earlier.id.as_str()),
        references: &chain,
        at: entry.at / 1_000,
        text: &text,
        html: &html,
        files,
        desk: &desk,
    };
    let all = to.iter().chain(&cc).map(|address| address.address.clone()).collect();
    Ok((letter.bytes()?, all))
}

/// Of a card what it says, and where it leads.
fn words(entry: &Entry) -> String {
    let card = entry.card.as_ref().map(|Card { title, text, price, url, .. }| {
        [Some(title), text.as_ref(), price.as_ref(), Some(url)]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    });
    entry.text.iter().cloned().chain(card).collect::<Vec<_>>().join("\n\n")
}

async fn conclude(tx: &mut Tx<'_>, claimed: Claimed, next: Next) -> Result<(), Problem> {
    let Claimed { outgoing, mailbox, .. } = claimed;
    match next {
        Next::End(end) => {
            if let (End::Arrived, Some(mailbox), NewsKind::MessageCreated) = (&end, &mailbox, outgoing.kind) {
                mailbox::note_sent(tx, mailbox).await?;
            }
            QUEUE.finish(tx, &outgoing, end).await
        }
        Next::GiveUp(code, detail) => {
            tracing::info!(inbox = %outgoing.inbox, id = %outgoing.id, code, "a mail was not taken");
            if let (Some(mailbox), "mail_login") = (&mailbox, code) {
                mailbox::note_error(tx, mailbox, "login").await?;
            }
            QUEUE.give_up(tx, &outgoing, code, detail).await
        }
        Next::Later(wait) => {
            let due_at = tx.now + wait + jitter(tx, wait, JITTER_PERCENT);
            QUEUE.put_off(tx, &outgoing, due_at, outgoing.attempts).await
        }
    }
}
