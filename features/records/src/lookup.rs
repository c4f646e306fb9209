//! What another system has of a contact: asked by a signed request, kept for a while, and never taken for our own.
//!
//! What must stay true: nobody waits for it in a transaction, nor for the thread; what was answered says when; an answer
//! that is none says why. Its form is in `docs/record-lookups.md`.

use crate::{
    RECORD_TYPE_UNKNOWN,
    lookup_address::address,
    record_type::{self, RecordType},
};
use axum::Json;
use base::{App, Body, Caller, Ctx, Ms, Permit, Problem, Right, Tx, refusal};
use conversations::CanRead;
use db::{params, sql};
use ids::{ContactId, ConversationId, InboxId, RecordTypeId};
use outbound::{Ask, AskBody, Failure, Secret, Target, sign};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// For so long an answer is not asked for again by itself, …
const KEPT_MS: Ms = 10 * 60_000;
/// … and by hand.
const KEPT_BY_HAND_MS: Ms = 5_000;
const WAIT: Duration = Duration::from_secs(8);
const ANSWER_BYTES: usize = 64 * 1024;
/// Of one answer; what comes after them is not shown.
const SHOWN: usize = 20;
const CHARACTERS: usize = 200;
const URL_CHARACTERS: usize = 2_000;

/// Something that another system has of a contact. Its own word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundOutside {
    pub number: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub state: Option<String>,
    /// `https://`, where it shows it.
    #[serde(default)]
    pub url: Option<String>,
}

/// Why nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LookupFailure {
    /// It did not answer in time.
    Late,
    /// It could not be reached.
    Unreachable,
    /// Its address leads where none may lead.
    Private,
    /// It answered with something other than success.
    Refused,
    /// What it said is not of the form that is asked for.
    Malformed,
    TooLarge,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecordLookup {
    pub asked_at: i64,
    /// At most 20; `null` when it failed.
    pub found: Option<Vec<FoundOutside>>,
    pub failure: Option<LookupFailure>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookUpRecords {
    /// Also when an answer is kept.
    #[serde(default)]
    pub again: bool,
}

/// Sees the conversation and records.
pub struct CanLookUp {
    contact: ContactId,
    of: RecordType,
}

impl Permit for CanLookUp {
    type Target = (ConversationId, RecordTypeId);

    async fn grant(caller: &Caller, (conversation, of): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanRead { member, thread, .. } = CanRead::grant(caller, conversation, tx).await?;
        member.must_hold(Right::RECORD_VIEW)?;
        let of = record_type::find(tx, of).await?.ok_or(refusal::NOT_FOUND)?;
        let all = contacts::all_of(tx, thread.conversation.contact.id).await?;
        Ok(Self { contact: all.first().copied().unwrap_or(thread.conversation.contact.id), of })
    }
}

/// The request's body.
#[derive(Serialize)]
struct Asked {
    r#type: &'static str,
    record_type: AskedType,
    contact: AskedContact,
}

#[derive(Serialize)]
struct AskedType {
    id: RecordTypeId,
    name: String,
}

#[derive(Serialize)]
struct AskedContact {
    id: ContactId,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    identities: Vec<AskedIdentity>,
}

#[derive(Serialize)]
struct AskedIdentity {
    inbox_id: InboxId,
    external_id: String,
}

#[derive(Deserialize)]
struct Answer {
    records: Vec<FoundOutside>,
}

/// What is to be asked, and of whom.
struct Question {
    url: String,
    secret: Secret,
    body: Vec<u8>,
}

enum Next {
    Kept(RecordLookup),
    Ask(Question),
}

async fn kept(tx: &mut Tx<'_>, contact: ContactId, of: RecordTypeId) -> Result<Option<RecordLookup>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT asked_at, found, failure FROM record_lookups \
                 WHERE workspace_id = $1 AND contact_id = $2 AND type_id = $3"
            ),
            &params![tx.workspace, contact, of],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (found, failure): (Option<String>, Option<String>) = (row.get("found")?, row.get("failure")?);
    Ok(Some(RecordLookup {
        asked_at: row.get("asked_at")?,
        found: found.map(|text| serde_json::from_str(&text)).transpose()?,
        failure: failure.map(|text| serde_json::from_str(&text)).transpose()?,
    }))
}

async fn prepare(tx: &mut Tx<'_>, permit: CanLookUp, again: bool) -> Result<Next, Problem> {
    let CanLookUp { contact, of } = permit;
    let fresh = if again { KEPT_BY_HAND_MS } else { KEPT_MS };
    if let Some(known) = kept(tx, contact, of.id).await?.filter(|known| tx.now - known.asked_at < fresh) {
        return Ok(Next::Kept(known));
    }
    let address = address(tx, of.id).await?;
    let (url, secret) =
        address.url.zip(address.secret.as_deref().and_then(Secret::parse)).ok_or(RECORD_TYPE_UNKNOWN)?;
    let known = contacts::known(tx, contact).await?.ok_or(refusal::NOT_FOUND)?.shown();
    let mut identities = Vec::new();
    for one in contacts::all_of(tx, contact).await? {
        let rows = tx
            .query(
                sql!(
                    "SELECT inbox_id, external_id FROM identities WHERE workspace_id = $1 AND contact_id = $2 \
                     ORDER BY created_at, inbox_id"
                ),
                &params![tx.workspace, one],
            )
            .await?;
        for row in &rows {
            identities.push(AskedIdentity { inbox_id: row.get("inbox_id")?, external_id: row.get("external_id")? });
        }
    }
    let asked = Asked {
        r#type: "record.lookup",
        record_type: AskedType { id: of.id, name: of.name },
        contact: AskedContact { id: contact, name: known.name, email: known.email, phone: known.phone, identities },
    };
    Ok(Next::Ask(Question { url, secret, body: serde_json::to_vec(&asked)? }))
}

async fn ask(app: &App, question: Question) -> Result<Vec<FoundOutside>, LookupFailure> {
    let target = Target::parse(&question.url).ok_or(LookupFailure::Private)?;
    let id = format!("look_{}", app.random.bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let timestamp = app.clock.now() / 1_000;
    let signature = sign(&[question.secret], &id, timestamp, &question.body);
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("accept", "application/json".to_owned()),
        ("webhook-id", id),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature),
    ];
    let request = Ask { body: Some(AskBody::of(question.body)), headers, wait: WAIT };
    let answered = app.outbound.ask(&target, request).await.map_err(|unanswered| match unanswered.failure {
        Failure::Private | Failure::Plain => LookupFailure::Private,
        Failure::Late => LookupFailure::Late,
        Failure::Name | Failure::Connection(_) => LookupFailure::Unreachable,
    })?;
    read(answered.status, &answered.body)
}

/// What an answer says; no text of it is longer than a line of ours.
fn read(status: u16, body: &[u8]) -> Result<Vec<FoundOutside>, LookupFailure> {
    if !(200..300).contains(&status) {
        return Err(LookupFailure::Refused);
    }
    if body.len() > ANSWER_BYTES {
        return Err(LookupFailure::TooLarge);
    }
    let Answer { records } = serde_json::from_slice(body).map_err(|_| LookupFailure::Malformed)?;
    let line = |text: &str| base::name(text, CHARACTERS, RECORD_TYPE_UNKNOWN).map_err(|_| LookupFailure::Malformed);
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty()).map(|text| line(&text)).transpose();
    let mut found = Vec::new();
    for one in records.into_iter().take(SHOWN) {
        let plain =
            |url: &String| url.len() <= URL_CHARACTERS && url.starts_with("https://") && Target::parse(url).is_some();
        if one.url.as_ref().is_some_and(|url| !plain(url)) {
            return Err(LookupFailure::Malformed);
        }
        let (title, state) = (given(one.title)?, given(one.state)?);
        found.push(FoundOutside { number: line(&one.number)?, title, state, url: one.url });
    }
    Ok(found)
}

async fn keep(
    tx: &mut Tx<'_>,
    CanLookUp { contact, of }: CanLookUp,
    answer: Result<Vec<FoundOutside>, LookupFailure>,
) -> Result<RecordLookup, Problem> {
    let lookup = RecordLookup { asked_at: tx.now, failure: answer.as_ref().err().copied(), found: answer.ok() };
    tx.put(
        sql!(
            "INSERT INTO record_lookups (workspace_id, contact_id, type_id, asked_at, found, failure) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id, contact_id, type_id) \
             DO UPDATE SET asked_at = $4, found = $5, failure = $6"
        ),
        params![
            tx.workspace,
            contact,
            of.id,
            lookup.asked_at,
            lookup.found.as_ref().map(serde_json::to_string).transpose()?,
            lookup.failure.as_ref().map(serde_json::to_string).transpose()?
        ],
    )
    .await?;
    Ok(lookup)
}

/// Look up what another system has of a conversation's contact
///
/// An answer is kept for ten minutes, unless it is asked for again.
#[utoipa::path(
    post, path = "/api/v1/conversations/{conversation}/record-lookups/{record_type}", tag = "records",
    params(("conversation" = ConversationId, Path), ("record_type" = RecordTypeId, Path)),
    request_body = LookUpRecords,
    responses((status = 200, body = RecordLookup), (status = "default", body = base::ProblemBody))
)]
pub async fn look_up_records(
    ctx: Ctx<CanLookUp>,
    Body(asked): Body<LookUpRecords>,
) -> Result<Json<RecordLookup>, Problem> {
    let next = ctx.clone().read(move |tx, permit| Box::pin(prepare(tx, permit, asked.again))).await?;
    let question = match next {
        Next::Kept(known) => return Ok(Json(known)),
        Next::Ask(question) => question,
    };
    let answer = ask(ctx.app(), question).await;
    ctx.write(move |tx, permit| Box::pin(keep(tx, permit, answer))).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_or_says_why_it_is_none() {
        let found = FoundOutside { number: "KS-1".into(), title: Some("Cups".into()), state: None, url: None };
        let good = br#"{"records":[{"number":" KS-1 ","title":"Cups","other":7}]}"#;
        assert_eq!(read(200, good), Ok(vec![found]));
        assert_eq!(read(200, br#"{"records":[]}"#), Ok(Vec::new()));
        assert_eq!(read(500, good), Err(LookupFailure::Refused));
        assert_eq!(read(302, b""), Err(LookupFailure::Refused));
        for wrong in [
            &b"<html>"[..],
            br#"{"records":[{"title":"Cups"}]}"#,
            br#"{"records":[{"number":""}]}"#,
            br#"{"records":[{"number":"1","url":"javascript:alert(1)"}]}"#,
            br#"{"records":[{"number":"1","url":"http://shop.test/"}]}"#,
        ] {
            assert_eq!(read(200, wrong), Err(LookupFailure::Malformed), "{}", String::from_utf8_lossy(wrong));
        }
        assert_eq!(read(200, &vec![b' '; ANSWER_BYTES + 1]), Err(LookupFailure::TooLarge));
    }
}
