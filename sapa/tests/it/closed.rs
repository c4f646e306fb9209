//! Fail closed: every endpoint of the description answers nobody with a refusal, although the things that it is
//! asked about exist and the request is well formed. What is open to the public is listed here, with its reason.

use crate::{
    asked::{UNKNOWN, ask, example},
    features,
};
use base::Random;
use db::Engine;
use ids::{ConversationId, InboxId, WorkspaceId};
use inboxes::{CreateInbox, Website};
use people::{Locale, NewWorkspace, SetupToken};
use serde_json::{Value, json};
use std::collections::HashMap;
use testkit::TestApp;

/// Endpoints that answer nobody with something other than 401, 403 or 404.
const PUBLIC: &[(&str, &str, &str)] = &[
    ("get", "/api/v1/setup", "the desk asks whether to show the set-up page; the answer is one bit"),
    ("post", "/api/v1/setup", "guarded by the token of the log, and over when there is a workspace"),
    ("get", "/w/api/v1/inboxes/{inbox}", "what the widget shows on a public website anyway"),
    (
        "put",
        "/w/api/v1/inboxes/{inbox}/here/{site_visitor}",
        "a stranger is on the site; limited by address, inbox and origin",
    ),
    ("delete", "/w/api/v1/inboxes/{inbox}/here/{site_visitor}", "he leaves it; limited by address"),
    (
        "put",
        "/w/api/v1/inboxes/{inbox}/here/{site_visitor}/invitation",
        "under a name that his browser made; limited by address",
    ),
    ("post", "/w/api/v1/visitors", "a stranger becomes a visitor; limited by address, inbox and origin"),
    ("post", "/w/api/v1/identity", "guarded by a signature; limited by address, inbox and origin"),
];
const REFUSED: [u16; 3] = [401, 403, 404];

fn all() -> Vec<base::Feature> {
    let (token, _) = SetupToken::new(&Random::seeded(1));
    features::all(&token)
}

/// Things that exist, by the name of the path's parameter.
async fn scene(test: &TestApp) -> HashMap<&'static str, String> {
    let new = NewWorkspace::new("Senja", "Ayu", "ayu@example.com", "a long password".into(), Locale::En);
    let (workspace, member) = people::set_up(&test.app, new.expect("good values")).await.expect("a workspace");
    let (inbox, conversation) = conversation(test, workspace).await;
    HashMap::from([
        ("inbox", inbox.to_string()),
        ("member", member.to_string()),
        ("conversation", conversation.to_string()),
    ])
}

async fn conversation(test: &TestApp, workspace: WorkspaceId) -> (InboxId, ConversationId) {
    let website = Website::new("Kopi Senja", "Hi!", "#0B6E69");
    let asked = CreateInbox {
        id: None,
        name: "Shop".into(),
        website: Some(website),
        api: None,
        email: None,
        messenger: None,
        member_ids: Vec::new(),
        close_after_minutes: 0,
        closing_needs_tag: false,
        closing_needs_note: false,
        close_waiting: false,
        close_queued_after_minutes: 0,
    };
    let inbox = test.app.write(workspace, |tx| Box::pin(inboxes::create(tx, asked))).await.expect("an inbox").id;
    let visitor = json!({ "inbox_id": inbox, "origin": "https://shop.example", "locale": "en" });
    let token = test.client().post("/w/api/v1/visitors", visitor).await.json(201)["token"].clone();
    let mut visitor = test.client().with_bearer(token.as_str().expect("a token"));
    let message = json!({ "id": "ent_019a0000000070008000000000000001", "text": "Halo", "file_ids": [] });
    let ack = visitor.post("/w/api/v1/messages", message).await.json(201);
    (inbox, ack["conversation_id"].as_str().expect("an id").parse().expect("an id"))
}

#[tokio::test]
async fn every_endpoint_refuses_nobody() {
    let test = TestApp::new(Engine::Sqlite, all).await;
    let things = scene(&test).await;
    let document: Value = test.client().get("/api/v1/openapi.json").await.json(200);
    let (mut asked, mut open) = (0, Vec::new());
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let address = fill(path, &things);
            let body = example(&document, &operation["requestBody"]);
            let status = ask(test.client(), method, &address, body).await.status.as_u16();
            asked += 1;
            if !REFUSED.contains(&status) && !PUBLIC.iter().any(|(m, p, _)| m == method && p == path) {
                open.push(format!("{method} {path} answered {status}"));
            }
        }
    }
    assert!(asked > 35, "only {asked} endpoints were found");
    assert!(open.is_empty(), "open to nobody:\n{}", open.join("\n"));
    for (method, path, _) in PUBLIC {
        assert!(document["paths"][path][method].is_object(), "{method} {path} is gone: take it off the list");
    }
}

#[tokio::test]
async fn sockets_refuse_nobody_and_foreign_pages() {
    let test = TestApp::new(Engine::Sqlite, all).await;
    let status = |opened: Result<testkit::Socket, testkit::Answer>| opened.err().map(|answer| answer.status.as_u16());
    assert_eq!(status(test.client().socket("/ws").await), Some(401));
    let foreign = || test.client().with_origin("https://evil.example");
    assert_eq!(status(foreign().socket("/ws").await), Some(403));
    assert_eq!(status(foreign().socket("/w/ws").await), Some(403));
}

fn fill(path: &str, things: &HashMap<&'static str, String>) -> String {
    let mut address = path.to_owned();
    while let (Some(start), Some(end)) = (address.find('{'), address.find('}')) {
        let name = &address[start + 1..end];
        let prefix = name.split('_').next().unwrap_or(name);
        let known = things.get(name).cloned();
        let value = known.unwrap_or_else(|| format!("{}_{UNKNOWN}", &prefix[..3]));
        address.replace_range(start..=end, &value);
    }
    address
}
