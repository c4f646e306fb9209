//! Saying something through a provider: the oldest row of one conversation's outbox, part by part, with patience.
//!
//! What must stay true: what may have left is never said again by itself: a message whose request was not answered, or
//! whose sender was lost, is uncertain, and a person decides. Each part that arrived is noted before the next one leaves,
//! so that a later try goes on where the first one stopped. How fast, the channel's table says; how long to wait, the
//! provider.

use crate::{
    account::{self, Account},
    ask,
    comment::COMMENT,
    message::{self, Named},
    pace, receipt,
};
use base::{App, Follow, JobFailure, JobKind, Ms, Problem, Tx};
use channels::{Button, Filled, Outbound, OutboundFile, Outcome, Part, Refusal, Say};
use contacts::Identity;
use conversations::{
    About, CHANGED, Card, End, Entry, FoundFile, NewsKind, Outgoing, file_of_inbox, lock, wake_of_inbox,
};
use delivery::{Queue, Where, jitter};
use ids::{ConversationId, EntryId, InboxId, WorkspaceId};

/// The first wait after a failed try; each is twice the one before.
const FIRST_WAIT_MS: Ms = 1_000;
const LONGEST_WAIT_MS: Ms = 300_000;
/// How often something is tried: for about an hour and a half.
const TRIES: i64 = 24;
/// However often the provider says "later".
const TOO_LATE_MS: Ms = 24 * 3_600_000;
/// Of the time until the next try.
const JITTER_PERCENT: i64 = 100;
/// Of one person who gets too much: each wait is so many times the one before.
const CROWDED: Ms = 4;
/// The parts of a message that say its text.
const WORDS: [&str; 2] = ["text", "caption"];
/// The part that brings a file to the provider.
const UPLOAD: &str = "upload:";
/// Of what a private answer is accepted as: whom it reached.
const PERSON: &str = "person:";

pub static SEND: JobKind =
    JobKind { name: "messengers.send", run: |app, workspace, payload| Box::pin(send(app, workspace, payload)) };

/// Each change that wrote into the outbox wakes it, in the same transaction.
pub(crate) const FOLLOW: Follow = Follow { event: &CHANGED, wants: of_a_provider, job: &SEND };

const QUEUE: Queue = Queue(&SEND);

fn of_a_provider(facts: &str) -> bool {
    let Some((_, channel)) = facts.split_once("\"outbox\":true,\"channel\":\"") else { return false };
    channels::ALL.iter().any(|adapter| channel.strip_prefix(adapter.name()).is_some_and(|rest| rest.starts_with('"')))
}

/// A row that is ours, with all that saying it needs.
struct Claimed {
    outgoing: Outgoing,
    account: Option<Account>,
    /// The provider's name for the customer, and for where he is written to.
    person: String,
    chat: String,
    blocked: bool,
    /// What of it is there already.
    named: Vec<Named>,
    files: Vec<FoundFile>,
    /// The provider's name for the message that it answers.
    reply_to: Option<String>,
    /// The same of a comment, and whether it is answered below it.
    comment: Option<(String, bool)>,
}

/// What becomes of a row.
enum Next {
    End(End),
    GiveUp(&'static str, Option<String>),
    /// Not before this time. `counted`: it was a try.
    Later {
        due_at: Ms,
        counted: bool,
    },
    /// Exactly then, and it was a try.
    NotBefore(Ms),
}

async fn send(app: App, workspace: WorkspaceId, payload: String) -> Result<(), JobFailure> {
    let Where { conversation } = serde_json::from_str(&payload).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let Some(claimed) = app.write(workspace, move |tx| Box::pin(take(tx, conversation))).await? else { return Ok(()) };
    let next = say(&app, workspace, &claimed).await?;
    Ok(app.write(workspace, move |tx| Box::pin(conclude(tx, claimed, next))).await?)
}

/// What waits in an inbox is sent at once: whatever kept it is mended.
pub(crate) async fn wake(tx: &mut Tx<'_>, inbox: InboxId) -> Result<(), Problem> {
    for conversation in wake_of_inbox(tx, inbox).await? {
        tx.enqueue(&SEND, &Where { conversation }, tx.now).await?;
    }
    Ok(())
}

async fn take(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Option<Claimed>, Problem> {
    let Some(outgoing) = QUEUE.take(tx, conversation).await? else { return Ok(None) };
    let account = account::of(tx, outgoing.inbox).await?;
    let outside = contacts::outside(tx, outgoing.inbox, outgoing.conversation.contact.id).await?;
    let Some(outside) = outside else {
        QUEUE.give_up(tx, &outgoing, "channel_unknown", None).await?;
        return Ok(None);
    };
    let chat = outside.conversation_ref.unwrap_or_else(|| outside.external_id.clone());
    let blocked = pace::is_blocked(tx, outgoing.inbox, &chat).await?;
    let (mut named, mut files, mut reply_to, mut comment) = (Vec::new(), Vec::new(), None, None);
    if let Some(entry) = &outgoing.entry {
        if let Some(account) = &account {
            named = message::names_of(tx, account, entry.id).await?;
        }
        for file in &entry.files {
            files.push(file_of_inbox(tx, outgoing.inbox, file.id).await?);
        }
        if let (Some(account), Some(quote)) = (&account, &entry.quote) {
            reply_to = first_name(tx, account, quote.id).await?;
            if let Some(publicly) = to_comment(entry) {
                let names = message::names_of(tx, account, quote.id).await?;
                let name = names.iter().find_map(|named| named.external_id.strip_prefix(COMMENT));
                comment = name.map(|name| (name.to_owned(), publicly));
            }
        }
    }
    let person = outside.external_id;
    Ok(Some(Claimed { outgoing, account, person, chat, blocked, named, files, reply_to, comment }))
}

/// Whether it answers a comment, and does so below it.
fn to_comment(entry: &Entry) -> Option<bool> {
    match entry.about? {
        About::PublicReply => Some(true),
        About::PrivateReply => Some(false),
        _ => None,
    }
}

async fn first_name(tx: &mut Tx<'_>, account: &Account, entry: EntryId) -> Result<Option<String>, Problem> {
    let mut named = message::names_of(tx, account, entry).await?.into_iter();
    Ok(named.find(is_message).map(|named| named.external_id))
}

/// And no file that was brought there, nor what we call something that has no name.
fn is_message(named: &Named) -> bool {
    let ours = ["press:", "album:", "postback:", COMMENT].iter().any(|word| named.external_id.starts_with(word));
    !ours && !named.part.starts_with(UPLOAD)
}

impl Claimed {
    /// What is to be said; `None`: nothing.
    fn to_say(&self, plain: bool, now: Ms) -> Option<Say> {
        let entry = self.outgoing.entry.as_ref()?;
        match self.outgoing.kind {
            NewsKind::MessageCreated if entry.removed.is_none() && self.comment.is_some() => {
                let (target, publicly) = self.comment.clone()?;
                Some(Say::Comment { target, text: words(entry)?, publicly })
            }
            NewsKind::MessageCreated if entry.removed.is_none() => Some(Say::Message {
                text: words(entry),
                files: self.files.iter().enumerate().map(|(at, file)| self.file(at, file)).collect(),
                reply_to: self.reply_to.clone(),
                button: button(entry),
                template: entry.template.as_ref().map(filled),
                plain,
                late: self.outgoing.conversation.answer_until.is_some_and(|until| until <= now),
            }),
            NewsKind::ConversationRead => {
                let target = self.named.iter().find(|named| is_message(named))?.external_id.clone();
                Some(Say::Seen { target })
            }
            NewsKind::MessageReacted => {
                let target = self.named.iter().find(|named| is_message(named))?.external_id.clone();
                Some(Say::React { target, emoji: entry.team_reaction().map(str::to_owned) })
            }
            NewsKind::MessageUpdated => {
                let said = self.named.iter().find(|named| WORDS.contains(&named.part.as_str()))?;
                Some(Say::Edit {
                    target: said.external_id.clone(),
                    beside_a_file: said.part == "caption",
                    text: words(entry)?,
                    button: button(entry),
                })
            }
            NewsKind::MessageRemoved => {
                let targets: Vec<_> = self.named.iter().map(|named| named.external_id.clone()).collect();
                if targets.is_empty() { None } else { Some(Say::Delete { targets }) }
            }
            _ => None,
        }
    }

    fn file(&self, at: usize, found: &FoundFile) -> OutboundFile {
        let part = format!("{UPLOAD}{at}");
        let uploaded = self.named.iter().find(|named| named.part == part).map(|named| named.external_id.clone());
        OutboundFile { uploaded, ..ask::outbound_file(found) }
    }

    fn is_said(&self, part: &str) -> bool {
        self.named.iter().any(|named| named.part == part)
    }

    /// Nobody misses it, and nothing waits for it.
    fn is_for_show(&self) -> bool {
        self.outgoing.kind == NewsKind::ConversationRead
    }

    fn is_message(&self) -> bool {
        self.outgoing.kind == NewsKind::MessageCreated
    }
}

/// Of a card what it says; its link is on the button.
fn words(entry: &Entry) -> Option<String> {
    let card = entry.card.as_ref().map(|card| [Some(&card.title), card.text.as_ref(), card.price.as_ref()]);
    let card = card.map(|lines| lines.into_iter().flatten().cloned().collect::<Vec<_>>().join("\n"));
    let parts: Vec<_> = entry.text.iter().cloned().chain(card).collect();
    if parts.is_empty() { None } else { Some(parts.join("\n\n")) }
}

fn button(entry: &Entry) -> Option<Button> {
    let Card { title, url, .. } = entry.card.as_ref()?;
    Some(Button { text: title.clone(), url: url.clone() })
}

fn filled(template: &conversations::Template) -> Filled {
    let conversations::Template { name, language, values } = template.clone();
    Filled { name, language, values }
}

async fn say(app: &App, workspace: WorkspaceId, claimed: &Claimed) -> Result<Next, Problem> {
    let Some(say) = claimed.to_say(false, app.clock.now()) else { return Ok(Next::End(End::Arrived)) };
    if claimed.is_message() && claimed.outgoing.conversation.block.is_some() {
        return Ok(Next::GiveUp("contact_blocked", None));
    }
    let Some(account) = &claimed.account else { return Ok(Next::GiveUp("channel_missing", None)) };
    // Another account's comment.
    if claimed.outgoing.entry.as_ref().is_some_and(|entry| to_comment(entry).is_some()) && claimed.comment.is_none() {
        return Ok(Next::GiveUp("channel_comment", None));
    }
    if claimed.blocked {
        return Ok(Next::GiveUp("channel_blocked", None));
    }
    let Some(login) = account.login(app) else { return Ok(Next::GiveUp("channel_token", None)) };
    let reference = claimed.outgoing.entry.as_ref().map(|entry| entry.id.to_string()).unwrap_or_default();
    let parts = |say: Say| {
        let outbound = Outbound { chat: claimed.chat.clone(), reference: reference.clone(), say };
        account.adapter.requests(&login, &outbound)
    };
    let mut left = parts(say).into_iter().enumerate().filter(|(_, part)| !claimed.is_said(&part.name));
    let Some((at, part)) = left.next() else { return Ok(Next::End(End::Arrived)) };
    let unseen = part.unseen;
    if claimed.is_message() && claimed.outgoing.lost && !unseen {
        return Ok(Next::End(End::Uncertain));
    }
    let now = app.clock.now();
    if now < account.resume_at && claimed.is_for_show() {
        return Ok(Next::End(End::Arrived));
    }
    if now < account.resume_at {
        return Ok(wait_for_mending(now, account.resume_at, claimed));
    }
    // One for each claim of the row, so that no claim ends before its request does.
    let more = left.next().is_some();
    if let Some(due_at) = pass(app, workspace, claimed, account).await? {
        return Ok(Next::Later { due_at, counted: false });
    }
    let name = part.name.clone();
    let mut outcome = ask_for(app, claimed, account, part).await;
    if outcome == Outcome::Marks
        && let Some(plain) = claimed.to_say(true, now).and_then(|say| parts(say).into_iter().nth(at))
    {
        outcome = ask_for(app, claimed, account, plain).await;
    }
    let Outcome::Accepted(names) = outcome else {
        let outcome = if unseen && outcome == Outcome::Uncertain { Outcome::Retry } else { outcome };
        return refused(app, workspace, claimed, account, outcome).await;
    };
    note(app, workspace, claimed, account, (name, names)).await?;
    Ok(if more { Next::Later { due_at: app.clock.now(), counted: false } } else { Next::End(End::Arrived) })
}

async fn pass(app: &App, workspace: WorkspaceId, claimed: &Claimed, account: &Account) -> Result<Option<Ms>, Problem> {
    let (inbox, chat, capabilities) = (account.inbox, claimed.chat.clone(), account.adapter.capabilities());
    let comment = claimed.comment.as_ref().map(|(_, publicly)| *publicly);
    app.write(workspace, move |tx| Box::pin(async move { pace::pass(tx, inbox, &chat, (capabilities, comment)).await }))
        .await
}

async fn ask_for(app: &App, claimed: &Claimed, account: &Account, part: Part) -> Outcome {
    match ask::ask(app, part.request, &claimed.files, ask::WAIT).await {
        Ok(answered) => {
            let answer = ask::answer(&answered);
            let outcome = account.adapter.outcome(&answer);
            match (outcome, &claimed.comment) {
                (Outcome::Accepted(mut names), Some((_, false))) => {
                    let whom = account.adapter.reached_whom(&answer).filter(|whom| *whom != claimed.chat);
                    names.extend(whom.map(|whom| format!("{PERSON}{whom}")));
                    Outcome::Accepted(names)
                }
                (outcome, _) => outcome,
            }
        }
        Err(unanswered) => {
            tracing::info!(inbox = %account.inbox, why = ask::word(&unanswered.failure), "failed to reach a provider");
            if unanswered.left { Outcome::Uncertain } else { Outcome::Retry }
        }
    }
}

/// It arrived, under these names.
async fn note(
    app: &App,
    workspace: WorkspaceId,
    claimed: &Claimed,
    account: &Account,
    (part, names): (String, Vec<String>),
) -> Result<(), Problem> {
    let (account, entry) = (account.clone(), claimed.outgoing.entry.as_ref().map(|entry| entry.id));
    let (kind, person) = (claimed.outgoing.kind, claimed.person.clone());
    let noted = app.write(workspace, move |tx| {
        Box::pin(async move {
            account::note_sent(tx, &account).await?;
            if let Some(gone) = part.strip_prefix("delete:") {
                return message::forget(tx, &account, gone).await;
            }
            let (NewsKind::MessageCreated, Some(entry)) = (kind, entry) else { return Ok(()) };
            for name in names {
                if let Some(whom) = name.strip_prefix(PERSON) {
                    also_called(tx, &account, person.clone(), whom.to_owned()).await?;
                    continue;
                }
                message::name(tx, &account, &name, entry, &part).await?;
            }
            Ok(())
        })
    });
    noted.await
}

async fn refused(
    app: &App,
    workspace: WorkspaceId,
    claimed: &Claimed,
    account: &Account,
    outcome: Outcome,
) -> Result<Next, Problem> {
    let now = app.clock.now();
    let trouble = match &outcome {
        Outcome::Blocked | Outcome::Moved(_) => None,
        other => Some(ask::outcome_word(other)),
    };
    let (account, person, chat) = (account.clone(), claimed.person.clone(), claimed.chat.clone());
    let what = outcome.clone();
    let noted = app.write(workspace, move |tx| {
        Box::pin(async move {
            if let Some(trouble) = trouble {
                account::note_error(tx, &account, &trouble).await?;
            }
            match what {
                Outcome::Blocked => pace::set_reachable(tx, account.inbox, &chat, false).await,
                Outcome::Rate(wait) => pace::rest(tx, account.inbox, &chat, tx.now + wait).await,
                Outcome::Moved(to) => move_to(tx, &account, person, to).await,
                Outcome::Reauthorize => account::set_broken(tx, &account, "token").await,
                Outcome::Broken(why) => account::set_broken(tx, &account, &why).await,
                _ => Ok(()),
            }
        })
    });
    noted.await?;
    if claimed.is_for_show() {
        return Ok(Next::End(End::Arrived));
    }
    if let Some((code, detail)) = failure(&outcome) {
        return Ok(Next::GiveUp(code, detail));
    }
    Ok(match outcome {
        Outcome::Reauthorize | Outcome::Broken(_) => wait_for_mending(now, now + account::MENDING_MS, claimed),
        Outcome::Crowded => crowded(now, claimed.outgoing.attempts),
        // An address that moves for ever is none.
        Outcome::Moved(_) => later(now, claimed.outgoing.attempts),
        Outcome::Rate(_) if now - claimed.outgoing.at > TOO_LATE_MS => Next::GiveUp("channel_unreachable", None),
        Outcome::Rate(wait) => Next::Later { due_at: now + wait, counted: false },
        Outcome::Uncertain if claimed.is_message() => Next::End(End::Uncertain),
        // The same correction twice, or the same removal, is one.
        Outcome::Uncertain | Outcome::Retry => later(now, claimed.outgoing.attempts),
        _ => Next::End(End::Arrived),
    })
}

/// The word for it, and what the provider says, when a message will not arrive whatever is tried.
pub(crate) fn failure(outcome: &Outcome) -> Option<(&'static str, Option<String>)> {
    Some(match outcome {
        Outcome::Permanent(detail) => ("channel_refused", Some(detail.clone())),
        Outcome::Marks => ("channel_refused", None),
        Outcome::Window => ("channel_window", None),
        Outcome::Blocked => ("channel_blocked", None),
        Outcome::Refused(refusal, detail) => {
            let code = match refusal {
                Refusal::Recipient => "channel_recipient",
                Refusal::File => "channel_file",
                Refusal::Template => "channel_template",
                Refusal::Declined => "channel_declined",
                Refusal::Limit => "channel_limit",
                Refusal::Comment => "channel_comment",
            };
            (code, Some(detail.clone()))
        }
        _ => return None,
    })
}

/// Nothing leaves through an account that must be mended; what waited too long is given up.
fn wait_for_mending(now: Ms, due_at: Ms, claimed: &Claimed) -> Next {
    if now - claimed.outgoing.at > TOO_LATE_MS {
        return Next::GiveUp("channel_broken", None);
    }
    Next::Later { due_at, counted: false }
}

fn crowded(now: Ms, attempts: i64) -> Next {
    let Some(wait) = u32::try_from(attempts).ok().and_then(|tried| CROWDED.checked_pow(tried)) else {
        return Next::GiveUp("channel_limit", None);
    };
    match wait.checked_mul(1_000).filter(|wait| *wait < TOO_LATE_MS) {
        Some(wait) => Next::NotBefore(now + wait),
        None => Next::GiveUp("channel_limit", None),
    }
}

fn later(now: Ms, attempts: i64) -> Next {
    if attempts >= TRIES {
        return Next::GiveUp("channel_unreachable", None);
    }
    let wait = (FIRST_WAIT_MS << (attempts - 1).clamp(0, 10)).min(LONGEST_WAIT_MS);
    Next::Later { due_at: now + wait, counted: true }
}

/// He is written to elsewhere from now on.
async fn move_to(tx: &mut Tx<'_>, account: &Account, person: String, chat: String) -> Result<(), Problem> {
    call(tx, account, (person, Vec::new()), chat).await
}

/// Whoever commented has another name where he is written to, by which he will answer.
async fn also_called(tx: &mut Tx<'_>, account: &Account, person: String, chat: String) -> Result<(), Problem> {
    call(tx, account, (person, vec![chat.clone()]), chat).await
}

async fn call(
    tx: &mut Tx<'_>,
    account: &Account,
    (person, also): (String, Vec<String>),
    chat: String,
) -> Result<(), Problem> {
    let identity = Identity {
        inbox: account.inbox,
        external_id: person,
        also,
        known: contacts::Profile::default(),
        avatar_url: None,
        attributes: None,
        conversation_ref: Some(chat),
    };
    contacts::identify(tx, identity).await?;
    Ok(())
}

async fn conclude(tx: &mut Tx<'_>, claimed: Claimed, next: Next) -> Result<(), Problem> {
    let Claimed { outgoing, account, named, chat, .. } = claimed;
    if let (Next::End(End::Uncertain), Some(account), Some(entry)) = (&next, &account, &outgoing.entry) {
        // A status may have told meanwhile that the provider has it: then it goes on as if it had answered.
        if message::names_of(tx, account, entry.id).await?.len() > named.len() {
            return QUEUE.put_off(tx, &outgoing, tx.now, outgoing.attempts - 1).await;
        }
    }
    match next {
        Next::End(end) => {
            QUEUE.finish(tx, &outgoing, end).await?;
            let told = account.is_some_and(|account| account.adapter.capabilities().tells_read);
            if told
                && outgoing.kind == NewsKind::MessageCreated
                && let Some(thread) = lock(tx, outgoing.conversation.id).await?
            {
                receipt::apply(tx, outgoing.inbox, &chat, thread, outgoing.at).await?;
            }
            Ok(())
        }
        Next::GiveUp(code, detail) => {
            tracing::info!(inbox = %outgoing.inbox, id = %outgoing.id, code, "a provider did not take something");
            QUEUE.give_up(tx, &outgoing, code, detail).await
        }
        Next::NotBefore(due_at) => QUEUE.put_off(tx, &outgoing, due_at, outgoing.attempts).await,
        Next::Later { due_at, counted: false } => QUEUE.put_off(tx, &outgoing, due_at, outgoing.attempts - 1).await,
        Next::Later { due_at, counted: true } => {
            let due_at = tx.now + jitter(tx, (due_at - tx.now).max(0), JITTER_PERCENT);
            QUEUE.put_off(tx, &outgoing, due_at, outgoing.attempts).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waits_grow_and_end() {
        let wait = |attempts| match later(0, attempts) {
            Next::Later { due_at, .. } => due_at,
            _ => -1,
        };
        assert_eq!([1, 2, 9, 10, 23, 24].map(wait), [1_000, 2_000, 256_000, 300_000, 300_000, -1]);
        let facts = |channel: &str| format!(r#"{{"open":true,"outbox":true,"channel":"{channel}"}}"#);
        assert!(of_a_provider(&facts("telegram")) && !of_a_provider(&facts("api")) && !of_a_provider("{}"));
    }
}
