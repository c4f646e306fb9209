//! A team: some of the workspace's members under a name, by which notes call them and quick replies are shared.
//!
//! What must stay true: a name is one in its workspace, whatever its case; who joins or leaves a team, or leads it from
//! now on or no more, has new rights at once; a member who is disabled keeps his place and is called by nobody. Absent:
//! what belongs to a team. Those features ask.

use crate::{
    MEMBER_UNKNOWN, TEAM_NAME_INVALID, TOO_MANY_TEAM_MEMBERS, membership::put_by_others, pause, role::reached,
};
use axum::Json;
use base::{AnyMember, Caller, Ctx, Permit, Problem, Right, Tx, refusal};
use db::{Row, params, sql};
use ids::{MemberId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 40;
/// Of one team: a note calls all of them at once.
const MEMBERS: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Team {
    pub id: TeamId,
    /// One line of at most 40 characters.
    pub name: String,
    /// In the order of their ids, disabled ones too.
    pub members: Vec<TeamMember>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamMember {
    pub member_id: MemberId,
    /// Looks after what the team shares.
    pub leads: bool,
}

#[derive(Serialize, ToSchema)]
pub struct TeamList {
    /// By name.
    pub items: Vec<Team>,
}

/// May make teams.
pub struct CanManageTeams;

impl Permit for CanManageTeams {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::MEMBER_MANAGE)?;
        Ok(Self)
    }
}

/// A team that the caller may change and remove; locked.
pub struct ManagedTeam(pub Team);

impl Permit for ManagedTeam {
    type Target = TeamId;

    async fn grant(caller: &Caller, target: TeamId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?;
        // Everybody sees the teams, so the missing right is no secret.
        let team = lock(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        member.must_hold(Right::MEMBER_MANAGE)?;
        Ok(Self(team))
    }
}

impl Team {
    /// Puts a member into it, or changes his place.
    pub(crate) fn put(&mut self, new: TeamMember) {
        self.members.retain(|known| known.member_id != new.member_id);
        self.members.push(new);
    }

    /// In their order, and not too many.
    pub(crate) fn settled(mut self) -> Result<Self, Problem> {
        self.members.sort_unstable_by_key(|member| member.member_id);
        if self.members.len() > MEMBERS { Err(TOO_MANY_TEAM_MEMBERS.with("max", MEMBERS)) } else { Ok(self) }
    }
}

pub(crate) fn checked_name(text: &str) -> Result<String, Problem> {
    base::name(text, NAME_CHARACTERS, TEAM_NAME_INVALID)
}

/// By which a name is one in its workspace.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// All teams, by name.
pub async fn list_teams(tx: &mut Tx<'_>) -> Result<Vec<Team>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT t.id, t.name, m.member_id, m.leads FROM teams t \
                 LEFT JOIN team_members m ON m.workspace_id = t.workspace_id AND m.team_id = t.id \
                 WHERE t.workspace_id = $1 ORDER BY t.folded, m.member_id"
            ),
            &params![tx.workspace],
        )
        .await?;
    Ok(teams(&rows)?)
}

pub async fn find_team(tx: &mut Tx<'_>, id: TeamId) -> Result<Option<Team>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT t.id, t.name, m.member_id, m.leads FROM teams t \
                 LEFT JOIN team_members m ON m.workspace_id = t.workspace_id AND m.team_id = t.id \
                 WHERE t.workspace_id = $1 AND t.id = $2 ORDER BY m.member_id"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(teams(&rows)?.pop())
}

/// As [`find_team`], and nobody else changes it before this transaction ends.
pub(crate) async fn lock(tx: &mut Tx<'_>, id: TeamId) -> Result<Option<Team>, Problem> {
    let there = tx
        .first(
            sql!(
                sqlite: "SELECT id FROM teams WHERE workspace_id = ?1 AND id = ?2",
                postgres: "SELECT id FROM teams WHERE workspace_id = $1 AND id = $2 FOR UPDATE"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    // Read again behind the lock: the members are rows of their own.
    if there.is_some() { find_team(tx, id).await } else { Ok(None) }
}

/// Whether the team is there, and it stays until this transaction ends: for what is to belong to it.
pub async fn keep_team(tx: &mut Tx<'_>, id: TeamId) -> Result<bool, Problem> {
    let there = tx
        .first(
            sql!(
                sqlite: "SELECT id FROM teams WHERE workspace_id = ?1 AND id = ?2",
                postgres: "SELECT id FROM teams WHERE workspace_id = $1 AND id = $2 FOR KEY SHARE"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(there.is_some())
}

/// The rows of a team stand together.
fn teams(rows: &[Row]) -> Result<Vec<Team>, db::Error> {
    let mut teams: Vec<Team> = Vec::new();
    for row in rows {
        let id = row.get("id")?;
        if teams.last().is_none_or(|team| team.id != id) {
            teams.push(Team { id, name: row.get("name")?, members: Vec::new() });
        }
        let member: Option<MemberId> = row.get("member_id")?;
        if let (Some(team), Some(member_id)) = (teams.last_mut(), member) {
            team.members.push(TeamMember { member_id, leads: row.get::<i64>("leads")? != 0 });
        }
    }
    Ok(teams)
}

/// Writes who is in a team and how, where it differs from before; answers whose rights that moves.
pub(crate) async fn seat(tx: &mut Tx<'_>, before: &[TeamMember], after: &Team) -> Result<Vec<MemberId>, Problem> {
    let new: Vec<_> = after.members.iter().filter(|member| !before.contains(member)).copied().collect();
    let was = |id| before.iter().any(|member| member.member_id == id);
    put_by_others(tx, |by| !was(by.id) && new.iter().any(|member| member.member_id == by.id))?;
    let stays = |id| after.members.iter().any(|member| member.member_id == id);
    let gone: Vec<_> = before.iter().map(|member| member.member_id).filter(|id| !stays(*id)).collect();
    for TeamMember { member_id, leads } in &new {
        // Taken from the members, so that a stranger's id joins nothing.
        let seated = tx
            .execute(
                sql!(
                    "INSERT INTO team_members (workspace_id, team_id, member_id, leads) \
                     SELECT workspace_id, $3, id, $4 FROM members WHERE workspace_id = $1 AND id = $2 \
                     ON CONFLICT (workspace_id, team_id, member_id) DO UPDATE SET leads = excluded.leads"
                ),
                &params![tx.workspace, *member_id, after.id, i64::from(*leads)],
            )
            .await?;
        if seated == 0 {
            return Err(MEMBER_UNKNOWN.with("id", member_id.to_string()));
        }
    }
    for id in &gone {
        tx.put(
            sql!("DELETE FROM team_members WHERE workspace_id = $1 AND team_id = $2 AND member_id = $3"),
            params![tx.workspace, after.id, *id],
        )
        .await?;
    }
    if !gone.is_empty() {
        pause::end_lost(tx).await?;
    }
    let mut moved: Vec<_> = new.into_iter().map(|member| member.member_id).chain(gone).collect();
    if !moved.is_empty() {
        moved.extend(reached(tx, after.id).await?);
        moved.sort_unstable();
        moved.dedup();
    }
    Ok(moved)
}

/// List the teams
#[utoipa::path(
    get, path = "/api/v1/teams", tag = "people",
    responses(
        (status = 200, body = TeamList),
        (status = "default", description = "unauthenticated", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn show_teams(ctx: Ctx<AnyMember>) -> Result<Json<TeamList>, Problem> {
    ctx.read(|tx, AnyMember(_)| Box::pin(async move { Ok(Json(TeamList { items: list_teams(tx).await? })) })).await
}
