//! Whose token it is, whether it may do what is needed, and whether Meta tells us of it.
//!
//! An account of Instagram is reached in one of two ways: with its own log-in, or through the Facebook page that it is
//! linked with. The second one is chosen by naming the page.

use super::{Page, answer::said};
use crate::{
    Account, Answer, COMMENTS, Connection, Field, Found, Outcome, Request, Step, Task, Wrong,
    graph::{get, id, post},
};
use serde_json::{Value, json};

const GRAPH: &str = "https://graph.facebook.com/v25.0";
const SECRETS: [Field; 2] = [
    Field { name: "app_secret", secret: true, needed: true },
    Field { name: "second_app_secret", secret: true, needed: false },
];

pub(super) const MESSENGER: Connection = Connection {
    address: GRAPH,
    otherwise: None,
    polling: false,
    hooked: false,
    fields: &[Field { name: "page_id", secret: false, needed: true }, SECRETS[0], SECRETS[1]],
};

pub(super) const INSTAGRAM: Connection = Connection {
    address: "https://graph.instagram.com/v25.0",
    otherwise: Some(("page_id", GRAPH)),
    polling: false,
    hooked: false,
    fields: &[Field { name: "page_id", secret: false, needed: false }, SECRETS[0], SECRETS[1]],
};

const MANAGES: &str = "pages_manage_metadata";
/// What the token must be for, where it is one of Facebook's.
const PAGE_SCOPES: [&str; 2] = ["pages_messaging", MANAGES];
const LINKED_SCOPES: [&str; 3] = ["instagram_basic", "instagram_manage_messages", MANAGES];
/// What one of Instagram's needs: it is asked for with the account.
const OWN_SCOPE: &str = "instagram_business_manage_messages";

/// What its account is called there besides, in pushes.
pub(super) const SCOPED: &str = "scoped_id";

pub(super) fn steps(page: &Page, account: &Account, task: &Task<'_>) -> Vec<Step> {
    let of_page = account.field("page_id");
    let ask = |name, path: &str, query: &str| Step { name, request: get(account, path, query) };
    let mut steps = Vec::new();
    let from = if of_page.is_empty() { "me" } else { of_page };
    if of_page.is_empty() {
        steps.push(ask("account", "me", "fields=id,user_id,username,name"));
    } else {
        steps.push(ask("token", "debug_token", &format!("input_token={}", account.token)));
        let fields = if page.object == "page" {
            "id,name,username"
        } else {
            "id,name,instagram_business_account{id,username,name}"
        };
        steps.push(ask("page", of_page, &format!("fields={fields}")));
    }
    let subscription = format!("{from}/subscribed_apps");
    match task {
        Task::Connect(_) => {
            // The page's own list, whatever it is asked for: it takes no other, and tells the whole account behind it.
            let fields = json!({ "subscribed_fields": told_fields(page, account).join(",") });
            steps.push(Step { name: "subscribe", request: post(account, &subscription, &fields) });
        }
        Task::Check => steps.push(ask("subscription", &subscription, "")),
        Task::Leave => {
            let leave = format!("{subscription}?method=delete");
            return vec![Step { name: "leave", request: post(account, &leave, &json!({})) }];
        }
    }
    steps
}

pub(super) fn learn(
    page: &Page,
    account: &Account,
    step: &str,
    answer: &Answer<'_>,
    found: &mut Found,
) -> Result<(), Wrong> {
    let own = account.field("page_id").is_empty();
    let said = said(answer).map_err(|outcome| match (step, outcome) {
        (_, Outcome::Reauthorize) | ("token", Outcome::Permanent(_)) => Wrong::Token,
        ("page", Outcome::Permanent(_)) => Wrong::Field("page_id"),
        (_, Outcome::Broken(_)) => Wrong::Scope(if own { OWN_SCOPE } else { MANAGES }),
        (_, other) => Wrong::Other(other),
    })?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match step {
        "token" => return token(page, &said["data"], found),
        "account" => {
            let scoped = id(&said["id"]).unwrap_or_default();
            found.id = id(&said["user_id"]).unwrap_or_else(|| scoped.clone());
            found.fields.push((SCOPED.to_owned(), scoped));
            named(found, &said);
        }
        "page" if page.object == "page" => {
            found.id = account.field("page_id").to_owned();
            named(found, &said);
        }
        "page" => {
            let linked = &said["instagram_business_account"];
            found.id = id(&linked["id"]).ok_or(Wrong::Field("page_id"))?;
            found.notes.push(("page".to_owned(), text(&said["name"])));
            named(found, linked);
        }
        "subscription" => {
            found.subscribed = Some(is_told(&told_fields(page, account), &said["data"], found.app.as_deref()))
        }
        "subscribe" => found.subscribed = Some(true),
        _ => {}
    }
    Ok(())
}

/// One of Instagram's own log-in lasts for sixty days, and can be made longer.
pub(super) fn ask_for_token(page: &Page, account: &Account) -> Option<Request> {
    let ends = page.object == "instagram" && account.field("page_id").is_empty();
    ends.then(|| get(account, "refresh_access_token", "grant_type=ig_refresh_token"))
}

/// Of the page, or of the account.
fn named(found: &mut Found, said: &Value) {
    let text = |name: &str| said[name].as_str().filter(|text| !text.is_empty());
    let username = text("username").map(|username| format!("@{username}")).unwrap_or_default();
    found.name = text("name").map_or_else(|| username.clone(), str::to_owned);
    found.username = if username.is_empty() { found.name.clone() } else { username };
}

fn token(page: &Page, data: &Value, found: &mut Found) -> Result<(), Wrong> {
    if data["is_valid"] == false {
        return Err(Wrong::Token);
    }
    let wanted: &[&'static str] = if page.object == "page" { &PAGE_SCOPES } else { &LINKED_SCOPES };
    let scopes = data["scopes"].as_array().map_or(&[][..], Vec::as_slice);
    if let Some(missing) = wanted.iter().find(|scope| !scopes.iter().any(|has| has == **scope)) {
        return Err(Wrong::Scope(missing));
    }
    found.app = id(&data["app_id"]);
    found.token_ends_at = data["expires_at"].as_i64().filter(|at| *at > 0).map(|at| at.saturating_mul(1_000));
    Ok(())
}

/// Whether an app of which the token is hears of everything that is needed.
/// A page takes its own list only, and by it tells of the account of Instagram behind it, too.
fn told_fields(page: &Page, account: &Account) -> Vec<&'static str> {
    let own = account.field("page_id").is_empty();
    let from = if own { page } else { &super::MESSENGER };
    let comments = (!account.field(COMMENTS).is_empty()).then_some(from.comments);
    from.fields.iter().copied().chain(comments).collect()
}

fn is_told(fields: &[&str], apps: &Value, app: Option<&str>) -> bool {
    let apps = apps.as_array().map_or(&[][..], Vec::as_slice);
    let ours = apps.iter().filter(|known| app.is_none_or(|app| id(&known["id"]).is_none_or(|id| id == app)));
    ours.into_iter().any(|app| {
        // An account of Instagram's own log-in names none.
        let Some(told) = app["subscribed_fields"].as_array() else { return true };
        fields.iter().all(|field| told.iter().any(|told| told == field))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{INSTAGRAM, MESSENGER};
    use super::*;

    fn account(page_id: &str) -> Account {
        let fields = [("page_id".to_owned(), page_id.to_owned())];
        Account { address: "https://g.example/v25.0".into(), token: "t".into(), fields: fields.into() }
    }

    fn learned(page: &Page, page_id: &str, step: &str, status: u16, body: &Value) -> Result<Found, Wrong> {
        let (mut found, body) = (Found { app: Some("5".into()), ..Found::default() }, body.to_string());
        let answer = Answer { status, retry_after_s: None, body: body.as_bytes() };
        learn(page, &account(page_id), step, &answer, &mut found)?;
        Ok(found)
    }

    #[test]
    fn each_step_says_what_is_wrong() {
        let scopes =
            |scopes: Value| json!({ "data": { "is_valid": true, "scopes": scopes, "expires_at": 5, "app_id": "5" } });
        let page = |step: &str, status, body: &Value| learned(&MESSENGER, "11", step, status, body);
        let right = page("token", 200, &scopes(json!(PAGE_SCOPES))).expect("a token");
        assert_eq!((right.token_ends_at, right.app.as_deref()), (Some(5_000), Some("5")));
        assert_eq!(page("token", 200, &scopes(json!(["pages_messaging"]))), Err(Wrong::Scope(MANAGES)));
        let error = |code: i64| json!({ "error": { "code": code, "message": "no" } });
        assert_eq!(page("page", 400, &error(190)), Err(Wrong::Token));
        assert_eq!(page("page", 400, &error(100)), Err(Wrong::Field("page_id")));
        assert_eq!(page("subscribe", 403, &error(200)), Err(Wrong::Scope(MANAGES)));
        let found = page("page", 200, &json!({ "id": "11", "name": "Kopi" })).expect("a page");
        assert_eq!((found.id.as_str(), found.name.as_str(), found.username.as_str()), ("11", "Kopi", "Kopi"));
    }

    #[test]
    fn what_it_must_tell_is_looked_at() {
        let told = |apps: Value| {
            learned(&MESSENGER, "11", "subscription", 200, &json!({ "data": apps })).map(|found| found.subscribed)
        };
        assert_eq!(told(json!([])), Ok(Some(false)));
        assert_eq!(told(json!([{ "id": "5", "subscribed_fields": MESSENGER.fields }])), Ok(Some(true)));
        assert_eq!(told(json!([{ "id": "6", "subscribed_fields": MESSENGER.fields }])), Ok(Some(false)), "another app");
        assert_eq!(told(json!([{ "id": "5", "subscribed_fields": ["messages"] }])), Ok(Some(false)));
    }

    #[test]
    fn an_account_of_instagram_is_reached_in_one_of_two_ways() {
        let names = |page_id: &str| {
            let steps = steps(&INSTAGRAM, &account(page_id), &Task::Check).into_iter();
            steps.map(|step| step.request.address.replace("https://g.example/v25.0/", "")).collect::<Vec<_>>()
        };
        assert_eq!(names(""), ["me?fields=id,user_id,username,name", "me/subscribed_apps"]);
        assert_eq!(names("11").len(), 3);
        assert!(
            ask_for_token(&INSTAGRAM, &account("")).is_some() && ask_for_token(&INSTAGRAM, &account("11")).is_none()
        );
        let own = json!({ "id": "99", "user_id": "1784", "username": "kopi.senja" });
        let found = learned(&INSTAGRAM, "", "account", 200, &own).expect("an account");
        assert_eq!(
            (found.id.as_str(), found.username.as_str(), found.name.as_str()),
            ("1784", "@kopi.senja", "@kopi.senja")
        );
        assert_eq!(found.fields, [("scoped_id".to_owned(), "99".to_owned())]);
        let linked =
            json!({ "name": "Kopi", "instagram_business_account": { "id": "1784", "username": "kopi.senja" } });
        assert_eq!(learned(&INSTAGRAM, "11", "page", 200, &linked).map(|found| found.id), Ok("1784".into()));
        assert_eq!(learned(&INSTAGRAM, "11", "page", 200, &json!({ "name": "Kopi" })), Err(Wrong::Field("page_id")));
        assert_eq!(
            learned(&INSTAGRAM, "", "subscription", 200, &json!({ "data": [{}] })).map(|found| found.subscribed),
            Ok(Some(true))
        );
    }
}
