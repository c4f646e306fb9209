//! The account at a provider that is behind an inbox, and how it goes.
//!
//! What must stay true: the token is sealed for this inbox; a success is written down once a minute at most.

use base::{App, Ms, Problem, Tx};
use channels::Adapter;
use db::{Engine, Row, Sql, params, sql};
use ids::{InboxId, WorkspaceId};
use sha2::{Digest, Sha256};

/// How often the same news is written down: it is for people.
const NOTED_EVERY_MS: Ms = 60_000;

#[derive(Clone)]
pub(crate) struct Account {
    pub workspace: WorkspaceId,
    pub inbox: InboxId,
    pub adapter: &'static dyn Adapter,
    /// The provider's own name for it.
    pub id: String,
    pub address: String,
    sealed: Vec<u8>,
    pub token_set_at: Ms,
    pub polling: bool,
    pub secret_hash: Vec<u8>,
    pub next_update: Option<i64>,
    pub poller: i64,
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
            "SELECT a.workspace_id, a.inbox_id, a.channel, a.account, a.address, a.token, a.token_set_at, a.polling, \
             a.secret_hash, a.next_update, a.poller, a.last_in_at, a.last_sent_at, a.last_error_at, a.last_error, \
             i.disabled_at FROM messenger_accounts a JOIN inboxes i ON i.workspace_id = a.workspace_id \
             AND i.id = a.inbox_id WHERE ",
            $tail
        )
    };
}

impl Account {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        let channel: String = row.get("channel")?;
        let adapter = channels::find(&channel).ok_or_else(|| anyhow::anyhow!("no channel {channel} is known"))?;
        Ok(Self {
            workspace: row.get("workspace_id")?,
            inbox: row.get("inbox_id")?,
            adapter,
            id: row.get("account")?,
            address: row.get("address")?,
            sealed: row.get("token")?,
            token_set_at: row.get("token_set_at")?,
            polling: row.get::<i64>("polling")? != 0,
            secret_hash: row.get("secret_hash")?,
            next_update: row.get("next_update")?,
            poller: row.get("poller")?,
            last_in_at: row.get("last_in_at")?,
            last_sent_at: row.get("last_sent_at")?,
            last_error_at: row.get("last_error_at")?,
            last_error: row.get("last_error")?,
            enabled: row.get::<Option<Ms>>("disabled_at")?.is_none(),
        })
    }

    /// What requests need; `None` when this server has not the key with which the token was sealed.
    pub fn login(&self, app: &App) -> Option<channels::Account> {
        let token = app.keys.open(&self.inbox.to_string(), &self.sealed)?;
        Some(channels::Account { address: self.address.clone(), token })
    }
}

async fn first(tx: &mut Tx<'_>, sql: &'static Sql, inbox: InboxId) -> Result<Option<Account>, Problem> {
    let row = tx.first(sql, &params![tx.workspace, inbox]).await?;
    row.as_ref().map(Account::from_row).transpose()
}

pub(crate) async fn of(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Account>, Problem> {
    first(tx, sql!(select!("a.workspace_id = $1 AND a.inbox_id = $2")), inbox).await
}

/// Nobody else takes its updates, or changes it, before this transaction ends.
pub(crate) async fn lock(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Account>, Problem> {
    if tx.engine() == Engine::Postgres {
        let lock = sql!(
            postgres: "SELECT inbox_id FROM messenger_accounts WHERE workspace_id = $1 AND inbox_id = $2 FOR UPDATE"
        );
        tx.first(lock, &params![tx.workspace, inbox]).await?;
    }
    of(tx, inbox).await
}

/// Of an inbox by its id alone: whoever pushes knows nothing else.
pub(crate) async fn anywhere(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Option<Account>, Problem> {
    let row = tx.first(sql!(select!("a.inbox_id = $1")), &params![inbox]).await?;
    row.as_ref().map(Account::from_row).transpose()
}

/// Those whose updates are asked for, in every workspace, and whom nobody asks now.
pub(crate) async fn to_poll(tx: &mut Tx<'_>) -> Result<Vec<Account>, Problem> {
    let rows = tx
        .query(
            sql!(select!("a.polling = 1 AND a.polled_until <= $1 AND i.disabled_at IS NULL ORDER BY a.inbox_id")),
            &params![tx.now],
        )
        .await?;
    rows.iter().map(Account::from_row).collect()
}

pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// A new account of an inbox, or another one in its place.
pub(crate) struct NewAccount<'a> {
    pub inbox: InboxId,
    pub channel: &'static str,
    pub id: &'a str,
    pub address: &'a str,
    pub token: &'a str,
    pub polling: bool,
    pub secret: &'a str,
}

pub(crate) async fn put(tx: &mut Tx<'_>, new: NewAccount<'_>) -> Result<(), Problem> {
    let sealed = tx.app().keys.seal(&tx.app().random, &new.inbox.to_string(), new.token);
    let sealed = sealed.ok_or_else(|| anyhow::anyhow!("failed to seal a token"))?;
    tx.put(
        sql!(
            "INSERT INTO messenger_accounts (workspace_id, inbox_id, channel, account, address, token, token_set_at, \
             polling, secret_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (workspace_id, inbox_id) DO UPDATE SET next_update = CASE \
             WHEN messenger_accounts.account = excluded.account THEN messenger_accounts.next_update END, \
             account = excluded.account, address = excluded.address, token = excluded.token, \
             token_set_at = excluded.token_set_at, polling = excluded.polling, secret_hash = excluded.secret_hash, \
             poller = messenger_accounts.poller + 1, polled_until = 0, last_error_at = NULL, last_error = NULL"
        ),
        params![
            tx.workspace,
            new.inbox,
            new.channel,
            new.id,
            new.address,
            sealed,
            tx.now,
            i64::from(new.polling),
            hash(new.secret)
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn remove(tx: &mut Tx<'_>, inbox: InboxId) -> Result<bool, Problem> {
    let gone = tx
        .execute(
            sql!("DELETE FROM messenger_accounts WHERE workspace_id = $1 AND inbox_id = $2"),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(gone == 1)
}

/// Another inbox of the workspace that has this account.
pub(crate) async fn elsewhere(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    channel: &str,
    id: &str,
) -> Result<Option<String>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT i.name FROM messenger_accounts a JOIN inboxes i ON i.workspace_id = a.workspace_id \
                 AND i.id = a.inbox_id WHERE a.workspace_id = $1 AND a.channel = $2 AND a.account = $3 \
                 AND a.inbox_id <> $4"
            ),
            &params![tx.workspace, channel, id, inbox],
        )
        .await?;
    Ok(row.map(|row| row.get("name")).transpose()?)
}

/// Something came.
pub(crate) async fn note_in(tx: &mut Tx<'_>, account: &Account) -> Result<(), Problem> {
    if account.last_in_at.is_some_and(|at| tx.now - at < NOTED_EVERY_MS) {
        return Ok(());
    }
    tx.put(
        sql!("UPDATE messenger_accounts SET last_in_at = $3 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, account.inbox, tx.now],
    )
    .await?;
    Ok(())
}

/// Something left.
pub(crate) async fn note_sent(tx: &mut Tx<'_>, account: &Account) -> Result<(), Problem> {
    if account.last_sent_at.is_some_and(|at| tx.now - at < NOTED_EVERY_MS) {
        return Ok(());
    }
    tx.put(
        sql!("UPDATE messenger_accounts SET last_sent_at = $3 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, account.inbox, tx.now],
    )
    .await?;
    Ok(())
}

/// Something went wrong.
pub(crate) async fn note_error(tx: &mut Tx<'_>, account: &Account, error: &str) -> Result<(), Problem> {
    let same = account.last_error.as_deref() == Some(error);
    if same && account.last_error_at.is_some_and(|at| tx.now - at < NOTED_EVERY_MS) {
        return Ok(());
    }
    tx.put(
        sql!(
            "UPDATE messenger_accounts SET last_error_at = $3, last_error = $4 \
             WHERE workspace_id = $1 AND inbox_id = $2"
        ),
        params![tx.workspace, account.inbox, tx.now, error],
    )
    .await?;
    Ok(())
}
