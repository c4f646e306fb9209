//! A record as it is kept and shown.

use crate::record_type::RecordType;
use base::{Problem, Tx};
use contacts::ContactSource;
use db::{Row, params, sql};
use ids::{AttributeId, ContactId, ConversationId, RecordId, RecordStateId, RecordTypeId};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub type Values = BTreeMap<AttributeId, String>;

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Record {
    pub id: RecordId,
    pub type_id: RecordTypeId,
    /// One in its type.
    pub number: String,
    pub title: Option<String>,
    pub state_id: RecordStateId,
    pub contact_id: ContactId,
    /// By the id of a field, as text.
    #[schema(value_type = BTreeMap<String, String>)]
    pub values: Values,
    /// How the contact came to the session with which it was made by itself; `null`: a member made it, or nobody told.
    pub source: Option<ContactSource>,
    /// It was made by itself when a session began.
    pub automatic: bool,
    /// Grows with each change.
    pub version: i64,
    pub created_at: i64,
    pub changed_at: i64,
    /// The name of who made it; `null`: it was made by itself.
    pub by: Option<String>,
    /// Where another system shows it; `null`: nowhere, or something of the address is not known.
    pub url: Option<String>,
}

/// What [`Record::from_row`] reads.
macro_rules! columns {
    () => {
        "r.id, r.type_id, r.number, r.title, r.state_id, r.contact_id, r.field_values, r.source, r.automatic, r.version, \
         r.created_at, r.changed_at, r.member_name"
    };
}
pub(crate) use columns;

impl Record {
    pub fn from_row(row: &Row) -> Result<Self, Problem> {
        let source: Option<String> = row.get("source")?;
        Ok(Self {
            id: row.get("id")?,
            type_id: row.get("type_id")?,
            number: row.get("number")?,
            title: row.get("title")?,
            state_id: row.get("state_id")?,
            contact_id: row.get("contact_id")?,
            values: serde_json::from_str(&row.get::<String>("field_values")?)?,
            source: source.map(|text| serde_json::from_str(&text)).transpose()?,
            automatic: row.get("automatic")?,
            version: row.get("version")?,
            created_at: row.get("created_at")?,
            changed_at: row.get("changed_at")?,
            by: row.get("member_name")?,
            url: None,
        })
    }

    /// With the address under which another system shows it.
    pub fn of_type(mut self, types: &[RecordType]) -> Self {
        let of = types.iter().find(|one| one.id == self.type_id);
        self.url = of.and_then(|of| self.address(of));
        self
    }

    fn address(&self, of: &RecordType) -> Option<String> {
        let mut rest = of.url.as_deref()?;
        let mut address = String::new();
        while let Some((before, gap)) = rest.split_once('{') {
            let (name, after) = gap.split_once('}')?;
            let value = if name == "number" {
                &self.number
            } else {
                let field = of.fields.iter().find(|field| !field.archived && field.name == name)?;
                self.values.get(&field.id)?
            };
            address.push_str(before);
            address.extend(value.bytes().map(escaped));
            rest = after;
        }
        Some(address + rest)
    }
}

/// As an address carries it, whatever stands around it (RFC 3986, section 2.3).
fn escaped(byte: u8) -> String {
    let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

/// By which a number is asked for.
pub fn folded(number: &str) -> String {
    number.to_lowercase()
}

pub async fn find(tx: &mut Tx<'_>, id: RecordId) -> Result<Option<Record>, Problem> {
    let found = sql!(concat!("SELECT ", columns!(), " FROM records r WHERE r.workspace_id = $1 AND r.id = $2"));
    tx.first(found, &params![tx.workspace, id]).await?.as_ref().map(Record::from_row).transpose()
}

/// The same, to change: nobody else changes it before this transaction ends.
pub async fn lock(tx: &mut Tx<'_>, id: RecordId) -> Result<Option<Record>, Problem> {
    let found = sql!(
        sqlite: concat!("SELECT ", columns!(), " FROM records r WHERE r.workspace_id = ?1 AND r.id = ?2"),
        postgres: concat!("SELECT ", columns!(), " FROM records r WHERE r.workspace_id = $1 AND r.id = $2 FOR UPDATE")
    );
    tx.first(found, &params![tx.workspace, id]).await?.as_ref().map(Record::from_row).transpose()
}

/// To which it belongs, by their ids; deleted ones too.
pub async fn conversations_of(tx: &mut Tx<'_>, id: RecordId) -> Result<Vec<ConversationId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT conversation_id FROM record_conversations WHERE workspace_id = $1 AND record_id = $2 \
                 ORDER BY conversation_id"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    rows.iter().map(|row| Ok(row.get("conversation_id")?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record_type::{RecordIcon, RecordState};
    use ids::Uuid;
    use profiles::{Attribute, AttributeKind};

    /// R237
    #[test]
    fn an_address_carries_what_the_record_says_and_nothing_else_of_it_moves() {
        let city = AttributeId(Uuid::from_u128(1));
        let field = Attribute {
            id: city,
            name: "City".into(),
            kind: AttributeKind::Text,
            choices: Vec::new(),
            required: false,
            read_only: false,
            archived: false,
        };
        let state = RecordState { id: RecordStateId(Uuid::nil()), name: "Open".into(), done: false };
        let of = |url: &str| RecordType {
            id: RecordTypeId(Uuid::nil()),
            name: "Order".into(),
            icon: RecordIcon::Order,
            color: tags::TagColor::Teal,
            fields: vec![field.clone()],
            states: vec![state.clone()],
            url: Some(url.to_owned()),
            inbox_ids: Vec::new(),
            archived: false,
            looks_up: false,
        };
        let record = |values: Values| Record {
            id: RecordId(Uuid::nil()),
            type_id: RecordTypeId(Uuid::nil()),
            number: "KS 1/2".into(),
            title: None,
            state_id: state.id,
            contact_id: ContactId(Uuid::nil()),
            values,
            source: None,
            automatic: false,
            version: 1,
            created_at: 0,
            changed_at: 0,
            by: None,
            url: None,
        };
        let known = record(Values::from([(city, "Jl. é&x=../".to_owned())]));
        for (url, values, address) in [
            ("https://shop.id/o/{number}", &known, Some("https://shop.id/o/KS%201%2F2")),
            (
                "https://shop.id/{City}?n={number}",
                &known,
                Some("https://shop.id/Jl.%20%C3%A9%26x%3D..%2F?n=KS%201%2F2"),
            ),
            ("https://shop.id/", &known, Some("https://shop.id/")),
            ("https://shop.id/{City}", &record(Values::new()), None),
        ] {
            assert_eq!(values.clone().of_type(&[of(url)]).url.as_deref(), address, "{url}");
        }
    }
}
