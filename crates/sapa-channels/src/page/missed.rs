//! What was said while nobody listened, as the Graph tells it when it is asked: made into what it would have pushed.

use super::{Page, answer::said, request::from};
use crate::{
    Account, Answer, Item, Missed, Outcome, Request,
    graph::{get, id, text, time},
};
use serde_json::{Value, json};

/// Of one page, and of each of its conversations.
const CONVERSATIONS: usize = 25;
const MESSAGES: usize = 20;
/// What it is called there that a file of a message is, and where its link is.
const FILES: [(&str, &str); 4] =
    [("image", "image_data"), ("video", "video_data"), ("audio", "audio_data"), ("file", "file_url")];

pub(super) fn ask(page: &Page, account: &Account, after: Option<&str>) -> Request {
    let platform = if page.object == "page" { "messenger" } else { "instagram" };
    let messages = "id,created_time,from,to,message,attachments";
    let fields = format!("updated_time,messages.limit({MESSAGES}){{{messages}}}");
    let after = after.map(|after| format!("&after={after}")).unwrap_or_default();
    let query = format!("platform={platform}&limit={CONVERSATIONS}&fields={fields}{after}");
    get(account, &format!("{}/conversations", from(account)), &query)
}

/// The newest conversations come first: who was not written to since then ends it.
pub(super) fn read(account: &Account, own: &str, answer: &Answer<'_>, since: i64) -> Result<Missed, Outcome> {
    let said = said(answer)?;
    let list = |value: &Value| value["data"].as_array().cloned().unwrap_or_default();
    let (mut items, mut goes_on) = (Vec::new(), true);
    for conversation in list(&said) {
        goes_on = time(&conversation["updated_time"]).is_none_or(|at| at >= since);
        if !goes_on {
            break;
        }
        let messages = list(&conversation["messages"]);
        let ours = [own, account.field("page_id"), account.field(super::connect::SCOPED)];
        items.extend(messages.iter().rev().filter_map(|message| item(&ours, own, message, since)));
    }
    let next = text(&said["paging"]["cursors"]["after"]).filter(|_| goes_on && said["paging"]["next"].is_string());
    Ok(Missed { items, next })
}

fn item(ours: &[&str], own: &str, message: &Value, since: i64) -> Option<Item> {
    let at = time(&message["created_time"]).filter(|at| *at >= since)?;
    let (mid, from) = (id(&message["id"])?, id(&message["from"]["id"])?);
    let echo = ours.contains(&from.as_str());
    let person = if echo { id(&message["to"]["data"][0]["id"])? } else { from };
    let attachments = message["attachments"]["data"].as_array().map_or(&[][..], Vec::as_slice);
    let attachments: Vec<_> = attachments.iter().filter_map(attachment).collect();
    let about = json!({
        "sender": { "id": if echo { own } else { &person } }, "recipient": { "id": if echo { &person } else { own } },
        "timestamp": at, "message": { "mid": mid, "is_echo": echo, "text": message["message"],
            "attachments": attachments },
    });
    let kept = json!({ "kind": "messaging", "account": own, "about": about });
    let kind = if echo { "echo" } else { "message" };
    Some(Item {
        key: Some(format!("{kind}:{mid}")),
        account: Some(own.to_owned()),
        body: kept.to_string().into_bytes(),
    })
}

fn attachment(file: &Value) -> Option<Value> {
    let (kind, url) = FILES.iter().find_map(|(kind, place)| {
        let link = &file[*place];
        Some((kind, text(link).or_else(|| text(&link["url"]))?))
    })?;
    Some(json!({ "type": kind, "payload": { "url": url } }))
}

#[cfg(test)]
mod tests {
    use super::super::{INSTAGRAM, MESSENGER, update};
    use super::*;
    use crate::What;

    #[test]
    fn what_was_missed_is_as_it_would_have_been_pushed() {
        let account = Account {
            address: "https://g.example/v25.0".into(),
            token: "t".into(),
            fields: [("page_id".to_owned(), "11".to_owned())].into(),
        };
        let message = |mid: &str, from: &str, to: &str, at: &str| {
            json!({ "id": mid, "created_time": at, "from": { "id": from }, "to": { "data": [{ "id": to }] },
                "message": "Halo", "attachments": { "data": [{ "image_data": { "url": "https://x.fbcdn.net/a.jpg" } }] } })
        };
        let body = json!({ "data": [
            { "updated_time": "2025-11-20T13:20:00+0000", "messages": { "data": [
                message("m_3", "11", "7", "2025-11-20T13:20:00+0000"), message("m_2", "7", "11", "2025-11-20T13:00:00+0000"),
                message("m_1", "7", "11", "2025-11-19T13:00:00+0000")] } },
            { "updated_time": "2025-11-01T00:00:00+0000", "messages": { "data": [
                message("m_0", "8", "11", "2025-11-20T13:00:00+0000")] } },
        ], "paging": { "cursors": { "after": "x" }, "next": "https://…" } });
        let answer = |body: &Value| {
            let body = body.to_string();
            read(&account, "11", &Answer { status: 200, retry_after_s: None, body: body.as_bytes() }, 1_763_560_800_000)
        };
        let missed = answer(&body).expect("what was missed");
        let keys: Vec<_> = missed.items.iter().filter_map(|item| item.key.as_deref()).collect();
        assert_eq!((keys, missed.next), (vec!["message:m_2", "echo:m_3"], None), "oldest first, and nothing older");
        let first = update::read(&missed.items[0].body).expect("an update");
        assert_eq!((first.chat.as_str(), first.at), ("7", Some(1_763_643_600_000)));
        assert!(matches!(first.what, What::Message(said) if said.files.len() == 1));
        let more = json!({ "data": [], "paging": { "cursors": { "after": "x" }, "next": "y" } });
        assert_eq!(answer(&more).expect("a page").next.as_deref(), Some("x"));
        let asked = ask(&INSTAGRAM, &Account { fields: [].into(), ..account.clone() }, Some("x")).address;
        assert!(
            asked.starts_with("https://g.example/v25.0/me/conversations?platform=instagram&")
                && asked.ends_with("&after=x")
        );
        assert!(ask(&MESSENGER, &account, None).address.contains("11/conversations?platform=messenger"));
    }
}
