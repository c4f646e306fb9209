//! Calls. The token is a header.

use crate::{Account, Body, Method, Request};
use serde_json::Value;

pub(crate) fn bearer(account: &Account) -> (&'static str, String) {
    ("authorization", format!("Bearer {}", account.token))
}

pub(crate) fn get(account: &Account, path: &str, query: &str) -> Request {
    // Fields of fields stand in braces.
    let query = query.replace('{', "%7B").replace('}', "%7D");
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let address = format!("{}/{path}{query}", account.address);
    Request { method: Method::Get, address, headers: vec![bearer(account)], body: Body::Empty }
}

pub(crate) fn post(account: &Account, path: &str, body: &Value) -> Request {
    Request {
        method: Method::Post,
        address: format!("{}/{path}", account.address),
        headers: vec![bearer(account), ("content-type", "application/json".to_owned())],
        body: Body::Json(body.to_string().into_bytes()),
    }
}
