//! A comment that a provider tells of, and what the first rule that fits it answers, in one transaction.
//!
//! What must stay true: a comment is answered once, and one person once by each rule; our own comments are no comments;
//! a blocked contact, and whoever automation may not serve, gets nothing of a rule. Whatever was decided stands in the
//! rule's log.

use crate::{
    account::Account,
    automation::{self, Serves},
    comment_rule::{case_of, filled},
    comment_settings::{CommentRule, rules},
    message,
    take::{identity, without_nul},
};
use base::{Ms, Problem, Tx};
use channels::{Comment, Person};
use conversations::{About, Commented, Message, refuse_blocked, take_comment};
use db::{params, sql};
use ids::{ContactId, EntryId, InboxId, WorkspaceId};
use inboxes::Channel;

/// What a comment is called beside the provider's messages.
pub(crate) const COMMENT: &str = "comment:";
const DAY_MS: Ms = 24 * 3_600_000;
/// After so long nobody asks what became of a comment, and a person may be answered by the same rule again.
const LOG_MS: Ms = 365 * DAY_MS;
const PERSON_CHARACTERS: usize = 200;
const TEXT_CHARACTERS: usize = 500;

pub(crate) async fn take(
    tx: &mut Tx<'_>,
    account: &Account,
    (chat, person, at): (&str, Person, Option<Ms>),
    comment: Comment,
) -> Result<(), Problem> {
    let Some(comments) = account.adapter.capabilities().comments else { return Ok(()) };
    if account.is_called(&person.id) {
        return Ok(());
    }
    let comment = Comment { text: without_nul(comment.text), ..comment };
    let rules = rules(tx, account.inbox).await?.into_iter().filter(|rule| rule.enabled);
    let fits = |rule: CommentRule| {
        let case = case_of(rule.post_id.as_deref(), &rule.cases, &comment)?;
        Some((rule, case))
    };
    let Some((rule, case)) = rules.into_iter().find_map(fits) else { return Ok(()) };
    let serves = automation::serves(tx, account.inbox, &person).await?;
    let contact = contacts::identify(tx, identity(account.inbox, chat, person)).await?;
    let (contact_id, name) = (contact.id, contact.name.clone());
    let skipped = if refuse_blocked(tx, account.inbox, contact_id).await? {
        Some("blocked")
    } else if at.is_some_and(|at| tx.now - at > comments.private_days * DAY_MS) {
        Some("too_old")
    } else if serves != Serves::Yes {
        Some("not_listed")
    } else if was_answered(tx, &rule, contact_id).await? {
        Some("answered_before")
    } else {
        None
    };
    let inbox = inbox_name(tx, account.inbox).await?;
    let text = |text: &str| filled(text, name.as_deref(), &inbox);
    let mut answers = Vec::new();
    match (skipped, serves) {
        (None, _) => {
            let case = &rule.cases[case];
            answers.extend(case.public_to(&comment.id).map(|public| (About::PublicReply, text(public))));
            answers.extend(case.private.as_deref().map(|private| (About::PrivateReply, text(private))));
        }
        (Some("not_listed"), Serves::Others { message: Some(message) })
            if automation::tells(tx, account.inbox, contact_id).await? =>
        {
            answers.push((About::PrivateReply, message));
        }
        _ => {}
    }
    let answers: Vec<_> = answers.into_iter().map(|(about, text)| (EntryId(tx.uuid()), about, text)).collect();
    let entry_of = |wanted: About| answers.iter().find(|(_, about, _)| *about == wanted).map(|(id, ..)| *id);
    let text: Option<String> = comment.text.as_ref().map(|text| text.chars().take(TEXT_CHARACTERS).collect());
    let is_new = tx
        .execute(
            sql!(
                "INSERT INTO comment_answers (workspace_id, inbox_id, rule_id, at, comment, contact_id, person, text, \
                 answer, skipped, public_entry_id, private_entry_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING"
            ),
            &params![
                tx.workspace,
                account.inbox,
                rule.id,
                tx.now,
                format!("{}:{}", account.id, comment.id),
                contact_id,
                name.as_deref().map(|name| name.chars().take(PERSON_CHARACTERS).collect::<String>()),
                text,
                case as i64,
                skipped,
                entry_of(About::PublicReply),
                entry_of(About::PrivateReply),
            ],
        )
        .await?;
    if is_new == 0 || answers.is_empty() {
        return Ok(());
    }
    let entry = EntryId(tx.uuid());
    message::name(tx, account, &format!("{COMMENT}{}", comment.id), entry, "").await?;
    let commented = Commented {
        inbox: account.inbox,
        channel: Channel::Provider(account.adapter.name()),
        contact,
        comment: Message { written_at: at, ..Message::bare(entry, comment.text) },
        answers,
    };
    take_comment(tx, commented).await?;
    Ok(())
}

/// Whether the rule answered this person, whichever of his contacts it was.
async fn was_answered(tx: &mut Tx<'_>, rule: &CommentRule, contact: ContactId) -> Result<bool, Problem> {
    for contact in contacts::all_of(tx, contact).await? {
        let answered = tx
            .first(
                sql!(
                    "SELECT comment FROM comment_answers WHERE workspace_id = $1 AND contact_id = $2 AND rule_id = $3 \
                     AND skipped IS NULL LIMIT 1"
                ),
                &params![tx.workspace, contact, rule.id],
            )
            .await?;
        if answered.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn inbox_name(tx: &mut Tx<'_>, inbox: InboxId) -> Result<String, Problem> {
    let row = tx
        .first(sql!("SELECT name FROM inboxes WHERE workspace_id = $1 AND id = $2"), &params![tx.workspace, inbox])
        .await?;
    Ok(row.map_or(Ok(String::new()), |row| row.get("name"))?)
}

/// In all workspaces.
pub(crate) async fn forget_old(app: &base::App) -> Result<(), Problem> {
    let before = app.clock.now() - LOG_MS;
    app.write(WorkspaceId(ids::Uuid::nil()), move |tx| {
        Box::pin(async move {
            tx.put(sql!("DELETE FROM comment_answers WHERE at < $1"), params![before]).await?;
            Ok(())
        })
    })
    .await
}
