//! The parts of the server's JSON that the clients read. Everything else in an answer is skipped unread.

use std::fmt;

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize, Serializer};

use crate::mark::{self, Mark};

/// The number inside an id: `cnv_` or `ent_` and 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub u128);

impl Id {
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.rsplit_once('_').map_or(text, |(_, digits)| digits);
        (digits.len() == 32).then(|| u128::from_str_radix(digits, 16).ok().map(Self)).flatten()
    }

    /// A fresh id as the server wants it from a client (UUIDv7).
    pub fn fresh() -> Self {
        Self(crate::outside::fresh_uuid().as_u128())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Id;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an id")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
                Id::parse(text).ok_or_else(|| E::custom(format!("{text:?} is not an id")))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// The answer to a stored message.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Ack {
    pub id: Id,
    pub conversation_id: Id,
    pub position: u64,
    pub revision: u64,
}

/// One entry of a conversation's timeline, as the desk or the visitor sees it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Entry {
    pub id: Id,
    /// 1, 2, 3, … in its conversation.
    pub position: u64,
    /// Rises with every change of its conversation.
    pub revision: u64,
    #[serde(rename = "text", deserialize_with = "mark::of_text", default)]
    pub mark: Option<Mark>,
}

/// A page of entries, ascending.
#[derive(Debug, Deserialize)]
pub struct Entries {
    pub entries: Vec<Entry>,
}

/// An answer that carries the position of the event stream it was taken at.
#[derive(Debug, Deserialize)]
pub struct Snapshot {
    pub position: u64,
}

/// One frame of a desk's or a visitor's socket.
#[derive(Debug, Deserialize)]
pub struct Frame {
    #[serde(rename = "type")]
    pub kind: FrameKind,
    pub position: Option<u64>,
    pub data: Option<Change>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameKind {
    Ready,
    Event,
    Position,
    Reset,
    Typing,
    Pong,
}

/// The payload of an event, as far as it concerns a conversation.
#[derive(Debug, Deserialize)]
pub struct Change {
    pub conversation: Option<ConversationRef>,
    #[serde(default)]
    pub entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ConversationRef {
    pub id: Id,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_event_and_skips_the_rest() {
        let frame: Frame = serde_json::from_str(
            r#"{"type":"event","position":9,"kind":"conversation.updated","can":["reply"],"data":{
                "conversation":{"id":"cnv_00000000000000000000000000000001","preview":{"text":"x"}},
                "entries":[{"id":"ent_00000000000000000000000000000002","position":2,"revision":9,"files":[],
                  "author":{"kind":"contact"},"text":"[000000ff 1 2 3] he said \"hi\""}],"delivery":null}}"#,
        )
        .expect("a valid frame");
        let change = frame.data.expect("data");
        assert_eq!((frame.kind, frame.position), (FrameKind::Event, Some(9)));
        assert_eq!(change.conversation.map(|it| it.id), Some(Id(1)));
        assert_eq!(change.entries[0].mark, Some(Mark { run: 255, author: 1, counter: 2, scheduled_us: 3 }));
    }

    #[test]
    fn frames_without_entries_are_read_too() {
        for text in [
            r#"{"type":"ready","position":4}"#,
            r#"{"type":"typing","conversation_id":"cnv_1","author":{},"on":true}"#,
            r#"{"type":"event","position":5,"kind":"inbox.counters","data":{"inbox_id":"inb_1","queued":1,"open":2}}"#,
        ] {
            serde_json::from_str::<Frame>(text).expect(text);
        }
        let entry = r#"{"id":"ent_00000000000000000000000000000002","position":2,"revision":9,"text":null}"#;
        assert_eq!(serde_json::from_str::<Entry>(entry).expect("valid").mark, None);
    }
}
