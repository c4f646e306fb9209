//! The log of a conversation: who did what and when, on both sides, newest first.
//!
//! Every line is told from the entries. When one was corrected or removed stands in `entry_changes`, written by the
//! change's own transaction, so that a page is two index ranges that are merged. What must stay true: the log shows
//! no words that the conversation does not keep; removed ones are gone here too. Absent: what nobody stores, such as
//! who looked at it; and the pages that were viewed, unless they are asked for: they would bury what was done.

use crate::{
    Assignment, Author, AuthorKind, Card, CloseReason, Entry, EntryKind, RecordNews,
    access::CanRead,
    entry::{select, spelled},
};
use axum::Json;
use base::{Ctx, Cursor, Problem, QueryOf, Tx, page_size};
use db::{FromValue, Row, params, sql};
use ids::{ConversationId, EntryId, MemberId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE_LINES: i64 = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogKind {
    Message,
    Note,
    Opened,
    Closed,
    Reopened,
    Assigned,
    Snoozed,
    Woken,
    Blocked,
    Unblocked,
    Titled,
    Tagged,
    Untagged,
    Prioritized,
    Unpinned,
    Bound,
    Rating,
    Navigation,
    Greeted,
    CardClicked,
    NotSent,
    Restored,
    /// Something was done with a record.
    Record,
    /// A message, a note or a rating says something else since.
    Corrected,
    /// The words of a message or note were taken away.
    Removed,
}

spelled!(
    LogKind,
    "a kind of log line was expected",
    Message = "message",
    Note = "note",
    Opened = "opened",
    Closed = "closed",
    Reopened = "reopened",
    Assigned = "assigned",
    Snoozed = "snoozed",
    Woken = "woken",
    Blocked = "blocked",
    Unblocked = "unblocked",
    Titled = "titled",
    Tagged = "tagged",
    Untagged = "untagged",
    Prioritized = "prioritized",
    Unpinned = "unpinned",
    Bound = "bound",
    Rating = "rating",
    Navigation = "navigation",
    Greeted = "greeted",
    CardClicked = "card_clicked",
    NotSent = "not_sent",
    Restored = "restored",
    Record = "record",
    Corrected = "corrected",
    Removed = "removed"
);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LogLine {
    pub kind: LogKind,
    pub at: i64,
    pub actor: Author,
    /// What it is about.
    pub entry_id: EntryId,
    pub entry_kind: EntryKind,
    pub position: i64,
    /// What was said at that time; `null` when it is not kept, or nothing was said. Of navigations: the address.
    pub text: Option<String>,
    /// Of corrections: what it said before.
    pub before: Option<String>,
    /// The names of the files that came with it.
    pub files: Vec<String>,
    /// Of messages.
    pub card: Option<Card>,
    /// Of what was done with a record.
    pub record: Option<RecordNews>,
    pub assignment: Option<Assignment>,
    /// Of closings.
    pub reason: Option<CloseReason>,
    /// Of snoozes and blocks: when they end.
    pub until: Option<i64>,
    /// Of ratings, and of their corrections: 1 to 5.
    pub score: Option<u8>,
    /// Of corrections: what it was before.
    pub score_before: Option<u8>,
}

#[derive(Serialize, ToSchema)]
pub struct LogPage {
    /// Newest first.
    pub lines: Vec<LogLine>,
    pub next_cursor: Option<String>,
}

#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LogQuery {
    /// Not before this time …
    pub from: Option<i64>,
    /// … and not after this one.
    pub until: Option<i64>,
    /// Only what one side did.
    pub actor: Option<AuthorKind>,
    /// Only what this member did.
    pub member: Option<MemberId>,
    /// Without it: all but navigations.
    pub kind: Option<LogKind>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

/// Which lines are wanted.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    from: i64,
    until: i64,
    actor: Option<AuthorKind>,
    member: Option<MemberId>,
    kind: Option<LogKind>,
}

impl Wanted {
    pub(crate) fn new(
        from: Option<i64>,
        until: Option<i64>,
        actor: Option<AuthorKind>,
        member: Option<MemberId>,
        kind: Option<LogKind>,
    ) -> Self {
        let actor = actor.or(member.map(|_| AuthorKind::Member));
        Self { from: from.unwrap_or(i64::MIN), until: until.unwrap_or(i64::MAX), actor, member, kind }
    }

    /// How an entry keeps that the member took its words away.
    fn removed_by(self) -> Option<String> {
        let id = self.member?;
        Some(format!("%\"removed\":{{\"at\":%,\"by\":{{\"kind\":\"member\",\"id\":\"{id}\"%"))
    }

    fn has_changes(self) -> bool {
        self.kind.is_none_or(|kind| matches!(kind, LogKind::Corrected | LogKind::Removed))
    }

    fn has_entries(self) -> bool {
        self.kind.is_none_or(|kind| !matches!(kind, LogKind::Corrected | LogKind::Removed))
    }
}

/// How far both ranges were read: entries by position, changes by time and revision.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    position: i64,
    at: i64,
    revision: i64,
}

impl Place {
    pub(crate) fn parse(text: Option<&str>) -> Result<Self, Problem> {
        let Cursor { at: position, id } = Cursor::parse(text)?;
        let (at, revision) = id.as_u64_pair();
        let number = |bits: u64| i64::try_from(bits).unwrap_or(i64::MAX);
        Ok(Self { position, at: number(at), revision: number(revision) })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let id = Uuid::from_u64_pair(self.at.unsigned_abs(), self.revision.unsigned_abs());
        Cursor { at: self.position, id }.fmt(f)
    }
}

/// An entry whose words changed, and when.
struct Change {
    entry: Entry,
    kind: LogKind,
    at: i64,
    revision: i64,
}

/// Keeps when the words of an entry changed; the entry says what of it may be shown.
pub(crate) async fn keep(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), Problem> {
    let (kind, by) = match &entry.removed {
        Some(removed) => (LogKind::Removed, removed.by.kind),
        None => (LogKind::Corrected, entry.author.kind),
    };
    tx.put(
        sql!(
            "INSERT INTO entry_changes (workspace_id, conversation_id, at, revision, position, kind, author_kind) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            tx.workspace,
            entry.conversation_id,
            tx.now,
            entry.revision,
            entry.position,
            kind.as_str(),
            by.as_str(),
        ],
    )
    .await?;
    Ok(())
}

/// Up to `limit` lines after a place, newest first, and where to go on.
pub(crate) async fn lines(
    tx: &mut Tx<'_>,
    id: ConversationId,
    wanted: Wanted,
    mut place: Place,
    limit: i64,
) -> Result<(Vec<LogLine>, Option<Place>), Problem> {
    let mut entries = entries(tx, id, wanted, place.position, limit + 1).await?.into_iter().peekable();
    let mut changes = changes(tx, id, wanted, place, limit + 1).await?.into_iter().peekable();
    let mut lines = Vec::new();
    while (lines.len() as i64) < limit {
        // At the same time: a change comes after what it changes.
        let change = match (entries.peek(), changes.peek()) {
            (Some(entry), Some(change)) => change.at >= entry.at,
            (None, Some(_)) => true,
            (Some(_), None) => false,
            (None, None) => break,
        };
        if change {
            lines.extend(changes.next().map(|change| {
                (place.at, place.revision) = (change.at, change.revision);
                LogLine::of_change(change)
            }));
        } else {
            lines.extend(entries.next().map(|entry| {
                place.position = entry.position;
                LogLine::of_entry(entry)
            }));
        }
    }
    let more = entries.peek().is_some() || changes.peek().is_some();
    Ok((lines, more.then_some(place)))
}

async fn entries(
    tx: &mut Tx<'_>,
    id: ConversationId,
    wanted: Wanted,
    before: i64,
    limit: i64,
) -> Result<Vec<Entry>, Problem> {
    if !wanted.has_entries() {
        return Ok(Vec::new());
    }
    let rows = tx
        .query(
            sql!(select!(
                "conversation_id = $2 AND position < $3 AND at >= $4 AND at <= $5 \
                 AND (kind = $6 OR ($6 IS NULL AND kind <> 'navigation')) \
                 AND (author_kind = $7 OR $7 IS NULL) AND (author_id = $8 OR $8 IS NULL) \
                 ORDER BY position DESC LIMIT $9"
            )),
            &params![
                tx.workspace,
                id,
                before,
                wanted.from,
                wanted.until,
                wanted.kind.map(LogKind::as_str),
                wanted.actor.map(AuthorKind::as_str),
                wanted.member.map(|id| id.0),
                limit,
            ],
        )
        .await?;
    rows.iter().map(|row| Entry::from_row(row, id)).collect()
}

async fn changes(
    tx: &mut Tx<'_>,
    id: ConversationId,
    wanted: Wanted,
    before: Place,
    limit: i64,
) -> Result<Vec<Change>, Problem> {
    if !wanted.has_changes() {
        return Ok(Vec::new());
    }
    let values = params![
        tx.workspace,
        id,
        before.at,
        before.revision,
        wanted.from,
        wanted.until,
        wanted.kind.map(LogKind::as_str),
        wanted.actor.map(AuthorKind::as_str),
        wanted.member.map(|id| id.0),
        wanted.removed_by(),
        limit,
    ];
    let rows = tx
        .query(
            sql!(
                "SELECT h.at AS changed_at, h.revision AS change_revision, h.kind AS change_kind, e.position, e.id, \
                 e.at, e.kind, e.revision, e.author_kind, e.author_id, e.author_name, e.text, e.detail, e.delivery, \
                 e.failure FROM entry_changes h JOIN entries e ON e.workspace_id = h.workspace_id \
                 AND e.conversation_id = h.conversation_id AND e.position = h.position \
                 WHERE h.workspace_id = $1 AND h.conversation_id = $2 AND (h.at, h.revision) < ($3, $4) \
                 AND h.at >= $5 AND h.at <= $6 AND (h.kind = $7 OR $7 IS NULL) \
                 AND (h.author_kind = $8 OR $8 IS NULL) \
                 AND ((h.kind = 'corrected' AND e.author_id = $9) OR (h.kind = 'removed' AND e.detail LIKE $10) \
                 OR $9 IS NULL) ORDER BY h.at DESC, h.revision DESC LIMIT $11"
            ),
            &values,
        )
        .await?;
    rows.iter().map(|row| Change::from_row(row, id)).collect()
}

impl Change {
    fn from_row(row: &Row, id: ConversationId) -> Result<Self, Problem> {
        Ok(Self {
            entry: Entry::from_row(row, id)?,
            kind: row.get("change_kind")?,
            at: row.get("changed_at")?,
            revision: row.get("change_revision")?,
        })
    }
}

impl LogLine {
    fn of_entry(entry: Entry) -> Self {
        // What it said first, as long as that is kept.
        let first = entry.earlier.first().map(|first| (first.at, first.text.clone(), first.score));
        let said = entry.text.or(entry.page.map(|page| page.url));
        let (text, score) = match first {
            // A click repeats the title of its card.
            None if entry.kind == EntryKind::CardClicked => (entry.quote.and_then(|quote| quote.text), None),
            None => (said, entry.score),
            // What came from another conversation was said before it came.
            Some((at, text, score)) if at == entry.at || Some(at) == entry.written_at => (text, score),
            Some(_) => (None, None),
        };
        Self {
            kind: match entry.kind {
                EntryKind::Message => LogKind::Message,
                EntryKind::Note => LogKind::Note,
                EntryKind::Opened => LogKind::Opened,
                EntryKind::Closed => LogKind::Closed,
                EntryKind::Reopened => LogKind::Reopened,
                EntryKind::Assigned => LogKind::Assigned,
                EntryKind::Snoozed => LogKind::Snoozed,
                EntryKind::Woken => LogKind::Woken,
                EntryKind::Blocked => LogKind::Blocked,
                EntryKind::Unblocked => LogKind::Unblocked,
                EntryKind::Titled => LogKind::Titled,
                EntryKind::Tagged => LogKind::Tagged,
                EntryKind::Untagged => LogKind::Untagged,
                EntryKind::Prioritized => LogKind::Prioritized,
                EntryKind::Unpinned => LogKind::Unpinned,
                EntryKind::Bound => LogKind::Bound,
                EntryKind::Rating => LogKind::Rating,
                EntryKind::Navigation => LogKind::Navigation,
                EntryKind::Greeted => LogKind::Greeted,
                EntryKind::CardClicked => LogKind::CardClicked,
                EntryKind::NotSent => LogKind::NotSent,
                EntryKind::Restored => LogKind::Restored,
                EntryKind::Record => LogKind::Record,
            },
            at: entry.at,
            actor: entry.author,
            entry_id: entry.id,
            entry_kind: entry.kind,
            position: entry.position,
            text,
            before: None,
            files: entry.files.into_iter().map(|file| file.name).collect(),
            card: entry.card,
            record: entry.record,
            assignment: entry.assignment,
            reason: entry.reason,
            until: entry.until,
            score,
            score_before: None,
        }
    }

    fn of_change(Change { entry, kind, at, .. }: Change) -> Self {
        let (now, before) = if kind == LogKind::Corrected { words_of(&entry, at) } else { Default::default() };
        // Nobody corrects the words of another.
        let actor = entry.removed.filter(|_| kind == LogKind::Removed).map_or(entry.author, |removed| removed.by);
        Self {
            kind,
            at,
            actor,
            entry_id: entry.id,
            entry_kind: entry.kind,
            position: entry.position,
            text: now.text,
            before: before.text,
            files: Vec::new(),
            card: None,
            record: None,
            assignment: None,
            reason: None,
            until: None,
            score: now.score,
            score_before: before.score,
        }
    }
}

#[derive(Clone, Default)]
struct Words {
    text: Option<String>,
    score: Option<u8>,
}

/// What an entry said from a correction on and until then, as far as it keeps that.
fn words_of(entry: &Entry, at: i64) -> (Words, Words) {
    let words = |text: &Option<String>, score| Words { text: text.clone(), score };
    let versions = entry.earlier.iter().map(|one| (one.at, words(&one.text, one.score)));
    let newest = entry.edited_at.map(|at| (at, words(&entry.text, entry.score)));
    let versions: Vec<_> = versions.chain(newest).collect();
    let Some(index) = versions.iter().rposition(|version| version.0 == at) else { return Default::default() };
    let before = index.checked_sub(1).map(|index| versions[index].1.clone());
    (versions[index].1.clone(), before.unwrap_or_default())
}

/// List what happened in a conversation
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/log", tag = "conversations",
    params(("conversation" = ConversationId, Path), LogQuery),
    responses((status = 200, body = LogPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_log(ctx: Ctx<CanRead>, QueryOf(query): QueryOf<LogQuery>) -> Result<Json<LogPage>, Problem> {
    let wanted = Wanted::new(query.from, query.until, query.actor, query.member, query.kind);
    let (limit, place) = (page_size(query.limit, PAGE_LINES), Place::parse(query.cursor.as_deref())?);
    ctx.read(move |tx, permit| {
        Box::pin(async move {
            let (lines, next) = lines(tx, permit.thread.conversation.id, wanted, place, limit).await?;
            Ok(Json(LogPage { lines, next_cursor: next.map(|place| place.to_string()) }))
        })
    })
    .await
}
