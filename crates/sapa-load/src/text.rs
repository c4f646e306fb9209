//! Texts as customers and agents write them, in English and Indonesian.
//!
//! Lives here: the choice of a sentence and the filling of its gaps; the sentences are in one file per language. Must
//! stay true: the same random sequence gives the same text, and few sentences and words make most of the traffic (Zipf),
//! as in real mailboxes. Absent on purpose: real people; every name and number is made up here.

mod english;
mod indonesian;

use rand::Rng;
use rand_distr::{Distribution, Zipf};

/// How strongly the frequent sentences and words lead: 1 is natural language.
const ZIPF_EXPONENT: f64 = 1.0;
/// One in this many texts of a customer is two sentences long.
const SECOND_SENTENCE_ONE_IN: u32 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    Indonesian,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Contact,
    Member,
}

/// Where in a conversation a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Opening,
    Middle,
    Closing,
}

/// What people of one language say.
struct Phrases {
    first_names: &'static [&'static str],
    last_names: &'static [&'static str],
    greetings: &'static [&'static str],
    openings: &'static [&'static str],
    follow_ups: &'static [&'static str],
    thanks: &'static [&'static str],
    welcomes: &'static [&'static str],
    replies: &'static [&'static str],
    farewells: &'static [&'static str],
    products: &'static [&'static str],
    places: &'static [&'static str],
    days: &'static [&'static str],
    couriers: &'static [&'static str],
    payments: &'static [&'static str],
    currency: &'static str,
}

impl Language {
    /// Two in three conversations are Indonesian, as with the first users.
    pub fn random(random: &mut impl Rng) -> Self {
        if random.random_ratio(2, 3) { Self::Indonesian } else { Self::English }
    }

    fn phrases(self) -> &'static Phrases {
        match self {
            Self::English => &english::PHRASES,
            Self::Indonesian => &indonesian::PHRASES,
        }
    }
}

/// A full name; unlike words, names are spread evenly.
pub fn person(language: Language, random: &mut impl Rng) -> String {
    let phrases = language.phrases();
    let first = phrases.first_names[random.random_range(0..phrases.first_names.len())];
    let last = phrases.last_names[random.random_range(0..phrases.last_names.len())];
    format!("{first} {last}")
}

/// One message.
pub fn message(language: Language, speaker: Speaker, moment: Moment, random: &mut impl Rng) -> String {
    let phrases = language.phrases();
    let template = match (speaker, moment) {
        (Speaker::Contact, Moment::Opening) => {
            format!("{} {}", pick(phrases.greetings, random), pick(phrases.openings, random))
        }
        (Speaker::Contact, Moment::Middle) => follow_up(phrases, random),
        (Speaker::Contact, Moment::Closing) => pick(phrases.thanks, random).to_owned(),
        (Speaker::Member, Moment::Opening) => pick(phrases.welcomes, random).to_owned(),
        (Speaker::Member, Moment::Middle) => pick(phrases.replies, random).to_owned(),
        (Speaker::Member, Moment::Closing) => pick(phrases.farewells, random).to_owned(),
    };
    fill(&template, phrases, random)
}

fn follow_up(phrases: &Phrases, random: &mut impl Rng) -> String {
    let first = pick(phrases.follow_ups, random);
    if !random.random_ratio(1, SECOND_SENTENCE_ONE_IN) {
        return first.to_owned();
    }
    format!("{first} {}", pick(phrases.follow_ups, random))
}

fn pick<'a>(choices: &[&'a str], random: &mut impl Rng) -> &'a str {
    choices[zipf(choices.len(), random)]
}

/// An index below `count`; low ones are frequent.
pub fn zipf(count: usize, random: &mut impl Rng) -> usize {
    let Ok(distribution) = Zipf::new(count as f64, ZIPF_EXPONENT) else { return 0 };
    (distribution.sample(random) as usize).clamp(1, count) - 1
}

/// Puts something into each `{gap}` of a template.
fn fill(template: &str, phrases: &Phrases, random: &mut impl Rng) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (gap, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        text.push_str(&filling(gap, phrases, random));
        rest = after;
    }
    text.push_str(rest);
    text
}

fn filling(gap: &str, phrases: &Phrases, random: &mut impl Rng) -> String {
    match gap {
        "product" => pick(phrases.products, random).to_owned(),
        "place" => pick(phrases.places, random).to_owned(),
        "day" => pick(phrases.days, random).to_owned(),
        "courier" => pick(phrases.couriers, random).to_owned(),
        "payment" => pick(phrases.payments, random).to_owned(),
        "name" => pick(phrases.first_names, random).to_owned(),
        "order" => format!("#{}", random.random_range(10_000..1_000_000)),
        "tracking" => format!("SP{:010}", random.random_range(0..10_000_000_000_u64)),
        "amount" => format!("{}{}", phrases.currency, random.random_range(5..400) * 5),
        "number" => random.random_range(2..9).to_string(),
        "hour" => format!("{:02}:{:02}", random.random_range(8..20), random.random_range(0..4) * 15),
        other => unreachable!("no filling for the gap {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    const LANGUAGES: [Language; 2] = [Language::English, Language::Indonesian];

    #[test]
    fn every_gap_of_every_sentence_can_be_filled() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        for phrases in LANGUAGES.map(Language::phrases) {
            let sentences = [
                phrases.openings,
                phrases.follow_ups,
                phrases.thanks,
                phrases.welcomes,
                phrases.replies,
                phrases.farewells,
                phrases.greetings,
            ];
            for sentence in sentences.iter().copied().flatten() {
                let text = fill(sentence, phrases, &mut random);
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
    }

    #[test]
    fn the_same_seed_says_the_same() {
        let say = |seed| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            message(Language::Indonesian, Speaker::Contact, Moment::Opening, &mut random)
        };
        assert_eq!(say(7), say(7));
        assert_ne!(say(7), say(8));
    }

    #[test]
    fn the_first_choice_is_the_most_frequent() {
        let mut random = ChaCha8Rng::seed_from_u64(2);
        let mut counts = [0_u32; 10];
        for _ in 0..10_000 {
            counts[zipf(10, &mut random)] += 1;
        }
        assert!(counts[0] > 3 * counts[4] && counts[9] > 0, "{counts:?}");
    }
}
