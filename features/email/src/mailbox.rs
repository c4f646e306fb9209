//! The mailbox behind an inbox, and how it goes.
//!
//! What must stay true: its password is sealed for this inbox; a success is written down once a minute at most.

use crate::server::MailServer;
use base::{App, Ms, Problem, Tx};
use db::{Row, params, sql};
use ids::{InboxId, WorkspaceId};
use mail::Address;
use outbound::Secret;
use serde::{Deserialize, Serialize};

/// How often the same news is written down: it is for people.
const NOTED_EVERY_MS: Ms = 60_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Servers {
    /// None: mail is pushed to us.
    pub imap: Option<MailServer>,
    pub smtp: MailServer,
}

#[derive(Clone)]
pub(crate) struct Mailbox {
    pub workspace: WorkspaceId,
    pub inbox: InboxId,
    /// What customers see as the sender's name: the workspace's.
    pub name: String,
    pub address: String,
    pub servers: Servers,
    pub username: String,
    password: Vec<u8>,
    pub password_set_at: Ms,
    hook_secret: Vec<u8>,
    pub plus: bool,
    pub since: Ms,
    pub uid_validity: Option<i64>,
    pub next_uid: Option<i64>,
    pub reader: i64,
    pub dropped: i64,
    pub last_in_at: Option<Ms>,
    pub last_sent_at: Option<Ms>,
    pub last_error_at: Option<Ms>,
    pub last_error: Option<String>,
    /// Whether its inbox takes messages.
    pub enabled: bool,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT m.workspace_id, m.inbox_id, w.name, m.address, m.servers, m.username, m.password, \
             m.password_set_at, m.hook_secret, m.plus, m.since, m.uid_validity, m.next_uid, m.reader, \
             m.dropped, m.last_in_at, m.last_sent_at, m.last_error_at, m.last_error, i.disabled_at FROM mailboxes m \
             JOIN inboxes i ON i.workspace_id = m.workspace_id AND i.id = m.inbox_id \
             JOIN workspaces w ON w.id = m.workspace_id WHERE ",
            $tail
        )
    };
}

impl Mailbox {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            workspace: row.get("workspace_id")?,
            inbox: row.get("inbox_id")?,
            name: row.get("name")?,
            address: row.get("address")?,
            servers: serde_json::from_str(&row.get::<String>("servers")?)?,
            username: row.get("username")?,
            password: row.get("password")?,
            password_set_at: row.get("password_set_at")?,
            hook_secret: row.get("hook_secret")?,
            plus: row.get::<i64>("plus")? != 0,
            since: row.get("since")?,
            uid_validity: row.get("uid_validity")?,
            next_uid: row.get("next_uid")?,
            reader: row.get("reader")?,
            dropped: row.get("dropped")?,
            last_in_at: row.get("last_in_at")?,
            last_sent_at: row.get("last_sent_at")?,
            last_error_at: row.get("last_error_at")?,
            last_error: row.get("last_error")?,
            enabled: row.get::<Option<Ms>>("disabled_at")?.is_none(),
        })
    }

    /// None when this server has not the key with which it was sealed.
    pub fn password(&self, app: &App) -> Option<String> {
        app.keys.open(&about_password(self.inbox), &self.password)
    }

    /// What both sides sign pushed mail with.
    pub fn hook_secret(&self, app: &App) -> Option<Secret> {
        Secret::parse(&app.keys.open(&about_hook(self.inbox), &self.hook_secret)?)
    }

    pub fn sender(&self) -> Result<Address, Problem> {
        let address = Address::parse(&self.address).ok_or_else(|| anyhow::anyhow!("a mailbox without an address"))?;
        Ok(address.called(Some(&self.name)))
    }
}

fn about_password(inbox: InboxId) -> String {
    format!("mailbox:{inbox}")
}

fn about_hook(inbox: InboxId) -> String {
    format!("mail-hook:{inbox}")
}

pub(crate) async fn of(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Mailbox>, Problem> {
    let row = tx.first(sql!(select!("m.workspace_id = $1 AND m.inbox_id = $2")), &params![tx.workspace, inbox]).await?;
    row.as_ref().map(Mailbox::from_row).transpose()
}

/// The workspace's oldest that takes part: what belongs to no mail inbox leaves through it.
pub(crate) async fn first(tx: &mut Tx<'_>) -> Result<Option<Mailbox>, Problem> {
    let row = tx
        .first(
            sql!(select!("m.workspace_id = $1 AND i.disabled_at IS NULL ORDER BY i.created_at, i.id LIMIT 1")),
            &params![tx.workspace],
        )
        .await?;
    row.as_ref().map(Mailbox::from_row).transpose()
}

/// Of an inbox by its id alone: whoever pushes knows nothing else.
pub(crate) async fn anywhere(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Mailbox>, Problem> {
    let row = tx.first(sql!(select!("m.inbox_id = $1")), &params![inbox]).await?;
    row.as_ref().map(Mailbox::from_row).transpose()
}

/// Those that are read, in every workspace, and that nobody reads now.
pub(crate) async fn to_read(tx: &mut Tx<'_>) -> Result<Vec<Mailbox>, Problem> {
    let rows = tx
        .query(sql!(select!("m.read_until <= $1 AND i.disabled_at IS NULL ORDER BY m.inbox_id")), &params![tx.now])
        .await?;
    let all = rows.iter().map(Mailbox::from_row).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|mailbox| mailbox.servers.imap.is_some()).collect())
}

/// Whether an address is one of the workspace's own.
pub(crate) async fn is_ours(tx: &mut Tx<'_>, address: &str) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!("SELECT inbox_id FROM mailboxes WHERE workspace_id = $1 AND address = $2"),
            &params![tx.workspace, address],
        )
        .await?;
    Ok(row.is_some())
}

/// Another inbox of the workspace that has this address.
pub(crate) async fn elsewhere(tx: &mut Tx<'_>, inbox: InboxId, address: &str) -> Result<Option<String>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT i.name FROM mailboxes m JOIN inboxes i ON i.workspace_id = m.workspace_id \
                 AND i.id = m.inbox_id WHERE m.workspace_id = $1 AND m.address = $2 AND m.inbox_id <> $3"
            ),
            &params![tx.workspace, address, inbox],
        )
        .await?;
    Ok(row.map(|row| row.get("name")).transpose()?)
}

/// A new mailbox of an inbox, or another one in its place.
pub(crate) struct NewMailbox {
    pub inbox: InboxId,
    pub address: String,
    pub servers: Servers,
    pub username: String,
    /// None: the one that is there.
    pub password: Option<String>,
    pub plus: bool,
}

pub(crate) async fn put(tx: &mut Tx<'_>, new: NewMailbox) -> Result<(), Problem> {
    let known = of(tx, new.inbox).await?;
    let app = tx.app().clone();
    let seal = |about: &str, secret: &str| {
        app.keys.seal(&app.random, about, secret).ok_or_else(|| anyhow::anyhow!("failed to seal a secret"))
    };
    let (password, set_at) = match (&new.password, &known) {
        (None, Some(known)) => (known.password.clone(), known.password_set_at),
        (password, _) => (seal(&about_password(new.inbox), password.as_deref().unwrap_or_default())?, tx.now),
    };
    let hook_secret = match &known {
        Some(known) => known.hook_secret.clone(),
        None => seal(&about_hook(new.inbox), &Secret::new(app.random.bytes()).reveal())?,
    };
    // Another folder is read from now on, and the same one goes on where it was.
    let same = known.as_ref().filter(|known| {
        known.servers.imap == new.servers.imap && known.username == new.username && known.address == new.address
    });
    let since = same.map_or(tx.now, |known| known.since);
    let (validity, next) = same.map_or((None, None), |known| (known.uid_validity, known.next_uid));
    tx.put(
        sql!(
            "INSERT INTO mailboxes (workspace_id, inbox_id, address, servers, username, password, password_set_at, \
             hook_secret, plus, signature, since, uid_validity, next_uid) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, $11, $12) \
             ON CONFLICT (workspace_id, inbox_id) DO UPDATE SET address = excluded.address, \
             servers = excluded.servers, username = excluded.username, password = excluded.password, \
             password_set_at = excluded.password_set_at, plus = excluded.plus, \
             since = excluded.since, uid_validity = excluded.uid_validity, next_uid = excluded.next_uid, \
             reader = mailboxes.reader + 1, read_until = 0, last_error_at = NULL, last_error = NULL"
        ),
        params![
            tx.workspace,
            new.inbox,
            new.address,
            serde_json::to_string(&new.servers)?,
            new.username,
            password,
            set_at,
            hook_secret,
            i64::from(new.plus),
            since,
            validity,
            next,
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn remove(tx: &mut Tx<'_>, inbox: InboxId) -> Result<bool, Problem> {
    let gone = tx
        .execute(sql!("DELETE FROM mailboxes WHERE workspace_id = $1 AND inbox_id = $2"), &params![tx.workspace, inbox])
        .await?;
    Ok(gone == 1)
}

/// Something came.
pub(crate) async fn note_in(tx: &mut Tx<'_>, mailbox: &Mailbox) -> Result<(), Problem> {
    if mailbox.last_in_at.is_some_and(|at| tx.now - at < NOTED_EVERY_MS) {
        return Ok(());
    }
    tx.put(
        sql!("UPDATE mailboxes SET last_in_at = $3 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, mailbox.inbox, tx.now],
    )
    .await?;
    Ok(())
}

/// Something left.
pub(crate) async fn note_sent(tx: &mut Tx<'_>, mailbox: &Mailbox) -> Result<(), Problem> {
    if mailbox.last_sent_at.is_some_and(|at| tx.now - at < NOTED_EVERY_MS) {
        return Ok(());
    }
    tx.put(
        sql!("UPDATE mailboxes SET last_sent_at = $3 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, mailbox.inbox, tx.now],
    )
    .await?;
    Ok(())
}

/// Something went wrong.
pub(crate) async fn note_error(tx: &mut Tx<'_>, mailbox: &Mailbox, error: &str) -> Result<(), Problem> {
    let same = mailbox.last_error.as_deref() == Some(error);
    if same && mailbox.last_error_at.is_some_and(|at| tx.now - at < NOTED_EVERY_MS) {
        return Ok(());
    }
    tx.put(
        sql!("UPDATE mailboxes SET last_error_at = $3, last_error = $4 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, mailbox.inbox, tx.now, error],
    )
    .await?;
    Ok(())
}

/// A mail that is shown to nobody.
pub(crate) async fn count_dropped(tx: &mut Tx<'_>, inbox: InboxId) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE mailboxes SET dropped = dropped + 1 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, inbox],
    )
    .await?;
    Ok(())
}
