//! Understanding what a provider told, one item after another, in the order in which it came.
//!
//! What must stay true: an item's effect and its end are one transaction; one that fails, or is about a message that is
//! not here yet, lets the others pass and is tried again for some minutes before it stands among the failed ones.

use crate::{
    account::{self, Account},
    comment, fetch, message, pace, press, profile, receipt, send, template,
};
use base::{App, JobFailure, JobKind, Ms, Problem, Tx, refusal};
use channels::{Inbound, Outcome, Person, Reached, Received, RemoteFile, What};
use contacts::{EXTERNAL_ID_CHARACTERS, Identity, Profile};
use conversations::{
    About, Absent, Arrival, Delivery, Elsewhere, Failure, Message, Remote, Trail, Uploader, Whence, add_to,
    edit_as_contact, is_under_way, lock, lock_of_contact, message_at, place_of, react_as_contact, receive, reconcile,
    refuse_blocked, remove_as_contact, say_elsewhere, set_delivery,
};
use db::{params, sql};
use ids::{ContactId, EntryId, FileId, InboxId, UpdateId, WorkspaceId};
use inboxes::Channel;
use std::collections::BTreeMap;

/// In one job, well within its lease.
const AT_ONCE: usize = 200;
/// How long to wait after each try that failed, or came too early. Then it has failed.
const WAITS_MS: [Ms; 4] = [5_000, 30_000, 120_000, 300_000];
const FAILURE_CHARACTERS: usize = 300;
const EARLY: &str = "what it is about is not here";

pub static TAKE: JobKind =
    JobKind { name: "messengers.take", run: |app, workspace, inbox| Box::pin(run(app, workspace, inbox)) };

/// What became of an item.
enum Taken {
    /// Its words are elsewhere now.
    Done,
    /// It could not be shown: its bytes stay.
    Unshown,
    /// What it is about is not here yet.
    Early,
    /// The same, and without it nobody misses anything.
    EarlyPerhaps,
    Unreadable(String),
}

async fn run(app: App, workspace: WorkspaceId, inbox: String) -> Result<(), JobFailure> {
    let inbox: InboxId = serde_json::from_str(&inbox).map_err(|error| JobFailure::GiveUp(error.into()))?;
    for _ in 0..AT_ONCE {
        let Some(id) = app.read(workspace, move |tx| Box::pin(next(tx, inbox))).await? else { return Ok(()) };
        let Err(problem) = app.write(workspace, move |tx| Box::pin(take(tx, inbox, id))).await else { continue };
        // Nothing is wrong with the item.
        if matches!(problem.refusal().status, 503 | 507) {
            return Err(problem.into());
        }
        let failure = format!("{problem}");
        tracing::warn!(%inbox, update = %id, failure, "failed to take what a provider told");
        app.write(workspace, move |tx| Box::pin(async move { fail(tx, inbox, id, &failure).await })).await?;
    }
    Ok(app.write(workspace, move |tx| Box::pin(async move { tx.enqueue(&TAKE, &inbox, tx.now).await })).await?)
}

async fn next(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<UpdateId>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT id FROM messenger_updates WHERE workspace_id = $1 AND inbox_id = $2 AND state = 'new' \
                 AND due_at <= $3 ORDER BY at, step LIMIT 1"
            ),
            &params![tx.workspace, inbox, tx.now],
        )
        .await?;
    Ok(row.map(|row| row.get("id")).transpose()?)
}

async fn take(tx: &mut Tx<'_>, inbox: InboxId, id: UpdateId) -> Result<(), Problem> {
    // One after another in each inbox.
    let account = account::lock(tx, inbox).await?;
    let row = tx
        .first(
            sql!("SELECT body FROM messenger_updates WHERE workspace_id = $1 AND id = $2 AND state = 'new'"),
            &params![tx.workspace, id],
        )
        .await?;
    // Another worker was quicker.
    let Some(row) = row else { return Ok(()) };
    let taken = match account {
        Some(account) => {
            let last = fails_now(tx, id).await?;
            understand(tx, &account, &row.get::<Vec<u8>>("body")?, last).await?
        }
        None => Taken::Unreadable("the inbox has no account".to_owned()),
    };
    match taken {
        Taken::Done => end(tx, id, true).await,
        Taken::Unshown => end(tx, id, false).await,
        Taken::Early => fail(tx, inbox, id, EARLY).await,
        Taken::EarlyPerhaps if !fails_now(tx, id).await? => fail(tx, inbox, id, EARLY).await,
        Taken::EarlyPerhaps => {
            tracing::info!(%inbox, update = %id, "what a provider told is about nothing that is here");
            end(tx, id, true).await
        }
        Taken::Unreadable(why) => set_failed(tx, id, &why).await,
    }
}

async fn end(tx: &mut Tx<'_>, id: UpdateId, forget: bool) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE messenger_updates SET state = 'done' WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id],
    )
    .await?;
    if forget {
        tx.put(
            sql!("UPDATE messenger_updates SET body = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, id, Vec::<u8>::new()],
        )
        .await?;
    }
    Ok(())
}

/// How long until the next try, if there is one.
async fn wait_of(tx: &mut Tx<'_>, id: UpdateId) -> Result<Option<Ms>, Problem> {
    let row = tx
        .first(
            sql!("SELECT tries FROM messenger_updates WHERE workspace_id = $1 AND id = $2"),
            &params![tx.workspace, id],
        )
        .await?;
    let tries: i64 = row.map_or(Ok(0), |row| row.get("tries"))?;
    Ok(usize::try_from(tries).ok().and_then(|tries| WAITS_MS.get(tries)).copied())
}

async fn fails_now(tx: &mut Tx<'_>, id: UpdateId) -> Result<bool, Problem> {
    Ok(wait_of(tx, id).await?.is_none())
}

/// Again later, or no more.
async fn fail(tx: &mut Tx<'_>, inbox: InboxId, id: UpdateId, failure: &str) -> Result<(), Problem> {
    let Some(wait) = wait_of(tx, id).await? else {
        return set_failed(tx, id, failure).await;
    };
    let due_at = tx.now + wait;
    tx.put(
        sql!("UPDATE messenger_updates SET tries = tries + 1, due_at = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, due_at],
    )
    .await?;
    tx.enqueue(&TAKE, &inbox, due_at).await
}

async fn set_failed(tx: &mut Tx<'_>, id: UpdateId, failure: &str) -> Result<(), Problem> {
    let failure: String = failure.chars().filter(|char| !char.is_control()).take(FAILURE_CHARACTERS).collect();
    tx.put(
        sql!("UPDATE messenger_updates SET state = 'failed', failure = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, failure],
    )
    .await?;
    Ok(())
}

/// `last`: there is no later try.
async fn understand(tx: &mut Tx<'_>, account: &Account, body: &[u8], last: bool) -> Result<Taken, Problem> {
    let Inbound { chat, person, at, what } = match account.adapter.read(body) {
        Ok(inbound) => inbound,
        Err(unreadable) => return Ok(Taken::Unreadable(unreadable.0)),
    };
    let said = match what {
        What::Ignored(why) => {
            tracing::debug!(inbox = %account.inbox, why, "nothing of a customer's");
            return Ok(Taken::Done);
        }
        What::Reacted { target, emoji } => return reacted(tx, account, &target, emoji, at).await,
        What::Reachable(reachable) => {
            pace::set_reachable(tx, account.inbox, &chat, reachable).await?;
            return Ok(Taken::Done);
        }
        What::Edited(said) => return edited(tx, account, &said, at).await,
        What::Revoked { target } => return revoked(tx, account, &target).await,
        What::Reached { target, reference, to } => return reached(tx, account, (&target, reference), to).await,
        What::ReachedUpTo { target, until, to } => {
            let taken = receipt::take(tx, account, &chat, (target, until), &to).await?;
            return Ok(if taken.is_some() { Taken::Done } else { Taken::EarlyPerhaps });
        }
        What::Referred { source, by_ad } => {
            let source = without_nul(Some(source)).unwrap_or_default();
            pace::refer(tx, account.inbox, &chat, (&source, by_ad)).await?;
            return Ok(Taken::Done);
        }
        What::Account { about, says, templates } => {
            account::note(tx, account, &[(about, says)]).await?;
            if templates {
                template::refresh(tx, account.adapter, account.inbox).await?;
            }
            return Ok(Taken::Done);
        }
        What::Pressed { id, target, text } => {
            let id_of_press = format!("press:{id}");
            press::acknowledge(tx, account.inbox, id).await?;
            Received { id: id_of_press, text: Some(text), reply_to: target, ..Received::default() }
        }
        What::Message(said) => said,
        What::Commented(comment) => {
            let Some(person) = person else { return Ok(Taken::Done) };
            comment::take(tx, account, (&chat, person, at), comment).await?;
            return Ok(Taken::Done);
        }
        What::Echoed { said, reference } => {
            let Some(person) = person else { return Ok(Taken::Done) };
            return echoed(tx, account, (&chat, person, at), said, (reference, last)).await;
        }
        What::Renamed => {
            let Some(person) = person else { return Ok(Taken::Done) };
            contacts::identify(tx, identity(account.inbox, &chat, person)).await?;
            return Ok(Taken::Done);
        }
    };
    let Some(person) = person else { return Ok(Taken::Unreadable("nobody says it".to_owned())) };
    said_by(tx, account, (&chat, person, at), said).await
}

async fn reacted(
    tx: &mut Tx<'_>,
    account: &Account,
    target: &str,
    emoji: Vec<String>,
    at: Option<Ms>,
) -> Result<Taken, Problem> {
    let Some(entry) = message::entry_of(tx, account, target).await? else { return Ok(Taken::EarlyPerhaps) };
    let Some(place) = place_of(tx, entry).await? else { return Ok(Taken::Done) };
    let Some(thread) = lock(tx, place.conversation).await? else { return Ok(Taken::Done) };
    react_as_contact(tx, thread, entry, emoji, at.unwrap_or(tx.now)).await?;
    Ok(Taken::Done)
}

async fn edited(tx: &mut Tx<'_>, account: &Account, said: &Received, at: Option<Ms>) -> Result<Taken, Problem> {
    let Some(entry) = message::entry_of(tx, account, &said.id).await? else { return Ok(Taken::Early) };
    let Some(place) = place_of(tx, entry).await? else { return Ok(Taken::Done) };
    let Some(thread) = lock(tx, place.conversation).await? else { return Ok(Taken::Done) };
    let Some(text) = &said.text else { return Ok(Taken::Done) };
    if !message::is_newest_edit(tx, account, &said.id, at.unwrap_or(tx.now)).await? {
        return Ok(Taken::Done);
    }
    match edit_as_contact(tx, thread, entry, text).await {
        // Nothing of a blocked contact is kept, and what was removed stays so.
        Err(Problem::Refused(_, _)) | Ok(_) => Ok(Taken::Done),
        Err(problem) => Err(problem),
    }
}

async fn revoked(tx: &mut Tx<'_>, account: &Account, target: &str) -> Result<Taken, Problem> {
    let Some(entry) = message::entry_of(tx, account, target).await? else { return Ok(Taken::Early) };
    let Some(place) = place_of(tx, entry).await? else { return Ok(Taken::Done) };
    let Some(thread) = lock(tx, place.conversation).await? else { return Ok(Taken::Done) };
    match remove_as_contact(tx, thread, entry).await {
        Err(Problem::Refused(_, _)) | Ok(_) => Ok(Taken::Done),
        Err(problem) => Err(problem),
    }
}

/// How far one of our messages has come, by the provider's name for it or by ours. Of several parts the last one says it.
async fn reached(
    tx: &mut Tx<'_>,
    account: &Account,
    (target, reference): (&str, Option<String>),
    to: Reached,
) -> Result<Taken, Problem> {
    let ours = reference.as_deref().and_then(|reference| reference.split_once(':'));
    let ours = ours.and_then(|(entry, part)| Some((entry.parse::<EntryId>().ok()?, part.to_owned())));
    let known = message::part_of(tx, account, target).await?;
    let is_new = known.is_none();
    let Some((entry, part)) = known.or(ours) else { return Ok(Taken::EarlyPerhaps) };
    let Some(place) = place_of(tx, entry).await?.filter(|place| place.inbox == account.inbox) else {
        return Ok(Taken::Done);
    };
    let Some(said) = message_at(tx, &place, entry).await? else { return Ok(Taken::Done) };
    let failed = matches!(to, Reached::Failed(_));
    if failed {
        // Should somebody send it again, this part is not there.
        message::forget(tx, account, target).await?;
    } else if is_new && said.delivery != Some(Delivery::Failed) {
        message::name(tx, account, target, entry, &part).await?;
    }
    let Some(thread) = lock(tx, place.conversation).await? else { return Ok(Taken::Done) };
    let (came, failure) = match to {
        Reached::Sent => (Delivery::Sent, None),
        Reached::Delivered => (Delivery::Delivered, None),
        Reached::Read => (Delivery::Read, None),
        Reached::Failed(outcome) => {
            if let Outcome::Broken(why) = &outcome {
                account::set_broken(tx, account, why).await?;
            }
            let (code, detail) =
                send::failure(&outcome).unwrap_or_else(|| ("channel_limit", Some(crate::ask::outcome_word(&outcome))));
            (Delivery::Failed, Some(Failure { code, detail }))
        }
    };
    let last = said.files.len().checked_sub(1).map_or_else(|| "text".to_owned(), |last| format!("file:{last}"));
    if failed || part == "caption" || part.is_empty() || part == last {
        set_delivery(tx, thread, entry, came, failure).await?;
    }
    Ok(Taken::Done)
}

/// It was said from here, and comes before its name or instead of it; or elsewhere, and is a message of its own.
async fn echoed(
    tx: &mut Tx<'_>,
    account: &Account,
    to: Said<'_>,
    said: Received,
    (reference, last): (Option<String>, bool),
) -> Result<Taken, Problem> {
    let (chat, person, at) = to;
    if message::entry_of(tx, account, &said.id).await?.is_some() {
        return Ok(Taken::Done);
    }
    let known = contacts::called(tx, account.inbox, &person.id).await?;
    if let Some(ours) = ours(tx, account, reference).await? {
        let taken = reached(tx, account, (&said.id, Some(ours)), Reached::Sent).await?;
        see_receipts(tx, account, (chat, known, at)).await?;
        return Ok(taken);
    }
    if let Some(contact) = known
        && let Some(thread) = lock_of_contact(tx, account.inbox, contact).await?
    {
        if let Some(entry) = reconcile(tx, &thread, said.text.as_deref(), said.files.len()).await? {
            let named = message::names_of(tx, account, entry.id).await?;
            let free = |at: &usize| !named.iter().any(|named| named.part == format!("file:{at}"));
            let part = match said.text {
                Some(_) => "text".to_owned(),
                None => format!("file:{}", (0..entry.files.len()).find(free).unwrap_or_default()),
            };
            let ours = format!("{}:{part}", entry.id);
            let taken = reached(tx, account, (&said.id, Some(ours)), Reached::Sent).await?;
            see_receipts(tx, account, (chat, known, at)).await?;
            return Ok(taken);
        }
        if !last && is_under_way(tx, thread.conversation.id).await? {
            return Ok(Taken::EarlyPerhaps);
        }
    }
    let entry = EntryId(tx.uuid());
    message::name(tx, account, &said.id, entry, "").await?;
    let remote = files(tx, account, &said.files);
    let id = person.id.clone();
    let contact = contacts::identify(tx, identity(account.inbox, chat, person)).await?;
    if known.is_none() {
        profile::ask_for(tx, account.inbox, id, chat.to_owned()).await?;
    }
    let (shown, contact_id) = (said.unsupported.is_none(), contact.id);
    let elsewhere = Elsewhere {
        inbox: account.inbox,
        channel: Channel::Provider(account.adapter.name()),
        contact,
        author: account.username.clone(),
        message: Message { written_at: at, ..Message::bare(entry, without_nul(said.text)) },
        remote,
        unsupported: said.unsupported,
    };
    say_elsewhere(tx, elsewhere).await?;
    see_receipts(tx, account, (chat, Some(contact_id), at)).await?;
    Ok(if shown { Taken::Done } else { Taken::Unshown })
}

/// It was said then: he may have told already that he has it, or has read it.
async fn see_receipts(
    tx: &mut Tx<'_>,
    account: &Account,
    (chat, contact, at): (&str, Option<ContactId>, Option<Ms>),
) -> Result<(), Problem> {
    let Some(contact) = contact else { return Ok(()) };
    let Some(thread) = lock_of_contact(tx, account.inbox, contact).await? else { return Ok(()) };
    receipt::apply(tx, account.inbox, chat, thread, at.unwrap_or(tx.now)).await
}

/// What it was called by us, if it is a message of this inbox.
async fn ours(tx: &mut Tx<'_>, account: &Account, reference: Option<String>) -> Result<Option<String>, Problem> {
    let Some(reference) = reference else { return Ok(None) };
    let Some(entry) = reference.split_once(':').and_then(|(entry, _)| entry.parse::<EntryId>().ok()) else {
        return Ok(None);
    };
    let place = place_of(tx, entry).await?;
    Ok(place.filter(|place| place.inbox == account.inbox).map(|_| reference))
}

fn about(about: channels::About) -> About {
    match about {
        channels::About::StoryMention => About::StoryMention,
        channels::About::StoryReply => About::StoryReply,
        channels::About::Post => About::Post,
        channels::About::Reel => About::Reel,
    }
}

/// PostgreSQL cannot keep it, and no person writes it.
pub(crate) fn without_nul(text: Option<String>) -> Option<String> {
    text.map(|text| text.replace('\0', "")).filter(|text| !text.is_empty())
}

type Said<'a> = (&'a str, Person, Option<Ms>);

async fn said_by(tx: &mut Tx<'_>, account: &Account, by: Said<'_>, said: Received) -> Result<Taken, Problem> {
    let (chat, person, at) = by;
    let inbox = account.inbox;
    let entry = EntryId(tx.uuid());
    if !message::name(tx, account, &said.id, entry, "").await? {
        return Ok(Taken::Done);
    }
    for name in [&person.id].into_iter().chain(&person.also) {
        let Some(contact) = contacts::called(tx, inbox, name).await? else { continue };
        if refuse_blocked(tx, inbox, contact).await? {
            message::forget(tx, account, &said.id).await?;
            return Ok(Taken::Done);
        }
        break;
    }
    pace::set_reachable(tx, inbox, chat, true).await?;
    let remote = files(tx, account, &said.files);
    if let Some(album) = &said.album {
        let name = format!("album:{album}");
        if !message::name(tx, account, &name, entry, "").await? {
            return add(tx, account, (&said.id, &name), said.text, &remote).await;
        }
    }
    let id = person.id.clone();
    let is_new = contacts::called(tx, inbox, &id).await?.is_none();
    let contact = contacts::identify(tx, identity(inbox, chat, person)).await?;
    if is_new && contact.name.is_none() {
        profile::ask_for(tx, inbox, id, chat.to_owned()).await?;
    }
    let quote = quoted(tx, account, contact.id, said.reply_to.as_deref()).await?;
    let file_ids = remote.iter().map(|remote| remote.id).collect();
    let (text, unsupported) = (without_nul(said.text), said.unsupported);
    let shown = unsupported.is_none();
    let about = said.about.map(about);
    let message = Message { file_ids, quote, about, written_at: at, ..Message::bare(entry, text) };
    let linked = pace::take_source(tx, inbox, chat).await?;
    let channel = Channel::Provider(account.adapter.name());
    let received = conversations::Received {
        inbox,
        channel,
        contact: contact.id,
        profile: Some(contact),
        uploader: Uploader::Inbox(inbox),
        trail: Trail::by_link(said.source.map(|told| (told, said.by_ad)).or(linked), tx.now),
        message,
        remote,
        unsupported,
    };
    match receive(tx, received).await? {
        // Blocked between the two looks.
        Arrival::Refused => Err(refusal::UNAVAILABLE.into()),
        Arrival::Stored(_) | Arrival::Begun(_) if shown => Ok(Taken::Done),
        Arrival::Stored(_) | Arrival::Begun(_) => Ok(Taken::Unshown),
    }
}

/// One more of an album that is here.
async fn add(
    tx: &mut Tx<'_>,
    account: &Account,
    (id, album): (&str, &str),
    text: Option<String>,
    remote: &[Remote],
) -> Result<Taken, Problem> {
    let Some(entry) = message::entry_of(tx, account, album).await? else { return Ok(Taken::Early) };
    message::forget(tx, account, id).await?;
    message::name(tx, account, id, entry, "").await?;
    let Some(place) = place_of(tx, entry).await? else { return Ok(Taken::Done) };
    let Some(thread) = lock(tx, place.conversation).await? else { return Ok(Taken::Done) };
    add_to(tx, thread, entry, text, remote).await?;
    Ok(Taken::Done)
}

pub(crate) fn identity(inbox: InboxId, chat: &str, person: Person) -> Identity {
    let told = [("username", person.username), ("language", person.language)];
    let attributes: BTreeMap<_, _> =
        told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    Identity {
        inbox,
        external_id: person.id.chars().take(EXTERNAL_ID_CHARACTERS).collect(),
        also: person.also.into_iter().filter(|name| name.chars().count() <= EXTERNAL_ID_CHARACTERS).collect(),
        known: Profile { name: without_nul(person.name), phone: person.phone, ..Profile::default() },
        avatar_url: None,
        // What it did not tell this time stays.
        attributes: Some(attributes).filter(|told| !told.is_empty()),
        conversation_ref: Some(chat.to_owned()),
    }
}

/// The message that it answers, if it is one of his conversation.
async fn quoted(
    tx: &mut Tx<'_>,
    account: &Account,
    contact: ContactId,
    name: Option<&str>,
) -> Result<Option<EntryId>, Problem> {
    let Some(name) = name else { return Ok(None) };
    let Some(entry) = message::entry_of(tx, account, name).await? else { return Ok(None) };
    let Some(place) = place_of(tx, entry).await? else { return Ok(None) };
    let thread = lock_of_contact(tx, account.inbox, contact).await?;
    Ok(thread.filter(|thread| thread.conversation.id == place.conversation).map(|_| entry))
}

fn files(tx: &Tx<'_>, account: &Account, files: &[RemoteFile]) -> Vec<Remote> {
    let most = account.adapter.capabilities().files.inbound;
    let remote = |file: &RemoteFile| {
        let whence = if file.size.is_some_and(|bytes| bytes > most) {
            Whence::Nowhere(Absent::TooLarge)
        } else {
            Whence::Channel { reference: file.reference.clone(), job: &fetch::FETCH }
        };
        Remote { id: FileId(tx.uuid()), whence, name: Some(file.name.clone()) }
    };
    files.iter().map(remote).collect()
}
