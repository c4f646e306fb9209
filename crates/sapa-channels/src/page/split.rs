//! A delivery is up to a thousand updates of several pages, and each of them is an item of its own.
//!
//! What must stay true: the work grows with the length of the body and no faster.

use crate::{Item, graph::id};
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(default)]
    id: Value,
    #[serde(borrow, default)]
    messaging: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    standby: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    changes: Vec<&'a RawValue>,
}

#[derive(Serialize)]
struct Kept<'a> {
    kind: &'static str,
    account: Option<&'a str>,
    about: &'a RawValue,
}

/// What names an item.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Names {
    sender: Value,
    timestamp: Value,
    message: Value,
    message_edit: Value,
    reaction: Value,
    postback: Value,
    read: Value,
    delivery: Value,
    field: Value,
    value: Value,
}

pub(super) fn split(body: &[u8]) -> Vec<Item> {
    // Meta's own example of Instagram wraps it in a list.
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    let envelopes = match first {
        Some(b'[') => serde_json::from_slice::<Vec<Envelope<'_>>>(body),
        _ => serde_json::from_slice::<Envelope<'_>>(body).map(|one| vec![one]),
    };
    let Ok(envelopes) = envelopes else { return vec![Item { key: None, account: None, body: body.to_vec() }] };
    envelopes.iter().flat_map(|envelope| &envelope.entry).flat_map(|entry| items(entry)).collect()
}

fn items(raw: &RawValue) -> Vec<Item> {
    let as_it_is = || vec![Item { key: None, account: None, body: raw.get().into() }];
    let Ok(entry) = serde_json::from_str::<Entry<'_>>(raw.get()) else { return as_it_is() };
    let account = id(&entry.id).filter(|id| id != "0");
    let all = [("messaging", &entry.messaging), ("messaging", &entry.standby), ("change", &entry.changes)];
    let mut items: Vec<_> =
        all.into_iter().flat_map(|(kind, list)| list.iter().map(move |about| (kind, *about))).collect();
    // A change may stand in the entry itself.
    if items.is_empty() {
        items.push(("change", raw));
    }
    let of = |(kind, about): (&'static str, &RawValue)| {
        let kept = Kept { kind, account: account.as_deref(), about };
        let body = serde_json::to_vec(&kept).unwrap_or_else(|_| about.get().into());
        Item { key: key(about), account: account.clone(), body }
    };
    items.into_iter().map(of).collect()
}

/// The same message may come as news and as an echo of it, and be taken back: each is told apart.
fn key(raw: &RawValue) -> Option<String> {
    let names: Names = serde_json::from_str(raw.get()).ok()?;
    let at = id(&names.timestamp).unwrap_or_default();
    let who = id(&names.sender["id"]).unwrap_or_default();
    let parts = if let Some(mid) = id(&names.message["mid"]) {
        let kind = match (names.message["is_deleted"].as_bool(), names.message["is_echo"].as_bool()) {
            (Some(true), _) => "deleted",
            (_, Some(true)) => "echo",
            _ => "message",
        };
        vec![kind.to_owned(), mid]
    } else if let Some(mid) = id(&names.message_edit["mid"]) {
        vec!["edit".to_owned(), mid, names.message_edit["num_edit"].to_string(), at]
    } else if let Some(mid) = id(&names.reaction["mid"]) {
        let said = ["action", "emoji", "reaction"].map(|name| id(&names.reaction[name]).unwrap_or_default());
        vec!["reaction".to_owned(), mid, who, said.join(","), at]
    } else if names.postback.is_object() {
        vec!["postback".to_owned(), id(&names.postback["mid"]).unwrap_or_else(|| format!("{who}:{at}"))]
    } else if names.read.is_object() || names.delivery.is_object() {
        let mark = |told: &Value| id(&told["watermark"]).or_else(|| id(&told["mid"]));
        match mark(&names.read) {
            Some(mark) => vec!["read".to_owned(), who, mark],
            None => vec!["delivery".to_owned(), who, mark(&names.delivery)?],
        }
    } else if let Some(comment) = super::comment::key(&names.field, &names.value) {
        vec![comment]
    } else {
        return None;
    };
    Some(parts.join(":"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::time::{Duration, Instant};

    fn keys(body: &Value) -> Vec<String> {
        let items = split(body.to_string().as_bytes());
        items.into_iter().map(|item| item.key.unwrap_or_default()).collect()
    }

    #[test]
    fn each_update_is_an_item_with_its_name_and_its_page() {
        let about = |what: Value| {
            let mut about = json!({ "sender": { "id": "7" }, "recipient": { "id": "11" }, "timestamp": 5 });
            for (name, value) in what.as_object().expect("an update") {
                about[name] = value.clone();
            }
            about
        };
        let body = json!({ "object": "page", "entry": [{ "id": 11, "time": 5, "messaging": [
            about(json!({ "message": { "mid": "m_1", "text": "Halo" } })),
            about(json!({ "message": { "mid": "m_1", "is_echo": true } })),
            about(json!({ "message": { "mid": "m_1", "is_deleted": true } })),
            about(json!({ "message_edit": { "mid": "m_1", "num_edit": 2 } })),
            about(json!({ "reaction": { "mid": "m_1", "action": "react", "emoji": "❤" } })),
            about(json!({ "read": { "watermark": "9" } })),
            about(json!({ "delivery": { "watermark": 9 } })),
            about(json!({ "postback": { "title": "Mulai" } })),
            about(json!({ "optin": {} })),
        ], "standby": [about(json!({ "message": { "mid": "m_2" } }))] }] });
        let expected = [
            "message:m_1",
            "echo:m_1",
            "deleted:m_1",
            "edit:m_1:2:5",
            "reaction:m_1:7:react,❤,:5",
            "read:7:9",
            "delivery:7:9",
            "postback:7:5",
            "",
            "message:m_2",
        ];
        assert_eq!(keys(&body), expected);
        assert!(split(body.to_string().as_bytes()).iter().all(|item| item.account.as_deref() == Some("11")));
    }

    #[test]
    fn odd_envelopes_are_read_and_what_is_none_stays_as_it_came() {
        let one = json!({ "id": "11", "messaging": [{ "message": { "mid": "m_1" } }] });
        assert_eq!(keys(&json!([{ "object": "instagram", "entry": [one] }])), ["message:m_1"]);
        let inside = json!({ "entry": [{ "id": "11", "field": "comments", "value": { "id": "c" } }, 7] });
        assert_eq!(split(inside.to_string().as_bytes()).len(), 2);
        assert_eq!(split(b"<html>")[0].body, b"<html>");
        assert_eq!(split(br#"{"field":"messages","value":{}}"#).len(), 1);
        assert!(split(br#"{"entry":[]}"#).is_empty());
    }

    /// C28
    #[test]
    fn a_thousand_updates_in_one_body_are_split_at_once() {
        let messaging: Vec<_> = (0..1_000)
            .map(|at| json!({ "sender": { "id": "7" }, "message": { "mid": format!("m_{at}"), "text": "a".repeat(2_000) } }))
            .collect();
        let body = json!({ "entry": [{ "id": "11", "messaging": messaging }] }).to_string();
        let begun = Instant::now();
        let items = split(body.as_bytes());
        assert!(items.iter().filter_map(|item| super::super::update::read(&item.body).ok()).count() == 1_000);
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    }
}
