//! What the Bot API's answers mean. Its descriptions are for people and change: they are matched loosely.

use super::update::named;
use crate::{Account, Answer, Located, Outcome};
use serde::Deserialize;
use serde_json::Value;

/// What we keep of a description.
const DETAIL_CHARACTERS: usize = 200;
/// When it says "later" and not when.
const RATE_MS: i64 = 1_000;
/// Nobody is told to wait longer.
const LONGEST_S: i64 = 86_400;

#[derive(Deserialize)]
pub(super) struct Said {
    ok: bool,
    #[serde(default)]
    pub result: Value,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<i64>,
    migrate_to_chat_id: Option<i64>,
}

/// The result, or what the refusal means.
pub(super) fn result(answer: &Answer<'_>) -> Result<Value, Outcome> {
    let Ok(said) = serde_json::from_slice::<Said>(answer.body) else {
        // A proxy in between, or an answer that broke off: what was asked may have been done.
        return Err(match answer.status {
            429 => Outcome::Rate(wait(answer)),
            // Nobody behind it had it.
            502 | 503 => Outcome::Retry,
            200..=299 | 500.. => Outcome::Uncertain,
            status => Outcome::Permanent(status.to_string()),
        });
    };
    if said.ok { Ok(said.result) } else { Err(refused(answer, &said)) }
}

fn wait(answer: &Answer<'_>) -> i64 {
    answer
        .retry_after_s
        .and_then(|seconds| Some(i64::try_from(seconds).ok()?.min(LONGEST_S) * 1_000))
        .unwrap_or(RATE_MS)
}

fn refused(answer: &Answer<'_>, said: &Said) -> Outcome {
    let code = if said.error_code == 0 { answer.status } else { said.error_code };
    let about = said.description.to_lowercase();
    if let Some(chat) = said.parameters.migrate_to_chat_id {
        return Outcome::Moved(chat.to_string());
    }
    match code {
        429 => Outcome::Rate(
            said.parameters.retry_after.map_or(wait(answer), |seconds| seconds.clamp(0, LONGEST_S) * 1_000),
        ),
        401 | 404 => Outcome::Reauthorize,
        403 => Outcome::Blocked,
        // Nobody behind it had it; with others it may have been done.
        502 | 503 => Outcome::Retry,
        500.. => Outcome::Uncertain,
        _ if about.contains("not modified") => Outcome::Accepted(Vec::new()),
        _ if about.contains("parse") && about.contains("entit") => Outcome::Marks,
        _ if about.contains("chat not found") || about.contains("user is deactivated") => Outcome::Blocked,
        _ => Outcome::Permanent(
            said.description.chars().filter(|char| !char.is_control()).take(DETAIL_CHARACTERS).collect(),
        ),
    }
}

pub(super) fn outcome(answer: &Answer<'_>) -> Outcome {
    let result = match result(answer) {
        Ok(result) => result,
        Err(outcome) => return outcome,
    };
    let name = |message: &Value| match &message["chat"]["id"] {
        Value::Number(chat) => named(&chat.to_string(), &message["message_id"]).ok(),
        _ => None,
    };
    match &result {
        Value::Array(messages) => Outcome::Accepted(messages.iter().filter_map(name).collect()),
        message => Outcome::Accepted(name(message).into_iter().collect()),
    }
}

/// A server of one's own on the same machine answers with a path of its disk, which is no address.
pub(super) fn located(account: &Account, answer: &Answer<'_>) -> Result<Located, Outcome> {
    let result = result(answer)?;
    let path = result["file_path"].as_str().filter(|path| !path.is_empty() && !path.starts_with('/'));
    let path = path.ok_or_else(|| Outcome::Permanent("no path".to_owned()))?;
    let address = format!("{}/file/bot{}/{path}", account.address, account.token);
    Ok(Located { address, ..Located::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn of(status: u16, body: &Value) -> Outcome {
        outcome(&Answer { status, retry_after_s: None, body: body.to_string().as_bytes() })
    }

    fn error(code: u16, description: &str) -> Outcome {
        of(code, &json!({ "ok": false, "error_code": code, "description": description }))
    }

    #[test]
    fn what_was_taken_has_its_names() {
        let message = |id: i64| json!({ "message_id": id, "chat": { "id": 5 }, "text": "a" });
        assert_eq!(of(200, &json!({ "ok": true, "result": message(7) })), Outcome::Accepted(vec!["5:7".into()]));
        let album = json!({ "ok": true, "result": [message(7), message(8)] });
        assert_eq!(of(200, &album), Outcome::Accepted(vec!["5:7".into(), "5:8".into()]));
        assert_eq!(of(200, &json!({ "ok": true, "result": true })), Outcome::Accepted(Vec::new()));
    }

    #[test]
    fn each_refusal_has_its_class() {
        let rate = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 14", "parameters": { "retry_after": 14 } });
        assert_eq!(of(429, &rate), Outcome::Rate(14_000));
        let moved = json!({ "ok": false, "error_code": 400, "description": "group upgraded", "parameters": { "migrate_to_chat_id": -1001 } });
        assert_eq!(of(400, &moved), Outcome::Moved("-1001".into()));
        assert_eq!(error(403, "Forbidden: bot was blocked by the user"), Outcome::Blocked);
        assert_eq!(error(400, "Bad Request: chat not found"), Outcome::Blocked);
        assert_eq!(error(401, "Unauthorized"), Outcome::Reauthorize);
        assert_eq!(error(404, "Not Found"), Outcome::Reauthorize);
        assert_eq!(error(502, "Bad Gateway"), Outcome::Retry);
        assert_eq!(error(400, "Bad Request: message is not modified: specified new …"), Outcome::Accepted(Vec::new()));
        assert_eq!(error(400, "Bad Request: can't parse entities: Can't find end"), Outcome::Marks);
        assert_eq!(
            error(400, "Bad Request: file is too big"),
            Outcome::Permanent("Bad Request: file is too big".into())
        );
        let raw = |status| outcome(&Answer { status, retry_after_s: Some(3), body: b"<html>" });
        assert_eq!(
            [200, 400, 429, 500, 502].map(raw),
            [
                Outcome::Uncertain,
                Outcome::Permanent("400".into()),
                Outcome::Rate(3_000),
                Outcome::Uncertain,
                Outcome::Retry
            ]
        );
    }

    #[test]
    fn where_a_file_is() {
        let account = Account { address: "https://tg.example".into(), token: "7:s".into(), fields: BTreeMap::new() };
        let at = |path: &str| {
            let body = json!({ "ok": true, "result": { "file_id": "f", "file_path": path } }).to_string();
            located(&account, &Answer { status: 200, retry_after_s: None, body: body.as_bytes() })
                .map(|located| located.address)
        };
        assert_eq!(at("photos/1.jpg").as_deref(), Ok("https://tg.example/file/bot7:s/photos/1.jpg"));
        assert!(at("/var/lib/telegram/1.jpg").is_err());
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(status in 100..600_u16, body in prop::collection::vec(any::<u8>(), 0..500)) {
            let _ = outcome(&Answer { status, retry_after_s: None, body: &body });
        }
    }
}
