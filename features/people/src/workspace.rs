//! The workspace: the tenant that everything belongs to, and what its administrators set for all of it.

use crate::{
    AwayReason, ERASE_AFTER_INVALID, Locale, MESSAGE_LENGTH_INVALID, NAME_INVALID, OPEN_LIMIT_INVALID, away_reason,
    event, presence,
};
use axum::Json;
use base::{Audited, Body, Caller, Ctx, Permit, Problem, Right, Tx, refusal};
use db::{params, sql};
use ids::WorkspaceId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) const NAME_CHARACTERS: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Workspace {
    pub id: WorkspaceId,
    pub name: String,
    /// In which its widgets speak to browsers of other languages.
    pub locale: Locale,
    pub limits: Limits,
    /// How many open conversations a member can take before he is busy; 0: any number.
    pub open_limit: i64,
    /// Why members are away, in the order of the menu.
    pub away_reasons: Vec<AwayReason>,
    /// How many days deleted conversations can be put back; 0: they are erased at once.
    pub erase_after_days: i64,
}

/// What one message may carry, as clients are told before they send it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Limits {
    /// Unicode code points after trimming.
    pub message_characters: usize,
    /// A ceiling beside it: a code point has up to four bytes.
    pub message_bytes: usize,
    pub message_files: usize,
    pub file_bytes: u64,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWorkspace {
    pub name: Option<String>,
    pub locale: Option<Locale>,
    /// How long the team's messages may be, 200 to 10,000 Unicode code points.
    pub message_characters: Option<usize>,
    /// 0 to 500.
    pub open_limit: Option<i64>,
    pub away_reasons: Option<Vec<AwayReason>>,
    /// 0 to 365; what was deleted before keeps its days.
    pub erase_after_days: Option<i64>,
}

/// As many chats as anybody could have before him.
const OPEN_LIMIT_MOST: i64 = 500;

/// A year.
const ERASE_AFTER_MOST: i64 = 365;

pub(crate) fn checked_open_limit(limit: i64) -> Result<i64, Problem> {
    if (0..=OPEN_LIMIT_MOST).contains(&limit) {
        Ok(limit)
    } else {
        Err(OPEN_LIMIT_INVALID.with("max", OPEN_LIMIT_MOST))
    }
}

/// May change what holds for all.
pub struct CanManageWorkspace;

impl Permit for CanManageWorkspace {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::WORKSPACE_MANAGE)?;
        Ok(Self)
    }
}

impl Limits {
    /// What the channels themselves take, the site's chat and the interface for other systems; no workspace allows
    /// more.
    pub const MOST: Self = Self::of(10_000);
    /// So that a sentence always fits.
    const LEAST_CHARACTERS: usize = 200;

    pub const fn of(message_characters: usize) -> Self {
        Self {
            message_characters,
            message_bytes: 4 * message_characters,
            message_files: 10,
            file_bytes: 25 * 1024 * 1024,
        }
    }
}

/// The workspace, to change: nobody else changes it before this transaction ends.
async fn lock(tx: &mut Tx<'_>) -> Result<Workspace, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT name, locale, message_characters, open_limit, away_reasons, erase_after_days \
                         FROM workspaces WHERE id = ?1",
                postgres: "SELECT name, locale, message_characters, open_limit, away_reasons, erase_after_days \
                           FROM workspaces WHERE id = $1 FOR UPDATE"
            ),
            &params![tx.workspace],
        )
        .await?
        .ok_or(refusal::NOT_FOUND)?;
    Ok(Workspace {
        id: tx.workspace,
        name: row.get("name")?,
        locale: row.get("locale")?,
        limits: Limits::of(row.get::<i64>("message_characters")? as usize),
        open_limit: row.get("open_limit")?,
        away_reasons: away_reason::stored(row.get("away_reasons")?)?,
        erase_after_days: row.get("erase_after_days")?,
    })
}

/// How many days what is deleted now can be put back.
pub async fn erase_after_days(tx: &mut Tx<'_>) -> Result<i64, Problem> {
    let row = tx.first(sql!("SELECT erase_after_days FROM workspaces WHERE id = $1"), &params![tx.workspace]).await?;
    Ok(row.ok_or(refusal::NOT_FOUND)?.get("erase_after_days")?)
}

/// Changes what holds for everybody.
pub async fn change_workspace(tx: &mut Tx<'_>, asked: ChangeWorkspace) -> Result<Workspace, Problem> {
    let mut workspace = lock(tx).await?;
    let before = workspace.clone();
    if let Some(name) = asked.name {
        workspace.name = base::name(&name, NAME_CHARACTERS, NAME_INVALID)?;
    }
    workspace.locale = asked.locale.unwrap_or(workspace.locale);
    if let Some(characters) = asked.message_characters {
        let (min, max) = (Limits::LEAST_CHARACTERS, Limits::MOST.message_characters);
        if !(min..=max).contains(&characters) {
            return Err(MESSAGE_LENGTH_INVALID.with("min", min).with("max", max));
        }
        workspace.limits = Limits::of(characters);
    }
    if let Some(limit) = asked.open_limit {
        let limit = checked_open_limit(limit)?;
        if limit != workspace.open_limit {
            presence::limit_changes(tx, limit).await?;
        }
        workspace.open_limit = limit;
    }
    if let Some(reasons) = asked.away_reasons {
        workspace.away_reasons = away_reason::checked(reasons)?;
    }
    if let Some(days) = asked.erase_after_days {
        if !(0..=ERASE_AFTER_MOST).contains(&days) {
            return Err(ERASE_AFTER_INVALID.with("max", ERASE_AFTER_MOST));
        }
        workspace.erase_after_days = days;
    }
    let shipped = workspace.away_reasons == away_reason::shipped();
    let reasons = (!shipped).then(|| serde_json::to_string(&workspace.away_reasons)).transpose()?;
    tx.put(
        sql!(
            "UPDATE workspaces SET name = $2, locale = $3, message_characters = $4, open_limit = $5, \
             away_reasons = $6, erase_after_days = $7 WHERE id = $1"
        ),
        params![
            tx.workspace,
            workspace.name.as_str(),
            workspace.locale,
            workspace.limits.message_characters as i64,
            workspace.open_limit,
            reasons,
            workspace.erase_after_days
        ],
    )
    .await?;
    tx.audit(Audited::changed("workspace", workspace.id, &workspace.name, &before, &workspace)?);
    event::workspace_updated(tx, &workspace)?;
    Ok(workspace)
}

/// Change the workspace
#[utoipa::path(
    patch, path = "/api/v1/workspace", tag = "people", request_body = ChangeWorkspace,
    responses(
        (status = 200, body = Workspace),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, name_invalid, message_length_invalid, open_limit_invalid, away_reason_invalid, erase_after_invalid", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn patch_workspace(
    ctx: Ctx<CanManageWorkspace>,
    Body(asked): Body<ChangeWorkspace>,
) -> Result<Json<Workspace>, Problem> {
    ctx.write(|tx, CanManageWorkspace| Box::pin(change_workspace(tx, asked))).await.map(Json)
}
