use crate::scene::{ADMINISTRATOR, PASSWORD, credentials, on_both};
use base::{COOKIE, Role};
use std::time::{Duration, Instant};
use testkit::Client;

const PATH: &str = "/api/v1/sign-in";

#[tokio::test]
async fn a_member_signs_in_and_out() {
    on_both(async |scene| {
        let mut client = scene.test.client();
        let answer = client.post(PATH, credentials(" WATI@toko.example ", PASSWORD)).await;
        assert_eq!(answer.json(200)["member"]["id"], scene.administrator.to_string());
        let cookie = answer.headers["set-cookie"].to_str().expect("a cookie").to_owned();
        assert!(cookie.starts_with("__Host-sapa="), "{cookie}");
        assert!(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000"), "{cookie}");

        let kept = client.clone();
        assert_eq!(client.delete(PATH).await.json(204), serde_json::Value::Null);
        assert_eq!(client.cookie(COOKIE), None, "the browser forgets it");
        client.get("/api/v1/me").await.refused(401, "unauthenticated");
        kept.clone().get("/api/v1/me").await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn each_sign_in_has_a_new_id_and_ends_the_browsers_one_before() {
    on_both(async |scene| {
        let mut client = scene.sign_in().await;
        let before = client.clone();
        client.post(PATH, credentials(ADMINISTRATOR, PASSWORD)).await.json(200);
        assert_ne!(client.cookie(COOKIE), before.cookie(COOKIE));
        client.get("/api/v1/me").await.json(200);
        before.clone().get("/api/v1/me").await.refused(401, "unauthenticated");
        // A cookie that somebody else put there opens nothing and is replaced.
        let planted = "A".repeat(43);
        let mut victim = scene.test.client().with_cookie(COOKIE, &planted);
        victim.post(PATH, credentials(ADMINISTRATOR, PASSWORD)).await.json(200);
        assert_ne!(victim.cookie(COOKIE), Some(planted.as_str()));
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_whether_an_address_is_known() {
    on_both(async |scene| {
        let (gone, _) = scene.browser_of("Budi", Role::Agent).await;
        let path = format!("/api/v1/members/{gone}");
        scene.administrator().await.patch(&path, serde_json::json!({ "disabled": true })).await.json(200);
        let tries = [
            (ADMINISTRATOR, "wrong password"),
            ("nobody@toko.example", "wrong password"),
            ("not an address", "wrong password"),
            ("budi@toko.example", "wrong password"),
            (ADMINISTRATOR, ""),
        ];
        let mut answers = Vec::new();
        for (email, password) in tries {
            let answer = scene.test.client().post(PATH, credentials(email, password)).await;
            answer.refused(401, "wrong_credentials");
            let headers: Vec<_> = answer.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            answers.push((answer.body, headers));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    })
    .await;
}

#[tokio::test]
async fn a_disabled_member_is_as_unknown_even_with_his_password() {
    on_both(async |scene| {
        scene.browser_of("Sari", Role::Administrator).await; // somebody else remains
        let mut administrator = scene.sign_in().await;
        let path = format!("/api/v1/members/{}", scene.administrator);
        administrator.patch(&path, serde_json::json!({ "disabled": true })).await.json(200);
        let right = scene.test.client().post(PATH, credentials(ADMINISTRATOR, PASSWORD)).await;
        right.refused(401, "wrong_credentials");
        let unknown = scene.test.client().post(PATH, credentials("nobody@toko.example", PASSWORD)).await;
        assert_eq!(right.body, unknown.body);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_address_costs_the_work_of_a_known_one() {
    /// Twice 19 MiB of memory; no machine is done with that sooner, and a look-up alone is.
    const WORK: Duration = Duration::from_millis(4);
    on_both(async |scene| {
        for email in [ADMINISTRATOR, "nobody@toko.example"] {
            let mut fastest = Duration::MAX;
            for _ in 0..5 {
                let started = Instant::now();
                let answer = scene.test.client().post(PATH, credentials(email, "wrong password")).await;
                answer.refused(401, "wrong_credentials");
                fastest = fastest.min(started.elapsed());
            }
            assert!(fastest > WORK, "{email}: {fastest:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_by_account_and_by_network() {
    on_both(async |scene| {
        let attempt = async |email: &str, address: [u8; 4]| {
            let mut client: Client = scene.test.client().from_address(address);
            client.post(PATH, credentials(email, "wrong password")).await
        };
        let (guesser, other) = ([198, 51, 100, 1], [203, 0, 113, 1]);
        for email in [ADMINISTRATOR, "unknown@toko.example"] {
            for _ in 0..10 {
                attempt(email, guesser).await.refused(401, "wrong_credentials");
            }
            let answer = attempt(email, guesser).await;
            answer.refused(429, "too_many_requests");
            assert!(answer.headers.contains_key("retry-after"));
        }
        attempt(" WATI@Toko.example", guesser).await.refused(429, "too_many_requests");
        // The member himself gets in from where he is.
        let mut member = scene.test.client().from_address(other);
        member.post(PATH, credentials(ADMINISTRATOR, PASSWORD)).await.json(200);
        scene.test.advance(15 * 60_000);
        for last in 0..100 {
            attempt(ADMINISTRATOR, [198, 51, 100, last]).await.refused(401, "wrong_credentials");
        }
        attempt(ADMINISTRATOR, other).await.refused(429, "too_many_requests");
        scene.test.advance(15 * 60_000);
        scene.sign_in().await.get("/api/v1/me").await.json(200);
    })
    .await;
}

#[tokio::test]
async fn a_network_that_goes_on_is_stopped_for_every_account() {
    on_both(async |scene| {
        let attempt = async |email: &str, last: u8| {
            let mut client = scene.test.client().from_address([203, 0, 113, last]);
            client.post(PATH, credentials(email, "wrong password")).await
        };
        for _ in 0..100 {
            attempt("budi@toko.example", 9).await;
        }
        attempt("sari@toko.example", 9).await.refused(429, "too_many_requests");
        attempt("sari@toko.example", 10).await.refused(401, "wrong_credentials");
    })
    .await;
}
