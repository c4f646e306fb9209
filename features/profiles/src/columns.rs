//! Which columns a member wants in the table of contacts: his own choice, on all his devices.

use crate::{CONTACT_COLUMNS_INVALID, list::CanSeeAll};
use axum::Json;
use base::{Body, Ctx, Problem, Tx};
use contacts::ContactField;
use db::{params, sql};
use ids::{AttributeId, MemberId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub const MOST: usize = 30;
/// What there is besides fields and attributes.
const OTHERS: [&str; 2] = ["tags", "created_at"];
const USUAL: [&str; 4] = ["email", "phone", "tags", "created_at"];

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactColumns {
    /// In their order: fields of the profile, ids of attributes, `tags` and `created_at`.
    pub columns: Vec<String>,
}

pub fn is_column(name: &str) -> bool {
    OTHERS.contains(&name)
        || name.parse::<AttributeId>().is_ok()
        || serde_json::from_value::<ContactField>(Value::String(name.to_owned())).is_ok()
}

pub async fn of_member(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<String>, Problem> {
    let row = tx
        .first(
            sql!("SELECT columns FROM contact_columns WHERE workspace_id = $1 AND member_id = $2"),
            &params![tx.workspace, member],
        )
        .await?;
    match row {
        Some(row) => Ok(serde_json::from_str(&row.get::<String>("columns")?)?),
        None => Ok(USUAL.map(str::to_owned).to_vec()),
    }
}

async fn put(tx: &mut Tx<'_>, member: MemberId, asked: ContactColumns) -> Result<ContactColumns, Problem> {
    let fits = asked.columns.len() <= MOST && asked.columns.iter().all(|name| is_column(name));
    if !fits {
        return Err(CONTACT_COLUMNS_INVALID.with("max", MOST));
    }
    tx.put(
        sql!(
            "INSERT INTO contact_columns (workspace_id, member_id, columns) VALUES ($1, $2, $3) \
             ON CONFLICT (workspace_id, member_id) DO UPDATE SET columns = $3"
        ),
        params![tx.workspace, member, serde_json::to_string(&asked.columns)?],
    )
    .await?;
    Ok(asked)
}

/// Choose the columns of the table of contacts
#[utoipa::path(
    put, path = "/api/v1/contact-columns", tag = "contacts", request_body = ContactColumns,
    responses((status = 200, body = ContactColumns), (status = "default", body = base::ProblemBody))
)]
pub async fn put_contact_columns(
    ctx: Ctx<CanSeeAll>,
    Body(asked): Body<ContactColumns>,
) -> Result<Json<ContactColumns>, Problem> {
    ctx.write(|tx, CanSeeAll(member)| Box::pin(async move { put(tx, member.id, asked).await })).await.map(Json)
}
