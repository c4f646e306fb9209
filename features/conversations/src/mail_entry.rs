//! What an entry is besides its words where it travels as e-mail: its subject, who wrote it, and who else reads it.
//!
//! What must stay true: an answer goes to whom the customer's last mail says, unless its writer says otherwise; never to
//! the inbox itself.
//! Absent: the mail itself (`email`).

use crate::{Conversation, Entry, RECIPIENTS_INVALID};
use base::{Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, FileId, InboxId};
use mail::{Address, answered};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Of one mail.
const RECIPIENTS: usize = 20;
const SUBJECT_CHARACTERS: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailAddress {
    pub address: String,
    pub name: Option<String>,
}

impl From<Address> for MailAddress {
    fn from(Address { address, name }: Address) -> Self {
        Self { address, name }
    }
}

impl From<MailAddress> for Address {
    fn from(MailAddress { address, name }: MailAddress) -> Self {
        Self { address, name }
    }
}

/// A message that came, or goes, as e-mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mail {
    pub subject: Option<String>,
    /// Of those that came.
    pub from: Option<MailAddress>,
    /// Where the sender wants answers, if not where he wrote from.
    #[serde(default)]
    pub reply_to: Vec<MailAddress>,
    pub to: Vec<MailAddress>,
    #[serde(default)]
    pub cc: Vec<MailAddress>,
    /// A machine wrote it.
    #[serde(default)]
    pub automatic: bool,
    /// It came from an address that had no part in the conversation.
    #[serde(default)]
    pub stranger: bool,
    /// There is more to see than its text.
    #[serde(default)]
    pub formatted: bool,
    /// It quotes earlier ones, which its text leaves out.
    #[serde(default)]
    pub quoted: bool,
    /// It shows pictures that are elsewhere.
    #[serde(default)]
    pub remote: bool,
    /// Which of the files it shows inside.
    #[serde(default)]
    pub inline: Vec<FileId>,
}

/// To whom an answer goes, when its writer says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailTo {
    /// Addresses; one at least.
    pub to: Vec<String>,
    #[serde(default)]
    pub cc: Vec<String>,
    /// Without one: what the last mail says.
    pub subject: Option<String>,
}

fn parsed(addresses: &[String]) -> Result<Vec<MailAddress>, Problem> {
    let one = |text: &String| {
        let refusal =
            || RECIPIENTS_INVALID.with("max", RECIPIENTS).with("address", text.chars().take(100).collect::<String>());
        Address::parse(text).map(MailAddress::from).ok_or_else(refusal)
    };
    addresses.iter().take(RECIPIENTS + 1).map(one).collect()
}

/// The newest mail of somebody outside.
async fn last(tx: &mut Tx<'_>, conversation: &Conversation) -> Result<Option<Mail>, Problem> {
    let row = tx
        .first(
            sql!(crate::entry::select!(
                "conversation_id = $2 AND author_kind = 'contact' AND kind = 'message' ORDER BY position DESC LIMIT 1"
            )),
            &params![tx.workspace, conversation.id],
        )
        .await?;
    Ok(row.map(|row| Entry::from_row(&row, conversation.id)).transpose()?.and_then(|entry| entry.mail))
}

/// What a message of ours is as mail.
pub(crate) async fn outgoing(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    asked: Option<MailTo>,
) -> Result<Mail, Problem> {
    let (inbox, last) = (conversation.inbox_id, last(tx, conversation).await?);
    let known = last.as_ref().and_then(|last| last.subject.clone());
    let written = asked.as_ref().and_then(|asked| asked.subject.clone());
    let title = conversation.title.clone();
    let subject = match (written, known) {
        (Some(subject), _) => subject.split_whitespace().collect::<Vec<_>>().join(" "),
        (None, Some(subject)) => answered(&subject),
        (None, None) => title.unwrap_or_default(),
    };
    let subject: String = subject.chars().filter(|char| !char.is_control()).take(SUBJECT_CHARACTERS).collect();
    let (to, cc) = match asked {
        Some(asked) => (parsed(&asked.to)?, parsed(&asked.cc)?),
        None => answers(tx, conversation, last.as_ref(), inbox).await?,
    };
    if to.is_empty() || to.len() + cc.len() > RECIPIENTS {
        return Err(RECIPIENTS_INVALID.with("max", RECIPIENTS).with("address", ""));
    }
    Ok(Mail { subject: Some(subject).filter(|subject| !subject.is_empty()), to, cc, ..Mail::default() })
}

type People = (Vec<MailAddress>, Vec<MailAddress>);

/// To all, as the last mail says.
async fn answers(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    last: Option<&Mail>,
    inbox: InboxId,
) -> Result<People, Problem> {
    let own = inboxes::find(tx, inbox).await?.and_then(|inbox| inbox.email?.address).unwrap_or_default();
    let Some(last) = last else {
        let outside = contacts::outside(tx, inbox, conversation.contact.id).await?;
        let address = outside.and_then(|outside| Address::parse(&outside.external_id));
        return Ok((address.map(MailAddress::from).into_iter().collect(), Vec::new()));
    };
    let mut to: Vec<MailAddress> =
        if last.reply_to.is_empty() { last.from.clone().into_iter().collect() } else { last.reply_to.clone() };
    to.retain(|to| to.address != own);
    let others = last.to.iter().chain(&last.cc).filter(|one| {
        let is_own = one.address == own || mail::token_in_address(&one.address).is_some();
        !is_own && !to.iter().any(|to| to.address == one.address)
    });
    let mut cc: Vec<MailAddress> = Vec::new();
    for one in others {
        if !cc.contains(one) && to.len() + cc.len() < RECIPIENTS {
            cc.push(one.clone());
        }
    }
    Ok((to, cc))
}

/// The words of an entry are gone, also as it came.
pub(crate) async fn forget(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE mails SET html = '' WHERE workspace_id = $1 AND entry_id = $2"),
        params![tx.workspace, entry.id],
    )
    .await?;
    Ok(())
}

/// Whether somebody wrote in the conversation by mail, or was written to.
pub async fn takes_part(tx: &mut Tx<'_>, id: ConversationId, address: &str) -> Result<bool, Problem> {
    let named = format!("\"address\":\"{address}\"");
    let looked = sql!(
        sqlite: "SELECT id FROM entries WHERE workspace_id = $1 AND conversation_id = $2 AND kind = 'message' \
                 AND instr(detail, $3) > 0 LIMIT 1",
        postgres: "SELECT id FROM entries WHERE workspace_id = $1 AND conversation_id = $2 AND kind = 'message' \
                   AND strpos(detail, $3) > 0 LIMIT 1"
    );
    Ok(tx.first(looked, &params![tx.workspace, id, named]).await?.is_some())
}
