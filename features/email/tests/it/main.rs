//! E-mail, on both engines, with real servers on the other side: Dovecot, and an SMTP server of another world.

mod connecting;
mod receiving;
mod scene;
mod sending;
mod transcript;

/// Every statement of the program, the feature's among them, is right on both engines.
#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
