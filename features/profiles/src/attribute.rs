//! Attributes: what a workspace wants to know of its contacts besides the fields that every profile has.
//!
//! What must stay true: a name is one in its workspace, whatever its case; of what kind it is never changes, so that
//! what was written stays readable; one that is archived keeps what was written and is shown no more.

use crate::{
    ATTRIBUTE_CHOICES_INVALID, ATTRIBUTE_KIND_FIXED, ATTRIBUTE_NAME_INVALID, ATTRIBUTE_NAME_TAKEN, TOO_MANY_ATTRIBUTES,
    event,
};
use axum::Json;
use base::{AnyMember, Audited, Body, Caller, Ctx, Permit, Problem, Right, Tx};
use db::{FromValue, Row, params, sql};
use ids::AttributeId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 60;
/// Of one workspace, archived ones too.
const MOST: i64 = 100;
const CHOICES: usize = 50;
const CHOICE_CHARACTERS: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttributeKind {
    Text,
    Number,
    /// `2026-12-01`.
    Date,
    /// One of its choices.
    Choice,
    /// An address that begins with `https://` or `http://`.
    Link,
    /// `true` or `false`.
    Flag,
    /// A number with a currency of ISO 4217, such as `125000 IDR`.
    Money,
}

const KINDS: [(AttributeKind, &str); 7] = [
    (AttributeKind::Text, "text"),
    (AttributeKind::Number, "number"),
    (AttributeKind::Date, "date"),
    (AttributeKind::Choice, "choice"),
    (AttributeKind::Link, "link"),
    (AttributeKind::Flag, "flag"),
    (AttributeKind::Money, "money"),
];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attribute {
    pub id: AttributeId,
    pub name: String,
    pub kind: AttributeKind,
    /// Of kind choice.
    pub choices: Vec<String>,
    /// It is not taken away once it is there, and its absence is shown.
    pub required: bool,
    /// Programs write it, and nobody at a desk.
    pub read_only: bool,
    /// It keeps what was written and is shown no more.
    pub archived: bool,
}

#[derive(Serialize, ToSchema)]
pub struct AttributeList {
    /// In the order in which they were made; archived ones too.
    pub items: Vec<Attribute>,
}

/// As it is from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutAttribute {
    /// One line of at most 60 characters.
    pub name: String,
    /// Never changes.
    pub kind: AttributeKind,
    /// Of kind choice: 1 to 50, each at most 60 characters. What was chosen before stays.
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub read_only: bool,
    #[serde(default)]
    pub archived: bool,
}

impl AttributeKind {
    fn as_str(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("text", |(_, name)| name)
    }
}

impl FromValue for AttributeKind {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let text = String::from_value(value)?;
        KINDS.iter().find(|(_, name)| *name == text).map(|(kind, _)| *kind).ok_or("a kind of attribute was expected")
    }
}

/// May declare what the workspace wants to know.
pub struct CanDeclare(AttributeId);

impl Permit for CanDeclare {
    type Target = AttributeId;

    async fn grant(caller: &Caller, target: AttributeId, _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::WORKSPACE_MANAGE)?;
        Ok(Self(target))
    }
}

fn from_row(row: &Row) -> Result<Attribute, Problem> {
    Ok(Attribute {
        id: row.get("id")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        choices: serde_json::from_str(&row.get::<String>("choices")?)?,
        required: row.get("required")?,
        read_only: row.get("read_only")?,
        archived: row.get("archived")?,
    })
}

/// All of the workspace's, archived ones too.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<Attribute>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, name, kind, choices, required, read_only, archived FROM contact_attributes \
                 WHERE workspace_id = $1 ORDER BY created_at, id"
            ),
            &params![tx.workspace],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

fn checked_choices(kind: AttributeKind, choices: Vec<String>) -> Result<Vec<String>, Problem> {
    let refusal = || ATTRIBUTE_CHOICES_INVALID.with("most", CHOICES).with("max", CHOICE_CHARACTERS);
    if kind != AttributeKind::Choice {
        return if choices.is_empty() { Ok(choices) } else { Err(refusal()) };
    }
    let choices = choices.iter().map(|text| base::name(text, CHOICE_CHARACTERS, ATTRIBUTE_CHOICES_INVALID));
    let choices = choices.collect::<Result<Vec<_>, _>>().map_err(|_| refusal())?;
    let different: BTreeSet<_> = choices.iter().map(|text| text.to_lowercase()).collect();
    let fits = (1..=CHOICES).contains(&choices.len()) && different.len() == choices.len();
    if fits { Ok(choices) } else { Err(refusal()) }
}

/// As it is kept, whatever it is about. `before`: as it was.
pub fn declared(before: Option<&Attribute>, asked: Attribute) -> Result<Attribute, Problem> {
    if before.is_some_and(|before| before.kind != asked.kind) {
        return Err(ATTRIBUTE_KIND_FIXED.into());
    }
    Ok(Attribute {
        name: base::name(&asked.name, NAME_CHARACTERS, ATTRIBUTE_NAME_INVALID)?,
        choices: checked_choices(asked.kind, asked.choices)?,
        ..asked
    })
}

async fn put(tx: &mut Tx<'_>, id: AttributeId, asked: PutAttribute) -> Result<Attribute, Problem> {
    let known = all(tx).await?;
    let before = known.iter().find(|one| one.id == id);
    if before.is_none() && known.len() as i64 >= MOST {
        return Err(TOO_MANY_ATTRIBUTES.with("max", MOST));
    }
    let PutAttribute { name, kind, choices, required, read_only, archived } = asked;
    let after = declared(before, Attribute { id, name, kind, choices, required, read_only, archived })?;
    if before == Some(&after) {
        return Ok(after);
    }
    let written = tx
        .execute(
            sql!(
                "INSERT INTO contact_attributes (workspace_id, id, name, folded, kind, choices, required, read_only, \
                 archived, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                 ON CONFLICT (workspace_id, id) DO UPDATE SET name = $3, folded = $4, choices = $6, required = $7, \
                 read_only = $8, archived = $9"
            ),
            &params![
                tx.workspace,
                id,
                after.name.as_str(),
                after.name.to_lowercase(),
                after.kind.as_str(),
                serde_json::to_string(&after.choices)?,
                after.required,
                after.read_only,
                after.archived,
                tx.now
            ],
        )
        .await;
    match written {
        Err(db::Error::Unique(_)) => return Err(ATTRIBUTE_NAME_TAKEN.with("name", after.name)),
        written => drop(written?),
    }
    tx.audit(match before {
        Some(before) => Audited::changed("contact_attribute", id, &after.name, before, &after)?,
        None => Audited::created("contact_attribute", id, &after.name, &after)?,
    });
    event::attribute_updated(tx, &after)?;
    Ok(after)
}

/// List what the workspace wants to know of contacts
#[utoipa::path(
    get, path = "/api/v1/contact-attributes", tag = "contacts",
    responses((status = 200, body = AttributeList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_contact_attributes(ctx: Ctx<AnyMember>) -> Result<Json<AttributeList>, Problem> {
    ctx.read(|tx, AnyMember(_)| Box::pin(async move { Ok(Json(AttributeList { items: all(tx).await? })) })).await
}

/// Declare something to know of contacts, or change it
#[utoipa::path(
    put, path = "/api/v1/contact-attributes/{attribute}", tag = "contacts",
    params(("attribute" = AttributeId, Path)), request_body = PutAttribute,
    responses((status = 200, body = Attribute), (status = "default", body = base::ProblemBody))
)]
pub async fn put_contact_attribute(
    ctx: Ctx<CanDeclare>,
    Body(asked): Body<PutAttribute>,
) -> Result<Json<Attribute>, Problem> {
    ctx.write(|tx, CanDeclare(id)| Box::pin(put(tx, id, asked))).await.map(Json)
}
