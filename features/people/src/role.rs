//! A role that a workspace made: a table of rights under a name, given to members as the shipped ones are.
//!
//! What must stay true: a name is one in its workspace, whatever its case; nobody makes, changes, gives or takes what
//! covers more than his own rights; who holds a role has its new rights at once; a role that somebody holds, or is
//! invited to, goes only when another takes its place. Absent: the shipped roles (`base`), which nobody changes.

use crate::{
    ROLE_DESCRIPTION_INVALID, ROLE_NAME_INVALID, ROLE_RIGHT_UNKNOWN, ROLE_RIGHT_UNSEEN, ROLE_UNKNOWN,
    caller::{own_rights, rights},
    member::Member,
};
use axum::Json;
use base::{AnyMember, Caller, Ctx, MemberCaller, Permit, Problem, Right, Rights, Role, Scope, Tx, refusal};
use db::{Row, params, sql};
use ids::{MemberId, RoleId, TeamId};
use serde::Serialize;
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 40;
const DESCRIPTION_CHARACTERS: usize = 300;

/// As it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FreeRole {
    pub id: RoleId,
    pub name: String,
    pub description: Option<String>,
    pub rights: Rights,
}

/// A role as somebody sees it, shipped or made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoleItem {
    pub role: Role,
    /// `null`: a shipped one, which each language names.
    pub name: Option<String>,
    pub description: Option<String>,
    /// `area:action:scope`, for example `conversation:reply:own`.
    pub rights: Vec<String>,
    /// Who has it, disabled ones too.
    pub members: i64,
    /// The asking member may give it to others, and change it when it is not a shipped one.
    pub can_give: bool,
}

/// A right that a role can hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RightItem {
    /// `area:action`.
    pub right: String,
    /// How far it can be held, from the narrowest.
    pub scopes: Vec<Scope>,
    /// It is held no further than conversations are seen.
    pub seen: bool,
    /// How far the asking member holds it himself, and so may give it.
    pub mine: Scope,
}

#[derive(Serialize, ToSchema)]
pub struct RoleList {
    /// The shipped ones, then by name.
    pub items: Vec<RoleItem>,
    pub rights: Vec<RightItem>,
}

/// May make roles.
pub struct CanManageRoles(pub Arc<MemberCaller>);

impl Permit for CanManageRoles {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let by = caller.member()?;
        by.must_hold(Right::MEMBER_MANAGE)?;
        Ok(Self(by.clone()))
    }
}

/// A role that the caller may change and remove; locked.
pub struct ManagedRole {
    pub(crate) by: Arc<MemberCaller>,
    pub(crate) role: FreeRole,
}

impl Permit for ManagedRole {
    type Target = RoleId;

    async fn grant(caller: &Caller, target: RoleId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let by = caller.member()?.clone();
        // Everybody sees the roles, so the missing right is no secret.
        let role = lock(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        by.must_hold(Right::MEMBER_MANAGE)?;
        must_cover(&by, role.rights)?;
        Ok(Self { by, role })
    }
}

impl FreeRole {
    fn from_row(row: &Row) -> Result<Self, db::Error> {
        let role: Role = row.get("role")?;
        let Role::Free(id) = role else {
            return Err(db::Error::Column {
                column: "role".into(),
                problem: "one that the workspace made was expected",
            });
        };
        Ok(Self {
            id,
            name: row.get("name")?,
            description: row.get("description")?,
            rights: Rights::stored(role, Some(&row.get::<String>("rights")?)),
        })
    }

    /// For the audit log.
    pub(crate) fn told(&self) -> Value {
        json!({ "name": self.name, "description": self.description, "rights": self.rights.names() })
    }

    pub(crate) fn item(self, members: i64, by: &MemberCaller) -> RoleItem {
        RoleItem {
            role: Role::Free(self.id),
            name: Some(self.name),
            description: self.description,
            rights: self.rights.names(),
            members,
            can_give: gives(by, self.rights),
        }
    }
}

pub(crate) fn checked_name(text: &str) -> Result<String, Problem> {
    base::name(text, NAME_CHARACTERS, ROLE_NAME_INVALID)
}

pub(crate) fn checked_description(text: &str) -> Result<Option<String>, Problem> {
    base::optional(Some(text), DESCRIPTION_CHARACTERS, ROLE_DESCRIPTION_INVALID)
}

/// By which a name is one in its workspace.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Rights that a role can hold together: nothing is done to what is not seen.
pub(crate) fn checked_rights(names: &[String]) -> Result<Rights, Problem> {
    let rights = Rights::parse(names).map_err(|wrong| ROLE_RIGHT_UNKNOWN.with("right", wrong))?;
    let sees = rights.scope(Right::CONVERSATION_VIEW);
    let unseen = Right::ALL.into_iter().find(|right| right.is_about_conversations() && rights.scope(*right) > sees);
    unseen.map_or(Ok(rights), |right| Err(ROLE_RIGHT_UNSEEN.with("right", right.0)))
}

/// Nobody grants what he lacks.
pub(crate) fn must_cover(by: &MemberCaller, rights: Rights) -> Result<(), Problem> {
    if by.rights.covers(rights) { Ok(()) } else { Err(refusal::FORBIDDEN.into()) }
}

fn gives(by: &MemberCaller, rights: Rights) -> bool {
    by.scope(Right::MEMBER_MANAGE) == Scope::All && by.rights.covers(rights)
}

/// What a role may do. One that the workspace made stays as it is until this transaction ends: for whom it is given to.
pub(crate) async fn keep(tx: &mut Tx<'_>, role: Role) -> Result<Rights, Problem> {
    if let Some(rights) = role.rights() {
        return Ok(rights);
    }
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT rights FROM roles WHERE workspace_id = ?1 AND role = ?2",
                postgres: "SELECT rights FROM roles WHERE workspace_id = $1 AND role = $2 FOR KEY SHARE"
            ),
            &params![tx.workspace, role],
        )
        .await?
        .ok_or(ROLE_UNKNOWN)?;
    Ok(Rights::stored(role, Some(&row.get::<String>("rights")?)))
}

/// Nobody else changes it, or gives it, before this transaction ends.
async fn lock(tx: &mut Tx<'_>, id: RoleId) -> Result<Option<FreeRole>, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT role, name, description, rights FROM roles WHERE workspace_id = ?1 AND role = ?2",
                postgres: "SELECT role, name, description, rights FROM roles WHERE workspace_id = $1 AND role = $2 FOR UPDATE"
            ),
            &params![tx.workspace, Role::Free(id)],
        )
        .await?;
    Ok(row.as_ref().map(FreeRole::from_row).transpose()?)
}

pub(crate) async fn find(tx: &mut Tx<'_>, id: RoleId) -> Result<Option<FreeRole>, Problem> {
    let row = tx
        .first(
            sql!("SELECT role, name, description, rights FROM roles WHERE workspace_id = $1 AND role = $2"),
            &params![tx.workspace, Role::Free(id)],
        )
        .await?;
    Ok(row.as_ref().map(FreeRole::from_row).transpose()?)
}

/// Those that the workspace made, by name.
pub(crate) async fn made(tx: &mut Tx<'_>) -> Result<Vec<FreeRole>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT role, name, description, rights FROM roles WHERE workspace_id = $1 ORDER BY folded"),
            &params![tx.workspace],
        )
        .await?;
    Ok(rows.iter().map(FreeRole::from_row).collect::<Result<_, _>>()?)
}

/// Who has a role, disabled ones too.
pub(crate) async fn holders(tx: &mut Tx<'_>, role: Role) -> Result<Vec<Member>, Problem> {
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT m.id, m.name, m.email, m.role, ",
                own_rights!(),
                ", m.disabled_at, m.joined_at, m.skills FROM members m WHERE m.workspace_id = $1 AND m.role = $2 \
                 ORDER BY m.id"
            )),
            &params![tx.workspace, role],
        )
        .await?;
    Ok(rows.iter().map(Member::from_row).collect::<Result<_, _>>()?)
}

/// Members of a team whose rights reach what it has: theirs move with whoever comes or goes.
pub(crate) async fn reached(tx: &mut Tx<'_>, team: TeamId) -> Result<Vec<MemberId>, Problem> {
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT m.id, m.role, ",
                own_rights!(),
                " FROM team_members t JOIN members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id \
                 WHERE t.workspace_id = $1 AND t.team_id = $2"
            )),
            &params![tx.workspace, team],
        )
        .await?;
    let mut reached = Vec::new();
    for row in &rows {
        if rights(row)?.reach_teams() {
            reached.push(row.get("id")?);
        }
    }
    Ok(reached)
}

/// All roles, as the member sees them.
async fn list(tx: &mut Tx<'_>, by: &MemberCaller) -> Result<RoleList, Problem> {
    let counted = tx
        .query(
            sql!("SELECT role, COUNT(*) AS members FROM members WHERE workspace_id = $1 GROUP BY role"),
            &params![tx.workspace],
        )
        .await?;
    let counted = counted.iter().map(|row| Ok((row.get("role")?, row.get("members")?)));
    let members = counted.collect::<Result<HashMap<Role, i64>, db::Error>>()?;
    let members = |role: Role| members.get(&role).copied().unwrap_or(0);
    let shipped = Role::SHIPPED.into_iter().filter_map(|role| Some((role, role.rights()?)));
    let shipped = shipped.map(|(role, rights)| RoleItem {
        role,
        name: None,
        description: None,
        rights: rights.names(),
        members: members(role),
        can_give: gives(by, rights),
    });
    let mut items: Vec<_> = shipped.collect();
    items.extend(made(tx).await?.into_iter().map(|role| {
        let count = members(Role::Free(role.id));
        role.item(count, by)
    }));
    let rights = Right::ALL.into_iter().map(|right| RightItem {
        right: right.0.to_owned(),
        scopes: right.scopes().to_vec(),
        seen: right.is_about_conversations() && right != Right::CONVERSATION_VIEW,
        mine: by.scope(right),
    });
    Ok(RoleList { items, rights: rights.collect() })
}

/// List the roles
#[utoipa::path(
    get, path = "/api/v1/roles", tag = "people",
    responses(
        (status = 200, body = RoleList),
        (status = "default", description = "unauthenticated", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn show_roles(ctx: Ctx<AnyMember>) -> Result<Json<RoleList>, Problem> {
    ctx.read(|tx, AnyMember(by)| Box::pin(async move { list(tx, &by).await })).await.map(Json)
}
