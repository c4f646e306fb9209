//! The templates of a business account.

use super::answer::said;
use crate::{Account, Answer, Outcome, Request, Template, graph::get, template::gaps};
use serde_json::Value;

/// Of one page.
const AT_ONCE: usize = 100;
const FIELDS: &str = "name,language,status,category,components";
/// Buttons with something that we do not fill in.
const ODD_BUTTONS: [&str; 6] = ["OTP", "COPY_CODE", "FLOW", "CATALOG", "MPM", "SPM"];

pub(super) fn ask(account: &Account, page: Option<&str>) -> Request {
    let path = format!("{}/message_templates", account.field("business_id"));
    let after = page.map(|page| format!("&after={page}")).unwrap_or_default();
    get(account, &path, &format!("fields={FIELDS}&limit={AT_ONCE}{after}"))
}

pub(super) fn read(answer: &Answer<'_>) -> Result<(Vec<Template>, Option<String>), Outcome> {
    let said = said(answer)?;
    let data = said["data"].as_array().into_iter().flatten();
    let plain = |after: &&str| after.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte));
    let next = said["paging"]["next"].as_str().and_then(|_| said["paging"]["cursors"]["after"].as_str());
    Ok((data.filter_map(template).collect(), next.filter(plain).map(str::to_owned)))
}

fn template(told: &Value) -> Option<Template> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut template = Template {
        name: Some(text(&told["name"])).filter(|name| !name.is_empty())?,
        language: text(&told["language"]),
        category: text(&told["category"]),
        approved: told["status"] == "APPROVED",
        status: text(&told["status"]),
        ..Template::default()
    };
    let all =
        |place: &str, text: &str| gaps(text).into_iter().map(|name| format!("{place}:{name}")).collect::<Vec<_>>();
    for component in told["components"].as_array().into_iter().flatten() {
        let words = text(&component["text"]);
        match component["type"].as_str().map(str::to_uppercase).as_deref() {
            Some("HEADER") if component["format"] == "TEXT" => {
                template.gaps.extend(all("header", &words));
                template.header = Some(words);
            }
            Some("HEADER") => template.unsupported = Some(text(&component["format"])),
            Some("BODY") => {
                template.gaps.extend(all("body", &words));
                template.body = words;
            }
            Some("FOOTER") => template.footer = Some(words),
            Some("BUTTONS") => {
                for (at, button) in component["buttons"].as_array().into_iter().flatten().enumerate() {
                    template.buttons.push(text(&button["text"]));
                    if !gaps(&text(&button["url"])).is_empty() {
                        template.gaps.push(format!("button:{at}"));
                    }
                    let kind = text(&button["type"]);
                    if ODD_BUTTONS.contains(&kind.as_str()) {
                        template.unsupported = Some(kind);
                    }
                }
            }
            other => template.unsupported = Some(other.unwrap_or_default().to_owned()),
        }
    }
    if template.body.is_empty() {
        template.unsupported.get_or_insert(template.category.clone());
    }
    Some(template)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_template_says_what_is_filled_in() {
        let told = json!({ "data": [
            { "name": "pesanan", "language": "id", "status": "APPROVED", "category": "UTILITY", "components": [
                { "type": "HEADER", "format": "TEXT", "text": "Pesanan {{1}}" },
                { "type": "BODY", "text": "Halo {{1}}, {{2}} siap." }, { "type": "FOOTER", "text": "Kopi" },
                { "type": "BUTTONS", "buttons": [ { "type": "QUICK_REPLY", "text": "Ok" },
                    { "type": "URL", "text": "Lihat", "url": "https://kopi.example/{{1}}" } ] } ] },
            { "name": "foto", "language": "id", "status": "PENDING", "components": [
                { "type": "HEADER", "format": "IMAGE" }, { "type": "BODY", "text": "Ini" } ] },
            { "language": "id" } ],
            "paging": { "cursors": { "after": "QVF" }, "next": "https://…" } });
        let answer = told.to_string();
        let read = read(&Answer { status: 200, retry_after_s: None, body: answer.as_bytes() }).expect("templates");
        assert_eq!((read.0.len(), read.1.as_deref()), (2, Some("QVF")));
        assert_eq!(read.0[0].gaps, ["header:1", "body:1", "body:2", "button:1"]);
        assert_eq!((read.0[0].approved, read.0[1].approved), (true, false));
        assert_eq!((read.0[0].unsupported.as_deref(), read.0[1].unsupported.as_deref()), (None, Some("IMAGE")));
        assert_eq!(read.0[0].buttons, ["Ok", "Lihat"]);
    }
}
