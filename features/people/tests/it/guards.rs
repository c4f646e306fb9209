//! What holds for every route: who asks is proven, and a page of ours asks.

use crate::scene::{PASSWORD, credentials, on_both};
use base::{COOKIE, Role};
use serde_json::json;

const MEMBERS_ONLY: &[(&str, &str)] = &[
    ("DELETE", "/api/v1/sign-in"),
    ("GET", "/api/v1/me"),
    ("PATCH", "/api/v1/me"),
    ("PATCH", "/api/v1/me/preferences"),
    ("PATCH", "/api/v1/workspace"),
    ("PUT", "/api/v1/me/password"),
    ("GET", "/api/v1/me/sign-ins"),
    ("DELETE", "/api/v1/me/sign-ins"),
    ("DELETE", "/api/v1/me/sign-ins/sgn_00000000000000000000000000000000"),
    ("GET", "/api/v1/member-tokens"),
    ("POST", "/api/v1/member-tokens"),
    ("DELETE", "/api/v1/member-tokens/mtk_00000000000000000000000000000000"),
    ("PUT", "/api/v1/me/presence"),
    ("PUT", PAUSE),
    ("GET", "/api/v1/presences"),
    ("GET", "/api/v1/members"),
    ("PATCH", "/api/v1/members/mem_00000000000000000000000000000000"),
    ("POST", "/api/v1/members/mem_00000000000000000000000000000000/password-link"),
    ("GET", "/api/v1/members/mem_00000000000000000000000000000000/rights"),
    ("GET", "/api/v1/roles"),
    ("POST", "/api/v1/roles"),
    ("PATCH", "/api/v1/roles/rol_00000000000000000000000000000000"),
    ("DELETE", "/api/v1/roles/rol_00000000000000000000000000000000"),
    ("GET", "/api/v1/teams"),
    ("POST", "/api/v1/teams"),
    ("PATCH", "/api/v1/teams/tea_00000000000000000000000000000000"),
    ("DELETE", "/api/v1/teams/tea_00000000000000000000000000000000"),
    ("GET", "/api/v1/invitations"),
    ("POST", "/api/v1/invitations"),
    ("DELETE", "/api/v1/invitations/inv_00000000000000000000000000000000"),
];

const PAUSE: &str = "/api/v1/me/pauses/inb_00000000000000000000000000000000";

const OPEN: &[(&str, &str)] = &[
    ("GET", "/api/v1/setup"),
    ("POST", "/api/v1/setup"),
    ("POST", "/api/v1/sign-in"),
    ("POST", "/api/v1/invitations/look"),
    ("POST", "/api/v1/invitations/accept"),
    ("POST", "/api/v1/password-links/look"),
    ("POST", "/api/v1/password-links/use"),
];

/// A body that the route understands.
fn body(path: &str) -> serde_json::Value {
    match path {
        "/api/v1/me/password" => json!({ "current": PASSWORD, "new": PASSWORD }),
        "/api/v1/me/presence" => json!({ "chosen": "online" }),
        "/api/v1/member-tokens" => json!({ "name": "Backup", "rights": ["conversation:view"], "expires_at": 0 }),
        PAUSE => json!({ "paused": true }),
        "/api/v1/invitations" => json!({ "email": "a@b.example", "role": "agent", "inbox_ids": [] }),
        "/api/v1/roles" => json!({ "name": "Shipping", "rights": [] }),
        "/api/v1/teams" => json!({ "name": "Shipping" }),
        "/api/v1/sign-in" => credentials("a@b.example", PASSWORD),
        "/api/v1/invitations/look" | "/api/v1/password-links/look" => json!({ "token": "x" }),
        _ => json!({}),
    }
}

async fn call(client: &mut testkit::Client, method: &str, path: &str) -> testkit::Answer {
    match method {
        "GET" => client.get(path).await,
        "POST" => client.post(path, body(path)).await,
        "PUT" => client.put(path, body(path)).await,
        "PATCH" => client.patch(path, body(path)).await,
        _ => client.delete(path).await,
    }
}

#[test]
fn every_route_is_in_a_list_above() {
    let (_, document) = base::server::routes(crate::scene::features());
    let document = serde_json::to_value(document).expect("a document");
    let mut missing = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let of_inboxes = ["/api/v1/inboxes", "/api/v1/calendars", "/api/v1/time-limit"];
        if of_inboxes.iter().any(|begin| path.starts_with(begin)) {
            continue;
        }
        let pattern: Vec<_> = path.split('/').collect();
        for method in methods.as_object().expect("methods").keys() {
            let listed = MEMBERS_ONLY.iter().chain(OPEN).any(|(listed, route)| {
                let route: Vec<_> = route.split('/').collect();
                listed.eq_ignore_ascii_case(method)
                    && route.len() == pattern.len()
                    && route.iter().zip(&pattern).all(|(a, b)| a == b || b.starts_with('{'))
            });
            if !listed {
                missing.push(format!("{method} {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test]
async fn nobody_gets_in_without_a_sign_in() {
    on_both(async |scene| {
        let strangers = [
            scene.test.client(),
            scene.test.client().with_cookie(COOKIE, "short"),
            scene.test.client().with_cookie(COOKIE, &"A".repeat(43)),
            scene.test.client().with_bearer(&"A".repeat(43)),
        ];
        for mut stranger in strangers {
            for (method, path) in MEMBERS_ONLY {
                call(&mut stranger, method, path).await.refused(401, "unauthenticated");
            }
            assert_eq!(stranger.socket("/ws").await.err().expect("a refusal").status, 401);
        }
    })
    .await;
}

#[tokio::test]
async fn a_bearer_token_beside_the_cookie_is_not_the_member() {
    on_both(async |scene| {
        let mut member = scene.administrator().await.with_bearer(&"A".repeat(43));
        member.get("/api/v1/me").await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn requests_of_other_sites_change_nothing() {
    on_both(async |scene| {
        let (_, agent) = scene.browser_of("Budi", Role::Administrator).await;
        let elsewhere = [
            agent.clone().with_origin("https://evil.example"),
            agent.clone().with_origin("https://desk.test.evil.example"),
            agent.clone().with_origin("https://desk.test:8443"),
            agent.clone().with_origin("null"),
            agent.clone().without_origin(),
        ];
        for mut client in elsewhere {
            for (method, path) in MEMBERS_ONLY.iter().chain(OPEN).filter(|(method, _)| *method != "GET") {
                call(&mut client, method, path).await.refused(403, "wrong_origin");
            }
            assert_eq!(client.socket("/ws").await.err().expect("a refusal").status, 403, "before the upgrade");
        }
        agent.clone().get("/api/v1/me").await.json(200);
    })
    .await;
}

#[tokio::test]
async fn a_form_cannot_stand_in_for_json() {
    on_both(async |scene| {
        let mut member = scene.administrator().await;
        for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
            let body = r#"{"email":"a@b.example","role":"agent","inbox_ids":[]}"#;
            member.upload("/api/v1/invitations", media_type, body).await.refused(400, "invalid_body");
        }
    })
    .await;
}

#[tokio::test]
async fn another_method_is_refused_like_everything_else_and_the_right_ones_are_named() {
    on_both(async |scene| {
        let mut member = scene.administrator().await;
        for path in ["/api/v1/me", "/api/v1/members/mem_00000000000000000000000000000000"] {
            let refused = member.put(path, json!({})).await;
            refused.refused(405, "method_not_allowed");
            assert!(refused.headers["allow"].to_str().is_ok_and(|methods| methods.contains("PATCH")), "{refused:?}");
        }
    })
    .await;
}

#[test]
fn times_are_plain_integers_in_the_document() {
    let (_, document) = base::server::routes(crate::scene::features());
    let schemas = serde_json::to_value(document).expect("a document")["components"]["schemas"].take();
    assert_eq!(schemas["Member"]["properties"]["joined_at"]["type"], "integer");
    assert!(schemas.get("i64").is_none(), "an alias of a number must not become a schema");
}
