//! A card: a link or an offer that a message carries, drawn as one thing to press instead of an address in a text.
//!
//! What must stay true: a card leads to a website and nowhere else; its words are the message's, and go when that is
//! removed; that the contact opened it is told once. A click is no message: it wakes, opens and answers nothing.
//! Absent: clicks of what another system shows; and changing a card after it was sent.

use crate::{CARD_INVALID, EntryKind, Quote, Thread, entry::entry, thread::Parts};
use base::{Problem, Tx, optional, refusal, trimmed};
use ids::{EntryId, FileId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const URL_CHARACTERS: usize = 2_000;
const TITLE_CHARACTERS: usize = 120;
const TEXT_CHARACTERS: usize = 500;
const PRICE_CHARACTERS: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    Link,
    Offer,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub kind: CardKind,
    /// Where it leads: `http` or `https`, at most 2,000 characters.
    pub url: String,
    /// At most 120 characters.
    pub title: String,
    /// At most 500 characters.
    pub text: Option<String>,
    /// Of offers, as people write it, such as `Rp 250.000`; at most 40 characters.
    pub price: Option<String>,
    /// One of the message's files, an image.
    pub picture: Option<FileId>,
}

impl Card {
    /// The card as it is stored, or which field of it is wrong.
    pub(crate) fn checked(self, file_ids: &[FileId]) -> Result<Self, Problem> {
        let wrong = |field: &'static str| move |_| CARD_INVALID.with("field", field);
        let url = self.url.trim();
        if !leads_to_a_website(url) {
            return Err(CARD_INVALID.with("field", "url"));
        }
        let price = optional(self.price.as_deref(), PRICE_CHARACTERS, CARD_INVALID).map_err(wrong("price"))?;
        if price.is_some() && self.kind == CardKind::Link {
            return Err(CARD_INVALID.with("field", "price"));
        }
        if self.picture.is_some_and(|picture| !file_ids.contains(&picture)) {
            return Err(CARD_INVALID.with("field", "picture"));
        }
        Ok(Self {
            kind: self.kind,
            url: url.to_owned(),
            title: trimmed(&self.title, TITLE_CHARACTERS, CARD_INVALID).map_err(wrong("title"))?,
            text: optional(self.text.as_deref(), TEXT_CHARACTERS, CARD_INVALID).map_err(wrong("text"))?,
            price,
            picture: self.picture,
        })
    }

    /// For those who show no cards.
    pub fn as_text(&self) -> String {
        format!("{}\n{}", self.title, self.url)
    }

    /// All that it says, for its author to go on writing.
    pub(crate) fn in_words(&self) -> String {
        let middle = self.text.iter().chain(&self.price);
        let lines: Vec<_> = [&self.title].into_iter().chain(middle).chain([&self.url]).map(String::as_str).collect();
        lines.join("\n")
    }
}

/// A browser opens what stands here, so that no other scheme may.
fn leads_to_a_website(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let web = ["http", "https"].iter().any(|one| scheme.eq_ignore_ascii_case(one));
    let strange = |char: char| char.is_whitespace() || char.is_control() || char == '\\';
    // What stands before an @ looks like a host and is none.
    web && !host.is_empty()
        && !host.starts_with(':')
        && !host.contains('@')
        && !url.contains(strange)
        && url.chars().count() <= URL_CHARACTERS
}

/// The contact opened the link of a card. Said once, however often he does.
pub async fn click(tx: &mut Tx<'_>, mut thread: Thread, id: EntryId) -> Result<(), Problem> {
    let mut sent = entry(tx, thread.conversation.id, id).await?.ok_or(refusal::NOT_FOUND)?;
    let Some(card) = &sent.card else { return Err(refusal::NOT_FOUND.into()) };
    if sent.clicked_at.is_some() {
        return Ok(());
    }
    // As a quote: where the message's words go, these go.
    let quote =
        Quote { id, position: sent.position, author: sent.author.clone(), text: Some(card.title.clone()), files: 0 };
    sent.clicked_at = Some(tx.now);
    let author = thread.contact_author();
    thread.change(sent);
    thread.add(tx, EntryKind::CardClicked, author, Parts { quote: Some(quote), ..Parts::default() });
    thread.save(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(url: &str) -> Card {
        let title = "Kopi Gayo".into();
        Card { kind: CardKind::Link, url: url.into(), title, text: None, price: None, picture: None }
    }

    fn fault(card: Card) -> Option<&'static str> {
        card.checked(&[]).err().map(|problem| problem.refusal().code)
    }

    #[test]
    fn a_card_leads_to_a_website_only() {
        for good in ["https://kopi.example", "http://kopi.example:8080/a?b=c#d", "HTTPS://kopi.example/é"] {
            assert_eq!(fault(card(good)), None, "{good}");
        }
        let long = format!("https://kopi.example/{}", "x".repeat(URL_CHARACTERS));
        for bad in [
            "javascript:alert(1)",
            "javascript://kopi.example/%0aalert(1)",
            "kopi.example",
            "https://",
            "https:///kopi",
            "https://:80",
            "https://bank.example@kopi.example",
            "https://kopi.example/a b",
            "https://kopi.example\\@bank.example",
            "",
            &long,
        ] {
            assert_eq!(fault(card(bad)), Some("card_invalid"), "{bad}");
        }
    }

    #[test]
    fn words_have_limits_and_links_no_price() {
        let good = || card("https://kopi.example");
        assert_eq!(fault(Card { title: " ".into(), ..good() }), Some("card_invalid"));
        assert_eq!(fault(Card { title: "é".repeat(TITLE_CHARACTERS + 1), ..good() }), Some("card_invalid"));
        assert_eq!(fault(Card { text: Some("é".repeat(TEXT_CHARACTERS + 1)), ..good() }), Some("card_invalid"));
        assert_eq!(fault(Card { price: Some("Rp 1".into()), ..good() }), Some("card_invalid"));
        let offer = Card { kind: CardKind::Offer, price: Some(" Rp 250.000 ".into()), ..good() };
        let stored = offer.checked(&[]).ok().and_then(|card| card.price);
        assert_eq!(stored.as_deref(), Some("Rp 250.000"));
    }
}
