//! What a comment rule says: which comments it is about, and what they are answered.
//!
//! What must stay true: reading a rule and choosing an answer ask nobody, so that the same comment is answered the same
//! way however often it is told. Absent: how an answer leaves (`comment`).

use crate::COMMENT_RULE_INVALID;
use base::{Problem, name, optional, trimmed};
use channels::{Capabilities, Comment};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 60;
const POST_CHARACTERS: usize = 500;
/// Right answers and wrong ones, or one answer to all.
const CASES: usize = 2;
const KEYWORDS: usize = 30;
const KEYWORD_CHARACTERS: usize = 60;
/// Of public answers one is said.
const PUBLIC_TEXTS: usize = 10;
/// Of a name that stands in an answer.
const FILLED_CHARACTERS: usize = 60;
/// What an answer may leave open.
const PLACEHOLDERS: [&str; 3] = ["contact.name", "contact.first_name", "inbox.name"];

/// One way to answer. The first one of a rule that fits is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentCase {
    /// It fits a comment that has one of these, as whole words, whatever their case and accents; none: any comment. At
    /// most 30 of 60 characters.
    pub keywords: Vec<String>,
    /// One of these is said below the comment; none: nothing. At most 10.
    pub public: Vec<String>,
    /// Said to its author alone; `null`: nothing. Both may hold `{{contact.first_name|there}}`, `{{contact.name}}` and
    /// `{{inbox.name}}`.
    pub private: Option<String>,
}

/// As somebody sets it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveCommentRule {
    /// At most 60 characters.
    pub name: String,
    pub enabled: bool,
    /// The address of a post, or the provider's name for it; `null`: all posts.
    pub post: Option<String>,
    /// One, or two where the first is for the right answers of a quiz and the second for the wrong ones.
    pub cases: Vec<CommentCase>,
    /// Its place among the rules, from 0; `null`: where it is, and a new one last.
    #[serde(default)]
    pub place: Option<usize>,
}

impl SaveCommentRule {
    /// In its stored form, or the `field` that cannot be used.
    pub(crate) fn checked(self, capabilities: &Capabilities) -> Result<Self, Problem> {
        let wrong = |field: &'static str| move |_: Problem| COMMENT_RULE_INVALID.with("field", field);
        let title = name(&self.name, NAME_CHARACTERS, COMMENT_RULE_INVALID).map_err(wrong("name"))?;
        let post = optional(self.post.as_deref(), POST_CHARACTERS, COMMENT_RULE_INVALID).map_err(wrong("post"))?;
        if self.cases.is_empty() || self.cases.len() > CASES {
            return Err(COMMENT_RULE_INVALID.with("field", "cases"));
        }
        let mut cases = Vec::new();
        for case in self.cases {
            cases.push(case.checked(capabilities)?);
        }
        // Nothing would ever come to the second one.
        if cases.len() == CASES && cases[0].keywords.is_empty() {
            return Err(COMMENT_RULE_INVALID.with("field", "keywords"));
        }
        Ok(Self { name: title, post, cases, ..self })
    }
}

impl CommentCase {
    fn checked(self, capabilities: &Capabilities) -> Result<Self, Problem> {
        let too_long = |field: &'static str| move |_: Problem| COMMENT_RULE_INVALID.with("field", field);
        let mut keywords = Vec::new();
        for keyword in &self.keywords {
            let keyword = name(keyword, KEYWORD_CHARACTERS, COMMENT_RULE_INVALID).map_err(too_long("keywords"))?;
            if folded(&keyword).is_empty() {
                return Err(COMMENT_RULE_INVALID.with("field", "keywords"));
            }
            if !keywords.contains(&keyword) {
                keywords.push(keyword);
            }
        }
        if keywords.len() > KEYWORDS || self.public.len() > PUBLIC_TEXTS {
            let field = if keywords.len() > KEYWORDS { "keywords" } else { "public" };
            return Err(COMMENT_RULE_INVALID.with("field", field));
        }
        let Some(comments) = capabilities.comments else { return Err(base::refusal::NOT_FOUND.into()) };
        let text = |text: &str, field: &'static str, length: channels::Length| {
            let text = trimmed(text, length.max, COMMENT_RULE_INVALID).map_err(too_long(field))?;
            if !length.fits(&text) {
                return Err(COMMENT_RULE_INVALID.with("field", field).with("max", length.max));
            }
            match unknown(&text) {
                Some(odd) => Err(COMMENT_RULE_INVALID.with("field", field).with("placeholder", odd)),
                None => Ok(text),
            }
        };
        let mut public = Vec::new();
        for one in &self.public {
            public.push(text(one, "public", comments.text)?);
        }
        let private = self.private.as_deref().filter(|text| !text.trim().is_empty());
        let private = private.map(|one| text(one, "private", capabilities.text)).transpose()?;
        if public.is_empty() && private.is_none() {
            return Err(COMMENT_RULE_INVALID.with("field", "answer"));
        }
        Ok(Self { keywords, public, private })
    }

    fn fits(&self, comment: &[String]) -> bool {
        self.keywords.is_empty()
            || self.keywords.iter().any(|keyword| {
                let keyword = folded(keyword);
                comment.windows(keyword.len()).any(|some| *some == keyword[..])
            })
    }

    /// Which of the public answers a comment gets: always the same one.
    pub(crate) fn public_to(&self, comment: &str) -> Option<&str> {
        let number = u64::from_be_bytes(Sha256::digest(comment)[..8].try_into().unwrap_or_default());
        let at = number.checked_rem(self.public.len() as u64)?;
        self.public.get(usize::try_from(at).ok()?).map(String::as_str)
    }
}

/// Its words, without case and accents.
fn folded(text: &str) -> Vec<String> {
    words::words(text).into_iter().map(|word| word.text).collect()
}

/// Which of the cases a comment is, if it is below a post that is meant.
pub(crate) fn case_of(post: Option<&str>, cases: &[CommentCase], comment: &Comment) -> Option<usize> {
    // A page calls its posts by its own name and theirs.
    let meant = post.is_none_or(|post| {
        comment.post == post || comment.post.strip_suffix(post).is_some_and(|front| front.ends_with('_'))
    });
    if !meant {
        return None;
    }
    let comment = folded(comment.text.as_deref().unwrap_or_default());
    cases.iter().position(|case| case.fits(&comment))
}

/// Pieces of a text: what is said as it is, and what stands in braces.
fn pieces(text: &str) -> Vec<Result<&str, &str>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find("{{") {
        let end = rest[at..].find("}}").map_or(rest.len(), |end| at + end + 2);
        pieces.push(Ok(&rest[..at]));
        pieces.push(Err(&rest[at..end]));
        rest = &rest[end..];
    }
    pieces.push(Ok(rest));
    pieces
}

/// The name that is meant in braces, and what to say where it is not known.
fn placeholder(braced: &str) -> Option<(&str, &str)> {
    let inside = braced.strip_prefix("{{")?.strip_suffix("}}")?;
    let (name, otherwise) = inside.split_once('|').unwrap_or((inside, ""));
    PLACEHOLDERS.contains(&name.trim()).then(|| (name.trim(), otherwise.trim()))
}

fn unknown(text: &str) -> Option<String> {
    let odd = pieces(text).into_iter().filter_map(Result::err).find(|braced| placeholder(braced).is_none());
    odd.map(|braced| braced.chars().take(FILLED_CHARACTERS).collect())
}

/// The text to somebody of this name, from an inbox of that one.
pub(crate) fn filled(text: &str, contact: Option<&str>, inbox: &str) -> String {
    let cut = |text: &str| text.chars().take(FILLED_CHARACTERS).collect::<String>();
    let fill = |braced: &str| {
        let (name, otherwise) = placeholder(braced)?;
        let known = match name {
            "contact.name" => contact,
            "contact.first_name" => contact.and_then(|name| name.split_whitespace().next()),
            _ => Some(inbox),
        };
        Some(known.map_or_else(|| otherwise.to_owned(), cut))
    };
    pieces(text)
        .into_iter()
        .map(|piece| piece.map_or_else(|braced| fill(braced).unwrap_or_default(), str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(keywords: &[&str]) -> CommentCase {
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        CommentCase { keywords: owned(keywords), public: owned(&["a", "b"]), private: Some("c".into()) }
    }

    fn of(post: Option<&str>, cases: &[CommentCase], text: &str) -> Option<usize> {
        case_of(post, cases, &Comment { id: "c".into(), post: "11_22".into(), text: Some(text.into()) })
    }

    /// R051, R069
    #[test]
    fn keywords_are_whole_words_and_the_first_case_that_fits_is_taken() {
        let price = [case(&["harga", "berapa ya"])];
        for text in ["HARGA?", "kak, hárgá dong", "Berapa, ya…"] {
            assert_eq!(of(None, &price, text), Some(0), "{text}");
        }
        for text in ["seharga", "berapa", "ya berapa", "", "🙂"] {
            assert_eq!(of(None, &price, text), None, "{text}");
        }
        let quiz = [case(&["jakarta"]), case(&[])];
        assert_eq!([of(None, &quiz, "Jakarta!"), of(None, &quiz, "Bandung")], [Some(0), Some(1)]);
        assert_eq!(of(Some("11_22"), &quiz, "x"), Some(1));
        assert_eq!([of(Some("22"), &quiz, "x"), of(Some("2"), &quiz, "x")], [Some(1), None]);
        assert_eq!(case(&[]).public_to("c1"), case(&[]).public_to("c1"));
        let said: std::collections::BTreeSet<_> =
            (0..20).filter_map(|at| case(&[]).public_to(&format!("c{at}")).map(str::to_owned)).collect();
        assert_eq!(said.len(), 2, "not always the same");
    }

    /// R051
    #[test]
    fn names_are_filled_in_or_what_is_said_instead() {
        let text = "Hi {{contact.first_name|there}} {{ contact.name }}, {{inbox.name}}!";
        assert_eq!(filled(text, Some("Budi Santoso"), "Kopi"), "Hi Budi Budi Santoso, Kopi!");
        assert_eq!(filled(text, None, "Kopi"), "Hi there , Kopi!");
        assert_eq!(unknown("Hi {{me.name}}").as_deref(), Some("{{me.name}}"));
        assert_eq!(unknown("Hi {{contact.name").as_deref(), Some("{{contact.name"));
        assert_eq!(unknown(text), None);
    }

    #[test]
    fn a_rule_says_something_and_everything_in_it_has_an_end() {
        let can = channels::find("instagram").expect("a channel").capabilities();
        let rule = |cases: Vec<CommentCase>| {
            SaveCommentRule { name: " Price ".into(), enabled: true, post: None, cases, place: None }.checked(can)
        };
        assert_eq!(rule(vec![case(&["a", "a"])]).expect("a rule").cases[0].keywords, ["a"]);
        let none = CommentCase { public: vec![], private: Some(" ".into()), ..case(&[]) };
        let long = CommentCase { private: Some("é".repeat(501)), ..case(&[]) };
        let odd = CommentCase { private: Some("{{x}}".into()), ..case(&[]) };
        for wrong in [vec![], vec![none], vec![long], vec![odd], vec![case(&["?"])], vec![case(&[]), case(&[])]] {
            assert!(rule(wrong.clone()).is_err(), "{wrong:?}");
        }
    }
}
