//! What becomes of a table: of each column, of whoever is known already, and of whoever comes in.
//!
//! What must stay true: what a row says is checked as if a person typed it. An empty cell says nothing.

use super::table::Line;
use crate::{
    ATTRIBUTE_READ_ONLY, Attribute, AttributeKind, IMPORT_EXTERNAL_ID_INVALID, IMPORT_PLAN_INVALID, IMPORT_QUOTE_OPEN,
    IMPORT_ROW_TOO_WIDE, IMPORT_TAG_UNKNOWN, NOTE_INVALID, attribute, field, note,
    value::{self, Writer},
};
use base::{Problem, Tx};
use contacts::{ContactField, external_id};
use conversations::TAG_ARCHIVED;
use ids::{AttributeId, InboxId, TagId};
use inboxes::Channel;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};
use utoipa::ToSchema;

/// Words for countries or languages that come along.
const WORDS: usize = 2_000;
/// Put on everybody.
const TAGS: usize = 10;
/// A row that goes on for more lines than these has a quotation mark that nobody closed.
const LINES_OF_ONE: usize = 100;

/// By what somebody is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportFindBy {
    Email,
    Phone,
    ExternalId,
}

/// What becomes of whoever is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportExisting {
    /// He stays as he is.
    Skip,
    /// What is empty is filled in; tags, a note and an external id are added.
    Fill,
    /// What the table says stands from now on; what it does not say stays.
    Overwrite,
}

/// How days are written that do not begin with their year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportDates {
    #[default]
    DayFirst,
    MonthFirst,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportPlan {
    /// For each column of the file: a field of the profile, the id of an attribute, `tags`, `note`, `external_id`, or
    /// `null`, which leaves it out. Each once.
    pub columns: Vec<Option<String>>,
    /// `null`: each row is a new contact.
    pub find_by: Option<ImportFindBy>,
    pub existing: ImportExisting,
    /// Of which system the external ids are: an API inbox, or a website that signs who its visitors are.
    #[serde(default)]
    pub inbox_id: Option<InboxId>,
    /// Put on everybody who comes in or is changed; at most 10.
    #[serde(default)]
    pub tag_ids: Vec<TagId>,
    #[serde(default)]
    pub dates: ImportDates,
    /// What the table calls countries, in small letters, and their codes.
    #[serde(default)]
    pub countries: BTreeMap<String, String>,
    /// The same of languages.
    #[serde(default)]
    pub languages: BTreeMap<String, String>,
}

/// What becomes of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Field(ContactField),
    Attribute(AttributeId),
    Tags,
    Note,
    ExternalId,
}

impl Target {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "tags" => Some(Self::Tags),
            "note" => Some(Self::Note),
            "external_id" => Some(Self::ExternalId),
            name => name.parse().map(Self::Attribute).ok().or_else(|| {
                let field = serde_json::from_value(Value::String(name.to_owned()));
                field.map(Self::Field).ok()
            }),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => f.write_str(&field::name(*field)),
            Self::Attribute(id) => id.fmt(f),
            Self::Tags => f.write_str("tags"),
            Self::Note => f.write_str("note"),
            Self::ExternalId => f.write_str("external_id"),
        }
    }
}

/// A plan with what it names.
pub struct Planned {
    pub plan: ImportPlan,
    targets: Vec<Option<Target>>,
    pub attributes: Vec<Attribute>,
    /// By their names in small letters; those that are archived too.
    tags: HashMap<String, tags::Tag>,
}

/// What a row says of somebody.
#[derive(Debug, Default)]
pub struct Said {
    pub fields: BTreeMap<ContactField, String>,
    pub values: BTreeMap<AttributeId, String>,
    pub tag_ids: Vec<TagId>,
    pub note: Option<String>,
    pub external_id: Option<String>,
}

impl Planned {
    /// Refuses what does not fit a file of so many columns, or names what is not there.
    pub async fn new(tx: &mut Tx<'_>, plan: ImportPlan, columns: usize) -> Result<Self, Problem> {
        let targets: Vec<_> = plan.columns.iter().map(|name| name.as_deref().map(Target::parse)).collect();
        let known = targets.iter().all(|target| *target != Some(None));
        let targets: Vec<_> = targets.into_iter().map(Option::flatten).collect();
        let named: Vec<_> = targets.iter().flatten().map(ToString::to_string).collect();
        let once = named.iter().collect::<BTreeSet<_>>().len() == named.len();
        let sought = match plan.find_by {
            None => true,
            Some(ImportFindBy::Email) => targets.contains(&Some(Target::Field(ContactField::Email))),
            Some(ImportFindBy::Phone) => targets.contains(&Some(Target::Field(ContactField::Phone))),
            Some(ImportFindBy::ExternalId) => targets.contains(&Some(Target::ExternalId)),
        };
        // By a tag or an external id alone nobody is known.
        let said = targets.iter().any(|one| matches!(one, Some(Target::Field(_) | Target::Attribute(_))));
        let words = plan.countries.len() <= WORDS && plan.languages.len() <= WORDS;
        let fits = known && once && sought && said && words && targets.len() == columns && plan.tag_ids.len() <= TAGS;
        if !fits {
            return Err(IMPORT_PLAN_INVALID.into());
        }
        let attributes = attribute::all(tx).await?;
        for id in targets.iter().filter_map(|one| if let Some(Target::Attribute(id)) = one { Some(id) } else { None }) {
            let known = attributes.iter().find(|one| one.id == *id && !one.archived).ok_or(IMPORT_PLAN_INVALID)?;
            if known.read_only {
                return Err(ATTRIBUTE_READ_ONLY.with("name", known.name.as_str()));
            }
        }
        if targets.contains(&Some(Target::ExternalId)) {
            let inbox =
                inboxes::find(tx, plan.inbox_id.ok_or(IMPORT_PLAN_INVALID)?).await?.ok_or(IMPORT_PLAN_INVALID)?;
            if !matches!(inbox.channel, Channel::Api | Channel::Website) {
                return Err(IMPORT_PLAN_INVALID.into());
            }
        }
        let all = tags::list(tx).await?;
        if plan.tag_ids.iter().any(|id| !all.iter().any(|tag| tag.id == *id && !tag.archived)) {
            return Err(IMPORT_PLAN_INVALID.into());
        }
        let tags = all.into_iter().map(|tag| (tag.name.to_lowercase(), tag)).collect();
        Ok(Self { plan, targets, attributes, tags })
    }

    /// Whether there is something to know that a new contact lacks.
    pub fn lacks(&self, said: &Said) -> Option<&Attribute> {
        let required = self.attributes.iter().filter(|one| one.required && !one.archived && !one.read_only);
        required.into_iter().find(|one| !said.values.contains_key(&one.id))
    }

    pub fn tag_name(&self, id: TagId) -> String {
        self.tags.values().find(|tag| tag.id == id).map(|tag| tag.name.clone()).unwrap_or_default()
    }

    /// The cell that says by what somebody is known, as it stands there.
    pub fn sought<'l>(&self, line: &'l Line) -> Option<&'l str> {
        let target = match self.plan.find_by? {
            ImportFindBy::Email => Target::Field(ContactField::Email),
            ImportFindBy::Phone => Target::Field(ContactField::Phone),
            ImportFindBy::ExternalId => Target::ExternalId,
        };
        let at = self.targets.iter().position(|one| *one == Some(target))?;
        line.cells.get(at).map(String::as_str)
    }

    /// What the row says, or why it cannot be.
    pub fn read(&self, line: &Line) -> Result<Said, Problem> {
        let breaks: usize = line.cells.iter().map(|cell| cell.matches('\n').count()).sum();
        if breaks > LINES_OF_ONE {
            return Err(IMPORT_QUOTE_OPEN.into());
        }
        if line.cells.iter().skip(self.targets.len()).any(|cell| !cell.trim().is_empty()) {
            return Err(IMPORT_ROW_TOO_WIDE.with("max", self.targets.len()));
        }
        let mut said = Said { tag_ids: self.plan.tag_ids.clone(), ..Said::default() };
        for (target, cell) in self.targets.iter().zip(&line.cells) {
            let (Some(target), cell) = (target, cell.trim()) else { continue };
            if cell.is_empty() {
                continue;
            }
            match target {
                Target::Field(field) => {
                    let value = field::checked(*field, Some(self.coded(*field, cell)))?;
                    said.fields.extend(value.map(|value| (*field, value)));
                }
                Target::Attribute(id) => {
                    let Some(attribute) = self.attributes.iter().find(|one| one.id == *id) else { continue };
                    let plain = plain(attribute, cell, self.plan.dates);
                    let value = value::checked(attribute, Some(&plain), Writer::Member)?;
                    said.values.extend(value.map(|value| (*id, value)));
                }
                Target::Tags => {
                    for name in cell.split([',', ';', '|', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
                        let tag = self.tags.get(&name.to_lowercase());
                        let tag = tag.ok_or_else(|| IMPORT_TAG_UNKNOWN.with("name", shortened(name)))?;
                        if tag.archived {
                            return Err(TAG_ARCHIVED.with("name", tag.name.as_str()));
                        }
                        if !said.tag_ids.contains(&tag.id) {
                            said.tag_ids.push(tag.id);
                        }
                    }
                }
                Target::Note => said.note = Some(base::trimmed(cell, note::CHARACTERS, NOTE_INVALID)?),
                Target::ExternalId => said.external_id = Some(external_id(cell, IMPORT_EXTERNAL_ID_INVALID)?),
            }
        }
        Ok(said)
    }

    /// A country or a language may be written as a word.
    fn coded<'c>(&'c self, field: ContactField, cell: &'c str) -> &'c str {
        let words = match field {
            ContactField::Country => &self.plan.countries,
            ContactField::Language => &self.plan.languages,
            _ => return cell,
        };
        words.get(&cell.to_lowercase()).map_or(cell, String::as_str)
    }
}

/// What a problem tells of a cell.
fn shortened(cell: &str) -> String {
    cell.chars().take(60).collect()
}

/// The value as a form would say it.
fn plain(attribute: &Attribute, cell: &str, dates: ImportDates) -> String {
    match attribute.kind {
        AttributeKind::Flag => match cell.to_lowercase().as_str() {
            "yes" | "y" | "1" | "x" | "ya" | "benar" | "✓" | "true" => "true".to_owned(),
            "no" | "n" | "0" | "tidak" | "salah" | "false" => "false".to_owned(),
            _ => cell.to_owned(),
        },
        AttributeKind::Choice => {
            let folded = cell.to_lowercase();
            attribute.choices.iter().find(|one| one.to_lowercase() == folded).cloned().unwrap_or(cell.to_owned())
        }
        // One comma and no point is a point.
        AttributeKind::Number if !cell.contains('.') && cell.matches(',').count() == 1 => cell.replace(',', "."),
        AttributeKind::Date => day(cell, dates).unwrap_or(cell.to_owned()),
        AttributeKind::Text | AttributeKind::Number | AttributeKind::Link | AttributeKind::Money => cell.to_owned(),
    }
}

/// `28/02/2026`, `28.2.2026` or `2026/2/28` as `2026-02-28`. A time behind it says nothing of the day.
fn day(cell: &str, dates: ImportDates) -> Option<String> {
    let date = cell.split([' ', 'T']).next().unwrap_or(cell);
    let parts: Vec<_> = date.split(['/', '.', '-']).collect();
    let [first, second, third] = *parts.as_slice() else { return None };
    let (year, month, day) = match (first.len(), dates) {
        (4, _) => (first, second, third),
        (_, ImportDates::DayFirst) => (third, second, first),
        (_, ImportDates::MonthFirst) => (third, first, second),
    };
    (year.len() == 4).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::Uuid;

    #[test]
    fn values_are_taken_as_spreadsheets_write_them() {
        use AttributeKind::{Choice, Date, Flag, Number, Text};
        let attribute = |kind| Attribute {
            id: AttributeId(Uuid::nil()),
            name: "Level".into(),
            kind,
            choices: vec!["Gold".into()],
            required: false,
            read_only: false,
            archived: false,
        };
        for (kind, cell, value) in [
            (Flag, "Ya", "true"),
            (Flag, "0", "false"),
            (Flag, "perhaps", "perhaps"),
            (Choice, "GOLD", "Gold"),
            (Number, "7,5", "7.5"),
            (Number, "1.000,5", "1.000,5"),
            (Date, "2026-02-28", "2026-02-28"),
            (Date, "28/2/2026", "2026-02-28"),
            (Date, "28.02.2026 13:00", "2026-02-28"),
            (Date, "2026/2/3", "2026-02-03"),
            (Date, "3/2/26", "3/2/26"),
            (Text, "7,5", "7,5"),
        ] {
            assert_eq!(plain(&attribute(kind), cell, ImportDates::DayFirst), value, "{kind:?} {cell}");
        }
        assert_eq!(plain(&attribute(Date), "02/28/2026", ImportDates::MonthFirst), "2026-02-28");
    }

    #[test]
    fn a_target_survives_its_name() {
        for name in ["first_name", "tags", "note", "external_id", "att_00000000000000000000000000000000"] {
            assert_eq!(Target::parse(name).map(|target| target.to_string()).as_deref(), Some(name));
        }
        assert_eq!(Target::parse("password"), None);
    }
}
