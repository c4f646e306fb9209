//! What people write below posts, and the posts.
//!
//! Instagram tells each comment once and says no more of it; a page tells corrections and removals too, which are no
//! news to whoever only answers.

use super::{
    Page,
    answer::said,
    request::from,
    update::{NAME_CHARACTERS, ignored, needed},
};
use crate::{
    Account, Answer, Comment, Inbound, Outcome, Person, Post, Request, Unreadable, What,
    graph::{get, id, text, time},
};
use serde_json::Value;

/// In one answer.
const POSTS: usize = 100;

/// Of a comment that is new; of what happens to it later, each by itself.
pub(super) fn key(field: &Value, value: &Value) -> Option<String> {
    match field.as_str()? {
        "comments" | "live_comments" => Some(format!("comment:{}", id(&value["id"])?)),
        "feed" if value["item"] == "comment" => {
            let comment = id(&value["comment_id"])?;
            let verb = value["verb"].as_str().unwrap_or("add");
            let at = id(&value["created_time"]).unwrap_or_default();
            Some(if verb == "add" { format!("comment:{comment}") } else { format!("comment:{comment}:{verb}:{at}") })
        }
        _ => None,
    }
}

pub(super) fn read(account: &Value, change: &Value) -> Result<Inbound, Unreadable> {
    let value = &change["value"];
    match change["field"].as_str() {
        Some("comments" | "live_comments") => {
            let post = id(&value["media"]["original_media_id"]).or_else(|| id(&value["media"]["id"]));
            // Who has no other name but this one is the account itself.
            let ours = id(&value["from"]["self_ig_scoped_id"]).is_some();
            comment(account, value, (&value["id"], post), ours)
        }
        Some("feed") if value["item"] == "comment" && matches!(value["verb"].as_str(), None | Some("add")) => {
            comment(account, value, (&value["comment_id"], id(&value["post_id"])), false)
        }
        _ => Ok(ignored("a change of the page")),
    }
}

fn comment(
    account: &Value,
    value: &Value,
    (name, post): (&Value, Option<String>),
    ours: bool,
) -> Result<Inbound, Unreadable> {
    let from = &value["from"];
    let who = id(&from["id"]).or_else(|| id(&value["sender_id"]));
    let Some(who) = who else { return Ok(ignored("a comment of nobody who has a name")) };
    if ours || id(account).is_some_and(|account| account == who) {
        return Ok(ignored("what the account itself writes"));
    }
    let name = needed(name)?;
    // It stands in an address.
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')) {
        return Err(Unreadable("no name of a comment".to_owned()));
    }
    let post = post.ok_or_else(|| Unreadable("no post".to_owned()))?;
    let text = text(&value["text"]).or_else(|| text(&value["message"]));
    let username = crate::graph::text(&from["username"]);
    let called = crate::graph::text(&from["name"]).or_else(|| crate::graph::text(&value["sender_name"]));
    let called = called.or_else(|| username.clone()).map(|name| name.chars().take(NAME_CHARACTERS).collect());
    Ok(Inbound {
        chat: who.clone(),
        person: Some(Person { id: who, name: called, username, ..Person::default() }),
        at: time(&value["created_time"]),
        what: What::Commented(Comment { id: name, post, text }),
    })
}

pub(super) fn ask_for_posts(page: &Page, account: &Account, after: Option<&str>) -> Request {
    let (path, address) = page.posts;
    let after = after.map(|after| format!("&after={after}")).unwrap_or_default();
    let owner = match (page.object, account.field("instagram_id")) {
        ("instagram", linked) if !linked.is_empty() => linked,
        _ => from(account),
    };
    get(account, &format!("{owner}/{path}"), &format!("fields=id,{address}&limit={POSTS}{after}"))
}

pub(super) fn posts(page: &Page, answer: &Answer<'_>) -> Result<(Vec<Post>, Option<String>), Outcome> {
    let said = said(answer)?;
    let post = |told: &Value| Some(Post { id: id(&told["id"])?, address: text(&told[page.posts.1])? });
    let posts = said["data"].as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(post).collect();
    let next = text(&said["paging"]["cursors"]["after"]).filter(|_| said["paging"]["next"].is_string());
    Ok((posts, next))
}

pub(super) fn reached_whom(answer: &Answer<'_>) -> Option<String> {
    id(&said(answer).ok()?["recipient_id"])
}

#[cfg(test)]
mod tests {
    use super::super::{INSTAGRAM, MESSENGER, request, split, update};
    use super::*;
    use crate::{Body, Outbound, Say, any_json::any_json};
    use proptest::prelude::*;
    use serde_json::json;

    fn told(field: &str, value: &Value) -> (Option<String>, Inbound) {
        let body = json!({ "entry": [{ "id": "11", "time": 5, "changes": [{ "field": field, "value": value }] }] });
        let item = split::split(body.to_string().as_bytes()).remove(0);
        (item.key, update::read(&item.body).expect("an update"))
    }

    fn of(id: &str, post: &str, text: &str) -> What {
        What::Commented(Comment { id: id.into(), post: post.into(), text: Some(text.into()) })
    }

    /// R051
    #[test]
    fn comments_of_both_are_the_same() {
        let value = json!({ "id": "c1", "text": "Harga?", "from": { "id": "7", "username": "sari" },
            "media": { "id": "p1", "media_product_type": "FEED" } });
        let (key, inbound) = told("comments", &value);
        assert_eq!((key.as_deref(), &inbound.what), (Some("comment:c1"), &of("c1", "p1", "Harga?")));
        let person = inbound.person.expect("a person");
        assert_eq!((person.id.as_str(), person.name.as_deref(), inbound.at), ("7", Some("sari"), None));
        // Of an advertisement the post that it shows is meant.
        let mut ad = value.clone();
        ad["media"] = json!({ "id": "p9", "original_media_id": "p1" });
        assert_eq!(told("comments", &ad).1.what, of("c1", "p1", "Harga?"));

        let value = json!({ "item": "comment", "verb": "add", "comment_id": "11_2", "post_id": "11_1",
            "from": { "id": "7", "name": "Sari Dewi" }, "message": "Harga?", "created_time": 1_763_644_800 });
        let (key, inbound) = told("feed", &value);
        assert_eq!((key.as_deref(), &inbound.what), (Some("comment:11_2"), &of("11_2", "11_1", "Harga?")));
        assert_eq!(inbound.at, Some(1_763_644_800_000));
        let mut edited = value.clone();
        edited["verb"] = json!("edited");
        let (key, inbound) = told("feed", &edited);
        assert_eq!(key.as_deref(), Some("comment:11_2:edited:1763644800"));
        assert!(matches!(inbound.what, What::Ignored(_)));
    }

    #[test]
    fn our_own_and_what_is_none_are_nobodys() {
        let own = json!({ "id": "c1", "text": "x", "from": { "id": "11" }, "media": { "id": "p1" } });
        let scoped = json!({ "id": "c1", "from": { "id": "5", "self_ig_scoped_id": "6" }, "media": { "id": "p1" } });
        let nobody = json!({ "id": "c1", "media": { "id": "p1" } });
        for value in [own, scoped, nobody] {
            assert!(matches!(told("comments", &value).1.what, What::Ignored(_)), "{value}");
        }
        assert!(matches!(told("feed", &json!({ "item": "reaction", "verb": "add" })).1.what, What::Ignored(_)));
        let odd = json!({ "id": "c/../me", "from": { "id": "7" }, "media": { "id": "p1" } });
        assert!(read(&json!("11"), &json!({ "field": "comments", "value": odd })).is_err(), "it stands in an address");
    }

    #[test]
    fn an_answer_goes_below_it_or_to_him_alone() {
        let account = Account { address: "https://g.example/v25.0".into(), token: "t".into(), fields: [].into() };
        let said = |page: &Page, publicly: bool| {
            let say = Say::Comment { target: "c1".into(), text: "Halo".into(), publicly };
            let outbound = Outbound { chat: "7".into(), reference: "ent_1".into(), say };
            let part = request::parts(page, &account, &outbound).remove(0);
            let Body::Json(body) = part.request.body else { panic!("a body") };
            (part.request.address, serde_json::from_slice::<Value>(&body).expect("JSON"))
        };
        let (address, body) = said(&INSTAGRAM, true);
        assert_eq!((address.as_str(), body), ("https://g.example/v25.0/c1/replies", json!({ "message": "Halo" })));
        assert!(said(&MESSENGER, true).0.ends_with("/c1/comments"));
        let expected = json!({ "recipient": { "comment_id": "c1" }, "message": { "text": "Halo" } });
        assert_eq!(said(&INSTAGRAM, false), ("https://g.example/v25.0/me/messages".into(), expected));
        assert_eq!(said(&MESSENGER, false).1["message"]["metadata"], "ent_1:text");
    }

    #[test]
    fn posts_have_addresses() {
        let body = json!({ "data": [{ "id": "p1", "permalink": "https://www.instagram.com/p/A/" }, { "id": "p2" }],
            "paging": { "cursors": { "after": "x" }, "next": "y" } })
        .to_string();
        let answer = Answer { status: 200, retry_after_s: None, body: body.as_bytes() };
        let post = Post { id: "p1".into(), address: "https://www.instagram.com/p/A/".into() };
        assert_eq!(posts(&INSTAGRAM, &answer), Ok((vec![post], Some("x".to_owned()))));
    }

    proptest! {
        #[test]
        fn no_change_makes_it_panic(change in any_json(
            vec!["field", "value", "id", "comment_id", "post_id", "from", "media", "text", "item", "verb", "username"],
            vec!["comments", "feed", "comment", "add", "c1", "é"],
        )) {
            let body = json!({ "entry": [{ "id": "11", "changes": [change] }] }).to_string();
            for item in split::split(body.as_bytes()) {
                let _ = update::read(&item.body);
            }
        }
    }
}
