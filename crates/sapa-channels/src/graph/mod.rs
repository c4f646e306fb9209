//! What Meta's channels have in common: how a push proves itself, how a call is made, and what an error means.

mod answer;
mod call;
mod hook;

pub(crate) use answer::{FILE, code_of, detail, known, said};
pub(crate) use call::{bearer, get, post};
pub(crate) use hook::{handshake, hex, is_genuine};

use serde_json::Value;

/// A time beyond it is in milliseconds.
const SECONDS: i64 = 100_000_000_000;
const ID_BYTES: usize = 512;

/// In milliseconds, however it is told.
pub(crate) fn time(told: &Value) -> Option<i64> {
    let told = told.as_i64().or_else(|| told.as_str()?.parse().ok()).filter(|at| *at > 0)?;
    Some(if told > SECONDS { told } else { told.saturating_mul(1_000) })
}

pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// Names come as text, or as numbers beyond what a float can hold.
pub(crate) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() && text.len() <= ID_BYTES => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}
