//! What Meta's channels have in common: how a push proves itself, how a call is made, and what an error means.

mod answer;
mod call;
mod hook;

pub(crate) use answer::{FILE, code_of, detail, known, said};
pub(crate) use call::{bearer, get, post};
pub(crate) use hook::{handshake, hex, is_genuine};

use jiff::Timestamp;
use serde_json::Value;

/// A time beyond it is in milliseconds.
const SECONDS: i64 = 100_000_000_000;
const ID_BYTES: usize = 512;

/// In milliseconds, however it is told.
pub(crate) fn time(told: &Value) -> Option<i64> {
    if let Some(at) = told.as_str().and_then(written) {
        return Some(at);
    }
    let told = told.as_i64().or_else(|| told.as_str()?.parse().ok()).filter(|at| *at > 0)?;
    Some(if told > SECONDS { told } else { told.saturating_mul(1_000) })
}

/// `2026-11-20T13:20:00+0000`.
fn written(text: &str) -> Option<i64> {
    let at = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%z", text).or_else(|_| text.parse()).ok()?;
    Some(at.as_millisecond())
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_time_is_one_however_it_is_told() {
        let times =
            [json!("1763644800"), json!(1_763_644_800), json!("1763644800000"), json!("2025-11-20T13:20:00+0000")];
        assert_eq!(times.map(|told| time(&told)), [Some(1_763_644_800_000); 4]);
        let days = ["1970-01-01", "2000-02-29", "2024-12-31", "2026-03-01"]
            .map(|day| time(&json!(format!("{day}T00:00:01Z"))));
        assert_eq!(days, [1_000, 951_782_401_000, 1_735_603_201_000, 1_772_323_201_000].map(Some));
        for odd in
            [json!("soon"), json!("2026-13-01T00:00:00"), json!("2026-1"), json!("éééT00:00:00"), json!(null), json!(0)]
        {
            assert_eq!(time(&odd), None, "{odd}");
        }
    }
}
