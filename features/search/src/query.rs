//! What was typed, as terms and filters: words are all wanted, the last one may be unfinished, quotes hold words together.
//!
//! What must stay true: it never fails on odd text; a filter that is not known is text. Absent: the engines' own query
//! languages, which are written from it in `index`.

use crate::{QUERY_TOO_LONG, QUERY_TOO_MANY_TAGS, QUERY_TOO_MANY_WORDS, ZONE_UNKNOWN};
use base::Problem;
use jiff::{civil::Date, tz::TimeZone};
use words::words;

/// Characters that may be typed.
pub const QUERY_CHARACTERS: usize = 200;
/// Words and phrases of one query.
pub const QUERY_TERMS: usize = 12;

/// Tags of one query: all of them are wanted.
pub const QUERY_TAGS: usize = 3;

/// Words that stand beside each other in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub words: Vec<String>,
    /// The last word may go on.
    pub prefix: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    Me,
    /// Words of the author's name, each a beginning.
    Name(Vec<String>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub terms: Vec<Term>,
    pub from: Option<From>,
    /// Words of an inbox's name.
    pub inbox: Option<Vec<String>>,
    /// Words of each tag's name.
    pub tags: Vec<Vec<String>>,
    /// Milliseconds: from here …
    pub since: Option<i64>,
    /// … to before here.
    pub until: Option<i64>,
    pub has_file: bool,
}

/// A piece between spaces; quotes keep spaces.
struct Piece {
    text: String,
    /// Began with a quote.
    quoted: bool,
    /// Nothing follows, not even a space or a closing quote.
    open: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut current = Piece { text: String::new(), quoted: false, open: true };
    let mut inside = false;
    for c in text.chars() {
        match c {
            '"' | '“' | '”' | '„' | '«' | '»' => {
                if !inside && current.text.is_empty() {
                    current.quoted = true;
                }
                inside = !inside;
                current.open = inside;
            }
            c if c.is_whitespace() && !inside => {
                let open = Piece { text: String::new(), quoted: false, open: true };
                pieces.push(Piece { open: false, ..std::mem::replace(&mut current, open) });
            }
            c => current.text.push(c),
        }
    }
    pieces.push(current);
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}

impl Term {
    fn of(text: &str, prefix: bool) -> Option<Self> {
        let mut found = words(text);
        let mut prefix = prefix;
        if found.last().is_some_and(|word| word.single) {
            if found.len() > 1 && found[found.len() - 2].paired {
                // The last pair holds the last sign already.
                found.pop();
                prefix = false;
            } else {
                prefix = true;
            }
        }
        // One letter is a word of its own: as a beginning it would be everything.
        prefix &= found.last().is_some_and(|word| word.single || word.paired || word.text.chars().count() > 1);
        let words: Vec<_> = found.into_iter().map(|word| word.text).collect();
        if words.is_empty() { None } else { Some(Self { words, prefix }) }
    }
}

impl Query {
    /// `zone` is the viewer's, for example `Asia/Jakarta`; without one days are those of UTC.
    pub fn parse(text: &str, zone: Option<&str>) -> Result<Self, Problem> {
        if text.chars().count() > QUERY_CHARACTERS {
            return Err(QUERY_TOO_LONG.with("max", QUERY_CHARACTERS));
        }
        let zone = match zone {
            None => TimeZone::UTC,
            Some(name) => TimeZone::get(name).map_err(|_| ZONE_UNKNOWN)?,
        };
        let mut query = Self::default();
        for piece in pieces(text) {
            if piece.quoted || !query.take_filter(&piece.text, &zone) {
                query.terms.extend(Term::of(&piece.text, piece.open));
            }
        }
        if query.terms.len() > QUERY_TERMS {
            return Err(QUERY_TOO_MANY_WORDS.with("max", QUERY_TERMS));
        }
        if query.tags.len() > QUERY_TAGS {
            return Err(QUERY_TOO_MANY_TAGS.with("max", QUERY_TAGS));
        }
        Ok(query)
    }

    fn take_filter(&mut self, piece: &str, zone: &TimeZone) -> bool {
        let Some((name, value)) = piece.split_once(':') else { return false };
        let day = |ahead: i64| {
            let date = value.parse::<Date>().ok()?;
            let date = if ahead == 1 { date.tomorrow().ok()? } else { date };
            Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
        };
        let value_words = folded(value);
        match name.to_lowercase().as_str() {
            "from" if value.eq_ignore_ascii_case("me") => self.from = Some(From::Me),
            "from" if !value_words.is_empty() => self.from = Some(From::Name(value_words)),
            "in" if !value_words.is_empty() => self.inbox = Some(value_words),
            "tag" if !value_words.is_empty() => self.tags.push(value_words),
            "has" if value.eq_ignore_ascii_case("file") => self.has_file = true,
            "after" => match day(0) {
                Some(at) => self.since = Some(at),
                None => return false,
            },
            "before" => match day(1) {
                Some(at) => self.until = Some(at),
                None => return false,
            },
            _ => return false,
        }
        true
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether only words are asked for, as names have them.
    pub fn is_plain(&self) -> bool {
        *self == Self { terms: self.terms.clone(), ..Self::default() } && !self.terms.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Query {
        Query::parse(text, Some("Asia/Jakarta")).expect("a query")
    }

    fn terms(text: &str) -> Vec<(String, bool)> {
        parse(text).terms.into_iter().map(|term| (term.words.join(" "), term.prefix)).collect()
    }

    #[test]
    fn words_phrases_and_the_unfinished_word() {
        let wanted =
            |list: &[(&str, bool)]| list.iter().map(|(text, open)| (text.to_string(), *open)).collect::<Vec<_>>();
        assert_eq!(terms("Kirim pak"), wanted(&[("kirim", false), ("pak", true)]));
        assert_eq!(terms("kirim "), wanted(&[("kirim", false)]));
        assert_eq!(terms("\"not yet\" paid"), wanted(&[("not yet", false), ("paid", true)]));
        assert_eq!(terms("\"not ye"), wanted(&[("not ye", true)]));
        assert_eq!(terms("e-mail"), wanted(&[("e mail", true)]));
        assert_eq!(terms("東京都"), wanted(&[("東京 京都", false)]));
        assert_eq!(terms("京"), wanted(&[("京", true)]));
        assert_eq!(terms("?! "), []);
    }

    #[test]
    fn filters_are_taken_and_unknown_ones_are_text() {
        let query =
            parse("from:me in:\"Toko Satu\" tag:VIP tag:\"Big order\" has:file after:2025-11-01 before:2025-11-02 x");
        assert_eq!(query.from, Some(From::Me));
        assert_eq!(query.inbox, Some(vec!["toko".into(), "satu".into()]));
        assert_eq!(query.tags, [vec!["vip".to_owned()], vec!["big".into(), "order".into()]]);
        assert!(query.has_file);
        // Jakarta is seven hours ahead; the last day counts whole.
        assert_eq!((query.since, query.until), (Some(1_761_930_000_000), Some(1_762_102_800_000)));
        assert_eq!(terms("label:vip after:soon \"from:me\"").len(), 3);
    }

    #[test]
    fn too_much_is_refused() {
        let code = |text: &str| Query::parse(text, None).err().map(|problem| problem.refusal().code);
        assert_eq!(code(&"x".repeat(QUERY_CHARACTERS + 1)), Some("query_too_long"));
        assert_eq!(code(&"x ".repeat(QUERY_TERMS + 1)), Some("query_too_many_words"));
        assert_eq!(code(&"tag:x ".repeat(QUERY_TAGS + 1)), Some("query_too_many_tags"));
        assert_eq!(Query::parse("x", Some("Mars/Base")).err().map(|p| p.refusal().code), Some("zone_unknown"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_typed_makes_it_fail(text in "\\PC{0,80}") {
            if let Ok(query) = Query::parse(&text, None) {
                assert!(query.terms.iter().all(|term| !term.words.is_empty()));
            }
        }
    }
}
