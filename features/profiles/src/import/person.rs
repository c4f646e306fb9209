//! Whom a row means, and what it changes about him.
//!
//! What must stay true: what refuses a row is found before anything of it is written; somebody whom two rows of a table
//! name is one person, as if the second came after the first.

use super::plan::{ImportExisting, ImportFindBy, Planned, Said};
use crate::{
    ATTRIBUTE_REQUIRED, CONTACT_EMPTY, IMPORT_AMBIGUOUS, IMPORT_EXTERNAL_ID_TAKEN, TOO_MANY_NOTES, event, field,
    history::{self, FieldChange},
    note, tag,
};
use base::{MemberCaller, Problem, Tx};
use contacts::{By, Contact, ContactField, Known, RecordKind, Told, folded_address};
use conversations::{TOO_MANY_TAGS_ON_ONE, facts_of_contact, show_contact};
use db::{params, sql};
use ids::{AttributeId, ContactId, ContactNoteId, TagId};
use std::collections::HashMap;

/// The end of a number by which others are looked for that may be the same.
const END_DIGITS: usize = 8;
/// What a number has behind its 0, at least, that is the same as one with a country's.
const REST_DIGITS: usize = 7;

/// By what somebody is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Under which all are found that may be the same.
    pub shelf: String,
    whole: String,
}

impl Key {
    /// Of a cell that says anything.
    pub fn of(by: ImportFindBy, text: &str) -> Option<Self> {
        let text = text.trim();
        let key = match by {
            ImportFindBy::Email => {
                let whole = folded_address(text);
                Self { shelf: whole.clone(), whole }
            }
            ImportFindBy::Phone => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                // As it is dialed from abroad.
                let whole = digits.strip_prefix("00").map(str::to_owned).unwrap_or(digits);
                Self { shelf: whole[whole.len().saturating_sub(END_DIGITS)..].to_owned(), whole }
            }
            ImportFindBy::ExternalId => Self { shelf: text.to_owned(), whole: text.to_owned() },
        };
        (!key.whole.is_empty()).then_some(key)
    }

    /// The same person's: of numbers, one may be written with 0 and the other with its country's.
    pub fn is(&self, other: &Self) -> bool {
        let trunk = |one: &str, other: &str| {
            let Some(rest) = one.strip_prefix('0') else { return false };
            let country = other.strip_suffix(rest).map_or(0, str::len);
            rest.len() >= REST_DIGITS && (1..=3).contains(&country) && !other.starts_with('0')
        };
        self.whole == other.whole
            || (self.shelf == other.shelf && (trunk(&self.whole, &other.whole) || trunk(&other.whole, &self.whole)))
    }
}

/// Who is known already of those whom some rows mean.
#[derive(Default)]
pub struct People {
    by: Option<ImportFindBy>,
    shelves: HashMap<String, Vec<(Key, ContactId)>>,
    /// By the names that they bring along, whatever they are found by.
    called: HashMap<String, ContactId>,
}

impl People {
    pub async fn of(tx: &mut Tx<'_>, planned: &Planned, said: &[&Said], keys: &[&Key]) -> Result<Self, Problem> {
        let mut people = Self { by: planned.plan.find_by, ..Self::default() };
        let names: Vec<_> = said.iter().filter_map(|one| one.external_id.clone()).collect();
        if let Some(inbox) = planned.plan.inbox_id.filter(|_| !names.is_empty()) {
            people.called = contacts::called_any(tx, inbox, &names).await?.into_iter().collect();
        }
        let by = match people.by {
            Some(by @ (ImportFindBy::Email | ImportFindBy::Phone)) => by,
            None | Some(ImportFindBy::ExternalId) => return Ok(people),
        };
        let words: Vec<_> = keys.iter().map(|key| key.shelf.clone()).collect();
        for (_, known) in contacts::found_by(tx, &words).await? {
            people.put(&known, by);
        }
        Ok(people)
    }

    fn put(&mut self, known: &Known, by: ImportFindBy) {
        let (field, told) = match by {
            ImportFindBy::Phone => (ContactField::Phone, &known.told.phone),
            ImportFindBy::Email | ImportFindBy::ExternalId => (ContactField::Email, &known.told.email),
        };
        for text in [known.written.get(&field), told.as_ref()].into_iter().flatten() {
            let Some(key) = Key::of(by, text) else { continue };
            let shelf = self.shelves.entry(key.shelf.clone()).or_default();
            if !shelf.contains(&(key.clone(), known.id)) {
                shelf.push((key, known.id));
            }
        }
    }

    /// The rows behind this one know him too.
    fn add(&mut self, known: &Known, external_id: Option<&String>) {
        if let Some(by @ (ImportFindBy::Email | ImportFindBy::Phone)) = self.by {
            self.put(known, by);
        }
        self.called.extend(external_id.map(|name| (name.clone(), known.id)));
    }

    fn find(&self, key: Option<&Key>) -> Result<Option<ContactId>, Problem> {
        let Some(key) = key else { return Ok(None) };
        if self.by == Some(ImportFindBy::ExternalId) {
            return Ok(self.called.get(&key.whole).copied());
        }
        let mut found: Vec<_> =
            self.shelves.get(&key.shelf).into_iter().flatten().filter(|(one, _)| one.is(key)).collect();
        // Written the same way comes before written in another.
        if found.iter().any(|(one, _)| one == key) {
            found.retain(|(one, _)| one == key);
        }
        let mut ids: Vec<_> = found.into_iter().map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        match ids.as_slice() {
            [] => Ok(None),
            [id] => Ok(Some(*id)),
            several => Err(IMPORT_AMBIGUOUS.with("count", several.len())),
        }
    }
}

/// What a row did.
#[derive(Debug, PartialEq, Eq)]
pub enum Done {
    Made(Traces),
    Changed(Traces),
    Unchanged,
}

/// What it left, by which it is taken back.
#[derive(Debug, PartialEq, Eq)]
pub struct Traces {
    pub contact: ContactId,
    /// `None`: his fields stayed as they were.
    pub version: Option<i64>,
    pub note: Option<ContactNoteId>,
    pub external_id: Option<String>,
}

/// What is to be written.
struct Change {
    fields: Vec<(ContactField, String)>,
    values: Vec<(AttributeId, String)>,
    tags: Vec<TagId>,
    note: Option<String>,
    external_id: Option<String>,
}

impl Change {
    fn is_nothing(&self) -> bool {
        let profile = self.fields.is_empty() && self.values.is_empty() && self.tags.is_empty();
        profile && self.note.is_none() && self.external_id.is_none()
    }
}

/// What the row says that is not so yet, as far as the plan lets it.
fn differing(planned: &Planned, known: Option<&Known>, said: Said) -> Change {
    let Said { fields, values, tag_ids, note, external_id } = said;
    let Some(known) = known else {
        let (fields, values) = (fields.into_iter().collect(), values.into_iter().collect());
        return Change { fields, values, tags: tag_ids, note, external_id };
    };
    let fills = planned.plan.existing == ImportExisting::Fill;
    let shown = known.shown();
    let is_empty = |field: &ContactField| match field {
        ContactField::DisplayName => shown.name.is_none(),
        ContactField::Email => shown.email.is_none(),
        ContactField::Phone => shown.phone.is_none(),
        field => !known.written.contains_key(field),
    };
    // What a channel tells is no news of the team's.
    let is_so = |field: &ContactField, value: &String| match field {
        ContactField::Email => shown.email.as_ref() == Some(value),
        ContactField::Phone => shown.phone.as_ref() == Some(value),
        ContactField::DisplayName => shown.name.as_ref() == Some(value),
        field => known.written.get(field) == Some(value),
    };
    let fields = fields.into_iter().filter(|(field, value)| !is_so(field, value) && (!fills || is_empty(field)));
    let values = values.into_iter().filter(|(id, value)| match known.attributes.get(id) {
        None => true,
        Some(known) => !fills && known != value,
    });
    let tags = tag_ids.into_iter().filter(|tag| !known.tag_ids.contains(tag)).collect();
    Change { fields: fields.collect(), values: values.collect(), tags, note, external_id }
}

/// Where the row is only tried, or also written.
pub enum Hand<'m> {
    Trial,
    Writing(&'m MemberCaller),
}

/// Takes a row: looks whom it means and what it changes, and writes that.
pub async fn take(
    tx: &mut Tx<'_>,
    planned: &Planned,
    people: &mut People,
    (said, key): (Said, Option<&Key>),
    hand: &Hand<'_>,
) -> Result<Done, Problem> {
    let known = match people.find(key)? {
        None => None,
        Some(id) => match hand {
            Hand::Trial => contacts::whole(tx, id).await?,
            Hand::Writing(_) => contacts::lock_whole(tx, id).await?,
        },
    };
    if known.is_some() && planned.plan.existing == ImportExisting::Skip {
        return Ok(Done::Unchanged);
    }
    let is_new = known.is_none();
    if is_new && said.fields.is_empty() && said.values.is_empty() {
        return Err(CONTACT_EMPTY.into());
    }
    if let Some(lacks) = planned.lacks(&said).filter(|_| is_new) {
        return Err(ATTRIBUTE_REQUIRED.with("name", lacks.name.as_str()));
    }
    let mut change = differing(planned, known.as_ref(), said);
    if known.as_ref().map_or(0, |known| known.tag_ids.len()) + change.tags.len() > tag::MOST {
        return Err(TOO_MANY_TAGS_ON_ONE.with("max", tag::MOST));
    }
    if let (Some(known), Some(text)) = (&known, &change.note) {
        let notes = note::of_contact(tx, known.id).await?;
        if notes.iter().any(|one| one.text == *text) {
            change.note = None;
        } else if notes.len() >= note::MOST {
            return Err(TOO_MANY_NOTES.with("max", note::MOST));
        }
    }
    change.external_id = named(tx, planned, people, known.as_ref(), change.external_id).await?;
    if change.is_nothing() {
        return Ok(Done::Unchanged);
    }
    let id = known.as_ref().map_or_else(|| ContactId(tx.uuid()), |known| known.id);
    let mut traces = Traces { contact: id, version: None, note: None, external_id: change.external_id.clone() };
    match hand {
        // By what he is sought the rows behind know him anyway.
        Hand::Trial => people.called.extend(traces.external_id.iter().map(|name| (name.clone(), id))),
        Hand::Writing(member) => {
            let known = known.unwrap_or_else(|| Known::new(id, Told::default(), tx.now));
            let known = write(tx, planned, member, (known, is_new), change, &mut traces).await?;
            people.add(&known, traces.external_id.as_ref());
        }
    }
    Ok(if is_new { Done::Made(traces) } else { Done::Changed(traces) })
}

/// The name that is to be given to him; none when he has it.
async fn named(
    tx: &mut Tx<'_>,
    planned: &Planned,
    people: &People,
    known: Option<&Known>,
    external_id: Option<String>,
) -> Result<Option<String>, Problem> {
    let (Some(name), Some(inbox)) = (external_id, planned.plan.inbox_id) else { return Ok(None) };
    let taken = || IMPORT_EXTERNAL_ID_TAKEN.with("name", name.as_str());
    let had = people.called.get(&name);
    match (had, known) {
        (Some(had), Some(known)) if *had == known.id => Ok(None),
        (Some(_), _) => Err(taken()),
        (None, None) => Ok(Some(name)),
        (None, Some(known)) => match contacts::outside(tx, inbox, known.id).await? {
            Some(_) => Err(taken()),
            None => Ok(Some(name)),
        },
    }
}

async fn write(
    tx: &mut Tx<'_>,
    planned: &Planned,
    member: &MemberCaller,
    (mut known, is_new): (Known, bool),
    change: Change,
    traces: &mut Traces,
) -> Result<Known, Problem> {
    let before = known.shown();
    let mut changes = Vec::new();
    for (name, value) in change.fields {
        let before = known.written.insert(name, value.clone());
        changes.push(FieldChange { field: field::name(name), before, after: Some(value) });
    }
    for (id, value) in change.values {
        let before = known.set_value(tx, id, Some(value.clone())).await?;
        changes.push(FieldChange { field: id.to_string(), before, after: Some(value) });
    }
    for id in change.tags {
        known.set_tag(tx, id, true).await?;
        changes.push(FieldChange { field: "tag".to_owned(), before: None, after: Some(planned.tag_name(id)) });
    }
    if !changes.is_empty() {
        known.version += 1;
        traces.version = Some(known.version);
        if is_new {
            known.insert(tx).await?;
            contacts::record(tx, RecordKind::Added, known.id, None, By::import(Some(member))).await?;
        } else {
            known.save(tx).await?;
        }
        history::keep(tx, known.id, known.version, member, &changes).await?;
    }
    if let Some(text) = change.note {
        traces.note = Some(put_note(tx, known.id, member, text).await?);
    }
    if let (Some(name), Some(inbox)) = (change.external_id, planned.plan.inbox_id) {
        contacts::give_external_id(tx, inbox, &name, known.id).await?;
    }
    // Of somebody who is new nobody has anything that would be old now.
    if !is_new {
        tell(tx, &known, &before).await?;
    }
    Ok(known)
}

async fn put_note(
    tx: &mut Tx<'_>,
    contact: ContactId,
    member: &MemberCaller,
    text: String,
) -> Result<ContactNoteId, Problem> {
    let id = ContactNoteId(tx.uuid());
    tx.put(
        sql!(
            "INSERT INTO contact_notes (workspace_id, contact_id, id, at, member_id, member_name, text) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![tx.workspace, contact, id, tx.now, member.id, member.name.clone(), text],
    )
    .await?;
    Ok(id)
}

/// Whoever sees him hears of it, and his conversations show him as he is now.
pub async fn tell(tx: &mut Tx<'_>, known: &Known, before: &Contact) -> Result<(), Problem> {
    let shown = known.shown();
    if shown != *before {
        show_contact(tx, &shown).await?;
    }
    let his = facts_of_contact(tx, known.id).await?;
    event::updated(tx, known.id, known.version, his).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_may_be_written_in_several_ways() {
        let key = |text| Key::of(ImportFindBy::Phone, text).expect("a key");
        for (one, other, same) in [
            ("+62 812-3456-789", "0812 3456 789", true),
            ("0062 812 3456789", "+628123456789", true),
            ("0812 3456 789", "0812-3456-789", true),
            ("+62 812 3456 789", "+60 812 3456 789", false),
            ("0812 3456 789", "0813 3456 789", false),
            ("021 4567", "62214567", false),
            ("112", "112", true),
            ("112", "0112", false),
        ] {
            assert_eq!(key(one).is(&key(other)), same, "{one} {other}");
            assert_eq!(key(other).is(&key(one)), same, "{other} {one}");
        }
        assert_eq!(Key::of(ImportFindBy::Phone, "none"), None);
        let mail = |text| Key::of(ImportFindBy::Email, text).expect("a key");
        assert!(mail(" Dewi@Kopi.ID").is(&mail("dewi@kopi.id")) && !mail("dewi@kopi.id").is(&mail("ewi@kopi.id")));
    }
}
