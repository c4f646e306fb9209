//! The account at a provider that is behind an inbox, and how it goes.
//!
//! What must stay true: the token and what pushes are signed with are sealed for this inbox; a success is written down
//! once a minute at most. While an account must be mended nothing leaves through it but a try now and then.

use base::{App, Ms, Problem, Tx};
use channels::{Adapter, COMMENTS, Found};
use db::{Engine, Row, Sql, params, sql};
use ids::{InboxId, WorkspaceId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How often the same news is written down: it is for people.
const NOTED_EVERY_MS: Ms = 60_000;
/// How often an account that must be mended is tried.
pub(crate) const MENDING_MS: Ms = 600_000;
/// Of what providers say of an account, each by a word of its own.
const NOTES: usize = 30;

/// What a provider said of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountNote {
    pub at: i64,
    pub says: String,
}

#[derive(Clone)]
pub(crate) struct Account {
    pub workspace: WorkspaceId,
    pub inbox: InboxId,
    pub adapter: &'static dyn Adapter,
    /// The provider's own name for it.
    pub id: String,
    /// As people know it.
    pub username: String,
    pub address: String,
    /// What its connection asks beside a token, apart from secrets.
    pub fields: BTreeMap<String, String>,
    sealed: Vec<u8>,
    sealed_secrets: Option<Vec<u8>>,
    pub token_set_at: Ms,
    pub polling: bool,
    pub secret_hash: Vec<u8>,
    pub next_update: Option<i64>,
    pub poller: i64,
    pub last_in_at: Option<Ms>,
    pub last_sent_at: Option<Ms>,
    pub last_error_at: Option<Ms>,
    pub last_error: Option<String>,
    /// By the provider's own words.
    pub notes: BTreeMap<String, AccountNote>,
    pub token_ends_at: Option<Ms>,
    /// Since when it must be mended, and when it is tried next.
    pub broken_at: Option<Ms>,
    pub resume_at: Ms,
    pub templates_at: Ms,
    /// When it was last looked whether it tells everything; since when it does not, and since when it tells nothing.
    pub watched_at: Ms,
    pub unheard_at: Option<Ms>,
    pub silent_at: Option<Ms>,
    /// Whether its inbox takes messages.
    pub enabled: bool,
    /// Whether it is to tell of comments: a rule answers some.
    comments: bool,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT a.workspace_id, a.inbox_id, a.channel, a.account, a.address, a.token, a.token_set_at, a.polling, \
             a.secret_hash, a.next_update, a.poller, a.last_in_at, a.last_sent_at, a.last_error_at, a.last_error, \
             a.username, a.fields, a.notes, a.secrets, a.token_ends_at, a.broken_at, a.resume_at, \
             a.templates_at, a.watched_at, a.unheard_at, a.silent_at, i.disabled_at, (SELECT count(*) FROM comment_rules r WHERE r.workspace_id = a.workspace_id \
             AND r.inbox_id = a.inbox_id AND r.enabled = 1) AS comment_rules FROM messenger_accounts a \
             JOIN inboxes i ON i.workspace_id = a.workspace_id AND i.id = a.inbox_id WHERE ",
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
            username: row.get("username")?,
            address: row.get("address")?,
            fields: serde_json::from_str(&row.get::<String>("fields")?)?,
            sealed_secrets: row.get("secrets")?,
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
            notes: serde_json::from_str(&row.get::<String>("notes")?)?,
            token_ends_at: row.get("token_ends_at")?,
            broken_at: row.get("broken_at")?,
            resume_at: row.get("resume_at")?,
            templates_at: row.get("templates_at")?,
            watched_at: row.get("watched_at")?,
            unheard_at: row.get("unheard_at")?,
            silent_at: row.get("silent_at")?,
            enabled: row.get::<Option<Ms>>("disabled_at")?.is_none(),
            comments: row.get::<i64>("comment_rules")? > 0,
        })
    }

    /// Whether the provider means it, by one of its names.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.id == name || self.fields.values().any(|known| known == name)
    }

    /// Whether its pushes are signed, and do not only show a word.
    pub fn signs(&self) -> bool {
        self.sealed_secrets.is_some()
    }

    /// What requests need; `None` when this server has not the key with which the token was sealed.
    pub fn login(&self, app: &App) -> Option<channels::Account> {
        let token = app.keys.open(&self.inbox.to_string(), &self.sealed)?;
        let mut fields = self.fields.clone();
        if self.comments {
            fields.insert(COMMENTS.to_owned(), "on".to_owned());
        }
        Some(channels::Account { address: self.address.clone(), token, fields })
    }

    /// What its pushes are signed with, by the names of the fields.
    pub fn secrets(&self, app: &App) -> BTreeMap<String, String> {
        let opened = self.sealed_secrets.as_ref().and_then(|sealed| app.keys.open(&self.inbox.to_string(), sealed));
        opened.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// With what its pushes prove themselves: what they are signed with, or the hash of what they show.
    pub fn proofs(&self, app: &App) -> Vec<Vec<u8>> {
        match self.sealed_secrets {
            Some(_) => self.secrets(app).into_values().map(String::into_bytes).collect(),
            None => vec![self.secret_hash.clone()],
        }
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

/// Of this workspace, by the provider's own name for it.
pub(crate) async fn named(tx: &mut Tx<'_>, channel: &str, id: &str) -> Result<Option<Account>, Problem> {
    let named = sql!(select!("a.workspace_id = $1 AND a.channel = $2 AND a.account = $3"));
    let row = tx.first(named, &params![tx.workspace, channel, id]).await?;
    row.as_ref().map(Account::from_row).transpose()
}

/// Whether another inbox of this workspace is reached through the same page, so that its pushes go on.
pub(crate) async fn shares_page(tx: &mut Tx<'_>, account: &Account) -> Result<bool, Problem> {
    let Some(page) = account.fields.get("page_id").filter(|page| !page.is_empty()) else { return Ok(false) };
    let others = sql!(select!("a.workspace_id = $1 AND a.inbox_id <> $2"));
    for row in &tx.query(others, &params![tx.workspace, account.inbox]).await? {
        if Account::from_row(row)?.fields.get("page_id") == Some(page) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A new account of an inbox, or another one in its place.
pub(crate) struct NewAccount<'a> {
    pub inbox: InboxId,
    pub channel: &'static str,
    pub login: &'a channels::Account,
    /// What its pushes are signed with, if they are.
    pub secrets: &'a BTreeMap<String, String>,
    pub found: &'a Found,
    pub polling: bool,
    pub secret: &'a str,
}

pub(crate) async fn put(tx: &mut Tx<'_>, new: NewAccount<'_>) -> Result<(), Problem> {
    let app = tx.app().clone();
    let seal = |secret: &str| {
        let sealed = app.keys.seal(&app.random, &new.inbox.to_string(), secret);
        sealed.ok_or_else(|| anyhow::anyhow!("failed to seal a secret"))
    };
    let sealed = seal(&new.login.token)?;
    let secrets = match new.secrets.is_empty() {
        true => None,
        false => Some(seal(&serde_json::to_string(new.secrets)?)?),
    };
    tx.put(
        sql!(
            "INSERT INTO messenger_accounts (workspace_id, inbox_id, channel, account, address, token, token_set_at, \
             polling, secret_hash, fields, secrets, token_ends_at, username) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT (workspace_id, inbox_id) DO UPDATE SET next_update = CASE \
             WHEN messenger_accounts.account = excluded.account THEN messenger_accounts.next_update END, \
             account = excluded.account, address = excluded.address, token = excluded.token, \
             watched_at = 0, unheard_at = NULL, silent_at = NULL, token_set_at = excluded.token_set_at, \
             polling = excluded.polling, secret_hash = excluded.secret_hash, \
             fields = excluded.fields, secrets = excluded.secrets, token_ends_at = excluded.token_ends_at, \
             username = excluded.username, \
             poller = messenger_accounts.poller + 1, polled_until = 0, last_error_at = NULL, last_error = NULL, \
             broken_at = NULL, resume_at = 0, templates_at = 0"
        ),
        params![
            tx.workspace,
            new.inbox,
            new.channel,
            new.found.id.as_str(),
            new.login.address.as_str(),
            sealed,
            tx.now,
            i64::from(new.polling),
            hash(new.secret),
            serde_json::to_string(&new.login.fields)?,
            secrets,
            new.found.token_ends_at,
            new.found.username.as_str(),
        ],
    )
    .await?;
    Ok(())
}

/// What the provider says of it, when it is asked, or by itself.
pub(crate) async fn note(tx: &mut Tx<'_>, account: &Account, said: &[(String, String)]) -> Result<(), Problem> {
    let mut notes = account.notes.clone();
    for (about, says) in said {
        notes.insert(about.clone(), AccountNote { at: tx.now, says: says.clone() });
    }
    while notes.len() > NOTES
        && let Some(oldest) = notes.iter().min_by_key(|(_, note)| note.at).map(|(about, _)| about.clone())
    {
        notes.remove(&oldest);
    }
    tx.put(
        sql!("UPDATE messenger_accounts SET notes = $3 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, account.inbox, serde_json::to_string(&notes)?],
    )
    .await?;
    Ok(())
}

/// It must be mended before anything leaves through it, unless it was connected anew since it was asked.
pub(crate) async fn set_broken(tx: &mut Tx<'_>, account: &Account, why: &str) -> Result<(), Problem> {
    tx.put(
        sql!(
            "UPDATE messenger_accounts SET broken_at = COALESCE(broken_at, $3), resume_at = $4, last_error_at = $3, \
             last_error = $5 WHERE workspace_id = $1 AND inbox_id = $2 AND token_set_at = $6"
        ),
        params![tx.workspace, account.inbox, tx.now, tx.now + MENDING_MS, why, account.token_set_at],
    )
    .await?;
    Ok(())
}

/// It goes again.
pub(crate) async fn set_whole(tx: &mut Tx<'_>, inbox: InboxId, token_ends_at: Option<Ms>) -> Result<(), Problem> {
    tx.put(
        sql!(
            "UPDATE messenger_accounts SET broken_at = NULL, resume_at = 0, token_ends_at = $3 \
             WHERE workspace_id = $1 AND inbox_id = $2"
        ),
        params![tx.workspace, inbox, token_ends_at],
    )
    .await?;
    Ok(())
}

pub(crate) async fn remove(tx: &mut Tx<'_>, inbox: InboxId) -> Result<bool, Problem> {
    tx.put(
        sql!("DELETE FROM messenger_templates WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, inbox],
    )
    .await?;
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

/// Whether it tells everything, and since when it tells nothing.
pub(crate) async fn set_heard(
    tx: &mut Tx<'_>,
    account: &Account,
    heard: bool,
    silent_at: Option<Ms>,
) -> Result<(), Problem> {
    let unheard_at = if heard { None } else { account.unheard_at.or(Some(tx.now)) };
    if (unheard_at, silent_at) == (account.unheard_at, account.silent_at) {
        return Ok(());
    }
    tx.put(
        sql!("UPDATE messenger_accounts SET unheard_at = $3, silent_at = $4 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, account.inbox, unheard_at, silent_at],
    )
    .await?;
    Ok(())
}

/// Its token lasts longer.
pub(crate) async fn renew(
    tx: &mut Tx<'_>,
    account: &Account,
    token: &str,
    secret: &str,
    ends_at: Ms,
) -> Result<(), Problem> {
    let app = tx.app().clone();
    let sealed = app.keys.seal(&app.random, &account.inbox.to_string(), token);
    let sealed = sealed.ok_or_else(|| anyhow::anyhow!("failed to seal a secret"))?;
    tx.put(
        sql!(
            "UPDATE messenger_accounts SET token = $3, token_set_at = $4, token_ends_at = $5, secret_hash = $6 \
             WHERE workspace_id = $1 AND inbox_id = $2 AND token_set_at = $7"
        ),
        params![tx.workspace, account.inbox, sealed, tx.now, ends_at, hash(secret), account.token_set_at],
    )
    .await?;
    Ok(())
}

/// Something came.
pub(crate) async fn note_in(tx: &mut Tx<'_>, account: &Account) -> Result<(), Problem> {
    if account.last_in_at.is_some_and(|at| tx.now - at < NOTED_EVERY_MS) {
        return Ok(());
    }
    tx.put(
        sql!(
            "UPDATE messenger_accounts SET last_in_at = $3, silent_at = NULL WHERE workspace_id = $1 AND inbox_id = $2"
        ),
        params![tx.workspace, account.inbox, tx.now],
    )
    .await?;
    Ok(())
}

/// Something left.
pub(crate) async fn note_sent(tx: &mut Tx<'_>, account: &Account) -> Result<(), Problem> {
    if account.broken_at.is_some() {
        set_whole(tx, account.inbox, account.token_ends_at).await?;
    }
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
