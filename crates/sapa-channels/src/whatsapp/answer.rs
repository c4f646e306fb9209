//! What the Graph's answers mean, and the errors of a status, which come out of the same table.

use crate::{
    Account, Answer, Located, Outcome, Refusal,
    graph::{self, FILE, hex},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

/// When it says "later" and not when.
const RATE_MS: i64 = 5_000;
/// Files come from there, and want to know who asks.
const AGENT: &str = "Sapa";

/// What an error means, wherever it stands.
pub(super) fn failure(error: &Value, status: u16) -> Outcome {
    let code = graph::code_of(&error["code"]);
    let said = graph::detail(error, code);
    match code {
        131_047 => Outcome::Window,
        131_056 => Outcome::Crowded,
        130_429 => Outcome::Rate(RATE_MS),
        131_000 | 131_016 | 131_057 | 133_004 => Outcome::Retry,
        131_048 | 131_049 | 130_472 | 131_064 => Outcome::Refused(Refusal::Limit, said),
        131_005 | 131_031 | 131_042 | 131_045 | 130_497 | 133_010 => Outcome::Broken(said),
        131_021 | 131_026 | 131_030 | 131_062 => Outcome::Refused(Refusal::Recipient, said),
        131_050 => Outcome::Refused(Refusal::Declined, said),
        131_052 | 131_053 => Outcome::Refused(Refusal::File, said),
        132_000..=132_999 => Outcome::Refused(Refusal::Template, said),
        _ => graph::known(error, status),
    }
}

/// What it says, or what the refusal means.
pub(super) fn said(answer: &Answer<'_>) -> Result<Value, Outcome> {
    graph::said(answer, failure)
}

pub(super) fn outcome(answer: &Answer<'_>) -> Outcome {
    let said = match said(answer) {
        Ok(said) => said,
        Err(outcome) => return outcome,
    };
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let message = text(&said["messages"][0]["id"]);
    let file = || text(&said["id"]).map(|id| format!("{FILE}{id}"));
    Outcome::Accepted(message.or_else(file).into_iter().collect())
}

pub(super) fn located(account: &Account, answer: &Answer<'_>) -> Result<Located, Outcome> {
    let said = said(answer)?;
    let address = said["url"].as_str().filter(|url| !url.is_empty());
    let address = address.ok_or_else(|| Outcome::Permanent("no address".to_owned()))?.to_owned();
    if said["file_size"].as_u64().is_some_and(|bytes| bytes > super::CAPABILITIES.files.inbound) {
        return Err(Outcome::Permanent("too big".to_owned()));
    }
    let headers = vec![("authorization", format!("Bearer {}", account.token)), ("user-agent", AGENT.to_owned())];
    Ok(Located { address, headers, sha256: said["sha256"].as_str().and_then(hash) })
}

/// As it comes: in hex, or in base64.
fn hash(text: &str) -> Option<Vec<u8>> {
    hex(text).or_else(|| STANDARD.decode(text).ok().filter(|bytes| bytes.len() == 32))
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

    fn error(code: i64) -> Outcome {
        of(400, &json!({ "error": { "code": code, "message": "(#1) Odd", "error_data": { "details": "why" } } }))
    }

    #[test]
    fn what_was_taken_has_its_name() {
        let sent = json!({ "messaging_product": "whatsapp", "messages": [{ "id": "wamid.9" }] });
        assert_eq!(of(200, &sent), Outcome::Accepted(vec!["wamid.9".into()]));
        assert_eq!(of(200, &json!({ "id": "77" })), Outcome::Accepted(vec!["media:77".into()]));
        assert_eq!(of(200, &json!({ "success": true })), Outcome::Accepted(Vec::new()));
    }

    #[test]
    fn each_refusal_has_its_class() {
        assert_eq!(error(190), Outcome::Reauthorize);
        assert_eq!(error(131_047), Outcome::Window);
        assert_eq!(error(131_056), Outcome::Crowded);
        assert_eq!(error(130_429), Outcome::Rate(RATE_MS));
        assert_eq!(error(131_016), Outcome::Retry);
        assert_eq!(error(131_042), Outcome::Broken("131042: why".into()));
        assert_eq!(error(200), Outcome::Broken("200: why".into()));
        let refused = [131_049, 131_026, 131_050, 131_053, 132_015].map(error);
        let refusals =
            [Refusal::Limit, Refusal::Recipient, Refusal::Declined, Refusal::File, Refusal::Template].into_iter();
        for (outcome, refusal) in refused.into_iter().zip(refusals) {
            assert!(matches!(outcome, Outcome::Refused(of, _) if of == refusal), "{refusal:?}");
        }
        assert_eq!(error(100), Outcome::Permanent("100: why".into()));
        assert_eq!(of(503, &json!({ "error": { "code": 99 } })), Outcome::Retry);
        assert_eq!(of(500, &json!({ "error": { "code": 99 } })), Outcome::Uncertain);
        let raw = |status| outcome(&Answer { status, retry_after_s: Some(3), body: b"<html>" });
        assert_eq!(
            [200, 400, 429, 502].map(raw),
            [Outcome::Uncertain, Outcome::Permanent("400".into()), Outcome::Rate(3_000), Outcome::Retry]
        );
    }

    #[test]
    fn where_a_file_is_and_what_it_must_be() {
        let account = Account { address: "https://g.example/v25.0".into(), token: "t".into(), fields: BTreeMap::new() };
        let at = |body: Value| {
            located(&account, &Answer { status: 200, retry_after_s: None, body: body.to_string().as_bytes() })
        };
        let hex = "ab".repeat(32);
        let file = at(json!({ "url": "https://look.example/x", "sha256": hex })).expect("a file");
        assert_eq!((file.address.as_str(), file.sha256), ("https://look.example/x", Some(vec![0xab; 32])));
        assert!(file.headers.contains(&("authorization", "Bearer t".to_owned())));
        let base64 = at(json!({ "url": "https://x.example", "sha256": STANDARD.encode([7; 32]) })).expect("a file");
        assert_eq!(base64.sha256, Some(vec![7; 32]));
        assert_eq!(
            at(json!({ "url": "https://x.example", "file_size": 200_000_000 })),
            Err(Outcome::Permanent("too big".into()))
        );
        assert!(at(json!({})).is_err());
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(status in 100..600_u16, body in prop::collection::vec(any::<u8>(), 0..500)) {
            let _ = outcome(&Answer { status, retry_after_s: None, body: &body });
        }
    }
}
