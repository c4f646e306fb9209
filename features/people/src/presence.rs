//! Whether a member is there: what he chose, whether any server has a socket of his, and whether he has all he can take.
//!
//! What must stay true: what he chose stays until he chooses again, over sign-outs and restarts; who has no socket
//! anywhere is offline whatever he chose; whoever has all he can take is busy by himself. Each change of what others see
//! is an event of the transaction that makes it. Absent: who gets work because of it (conversations).

use crate::{AWAY_REASON_UNKNOWN, away_reason, event};
use axum::Json;
use base::{AnyMember, Body, Ctx, MemberCaller, Problem, Tx, refusal};
use db::{FromValue, Row, params, sql};
use ids::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a member says of himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    Online,
    Away,
    Offline,
}

/// What others see of him.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PresenceState {
    Online,
    /// Online, with as many open conversations as he can take.
    Busy,
    Away,
    /// By choice, or because no server has a socket of his.
    Offline,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Presence {
    pub member_id: MemberId,
    pub state: PresenceState,
    pub chosen: Chosen,
    /// Of who chose to be away: the id of one of the workspace's reasons, or `idle`; `null` without one.
    pub reason: Option<String>,
    /// Since when he chose so.
    pub since: i64,
    /// Open conversations that he holds and that are not put aside; with an event, as of it.
    pub open: i64,
    /// His own limit of them; 0: the workspace's.
    pub open_limit: i64,
}

#[derive(Serialize, ToSchema)]
pub struct PresenceList {
    /// Of all members, by their ids.
    pub items: Vec<Presence>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoosePresence {
    pub chosen: Chosen,
    /// With `away`: the id of one of the workspace's reasons, or `idle` when the desk saw nobody for a while.
    pub reason: Option<String>,
}

/// A row of `presences`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    member: MemberId,
    chosen: Chosen,
    reason: Option<String>,
    since: i64,
    seen_at: Option<i64>,
    open: i64,
    own_limit: i64,
    workspace_limit: i64,
    /// Whether it matters to some inbox.
    routes: bool,
}

impl Chosen {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Away => "away",
            Self::Offline => "offline",
        }
    }
}

impl FromValue for Chosen {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let text = String::from_value(value)?;
        let all = [Self::Online, Self::Away, Self::Offline];
        all.into_iter().find(|one| one.as_str() == text).ok_or("a choice of presence was expected")
    }
}

/// What [`Stored::from_row`] reads.
macro_rules! columns {
    () => {
        "presences.member_id, presences.chosen, presences.reason, presences.since, presences.seen_at, presences.open, \
         presences.open_limit, \
         (SELECT k.open_limit FROM workspaces k WHERE k.id = presences.workspace_id) AS workspace_limit, \
         (SELECT k.routes FROM workspaces k WHERE k.id = presences.workspace_id) AS routes"
    };
}

impl Stored {
    fn from_row(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            member: row.get("member_id")?,
            chosen: row.get("chosen")?,
            reason: row.get("reason")?,
            since: row.get("since")?,
            seen_at: row.get("seen_at")?,
            open: row.get("open")?,
            own_limit: row.get("open_limit")?,
            workspace_limit: row.get("workspace_limit")?,
            routes: row.get::<i64>("routes")? != 0,
        })
    }

    fn limit(&self) -> i64 {
        if self.own_limit > 0 { self.own_limit } else { self.workspace_limit }
    }

    fn state(&self) -> PresenceState {
        match self.chosen {
            _ if self.seen_at.is_none() => PresenceState::Offline,
            Chosen::Offline => PresenceState::Offline,
            Chosen::Away => PresenceState::Away,
            Chosen::Online if self.limit() > 0 && self.open >= self.limit() => PresenceState::Busy,
            Chosen::Online => PresenceState::Online,
        }
    }

    fn shown(&self) -> Presence {
        Presence {
            member_id: self.member,
            state: self.state(),
            chosen: self.chosen,
            reason: self.reason.clone(),
            since: self.since,
            open: self.open,
            open_limit: self.own_limit,
        }
    }

    /// Tells everybody where something else is to be seen than before.
    fn tell(&self, tx: &mut Tx<'_>, before: &Self) -> Result<(), Problem> {
        let seen = |one: &Self| (one.state(), one.chosen, one.reason.clone(), one.own_limit);
        if seen(self) == seen(before) { Ok(()) } else { event::presence_updated(tx, self.shown(), self.routes) }
    }
}

/// Everybody's.
pub async fn list_presences(tx: &mut Tx<'_>) -> Result<Vec<Presence>, Problem> {
    let rows = tx
        .query(
            sql!(concat!("SELECT ", columns!(), " FROM presences WHERE workspace_id = $1 ORDER BY member_id")),
            &params![tx.workspace],
        )
        .await?;
    Ok(rows.iter().map(|row| Ok(Stored::from_row(row)?.shown())).collect::<Result<_, db::Error>>()?)
}

/// Of one member.
pub async fn presence(tx: &mut Tx<'_>, member: MemberId) -> Result<Option<Presence>, Problem> {
    let row = tx
        .first(
            sql!(concat!("SELECT ", columns!(), " FROM presences WHERE workspace_id = $1 AND member_id = $2")),
            &params![tx.workspace, member],
        )
        .await?;
    Ok(row.as_ref().map(Stored::from_row).transpose()?.map(|stored| stored.shown()))
}

/// A member's, to change: nobody else changes it before this transaction ends.
pub(crate) async fn lock(tx: &mut Tx<'_>, member: MemberId) -> Result<Option<Stored>, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: concat!("SELECT ", columns!(), " FROM presences WHERE workspace_id = ?1 AND member_id = ?2"),
                postgres: concat!("SELECT ", columns!(), " FROM presences WHERE workspace_id = $1 AND member_id = $2 FOR UPDATE")
            ),
            &params![tx.workspace, member],
        )
        .await?;
    Ok(row.as_ref().map(Stored::from_row).transpose()?)
}

/// Of a member who just joined: online as soon as he has a socket.
pub(crate) async fn begin(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO presences (workspace_id, member_id, chosen, since, open, open_limit) \
             VALUES ($1, $2, 'online', $3, 0, 0)"
        ),
        params![tx.workspace, member, tx.now],
    )
    .await?;
    Ok(())
}

/// What the member says of himself from now on.
pub(crate) async fn choose(tx: &mut Tx<'_>, me: &MemberCaller, asked: ChoosePresence) -> Result<Presence, Problem> {
    let reason = asked.reason.filter(|_| asked.chosen == Chosen::Away);
    if let Some(reason) = &reason
        && !away_reason::is_known(tx, reason).await?
    {
        return Err(AWAY_REASON_UNKNOWN.into());
    }
    let before = lock(tx, me.id).await?.ok_or(refusal::UNAUTHENTICATED)?;
    if (before.chosen, &before.reason) == (asked.chosen, &reason) {
        return Ok(before.shown());
    }
    let after = Stored { chosen: asked.chosen, reason, since: tx.now, ..before.clone() };
    tx.put(
        sql!("UPDATE presences SET chosen = $3, reason = $4, since = $5, free_since = $5 WHERE workspace_id = $1 AND member_id = $2"),
        params![tx.workspace, me.id, after.chosen.as_str(), after.reason.clone(), after.since],
    )
    .await?;
    after.tell(tx, &before)?;
    Ok(after.shown())
}

/// A server has a socket of his. Nearly always that is known already.
pub(crate) async fn is_here(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Problem> {
    let known = tx
        .execute(
            sql!(
                "UPDATE presences SET seen_at = $3 \
                 WHERE workspace_id = $1 AND member_id = $2 AND seen_at IS NOT NULL"
            ),
            &params![tx.workspace, member, tx.now],
        )
        .await?;
    if known == 0 { see(tx, member, Some(tx.now)).await } else { Ok(()) }
}

/// No server had a socket of his since `before`. Somebody may have seen him between the look and this.
pub(crate) async fn is_gone(tx: &mut Tx<'_>, member: MemberId, before: i64) -> Result<(), Problem> {
    match lock(tx, member).await? {
        Some(stored) if stored.seen_at.is_some_and(|seen| seen < before) => see(tx, member, None).await,
        _ => Ok(()),
    }
}

async fn see(tx: &mut Tx<'_>, member: MemberId, seen_at: Option<i64>) -> Result<(), Problem> {
    let Some(before) = lock(tx, member).await? else { return Ok(()) };
    tx.put(
        sql!("UPDATE presences SET seen_at = $3, free_since = $4 WHERE workspace_id = $1 AND member_id = $2"),
        params![tx.workspace, member, seen_at, tx.now],
    )
    .await?;
    Stored { seen_at, ..before.clone() }.tell(tx, &before)
}

/// He holds `by` more open conversations than before. One statement.
pub async fn move_open(tx: &mut Tx<'_>, member: MemberId, by: i64) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(concat!(
                "UPDATE presences SET open = open + $3, free_since = $4 WHERE workspace_id = $1 AND member_id = $2 RETURNING ",
                columns!()
            )),
            &params![tx.workspace, member, by, tx.now],
        )
        .await?;
    let Some(after) = row.as_ref().map(Stored::from_row).transpose()? else { return Ok(()) };
    after.tell(tx, &Stored { open: after.open - by, ..after.clone() })
}

/// How many open conversations he can take, 0 for the workspace's limit.
pub(crate) async fn set_limit(tx: &mut Tx<'_>, member: MemberId, own_limit: i64) -> Result<i64, Problem> {
    let Some(before) = lock(tx, member).await? else { return Ok(own_limit) };
    tx.put(
        sql!("UPDATE presences SET open_limit = $3 WHERE workspace_id = $1 AND member_id = $2"),
        params![tx.workspace, member, own_limit],
    )
    .await?;
    Stored { own_limit, ..before.clone() }.tell(tx, &before)?;
    Ok(before.own_limit)
}

/// The workspace's limit was another one: who is busy now, or no more, is told of. Called before it changes.
pub(crate) async fn limit_changes(tx: &mut Tx<'_>, workspace_limit: i64) -> Result<(), Problem> {
    let rows = tx
        .query(
            sql!(
                sqlite: concat!("SELECT ", columns!(), " FROM presences WHERE workspace_id = ?1 ORDER BY member_id"),
                postgres: concat!("SELECT ", columns!(), " FROM presences WHERE workspace_id = $1 ORDER BY member_id FOR UPDATE")
            ),
            &params![tx.workspace],
        )
        .await?;
    for row in &rows {
        let before = Stored::from_row(row)?;
        Stored { workspace_limit, ..before.clone() }.tell(tx, &before)?;
    }
    Ok(())
}

/// List who is there
#[utoipa::path(
    get, path = "/api/v1/presences", tag = "people",
    responses(
        (status = 200, body = PresenceList),
        (status = "default", description = "unauthenticated", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn show_presences(ctx: Ctx<AnyMember>) -> Result<Json<PresenceList>, Problem> {
    ctx.read(|tx, AnyMember(_)| Box::pin(async move { Ok(Json(PresenceList { items: list_presences(tx).await? })) }))
        .await
}

/// Say whether one is there
#[utoipa::path(
    put, path = "/api/v1/me/presence", tag = "people", request_body = ChoosePresence,
    responses(
        (status = 200, body = Presence),
        (status = "default", description = "unauthenticated, wrong_origin, invalid_body, away_reason_unknown", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn choose_presence(
    ctx: Ctx<AnyMember>,
    Body(asked): Body<ChoosePresence>,
) -> Result<Json<Presence>, Problem> {
    ctx.write(|tx, AnyMember(me)| Box::pin(async move { choose(tx, &me, asked).await })).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::Uuid;

    /// C41
    #[test]
    fn what_is_seen_follows_from_choice_sockets_and_load() {
        let there = Stored {
            member: MemberId(Uuid::nil()),
            chosen: Chosen::Online,
            reason: None,
            since: 0,
            seen_at: Some(1),
            open: 2,
            own_limit: 0,
            workspace_limit: 0,
            routes: false,
        };
        let with = |chosen, seen_at, own_limit, workspace_limit| {
            Stored { chosen, seen_at, own_limit, workspace_limit, ..there.clone() }.state()
        };
        assert_eq!(there.state(), PresenceState::Online, "without a limit nobody is busy");
        assert_eq!(with(Chosen::Online, Some(1), 0, 2), PresenceState::Busy);
        assert_eq!(with(Chosen::Online, Some(1), 3, 2), PresenceState::Online, "his own limit comes first");
        assert_eq!(with(Chosen::Away, Some(1), 1, 1), PresenceState::Away);
        assert_eq!(with(Chosen::Offline, Some(1), 0, 0), PresenceState::Offline);
        assert_eq!(with(Chosen::Online, None, 0, 0), PresenceState::Offline);
    }
}
