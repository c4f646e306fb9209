//! Graph calls. Our marks are WhatsApp's own.

use super::CAPABILITIES;
use crate::{
    Account, Body, Button, Filled, Method, Outbound, OutboundFile, Part, Request, Say,
    graph::{FILE, bearer, post},
};
use serde_json::{Value, json};

const LABEL_CHARACTERS: usize = 20;

/// Nothing that was said can be said otherwise or taken back.
pub(super) fn parts(account: &Account, outbound: &Outbound) -> Vec<Part> {
    let Say::Message { text, files, reply_to, button, template, .. } = &outbound.say else {
        return signs(account, outbound);
    };
    let mut quote = reply_to.clone();
    let mut part = |name: String, kind: &str, content: Value| {
        let mut body = json!({
            "messaging_product": "whatsapp", "recipient_type": "individual", "type": kind, kind: content,
            "biz_opaque_callback_data": format!("{}:{name}", outbound.reference),
        });
        address(&mut body, &outbound.chat);
        if let Some(quoted) = quote.take() {
            body["context"] = json!({ "message_id": quoted });
        }
        let path = format!("{}/messages", account.field("number_id"));
        Part { name, request: post(account, &path, &body), unseen: false }
    };
    if let Some(template) = template {
        return vec![part("text".to_owned(), "template", filled(template))];
    }
    let carries = |file: &OutboundFile| way(file) != "audio";
    let caption = text.as_ref().filter(|text| {
        button.is_none() && files.len() == 1 && files.iter().all(carries) && CAPABILITIES.caption.fits(text)
    });
    let mut parts = Vec::new();
    if let Some(text) = text.as_ref().filter(|_| caption.is_none()) {
        let (kind, content) = words(text, button.as_ref());
        parts.push(part("text".to_owned(), kind, content));
    }
    for (at, file) in files.iter().enumerate() {
        let kind = way(file);
        let known = file.uploaded.as_deref().and_then(|name| name.strip_prefix(FILE)).unwrap_or_default();
        let mut content = json!({ "id": known });
        if let Some(text) = caption {
            content["caption"] = json!(text);
        }
        if kind == "document" {
            content["filename"] = json!(file.name);
        }
        let name = if caption.is_some() { "caption".to_owned() } else { format!("file:{at}") };
        parts.push(Part { name: format!("upload:{at}"), request: upload(account, file, at), unseen: true });
        parts.push(part(name, kind, content));
    }
    parts
}

/// What is no message. That somebody writes cannot be shown without saying that all was read.
fn signs(account: &Account, outbound: &Outbound) -> Vec<Part> {
    let path = format!("{}/messages", account.field("number_id"));
    let (name, mut body) = match &outbound.say {
        Say::React { target, emoji } => {
            let reaction = json!({ "message_id": target, "emoji": emoji.as_deref().unwrap_or_default() });
            ("react", json!({ "recipient_type": "individual", "type": "reaction", "reaction": reaction }))
        }
        Say::Seen { target } => ("seen", json!({ "status": "read", "message_id": target })),
        _ => return Vec::new(),
    };
    body["messaging_product"] = json!("whatsapp");
    if name == "react" {
        address(&mut body, &outbound.chat);
    }
    vec![Part { name: name.to_owned(), request: post(account, &path, &body), unseen: false }]
}

/// Meta's own names have letters and a dot.
fn address(body: &mut Value, chat: &str) {
    let number = chat.bytes().all(|byte| byte.is_ascii_digit());
    body[if number { "to" } else { "recipient" }] = json!(chat);
}

/// A link to press stands below a text, if it is not too long for that; otherwise it is a line of it.
fn words(text: &str, button: Option<&Button>) -> (&'static str, Value) {
    match button {
        Some(Button { text: label, url }) if CAPABILITIES.caption.fits(text) => {
            let label: String = label.chars().take(LABEL_CHARACTERS).collect();
            let action = json!({ "name": "cta_url", "parameters": { "display_text": label, "url": url } });
            ("interactive", json!({ "type": "cta_url", "body": { "text": text }, "action": action }))
        }
        Some(Button { url, .. }) => ("text", json!({ "body": format!("{text}\n{url}"), "preview_url": true })),
        None => ("text", json!({ "body": text, "preview_url": true })),
    }
}

fn filled(template: &Filled) -> Value {
    let of = |place: &str| {
        let values = template.values.iter().filter_map(|(gap, value)| Some((gap.strip_prefix(place)?, value)));
        let parameter = |(name, value): (&str, &String)| {
            let mut parameter = json!({ "type": "text", "text": value });
            if !name.bytes().all(|byte| byte.is_ascii_digit()) {
                parameter["parameter_name"] = json!(name);
            }
            parameter
        };
        values.map(parameter).collect::<Vec<_>>()
    };
    let mut components = Vec::new();
    for (place, kind) in [("header:", "header"), ("body:", "body")] {
        let parameters = of(place);
        if !parameters.is_empty() {
            components.push(json!({ "type": kind, "parameters": parameters }));
        }
    }
    for (gap, value) in &template.values {
        if let Some(index) = gap.strip_prefix("button:") {
            let parameters = json!([{ "type": "text", "text": value }]);
            components.push(json!({ "type": "button", "sub_type": "url", "index": index, "parameters": parameters }));
        }
    }
    json!({ "name": template.name, "language": { "code": template.language }, "components": components })
}

fn upload(account: &Account, file: &OutboundFile, at: usize) -> Request {
    Request {
        method: Method::Post,
        address: format!("{}/{}/media", account.address, account.field("number_id")),
        headers: vec![bearer(account)],
        body: Body::Form {
            fields: vec![("messaging_product", "whatsapp".to_owned()), ("type", file.media_type.clone())],
            field: "file",
            file: at,
        },
    }
}

/// As what a file goes, so that it is shown and played.
fn way(file: &OutboundFile) -> &'static str {
    let limits = CAPABILITIES.files;
    match file.media_type.as_str() {
        "image/jpeg" | "image/png" if file.size <= limits.image => "image",
        "video/mp4" | "video/3gpp" if file.size <= limits.video => "video",
        "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg" if file.size <= limits.audio => "audio",
        _ => "document",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// Each part's name and what its body says.
    fn told(chat: &str, say: Say) -> Vec<(String, Value)> {
        let fields = [("number_id", "11"), ("business_id", "22")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let account = Account { address: "https://g.example/v25.0".into(), token: "t".into(), fields: fields.into() };
        let parts = parts(&account, &Outbound { chat: chat.into(), reference: "ent_1".into(), say });
        parts
            .into_iter()
            .map(|Part { name, request, .. }| {
                assert_eq!(request.headers[0], ("authorization", "Bearer t".to_owned()));
                assert!(!request.address.contains("Bearer"));
                let body = match request.body {
                    Body::Json(bytes) => serde_json::from_slice(&bytes).expect("JSON"),
                    _ => json!({ "address": request.address }),
                };
                (name, body)
            })
            .collect()
    }

    fn message(text: Option<&str>, files: Vec<OutboundFile>) -> Say {
        let text = text.map(str::to_owned);
        Say::Message {
            text,
            files,
            reply_to: Some("wamid.0".into()),
            button: None,
            template: None,
            plain: false,
            late: false,
        }
    }

    #[test]
    fn a_text_goes_to_a_number_or_to_a_name_of_metas() {
        let said = told("628123", message(Some("*Halo*"), vec![])).remove(0).1;
        let expected = json!({ "messaging_product": "whatsapp", "recipient_type": "individual", "to": "628123",
            "type": "text", "text": { "body": "*Halo*", "preview_url": true }, "context": { "message_id": "wamid.0" },
            "biz_opaque_callback_data": "ent_1:text" });
        assert_eq!(said, expected);
        let said = told("ID.77", message(Some("Halo"), vec![])).remove(0).1;
        assert_eq!((&said["recipient"], said.get("to")), (&json!("ID.77"), None));
    }

    /// R181
    #[test]
    fn a_file_is_brought_there_before_it_is_said() {
        let parts = told("628123", message(Some("Ini"), vec![file("image/png", Some("media:5"))]));
        let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["upload:0", "caption"]);
        assert_eq!(parts[0].1["address"], "https://g.example/v25.0/11/media");
        assert_eq!(parts[1].1["image"], json!({ "id": "5", "caption": "Ini" }));
        assert_eq!(parts[1].1["context"]["message_id"], "wamid.0");
        let parts = told("628123", message(Some("Ini"), vec![file("audio/ogg", None), file("text/plain", None)]));
        let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["text", "upload:0", "file:0", "upload:1", "file:1"]);
        assert_eq!(parts[4].1["document"]["filename"], "a.bin");
        assert_eq!(parts[2].1.get("context"), None, "it was quoted once");
        let heavy = OutboundFile { size: 6 * 1024 * 1024, ..file("image/png", None) };
        assert_eq!((way(&heavy), way(&file("video/mp4", None))), ("document", "video"));
    }

    #[test]
    fn a_card_is_a_link_to_press_and_a_template_is_filled_in() {
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
        let said = told("628123", card("Gayo".into())).remove(0).1;
        let label = &said["interactive"]["action"]["parameters"]["display_text"];
        assert_eq!(label, "A very long name of ");
        let said = told("628123", card("x".repeat(1_025))).remove(0).1;
        assert!(said["text"]["body"].as_str().is_some_and(|text| text.ends_with("\nhttps://kopi.example")));
        let values = [("header:1", "7"), ("body:nama", "Budi"), ("button:1", "x")];
        let values = values.map(|(gap, value)| (gap.to_owned(), value.to_owned())).to_vec();
        let template = Some(Filled { name: "pesanan".into(), language: "id".into(), values });
        let say = Say::Message {
            text: Some("…".into()),
            files: vec![],
            reply_to: None,
            button: None,
            template,
            plain: false,
            late: false,
        };
        let said = told("628123", say).remove(0).1;
        let expected = json!({ "name": "pesanan", "language": { "code": "id" }, "components": [
            { "type": "header", "parameters": [{ "type": "text", "text": "7" }] },
            { "type": "body", "parameters": [{ "type": "text", "text": "Budi", "parameter_name": "nama" }] },
            { "type": "button", "sub_type": "url", "index": "1", "parameters": [{ "type": "text", "text": "x" }] } ] });
        assert_eq!((&said["type"], &said["template"]), (&json!("template"), &expected));
    }

    #[test]
    fn nothing_is_said_otherwise_or_taken_back() {
        assert!(told("628123", Say::Delete { targets: vec!["wamid.1".into()] }).is_empty());
        assert!(told("628123", Say::Typing).is_empty());
    }
}
