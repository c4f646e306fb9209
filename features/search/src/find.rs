//! Running a query over the index: newest first by key, what the viewer may see now, a bounded amount of work.
//!
//! What must stay true: the scope stands in the statement and each row is asked again with the facts that reads ask.

use crate::{
    index::{Detail, EVERY, FILE, KEYS_IN_MS, Words, author_word, conversation_word, name_words},
    query::{From, QUERY_TAGS, Query, Term},
    snippet::Snippet,
};
use base::{MemberCaller, Problem, Right, Scope, Tx};
use contacts::Contact;
use conversations::{Author, AuthorKind, ConversationItem, EntryKind, Facts, Holder, contact_of};
use db::{Engine, Row, params, sql};
use ids::{ContactId, ConversationId, EntryId, InboxId, MemberId, TagId, Uuid};
use serde::Serialize;
use utoipa::ToSchema;
use words::words;

/// Of one request, before it is looked at who may see them.
const CANDIDATES: i64 = 2_000;
const NAMES: usize = 20;
const NAME_CANDIDATES: i64 = 500;

/// A message or note in which something was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Hit {
    pub entry_id: EntryId,
    pub conversation_id: ConversationId,
    pub inbox_id: InboxId,
    pub contact: Contact,
    pub position: i64,
    pub at: i64,
    pub kind: EntryKind,
    pub author: Author,
    /// Of its text, or of the name of the file that was found.
    pub snippet: Snippet,
    /// The snippet is the name of a file.
    pub in_file: bool,
}

/// Hits, the key after which the next ones come, and whether there may be more.
pub struct Found {
    pub hits: Vec<Hit>,
    pub next: Option<i64>,
}

/// Where to search.
#[derive(Clone, Copy)]
pub enum Place {
    Everywhere {
        inbox: Option<InboxId>,
        /// What a conversation must have.
        tags: [Option<TagId>; QUERY_TAGS],
    },
    Within(ConversationId),
}

fn condition(query: &Query, member: &MemberCaller, place: Place, engine: Engine) -> String {
    let one = |word: &str| Term { words: vec![word.to_owned()], prefix: false };
    let mut terms = query.terms.clone();
    match &query.from {
        Some(From::Me) => terms.push(one(&author_word(member.id.0))),
        Some(From::Name(names)) => {
            terms.extend(names.iter().map(|name| Term { prefix: true, ..one(&format!("@{name}")) }));
        }
        None => {}
    }
    if query.has_file {
        terms.push(one(FILE));
    }
    if let (Place::Within(id), Engine::Sqlite) = (place, engine) {
        terms.push(one(&conversation_word(id)));
    }
    if terms.is_empty() {
        terms.push(one(EVERY));
    }
    let written: Vec<_> = terms.iter().map(|term| write(term, engine)).collect();
    written.join(if engine == Engine::Sqlite { " AND " } else { " & " })
}

/// A term in the engine's language. Words hold nothing that needs quoting.
fn write(term: &Term, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => format!("\"{}\"{}", term.words.join(" "), if term.prefix { "*" } else { "" }),
        Engine::Postgres => {
            let last = term.words.len() - 1;
            let words = term.words.iter().enumerate();
            let words =
                words.map(|(at, word)| format!("'{word}'{}", if at == last && term.prefix { ":*" } else { "" }));
            format!("({})", words.collect::<Vec<_>>().join(" <-> "))
        }
    }
}

macro_rules! scope {
    () => {
        "($6 = 'all' OR c.holder_member_id = $7 OR (($6 = 'inbox' OR (c.holder_member_id IS NULL \
         AND c.holder_team_id IS NULL) OR ($6 = 'team' AND EXISTS (SELECT 1 FROM team_members o JOIN team_members s \
         ON s.workspace_id = o.workspace_id AND s.team_id = o.team_id WHERE o.workspace_id = c.workspace_id \
         AND o.member_id = c.holder_member_id AND s.member_id = $7))) AND EXISTS (SELECT 1 FROM memberships w \
         WHERE w.workspace_id = c.workspace_id AND w.inbox_id = c.inbox_id AND w.member_id = $7)) \
         OR EXISTS (SELECT 1 FROM team_members s WHERE s.workspace_id = c.workspace_id \
         AND s.team_id = c.holder_team_id AND s.member_id = $7))"
    };
}

/// Has the tag, or none is asked for.
macro_rules! tagged {
    ($tag:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM conversation_tags t WHERE t.workspace_id = c.workspace_id AND t.tag_id = ",
            $tag,
            " AND t.conversation_id = c.id) OR ",
            $tag,
            " IS NULL) AND "
        )
    };
}

macro_rules! hits {
    ($candidates:expr) => {
        concat!(
            "SELECT s.key, s.conversation_id, s.position, c.inbox_id, c.contact_id, c.holder_member_id, c.holder_team_id, \
             c.contact_name, c.contact_email, c.contact_phone, c.contact_verified, e.id, e.at, e.kind, e.author_kind, \
             e.author_id, e.author_name, e.text, e.detail FROM (",
            $candidates,
            ") s JOIN conversations c ON c.workspace_id = $1 AND c.id = s.conversation_id \
             JOIN entries e ON e.workspace_id = $1 AND e.conversation_id = s.conversation_id \
             AND e.position = s.position WHERE (c.inbox_id = $8 OR $8 IS NULL) AND ",
            tagged!("$10"),
            tagged!("$11"),
            tagged!("$12"),
            scope!(),
            " ORDER BY s.key DESC LIMIT $9"
        )
    };
}

macro_rules! sqlite_candidates {
    () => {
        "SELECT search_words.rowid AS key, n.conversation_id, n.position FROM search_words \
         CROSS JOIN search_entries n ON n.key = search_words.rowid \
         WHERE search_words MATCH $2 AND search_words.rowid < $3 AND search_words.rowid >= $4 \
         AND n.workspace_id = $1 ORDER BY search_words.rowid DESC LIMIT $5"
    };
}

macro_rules! postgres_candidates {
    () => {
        "SELECT key, conversation_id, position FROM search_entries WHERE workspace_id = $1 \
         AND words @@ $2::text::tsquery AND key < $3 AND key >= $4 ORDER BY key DESC LIMIT $5"
    };
}

macro_rules! postgres_within {
    () => {
        "SELECT key, conversation_id, position FROM search_entries WHERE workspace_id = $1 AND conversation_id = $13 \
         AND words @@ $2::text::tsquery AND key < $3 AND key >= $4 ORDER BY key DESC LIMIT $5"
    };
}

/// SQLite knows the same parameters by another sign.
const SQLITE_HITS: &str = {
    const TEXT: &str = hits!(sqlite_candidates!());
    const TWIN: [u8; TEXT.len()] = db::twin(TEXT);
    match core::str::from_utf8(&TWIN) {
        Ok(text) => text,
        Err(_) => panic!("SQL must be UTF-8"),
    }
};

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::All => "all",
        Scope::Inbox => "inbox",
        Scope::Team => "team",
        Scope::Own | Scope::None => "own",
    }
}

/// Up to `limit` messages before a key.
pub async fn messages(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    query: &Query,
    place: Place,
    before: i64,
    limit: i64,
) -> Result<Found, Problem> {
    let scope = member.scope(Right::CONVERSATION_VIEW);
    let before = before.min(query.until.map_or(i64::MAX, |at| at.saturating_mul(KEYS_IN_MS)));
    let since = query.since.map_or(i64::MIN, |at| at.saturating_mul(KEYS_IN_MS));
    let nothing = Found { hits: Vec::new(), next: None };
    if scope == Scope::None {
        return Ok(nothing);
    }
    let (inbox, tags, conversation, candidates) = match place {
        Place::Everywhere { inbox, tags } => (inbox, tags, None, CANDIDATES),
        Place::Within(id) => (None, [None; QUERY_TAGS], Some(id), limit + 1),
    };
    let text = condition(query, member, place, tx.engine());
    let asked = [db::Value::from(tx.workspace), text.as_str().into(), before.into(), since.into(), candidates.into()];
    let mut values = asked.to_vec();
    values.extend(params![scope_name(scope), member.id, inbox, limit + 1]);
    values.extend(tags.map(db::Value::from));
    let statement = match (conversation, tx.engine()) {
        (Some(id), Engine::Postgres) => {
            values.push(id.into());
            sql!(postgres: hits!(postgres_within!()))
        }
        _ => sql!(sqlite: SQLITE_HITS, postgres: hits!(postgres_candidates!())),
    };
    // A common word is found along the keys, a rare one by its index.
    let rows = tx.query_planned(statement, &values).await?;
    let more = rows.len() as i64 > limit;
    let mut found = nothing;
    for row in rows.iter().take(limit as usize) {
        found.hits.extend(Hit::from_row(row, member, &query.terms)?);
    }
    if more {
        found.next = rows.get(limit as usize - 1).map(|row| row.get("key")).transpose()?;
    } else if conversation.is_none() {
        // Nothing else among the newest candidates: older ones may be his.
        let last = sql!(
            sqlite: "SELECT rowid AS key FROM search_words WHERE search_words MATCH ?2 AND rowid < ?3 AND rowid >= ?4 \
                     AND ?1 IS NOT NULL ORDER BY rowid DESC LIMIT 1 OFFSET ?5 - 1",
            postgres: "SELECT key FROM search_entries WHERE workspace_id = $1 AND words @@ $2::text::tsquery \
                       AND key < $3 AND key >= $4 ORDER BY key DESC LIMIT 1 OFFSET $5 - 1"
        );
        let last = tx.query_planned(last, &asked).await?;
        found.next = last.first().map(|row| row.get("key")).transpose()?;
    }
    Ok(found)
}

impl Hit {
    /// The hit, if the member may see it.
    fn from_row(row: &Row, member: &MemberCaller, terms: &[Term]) -> Result<Option<Self>, Problem> {
        let conversation_id: ConversationId = row.get("conversation_id")?;
        let (inbox_id, contact_id): (InboxId, ContactId) = (row.get("inbox_id")?, row.get("contact_id")?);
        let holder = Holder::from_row(row)?;
        if !Facts::looked_at(conversation_id, inbox_id, contact_id, holder).visible_to(member) {
            return Ok(None);
        }
        let (kind, author): (AuthorKind, Option<Uuid>) = (row.get("author_kind")?, row.get("author_id")?);
        let text = row.get::<Option<String>>("text")?.unwrap_or_default();
        let (snippet, in_file) = shown(&text, Detail::read(row.get::<Option<String>>("detail")?.as_deref()), terms);
        Ok(Some(Self {
            entry_id: row.get("id")?,
            conversation_id,
            inbox_id,
            contact: contact_of(row)?,
            position: row.get("position")?,
            at: row.get("at")?,
            kind: row.get("kind")?,
            author: Author {
                kind,
                id: author.and_then(|id| match kind {
                    AuthorKind::Contact => Some(ContactId(id).to_string()),
                    AuthorKind::Member => Some(MemberId(id).to_string()),
                    AuthorKind::System => None,
                }),
                name: row.get("author_name")?,
            },
            snippet,
            in_file,
        }))
    }
}

/// The text, unless only the card or a file's name holds what was asked for.
fn shown(text: &str, detail: Detail, terms: &[Term]) -> (Snippet, bool) {
    let said = std::iter::once(text).chain(detail.card.iter().flat_map(Words::parts)).filter(|part| !part.is_empty());
    let mut said = said.map(|part| Snippet::of(part, terms)).collect::<Vec<_>>();
    let at = said.iter().position(|snippet| !snippet.ranges.is_empty()).unwrap_or(0);
    let snippet = if said.is_empty() { Snippet::of(text, terms) } else { said.swap_remove(at) };
    if !snippet.ranges.is_empty() || detail.files.is_empty() {
        return (snippet, false);
    }
    let named = detail.files.iter().map(|file| Snippet::of(&file.name, terms)).find(|name| !name.ranges.is_empty());
    match named {
        Some(name) => (name, true),
        None if snippet.text.is_empty() => (Snippet::of(&detail.files[0].name, &[]), true),
        None => (snippet, false),
    }
}

/// Conversations whose contact has a name, an address or a number with all these words, newest activity first.
pub async fn names(tx: &mut Tx<'_>, member: &MemberCaller, query: &Query) -> Result<Vec<ConversationItem>, Problem> {
    let scope = member.scope(Right::CONVERSATION_VIEW);
    let wanted: Vec<String> = query.terms.iter().flat_map(|term| term.words.clone()).collect();
    let longest = wanted.iter().max_by_key(|word| word.len());
    let (Some(longest), true, true) = (longest, query.is_plain(), scope != Scope::None) else { return Ok(Vec::new()) };
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT s.conversation_id, c.contact_name, c.contact_email, c.contact_phone FROM (\
                 SELECT DISTINCT conversation_id FROM search_names \
                 WHERE workspace_id = $1 AND word >= $2 AND word < $3 LIMIT $5) s \
                 JOIN conversations c ON c.workspace_id = $1 AND c.id = s.conversation_id WHERE $4 > 0 AND ",
                scope!(),
                " ORDER BY c.last_activity_at DESC, c.id DESC"
            )),
            &params![
                tx.workspace,
                longest.as_str(),
                format!("{longest}\u{10ffff}"),
                1_i64,
                NAME_CANDIDATES,
                scope_name(scope),
                member.id
            ],
        )
        .await?;
    let mut items = Vec::new();
    for row in &rows {
        let text = |column: &str| Ok::<_, db::Error>(row.get::<Option<String>>(column)?.unwrap_or_default());
        let has = name_words(&text("contact_name")?, &text("contact_email")?, &text("contact_phone")?);
        if wanted.iter().all(|word| has.iter().any(|name| name.starts_with(word.as_str()))) {
            items.extend(conversations::seen(tx, member, row.get("conversation_id")?).await?);
        }
        if items.len() == NAMES {
            break;
        }
    }
    Ok(items)
}

/// The inbox that is named, among those that the member sees.
pub async fn inbox(tx: &mut Tx<'_>, member: &MemberCaller, wanted: &[String]) -> Result<Option<InboxId>, Problem> {
    let inboxes = inboxes::visible(tx, member).await?;
    Ok(named(&inboxes, |inbox| &inbox.name, wanted).map(|inbox| inbox.id))
}

/// The tags that are named, archived ones too; nothing when there is none of one name.
pub async fn tags(tx: &mut Tx<'_>, wanted: &[Vec<String>]) -> Result<Option<[Option<TagId>; QUERY_TAGS]>, Problem> {
    let mut found = [None; QUERY_TAGS];
    let known = if wanted.is_empty() { Vec::new() } else { tags::list(tx).await? };
    for (place, words) in found.iter_mut().zip(wanted) {
        match named(&known, |tag| &tag.name, words) {
            Some(tag) => *place = Some(tag.id),
            None => return Ok(None),
        }
    }
    Ok(Some(found))
}

/// The one with exactly these words, or else the first with words that begin so.
fn named<'a, T>(all: &'a [T], name: impl Fn(&T) -> &str, wanted: &[String]) -> Option<&'a T> {
    let of = |one: &T| words(name(one)).into_iter().map(|word| word.text).collect::<Vec<_>>();
    let begun = |one: &T| {
        let name = of(one);
        wanted.iter().all(|wanted| name.iter().any(|word| word.starts_with(wanted.as_str())))
    };
    all.iter().find(|one| of(one) == wanted).or_else(|| all.iter().find(|one| begun(one)))
}
