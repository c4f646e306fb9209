//! A member: a person of the workspace.

use crate::{
    EMAIL_TAKEN, Email, Locale, NAME_INVALID,
    caller::{own_rights, rights},
    event::{self, Reach},
    presence, role, skills,
};
use axum::Json;
use base::{AnyMember, Ctx, Ms, Problem, Right, Role, Scope, Tx, trimmed, turns_direction};
use db::{Row, params, sql};
use ids::MemberId;
use serde::Serialize;
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// How far he sees conversations, by his role.
    pub sees: Scope,
    pub disabled: bool,
    pub joined_at: i64,
    /// What he knows about, folded words in the order of the alphabet.
    pub skills: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct MemberList {
    pub items: Vec<Member>,
}

/// Who joins a workspace.
pub struct NewMember {
    pub name: String,
    pub email: Email,
    pub role: Role,
    /// As [`crate::Passwords::hash`] makes it.
    pub password_hash: String,
    pub locale: Locale,
}

impl Member {
    pub(crate) fn from_row(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            email: row.get("email")?,
            role: row.get("role")?,
            sees: rights(row)?.scope(Right::CONVERSATION_VIEW),
            disabled: row.get::<Option<Ms>>("disabled_at")?.is_some(),
            joined_at: row.get("joined_at")?,
            skills: skills::stored(row.get("skills")?)?,
        })
    }
}

/// A person's name: trimmed, on one line, not empty.
pub(crate) fn checked_name(text: &str) -> Result<String, Problem> {
    let name = trimmed(text, NAME_CHARACTERS, NAME_INVALID)?;
    if name.chars().any(|char| char.is_control() || turns_direction(char)) {
        return Err(NAME_INVALID.with("max", NAME_CHARACTERS));
    }
    Ok(name)
}

/// Takes somebody into the workspace.
pub async fn add_member(tx: &mut Tx<'_>, new: NewMember) -> Result<Member, Problem> {
    let member = Member {
        id: MemberId(tx.uuid()),
        name: checked_name(&new.name)?,
        email: new.email.text,
        role: new.role,
        sees: role::keep(tx, new.role).await?.scope(Right::CONVERSATION_VIEW),
        disabled: false,
        joined_at: tx.now,
        skills: Vec::new(),
    };
    let (name, email) = (member.name.as_str(), member.email.as_str());
    let added = tx
        .execute(
            sql!(
                "INSERT INTO members (workspace_id, id, name, email, email_key, role, password_hash, locale, joined_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            ),
            &params![
                tx.workspace,
                member.id,
                name,
                email,
                new.email.key,
                member.role,
                new.password_hash,
                new.locale,
                member.joined_at
            ],
        )
        .await;
    match added {
        // The key of the row is fresh, so it is the address that is there already.
        Err(db::Error::Unique(_)) => Err(EMAIL_TAKEN.into()),
        Err(error) => Err(error.into()),
        Ok(_) => {
            presence::begin(tx, member.id).await?;
            event::member_updated(tx, &member, Reach::Nothing)?;
            Ok(member)
        }
    }
}

pub(crate) async fn find_member(tx: &mut Tx<'_>, id: MemberId) -> Result<Option<Member>, Problem> {
    let row = tx
        .first(
            sql!(concat!(
                "SELECT m.id, m.name, m.email, m.role, ",
                own_rights!(),
                ", m.disabled_at, m.joined_at, m.skills FROM members m WHERE m.workspace_id = $1 AND m.id = $2"
            )),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(row.as_ref().map(Member::from_row).transpose()?)
}

/// Every member, disabled ones too: their names stand in old entries.
pub async fn list_members(tx: &mut Tx<'_>) -> Result<Vec<Member>, Problem> {
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT m.id, m.name, m.email, m.role, ",
                own_rights!(),
                ", m.disabled_at, m.joined_at, m.skills FROM members m WHERE m.workspace_id = $1 \
                 ORDER BY m.joined_at, m.id"
            )),
            &params![tx.workspace],
        )
        .await?;
    Ok(rows.iter().map(Member::from_row).collect::<Result<_, _>>()?)
}

/// List the members
#[utoipa::path(
    get, path = "/api/v1/members", tag = "people",
    responses(
        (status = 200, body = MemberList),
        (status = "default", description = "unauthenticated", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn show_members(ctx: Ctx<AnyMember>) -> Result<Json<MemberList>, Problem> {
    ctx.read(|tx, AnyMember(_)| Box::pin(async move { Ok(Json(MemberList { items: list_members(tx).await? })) })).await
}
