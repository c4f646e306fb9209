//! Finding contacts among a million: keyset pages over indexes, never an offset over rows that are shown, never a count.
//!
//! What must stay true: a page looks at no more than [`REACH`] contacts, whatever is asked; where that ends it before it
//! is full, it says how far it came and the next one goes on from there. Absent: who may ask (`list`).

use crate::list::{ContactHas, ContactSort, ListQuery};
use base::{Problem, Tx};
use contacts::{Known, folded_address, folded_value};
use db::{Row, Sql, Value, params, sql};
use ids::{ContactId, Uuid};
use words::words;

/// Contacts that a page looks at, and perhaps passes over.
const REACH: i64 = 1_000;
/// Words of one search beside the one that leads.
const OTHER_WORDS: usize = 3;
/// How far it is counted which of the words is the rarest.
const COUNTED: i64 = 1_001;

/// After whom a page begins: what he is sorted by, and his id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub text: String,
    pub id: ContactId,
}

impl Place {
    pub fn parse(cursor: &str) -> Option<Self> {
        let (id, text) = cursor.split_at_checked(32)?;
        Some(Self { id: ContactId(id.parse::<Uuid>().ok()?), text: text.to_owned() })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.id.0.simple(), self.text)
    }
}

pub struct Found {
    pub contacts: Vec<Row>,
    pub next: Option<Place>,
}

/// Parameters of all: the workspace; whether there is an address and a number; since and until; the tag; the attribute
/// and its value; the channel; how many are wanted, and how many are looked at. Those of the lead follow.
macro_rules! filtered {
    ($lead:expr, $order:literal) => {
        sql!(
            sqlite: filtered!($lead, $order, "CROSS JOIN contacts c WHERE c.workspace_id = $1 AND c.id = s.id AND "),
            // Otherwise it merges the range with all contacts before it.
            postgres: filtered!(
                $lead,
                $order,
                "CROSS JOIN LATERAL (SELECT x.* FROM contacts x WHERE x.workspace_id = $1 AND x.id = s.id OFFSET 0) c \
                 WHERE "
            )
        )
    };
    ($lead:expr, $order:literal, $join:literal) => {
        concat!(
            "SELECT c.id, c.name, c.email, c.phone, c.verified, c.told, c.written, c.tags, c.attributes, c.version, \
             c.created_at, c.sort_name, c.blocked_at, s.place FROM (",
            $lead,
            ") s ",
            $join,
            "($2 = 0 OR ($2 = 1 AND c.email IS NOT NULL) OR ($2 = 2 AND c.email IS NULL)) \
             AND ($3 = 0 OR ($3 = 1 AND c.phone IS NOT NULL) OR ($3 = 2 AND c.phone IS NULL)) \
             AND c.created_at >= $4 AND c.created_at < $5 \
             AND (EXISTS (SELECT 1 FROM contact_tags t WHERE t.workspace_id = $1 AND t.tag_id = $6 \
             AND t.contact_id = c.id) OR $6 IS NULL) \
             AND (EXISTS (SELECT 1 FROM contact_values v WHERE v.workspace_id = $1 AND v.attribute_id = $7 \
             AND v.value = $8 AND v.contact_id = c.id) OR $7 IS NULL) \
             AND (EXISTS (SELECT 1 FROM inboxes i JOIN conversations o ON o.workspace_id = i.workspace_id \
             AND o.inbox_id = i.id AND o.contact_id = c.id WHERE i.workspace_id = $1 AND i.channel = $9) \
             OR EXISTS (SELECT 1 FROM contacts p JOIN inboxes i ON i.workspace_id = p.workspace_id \
             JOIN conversations o ON o.workspace_id = i.workspace_id AND o.inbox_id = i.id AND o.contact_id = p.id \
             WHERE p.workspace_id = $1 AND p.merged_into = c.id AND i.channel = $9) \
             OR $9 IS NULL) AND c.merged_into IS NULL ORDER BY ",
            $order,
            " LIMIT $10"
        )
    };
}

/// The ranges that lead, and where the last one of a range stands.
macro_rules! newest {
    () => {
        "SELECT id, '' AS place FROM contacts WHERE workspace_id = $1 AND id < $12 ORDER BY id DESC LIMIT $11"
    };
}
macro_rules! oldest {
    () => {
        "SELECT id, '' AS place FROM contacts WHERE workspace_id = $1 AND id > $12 ORDER BY id LIMIT $11"
    };
}
macro_rules! tagged_newest {
    () => {
        "SELECT contact_id AS id, '' AS place FROM contact_tags WHERE workspace_id = $1 AND tag_id = $6 \
         AND contact_id < $12 ORDER BY contact_id DESC LIMIT $11"
    };
}
macro_rules! tagged_oldest {
    () => {
        "SELECT contact_id AS id, '' AS place FROM contact_tags WHERE workspace_id = $1 AND tag_id = $6 \
         AND contact_id > $12 ORDER BY contact_id LIMIT $11"
    };
}
macro_rules! named {
    () => {
        "SELECT id, sort_name AS place FROM contacts WHERE workspace_id = $1 AND (sort_name, id) > ($13, $12) \
         ORDER BY sort_name, id LIMIT $11"
    };
}
macro_rules! worded {
    () => {
        "SELECT contact_id AS id, word AS place FROM contact_words WHERE workspace_id = $1 AND word >= $14 \
         AND word < $15 AND (word, contact_id) > ($13, $12) ORDER BY word, contact_id LIMIT $11"
    };
}
/// Of what a word finds: who has the other words too, and no word before it that finds him as well.
macro_rules! with_others {
    () => {
        concat!(
            "SELECT w.id, w.place FROM (",
            worded!(),
            ") w WHERE NOT EXISTS (SELECT 1 FROM contact_words x WHERE x.workspace_id = $1 AND x.contact_id = w.id \
             AND x.word >= $14 AND x.word < w.place) \
             AND ($16 = '' OR EXISTS (SELECT 1 FROM contact_words x WHERE x.workspace_id = $1 AND x.contact_id = w.id \
             AND x.word >= $16 AND x.word < $17)) \
             AND ($18 = '' OR EXISTS (SELECT 1 FROM contact_words x WHERE x.workspace_id = $1 AND x.contact_id = w.id \
             AND x.word >= $18 AND x.word < $19)) \
             AND ($20 = '' OR EXISTS (SELECT 1 FROM contact_words x WHERE x.workspace_id = $1 AND x.contact_id = w.id \
             AND x.word >= $20 AND x.word < $21))"
        )
    };
}

/// The page, and the end of what it looked at: of the same range, its last row.
pub(crate) struct Lead {
    pub page: &'static Sql,
    pub end: &'static Sql,
}

/// The same range for the end of what is looked at: only its own parameters, in the same places.
macro_rules! end {
    ($range:literal) => {
        sql!(concat!("SELECT e.id, e.place FROM (", $range, ") e LIMIT 1"))
    };
}

/// By their names, for the test of their plans.
#[cfg(test)]
pub(crate) const LEADS: [(&str, Lead); 6] = [
    ("newest", NEWEST),
    ("oldest", OLDEST),
    ("tagged", TAGGED_NEWEST),
    ("tagged", TAGGED_OLDEST),
    ("named", NAMED),
    ("worded", WORDED),
];

const NEWEST: Lead = Lead {
    page: filtered!(newest!(), "c.id DESC"),
    end: end!(
        "SELECT id, '' AS place FROM contacts WHERE workspace_id = $1 AND id < $2 ORDER BY id DESC LIMIT 1 OFFSET $3"
    ),
};
const OLDEST: Lead = Lead {
    page: filtered!(oldest!(), "c.id"),
    end: end!("SELECT id, '' AS place FROM contacts WHERE workspace_id = $1 AND id > $2 ORDER BY id LIMIT 1 OFFSET $3"),
};
const TAGGED_NEWEST: Lead = Lead {
    page: filtered!(tagged_newest!(), "c.id DESC"),
    end: end!(
        "SELECT contact_id AS id, '' AS place FROM contact_tags WHERE workspace_id = $1 AND tag_id = $4 \
         AND contact_id < $2 ORDER BY contact_id DESC LIMIT 1 OFFSET $3"
    ),
};
const TAGGED_OLDEST: Lead = Lead {
    page: filtered!(tagged_oldest!(), "c.id"),
    end: end!(
        "SELECT contact_id AS id, '' AS place FROM contact_tags WHERE workspace_id = $1 AND tag_id = $4 \
         AND contact_id > $2 ORDER BY contact_id LIMIT 1 OFFSET $3"
    ),
};
const NAMED: Lead = Lead {
    page: filtered!(named!(), "s.place, c.id"),
    end: end!(
        "SELECT id, sort_name AS place FROM contacts WHERE workspace_id = $1 AND (sort_name, id) > ($4, $2) \
         ORDER BY sort_name, id LIMIT 1 OFFSET $3"
    ),
};
const WORDED: Lead = Lead {
    page: filtered!(with_others!(), "s.place, c.id"),
    end: end!(
        "SELECT contact_id AS id, word AS place FROM contact_words WHERE workspace_id = $1 AND word >= $5 \
         AND word < $6 AND (word, contact_id) > ($4, $2) ORDER BY word, contact_id LIMIT 1 OFFSET $3"
    ),
};

fn end_of(word: &str) -> String {
    format!("{word}\u{10ffff}")
}

/// What is typed as beginnings of words; an address with an `@`, and a number, stay whole.
pub fn wanted(text: &str) -> Vec<String> {
    let mut wanted = Vec::new();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = digits.len() >= 4 && !text.chars().any(char::is_alphabetic) && !text.contains('@');
    if is_number {
        // Written with the country's number or with 0: the rest is what both have.
        let rest = digits.trim_start_matches('0');
        let trunk = text.trim().starts_with('0') && !rest.is_empty();
        return vec![if trunk { rest.to_owned() } else { digits }];
    }
    for piece in text.split_whitespace() {
        if piece.contains('@') && !piece.starts_with('@') {
            wanted.push(folded_address(piece));
        } else {
            wanted.extend(words(piece).into_iter().map(|word| word.text));
        }
    }
    wanted.retain(|word| !word.is_empty());
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// The rarest of the words first: what it finds is looked through for the others.
async fn rarest_first(tx: &mut Tx<'_>, wanted: Vec<String>) -> Result<Vec<String>, Problem> {
    if wanted.len() < 2 {
        return Ok(wanted);
    }
    let mut counted = Vec::with_capacity(wanted.len());
    for word in wanted {
        let row = tx
            .first(
                sql!(
                    "SELECT COUNT(*) AS n FROM (SELECT 1 FROM contact_words WHERE workspace_id = $1 AND word >= $2 \
                     AND word < $3 LIMIT $4) x"
                ),
                &params![tx.workspace, word.as_str(), end_of(&word), COUNTED],
            )
            .await?;
        let count: i64 = row.map_or(Ok(0), |row| row.get("n"))?;
        counted.push((count, std::cmp::Reverse(word.len()), word));
    }
    counted.sort_unstable();
    Ok(counted.into_iter().map(|(_, _, word)| word).collect())
}

impl ContactHas {
    fn number(asked: Option<Self>) -> i64 {
        match asked {
            None => 0,
            Some(Self::With) => 1,
            Some(Self::Without) => 2,
        }
    }
}

/// One page.
pub async fn page(tx: &mut Tx<'_>, query: &ListQuery, after: Option<Place>, limit: i64) -> Result<Found, Problem> {
    let words = rarest_first(tx, query.q.as_deref().map(wanted).unwrap_or_default()).await?;
    if words.is_empty() && query.q.as_deref().is_some_and(|asked| !asked.trim().is_empty()) {
        return Ok(Found { contacts: Vec::new(), next: None });
    }
    let newest = query.sort.unwrap_or_default() == ContactSort::Newest;
    let named = query.sort == Some(ContactSort::Name) && words.is_empty();
    // Of two lower bounds PostgreSQL begins at the pair of word and id, so the pair begins where the word does.
    let first = Place {
        text: words.first().cloned().unwrap_or_default(),
        id: ContactId(if newest && words.is_empty() { Uuid::max() } else { Uuid::nil() }),
    };
    let after = after.unwrap_or(first);
    let lead = match (words.is_empty(), named, query.tag.is_some(), newest) {
        (false, ..) => WORDED,
        (true, true, ..) => NAMED,
        (true, false, true, true) => TAGGED_NEWEST,
        (true, false, true, false) => TAGGED_OLDEST,
        (true, false, false, true) => NEWEST,
        (true, false, false, false) => OLDEST,
    };
    // Who is not narrowed is not passed over.
    let narrowed = query.is_narrowed() || !words.is_empty();
    let reach = if narrowed { REACH } else { limit + 1 };
    let mut values = params![
        tx.workspace,
        ContactHas::number(query.email),
        ContactHas::number(query.phone),
        query.since.unwrap_or(i64::MIN),
        query.until.unwrap_or(i64::MAX),
        query.tag,
        query.attribute,
        folded_value(query.value.as_deref().unwrap_or_default()),
        query.channel.clone(),
        limit + 1,
        reach,
        after.id
    ]
    .to_vec();
    let mut end = params![tx.workspace, after.id, reach - 1].to_vec();
    if let Some(word) = words.first() {
        let range: [Value; 3] = [after.text.as_str().into(), word.as_str().into(), end_of(word).into()];
        values.extend(range.clone());
        end.extend(range);
        for at in 1..=OTHER_WORDS {
            let other = words.get(at).map(String::as_str).unwrap_or_default();
            values.extend::<[Value; 2]>([other.into(), end_of(other).into()]);
        }
    } else if named {
        values.push(after.text.as_str().into());
        end.push(after.text.as_str().into());
    } else if query.tag.is_some() {
        end.push(query.tag.into());
    }
    // How many are looked at decides how they are joined.
    let mut contacts = tx.query_planned(lead.page, &values).await?;
    let next = if contacts.len() as i64 > limit {
        contacts.truncate(limit as usize);
        contacts.last().map(place).transpose()?
    } else {
        // Where the range was looked through to its reach there may be more of it.
        tx.first(lead.end, &end).await?.as_ref().map(place).transpose()?
    };
    // More words than a statement asks for.
    if words.len() > 1 + OTHER_WORDS {
        let mut all = Vec::with_capacity(contacts.len());
        for row in contacts {
            let found_by = Known::from_row(&row)?.words();
            if words.iter().all(|word| found_by.iter().any(|one| one.starts_with(word.as_str()))) {
                all.push(row);
            }
        }
        contacts = all;
    }
    Ok(Found { contacts, next })
}

fn place(row: &Row) -> Result<Place, Problem> {
    Ok(Place { text: row.get("place")?, id: row.get("id")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_beginnings_of_words() {
        for (typed, words) in [
            ("  Déwi  AYU dewi", vec!["ayu", "dewi"]),
            ("Dewi@Shop.id", vec!["dewi@shop.id"]),
            ("@shop", vec!["shop"]),
            ("+62 812-34", vec!["6281234"]),
            ("0812 34", vec!["81234"]),
            ("00000", vec!["00000"]),
            ("!!!", vec![]),
            ("42", vec!["42"]),
            ("", vec![]),
        ] {
            assert_eq!(wanted(typed), words, "{typed}");
        }
    }

    #[test]
    fn a_place_survives_text_and_nonsense_is_none() {
        let place = Place { text: "dewi ayu".into(), id: ContactId(Uuid::from_u128(7)) };
        assert_eq!(Place::parse(&place.to_string()), Some(place));
        assert!(Place::parse("short").is_none() && Place::parse(&"é".repeat(40)).is_none());
    }
}
