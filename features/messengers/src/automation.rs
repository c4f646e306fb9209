//! Whom automation may serve in an inbox: everybody, or whoever is on its list.
//!
//! What must stay true: whatever answers by itself asks [`serves`] first; numbers and handles are compared as their
//! contacts are called. Absent: what answers (`comment`).

use crate::{AUTOMATION_LIST_INVALID, AUTOMATION_MESSAGE_INVALID};
use axum::Json;
use base::{Audited, Body, Caller, Ctx, Ms, Permit, Problem, Tx, refusal};
use channels::Person;
use db::{params, sql};
use ids::{ContactId, InboxId};
use inboxes::{CanManage, Channel};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

const LISTED: usize = 2_000;
const NAME_CHARACTERS: usize = 100;
const MESSAGE_CHARACTERS: usize = 500;
/// With fewer digits it is a handle of digits.
const NUMBER_DIGITS: usize = 7;
/// Of wrong lines that a refusal names.
const WRONG_LINES: usize = 20;
const DAY_MS: Ms = 24 * 3_600_000;

/// Whom automation serves in an inbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AutomationList {
    /// Only whoever is listed; otherwise everybody.
    pub enabled: bool,
    /// Numbers and handles, as they were written; at most 2,000.
    pub listed: Vec<String>,
    /// What others are told, each once a day; `null`: nothing. At most 500 characters.
    pub message: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Serves {
    Yes,
    /// And what such are told.
    Others {
        message: Option<String>,
    },
}

/// May see and change whom automation serves.
pub struct CanList(InboxId);

impl Permit for CanList {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanManage { id, channel } = CanManage::grant(caller, target, tx).await?;
        if !matches!(channel, Channel::Provider(_)) {
            return Err(refusal::NOT_FOUND.into());
        }
        Ok(Self(id))
    }
}

/// As it is compared: a number as its digits, a handle without its sign and case. `None`: it is neither.
fn folded(written: &str) -> Option<String> {
    let written = written.trim();
    if written.chars().count() > NAME_CHARACTERS {
        return None;
    }
    let of_number = |char: char| char.is_ascii_digit() || matches!(char, '+' | ' ' | '-' | '(' | ')' | '.');
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if written.chars().all(of_number) && digits.len() >= NUMBER_DIGITS {
        return Some(digits);
    }
    let handle = written.strip_prefix('@').unwrap_or(written).to_lowercase();
    let plain = |char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '-');
    (!handle.is_empty() && handle.chars().all(plain)).then_some(handle)
}

/// By what they are compared, in the order in which they were written; or which lines are neither number nor handle,
/// counted from 1.
fn checked(listed: &[String]) -> Result<Vec<(String, String)>, Problem> {
    let (mut names, mut wrong) = (Vec::new(), Vec::new());
    let mut known = BTreeMap::new();
    for (line, written) in (1..).zip(listed).filter(|(_, written)| !written.trim().is_empty()) {
        match folded(written) {
            Some(name) if known.insert(name.clone(), line).is_none() => names.push((name, written.trim().to_owned())),
            Some(_) => {}
            None => wrong.push(line),
        }
    }
    if !wrong.is_empty() {
        wrong.truncate(WRONG_LINES);
        let lines: Vec<_> = wrong.iter().map(i32::to_string).collect();
        return Err(AUTOMATION_LIST_INVALID.with("lines", lines.join(", ")));
    }
    if names.len() > LISTED {
        return Err(AUTOMATION_LIST_INVALID.with("lines", format!("> {LISTED}")));
    }
    Ok(names)
}

async fn load(tx: &mut Tx<'_>, inbox: InboxId) -> Result<AutomationList, Problem> {
    let row = tx
        .first(
            sql!("SELECT enabled, message FROM automation_limits WHERE workspace_id = $1 AND inbox_id = $2"),
            &params![tx.workspace, inbox],
        )
        .await?;
    let Some(row) = row else { return Ok(AutomationList::default()) };
    let rows = tx
        .query(
            sql!(
                "SELECT written, place FROM automation_listed WHERE workspace_id = $1 AND inbox_id = $2 ORDER BY place"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    let listed = rows.iter().map(|row| row.get("written")).collect::<Result<_, _>>()?;
    Ok(AutomationList { enabled: row.get::<i64>("enabled")? != 0, listed, message: row.get("message")? })
}

async fn put(tx: &mut Tx<'_>, CanList(inbox): CanList, asked: AutomationList) -> Result<AutomationList, Problem> {
    let names = checked(&asked.listed)?;
    let message = base::optional(asked.message.as_deref(), MESSAGE_CHARACTERS, AUTOMATION_MESSAGE_INVALID)?;
    let before = load(tx, inbox).await?;
    let listed = names.iter().map(|(_, written)| written.clone()).collect();
    let after = AutomationList { enabled: asked.enabled, listed, message };
    if before == after {
        return Ok(after);
    }
    tx.put(
        sql!(
            "INSERT INTO automation_limits (workspace_id, inbox_id, enabled, message) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (workspace_id, inbox_id) DO UPDATE SET enabled = excluded.enabled, message = excluded.message"
        ),
        params![tx.workspace, inbox, i64::from(after.enabled), after.message.clone()],
    )
    .await?;
    tx.put(
        sql!("DELETE FROM automation_listed WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, inbox],
    )
    .await?;
    for (place, (name, written)) in names.into_iter().enumerate() {
        tx.put(
            sql!(
                "INSERT INTO automation_listed (workspace_id, inbox_id, place, name, written) \
                 VALUES ($1, $2, $3, $4, $5)"
            ),
            params![tx.workspace, inbox, place as i64, name, written],
        )
        .await?;
    }
    let row = tx
        .first(sql!("SELECT name FROM inboxes WHERE workspace_id = $1 AND id = $2"), &params![tx.workspace, inbox])
        .await?;
    let name: String = row.ok_or(refusal::NOT_FOUND)?.get("name")?;
    tx.audit(Audited::changed("automation_list", inbox, &name, &before, &after)?);
    Ok(after)
}

/// Whether something may answer this person by itself.
pub(crate) async fn serves(tx: &mut Tx<'_>, inbox: InboxId, person: &Person) -> Result<Serves, Problem> {
    let row = tx
        .first(
            sql!("SELECT message FROM automation_limits WHERE workspace_id = $1 AND inbox_id = $2 AND enabled = 1"),
            &params![tx.workspace, inbox],
        )
        .await?;
    let Some(row) = row else { return Ok(Serves::Yes) };
    let called = [Some(&person.id), person.phone.as_ref(), person.username.as_ref()];
    for name in called.into_iter().flatten().chain(&person.also).filter_map(|name| folded(name)) {
        let listed = tx
            .first(
                sql!("SELECT place FROM automation_listed WHERE workspace_id = $1 AND inbox_id = $2 AND name = $3"),
                &params![tx.workspace, inbox, name],
            )
            .await?;
        if listed.is_some() {
            return Ok(Serves::Yes);
        }
    }
    Ok(Serves::Others { message: row.get("message")? })
}

/// Whether he may be told that he is not served: not twice in a day. He counts as told.
pub(crate) async fn tells(tx: &mut Tx<'_>, inbox: InboxId, contact: ContactId) -> Result<bool, Problem> {
    let told = tx
        .execute(
            sql!(
                "INSERT INTO automation_told (workspace_id, inbox_id, contact_id, at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (workspace_id, inbox_id, contact_id) DO UPDATE SET at = excluded.at \
                 WHERE automation_told.at <= $5"
            ),
            &params![tx.workspace, inbox, contact, tx.now, tx.now - DAY_MS],
        )
        .await?;
    Ok(told == 1)
}

/// Show whom automation serves in an inbox
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/automation-list", tag = "messengers", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = AutomationList), (status = "default", body = base::ProblemBody))
)]
pub async fn show_automation_list(ctx: Ctx<CanList>) -> Result<Json<AutomationList>, Problem> {
    ctx.read(|tx, CanList(inbox)| Box::pin(async move { load(tx, inbox).await })).await.map(Json)
}

/// Set whom automation serves in an inbox
#[utoipa::path(
    put, path = "/api/v1/inboxes/{inbox}/automation-list", tag = "messengers", params(("inbox" = InboxId, Path)),
    request_body = AutomationList,
    responses((status = 200, body = AutomationList), (status = "default", body = base::ProblemBody))
)]
pub async fn put_automation_list(
    ctx: Ctx<CanList>,
    Body(asked): Body<AutomationList>,
) -> Result<Json<AutomationList>, Problem> {
    ctx.write(|tx, permit| Box::pin(put(tx, permit, asked))).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_handles_are_compared_as_their_contacts_are_called() {
        assert_eq!(folded("+62 812-3456.78").as_deref(), Some("62812345678"));
        assert_eq!([folded("@Budi.S"), folded(" budi.s ")], [Some("budi.s".into()), Some("budi.s".into())]);
        for wrong in ["", "@", "budi s", "https://x.example", "+1"] {
            assert_eq!(folded(wrong), None, "{wrong}");
        }
        let listed = |lines: &[&str]| checked(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
        assert_eq!(listed(&["@budi", "BUDI"]).expect("a list").len(), 1);
        assert!(listed(&["@budi", "?", "a b"]).is_err());
    }
}
