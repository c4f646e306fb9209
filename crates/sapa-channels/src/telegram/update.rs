//! Updates, as a webhook gets them and as `getUpdates` answers them.

use super::marks;
use crate::{Inbound, Item, Person, Received, RemoteFile, Unreadable, What};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

/// The kinds of which one is in each update, and what is read of it.
const READ: [&str; 5] = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"];
/// What says of a message where and how it was said, and not what.
const AROUND: &[&str] = &[
    "message_id",
    "message_thread_id",
    "from",
    "sender_chat",
    "sender_boost_count",
    "sender_business_bot",
    "business_connection_id",
    "date",
    "edit_date",
    "chat",
    "forward_origin",
    "is_topic_message",
    "is_automatic_forward",
    "reply_to_message",
    "external_reply",
    "quote",
    "reply_to_story",
    "reply_markup",
    "via_bot",
    "has_protected_content",
    "is_from_offline",
    "is_paid_post",
    "media_group_id",
    "author_signature",
    "paid_star_count",
    "entities",
    "caption_entities",
    "link_preview_options",
    "effect_id",
    "show_caption_above_media",
    "has_media_spoiler",
    "direct_messages_topic",
    "suggested_post_info",
    "sender_tag",
    "reply_to_checklist_task_id",
];
/// What happened in a chat, and nobody said.
const SERVICE: &[&str] = &[
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "message_auto_delete_timer_changed",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "write_access_allowed",
    "connected_website",
    "users_shared",
    "chat_shared",
    "proximity_alert_triggered",
    "boost_added",
    "chat_background_set",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "giveaway_created",
    "giveaway_completed",
    "video_chat_scheduled",
    "video_chat_started",
    "video_chat_ended",
    "video_chat_participants_invited",
    "web_app_data",
    "successful_payment",
    "refunded_payment",
    "passport_data",
    "paid_message_price_changed",
    "direct_message_price_changed",
    "checklist_tasks_done",
    "checklist_tasks_added",
];
const START: &str = "/start";
const NAME_CHARACTERS: usize = 200;
/// A file that has no name of its own, by what it is.
const FILES: [(&str, &str); 7] = [
    ("animation", "animation.mp4"),
    ("document", "file"),
    ("video", "video.mp4"),
    ("audio", "audio.mp3"),
    ("voice", "voice.ogg"),
    ("video_note", "video.mp4"),
    ("sticker", "sticker.webp"),
];
/// The public server gives no larger photo sizes away.
const PHOTO_BYTES: u64 = 20 * 1024 * 1024;

#[derive(Deserialize)]
struct Batch<'a> {
    #[serde(borrow)]
    result: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Keyed {
    update_id: Value,
}

pub(super) fn split(body: &[u8]) -> Vec<Item> {
    let item = |raw: &[u8]| {
        let keyed = serde_json::from_slice::<Keyed>(raw).ok();
        Item { key: keyed.and_then(|keyed| id(&keyed.update_id)), account: None, body: raw.to_vec() }
    };
    match serde_json::from_slice::<Batch<'_>>(body) {
        Ok(batch) => batch.result.iter().map(|raw| item(raw.get().as_bytes())).collect(),
        Err(_) => vec![item(body)],
    }
}

pub(super) fn read(item: &[u8]) -> Result<Inbound, Unreadable> {
    let update: Value = serde_json::from_slice(item).map_err(|error| Unreadable(error.to_string()))?;
    let Some((kind, about)) = READ.iter().find_map(|kind| Some((*kind, update.get(kind)?))) else {
        return Ok(ignored("another kind of update"));
    };
    let message = if kind == "callback_query" { &about["message"] } else { about };
    let chat = &message["chat"];
    if chat["type"].as_str().is_some_and(|kind| kind != "private") {
        return Ok(ignored("a group or a channel"));
    }
    let person = person(if about["from"].is_object() { &about["from"] } else { &about["user"] });
    // Of a button under a message that is gone only the person is known, with whom alone the bot talks.
    let known = id(&chat["id"]).or_else(|| Some(person.as_ref()?.id.clone()));
    let chat = known.ok_or_else(|| Unreadable("nobody says it".to_owned()))?;
    // What it says now it says since then.
    let told = if kind == "edited_message" { &about["edit_date"] } else { &about["date"] };
    let at = told.as_i64().filter(|at| *at > 0).map(|at| at.saturating_mul(1_000));
    let what = match kind {
        "message" => said(&chat, message)?.map_or(What::Ignored("a service message"), What::Message),
        "edited_message" => said(&chat, message)?.map_or(What::Ignored("a service message"), What::Edited),
        "callback_query" => pressed(&chat, about, message)?,
        "my_chat_member" => match about["new_chat_member"]["status"].as_str() {
            Some("kicked" | "left" | "banned") => What::Reachable(false),
            _ => What::Reachable(true),
        },
        _ => What::Reacted {
            target: named(&chat, &about["message_id"])?,
            emoji: list(&about["new_reaction"]).iter().filter_map(|one| text(&one["emoji"])).collect(),
        },
    };
    Ok(Inbound { chat, person, at, what })
}

fn ignored(why: &'static str) -> Inbound {
    Inbound { chat: String::new(), person: None, at: None, what: What::Ignored(why) }
}

/// A number beyond what it can be exactly, or anything else, is none.
fn id(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        Value::String(text) if !text.is_empty() && text.len() <= 64 => Some(text.clone()),
        _ => None,
    }
}

/// A message is one of its chat.
pub(super) fn named(chat: &str, message: &Value) -> Result<String, Unreadable> {
    let message = id(message).ok_or_else(|| Unreadable("a message without an id".to_owned()))?;
    Ok(format!("{chat}:{message}"))
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn person(value: &Value) -> Option<Person> {
    let names = [&value["first_name"], &value["last_name"]].into_iter().filter_map(Value::as_str);
    let name = names.map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(NAME_CHARACTERS).collect();
    Some(Person {
        id: id(&value["id"])?,
        name: Some(name).filter(|name| !name.is_empty()),
        username: text(&value["username"]),
        language: text(&value["language_code"]),
        ..Person::default()
    })
}

/// What a message says; `None`: nobody said it.
fn said(chat: &str, message: &Value) -> Result<Option<Received>, Unreadable> {
    let content = message.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    let content: Vec<_> = content.filter(|key| !AROUND.contains(key)).collect();
    if content.iter().any(|key| SERVICE.contains(key)) {
        return Ok(None);
    }
    let of = |words: &str, entities: &str| {
        Some(marks::written(message[words].as_str()?, list(&message[entities]))).filter(|text| !text.trim().is_empty())
    };
    let mut received = Received {
        id: named(chat, &message["message_id"])?,
        text: of("text", "entities").or_else(|| of("caption", "caption_entities")),
        reply_to: named(chat, &message["reply_to_message"]["message_id"]).ok(),
        album: text(&message["media_group_id"]).map(|album| format!("{chat}:{album}")),
        files: files(message),
        ..Received::default()
    };
    if let Some(payload) = message["text"].as_str().and_then(|text| text.strip_prefix(START)?.strip_prefix(' ')) {
        received.source = Some(payload.trim().to_owned()).filter(|payload| !payload.is_empty());
        received.text = Some(START.to_owned());
    }
    if received.text.is_none() && received.files.is_empty() {
        received.text = in_words(message);
    }
    if received.text.is_none() && received.files.is_empty() {
        let kind = content.first().copied().unwrap_or("message");
        received.unsupported = Some(kind.chars().take(NAME_CHARACTERS).collect());
    }
    Ok(Some(received))
}

/// An animation brings itself a second time as a document, and is one file.
fn files(message: &Value) -> Vec<RemoteFile> {
    let size = |file: &Value| file["file_size"].as_u64();
    let photos = list(&message["photo"]).iter();
    let largest = photos
        .filter(|photo| size(photo).is_none_or(|bytes| bytes <= PHOTO_BYTES))
        .max_by_key(|photo| photo["width"].as_u64().unwrap_or(0).saturating_mul(photo["height"].as_u64().unwrap_or(0)));
    let photo = largest.map(|photo| (photo, "photo.jpg"));
    let other = || FILES.iter().find_map(|(kind, name)| Some((message.get(kind)?, *name)));
    let Some((file, name)) = photo.or_else(other) else { return Vec::new() };
    let Some(reference) = text(&file["file_id"]) else { return Vec::new() };
    let name = match (&file["is_animated"], &file["is_video"]) {
        (Value::Bool(true), _) => "sticker.tgs",
        (_, Value::Bool(true)) => "sticker.webm",
        _ => name,
    };
    let name = text(&file["file_name"]).unwrap_or_else(|| name.to_owned());
    vec![RemoteFile { reference, name, size: size(file) }]
}

/// What is no text and can be said in one, in no language.
fn in_words(message: &Value) -> Option<String> {
    let joined = |lines: Vec<Option<String>>| Some(lines.into_iter().flatten().collect::<Vec<_>>().join("\n"));
    let map = |place: &Value| {
        let (latitude, longitude) = (place["latitude"].as_f64()?, place["longitude"].as_f64()?);
        Some(format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"))
    };
    let some = |key| message.get(key).filter(|value| value.is_object());
    let words = if let Some(venue) = some("venue") {
        joined(vec![text(&venue["title"]), text(&venue["address"]), map(&venue["location"])])
    } else if let Some(place) = some("location") {
        map(place)
    } else if let Some(contact) = some("contact") {
        let names = [&contact["first_name"], &contact["last_name"]].into_iter().filter_map(Value::as_str);
        let name = Some(names.collect::<Vec<_>>().join(" "));
        let phone = text(&contact["phone_number"]);
        joined(vec![name, phone.map(|phone| if phone.starts_with('+') { phone } else { format!("+{phone}") })])
    } else if let Some(dice) = some("dice") {
        Some(format!("{} {}", dice["emoji"].as_str()?, dice["value"].as_u64()?))
    } else if let Some(poll) = some("poll") {
        let options = list(&poll["options"]).iter().map(|one| Some(format!("- {}", one["text"].as_str()?)));
        joined([text(&poll["question"])].into_iter().chain(options).collect())
    } else {
        None
    };
    words.filter(|words| !words.trim().is_empty())
}

fn pressed(chat: &str, query: &Value, message: &Value) -> Result<What, Unreadable> {
    let id = text(&query["id"]).ok_or_else(|| Unreadable("a press without an id".to_owned()))?;
    let data = query["data"].as_str().unwrap_or_default();
    let rows = list(&message["reply_markup"]["inline_keyboard"]).iter();
    let button = rows.flat_map(list).find(|button| button["callback_data"] == data);
    let label = button.and_then(|button| text(&button["text"])).unwrap_or_else(|| data.to_owned());
    if label.is_empty() {
        return Ok(What::Ignored("a game"));
    }
    Ok(What::Pressed { id, target: named(chat, &message["message_id"]).ok(), text: label })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::any_json::any_json;
    use proptest::prelude::*;
    use serde_json::json;
    use std::time::{Duration, Instant};

    fn told(update: &Value) -> Inbound {
        read(update.to_string().as_bytes()).expect("an update")
    }

    fn message(content: &Value) -> Value {
        let mut message = json!({
            "message_id": 7, "date": 1_763_644_800,
            "chat": { "id": 4_503_599_627_370_496_i64, "type": "private" },
            "from": { "id": 4_503_599_627_370_496_i64, "is_bot": false, "first_name": "Budi", "last_name": "Santoso",
                "username": "budi", "language_code": "id" },
        });
        for (key, value) in content.as_object().expect("content") {
            message[key] = value.clone();
        }
        message
    }

    fn received(content: &Value) -> Received {
        match told(&json!({ "update_id": 1, "message": message(content) })).what {
            What::Message(received) => received,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_text_tells_who_said_what_and_when() {
        let inbound = told(&json!({ "update_id": 1, "message": message(&json!({ "text": "Halo" })) }));
        let person = inbound.person.expect("a person");
        assert_eq!((person.id.as_str(), person.name.as_deref()), ("4503599627370496", Some("Budi Santoso")));
        assert_eq!((person.username.as_deref(), person.language.as_deref()), (Some("budi"), Some("id")));
        assert_eq!((inbound.chat.as_str(), inbound.at), ("4503599627370496", Some(1_763_644_800_000)));
        let What::Message(received) = inbound.what else { panic!("a message") };
        assert_eq!((received.id.as_str(), received.text.as_deref()), ("4503599627370496:7", Some("Halo")));
    }

    #[test]
    fn pushed_and_asked_for_are_split_alike() {
        let one = json!({ "update_id": 9_007_199_254_740_993_i64, "message": message(&json!({ "text": "a" })) });
        let pushed = split(one.to_string().as_bytes());
        let asked =
            split(json!({ "ok": true, "result": [one, { "update_id": 2 }, { "no": 1 }] }).to_string().as_bytes());
        assert_eq!(pushed[0], asked[0]);
        let keys: Vec<_> = asked.iter().map(|item| item.key.as_deref()).collect();
        assert_eq!(keys, [Some("9007199254740993"), Some("2"), None], "exact beyond what a float holds");
        assert_eq!(split(b"<html>"), [Item { key: None, account: None, body: b"<html>".to_vec() }]);
        assert!(split(br#"{"ok":true,"result":[]}"#).is_empty());
    }

    #[test]
    fn every_kind_of_file_is_one_file() {
        let file = |content: Value| {
            let mut files = received(&content).files;
            assert_eq!(files.len(), 1, "{content}");
            let file = files.remove(0);
            (file.reference, file.name, file.size)
        };
        let photo = json!({ "photo": [
            { "file_id": "small", "width": 90, "height": 60 }, { "file_id": "large", "width": 900, "height": 600 },
            { "file_id": "huge", "width": 9000, "height": 6000, "file_size": 30_000_000 },
        ] });
        assert_eq!(file(photo), ("large".into(), "photo.jpg".into(), None));
        let gif = json!({ "animation": { "file_id": "a", "file_name": "cat.mp4" }, "document": { "file_id": "a" } });
        assert_eq!(file(gif), ("a".into(), "cat.mp4".into(), None));
        let document = json!({ "document": { "file_id": "d", "file_name": "faktur.pdf", "file_size": 7 } });
        assert_eq!(file(document), ("d".into(), "faktur.pdf".into(), Some(7)));
        for (kind, name) in FILES {
            assert_eq!(file(json!({ kind: { "file_id": "f" } })), ("f".into(), name.into(), None));
        }
        assert_eq!(file(json!({ "sticker": { "file_id": "s", "is_animated": true } })).1, "sticker.tgs");
        assert_eq!(file(json!({ "sticker": { "file_id": "s", "is_video": true } })).1, "sticker.webm");
        let captioned = received(&json!({
            "photo": [{ "file_id": "p", "width": 1, "height": 1 }], "caption": "Ini ya", "media_group_id": "77",
            "caption_entities": [{ "type": "bold", "offset": 0, "length": 3 }],
        }));
        assert_eq!(
            (captioned.text.as_deref(), captioned.album.as_deref()),
            (Some("*Ini* ya"), Some("4503599627370496:77"))
        );
    }

    #[test]
    fn what_is_no_text_is_said_in_words() {
        let text = |content: Value| received(&content).text.unwrap_or_default();
        let place = json!({ "latitude": -6.2, "longitude": 106.8 });
        assert_eq!(text(json!({ "location": place })), "https://www.openstreetmap.org/?mlat=-6.2&mlon=106.8");
        let venue =
            json!({ "venue": { "title": "Kopi", "address": "Jl. Senja 1", "location": place }, "location": place });
        assert!(text(venue).starts_with("Kopi\nJl. Senja 1\nhttps://"));
        let contact = json!({ "contact": { "first_name": "Siti", "phone_number": "628123" } });
        assert_eq!(text(contact), "Siti\n+628123");
        assert_eq!(text(json!({ "dice": { "emoji": "🎲", "value": 6 } })), "🎲 6");
        let poll = json!({ "poll": { "question": "Kopi?", "options": [{ "text": "Ya" }, { "text": "Tidak" }] } });
        assert_eq!(text(poll), "Kopi?\n- Ya\n- Tidak");
        for kind in ["story", "game", "invoice", "gift", "paid_media", "checklist", "something_of_next_year"] {
            let received = received(&json!({ kind: {} }));
            assert_eq!((received.unsupported.as_deref(), received.text), (Some(kind), None));
        }
    }

    #[test]
    fn the_rest_is_counted() {
        let ignored = |update: Value| matches!(told(&update).what, What::Ignored(_));
        for kind in SERVICE {
            assert!(ignored(json!({ "update_id": 1, "message": message(&json!({ *kind: true })) })), "{kind}");
        }
        assert!(ignored(json!({ "update_id": 1, "poll_answer": {} })) && ignored(json!({})));
        let group = message(&json!({ "text": "a", "chat": { "id": -100, "type": "supergroup" } }));
        assert!(ignored(json!({ "update_id": 1, "message": group })));
    }

    #[test]
    fn a_link_that_led_here_is_no_text() {
        let came = received(&json!({ "text": "/start promo-7" }));
        assert_eq!((came.text.as_deref(), came.source.as_deref()), (Some("/start"), Some("promo-7")));
        assert_eq!(received(&json!({ "text": "/started now" })).text.as_deref(), Some("/started now"));
    }

    #[test]
    fn edits_presses_reactions_and_blocks() {
        let what = |update: Value| told(&update).what;
        let edited = message(&json!({ "text": "Hai", "edit_date": 1 }));
        assert!(
            matches!(what(json!({ "edited_message": edited })), What::Edited(received) if received.id.ends_with(":7"))
        );
        let mut asked = message(&json!({ "text": "?" }));
        asked["reply_markup"] = json!({ "inline_keyboard": [[{ "text": "Ya", "callback_data": "y" }]] });
        let press = json!({ "callback_query": { "id": "q", "from": asked["from"], "data": "y", "message": asked } });
        let target = Some("4503599627370496:7".to_owned());
        assert_eq!(what(press), What::Pressed { id: "q".into(), target, text: "Ya".into() });
        let gone = json!({ "callback_query": { "id": "q", "from": { "id": 5 }, "data": "y" } });
        assert_eq!(what(gone), What::Pressed { id: "q".into(), target: None, text: "y".into() });
        let reaction = json!({ "message_reaction": { "chat": { "id": 5, "type": "private" }, "user": { "id": 5 },
            "message_id": 7, "old_reaction": [], "new_reaction": [{ "type": "emoji", "emoji": "👍" }, { "type": "paid" }] } });
        assert_eq!(what(reaction), What::Reacted { target: "5:7".into(), emoji: vec!["👍".into()] });
        let member = |status: &str| {
            json!({ "my_chat_member": { "chat": { "id": 5, "type": "private" },
            "from": { "id": 5 }, "new_chat_member": { "status": status } } })
        };
        assert_eq!(what(member("kicked")), What::Reachable(false));
        assert_eq!(what(member("member")), What::Reachable(true));
    }

    fn any_update() -> impl Strategy<Value = Value> {
        let keys = [
            &AROUND[..12],
            &READ[..],
            &[
                "text",
                "photo",
                "document",
                "file_id",
                "id",
                "offset",
                "length",
                "type",
                "update_id",
                "result",
                "location",
                "poll",
                "options",
            ],
        ]
        .concat();
        any_json(keys, vec!["private", "bold"])
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
            for item in split(&bytes) {
                let _ = read(&item.body);
            }
        }

        #[test]
        fn no_update_makes_it_panic(update in any_update()) {
            for item in split(update.to_string().as_bytes()) {
                let _ = read(&item.body);
            }
        }
    }

    #[test]
    fn a_body_of_a_megabyte_is_read_at_once() {
        let entities: Vec<_> =
            (0..10_000).map(|at| json!({ "type": "bold", "offset": at, "length": 10_000 })).collect();
        let long = message(&json!({ "text": "*_~` a".repeat(80_000), "entities": entities }));
        let deep = format!("{}{}", "[".repeat(500_000), "]".repeat(500_000));
        let begun = Instant::now();
        let _ = read(json!({ "message": long }).to_string().as_bytes());
        assert!(read(deep.as_bytes()).is_err());
        let many: Vec<_> =
            (0..1_000).map(|at| json!({ "update_id": at, "message": message(&json!({ "text": "a" })) })).collect();
        let items = split(json!({ "ok": true, "result": many }).to_string().as_bytes());
        assert!(items.iter().filter_map(|item| read(&item.body).ok()).count() == 1_000);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    }
}
