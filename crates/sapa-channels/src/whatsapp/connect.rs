//! Whether a token may do what is needed, whose number it is, and whether Meta tells us of it.

use super::answer::said;
use crate::{
    Account, Answer, Connection, Field, Found, Outcome, Step, Task, Wrong,
    graph::{get, post},
};
use serde_json::{Value, json};

pub(super) const CONNECTION: Connection = Connection {
    address: "https://graph.facebook.com/v25.0",
    otherwise: None,
    polling: false,
    hooked: false,
    fields: &[
        Field { name: "number_id", secret: false, needed: true },
        Field { name: "business_id", secret: false, needed: true },
        Field { name: "app_secret", secret: true, needed: true },
        Field { name: "second_app_secret", secret: true, needed: false },
    ],
};

/// What the token must be for.
const MANAGES: &str = "whatsapp_business_management";
const SCOPES: [&str; 2] = ["whatsapp_business_messaging", MANAGES];
const NUMBER: &str = "id,display_phone_number,verified_name,quality_rating";

pub(super) fn steps(account: &Account, task: &Task<'_>) -> Vec<Step> {
    let (number, business) = (account.field("number_id"), account.field("business_id"));
    let ask = |name, path: &str, query: &str| Step { name, request: get(account, path, query) };
    let mut steps = vec![
        ask("token", "debug_token", &format!("input_token={}", account.token)),
        ask("number", number, &format!("fields={NUMBER}")),
        ask("business", &format!("{business}/phone_numbers"), "fields=id&limit=100"),
    ];
    let subscription = format!("{business}/subscribed_apps");
    match task {
        Task::Connect(_) => {
            steps.push(Step { name: "subscribe", request: post(account, &subscription, &json!({})) });
        }
        Task::Check => steps.push(ask("subscription", &subscription, "")),
        // Others may share the business, so it stays subscribed.
        Task::Leave => return Vec::new(),
    }
    steps
}

pub(super) fn learn(account: &Account, step: &str, answer: &Answer<'_>, found: &mut Found) -> Result<(), Wrong> {
    let said = said(answer).map_err(|outcome| match (step, outcome) {
        (_, Outcome::Reauthorize) | ("token", Outcome::Permanent(_)) => Wrong::Token,
        ("number", Outcome::Permanent(_)) => Wrong::Field("number_id"),
        ("business", Outcome::Permanent(_)) => Wrong::Field("business_id"),
        (_, Outcome::Broken(_)) => Wrong::Scope(MANAGES),
        (_, other) => Wrong::Other(other),
    })?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match step {
        "token" => {
            let data = &said["data"];
            if data["is_valid"] == false {
                return Err(Wrong::Token);
            }
            let scopes = list(&data["scopes"]);
            if let Some(missing) = SCOPES.into_iter().find(|scope| !scopes.iter().any(|has| has == scope)) {
                return Err(Wrong::Scope(missing));
            }
            found.token_ends_at = data["expires_at"].as_i64().filter(|at| *at > 0).map(|at| at.saturating_mul(1_000));
        }
        "number" => {
            let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
            (found.id, found.name) = (account.field("number_id").to_owned(), text("verified_name"));
            found.username = text("display_phone_number");
            if found.name.is_empty() {
                found.name.clone_from(&found.username);
            }
            found.notes.push(("quality_rating".to_owned(), text("quality_rating")));
        }
        "business" => {
            let ours = list(&said["data"]).iter().any(|number| number["id"] == account.field("number_id"));
            return if ours { Ok(()) } else { Err(Wrong::Field("business_id")) };
        }
        "subscribe" => found.subscribed = Some(true),
        _ => found.subscribed = Some(!list(&said["data"]).is_empty()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> Account {
        let fields = [("number_id", "11"), ("business_id", "22")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        Account { address: "https://g.example/v25.0".into(), token: "t".into(), fields: fields.into() }
    }

    fn learned(step: &str, status: u16, body: &Value) -> Result<Found, Wrong> {
        let (mut found, body) = (Found::default(), body.to_string());
        learn(&account(), step, &Answer { status, retry_after_s: None, body: body.as_bytes() }, &mut found)?;
        Ok(found)
    }

    #[test]
    fn each_step_says_what_is_wrong() {
        let scopes = |scopes: Value| json!({ "data": { "is_valid": true, "scopes": scopes, "expires_at": 5 } });
        let both = learned("token", 200, &scopes(json!(SCOPES))).expect("a token");
        assert_eq!(both.token_ends_at, Some(5_000));
        assert_eq!(learned("token", 200, &scopes(json!([SCOPES[0]]))), Err(Wrong::Scope(MANAGES)));
        let error = |code: i64| json!({ "error": { "code": code, "message": "no" } });
        assert_eq!(learned("token", 400, &error(190)), Err(Wrong::Token));
        assert_eq!(learned("number", 400, &error(100)), Err(Wrong::Field("number_id")));
        assert_eq!(learned("business", 200, &json!({ "data": [{ "id": "12" }] })), Err(Wrong::Field("business_id")));
        assert!(learned("business", 200, &json!({ "data": [{ "id": "11" }] })).is_ok());
        assert_eq!(learned("subscribe", 403, &error(200)), Err(Wrong::Scope(MANAGES)));
        assert_eq!(learned("subscription", 200, &json!({ "data": [] })).map(|found| found.subscribed), Ok(Some(false)));
        let number = json!({ "verified_name": "Kopi", "display_phone_number": "+62 811", "quality_rating": "GREEN" });
        let found = learned("number", 200, &number).expect("a number");
        assert_eq!((found.id.as_str(), found.name.as_str(), found.username.as_str()), ("11", "Kopi", "+62 811"));
    }

    #[test]
    fn the_token_is_a_header_except_where_it_is_asked_about() {
        let steps = steps(&account(), &Task::Check);
        assert_eq!(
            steps.iter().map(|step| step.name).collect::<Vec<_>>(),
            ["token", "number", "business", "subscription"]
        );
        assert_eq!(steps[1].request.address, format!("https://g.example/v25.0/11?fields={NUMBER}"));
    }
}
