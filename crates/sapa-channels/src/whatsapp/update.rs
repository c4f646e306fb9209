//! What one update says.

use super::answer;
use crate::{
    Inbound, Person, Reached, Received, RemoteFile, Unreadable, What,
    graph::{self, id, text},
};
use serde_json::Value;

const NAME_CHARACTERS: usize = 200;
/// What is kept of what the provider says of the account.
const SAYS_CHARACTERS: usize = 200;
/// A telephone number has so many digits.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=15;
/// A file that has no name of its own, by what it is.
const FILES: [(&str, &str); 5] = [
    ("image", "photo.jpg"),
    ("video", "video.mp4"),
    ("audio", "audio.ogg"),
    ("document", "file"),
    ("sticker", "sticker.webp"),
];
/// The customer's file is larger than the provider gives away.
const TOO_LARGE: i64 = 131_052;
/// What is about the account and not about a message, of which the most telling comes first.
const TELLING: [&str; 12] = [
    "event",
    "decision",
    "message_template_name",
    "message_template_language",
    "new_quality_score",
    "new_category",
    "current_limit",
    "reason",
    "alert_type",
    "alert_description",
    "requested_verified_name",
    "title",
];
/// Copies of what was said elsewhere or before, and what is nobody's message.
const COPIES: [&str; 4] = ["history", "smb_app_state_sync", "user_preferences", "automatic_events"];

pub(super) fn read(item: &[u8]) -> Result<Inbound, Unreadable> {
    let kept: Value = serde_json::from_slice(item).map_err(|error| Unreadable(error.to_string()))?;
    let (field, about) = (kept["field"].as_str().unwrap_or_default(), &kept["about"]);
    match kept["kind"].as_str() {
        Some("message") => message(&kept["contact"], about),
        Some("echo") => echo(about),
        Some("status") => status(about),
        Some("call") => Ok(call(&kept["contact"], about)),
        Some(_) if COPIES.contains(&field) || field.starts_with("group") => Ok(ignored("a copy")),
        Some(_) => Ok(account(field, about)),
        None => Err(Unreadable("no update of WhatsApp".to_owned())),
    }
}

fn ignored(why: &'static str) -> Inbound {
    Inbound { chat: String::new(), person: None, at: None, what: What::Ignored(why) }
}

fn needed(value: &Value) -> Result<String, Unreadable> {
    id(value).ok_or_else(|| Unreadable("no id".to_owned()))
}

/// What is no number is a name of Meta's.
fn number(value: &Value) -> Option<String> {
    id(value).filter(|id| DIGITS.contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit()))
}

fn at(about: &Value) -> Option<i64> {
    graph::time(&about["timestamp"])
}

/// Whoever is called so: by a name of Meta's, a number, or both. Answers where he is written to, too.
fn called(names: &[&Value], contact: &Value) -> Option<(String, Person)> {
    let phone = names.iter().copied().chain([&contact["wa_id"]]).find_map(number);
    let other = names.iter().copied().chain([&contact["user_id"], &contact["wa_id"]]);
    let scoped = other.filter(|name| number(name).is_none()).find_map(id);
    let name = text(&contact["profile"]["name"]).map(|name| name.chars().take(NAME_CHARACTERS).collect());
    let person = Person {
        id: scoped.clone().or_else(|| phone.clone())?,
        also: phone.iter().filter(|_| scoped.is_some()).cloned().collect(),
        phone: phone.as_ref().map(|phone| format!("+{phone}")),
        name,
        username: text(&contact["profile"]["username"]),
        language: None,
    };
    Some((phone.or(scoped)?, person))
}

fn message(contact: &Value, about: &Value) -> Result<Inbound, Unreadable> {
    if about.get("group_id").is_some_and(|group| !group.is_null()) {
        return Ok(ignored("a group"));
    }
    let kind = about["type"].as_str().unwrap_or_default();
    if kind == "system" {
        return Ok(renamed(about));
    }
    let (chat, person) = called(&[&about["from_user_id"], &about["from"]], contact)
        .ok_or_else(|| Unreadable("nobody says it".to_owned()))?;
    let what = match kind {
        "reaction" => What::Reacted {
            target: needed(&about["reaction"]["message_id"])?,
            emoji: text(&about["reaction"]["emoji"]).into_iter().collect(),
        },
        "edit" => What::Edited(Received {
            id: needed(&about["edit"]["original_message_id"])?,
            ..said(&about["edit"]["message"])
        }),
        "revoke" => What::Revoked { target: needed(&about["revoke"]["original_message_id"])? },
        _ => What::Message(Received { id: needed(&about["id"])?, ..said(about) }),
    };
    Ok(Inbound { chat, person: Some(person), at: at(about), what })
}

/// What was written on a phone with the same number. Its corrections are not shown.
fn echo(about: &Value) -> Result<Inbound, Unreadable> {
    if matches!(about["type"].as_str(), Some("edit" | "revoke" | "reaction" | "system")) {
        return Ok(ignored("a change on the phone"));
    }
    let (chat, person) = called(&[&about["to_user_id"], &about["to"]], &Value::Null)
        .ok_or_else(|| Unreadable("it is said to nobody".to_owned()))?;
    let said = Received { id: needed(&about["id"])?, ..said(about) };
    let what = What::Echoed { said, reference: None };
    Ok(Inbound { chat, person: Some(person), at: at(about), what })
}

/// He has another number, or another name of Meta's.
fn renamed(about: &Value) -> Inbound {
    let system = &about["system"];
    if !matches!(system["type"].as_str(), Some("user_changed_number" | "user_changed_user_id")) {
        return ignored("a change of the customer's security code");
    }
    let Some((chat, person)) = called(&[&system["user_id"], &system["new_wa_id"], &system["wa_id"]], &Value::Null)
    else {
        return ignored("a change without a name");
    };
    let before = [&about["from_user_id"], &about["from"], &system["customer"]];
    let also = person.also.iter().cloned().chain(before.into_iter().filter_map(id)).collect();
    Inbound { chat, person: Some(Person { also, ..person }), at: at(about), what: What::Renamed }
}

/// A call that nobody here can take.
fn call(contact: &Value, about: &Value) -> Inbound {
    let ours = about["direction"].as_str() == Some("BUSINESS_INITIATED");
    let Some((chat, person)) = called(&[&about["from_user_id"], &about["from"]], contact) else {
        return ignored("a call of nobody");
    };
    let begins = about["event"].as_str() == Some("connect") && !ours;
    let Some(id) = id(&about["id"]).filter(|_| begins) else { return ignored("how a call went") };
    let received = Received { id: format!("call:{id}"), unsupported: Some("call".to_owned()), ..Received::default() };
    Inbound { chat, person: Some(person), at: at(about), what: What::Message(received) }
}

fn said(message: &Value) -> Received {
    let kind = message["type"].as_str().unwrap_or("message");
    let content = &message[kind];
    let mut received = Received {
        text: in_words(kind, content, message),
        files: file(kind, content).into_iter().collect(),
        reply_to: id(&message["context"]["id"]),
        source: source(&message["referral"]),
        by_ad: message["referral"].is_object() && message["referral"]["source_type"] != "post",
        ..Received::default()
    };
    if message["errors"][0]["code"].as_i64() == Some(TOO_LARGE) && received.files.is_empty() {
        received.files = vec![RemoteFile { reference: String::new(), name: "file".to_owned(), size: Some(u64::MAX) }];
    }
    if received.text.is_none() && received.files.is_empty() {
        let kind = text(&message["unsupported"]["type"]).unwrap_or_else(|| kind.to_owned());
        received.unsupported = Some(kind.chars().take(NAME_CHARACTERS).collect());
    }
    received
}

fn file(kind: &str, content: &Value) -> Option<RemoteFile> {
    let (_, name) = FILES.iter().find(|(known, _)| *known == kind)?;
    let name = text(&content["filename"]).unwrap_or_else(|| (*name).to_owned());
    Some(RemoteFile { reference: id(&content["id"])?, name, size: content["file_size"].as_u64() })
}

/// By which advertisement he came.
fn source(referral: &Value) -> Option<String> {
    ["source_url", "headline", "source_id", "ctwa_clid"].into_iter().find_map(|name| text(&referral[name]))
}

/// What it says, in no language of ours.
fn in_words(kind: &str, content: &Value, message: &Value) -> Option<String> {
    let joined = |lines: Vec<Option<String>>| {
        Some(lines.into_iter().flatten().collect::<Vec<_>>().join("\n")).filter(|text| !text.trim().is_empty())
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match kind {
        "text" => text(&content["body"]),
        "button" => text(&content["text"]).or_else(|| text(&content["payload"])),
        "location" => {
            let (latitude, longitude) = (content["latitude"].as_f64()?, content["longitude"].as_f64()?);
            let map = format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}");
            joined(vec![text(&content["name"]), text(&content["address"]), Some(map)])
        }
        "contacts" => joined(list(content).iter().map(contact).collect()),
        "order" => {
            let products = list(&content["product_items"]);
            let line = |one: &Value| {
                let (price, currency) = (one["item_price"].to_string(), text(&one["currency"]).unwrap_or_default());
                Some(format!("{} × {} ({price} {currency})", one["quantity"], id(&one["product_retailer_id"])?))
            };
            joined(products.iter().map(line).chain([text(&content["text"])]).collect())
        }
        "interactive" => chosen(content),
        _ => text(&content["caption"]).filter(|_| message[kind].is_object()),
    }
}

fn contact(card: &Value) -> Option<String> {
    let all = |list: &Value, of: &dyn Fn(&Value) -> Option<String>| {
        list.as_array().into_iter().flatten().filter_map(of).collect::<Vec<_>>()
    };
    let name = text(&card["name"]["formatted_name"]).or_else(|| text(&card["name"]["first_name"]));
    let phones =
        all(&card["phones"], &|one| text(&one["phone"]).or_else(|| Some(format!("+{}", number(&one["wa_id"])?))));
    let mails = all(&card["emails"], &|one| text(&one["email"]));
    let lines: Vec<_> = name.into_iter().chain(phones).chain(mails).chain(text(&card["org"]["company"])).collect();
    if lines.is_empty() { None } else { Some(lines.join("\n")) }
}

/// What he pressed, chose, or filled in.
fn chosen(content: &Value) -> Option<String> {
    for kind in ["button_reply", "list_reply"] {
        if let Some(title) = text(&content[kind]["title"]) {
            return Some(
                [Some(title), text(&content[kind]["description"])].into_iter().flatten().collect::<Vec<_>>().join("\n"),
            );
        }
    }
    let form = &content["nfm_reply"];
    let filled = match &form["response_json"] {
        Value::String(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        other => other.clone(),
    };
    let words = |value: &Value| text(value).unwrap_or_else(|| value.to_string());
    let lines = filled.as_object().into_iter().flatten().filter(|(name, _)| *name != "flow_token");
    let lines: Vec<_> = lines.map(|(name, value)| format!("{name}: {}", words(value))).collect();
    if lines.is_empty() { text(&form["body"]) } else { Some(lines.join("\n")) }
}

fn status(about: &Value) -> Result<Inbound, Unreadable> {
    let target = needed(&about["id"])?;
    let to = match about["status"].as_str() {
        Some("sent") => Reached::Sent,
        Some("delivered") => Reached::Delivered,
        Some("read" | "played") => Reached::Read,
        Some("failed") => Reached::Failed(answer::failure(&about["errors"][0], 200)),
        _ => return Ok(ignored("another status")),
    };
    let chat = id(&about["recipient_id"]).or_else(|| id(&about["recipient_user_id"])).unwrap_or_default();
    let reference = text(&about["biz_opaque_callback_data"]);
    Ok(Inbound { chat, person: None, at: at(about), what: What::Reached { target, reference, to } })
}

fn account(field: &str, about: &Value) -> Inbound {
    let telling = TELLING.iter().filter_map(|name| match &about[*name] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let says = Some(telling.collect::<Vec<_>>().join(" · ")).filter(|says| !says.is_empty());
    let says = says.unwrap_or_else(|| about.to_string());
    let what = What::Account {
        about: field.chars().take(NAME_CHARACTERS).collect(),
        says: says.chars().filter(|char| !char.is_control()).take(SAYS_CHARACTERS).collect(),
        templates: field.contains("template"),
    };
    Inbound { chat: String::new(), person: None, at: None, what }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::any_json::any_json;
    use crate::{Outcome, Refusal};
    use proptest::prelude::*;
    use serde_json::json;

    fn told(kind: &str, about: &Value) -> Inbound {
        let contact = json!({ "wa_id": "628123456", "profile": { "name": "Budi" } });
        let item = json!({ "field": "messages", "kind": kind, "contact": contact, "about": about });
        read(item.to_string().as_bytes()).expect("an update")
    }

    fn received(content: &Value) -> Received {
        let mut message = json!({ "id": "wamid.1", "from": "628123456", "timestamp": "1763644800" });
        for (name, value) in content.as_object().expect("content") {
            message[name] = value.clone();
        }
        match told("message", &message).what {
            What::Message(received) => received,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn somebody_is_a_name_of_metas_a_number_or_both() {
        let person = |about: &Value, contact: &Value| called(&[&about["from_user_id"], &about["from"]], contact);
        let both = person(&json!({ "from": "628123456", "from_user_id": "ID.77" }), &Value::Null).expect("a person");
        assert_eq!((both.0.as_str(), both.1.id.as_str()), ("628123456", "ID.77"));
        assert_eq!((both.1.also, both.1.phone.as_deref()), (vec!["628123456".to_owned()], Some("+628123456")));
        let hidden = person(&json!({ "from": "ID.77" }), &json!({ "wa_id": "ID.77" })).expect("a person");
        assert_eq!((hidden.0.as_str(), hidden.1.id.as_str(), hidden.1.phone), ("ID.77", "ID.77", None));
        let known = person(&json!({}), &json!({ "user_id": "ID.7", "wa_id": "628123456" })).expect("a person");
        assert_eq!((known.0.as_str(), known.1.id.as_str()), ("628123456", "ID.7"));
        assert!(person(&json!({}), &Value::Null).is_none());
    }

    #[test]
    fn a_text_has_its_time_its_quote_and_how_he_came() {
        let content = json!({ "type": "text", "text": { "body": "*Halo*" }, "context": { "id": "wamid.0" },
            "referral": { "source_url": "https://fb.me/x", "headline": "Gayo", "ctwa_clid": "c" } });
        let said = received(&content);
        assert_eq!((said.text.as_deref(), said.reply_to.as_deref()), (Some("*Halo*"), Some("wamid.0")));
        assert_eq!(said.source.as_deref(), Some("https://fb.me/x"));
        let times = [json!("1763644800"), json!(1_763_644_800), json!("1763644800000"), json!("soon")];
        let times = times.map(|told| at(&json!({ "timestamp": told })));
        assert_eq!(times, [Some(1_763_644_800_000), Some(1_763_644_800_000), Some(1_763_644_800_000), None]);
    }

    #[test]
    fn every_kind_of_file_is_one_file() {
        for (kind, name) in FILES {
            let said = received(&json!({ "type": kind, kind: { "id": "m", "caption": "Ini" } }));
            assert_eq!((said.files[0].reference.as_str(), said.files[0].name.as_str()), ("m", name));
            assert_eq!(said.text.as_deref(), Some("Ini"));
        }
        let named = received(&json!({ "type": "document", "document": { "id": "m", "filename": "faktur.pdf" } }));
        assert_eq!(named.files[0].name, "faktur.pdf");
        let large = received(&json!({ "type": "unsupported", "errors": [{ "code": 131_052 }] }));
        assert_eq!((large.files[0].size, large.unsupported), (Some(u64::MAX), None));
    }

    #[test]
    fn what_is_no_text_is_said_in_words() {
        let text = |content: Value| received(&content).text.unwrap_or_default();
        let place = json!({ "type": "location", "location": { "latitude": -6.2, "longitude": 106.8, "name": "Kopi" } });
        assert_eq!(text(place), "Kopi\nhttps://www.openstreetmap.org/?mlat=-6.2&mlon=106.8");
        let cards = json!({ "type": "contacts", "contacts": [
            { "name": { "formatted_name": "Siti" }, "phones": [{ "wa_id": "628777777" }] }, {} ] });
        assert_eq!(text(cards), "Siti\n+628777777");
        let order = json!({ "type": "order", "order": { "text": "Cepat ya", "product_items": [
            { "product_retailer_id": "gayo-1", "quantity": 2, "item_price": 90000, "currency": "IDR" }] } });
        assert_eq!(text(order), "2 × gayo-1 (90000 IDR)\nCepat ya");
        let chosen = |content: Value| text(json!({ "type": "interactive", "interactive": content }));
        assert_eq!(chosen(json!({ "button_reply": { "id": "y", "title": "Ya" } })), "Ya");
        assert_eq!(chosen(json!({ "list_reply": { "title": "Besok", "description": "pagi" } })), "Besok\npagi");
        let form = r#"{"flow_token":"t","tanggal":"5"}"#;
        assert_eq!(chosen(json!({ "nfm_reply": { "body": "Sent", "response_json": form } })), "tanggal: 5");
        assert_eq!(text(json!({ "type": "button", "button": { "text": "Stop" } })), "Stop");
        for kind in ["unsupported", "request_welcome", "something_of_next_year", "interactive"] {
            let said = received(&json!({ "type": kind, "errors": [{ "code": 131_051 }] }));
            assert_eq!((said.unsupported.as_deref(), said.text), (Some(kind), None));
        }
        let poll = received(&json!({ "type": "unsupported", "unsupported": { "type": "poll" } }));
        assert_eq!(poll.unsupported.as_deref(), Some("poll"));
    }

    #[test]
    fn changes_reactions_and_names() {
        let mut about = json!({ "id": "wamid.2", "from": "628123456", "type": "edit", "edit": {
            "original_message_id": "wamid.1", "message": { "type": "text", "text": { "body": "Hai" } } } });
        let edited = Received { id: "wamid.1".into(), text: Some("Hai".into()), ..Received::default() };
        assert_eq!(told("message", &about).what, What::Edited(edited));
        about["type"] = json!("revoke");
        about["revoke"] = json!({ "original_message_id": "wamid.1" });
        assert_eq!(told("message", &about).what, What::Revoked { target: "wamid.1".into() });
        about["type"] = json!("reaction");
        about["reaction"] = json!({ "message_id": "wamid.1", "emoji": "👍" });
        assert_eq!(told("message", &about).what, What::Reacted { target: "wamid.1".into(), emoji: vec!["👍".into()] });
        about["reaction"] = json!({ "message_id": "wamid.1" });
        assert_eq!(told("message", &about).what, What::Reacted { target: "wamid.1".into(), emoji: vec![] });
        let moved = json!({ "id": "wamid.3", "from": "628123456", "type": "system",
            "system": { "type": "user_changed_number", "wa_id": "628999999", "user_id": "ID.2" } });
        let moved = told("message", &moved);
        let person = moved.person.expect("a person");
        assert_eq!((moved.what, moved.chat.as_str()), (What::Renamed, "628999999"));
        assert_eq!((person.id.as_str(), person.also), ("ID.2", vec!["628999999".into(), "628123456".into()]));
    }

    #[test]
    fn what_we_said_comes_back_as_how_far_it_came_or_from_the_phone() {
        let mut about = json!({ "id": "wamid.1", "status": "read", "recipient_id": "628", "timestamp": "1",
            "biz_opaque_callback_data": "ent_1:text" });
        let reached = |to| What::Reached { target: "wamid.1".into(), reference: Some("ent_1:text".into()), to };
        assert_eq!(told("status", &about).what, reached(Reached::Read));
        about["status"] = json!("failed");
        about["errors"] = json!([{ "code": 131_026, "title": "Message undeliverable" }]);
        let failed = Outcome::Refused(Refusal::Recipient, "131026: Message undeliverable".into());
        assert_eq!(told("status", &about).what, reached(Reached::Failed(failed)));
        about["status"] = json!("warning");
        assert!(matches!(told("status", &about).what, What::Ignored(_)));
        let echo =
            json!({ "id": "wamid.5", "from": "62111", "to": "628123456", "type": "text", "text": { "body": "Ya" } });
        let echo = told("echo", &echo);
        assert!(matches!(echo.what, What::Echoed { said, .. } if said.text.as_deref() == Some("Ya")));
        assert_eq!(echo.chat, "628123456");
        let call = json!({ "id": "c", "event": "connect", "from": "628123456" });
        assert!(matches!(told("call", &call).what, What::Message(said) if said.unsupported.as_deref() == Some("call")));
    }

    #[test]
    fn how_the_account_goes_is_no_customers() {
        let item = |field: &str, about: Value| json!({ "field": field, "kind": "change", "about": about }).to_string();
        let read = |item: String| read(item.as_bytes()).expect("an update").what;
        let flagged = item("phone_number_quality_update", json!({ "event": "FLAGGED", "current_limit": "TIER_1K" }));
        let what = What::Account {
            about: "phone_number_quality_update".into(),
            says: "FLAGGED · TIER_1K".into(),
            templates: false,
        };
        assert_eq!(read(flagged), what);
        let template = item("message_template_status_update", json!({ "event": "REJECTED" }));
        assert!(matches!(read(template), What::Account { templates: true, .. }));
        assert!(matches!(read(item("history", json!({}))), What::Ignored(_)));
    }

    fn any_update() -> impl Strategy<Value = Value> {
        let keys = vec![
            "field",
            "kind",
            "about",
            "contact",
            "type",
            "id",
            "from",
            "text",
            "body",
            "image",
            "interactive",
            "system",
            "errors",
            "code",
            "context",
            "referral",
            "contacts",
            "phones",
            "status",
            "entry",
            "changes",
            "value",
            "messages",
            "statuses",
            "metadata",
            "timestamp",
        ];
        let words = vec!["message", "status", "text", "system", "messages", "failed", "contacts", "628123456"];
        any_json(keys, words)
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
            for item in super::super::split::split(&bytes) {
                let _ = read(&item.body);
            }
            let _ = read(&bytes);
        }

        #[test]
        fn no_update_makes_it_panic(update in any_update()) {
            let text = update.to_string();
            for item in super::super::split::split(text.as_bytes()) {
                let _ = read(&item.body);
            }
            let _ = read(text.as_bytes());
        }
    }
}
