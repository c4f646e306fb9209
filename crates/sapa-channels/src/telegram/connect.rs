//! Whose token it is, and by which way updates come.

use super::{answer::result, request::call};
use crate::{Account, Answer, Outcome, Request};
use serde_json::{Value, json};

/// What is told to us. The list stays with the bot, so that it is always sent as a whole.
const UPDATES: [&str; 5] = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"];
/// At once, when they are asked for.
const UPDATES_AT_ONCE: usize = 100;

/// Behind a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bot {
    pub id: String,
    pub name: String,
    pub username: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookInfo {
    /// Empty: none.
    pub url: String,
    pub pending: i64,
    /// In milliseconds UTC.
    pub last_error_at: Option<i64>,
    pub last_error: Option<String>,
}

pub fn get_me(account: &Account) -> Request {
    call(account, "getMe", &json!({}))
}

pub fn bot(answer: &Answer<'_>) -> Result<Bot, Outcome> {
    let result = result(answer)?;
    let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
    let id = result["id"].as_i64().ok_or_else(|| Outcome::Permanent("no bot".to_owned()))?;
    Ok(Bot { id: id.to_string(), name: text("first_name"), username: text("username") })
}

/// Everything that was not confirmed, from this number on; waits so long for a first one.
pub fn get_updates(account: &Account, offset: Option<i64>, wait_s: u64) -> Request {
    let mut arguments = json!({ "limit": UPDATES_AT_ONCE, "timeout": wait_s, "allowed_updates": UPDATES });
    if let Some(offset) = offset {
        arguments["offset"] = json!(offset);
    }
    call(account, "getUpdates", &arguments)
}

pub fn set_webhook(account: &Account, url: &str, secret: &str) -> Request {
    call(account, "setWebhook", &json!({ "url": url, "secret_token": secret, "allowed_updates": UPDATES }))
}

pub fn remove_webhook(account: &Account) -> Request {
    call(account, "deleteWebhook", &json!({ "drop_pending_updates": false }))
}

pub fn get_webhook_info(account: &Account) -> Request {
    call(account, "getWebhookInfo", &json!({}))
}

pub fn webhook_info(answer: &Answer<'_>) -> Result<WebhookInfo, Outcome> {
    let result = result(answer)?;
    Ok(WebhookInfo {
        url: result["url"].as_str().unwrap_or_default().to_owned(),
        pending: result["pending_update_count"].as_i64().unwrap_or(0),
        last_error_at: result["last_error_date"].as_i64().map(|at| at.saturating_mul(1_000)),
        last_error: result["last_error_message"].as_str().map(str::to_owned),
    })
}

/// Whether it was done at all.
pub fn done(answer: &Answer<'_>) -> Result<Value, Outcome> {
    result(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_whose_it_is() {
        let said =
            |body: Value, status| bot(&Answer { status, retry_after_s: None, body: body.to_string().as_bytes() });
        let me =
            json!({ "ok": true, "result": { "id": 7, "is_bot": true, "first_name": "Kopi", "username": "kopi_bot" } });
        assert_eq!(said(me, 200), Ok(Bot { id: "7".into(), name: "Kopi".into(), username: "kopi_bot".into() }));
        let wrong = json!({ "ok": false, "error_code": 401, "description": "Unauthorized" });
        assert_eq!(said(wrong, 401), Err(Outcome::Reauthorize));
    }

    #[test]
    fn a_webhook_says_how_it_goes() {
        let info = json!({ "ok": true, "result": { "url": "https://a.example", "pending_update_count": 3,
            "last_error_date": 1_763_644_800, "last_error_message": "Wrong response: 500" } });
        let info = webhook_info(&Answer { status: 200, retry_after_s: None, body: info.to_string().as_bytes() });
        let info = info.expect("an answer");
        assert_eq!((info.pending, info.last_error_at), (3, Some(1_763_644_800_000)));
    }
}
