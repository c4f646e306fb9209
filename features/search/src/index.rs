//! The index: one document for each message and note, in both engines' own form of the same words.
//!
//! What must stay true: a document and how far its conversation is indexed are written together, so that nothing is
//! indexed twice and everything in the end. Absent: when it happens; see `follow`.

use base::{App, Problem, Tx};
use db::{Engine, Row, params, sql};
use ids::{ConversationId, EntryId, Uuid, WorkspaceId};
use serde::Deserialize;
use words::words;

/// Entries of one transaction: about five milliseconds of the writer's time.
const BATCH_ENTRIES: i64 = 200;
/// Milliseconds times this, and a number between, is a document's key.
pub const KEYS_IN_MS: i64 = 1 << 20;
/// The end of a phone number that finds it has so many digits at least.
const PHONE_DIGITS: usize = 4;

/// What all documents hold: it also keeps texts and files apart.
pub const EVERY: &str = "#";
pub const FILE: &str = "#file";

pub fn conversation_word(id: ConversationId) -> String {
    format!("#c{}", id.0.simple())
}

pub fn author_word(id: Uuid) -> String {
    format!("@m{}", id.simple())
}

/// The part of a stored detail that is searched.
#[derive(Default, Deserialize)]
pub struct Detail {
    #[serde(default)]
    pub files: Vec<Named>,
    pub card: Option<Words>,
}

/// What a card says.
#[derive(Deserialize)]
pub struct Words {
    pub title: String,
    pub text: Option<String>,
}

#[derive(Deserialize)]
pub struct Named {
    pub name: String,
}

impl Words {
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str()).chain(self.text.as_deref())
    }
}

impl Detail {
    /// One that cannot be read must not keep everything after it from being found: the entry's text is found alone.
    pub fn read(stored: Option<&str>) -> Self {
        stored.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }
}

struct Document {
    key: i64,
    conversation: ConversationId,
    position: i64,
    words: Vec<String>,
}

/// What is to be written about a conversation.
struct Step {
    id: ConversationId,
    was: Option<(i64, String)>,
    position: i64,
    names: String,
    /// Of the contact, when they changed.
    name_words: Option<Vec<String>>,
}

struct Plan {
    steps: Vec<Step>,
    documents: Vec<Document>,
    gone: Vec<Gone>,
}

/// What is still found of a conversation that is no more.
struct Gone {
    id: ConversationId,
    keys: Vec<i64>,
    /// Nothing else is.
    last: bool,
}

/// Indexes what these conversations lack, up to [`BATCH_ENTRIES`] entries; answers whether there was something.
pub async fn index(app: &App, workspace: WorkspaceId, ids: Vec<ConversationId>) -> Result<bool, Problem> {
    // Folding happens here and not on the writer's time.
    let Plan { steps, documents, gone } = app.read(workspace, move |tx| Box::pin(plan(tx, ids))).await?;
    if steps.is_empty() && gone.is_empty() {
        return Ok(false);
    }
    let written = app.write(workspace, move |tx| {
        Box::pin(async move {
            for one in gone {
                forget(tx, one).await?;
            }
            write(tx, steps, documents).await
        })
    });
    match written.await {
        // Another node was quicker; what it wrote is read the next time.
        Err(Problem::Internal(error)) if matches!(error.downcast_ref(), Some(db::Error::Moved)) => Ok(true),
        written => written.map(|()| true),
    }
}

async fn plan(tx: &mut Tx<'_>, ids: Vec<ConversationId>) -> Result<Plan, Problem> {
    let (mut steps, mut documents, mut gone, mut room) = (Vec::new(), Vec::new(), Vec::new(), BATCH_ENTRIES);
    for id in ids {
        if room <= 0 {
            break;
        }
        let row = tx
            .first(
                sql!(
                    "SELECT c.contact_name, c.contact_email, c.contact_phone, s.position, s.names FROM conversations c \
                     LEFT JOIN search_conversations s \
                     ON s.workspace_id = c.workspace_id AND s.conversation_id = c.id \
                     WHERE c.workspace_id = $1 AND c.id = $2"
                ),
                &params![tx.workspace, id],
            )
            .await?;
        let Some(row) = row else {
            let kept = kept_of(tx, id, room).await?;
            room -= kept.as_ref().map_or(0, |kept| kept.keys.len() as i64);
            gone.extend(kept);
            continue;
        };
        let (position, old): (Option<i64>, Option<String>) = (row.get("position")?, row.get("names")?);
        let was = position.zip(old);
        let text = |column: &str| Ok::<_, db::Error>(row.get::<Option<String>>(column)?.unwrap_or_default());
        let (name, email, phone) = (text("contact_name")?, text("contact_email")?, text("contact_phone")?);
        let names = format!("{name}\n{email}\n{phone}");
        let after = was.as_ref().map_or(0, |was| was.0);
        let mut step = Step { id, position: after, name_words: None, was, names };
        if step.was.as_ref().is_none_or(|was| was.1 != step.names) {
            step.name_words = Some(name_words(&name, &email, &phone));
        }
        let rows = tx
            .query(
                sql!(
                    "SELECT position, id, at, kind, author_kind, author_id, author_name, text, detail FROM entries \
                     WHERE workspace_id = $1 AND conversation_id = $2 AND position > $3 ORDER BY position LIMIT $4"
                ),
                &params![tx.workspace, id, after, room],
            )
            .await?;
        room -= rows.len() as i64;
        for row in &rows {
            step.position = row.get("position")?;
            documents.extend(Document::of(row, id, tx.engine())?);
        }
        if step.name_words.is_some() || step.was.as_ref().is_none_or(|was| was.0 < step.position) {
            steps.push(step);
        }
    }
    // FTS5 takes rows in the order of their ids; others make it flush each time.
    documents.sort_by_key(|document| document.key);
    Ok(Plan { steps, documents, gone })
}

/// Up to `limit` keys of a conversation that went over into another one, while anything of it is still found.
async fn kept_of(tx: &mut Tx<'_>, id: ConversationId, limit: i64) -> Result<Option<Gone>, Problem> {
    let mark = sql!("SELECT position FROM search_conversations WHERE workspace_id = $1 AND conversation_id = $2");
    if tx.first(mark, &params![tx.workspace, id]).await?.is_none() {
        return Ok(None);
    }
    let rows = match tx.engine() {
        // Its rows are in the order of time alone; the conversation is one of the words.
        Engine::Sqlite => {
            let named = sql!(sqlite: "SELECT rowid AS key FROM search_words WHERE search_words MATCH ?1 LIMIT ?2");
            tx.query(named, &params![format!("\"{}\"", conversation_word(id)), limit]).await?
        }
        Engine::Postgres => {
            let kept = sql!(
                postgres: "SELECT key FROM search_entries WHERE workspace_id = $1 AND conversation_id = $2 LIMIT $3"
            );
            tx.query(kept, &params![tx.workspace, id, limit]).await?
        }
    };
    let keys: Vec<_> = rows.iter().map(|row| row.get("key")).collect::<Result<_, _>>()?;
    Ok(Some(Gone { id, last: (keys.len() as i64) < limit, keys }))
}

/// The mark goes last: what a killed server left is found by it.
async fn forget(tx: &mut Tx<'_>, Gone { id, keys, last }: Gone) -> Result<(), Problem> {
    for key in keys {
        forget_entry(tx, key).await?;
    }
    if !last {
        return Ok(());
    }
    for sql in [
        sql!("DELETE FROM search_names WHERE workspace_id = $1 AND conversation_id = $2"),
        sql!("DELETE FROM search_conversations WHERE workspace_id = $1 AND conversation_id = $2"),
    ] {
        tx.put(sql, params![tx.workspace, id]).await?;
    }
    Ok(())
}

async fn forget_entry(tx: &mut Tx<'_>, key: i64) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM search_entries WHERE workspace_id = $1 AND key = $2"), params![tx.workspace, key]).await?;
    if tx.engine() == Engine::Sqlite {
        tx.put(sql!(sqlite: "DELETE FROM search_words WHERE rowid = ?1"), params![key]).await?;
    }
    Ok(())
}

fn folded(text: &str) -> impl Iterator<Item = String> + use<> {
    words(text).into_iter().map(|word| word.text)
}

/// The words by whose beginnings a contact is found.
pub fn name_words(name: &str, email: &str, phone: &str) -> Vec<String> {
    let mut found: Vec<String> = folded(name).chain(folded(email)).collect();
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    // People remember how a number ends.
    found.extend((0..=digits.len().saturating_sub(PHONE_DIGITS)).map(|start| digits[start..].to_owned()));
    found.retain(|word| !word.is_empty());
    found.sort_unstable();
    found.dedup();
    found
}

async fn write(tx: &mut Tx<'_>, steps: Vec<Step>, documents: Vec<Document>) -> Result<(), Problem> {
    for step in steps {
        step.claim(tx).await?;
        if let Some(words) = step.name_words {
            tx.put(
                sql!("DELETE FROM search_names WHERE workspace_id = $1 AND conversation_id = $2"),
                params![tx.workspace, step.id],
            )
            .await?;
            for word in words {
                tx.put(
                    sql!("INSERT INTO search_names (workspace_id, word, conversation_id) VALUES ($1, $2, $3)"),
                    params![tx.workspace, word, step.id],
                )
                .await?;
            }
        }
    }
    for document in documents {
        document.insert(tx).await?;
    }
    Ok(())
}

/// Writes anew what is found of a stored entry. One that is not indexed yet is left to come with its new words.
pub async fn index_again(tx: &mut Tx<'_>, conversation: ConversationId, id: EntryId) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT e.position, e.id, e.at, e.kind, e.author_kind, e.author_id, e.author_name, e.text, e.detail \
                 FROM entries e JOIN search_conversations s \
                 ON s.workspace_id = e.workspace_id AND s.conversation_id = e.conversation_id \
                 WHERE e.workspace_id = $1 AND e.id = $2 AND e.conversation_id = $3 AND e.position <= s.position"
            ),
            &params![tx.workspace, id, conversation],
        )
        .await?;
    let Some(row) = row else { return Ok(()) };
    let (at, position): (i64, i64) = (row.get("at")?, row.get("position")?);
    let (from, to) = (at * KEYS_IN_MS, (at + 2) * KEYS_IN_MS);
    let kept = tx
        .query(
            sql!(
                "SELECT key FROM search_entries WHERE workspace_id = $1 AND key >= $2 AND key < $3 \
                 AND conversation_id = $4 AND position = $5"
            ),
            &params![tx.workspace, from, to, conversation, position],
        )
        .await?;
    for old in &kept {
        forget_entry(tx, old.get("key")?).await?;
    }
    match Document::of(&row, conversation, tx.engine())? {
        Some(document) => document.insert(tx).await,
        None => Ok(()),
    }
}

impl Step {
    /// Moves the conversation's mark, if it still stands where it was read.
    async fn claim(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        match &self.was {
            Some((was, names)) => {
                tx.put_one(
                    sql!(
                        "UPDATE search_conversations SET position = $3, names = $4 \
                         WHERE workspace_id = $1 AND conversation_id = $2 AND position = $5 AND names = $6"
                    ),
                    params![tx.workspace, self.id, self.position, self.names.as_str(), *was, names.as_str()],
                )
                .await?
            }
            None => {
                tx.put_one(
                    sql!(
                        "INSERT INTO search_conversations (workspace_id, conversation_id, position, names) \
                         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
                    ),
                    params![tx.workspace, self.id, self.position, self.names.as_str()],
                )
                .await?
            }
        }
        Ok(())
    }
}

impl Document {
    /// What is found of an entry; nothing of lines about what happened, and of removed words.
    fn of(row: &Row, conversation: ConversationId, engine: Engine) -> Result<Option<Self>, Problem> {
        let kind: String = row.get("kind")?;
        let (text, detail) =
            (row.get::<Option<String>>("text")?, Detail::read(row.get::<Option<String>>("detail")?.as_deref()));
        if (kind != "message" && kind != "note") || (text.is_none() && detail.files.is_empty() && detail.card.is_none())
        {
            return Ok(None);
        }
        let mut words = vec![EVERY.to_owned()];
        words.extend(folded(&text.unwrap_or_default()));
        for part in detail.card.iter().flat_map(Words::parts) {
            words.push(EVERY.to_owned());
            words.extend(folded(part));
        }
        for file in &detail.files {
            words.push(EVERY.to_owned());
            words.extend(folded(&file.name));
        }
        if !detail.files.is_empty() {
            words.push(FILE.to_owned());
        }
        let author = row.get::<Option<String>>("author_name")?.unwrap_or_default();
        words.extend(folded(&author).map(|word| format!("@{word}")));
        if let (true, Some(author)) = (row.get::<String>("author_kind")? == "member", row.get("author_id")?) {
            words.push(author_word(author));
        }
        if engine == Engine::Sqlite {
            words.push(conversation_word(conversation));
        }
        let (at, entry): (i64, Uuid) = (row.get("at")?, row.get("id")?);
        let within = (entry.as_u128() % KEYS_IN_MS as u128) as i64;
        Ok(Some(Self { key: at * KEYS_IN_MS + within, conversation, position: row.get("position")?, words }))
    }

    /// Two of one millisecond with one number are rare; the second takes the next.
    async fn insert(self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        if tx.engine() == Engine::Postgres {
            // One statement that needs no answer: all documents of a batch travel together.
            let insert = sql!(
                postgres: "INSERT INTO search_entries (workspace_id, key, conversation_id, position, words) \
                           VALUES ($1, (SELECT free FROM generate_series($2::bigint, $2::bigint + 99) free \
                           WHERE NOT EXISTS (SELECT 1 FROM search_entries WHERE workspace_id = $1 AND key = free) \
                           LIMIT 1), $3, $4, $5::text::tsvector)"
            );
            let vector = self.vector();
            tx.put(insert, params![tx.workspace, self.key, self.conversation, self.position, vector]).await?;
            return Ok(());
        }
        let entries = sql!(
            sqlite: "INSERT INTO search_entries (key, workspace_id, conversation_id, position) \
                     VALUES (?2, ?1, ?3, ?4) ON CONFLICT DO NOTHING"
        );
        let mut key = self.key;
        while tx.execute(entries, &params![tx.workspace, key, self.conversation, self.position]).await? == 0 {
            key += 1;
        }
        let words = sql!(sqlite: "INSERT INTO search_words (rowid, words) VALUES (?1, ?2)");
        tx.put(words, params![key, self.words.join(" ")]).await?;
        Ok(())
    }

    /// As PostgreSQL writes vectors. Words hold nothing that needs quoting.
    fn vector(&self) -> String {
        let words: Vec<_> =
            self.words.iter().enumerate().map(|(index, word)| format!("'{word}':{}", index + 1)).collect();
        words.join(" ")
    }
}
