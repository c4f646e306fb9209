//! The signed-in member himself.

use crate::{
    Limits, Locale, Member, Preferences, Workspace, away_reason,
    caller::{own_rights, rights},
    event::{self, Reach},
    member::checked_name,
    signature::{checked_signature, signature_of},
};
use axum::Json;
use base::{AnyMember, Audited, Body, Ctx, MemberCaller, Problem, SignedIn, Tx, refusal};
use db::{params, sql};
use ids::{MemberId, SignInId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    pub member: Member,
    pub workspace: Workspace,
    pub locale: Locale,
    /// What his mails end with, with marks; `{{me.name}}` and `{{inbox.name}}` are filled in.
    pub signature: String,
    /// `null` until something was chosen.
    pub preferences: Option<Preferences>,
    /// `area:action:scope`, for example `conversation:reply:own`; of a program, what its token leaves of them.
    pub rights: Vec<String>,
    /// `null`: a program asks in his name.
    pub sign_in_id: Option<SignInId>,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMe {
    pub name: Option<String>,
    pub locale: Option<Locale>,
    /// At most 1,000 characters.
    pub signature: Option<String>,
}

pub async fn me(tx: &mut Tx<'_>, caller: &MemberCaller) -> Result<Me, Problem> {
    let me = load(tx, caller.id, caller.sign_in()).await?;
    Ok(if caller.token().is_some() { Me { rights: caller.rights.names(), ..me } } else { me })
}

pub(crate) async fn load(tx: &mut Tx<'_>, member: MemberId, sign_in_id: Option<SignInId>) -> Result<Me, Problem> {
    let row = tx
        .first(
            sql!(concat!(
                "SELECT m.id, m.name, m.email, m.role, ",
                own_rights!(),
                ", m.disabled_at, m.joined_at, m.skills, m.locale, m.signature, m.preferences, \
                 w.id AS workspace_id, w.name AS workspace_name, w.locale AS workspace_locale, \
                 w.message_characters, w.open_limit, w.away_reasons, w.erase_after_days \
                 FROM members m JOIN workspaces w ON w.id = m.workspace_id WHERE m.workspace_id = $1 AND m.id = $2"
            )),
            &params![tx.workspace, member],
        )
        .await?
        .ok_or(refusal::UNAUTHENTICATED)?;
    let member = Member::from_row(&row)?;
    Ok(Me {
        rights: rights(&row)?.names(),
        member,
        workspace: Workspace {
            id: row.get("workspace_id")?,
            name: row.get("workspace_name")?,
            locale: row.get("workspace_locale")?,
            limits: Limits::of(row.get::<i64>("message_characters")? as usize),
            open_limit: row.get("open_limit")?,
            away_reasons: away_reason::stored(row.get("away_reasons")?)?,
            erase_after_days: row.get("erase_after_days")?,
        },
        locale: row.get("locale")?,
        signature: row.get("signature")?,
        preferences: Preferences::stored(row.get::<Option<String>>("preferences")?.as_deref())?,
        sign_in_id,
    })
}

/// Changes what a member may change of himself.
pub(crate) async fn change(tx: &mut Tx<'_>, caller: &MemberCaller, asked: ChangeMe) -> Result<Me, Problem> {
    if let Some(locale) = asked.locale {
        tx.put(
            sql!("UPDATE members SET locale = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, caller.id, locale],
        )
        .await?;
    }
    if let Some(signature) = asked.signature {
        let (before, after) = (signature_of(tx, caller.id).await?, checked_signature(&signature)?);
        let of = |signature: &str| serde_json::json!({ "signature": signature });
        tx.audit(Audited::changed("member", caller.id, &caller.name, &of(&before), &of(&after))?);
        tx.put(
            sql!("UPDATE members SET signature = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, caller.id, after],
        )
        .await?;
    }
    let renamed = asked.name.is_some();
    if let Some(name) = asked.name {
        let name = checked_name(&name)?;
        tx.put(
            sql!("UPDATE members SET name = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, caller.id, name],
        )
        .await?;
    }
    let me = me(tx, caller).await?;
    if renamed {
        let named = |name: &str| serde_json::json!({ "name": name });
        let (before, after) = (named(&caller.name), named(&me.member.name));
        tx.audit(Audited::changed("member", caller.id, &me.member.name, &before, &after)?);
        event::member_updated(tx, &me.member, Reach::Nothing)?;
    }
    Ok(me)
}

/// Show who is signed in
#[utoipa::path(
    get, path = "/api/v1/me", tag = "people",
    responses(
        (status = 200, body = Me),
        (status = "default", description = "unauthenticated", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn show_me(ctx: Ctx<AnyMember>) -> Result<Json<Me>, Problem> {
    ctx.read(|tx, AnyMember(member)| Box::pin(async move { Ok(Json(me(tx, &member).await?)) })).await
}

/// Change the own name, language or signature
#[utoipa::path(
    patch, path = "/api/v1/me", tag = "people", request_body = ChangeMe,
    responses(
        (status = 200, body = Me),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, name_invalid, signature_invalid", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn change_me(ctx: Ctx<SignedIn>, Body(asked): Body<ChangeMe>) -> Result<Json<Me>, Problem> {
    ctx.write(|tx, SignedIn(member)| Box::pin(async move { Ok(Json(change(tx, &member, asked).await?)) })).await
}
