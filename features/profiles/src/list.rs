//! The table of all contacts, for those who may see all of them: whoever sees only those of his conversations finds them
//! there.

use crate::{
    CONTACT_QUERY_INVALID, columns,
    find::{self, Place},
};
use axum::Json;
use base::{Caller, Ctx, MemberCaller, Permit, Problem, QueryOf, Right, Scope, Tx, page_size, refusal};
use contacts::{Contact, ContactField, Known};
use db::Row;
use ids::{AttributeId, TagId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::{IntoParams, ToSchema};

const PAGE: i64 = 50;
const QUERY_CHARACTERS: usize = 200;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactSort {
    /// Who came last is first.
    #[default]
    Newest,
    Oldest,
    /// Who has no name comes last.
    Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactHas {
    With,
    Without,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Beginnings of words of a name, an address, or digits of a number. It brings its own order.
    pub q: Option<String>,
    pub sort: Option<ContactSort>,
    pub tag: Option<TagId>,
    /// Of a conversation of his: `website`, `email`, `whatsapp` …
    pub channel: Option<String>,
    pub email: Option<ContactHas>,
    pub phone: Option<ContactHas>,
    /// Known since then, in milliseconds …
    pub since: Option<i64>,
    /// … and before then.
    pub until: Option<i64>,
    /// With `value`: whose value of this attribute that is, whatever its case.
    pub attribute: Option<AttributeId>,
    pub value: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

impl ListQuery {
    /// Refuses more words than anybody looks for.
    pub fn must_be_possible(&self) -> Result<(), Problem> {
        let long = self.q.as_ref().is_some_and(|text| text.chars().count() > QUERY_CHARACTERS);
        if long { Err(CONTACT_QUERY_INVALID.with("max", QUERY_CHARACTERS)) } else { Ok(()) }
    }

    /// Whether contacts of a range may be passed over.
    pub fn is_narrowed(&self) -> bool {
        let has = [self.email, self.phone].iter().any(Option::is_some);
        let born = [self.since, self.until].iter().any(Option::is_some);
        has || born || self.tag.is_some() || self.attribute.is_some() || self.channel.is_some()
    }
}

#[derive(Serialize, ToSchema)]
pub struct ContactRow {
    pub contact: Contact,
    /// What the team wrote, by field.
    #[schema(value_type = BTreeMap<String, String>)]
    pub fields: BTreeMap<ContactField, String>,
    pub tag_ids: Vec<TagId>,
    #[schema(value_type = BTreeMap<String, String>)]
    pub attributes: BTreeMap<AttributeId, String>,
    pub created_at: i64,
    pub blocked: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ContactPage {
    pub items: Vec<ContactRow>,
    /// It may be there before the page is full.
    pub next_cursor: Option<String>,
    /// What the asking member wants to see beside names.
    pub columns: Vec<String>,
}

/// May see every contact of the workspace.
pub struct CanSeeAll(pub Arc<MemberCaller>);

impl Permit for CanSeeAll {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let all = member.scope(Right::CONTACT_VIEW) == Scope::All;
        if all { Ok(Self(member)) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

/// May take tables of the contacts out of the desk.
pub struct CanExportAll(pub Arc<MemberCaller>);

impl CanExportAll {
    /// Asked again while a long table is written.
    pub fn holds(member: &MemberCaller) -> bool {
        [Right::CONTACT_VIEW, Right::CONVERSATION_EXPORT].iter().all(|right| member.scope(*right) == Scope::All)
    }
}

impl Permit for CanExportAll {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        if Self::holds(&member) { Ok(Self(member)) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

impl ContactRow {
    pub fn from_row(row: &Row) -> Result<Self, Problem> {
        let blocked = row.get::<Option<i64>>("blocked_at")?.is_some();
        let known = Known::from_row(row)?;
        Ok(Self {
            contact: known.shown(),
            fields: known.written,
            tag_ids: known.tag_ids,
            attributes: known.attributes,
            created_at: known.created_at,
            blocked,
        })
    }
}

async fn list(tx: &mut Tx<'_>, member: &MemberCaller, query: ListQuery) -> Result<ContactPage, Problem> {
    query.must_be_possible()?;
    let after = query.cursor.as_deref().map(|text| Place::parse(text).ok_or(refusal::CURSOR_INVALID)).transpose()?;
    let found = find::page(tx, &query, after, page_size(query.limit, PAGE)).await?;
    Ok(ContactPage {
        items: found.contacts.iter().map(ContactRow::from_row).collect::<Result<_, _>>()?,
        next_cursor: found.next.map(|place| place.to_string()),
        columns: columns::of_member(tx, member.id).await?,
    })
}

/// List contacts
#[utoipa::path(
    get, path = "/api/v1/contacts", tag = "contacts", params(ListQuery),
    responses((status = 200, body = ContactPage), (status = "default", body = base::ProblemBody))
)]
pub async fn list_contacts(
    ctx: Ctx<CanSeeAll>,
    QueryOf(query): QueryOf<ListQuery>,
) -> Result<Json<ContactPage>, Problem> {
    ctx.read(|tx, CanSeeAll(member)| Box::pin(async move { list(tx, &member, query).await })).await.map(Json)
}
