//! What an entry is besides its words where it travels as e-mail: its subject, who wrote it, and who else reads it.
//!
//! What must stay true: an answer goes to whom the customer's last mail says, unless its writer says otherwise; never to
//! the inbox itself.
//! Absent: the mail itself (`email`).

use crate::{Conversation, Entry, RECIPIENTS_INVALID};
use base::{MemberCaller, Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, FileId};
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
    /// What stands below one of ours, with marks.
    #[serde(default)]
    pub signature: Option<String>,
}

/// What an answer is as mail, when its writer says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailTo {
    /// Addresses; one at least. Without them, and without `cc`: whom the last mail says.
    #[serde(default)]
    pub to: Option<Vec<String>>,
    #[serde(default)]
    pub cc: Vec<String>,
    /// Without one: what the last mail says.
    #[serde(default)]
    pub subject: Option<String>,
    /// Without the signatures of the inbox and of the writer.
    #[serde(default)]
    pub unsigned: bool,
}

fn parsed(addresses: &[String]) -> Result<Vec<MailAddress>, Problem> {
    let one = |text: &String| {
        let refusal =
            || RECIPIENTS_INVALID.with("max", RECIPIENTS).with("address", text.chars().take(100).collect::<String>());
        Address::parse(text).map(MailAddress::from).ok_or_else(refusal)
    };
    addresses.iter().take(RECIPIENTS + 1).map(one).collect()
}

/// The newest message of somebody outside, or of ours: its place, and what it is as mail.
async fn newest(tx: &mut Tx<'_>, conversation: &Conversation, by: &str) -> Result<Option<(i64, Mail)>, Problem> {
    let row = tx
        .first(
            sql!(crate::entry::select!(
                "conversation_id = $2 AND author_kind = $3 AND kind = 'message' ORDER BY position DESC LIMIT 1"
            )),
            &params![tx.workspace, conversation.id, by],
        )
        .await?;
    let entry = row.map(|row| Entry::from_row(&row, conversation.id)).transpose()?;
    Ok(entry.and_then(|entry| Some((entry.position, entry.mail?))))
}

/// What a message of ours is as mail.
pub(crate) async fn outgoing(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    member: &MemberCaller,
    asked: Option<MailTo>,
) -> Result<Mail, Problem> {
    let MailTo { to: asked, cc: asked_cc, subject: written, unsigned } = asked.unwrap_or_default();
    let last = newest(tx, conversation, "contact").await?;
    let known = last.as_ref().and_then(|(_, last)| last.subject.clone());
    let title = conversation.title.clone();
    let subject = match (written, known) {
        (Some(subject), _) => subject.split_whitespace().collect::<Vec<_>>().join(" "),
        (None, Some(subject)) => answered(&subject),
        (None, None) => title.unwrap_or_default(),
    };
    let subject: String = subject.chars().filter(|char| !char.is_control()).take(SUBJECT_CHARACTERS).collect();
    let own = inboxes::mail_addresses(tx).await?;
    let is_own = |one: &MailAddress| own.contains(&one.address) || mail::token_in_address(&one.address).is_some();
    let (mut to, mut cc) = match asked {
        Some(asked) => (parsed(&asked)?, parsed(&asked_cc)?),
        None => answers(tx, conversation, last, &is_own).await?,
    };
    to.retain(|one| !is_own(one));
    cc.retain(|one| !is_own(one) && to.iter().all(|to| to.address != one.address));
    if to.is_empty() || to.len() + cc.len() > RECIPIENTS {
        return Err(RECIPIENTS_INVALID.with("max", RECIPIENTS).with("address", ""));
    }
    let signature = if unsigned { None } else { signature(tx, conversation, member).await? };
    Ok(Mail { subject: Some(subject).filter(|subject| !subject.is_empty()), to, cc, signature, ..Mail::default() })
}

type People = (Vec<MailAddress>, Vec<MailAddress>);

/// The writer's lines, and below them the inbox's.
async fn signature(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    member: &MemberCaller,
) -> Result<Option<String>, Problem> {
    let Some(inbox) = inboxes::find(tx, conversation.inbox_id).await? else { return Ok(None) };
    let (his, ours) = (people::signature_of(tx, member.id).await?, inbox.email.unwrap_or_default().signature);
    let lines = [his, ours].map(|text| people::filled_signature(&text, &member.name, &inbox.name));
    let lines: Vec<_> = lines.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    Ok(Some(lines.join("\n")).filter(|text| !text.is_empty()))
}

/// To all, as the last mail says. Whoever was left out, or added, since the customer's last one stays so, if that answer
/// went to him too.
async fn answers(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    last: Option<(i64, Mail)>,
    is_own: &impl Fn(&MailAddress) -> bool,
) -> Result<People, Problem> {
    let (since, last) = last.map_or((0, None), |(position, last)| (position, Some(last)));
    let mut to: Vec<MailAddress> = match &last {
        None => {
            let outside = contacts::outside(tx, conversation.inbox_id, conversation.contact.id).await?;
            outside
                .and_then(|outside| Address::parse(&outside.external_id))
                .map(MailAddress::from)
                .into_iter()
                .collect()
        }
        Some(last) if last.reply_to.is_empty() => last.from.clone().into_iter().collect(),
        Some(last) => last.reply_to.clone(),
    };
    to.retain(|to| !is_own(to));
    let answer = newest(tx, conversation, "member").await?.filter(|(position, _)| *position > since);
    if let Some((_, answer)) = answer
        && answer.to.iter().any(|one| to.iter().any(|to| to.address == one.address))
    {
        return Ok((answer.to, answer.cc));
    }
    let Some(last) = last else { return Ok((to, Vec::new())) };
    let others =
        last.to.iter().chain(&last.cc).filter(|one| !is_own(one) && !to.iter().any(|to| to.address == one.address));
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
