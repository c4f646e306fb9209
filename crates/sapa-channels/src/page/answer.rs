//! What the Send API's answers mean: by the code, and where that says little, by what stands below it.

use crate::{
    Answer, Outcome, Person, Refusal,
    graph::{self, FILE, id, text},
};
use serde_json::Value;

const NAME_CHARACTERS: usize = 200;

fn failure(error: &Value, status: u16) -> Outcome {
    let (code, below) = (graph::code_of(&error["code"]), graph::code_of(&error["error_subcode"]));
    let said = graph::detail(error, if below > 0 { below } else { code });
    match (code, below) {
        (190, _) => Outcome::Reauthorize,
        (_, 2_018_278 | 2_018_065 | 2_534_022) => Outcome::Window,
        (551, _) | (_, 2_018_108 | 1_545_041 | 2_534_041 | 2_534_029 | 2_018_001 | 2_534_014 | 2_534_001) => {
            Outcome::Refused(Refusal::Recipient, said)
        }
        (_, 2_018_109 | 2_018_047 | 2_018_007) => Outcome::Refused(Refusal::File, said),
        (_, 1_893_063) => Outcome::Refused(Refusal::Limit, said),
        (_, 2_534_025 | 2_018_300..=2_018_399) => Outcome::Refused(Refusal::Comment, said),
        (1_200, _) => Outcome::Retry,
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
    let file = || id(&said["attachment_id"]).map(|id| format!("{FILE}{id}"));
    // A public answer to a comment is a comment, and has no other name.
    let comment = || id(&said["id"]);
    Outcome::Accepted(id(&said["message_id"]).or_else(file).or_else(comment).into_iter().collect())
}

pub(super) fn person(answer: &Answer<'_>) -> Result<Person, Outcome> {
    let said = said(answer)?;
    let names = ["first_name", "last_name"].into_iter().filter_map(|name| text(&said[name])).collect::<Vec<_>>();
    let username = text(&said["username"]);
    let name = text(&said["name"]).or_else(|| Some(names.join(" ")).filter(|name| !name.is_empty()));
    let name = name.or_else(|| username.clone()).map(|name| name.trim().chars().take(NAME_CHARACTERS).collect());
    Ok(Person { id: id(&said["id"]).unwrap_or_default(), name, username, ..Person::default() })
}

pub(super) fn token(answer: &Answer<'_>) -> Result<(String, i64), Outcome> {
    let said = said(answer)?;
    let (token, lasts_s) = (text(&said["access_token"]), said["expires_in"].as_i64());
    token.zip(lasts_s).ok_or_else(|| Outcome::Permanent("no token".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn of(status: u16, body: &Value) -> Outcome {
        outcome(&Answer { status, retry_after_s: None, body: body.to_string().as_bytes() })
    }

    fn error(code: i64, below: i64) -> Outcome {
        of(400, &json!({ "error": { "code": code, "error_subcode": below, "message": "why" } }))
    }

    #[test]
    fn what_was_taken_has_its_name() {
        let sent = json!({ "recipient_id": "7", "message_id": "m_9" });
        assert_eq!(of(200, &sent), Outcome::Accepted(vec!["m_9".into()]));
        assert_eq!(of(200, &json!({ "attachment_id": "77" })), Outcome::Accepted(vec!["media:77".into()]));
        assert_eq!(of(200, &json!({ "id": "17_9" })), Outcome::Accepted(vec!["17_9".into()]));
        assert_eq!(of(200, &json!({ "recipient_id": "7" })), Outcome::Accepted(Vec::new()));
    }

    #[test]
    fn each_refusal_has_its_class() {
        assert_eq!(error(190, 463), Outcome::Reauthorize);
        assert_eq!([error(10, 2_018_278), error(10, 2_534_022)], [Outcome::Window, Outcome::Window]);
        for (code, below) in [(551, 0), (10, 2_018_108), (100, 2_018_001), (200, 2_534_041)] {
            assert!(matches!(error(code, below), Outcome::Refused(Refusal::Recipient, _)), "{code} {below}");
        }
        assert_eq!(error(100, 2_018_109), Outcome::Refused(Refusal::File, "2018109: why".into()));
        assert_eq!(error(100, 2_534_025), Outcome::Refused(Refusal::Comment, "2534025: why".into()));
        assert_eq!(error(10, 1_893_063), Outcome::Refused(Refusal::Limit, "1893063: why".into()));
        assert!(matches!(error(613, 2_534_040), Outcome::Rate(_)));
        assert_eq!([error(2, 0), error(1_200, 0)], [Outcome::Retry, Outcome::Retry]);
        assert_eq!(error(10, 0), Outcome::Broken("10: why".into()));
        assert_eq!(error(100, 0), Outcome::Permanent("100: why".into()));
    }

    #[test]
    fn who_somebody_is() {
        let person = |body: Value| {
            person(&Answer { status: 200, retry_after_s: None, body: body.to_string().as_bytes() }).expect("a person")
        };
        let budi = person(json!({ "first_name": "Budi", "last_name": "Santoso", "id": "7" }));
        assert_eq!((budi.name.as_deref(), budi.username), (Some("Budi Santoso"), None));
        let sari = person(json!({ "username": "sari.dewi" }));
        assert_eq!((sari.name.as_deref(), sari.username.as_deref()), (Some("sari.dewi"), Some("sari.dewi")));
        assert_eq!(person(json!({})).name, None);
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(status in 100..600_u16, body in prop::collection::vec(any::<u8>(), 0..500)) {
            let answer = Answer { status, retry_after_s: None, body: &body };
            let _ = (outcome(&answer), person(&answer));
        }
    }
}
