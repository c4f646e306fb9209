//! Whose token it is, and by which way updates come.

use super::{answer::result, request::call};
use crate::{Account, Answer, Connection, Found, Outcome, Request, Step, Task, Wrong};
use serde_json::{Value, json};

/// What is told to us. The list stays with the bot, so that it is always sent as a whole.
const UPDATES: [&str; 5] = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"];
/// At once, when they are asked for.
const UPDATES_AT_ONCE: usize = 100;

pub(super) const CONNECTION: Connection =
    Connection { address: "https://api.telegram.org", otherwise: None, polling: true, hooked: true, fields: &[] };

pub(super) fn steps(account: &Account, task: &Task<'_>) -> Vec<Step> {
    let step = |name, arguments: Value| Step { name, request: call(account, name, &arguments) };
    let me = step("getMe", json!({}));
    let remove = || step("deleteWebhook", json!({ "drop_pending_updates": false }));
    match task {
        Task::Connect(Some(hook)) => {
            let set = json!({ "url": hook.address, "secret_token": hook.secret, "allowed_updates": UPDATES });
            vec![me, step("setWebhook", set)]
        }
        Task::Connect(None) => vec![me, remove()],
        Task::Check => vec![me, step("getWebhookInfo", json!({}))],
        Task::Leave => vec![remove()],
    }
}

pub(super) fn learn(step: &str, answer: &Answer<'_>, found: &mut Found) -> Result<(), Wrong> {
    let result = result(answer).map_err(|outcome| match (step, outcome) {
        (_, Outcome::Reauthorize) => Wrong::Token,
        ("setWebhook", Outcome::Permanent(detail)) => Wrong::Address(detail),
        (_, other) => Wrong::Other(other),
    })?;
    let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
    match step {
        "getMe" => {
            let id = result["id"].as_i64().ok_or_else(|| Wrong::Other(Outcome::Permanent("no bot".to_owned())))?;
            (found.id, found.name) = (id.to_string(), text("first_name"));
            found.username = format!("@{}", text("username"));
        }
        "getWebhookInfo" => {
            found.pushes_to = Some(text("url"));
            found.pending = result["pending_update_count"].as_i64().unwrap_or(0);
            found.last_error_at = result["last_error_date"].as_i64().map(|at| at.saturating_mul(1_000));
            found.last_error = result["last_error_message"].as_str().map(str::to_owned);
        }
        _ => {}
    }
    Ok(())
}

/// Everything that was not confirmed, from this number on; waits so long for a first one.
pub(super) fn get_updates(account: &Account, offset: Option<i64>, wait_s: u64) -> Request {
    let mut arguments = json!({ "limit": UPDATES_AT_ONCE, "timeout": wait_s, "allowed_updates": UPDATES });
    if let Some(offset) = offset {
        arguments["offset"] = json!(offset);
    }
    call(account, "getUpdates", &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(step: &str, body: &Value, status: u16) -> Result<Found, Wrong> {
        let mut found = Found::default();
        let answer = body.to_string();
        learn(step, &Answer { status, retry_after_s: None, body: answer.as_bytes() }, &mut found)?;
        Ok(found)
    }

    #[test]
    fn a_token_says_whose_it_is() {
        let me =
            json!({ "ok": true, "result": { "id": 7, "is_bot": true, "first_name": "Kopi", "username": "kopi_bot" } });
        let bot = Found { id: "7".into(), name: "Kopi".into(), username: "@kopi_bot".into(), ..Found::default() };
        assert_eq!(said("getMe", &me, 200), Ok(bot));
        let wrong = json!({ "ok": false, "error_code": 401, "description": "Unauthorized" });
        assert_eq!(said("getMe", &wrong, 401), Err(Wrong::Token));
        let wrong = json!({ "ok": false, "error_code": 400, "description": "Bad Request: bad webhook" });
        assert_eq!(said("setWebhook", &wrong, 400), Err(Wrong::Address("Bad Request: bad webhook".into())));
    }

    #[test]
    fn a_webhook_says_how_it_goes() {
        let info = json!({ "ok": true, "result": { "url": "https://a.example", "pending_update_count": 3,
            "last_error_date": 1_763_644_800, "last_error_message": "Wrong response: 500" } });
        let found = said("getWebhookInfo", &info, 200).expect("an answer");
        assert_eq!((found.pending, found.last_error_at), (3, Some(1_763_644_800_000)));
        assert_eq!(found.pushes_to.as_deref(), Some("https://a.example"));
    }
}
