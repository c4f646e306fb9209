//! A delivery is up to a thousand updates of several numbers, and each of them is an item of its own, with what its
//! neighbours share.
//!
//! What must stay true: the work grows with the length of the body and no faster.

use crate::Item;
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use std::collections::HashMap;

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    entry: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    changes: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Change<'a> {
    field: String,
    #[serde(borrow)]
    value: &'a RawValue,
}

/// The lists of which each one is an item.
#[derive(Deserialize)]
struct Lists<'a> {
    #[serde(default)]
    metadata: Value,
    #[serde(borrow, default)]
    contacts: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    messages: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    statuses: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    message_echoes: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    calls: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    errors: Vec<&'a RawValue>,
}

#[derive(Serialize)]
struct Kept<'a> {
    field: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a RawValue>,
    about: &'a RawValue,
}

/// What names an item and whom it is from.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Names {
    id: Value,
    status: Value,
    event: Value,
    wa_id: Value,
    user_id: Value,
    from: Value,
    from_user_id: Value,
}

pub(super) fn split(body: &[u8]) -> Vec<Item> {
    let whole = || vec![Item { key: None, account: None, body: body.to_vec() }];
    let Ok(envelope) = serde_json::from_slice::<Envelope<'_>>(body) else { return whole() };
    let changes = envelope.entry.iter().flat_map(|entry| &entry.changes);
    changes.flat_map(|change| items(change)).collect()
}

fn items(raw: &RawValue) -> Vec<Item> {
    let as_it_is = || vec![Item { key: None, account: None, body: raw.get().into() }];
    let Ok(change) = serde_json::from_str::<Change<'_>>(raw.get()) else { return as_it_is() };
    let Ok(lists) = serde_json::from_str::<Lists<'_>>(change.value.get()) else { return as_it_is() };
    let account = text(&lists.metadata["phone_number_id"]);
    let mut contacts = HashMap::new();
    for raw in &lists.contacts {
        let names = names(raw);
        for name in [text(&names.wa_id), text(&names.user_id)].into_iter().flatten() {
            contacts.insert(name, *raw);
        }
    }
    let of = |kind: &'static str, about: &RawValue| {
        let names = names(about);
        let (id, status, event) = (text(&names.id), text(&names.status), text(&names.event));
        let key = id.map(|id| [Some(kind.to_owned()), Some(id), status, event].into_iter().flatten());
        let contact = [text(&names.from_user_id), text(&names.from)].into_iter().flatten();
        let contact = contact.filter_map(|name| contacts.get(&name)).next().copied();
        let kept = Kept { field: &change.field, kind, contact, about };
        let body = serde_json::to_vec(&kept).unwrap_or_else(|_| about.get().into());
        let key = key.map(|parts| parts.collect::<Vec<_>>().join(":"));
        Item { key, account: account.clone(), body }
    };
    let all = [
        ("message", &lists.messages),
        ("status", &lists.statuses),
        ("echo", &lists.message_echoes),
        ("call", &lists.calls),
        ("error", &lists.errors),
    ];
    let items: Vec<_> = all.into_iter().flat_map(|(kind, list)| list.iter().map(move |about| (kind, *about))).collect();
    if items.is_empty() {
        return vec![of("change", change.value)];
    }
    items.into_iter().map(|(kind, about)| of(kind, about)).collect()
}

fn names(raw: &RawValue) -> Names {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::time::{Duration, Instant};

    fn delivery(value: &Value) -> Vec<u8> {
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": "9", "changes": [
            { "field": "messages", "value": value }] }] })
        .to_string()
        .into_bytes()
    }

    #[test]
    fn each_update_is_an_item_with_its_name_and_its_number() {
        let items = split(&delivery(&json!({
            "metadata": { "phone_number_id": "11" },
            "contacts": [{ "wa_id": "628", "user_id": "ID.9", "profile": { "name": "Budi" } }],
            "messages": [{ "id": "wamid.1", "from": "628" }, { "id": "wamid.2", "from_user_id": "ID.9" }],
            "statuses": [{ "id": "wamid.0", "status": "sent" }, { "id": "wamid.0", "status": "read" }],
        })));
        let keys: Vec<_> = items.iter().map(|item| item.key.as_deref().unwrap_or_default()).collect();
        assert_eq!(keys, ["message:wamid.1", "message:wamid.2", "status:wamid.0:sent", "status:wamid.0:read"]);
        assert!(items.iter().all(|item| item.account.as_deref() == Some("11")));
        for item in &items[..2] {
            let kept: Value = serde_json::from_slice(&item.body).expect("an item");
            assert_eq!(kept["contact"]["profile"]["name"], "Budi");
        }
    }

    #[test]
    fn what_is_no_list_is_one_item_and_what_is_odd_stays_as_it_came() {
        let items = split(&delivery(&json!({ "event": "FLAGGED" })));
        assert_eq!((items.len(), items[0].account.as_deref()), (1, None));
        assert_eq!(split(b"<html>")[0].body, b"<html>");
        let odd = json!({ "entry": [{ "changes": [7, { "field": "messages", "value": 8 }] }] });
        assert_eq!(split(odd.to_string().as_bytes()).len(), 2);
        assert!(split(br#"{"entry":[]}"#).is_empty());
    }

    /// C28
    #[test]
    fn a_thousand_updates_in_one_body_are_split_at_once() {
        let contacts: Vec<_> = (0..1_000).map(|at| json!({ "wa_id": format!("62{at:08}") })).collect();
        let messages: Vec<_> = (0..1_000)
            .map(|at| {
                json!({ "id": format!("wamid.{at}"), "from": format!("62{at:08}"), "type": "text",
                "text": { "body": "a".repeat(2_000) } })
            })
            .collect();
        let body =
            delivery(&json!({ "metadata": { "phone_number_id": "11" }, "contacts": contacts, "messages": messages }));
        let begun = Instant::now();
        let items = split(&body);
        assert!(items.iter().filter_map(|item| super::super::update::read(&item.body).ok()).count() == 1_000);
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    }
}
