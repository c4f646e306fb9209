//! What one update says.

use crate::{
    About, Inbound, Person, Reached, Received, RemoteFile, Unreadable, What,
    graph::{id, text, time},
};
use serde_json::Value;

pub(super) const NAME_CHARACTERS: usize = 200;
/// What is kept of what the provider says of the account.
const SAYS_CHARACTERS: usize = 200;
/// A file that has no name of its own, by what it is.
const FILES: [(&str, &str); 6] = [
    ("image", "photo.jpg"),
    ("video", "video.mp4"),
    ("audio", "audio.mp4"),
    ("file", "file"),
    ("sticker", "sticker.png"),
    ("story_mention", "story.jpg"),
];
/// What he shares, and as what.
const SHARED: [(&str, About); 5] = [
    ("post", About::Post),
    ("ig_post", About::Post),
    ("share", About::Post),
    ("reel", About::Reel),
    ("ig_reel", About::Reel),
];
/// Where files are, and no pages.
const FILE_HOSTS: [&str; 3] = ["fbcdn.net", "cdninstagram.com", "fbsbx.com"];
/// Reactions by their words, where the sign itself is not told.
const SIGNS: [(&str, &str); 8] = [
    ("love", "❤️"),
    ("smile", "😆"),
    ("haha", "😆"),
    ("wow", "😮"),
    ("sad", "😢"),
    ("angry", "😠"),
    ("like", "👍"),
    ("dislike", "👎"),
];
/// The first of its sizes.
const THUMB: &str = "369239263222822";
/// What is told of the account, and to whom else it listens.
const HANDED: [&str; 4] = ["pass_thread_control", "take_thread_control", "request_thread_control", "app_roles"];

pub(super) fn read(item: &[u8]) -> Result<Inbound, Unreadable> {
    let kept: Value = serde_json::from_slice(item).map_err(|error| Unreadable(error.to_string()))?;
    match kept["kind"].as_str() {
        Some("messaging") => messaging(&kept["account"], &kept["about"]),
        Some(_) => super::comment::read(&kept["account"], &kept["about"]),
        // A test from the app's dashboard.
        None if kept["field"].is_string() => Ok(ignored("a test")),
        None => Err(Unreadable("no update of a page".to_owned())),
    }
}

pub(super) fn ignored(why: &'static str) -> Inbound {
    Inbound { chat: String::new(), person: None, at: None, what: What::Ignored(why) }
}

pub(super) fn needed(value: &Value) -> Result<String, Unreadable> {
    id(value).ok_or_else(|| Unreadable("no id".to_owned()))
}

fn messaging(account_id: &Value, about: &Value) -> Result<Inbound, Unreadable> {
    let (message, edit, postback) = (&about["message"], &about["message_edit"], &about["postback"]);
    if message["is_self"].as_bool() == Some(true) {
        return Ok(ignored("the account says it to itself"));
    }
    if about["policy_enforcement"].is_object() {
        return Ok(account(&about["policy_enforcement"]));
    }
    if HANDED.iter().any(|kind| about.get(*kind).is_some()) {
        return Ok(ignored("another program has the thread"));
    }
    let echo = message["is_echo"].as_bool() == Some(true);
    let other = if echo { &about["recipient"] } else { &about["sender"] };
    let Some(chat) = id(&other["id"]) else { return Ok(ignored("of nobody who has a name")) };
    if !echo && id(account_id).is_some_and(|account| account == chat) {
        return Ok(ignored("what the account itself does"));
    }
    let what = if message.is_object() && message["is_deleted"].as_bool() == Some(true) {
        What::Revoked { target: needed(&message["mid"])? }
    } else if message.is_object() {
        let said = said(message, about)?;
        if echo { What::Echoed { said, reference: text(&message["metadata"]) } } else { What::Message(said) }
    } else if edit.is_object() {
        let said = Received { id: needed(&edit["mid"])?, text: text(&edit["text"]), ..Received::default() };
        // Apps that are not live yet hear of a message so.
        if edit["num_edit"].as_i64() == Some(0) { What::Message(said) } else { What::Edited(said) }
    } else if postback.is_object() {
        What::Message(pressed(&chat, about)?)
    } else if about["reaction"].is_object() {
        reacted(&about["reaction"])?
    } else if about["read"].is_object() {
        up_to(&about["read"], Reached::Read)
    } else if about["delivery"].is_object() {
        up_to(&about["delivery"], Reached::Delivered)
    } else if let Some(source) = source(&about["referral"]).or_else(|| text(&about["optin"]["ref"])) {
        What::Referred { source, by_ad: by_ad(&about["referral"]) }
    } else {
        What::Ignored("another kind of update")
    };
    let person = Person { id: chat.clone(), ..Person::default() };
    Ok(Inbound { chat, person: Some(person), at: time(&about["timestamp"]), what })
}

fn account(told: &Value) -> Inbound {
    let says = ["action", "reason"].into_iter().filter_map(|name| text(&told[name])).collect::<Vec<_>>().join(" · ");
    let says = says.chars().filter(|char| !char.is_control()).take(SAYS_CHARACTERS).collect();
    let what = What::Account { about: "policy_enforcement".to_owned(), says, templates: false };
    Inbound { chat: String::new(), person: None, at: None, what }
}

/// Up to a message, or up to a time.
fn up_to(told: &Value, to: Reached) -> What {
    let until = time(&told["watermark"]);
    let mids = told["mids"].as_array().and_then(|mids| mids.last());
    let target = id(&told["mid"]).or_else(|| mids.and_then(id));
    match (&target, until) {
        (None, None) => What::Ignored("nothing was reached"),
        _ => What::ReachedUpTo { target, until, to },
    }
}

fn reacted(told: &Value) -> Result<What, Unreadable> {
    let word = told["reaction"].as_str().unwrap_or_default();
    let sign = || SIGNS.iter().find(|(known, _)| *known == word).map(|(_, sign)| (*sign).to_owned());
    let gone = told["action"].as_str() == Some("unreact");
    let emoji = text(&told["emoji"]).or_else(sign).filter(|_| !gone);
    Ok(What::Reacted { target: needed(&told["mid"])?, emoji: emoji.into_iter().collect() })
}

fn pressed(chat: &str, about: &Value) -> Result<Received, Unreadable> {
    let postback = &about["postback"];
    let words = text(&postback["title"]).or_else(|| text(&postback["payload"]));
    let own = || Some(format!("postback:{chat}:{}", time(&about["timestamp"])?));
    let id = id(&postback["mid"]).or_else(own).ok_or_else(|| Unreadable("no id".to_owned()))?;
    let unsupported = words.is_none().then(|| "postback".to_owned());
    let referral = &postback["referral"];
    let (source, by_ad) = (source(referral), by_ad(referral));
    Ok(Received { id, text: words, source, by_ad, unsupported, ..Received::default() })
}

/// By which link or advertisement he came.
fn source(referral: &Value) -> Option<String> {
    let ad = &referral["ads_context_data"];
    let told = [&referral["ref"], &ad["ad_title"], &referral["ad_id"], &referral["source"]];
    told.into_iter().find_map(|told| text(told).or_else(|| id(told)))
}

fn by_ad(referral: &Value) -> bool {
    referral["source"] == "ADS" || referral["ads_context_data"].is_object() || id(&referral["ad_id"]).is_some()
}

fn said(message: &Value, about: &Value) -> Result<Received, Unreadable> {
    let mut received = Received {
        id: needed(&message["mid"])?,
        text: text(&message["text"]),
        reply_to: id(&message["reply_to"]["mid"]),
        source: source(&message["referral"]).or_else(|| source(&about["referral"])),
        by_ad: by_ad(&message["referral"]) || by_ad(&about["referral"]),
        ..Received::default()
    };
    let story = &message["reply_to"]["story"];
    if story.is_object() {
        received.about = Some(About::StoryReply);
        received.files.extend(text(&story["url"]).map(|url| file(url, "story.jpg")));
    }
    let mut lines = Vec::new();
    let attachments = message["attachments"].as_array().map_or(&[][..], Vec::as_slice);
    for attachment in attachments {
        attached(attachment, &mut received, &mut lines);
    }
    let words: Vec<_> = received.text.take().into_iter().chain(lines).collect();
    received.text = Some(words.join("\n")).filter(|words| !words.is_empty());
    if received.text.is_none() && received.files.is_empty() && received.about.is_none() {
        let kind = attachments.first().and_then(|attachment| text(&attachment["type"]));
        received.unsupported =
            Some(kind.unwrap_or_else(|| "message".to_owned()).chars().take(NAME_CHARACTERS).collect());
    }
    Ok(received)
}

/// One of a message's attachments: a file, or words. The same thing may be attached twice, by an old and a new name.
fn attached(attachment: &Value, received: &mut Received, lines: &mut Vec<String>) {
    let kind = attachment["type"].as_str().unwrap_or_default();
    let payload = &attachment["payload"];
    let url = text(&payload["url"]).or_else(|| text(&attachment["url"]));
    let title = text(&payload["title"]).or_else(|| text(&attachment["title"]));
    let shared = SHARED.iter().find(|(known, _)| *known == kind);
    if let Some((_, about)) = shared {
        let again = received.about.is_some();
        received.about.get_or_insert(*about);
        if !again && let Some(url) = url {
            // The kind does not say whether it is the thing itself or its page; where it is does.
            if is_file(&url) {
                let name = if *about == About::Reel { "reel.mp4" } else { "post.jpg" };
                received.files.push(file(url, name));
                lines.extend(title);
            } else {
                lines.extend(title.into_iter().chain([url]));
            }
        }
        return;
    }
    if kind == "story_mention" {
        received.about = Some(About::StoryMention);
    }
    if let (Some(url), Some((_, name))) = (&url, FILES.iter().find(|(known, _)| *known == kind)) {
        if !received.files.iter().any(|known| known.reference == *url) {
            received.files.push(file(url.clone(), name));
        }
        return;
    }
    match kind {
        "like_heart" => lines.push("❤️".to_owned()),
        "location" => lines.extend(place(payload, title)),
        "image" | "sticker" if id(&payload["sticker_id"]).as_deref() == Some(THUMB) => lines.push("👍".to_owned()),
        "fallback" | "template" | "appointment_booking" => {
            let product = text(&payload["product"]["elements"][0]["title"]);
            let all: Vec<_> = title.or(product).into_iter().chain(url).collect();
            lines.extend(Some(all.join("\n")).filter(|all| !all.is_empty()));
        }
        _ => {}
    }
}

fn is_file(url: &str) -> bool {
    let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', ':']).next()).unwrap_or_default();
    FILE_HOSTS
        .iter()
        .any(|known| host.strip_suffix(known).is_some_and(|front| front.is_empty() || front.ends_with('.')))
}

/// Under the name that it has in its link, if that is one.
fn file(url: String, otherwise: &str) -> RemoteFile {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.split("://").nth(1).and_then(|rest| rest.split_once('/')).map(|(_, path)| path);
    let last = last.and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
    let named =
        last.contains('.') && !last.starts_with('.') && last.len() <= NAME_CHARACTERS && last.chars().all(plain);
    let name = if named { last } else { otherwise }.to_owned();
    RemoteFile { reference: url, name, size: None }
}

fn place(payload: &Value, title: Option<String>) -> Option<String> {
    let coordinates = &payload["coordinates"];
    let (latitude, longitude) = (coordinates["lat"].as_f64()?, coordinates["long"].as_f64()?);
    let map = format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}");
    Some(title.into_iter().chain([map]).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::any_json::any_json;
    use proptest::prelude::*;
    use serde_json::json;

    fn told(what: &Value) -> Inbound {
        let mut about =
            json!({ "sender": { "id": "7" }, "recipient": { "id": "11" }, "timestamp": 1_763_644_800_123_i64 });
        for (name, value) in what.as_object().expect("an update") {
            about[name] = value.clone();
        }
        let item = json!({ "kind": "messaging", "account": "11", "about": about });
        read(item.to_string().as_bytes()).expect("an update")
    }

    fn received(message: &Value) -> Received {
        let mut message = message.clone();
        message["mid"] = json!("m_1");
        match told(&json!({ "message": message })).what {
            What::Message(received) => received,
            other => panic!("{other:?}"),
        }
    }

    fn attached(attachments: &Value) -> Received {
        received(&json!({ "attachments": attachments }))
    }

    #[test]
    fn a_text_has_its_time_its_quote_and_how_he_came() {
        let message = json!({ "mid": "m_1", "text": "Halo", "reply_to": { "mid": "m_0" },
            "referral": { "source": "ADS", "ads_context_data": { "ad_title": "Gayo" } } });
        let inbound = told(&json!({ "message": message }));
        assert_eq!((inbound.chat.as_str(), inbound.at), ("7", Some(1_763_644_800_123)));
        let said = received(&message);
        assert_eq!((said.text.as_deref(), said.reply_to.as_deref()), (Some("Halo"), Some("m_0")));
        assert_eq!((said.source.as_deref(), said.by_ad), (Some("Gayo"), true));
        let link = told(&json!({ "referral": { "ref": "promo", "source": "SHORTLINK" } })).what;
        assert_eq!(link, What::Referred { source: "promo".into(), by_ad: false });
    }

    /// R299
    #[test]
    fn attachments_are_files_or_words() {
        let at = "https://scontent.fbcdn.net/v/a.jpg?x=1";
        let one = attached(&json!([{ "type": "image", "payload": { "url": at } }]));
        assert_eq!((one.files[0].reference.as_str(), one.files[0].name.as_str()), (at, "a.jpg"));
        let bare = attached(&json!([{ "type": "audio", "payload": { "url": "https://x.fbcdn.net/voice?y=2" } }]));
        assert_eq!(bare.files[0].name, "audio.mp4");
        // A sticker came beside its picture for a while.
        let sticker = attached(&json!([{ "type": "image", "payload": { "url": at, "sticker_id": 5 } },
            { "type": "sticker", "payload": { "url": at, "sticker_id": 5 } }]));
        assert_eq!(sticker.files.len(), 1);
        let thumb = attached(&json!([{ "type": "sticker", "payload": { "sticker_id": 369_239_263_222_822_i64 } }]));
        assert_eq!(thumb.text.as_deref(), Some("👍"));
        let place = json!([{ "type": "location", "title": "Kopi", "payload": { "coordinates": { "lat": -6.2, "long": 106.8 } } }]);
        assert_eq!(attached(&place).text.as_deref(), Some("Kopi\nhttps://www.openstreetmap.org/?mlat=-6.2&mlon=106.8"));
        let link = json!([{ "type": "fallback", "title": "Gayo", "url": "https://x.example", "payload": null }]);
        assert_eq!(attached(&link).text.as_deref(), Some("Gayo\nhttps://x.example"));
        for kind in ["ephemeral", "unsupported_type", "something_of_next_year"] {
            assert_eq!(attached(&json!([{ "type": kind }])).unsupported.as_deref(), Some(kind));
        }
        assert_eq!(received(&json!({ "is_unsupported": true })).unsupported.as_deref(), Some("message"));
    }

    #[test]
    fn stories_posts_and_reels() {
        let story = attached(&json!([{ "type": "story_mention", "payload": { "url": "https://x.fbsbx.com/s" } }]));
        assert_eq!((story.about, story.files[0].name.as_str()), (Some(About::StoryMention), "story.jpg"));
        let reply =
            received(&json!({ "text": "Wow", "reply_to": { "story": { "id": "5", "url": "https://x.fbsbx.com/s" } } }));
        assert_eq!((reply.about, reply.files.len(), reply.text.as_deref()), (Some(About::StoryReply), 1, Some("Wow")));
        // The same post under its old and its new name is one.
        let post = json!([{ "type": "ig_post", "payload": { "url": "https://a.cdninstagram.com/p", "title": "Gayo" } },
            { "type": "share", "payload": { "url": "https://a.cdninstagram.com/p" } }]);
        let post = attached(&post);
        assert_eq!((post.about, post.files.len(), post.text.as_deref()), (Some(About::Post), 1, Some("Gayo")));
        let reel = attached(&json!([{ "type": "ig_reel", "payload": { "url": "https://www.instagram.com/reel/1" } }]));
        assert_eq!((reel.about, reel.files.len()), (Some(About::Reel), 0));
        assert_eq!(reel.text.as_deref(), Some("https://www.instagram.com/reel/1"));
        assert!(
            !is_file("https://evilfbcdn.net/x")
                && !is_file("https://fbcdn.net.example/x")
                && is_file("https://fbcdn.net")
        );
    }

    #[test]
    fn changes_reactions_and_marks() {
        let edited = Received { id: "m_1".into(), text: Some("Hai".into()), ..Received::default() };
        let edit =
            |number: i64| told(&json!({ "message_edit": { "mid": "m_1", "text": "Hai", "num_edit": number } })).what;
        assert_eq!([edit(1), edit(0)], [What::Edited(edited.clone()), What::Message(edited)]);
        let gone = told(&json!({ "message": { "mid": "m_1", "is_deleted": true } })).what;
        assert_eq!(gone, What::Revoked { target: "m_1".into() });
        let reaction = |told_of: Value| {
            let mut reaction = told_of;
            reaction["mid"] = json!("m_1");
            match told(&json!({ "reaction": reaction })).what {
                What::Reacted { emoji, .. } => emoji.join(""),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(reaction(json!({ "action": "react", "reaction": "other", "emoji": "🔥" })), "🔥");
        assert_eq!(reaction(json!({ "action": "react", "reaction": "love" })), "❤️");
        assert_eq!(reaction(json!({ "action": "unreact", "reaction": "love", "emoji": "❤️" })), "");
        let to = |what: Value| told(&what).what;
        let until = What::ReachedUpTo { target: None, until: Some(1_763_644_800_000), to: Reached::Read };
        assert_eq!(to(json!({ "read": { "watermark": "1763644800000" } })), until);
        let one = What::ReachedUpTo { target: Some("m_1".into()), until: None, to: Reached::Read };
        assert_eq!(to(json!({ "read": { "mid": "m_1" } })), one);
        assert!(matches!(
            to(json!({ "delivery": { "watermark": 5, "mids": ["m_1"] } })),
            What::ReachedUpTo { to: Reached::Delivered, until: Some(5_000), .. }
        ));
    }

    #[test]
    fn what_is_said_in_our_name_and_what_is_nobodys() {
        let echo = json!({ "sender": { "id": "11" }, "recipient": { "id": "7" }, "message": {
            "mid": "m_1", "is_echo": true, "app_id": 5, "metadata": "ent_1:text", "text": "Ya" } });
        let echo = told(&echo);
        assert_eq!(echo.chat, "7");
        assert!(matches!(echo.what, What::Echoed { said, reference } if said.text.as_deref() == Some("Ya")
            && reference.as_deref() == Some("ent_1:text")));
        let pressed =
            told(&json!({ "postback": { "title": "Mulai", "payload": "GO", "referral": { "ref": "r" } } })).what;
        let What::Message(pressed) = pressed else { panic!("{pressed:?}") };
        assert_eq!((pressed.id.as_str(), pressed.text.as_deref()), ("postback:7:1763644800123", Some("Mulai")));
        assert_eq!((pressed.source.as_deref(), pressed.by_ad), (Some("r"), false));
        for nothing in [
            json!({ "pass_thread_control": {} }),
            json!({ "message": { "mid": "m", "is_self": true } }),
            json!({ "account_linking": {} }),
            json!({ "sender": { "user_ref": "x" }, "optin": {} }),
        ] {
            assert!(matches!(told(&nothing).what, What::Ignored(_)), "{nothing}");
        }
        let blocked = told(&json!({ "policy_enforcement": { "action": "block", "reason": "spam" } })).what;
        assert!(matches!(blocked, What::Account { says, .. } if says == "block · spam"));
    }

    fn any_update() -> impl Strategy<Value = Value> {
        let keys = vec![
            "kind",
            "about",
            "entry",
            "messaging",
            "standby",
            "changes",
            "id",
            "sender",
            "message",
            "mid",
            "attachments",
            "type",
            "payload",
            "url",
            "title",
            "reply_to",
            "story",
            "reaction",
            "read",
            "delivery",
            "watermark",
            "mids",
            "postback",
            "referral",
            "ads_context_data",
            "coordinates",
            "timestamp",
            "field",
        ];
        let words =
            vec!["messaging", "image", "share", "location", "fallback", "story_mention", "https://a.fbcdn.net/é?x"];
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
            let _ = read(json!({ "kind": "messaging", "about": update }).to_string().as_bytes());
        }
    }
}
