//! What the Graph's answers have in common.

use crate::{Answer, Outcome};
use serde_json::Value;

/// What we keep of what it says.
const DETAIL_CHARACTERS: usize = 200;
/// Nobody is told to wait longer.
const LONGEST_S: u64 = 86_400;
/// When it says "later" and not when.
const RATE_MS: i64 = 5_000;
/// How files we sent are told from messages.
pub(crate) const FILE: &str = "media:";

pub(crate) fn code_of(value: &Value) -> i64 {
    value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(-1)
}

pub(crate) fn detail(error: &Value, code: i64) -> String {
    let said = [&error["error_data"]["details"], &error["message"], &error["title"]];
    let said = said.into_iter().filter_map(Value::as_str).find(|said| !said.is_empty()).unwrap_or_default();
    format!("{code}: {said}").chars().filter(|char| !char.is_control()).take(DETAIL_CHARACTERS).collect()
}

/// What an error means that every channel of Meta's has; what is none of theirs is final.
pub(crate) fn known(error: &Value, status: u16) -> Outcome {
    let code = code_of(&error["code"]);
    let said = detail(error, code);
    match code {
        190 => Outcome::Reauthorize,
        4 | 17 | 32 | 613 | 80_002..=80_014 => Outcome::Rate(RATE_MS),
        1 | 2 => Outcome::Retry,
        0 | 3 | 10 | 200..=299 | 368 => Outcome::Broken(said),
        _ if error["is_transient"].as_bool() == Some(true) => Outcome::Retry,
        // Sometimes it went out all the same.
        1_357_046 => Outcome::Uncertain,
        // Nobody behind it had it; with others it may have been done.
        _ if matches!(status, 502 | 503) => Outcome::Retry,
        _ if status >= 500 => Outcome::Uncertain,
        _ => Outcome::Permanent(said),
    }
}

/// What it says, or what the refusal means by the channel's table.
pub(crate) fn said(answer: &Answer<'_>, failure: fn(&Value, u16) -> Outcome) -> Result<Value, Outcome> {
    let Ok(said) = serde_json::from_slice::<Value>(answer.body) else {
        // A proxy in between, or an answer that broke off: what was asked may have been done.
        return Err(match answer.status {
            429 => Outcome::Rate(wait(answer)),
            502 | 503 => Outcome::Retry,
            200..=299 | 500.. => Outcome::Uncertain,
            status => Outcome::Permanent(status.to_string()),
        });
    };
    if said["error"].is_object() {
        return Err(match failure(&said["error"], answer.status) {
            Outcome::Rate(_) => Outcome::Rate(wait(answer)),
            other => other,
        });
    }
    match answer.status {
        200..=299 => Ok(said),
        429 => Err(Outcome::Rate(wait(answer))),
        502 | 503 => Err(Outcome::Retry),
        500.. => Err(Outcome::Uncertain),
        status => Err(Outcome::Permanent(status.to_string())),
    }
}

fn wait(answer: &Answer<'_>) -> i64 {
    let told = answer.retry_after_s.and_then(|seconds| i64::try_from(seconds.min(LONGEST_S)).ok());
    told.map_or(RATE_MS, |seconds| seconds * 1_000)
}
