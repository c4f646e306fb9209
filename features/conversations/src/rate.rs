//! How satisfied the contact was with a session that a member closed: 1 to 5, and why.
//!
//! What must stay true: a session has one rating at most, whichever tab gives it; it may change until the next session
//! begins, and what it said before stays for the team. Absent: what closed by itself, spam and what was merged, which
//! nobody is asked about.

use crate::{
    AuthorKind, Entry, EntryKind, RATING_NOT_ASKED, SCORE_INVALID, TEXT_TOO_LONG, Thread, edit::keep_earlier,
    entry::entry, send::known, thread::Parts,
};
use base::{Problem, Tx, optional, refusal};
use db::{params, sql};
use ids::{EntryId, MemberId};
use serde::Deserialize;
use std::ops::RangeInclusive;
use utoipa::ToSchema;

const SCORES: RangeInclusive<u8> = 1..=5;
const COMMENT_CHARACTERS: usize = 1_000;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Made by the widget (UUIDv7), anew for each change; the same id twice is one rating.
    pub id: EntryId,
    /// 1 to 5, the best.
    pub score: u8,
    /// At most 1,000 characters.
    pub comment: Option<String>,
}

/// Whether the contact is asked about the session that this entry closed.
pub(crate) fn is_ratable(entry: &Entry) -> bool {
    entry.author.kind == AuthorKind::Member && entry.reason.is_some_and(|reason| reason.asks_for_rating())
}

/// Stores the contact's rating of the session that was closed last, or changes it. Answers it as it is now.
pub async fn rate(tx: &mut Tx<'_>, mut thread: Thread, asked: Rate) -> Result<Entry, Problem> {
    let score = asked.score;
    if !SCORES.contains(&score) {
        return Err(SCORE_INVALID.with("min", u32::from(*SCORES.start())).with("max", u32::from(*SCORES.end())));
    }
    let text = optional(asked.comment.as_deref(), COMMENT_CHARACTERS, TEXT_TOO_LONG)?;
    let (conversation, contact) = (thread.conversation.id, thread.conversation.contact.id);
    if known(tx, asked.id, conversation, contact.0).await?.is_some() {
        return entry(tx, conversation, asked.id).await?.ok_or_else(|| refusal::NOT_FOUND.into());
    }
    let session = Session::newest(tx, &thread).await?.ok_or(RATING_NOT_ASKED)?;
    let rated = match session.rating {
        Some(id) => entry(tx, conversation, id).await?,
        None => None,
    };
    let id = rated.as_ref().map_or(asked.id, |rated| rated.id);
    match rated {
        Some(rated) if (rated.score, &rated.text) == (Some(score), &text) => return Ok(rated),
        Some(mut rated) => {
            keep_earlier(&mut rated);
            // Words that the team removed are not these.
            rated.removed = None;
            (rated.score, rated.text, rated.edited_at) = (Some(score), text, Some(tx.now));
            thread.correct(rated);
        }
        None => {
            let parts = Parts { id: Some(id), score: Some(score), text, ..Parts::default() };
            let author = thread.contact_author();
            thread.add(tx, EntryKind::Rating, author, parts);
        }
    }
    tx.put(
        sql!(
            "UPDATE sessions SET score = $4, rating_id = $5 \
             WHERE workspace_id = $1 AND conversation_id = $2 AND number = $3"
        ),
        params![tx.workspace, conversation, thread.session, i64::from(score), id],
    )
    .await?;
    thread.save(tx).await?;
    entry(tx, conversation, id).await?.ok_or_else(|| refusal::NOT_FOUND.into())
}

/// A closed session that the contact is asked about.
struct Session {
    rating: Option<EntryId>,
}

impl Session {
    async fn newest(tx: &mut Tx<'_>, thread: &Thread) -> Result<Option<Self>, Problem> {
        let conversation = &thread.conversation;
        let asks = conversation.close_reason.is_some_and(|reason| reason.asks_for_rating());
        if conversation.is_open() || !asks {
            return Ok(None);
        }
        let inbox = inboxes::find_anywhere(tx, conversation.inbox_id).await?;
        if !inbox.is_some_and(|inbox| inbox.website.rating) {
            return Ok(None);
        }
        let row = tx
            .first(
                sql!(
                    "SELECT closed_by, rating_id FROM sessions \
                     WHERE workspace_id = $1 AND conversation_id = $2 AND number = $3"
                ),
                &params![tx.workspace, conversation.id, thread.session],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let by_member = row.get::<Option<MemberId>>("closed_by")?.is_some();
        let rating = row.get("rating_id")?;
        Ok(by_member.then_some(Self { rating }))
    }
}
