//! Reading mailboxes: what is new is fetched, and then waited for.
//!
//! What must stay true: one server reads a mailbox at a time; who was lost is replaced soon, and what he brings afterwards
//! counts no more; the place in the folder moves on with what was kept. Where the folder was made anew it is read since the
//! mailbox was connected, and what is here already is known by its name.

use crate::{
    arrival::{self, Arrived, MAIL_BYTES, store},
    imap::{Folder, Imap, Listed},
    mailbox::{self, Mailbox},
    server::Trouble,
};
use base::{App, Ms, Problem, Tx};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, Uuid, WorkspaceId};
use outbound::Failure;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Longer than it takes to fetch the largest mail. Who did not come back until then is lost.
const LEASE_MS: Ms = 120_000;
/// How late a new mailbox, or that of a server that is lost, is noticed.
const LOOK: Duration = Duration::from_secs(2);
/// How long a server is asked to tell of something new, before it is looked at anyhow.
const IDLE: Duration = Duration::from_secs(60);
/// After trouble, and the longest after more of it.
const PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// Mails of one look.
const AT_ONCE: usize = 100;
const DAY_S: i64 = 86_400;
const TOO_LARGE: &str = "it is too large to be read";

/// How a look ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Looked {
    /// So many mails.
    Took(usize),
    /// Somebody else reads it, or nobody is to.
    NotOurs,
    Trouble,
}

pub(crate) fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        // What is read by this server.
        let reading: Arc<Mutex<HashSet<InboxId>>> = Arc::default();
        while !app.is_stopping() {
            match app.read(WorkspaceId(Uuid::nil()), |tx| Box::pin(mailbox::to_read(tx))).await {
                Ok(mailboxes) => {
                    for mailbox in mailboxes {
                        if reading.lock().unwrap_or_else(PoisonError::into_inner).insert(mailbox.inbox) {
                            tokio::spawn(go_on(app.clone(), mailbox, reading.clone()));
                        }
                    }
                }
                Err(problem) => tracing::warn!(%problem, "failed to look for mailboxes"),
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Reads one mailbox until somebody else does, or nobody is to.
async fn go_on(app: App, mailbox: Mailbox, reading: Arc<Mutex<HashSet<InboxId>>>) {
    let inbox = mailbox.inbox;
    let mut pause = PAUSE;
    while !app.is_stopping() {
        match session(&app, mailbox.workspace, inbox, Some(IDLE)).await {
            Ok(Looked::Took(_)) => {
                pause = PAUSE;
                tokio::time::sleep(LOOK).await;
            }
            Ok(Looked::NotOurs) => break,
            Ok(Looked::Trouble) => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            Err(problem) => {
                tracing::warn!(%inbox, %problem, "failed to read a mailbox");
                tokio::time::sleep(pause).await;
            }
        }
    }
    reading.lock().unwrap_or_else(PoisonError::into_inner).remove(&inbox);
}

/// Looks once into every mailbox that nobody reads now; answers how many mails there were.
pub async fn look_all(app: &App) -> Result<usize, Problem> {
    let mailboxes = app.read(WorkspaceId(Uuid::nil()), |tx| Box::pin(mailbox::to_read(tx))).await?;
    let mut took = 0;
    for mailbox in mailboxes {
        if let Looked::Took(mails) = look(app, mailbox.workspace, mailbox.inbox).await? {
            took += mails;
        }
    }
    Ok(took)
}

/// Looks once, and waits for nothing.
pub async fn look(app: &App, workspace: WorkspaceId, inbox: InboxId) -> Result<Looked, Problem> {
    session(app, workspace, inbox, None).await
}

/// One connection: what is new, and with `idle` what comes next, until the connection ends or is not ours any more.
async fn session(app: &App, workspace: WorkspaceId, inbox: InboxId, idle: Option<Duration>) -> Result<Looked, Problem> {
    let Some(mailbox) = app.write(workspace, move |tx| Box::pin(begin(tx, inbox))).await? else {
        return Ok(Looked::NotOurs);
    };
    match read(app, &mailbox, idle).await {
        Ok(Some(took)) => {
            app.write(workspace, move |tx| Box::pin(async move { end(tx, &mailbox).await })).await?;
            Ok(Looked::Took(took))
        }
        Ok(None) => Ok(Looked::NotOurs),
        Err(Stop::Problem(problem)) => Err(problem),
        Err(Stop::Trouble(trouble)) => {
            let word = trouble.word();
            tracing::info!(%inbox, word, "a mailbox cannot be read");
            let noted = app.write(workspace, move |tx| {
                Box::pin(async move {
                    mailbox::note_error(tx, &mailbox, &word).await?;
                    end(tx, &mailbox).await
                })
            });
            noted.await?;
            Ok(Looked::Trouble)
        }
    }
}

enum Stop {
    Trouble(Trouble),
    Problem(Problem),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Answers how many came; none when it was somebody else's meanwhile.
async fn read(app: &App, mailbox: &Mailbox, idle: Option<Duration>) -> Result<Option<usize>, Stop> {
    let password = mailbox.password(app).ok_or(Trouble::Login(String::new()))?;
    let server = mailbox.servers.imap.as_ref().ok_or(Trouble::Failure(Failure::Name))?;
    let mut imap = Imap::login(app, server, &mailbox.username, &password).await?;
    let folder = imap.open().await?;
    let mut known = mailbox.clone();
    let mut took = 0;
    if known.uid_validity != Some(folder.validity) {
        for listed in of_before(&mut imap, &known, folder).await? {
            took += usize::from(fetch(app, &mut imap, &known, folder, listed).await?);
        }
        // Only now: whoever is lost before it begins again, and what is here already is known.
        if !keep_place(app, &mut known, folder, folder.next).await? {
            return Ok(None);
        }
    }
    loop {
        let from = known.next_uid.unwrap_or(folder.next);
        let all = imap.list(from).await?;
        let more = all.len() > AT_ONCE;
        for listed in all.into_iter().take(AT_ONCE) {
            took += usize::from(fetch(app, &mut imap, &known, folder, listed).await?);
            if !keep_place(app, &mut known, folder, listed.uid + 1).await? {
                return Ok(None);
            }
        }
        if more {
            continue;
        }
        let Some(idle) = idle else { break };
        let next = known.next_uid.unwrap_or(from);
        if app.is_stopping() || !keep_place(app, &mut known, folder, next).await? {
            return Ok(None);
        }
        // That a server ends what lasted long enough for it is no trouble.
        if imap.wait(idle).await.is_err() {
            return Ok(Some(took));
        }
    }
    imap.bye().await;
    Ok(Some(took))
}

/// What is in a folder that was made anew, since the mailbox was connected; of one that is new to us, nothing.
async fn of_before(imap: &mut Imap, known: &Mailbox, folder: Folder) -> Result<Vec<Listed>, Stop> {
    if known.uid_validity.is_none() {
        return Ok(Vec::new());
    }
    let since: HashSet<i64> = imap.since(&day(known.since / 1_000)).await?.into_iter().collect();
    let Some(first) = since.iter().min() else { return Ok(Vec::new()) };
    let all = imap.list(*first).await?;
    Ok(all.into_iter().filter(|listed| listed.uid < folder.next && since.contains(&listed.uid)).collect())
}

/// Keeps one mail, and the mailbox for longer. Answers whether it did.
async fn fetch(app: &App, imap: &mut Imap, mailbox: &Mailbox, folder: Folder, listed: Listed) -> Result<bool, Stop> {
    let Listed { uid, size } = listed;
    let body = if size <= MAIL_BYTES {
        let Some(body) = imap.fetch(uid).await? else { return Ok(false) };
        Some(body)
    } else {
        tracing::info!(inbox = %mailbox.inbox, size, "a mail is too large to be read");
        None
    };
    let mailbox = mailbox.clone();
    let key = format!("{}:{}:{uid}", mailbox.address, folder.validity);
    let kept = app.write(mailbox.workspace, move |tx| {
        Box::pin(async move {
            if !still_ours(tx, &mailbox).await? {
                return Ok(false);
            }
            let Some(body) = body else {
                arrival::store_unread(tx, &mailbox, key, TOO_LARGE).await?;
                return Ok(false);
            };
            store(tx, &mailbox, Arrived { key, recipient: None, body }).await?;
            Ok(true)
        })
    });
    Ok(kept.await?)
}

/// Takes the mailbox for this server, if nobody else has it. The number tells who does.
async fn begin(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Mailbox>, Problem> {
    let taken = tx
        .execute(
            sql!(
                "UPDATE mailboxes SET reader = reader + 1, read_until = $4 \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND read_until <= $3"
            ),
            &params![tx.workspace, inbox, tx.now, tx.now + LEASE_MS],
        )
        .await?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(mailbox::of(tx, inbox).await?.filter(|mailbox| mailbox.enabled))
}

/// And it is for longer.
async fn still_ours(tx: &mut Tx<'_>, mailbox: &Mailbox) -> Result<bool, Problem> {
    let now = mailbox::of(tx, mailbox.inbox).await?;
    if !now.is_some_and(|now| now.reader == mailbox.reader && now.enabled) {
        return Ok(false);
    }
    let held = tx
        .execute(
            sql!("UPDATE mailboxes SET read_until = $4 WHERE workspace_id = $1 AND inbox_id = $2 AND reader = $3"),
            &params![tx.workspace, mailbox.inbox, mailbox.reader, tx.now + LEASE_MS],
        )
        .await?;
    Ok(held == 1)
}

/// What stands before it was kept; and it is ours for longer. Answers whether it still was.
async fn keep_place(app: &App, known: &mut Mailbox, folder: Folder, next: i64) -> Result<bool, Problem> {
    (known.uid_validity, known.next_uid) = (Some(folder.validity), Some(next));
    let (inbox, reader) = (known.inbox, known.reader);
    let kept = app.write(known.workspace, move |tx| {
        Box::pin(async move {
            let kept = tx
                .execute(
                    sql!(
                        "UPDATE mailboxes SET uid_validity = $4, next_uid = $5, read_until = $6 \
                         WHERE workspace_id = $1 AND inbox_id = $2 AND reader = $3"
                    ),
                    &params![tx.workspace, inbox, reader, folder.validity, next, tx.now + LEASE_MS],
                )
                .await?;
            Ok(kept == 1)
        })
    });
    kept.await
}

async fn end(tx: &mut Tx<'_>, mailbox: &Mailbox) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE mailboxes SET read_until = 0 WHERE workspace_id = $1 AND inbox_id = $2 AND reader = $3"),
        params![tx.workspace, mailbox.inbox, mailbox.reader],
    )
    .await?;
    Ok(())
}

/// The day before, as IMAP writes days, so that no zone of a server hides a mail.
fn day(at_s: i64) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // Days since 1 March 0000, in years that end with February (Howard Hinnant, days_from_civil).
    let days = at_s.div_euclid(DAY_S) - 1 + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let number = if month < 10 { month + 2 } else { month - 10 };
    let year = year_of_era + era * 400 + i64::from(number < 2);
    format!("{day}-{}-{year}", MONTHS[usize::try_from(number).unwrap_or(0) % 12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_servers_read_it() {
        assert_eq!(day(1_793_588_400), "1-Nov-2026");
        assert_eq!(day(DAY_S), "1-Jan-1970");
        assert_eq!(day(1_709_251_200), "29-Feb-2024");
    }
}
