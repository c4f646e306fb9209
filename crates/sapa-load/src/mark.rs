//! The mark at the start of every message text: which run, who, the how-manieth, and when it was due.
//!
//! Must stay true: a receiver can compute the latency and the checker the order from the text alone, and what another
//! run wrote is never mistaken for ours.

use std::fmt;

use serde::de::{Deserializer, Visitor};

use crate::clock::Micros;

/// What a message says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    pub run: u32,
    /// Number of the lane that wrote it: a visitor, or one of a visitor's parallel connections.
    pub author: u32,
    /// 0, 1, 2, … per author.
    pub counter: u32,
    pub scheduled_us: Micros,
}

impl fmt::Display for Mark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{:08x} {} {} {}]", self.run, self.author, self.counter, self.scheduled_us)
    }
}

impl Mark {
    pub fn parse(text: &str) -> Option<Self> {
        let (inside, _) = text.strip_prefix('[')?.split_once(']')?;
        let mut parts = inside.split(' ');
        let mark = Self {
            run: u32::from_str_radix(parts.next()?, 16).ok()?,
            author: parts.next()?.parse().ok()?,
            counter: parts.next()?.parse().ok()?,
            scheduled_us: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(mark)
    }
}

/// Reads an optional text and keeps only its mark, without allocating.
pub fn of_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Mark>, D::Error> {
    struct Text;
    impl<'de> Visitor<'de> for Text {
        type Value = Option<Mark>;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("a text or null")
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Mark::parse(text))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }
    deserializer.deserialize_any(Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_survives_its_text() {
        let mark = Mark { run: 0xab12, author: 7, counter: 3, scheduled_us: 123_456 };
        assert_eq!(Mark::parse(&format!("{mark} Halo kak, pesanan saya belum sampai.")), Some(mark));
    }

    #[test]
    fn other_texts_carry_no_mark() {
        for text in ["", "hello", "[hello]", "[0000ab12 7 3]", "[0000ab12 7 3 4 5] x", "[0000ab12 7 3 4"] {
            assert_eq!(Mark::parse(text), None, "{text}");
        }
    }
}
