//! Method calls.

use super::{CAPABILITIES, marks};
use crate::{Account, Body, Button, Method, Outbound, OutboundFile, Part, Request, Say};
use serde::Serialize;
use serde_json::{Value, json};

/// A picture whose sides are together longer is no photo to Telegram …
const PHOTO_SIDES: i64 = 10_000;
/// … nor one that is so much longer than wide.
const PHOTO_RATIO: i64 = 20;

pub(super) fn call<T: Serialize>(account: &Account, method: &str, arguments: &T) -> Request {
    Request {
        method: Method::Post,
        address: address(account, method),
        headers: vec![("content-type", "application/json".to_owned())],
        body: Body::Json(serde_json::to_vec(arguments).unwrap_or_default()),
    }
}

fn address(account: &Account, method: &str) -> String {
    format!("{}/bot{}/{method}", account.address, account.token)
}

pub(super) fn parts(account: &Account, outbound: &Outbound) -> Vec<Part> {
    let chat = outbound.chat.as_str();
    let one = |name: &str, method: &str, arguments: Value| vec![part(name, call(account, method, &arguments))];
    match &outbound.say {
        Say::Message { .. } => message(account, chat, &outbound.say),
        Say::Edit { target, beside_a_file, text, button } => {
            let (method, words) =
                if *beside_a_file { ("editMessageCaption", "caption") } else { ("editMessageText", "text") };
            let mut arguments = about(chat, target);
            say(&mut arguments, words, text, false);
            press(&mut arguments, button.as_ref());
            one("edit", method, arguments)
        }
        Say::Delete { targets } => targets
            .iter()
            .map(|target| part(&format!("delete:{target}"), call(account, "deleteMessage", &about(chat, target))))
            .collect(),
        Say::React { target, emoji } => {
            let mut arguments = about(chat, target);
            arguments["reaction"] = emoji.iter().map(|emoji| json!({ "type": "emoji", "emoji": emoji })).collect();
            one("react", "setMessageReaction", arguments)
        }
        // Bots cannot tell.
        Say::Seen { .. } | Say::Comment { .. } => Vec::new(),
        Say::Typing => one("typing", "sendChatAction", json!({ "chat_id": chat, "action": "typing" })),
        Say::Pressed { id } => one("pressed", "answerCallbackQuery", json!({ "callback_query_id": id })),
    }
}

fn part(name: &str, request: Request) -> Part {
    Part { name: name.to_owned(), request, unseen: false }
}

/// The chat and the number of a message of ours. The chat may be called otherwise now.
fn about(chat: &str, target: &str) -> Value {
    json!({ "chat_id": chat, "message_id": number(target) })
}

fn number(target: &str) -> i64 {
    target.rsplit(':').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn say(arguments: &mut Value, words: &str, text: &str, plain: bool) {
    let (said, entities) = if plain { (text.to_owned(), Vec::new()) } else { marks::read(text) };
    arguments[words] = json!(said);
    if !entities.is_empty() {
        arguments[if words == "text" { "entities" } else { "caption_entities" }] = json!(entities);
    }
}

fn press(arguments: &mut Value, button: Option<&Button>) {
    if let Some(Button { text, url }) = button {
        arguments["reply_markup"] = json!({ "inline_keyboard": [[{ "text": text, "url": url }]] });
    }
}

/// A text beside a single file is its caption, if it is short enough; otherwise it comes first.
fn message(account: &Account, chat: &str, message: &Say) -> Vec<Part> {
    let Say::Message { text, files, reply_to, button, plain, .. } = message else { return Vec::new() };
    let fits = |text: &String| CAPABILITIES.caption.fits(&marks::read(text).0);
    let caption = text.as_ref().filter(|text| files.len() == 1 && fits(text));
    let mut parts = Vec::new();
    let mut first = json!({ "chat_id": chat });
    if let Some(target) = reply_to {
        first["reply_parameters"] = json!({ "message_id": number(target), "allow_sending_without_reply": true });
    }
    press(&mut first, button.as_ref());
    if let Some(text) = text.as_ref().filter(|_| caption.is_none()) {
        let mut arguments = std::mem::replace(&mut first, json!({ "chat_id": chat }));
        say(&mut arguments, "text", text, *plain);
        parts.push(part("text", call(account, "sendMessage", &arguments)));
    }
    for (at, file) in files.iter().enumerate() {
        let mut arguments = std::mem::replace(&mut first, json!({ "chat_id": chat }));
        if let Some(text) = caption {
            say(&mut arguments, "caption", text, *plain);
        }
        let (method, field) = way(file);
        let name = if caption.is_some() { "caption".to_owned() } else { format!("file:{at}") };
        parts.push(part(&name, form(account, method, &arguments, field, at)));
    }
    parts
}

/// By which method a file goes, so that it is shown and played as what it is.
fn way(file: &OutboundFile) -> (&'static str, &'static str) {
    let (width, height) = (file.width.unwrap_or(0), file.height.unwrap_or(0));
    let photo = width + height <= PHOTO_SIDES
        && width.min(height) > 0
        && width.max(height) <= PHOTO_RATIO * width.min(height)
        && file.size <= CAPABILITIES.files.image;
    match file.media_type.as_str() {
        "image/jpeg" | "image/png" | "image/webp" if photo => ("sendPhoto", "photo"),
        "image/gif" => ("sendAnimation", "animation"),
        "video/mp4" => ("sendVideo", "video"),
        "audio/mpeg" | "audio/mp4" | "audio/m4a" | "audio/x-m4a" => ("sendAudio", "audio"),
        _ => ("sendDocument", "document"),
    }
}

fn form(account: &Account, method: &str, arguments: &Value, field: &'static str, file: usize) -> Request {
    let known = ["chat_id", "caption", "caption_entities", "reply_parameters", "reply_markup"];
    let fields = known.into_iter().filter_map(|name| match arguments.get(name)? {
        Value::String(text) => Some((name, text.clone())),
        other => Some((name, other.to_string())),
    });
    Request {
        method: Method::Post,
        address: address(account, method),
        headers: Vec::new(),
        body: Body::Form { fields: fields.collect(), field, file },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn account() -> Account {
        Account { address: "https://api.telegram.org".into(), token: "7:secret".into(), fields: BTreeMap::new() }
    }

    fn file(media_type: &str, side: i64) -> OutboundFile {
        let sides = (side > 0).then_some(side);
        let (name, media_type) = ("a".to_owned(), media_type.to_owned());
        OutboundFile { name, media_type, size: 9, width: sides, height: sides, uploaded: None }
    }

    fn message(text: Option<&str>, files: Vec<OutboundFile>) -> Say {
        Say::Message {
            text: text.map(str::to_owned),
            files,
            reply_to: None,
            button: None,
            template: None,
            plain: false,
            late: false,
        }
    }

    /// Its name, its method and what it says.
    fn told(say: Say) -> Vec<(String, String, Value)> {
        let parts = parts(&account(), &Outbound { chat: "5".into(), reference: String::new(), say });
        parts
            .into_iter()
            .map(|Part { name, request, .. }| {
                let method = request.address.strip_prefix("https://api.telegram.org/bot7:secret/").expect("a method");
                let body = match request.body {
                    Body::Json(bytes) => serde_json::from_slice(&bytes).expect("JSON"),
                    Body::Form { fields, field, file } => {
                        let mut body = json!({ "field": field, "file": file });
                        fields.into_iter().for_each(|(name, value)| body[name] = json!(value));
                        body
                    }
                    Body::Empty => Value::Null,
                };
                (name, method.to_owned(), body)
            })
            .collect()
    }

    #[test]
    fn a_message_with_all_that_it_can_carry() {
        let button = Some(Button { text: "Gayo".into(), url: "https://kopi.example".into() });
        let say = Say::Message {
            text: Some("*Hi*".into()),
            files: vec![],
            reply_to: Some("5:9".into()),
            button,
            template: None,
            plain: false,
            late: false,
        };
        let expected = json!({
            "chat_id": "5", "text": "Hi", "entities": [{ "type": "bold", "offset": 0, "length": 2 }],
            "reply_parameters": { "message_id": 9, "allow_sending_without_reply": true },
            "reply_markup": { "inline_keyboard": [[{ "text": "Gayo", "url": "https://kopi.example" }]] },
        });
        assert_eq!(told(say), [("text".to_owned(), "sendMessage".to_owned(), expected)]);
        let say = Say::Message {
            text: Some("*Hi*".into()),
            files: vec![],
            reply_to: None,
            button: None,
            template: None,
            plain: true,
            late: false,
        };
        assert_eq!(told(say)[0].2, json!({ "chat_id": "5", "text": "*Hi*" }));
    }

    #[test]
    fn a_short_text_beside_one_file_is_its_caption() {
        let parts = told(message(Some("Ini"), vec![file("image/png", 9)]));
        assert_eq!(
            (parts[0].0.as_str(), parts[0].1.as_str(), &parts[0].2["caption"]),
            ("caption", "sendPhoto", &json!("Ini"))
        );
        let long = "x".repeat(1_025);
        let parts = told(message(Some(&long), vec![file("image/png", 9)]));
        let names: Vec<_> = parts.iter().map(|part| (part.0.as_str(), part.1.as_str())).collect();
        assert_eq!(names, [("text", "sendMessage"), ("file:0", "sendPhoto")]);
        let parts = told(message(Some("Dua"), vec![file("video/mp4", 0), file("application/pdf", 0)]));
        let names: Vec<_> = parts.iter().map(|part| (part.0.as_str(), part.1.as_str())).collect();
        assert_eq!(names, [("text", "sendMessage"), ("file:0", "sendVideo"), ("file:1", "sendDocument")]);
        assert_eq!(parts[2].2["file"], 1);
    }

    /// R182
    #[test]
    fn what_telegram_takes_for_no_photo_goes_as_a_file() {
        for (media_type, side, method) in [
            ("image/jpeg", 5_000, "sendPhoto"),
            ("image/jpeg", 5_001, "sendDocument"),
            ("image/png", 0, "sendDocument"),
            ("image/gif", 9, "sendAnimation"),
            ("audio/mpeg", 0, "sendAudio"),
            ("audio/ogg", 0, "sendDocument"),
        ] {
            assert_eq!(told(message(None, vec![file(media_type, side)]))[0].1, method, "{media_type} {side}");
        }
        let narrow = OutboundFile { width: Some(10), height: Some(201), ..file("image/png", 9) };
        assert_eq!(way(&narrow).0, "sendDocument");
        let heavy = OutboundFile { size: 10 * 1024 * 1024 + 1, ..file("image/png", 9) };
        assert_eq!(way(&heavy).0, "sendDocument");
    }

    #[test]
    fn other_words_and_none() {
        let edit = |beside_a_file| Say::Edit { target: "4:9".into(), beside_a_file, text: "Hi".into(), button: None };
        assert_eq!(told(edit(false))[0].2, json!({ "chat_id": "5", "message_id": 9, "text": "Hi" }));
        assert_eq!(told(edit(true))[0].1, "editMessageCaption");
        let deleted = told(Say::Delete { targets: vec!["5:9".into(), "5:10".into()] });
        assert_eq!((deleted.len(), &deleted[1].2), (2, &json!({ "chat_id": "5", "message_id": 10 })));
        assert_eq!(told(Say::Typing)[0].1, "sendChatAction");
        assert_eq!(told(Say::Pressed { id: "q".into() })[0].2, json!({ "callback_query_id": "q" }));
    }
}
