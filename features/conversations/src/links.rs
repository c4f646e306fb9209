//! The web addresses in the messages of a conversation, newest first.
//!
//! Read from the texts, a bounded number of entries for each request: a page may be short, or empty, and go on.
//! What must stay true: only http and https; what the thread draws as a link is what is listed here
//! (`marks.ts` of the clients has the same rule). Absent: notes.

use crate::{Author, Entry, access::CanRead, entry::select};
use axum::Json;
use base::{Ctx, Cursor, Problem, QueryOf, Tx, page_size};
use db::{params, sql};
use ids::{ConversationId, EntryId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Messages with links on a page.
const PAGE_MESSAGES: i64 = 50;
/// Entries that one request looks through.
const SCAN_ENTRIES: i64 = 2_000;
/// Ends a sentence rather than an address.
const TRAILING: [char; 12] = ['.', ',', ';', ':', '!', '?', ')', ']', '}', '»', '”', '’'];
/// Ends words that are bold, italic or struck, when it began them too.
const MARKS: [char; 3] = ['*', '_', '~'];

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LinkQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Messages, 1 to 100, usually 50.
    pub limit: Option<i64>,
}

/// An address with the message that holds it.
#[derive(Serialize, ToSchema)]
pub struct Link {
    pub url: String,
    pub entry_id: EntryId,
    pub position: i64,
    pub at: i64,
    pub author: Author,
}

#[derive(Serialize, ToSchema)]
pub struct LinkPage {
    pub links: Vec<Link>,
    /// Goes on from here; a page may be empty and still have one.
    pub next_cursor: Option<String>,
}

async fn page(tx: &mut Tx<'_>, id: ConversationId, newest: i64, query: LinkQuery) -> Result<LinkPage, Problem> {
    let before = Cursor::parse(query.cursor.as_deref())?.at.min(newest + 1);
    let limit = page_size(query.limit, PAGE_MESSAGES);
    let floor = before - SCAN_ENTRIES;
    let rows = tx
        .query(
            sql!(select!(
                "conversation_id = $2 AND position < $3 AND position >= $4 AND kind = 'message' \
                 AND (text LIKE '%://%' OR detail LIKE '%\"card\":{%') ORDER BY position DESC LIMIT $5"
            )),
            &params![tx.workspace, id, before, floor, limit],
        )
        .await?;
    let entries = rows.iter().map(|row| Entry::from_row(row, id)).collect::<Result<Vec<_>, _>>()?;
    let full = entries.len() as i64 == limit;
    let next = entries.last().filter(|_| full).map_or(floor, |last| last.position);
    let next_cursor = (next > 1).then(|| Cursor { at: next, id: Uuid::nil() }.to_string());
    Ok(LinkPage { links: entries.iter().flat_map(Link::all_of).collect(), next_cursor })
}

impl Link {
    /// Each address of a message once, in the order of the text.
    fn all_of(entry: &Entry) -> Vec<Self> {
        let mut urls: Vec<&str> = Vec::new();
        let card = entry.card.as_ref().map(|card| card.url.as_str());
        for url in addresses(entry.text.as_deref().unwrap_or_default()).into_iter().chain(card) {
            if !urls.contains(&url) {
                urls.push(url);
            }
        }
        let link = |url: &str| Self {
            url: url.to_owned(),
            entry_id: entry.id,
            position: entry.position,
            at: entry.at,
            author: entry.author.clone(),
        };
        urls.into_iter().map(link).collect()
    }
}

fn addresses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find("://").map(|at| rest + at) {
        rest = at + 3;
        let head = &text.as_bytes()[..at];
        let scheme = ["https", "http"].into_iter().find(|scheme| {
            let Some(begin) = at.checked_sub(scheme.len()) else { return false };
            let (before, word) = head.split_at(begin);
            let in_word = before.last().is_some_and(u8::is_ascii_alphanumeric);
            !in_word && word.eq_ignore_ascii_case(scheme.as_bytes())
        });
        let Some(scheme) = scheme else { continue };
        let ends = |char: char| char.is_whitespace() || matches!(char, '<' | '>' | '"' | '\'');
        let end = text[rest..].find(ends).map_or(text.len(), |length| rest + length);
        let begin = at - scheme.len();
        let line = text[..begin].rsplit('\n').next().unwrap_or_default();
        let open = MARKS.map(|mark| begins(line, mark).then_some(mark));
        let ends = |char: char| TRAILING.contains(&char) || open.contains(&Some(char));
        let url = text[begin..end].trim_end_matches(ends);
        // An address without a host is none.
        if url.len() > scheme.len() + 3 {
            found.push(url);
        }
        rest = end;
    }
    found
}

/// Whether the mark stands before a word of this line.
fn begins(line: &str, mark: char) -> bool {
    let mut before = ' ';
    for char in line.chars() {
        if char == mark && !before.is_alphanumeric() {
            return true;
        }
        before = char;
    }
    false
}

/// List the links of a conversation
#[utoipa::path(
    get, path = "/api/v1/conversations/{conversation}/links", tag = "conversations",
    params(("conversation" = ConversationId, Path), LinkQuery),
    responses((status = 200, body = LinkPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_links(ctx: Ctx<CanRead>, QueryOf(query): QueryOf<LinkQuery>) -> Result<Json<LinkPage>, Problem> {
    ctx.read(|tx, permit| {
        let conversation = &permit.thread.conversation;
        let (id, newest) = (conversation.id, conversation.last_position);
        Box::pin(async move { page(tx, id, newest, query).await })
    })
    .await
    .map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_as_the_desk_draws_them() {
        for (text, urls) in [
            (
                "See https://a.example/x?y=1, or (http://b.example).",
                vec!["https://a.example/x?y=1", "http://b.example"],
            ),
            ("HTTPS://A.example\nftp://no.example xhttp://no.example javascript://no", vec!["HTTPS://A.example"]),
            ("\"https://a.example/é\" <http://b.example>", vec!["https://a.example/é", "http://b.example"]),
            ("éhttp://", vec![]),
            ("https:// http://)", vec![]),
            ("://", vec![]),
            ("*see https://a.example* _http://b.example/_x_._", vec!["https://a.example", "http://b.example/_x"]),
            ("https://a.example/x_ 2*3 http://b.example/*", vec!["https://a.example/x_", "http://b.example/*"]),
        ] {
            assert_eq!(addresses(text), urls, "{text}");
        }
    }
}
