//! Send API calls. A message has words or one file, and no marks.

use super::Page;
use crate::{
    Account, Body, Button, Method, Outbound, OutboundFile, Part, Request, Say,
    graph::{FILE, bearer, post},
};
use serde_json::{Value, json};

const LABEL_CHARACTERS: usize = 20;
/// Beside a link to press.
const WORDS_CHARACTERS: usize = 640;
/// What the words of the Send API are for the signs that we offer.
const SIGNS: [(&str, &str); 7] =
    [("❤️", "love"), ("😆", "smile"), ("😮", "wow"), ("😢", "sad"), ("😠", "angry"), ("👍", "like"), ("👎", "dislike")];

/// Where it is sent from: a page, or an account without one.
pub(super) fn from(account: &Account) -> &str {
    Some(account.field("page_id")).filter(|page| !page.is_empty()).unwrap_or("me")
}

/// Nothing that was said can be said otherwise or taken back.
pub(super) fn parts(page: &Page, account: &Account, outbound: &Outbound) -> Vec<Part> {
    let path = format!("{}/messages", from(account));
    let act = |name: &str, body: Value| {
        let mut body = body;
        body["recipient"] = json!({ "id": outbound.chat });
        vec![Part { name: name.to_owned(), request: post(account, &path, &body), unseen: false }]
    };
    match &outbound.say {
        Say::Message { .. } => message(page, account, &path, outbound),
        Say::React { target, emoji } => {
            let sign = emoji.as_deref().and_then(|emoji| SIGNS.iter().find(|(sign, _)| *sign == emoji));
            let mut payload = json!({ "message_id": target });
            if let Some((_, word)) = sign {
                payload["reaction"] = json!(word);
            }
            let action = if emoji.is_some() { "react" } else { "unreact" };
            act("react", json!({ "sender_action": action, "payload": payload }))
        }
        Say::Comment { target, text, publicly: true } => {
            let request = post(account, &format!("{target}/{}", page.replies), &json!({ "message": text }));
            vec![Part { name: "text".to_owned(), request, unseen: false }]
        }
        Say::Comment { target, text, publicly: false } => {
            let mut message = json!({ "text": text });
            if page.gives_back {
                message["metadata"] = json!(format!("{}:text", outbound.reference));
            }
            let body = json!({ "recipient": { "comment_id": target }, "message": message });
            vec![Part { name: "text".to_owned(), request: post(account, &path, &body), unseen: false }]
        }
        Say::Typing => act("typing", json!({ "sender_action": "typing_on" })),
        Say::Seen { .. } => act("seen", json!({ "sender_action": "mark_seen" })),
        Say::Edit { .. } | Say::Delete { .. } | Say::Pressed { .. } => Vec::new(),
    }
}

fn message(page: &Page, account: &Account, path: &str, outbound: &Outbound) -> Vec<Part> {
    let Say::Message { text, files, reply_to, button, late, .. } = &outbound.say else { return Vec::new() };
    let mut quote = reply_to.clone();
    let mut part = |name: String, message: Value| {
        let mut message = message;
        if page.gives_back {
            message["metadata"] = json!(format!("{}:{name}", outbound.reference));
        }
        let mut body =
            json!({ "recipient": { "id": outbound.chat }, "messaging_type": "RESPONSE", "message": message });
        if *late {
            body["messaging_type"] = json!("MESSAGE_TAG");
            body["tag"] = json!("HUMAN_AGENT");
        }
        if let Some(quoted) = quote.take() {
            body["reply_to"] = json!({ "mid": quoted });
        }
        Part { name, request: post(account, path, &body), unseen: false }
    };
    let mut parts = Vec::new();
    if let Some(text) = text {
        parts.push(part("text".to_owned(), words(text, button.as_ref())));
    }
    for (at, file) in files.iter().enumerate() {
        let known = file.uploaded.as_deref().and_then(|name| name.strip_prefix(FILE)).unwrap_or_default();
        let attachment = json!({ "type": way(page, file), "payload": { "attachment_id": known } });
        let request = upload(page, account, file, at);
        parts.push(Part { name: format!("upload:{at}"), request, unseen: true });
        parts.push(part(format!("file:{at}"), json!({ "attachment": attachment })));
    }
    parts
}

/// A link to press stands below a text, if it is not too long for that; otherwise it is a line of it.
fn words(text: &str, button: Option<&Button>) -> Value {
    match button {
        Some(Button { text: label, url }) if text.chars().count() <= WORDS_CHARACTERS => {
            let label: String = label.chars().take(LABEL_CHARACTERS).collect();
            let button = json!({ "type": "web_url", "url": url, "title": label });
            let payload = json!({ "template_type": "button", "text": text, "buttons": [button] });
            json!({ "attachment": { "type": "template", "payload": payload } })
        }
        Some(Button { url, .. }) => json!({ "text": format!("{text}\n{url}") }),
        None => json!({ "text": text }),
    }
}

fn upload(page: &Page, account: &Account, file: &OutboundFile, at: usize) -> Request {
    let message = json!({ "attachment": { "type": way(page, file), "payload": { "is_reusable": true } } });
    let mut fields = vec![("message", message.to_string())];
    if page.name == "instagram" {
        fields.push(("platform", "instagram".to_owned()));
    }
    Request {
        method: Method::Post,
        address: format!("{}/{}/message_attachments", account.address, from(account)),
        headers: vec![bearer(account)],
        body: Body::Form { fields, field: "filedata", file: at },
    }
}

/// As what a file goes, so that it is shown and played.
fn way(page: &Page, file: &OutboundFile) -> &'static str {
    let limits = page.capabilities.files;
    match file.media_type.as_str() {
        "image/jpeg" | "image/png" | "image/gif" | "image/webp" if file.size <= limits.image => "image",
        kind if kind.starts_with("video/") && file.size <= limits.video => "video",
        kind if kind.starts_with("audio/") && file.size <= limits.audio => "audio",
        _ => "file",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{INSTAGRAM, MESSENGER};
    use super::*;
    use std::collections::BTreeMap;

    fn file(media_type: &str, uploaded: Option<&str>) -> OutboundFile {
        OutboundFile {
            name: "a.bin".into(),
            media_type: media_type.into(),
            size: 9,
            width: None,
            height: None,
            uploaded: uploaded.map(str::to_owned),
        }
    }

    /// Each part's name, where it goes and what its body says.
    fn told(page: &Page, fields: &[(&str, &str)], say: Say) -> Vec<(String, String, Value)> {
        let fields: BTreeMap<_, _> = fields.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let account = Account { address: "https://g.example/v25.0".into(), token: "t".into(), fields };
        let parts = parts(page, &account, &Outbound { chat: "7".into(), reference: "ent_1".into(), say });
        parts
            .into_iter()
            .map(|Part { name, request, .. }| {
                assert_eq!(request.headers[0], ("authorization", "Bearer t".to_owned()));
                let body = match request.body {
                    Body::Json(bytes) => serde_json::from_slice(&bytes).expect("JSON"),
                    Body::Form { fields, .. } => fields.into_iter().map(|(a, b)| (a.to_owned(), json!(b))).collect(),
                    Body::Empty => Value::Null,
                };
                (name, request.address.replace("https://g.example/v25.0/", ""), body)
            })
            .collect()
    }

    fn message(text: Option<&str>, files: Vec<OutboundFile>, late: bool) -> Say {
        let (text, reply_to) = (text.map(str::to_owned), Some("m_0".into()));
        Say::Message { text, files, reply_to, button: None, template: None, plain: false, late }
    }

    #[test]
    fn a_text_goes_as_an_answer_and_late_as_a_persons() {
        let (name, path, body) = told(&MESSENGER, &[("page_id", "11")], message(Some("Halo"), vec![], false)).remove(0);
        let expected = json!({ "recipient": { "id": "7" }, "messaging_type": "RESPONSE", "reply_to": { "mid": "m_0" },
            "message": { "text": "Halo", "metadata": "ent_1:text" } });
        assert_eq!((name.as_str(), path.as_str(), body), ("text", "11/messages", expected));
        let (_, path, body) = told(&INSTAGRAM, &[], message(Some("Halo"), vec![], true)).remove(0);
        assert_eq!(
            (path.as_str(), &body["tag"], &body["messaging_type"]),
            ("me/messages", &json!("HUMAN_AGENT"), &json!("MESSAGE_TAG"))
        );
        assert_eq!(body["message"], json!({ "text": "Halo" }), "it would not give it back");
    }

    /// R179
    #[test]
    fn words_and_each_file_are_messages_of_their_own() {
        let files = vec![file("image/png", Some("media:5")), file("text/plain", None)];
        let parts = told(&MESSENGER, &[("page_id", "11")], message(Some("Ini"), files, false));
        let names: Vec<_> = parts.iter().map(|(name, _, _)| name.as_str()).collect();
        assert_eq!(names, ["text", "upload:0", "file:0", "upload:1", "file:1"]);
        assert_eq!((parts[1].1.as_str(), parts[1].2.get("platform")), ("11/message_attachments", None));
        assert_eq!(
            parts[2].2["message"]["attachment"],
            json!({ "type": "image", "payload": { "attachment_id": "5" } })
        );
        assert_eq!((&parts[4].2["message"]["attachment"]["type"], parts[2].2.get("reply_to")), (&json!("file"), None));
        let parts = told(&INSTAGRAM, &[], message(None, vec![file("application/pdf", None)], false));
        assert_eq!(parts[0].2["platform"], "instagram");
        let heavy = OutboundFile { size: 9 * 1024 * 1024, ..file("image/png", None) };
        assert_eq!((way(&MESSENGER, &heavy), way(&MESSENGER, &file("video/mp4", None))), ("file", "video"));
    }

    #[test]
    fn a_card_is_a_link_to_press() {
        let button = Some(Button { text: "A very long name of a coffee".into(), url: "https://kopi.example".into() });
        let card = |text: String| Say::Message {
            text: Some(text),
            files: vec![],
            reply_to: None,
            button: button.clone(),
            template: None,
            plain: false,
            late: false,
        };
        let payload =
            told(&INSTAGRAM, &[], card("Gayo".into())).remove(0).2["message"]["attachment"]["payload"].clone();
        assert_eq!(
            (&payload["text"], &payload["buttons"][0]["title"]),
            (&json!("Gayo"), &json!("A very long name of "))
        );
        let text = told(&INSTAGRAM, &[], card("x".repeat(641))).remove(0).2["message"]["text"].clone();
        assert!(text.as_str().is_some_and(|text| text.ends_with("\nhttps://kopi.example")));
    }

    #[test]
    fn signs_are_acts_and_nothing_is_taken_back() {
        let react = |emoji: Option<&str>| {
            let emoji = emoji.map(str::to_owned);
            told(&MESSENGER, &[], Say::React { target: "m_1".into(), emoji }).remove(0).2
        };
        let expected = json!({ "recipient": { "id": "7" }, "sender_action": "react",
            "payload": { "message_id": "m_1", "reaction": "love" } });
        assert_eq!((react(Some("❤️")), react(None)["sender_action"].clone()), (expected, json!("unreact")));
        for page in [&MESSENGER, &INSTAGRAM] {
            let known = |sign: &&str| SIGNS.iter().any(|(known, _)| known == sign);
            assert!(page.capabilities.reactions.iter().all(known));
        }
        assert_eq!(told(&MESSENGER, &[], Say::Seen { target: "m_1".into() })[0].2["sender_action"], "mark_seen");
        assert!(told(&MESSENGER, &[], Say::Delete { targets: vec!["m_1".into()] }).is_empty());
    }
}
