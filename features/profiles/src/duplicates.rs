//! Who is perhaps the same person as a contact: the same address, the same number, or the same name and something else.
//!
//! What must stay true: it is asked of indexes, by whole words, and looks at a few contacts whatever is in the table; a
//! member is shown only those whom he sees; two who were said to be different are not proposed again. Absent: merging
//! them (`merge`).

use crate::{
    access::{CanEdit, CanSee, sees},
    merge::CanMerge,
};
use axum::{Json, http::StatusCode};
use base::{Caller, Ctx, MemberCaller, Permit, Problem, Tx};
use contacts::{Contact, ContactField, Known, folded_address};
use conversations::facts_of_contact;
use db::{Row, params, sql};
use ids::ContactId;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Looked at for each address, number or name.
const LOOKED_AT: i64 = 20;
/// Shown.
const MOST: usize = 5;
/// Digits at the end of a number by which it is the same, whether it is written with its country's number or with 0.
const SAME_DIGITS: usize = 9;
/// Fewer digits are an office's short number.
const FEWEST_DIGITS: usize = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    Email,
    Phone,
    Name,
}

#[derive(Serialize, ToSchema)]
pub struct Duplicate {
    pub contact: Contact,
    /// What both have, the surest first.
    pub same: Vec<Likeness>,
    pub created_at: i64,
}

#[derive(Serialize, ToSchema)]
pub struct Duplicates {
    /// The likeliest first.
    pub items: Vec<Duplicate>,
}

/// May say that two are different people: who may merge them.
pub struct CanTellApart(CanMerge);

impl Permit for CanTellApart {
    type Target = (ContactId, ContactId);

    async fn grant(caller: &Caller, target: Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        CanMerge::grant(caller, target, tx).await.map(Self)
    }
}

fn emails(known: &Known) -> BTreeSet<String> {
    let written = known.written.get(&ContactField::Email);
    [written, known.told.email.as_ref()].into_iter().flatten().map(|email| folded_address(email)).collect()
}

/// The ends by which numbers are the same.
fn phones(known: &Known) -> BTreeSet<String> {
    let written = known.written.get(&ContactField::Phone);
    let digits = |phone: &String| -> String {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_start_matches('0');
        digits[digits.len().saturating_sub(SAME_DIGITS)..].to_owned()
    };
    let all = [written, known.told.phone.as_ref()].into_iter().flatten().map(digits);
    all.filter(|digits| digits.len() >= FEWEST_DIGITS).collect()
}

/// A name of several words is seldom that of two; of one it says nothing without something else.
fn alike(one: &Known, other: &Known) -> bool {
    let (name, his) = (one.sort_name(), other.sort_name());
    if name != his || one.shown().name.is_none() {
        return false;
    }
    let besides = [ContactField::Company, ContactField::City, ContactField::Address].iter().any(|field| {
        let (mine, his) = (one.written.get(field), other.written.get(field));
        mine.is_some() && mine.map(|text| text.to_lowercase()) == his.map(|text| text.to_lowercase())
    });
    name.contains(' ') || besides
}

/// Parameters: the workspace, the word or the name, how many.
macro_rules! select {
    ($which:literal) => {
        sql!(concat!(
            "SELECT c.id, c.name, c.email, c.phone, c.verified, c.told, c.written, c.tags, c.attributes, c.version, \
             c.created_at, c.sort_name FROM ",
            $which
        ))
    };
}

async fn found(tx: &mut Tx<'_>, known: &Known) -> Result<BTreeMap<ContactId, Known>, Problem> {
    let worded = select!(
        "contact_words w JOIN contacts c ON c.workspace_id = w.workspace_id AND c.id = w.contact_id \
         WHERE w.workspace_id = $1 AND w.word = $2 AND c.merged_into IS NULL ORDER BY w.contact_id LIMIT $3"
    );
    let named = select!(
        "contacts c WHERE c.workspace_id = $1 AND c.sort_name = $2 AND c.merged_into IS NULL ORDER BY c.id LIMIT $3"
    );
    let mut rows: Vec<Row> = Vec::new();
    for word in emails(known).into_iter().chain(phones(known)) {
        rows.extend(tx.query(worded, &params![tx.workspace, word, LOOKED_AT]).await?);
    }
    if known.shown().name.is_some() {
        rows.extend(tx.query(named, &params![tx.workspace, known.sort_name(), LOOKED_AT]).await?);
    }
    let mut found = BTreeMap::new();
    for row in &rows {
        let one = Known::from_row(row)?;
        found.insert(one.id, one);
    }
    found.remove(&known.id);
    Ok(found)
}

fn pair(one: ContactId, other: ContactId) -> [ContactId; 2] {
    if one.0 < other.0 { [one, other] } else { [other, one] }
}

async fn are_strangers(tx: &mut Tx<'_>, one: ContactId, other: ContactId) -> Result<bool, Problem> {
    let [one, other] = pair(one, other);
    let said = sql!("SELECT at FROM contact_strangers WHERE workspace_id = $1 AND one_id = $2 AND other_id = $3");
    Ok(tx.first(said, &params![tx.workspace, one, other]).await?.is_some())
}

async fn duplicates(tx: &mut Tx<'_>, member: &MemberCaller, known: Known) -> Result<Duplicates, Problem> {
    let (emails, phones) = (emails(&known), phones(&known));
    let mut likely = Vec::new();
    for other in found(tx, &known).await?.into_values() {
        let mut same = Vec::new();
        if self::emails(&other).intersection(&emails).next().is_some() {
            same.push(Likeness::Email);
        }
        if self::phones(&other).intersection(&phones).next().is_some() {
            same.push(Likeness::Phone);
        }
        if alike(&known, &other) {
            same.push(Likeness::Name);
        }
        if !same.is_empty() {
            likely.push((std::cmp::Reverse(same.len()), same, other));
        }
    }
    likely.sort_by(|one, other| (&one.0, &one.1, one.2.id.0).cmp(&(&other.0, &other.1, other.2.id.0)));
    let mut items = Vec::new();
    for (_, same, other) in likely {
        let seen = sees(member, &facts_of_contact(tx, other.id).await?);
        if seen && !are_strangers(tx, known.id, other.id).await? {
            items.push(Duplicate { contact: other.shown(), same, created_at: other.created_at });
        }
        if items.len() == MOST {
            break;
        }
    }
    Ok(Duplicates { items })
}

async fn tell_apart(tx: &mut Tx<'_>, both: CanMerge) -> Result<(), Problem> {
    let CanMerge { kept: CanEdit { member, known: one, .. }, other: CanEdit { known: other, .. } } = both;
    let [one, other] = pair(one.id, other.id);
    if one != other {
        tx.put(
            sql!(
                "INSERT INTO contact_strangers (workspace_id, one_id, other_id, at, member_id) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
            ),
            params![tx.workspace, one, other, tx.now, member.id],
        )
        .await?;
    }
    Ok(())
}

async fn forget(tx: &mut Tx<'_>, both: CanMerge) -> Result<(), Problem> {
    let [one, other] = pair(both.kept.known.id, both.other.known.id);
    tx.put(
        sql!("DELETE FROM contact_strangers WHERE workspace_id = $1 AND one_id = $2 AND other_id = $3"),
        params![tx.workspace, one, other],
    )
    .await?;
    Ok(())
}

/// List who is perhaps the same person
#[utoipa::path(
    get, path = "/api/v1/contacts/{contact}/duplicates", tag = "contacts", params(("contact" = ContactId, Path)),
    responses((status = 200, body = Duplicates), (status = "default", body = base::ProblemBody))
)]
pub async fn list_duplicates(ctx: Ctx<CanSee>) -> Result<Json<Duplicates>, Problem> {
    ctx.read(|tx, CanSee { member, known, .. }| Box::pin(async move { duplicates(tx, &member, known).await }))
        .await
        .map(Json)
}

/// Say that two contacts are different people
#[utoipa::path(
    put, path = "/api/v1/contacts/{contact}/strangers/{other}", tag = "contacts",
    params(("contact" = ContactId, Path), ("other" = ContactId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn tell_contacts_apart(ctx: Ctx<CanTellApart>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanTellApart(both)| Box::pin(tell_apart(tx, both))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take back that two contacts are different people
#[utoipa::path(
    delete, path = "/api/v1/contacts/{contact}/strangers/{other}", tag = "contacts",
    params(("contact" = ContactId, Path), ("other" = ContactId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn forget_contacts_apart(ctx: Ctx<CanTellApart>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, CanTellApart(both)| Box::pin(forget(tx, both))).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contacts::Told;
    use ids::Uuid;

    fn known(fields: &[(ContactField, &str)]) -> Known {
        let mut known = Known::new(ContactId(Uuid::nil()), Told::default(), 0);
        known.written = fields.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
        known
    }

    #[test]
    fn numbers_and_addresses_are_the_same_however_they_are_written() {
        let numbered = |phone: &str| phones(&known(&[(ContactField::Phone, phone)]));
        assert_eq!(numbered("+62 812-3456-7890"), numbered("0812 3456 7890"));
        assert_ne!(numbered("+62 812-3456-7890"), numbered("0812 3456 7891"));
        assert!(numbered("112").is_empty(), "an office's short number");
        let mailed = |email: &str| emails(&known(&[(ContactField::Email, email)]));
        assert_eq!(mailed("Nadia@Shop.id"), mailed("nadia@shop.ID"));
    }

    #[test]
    fn a_name_is_not_enough_when_it_is_short() {
        use ContactField::{City, FirstName, LastName};
        let whole = known(&[(FirstName, "Nadia"), (LastName, "Lestari")]);
        assert!(alike(&whole, &known(&[(FirstName, "NADIA"), (LastName, "Léstari")])));
        assert!(!alike(&known(&[(FirstName, "Nadia")]), &known(&[(FirstName, "Nadia")])));
        let at_home = known(&[(FirstName, "Nadia"), (City, "Bogor")]);
        assert!(alike(&at_home, &known(&[(FirstName, "Nadia"), (City, "bogor")])));
        assert!(!alike(&known(&[]), &known(&[])));
    }
}
