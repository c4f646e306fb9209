//! Messengers, on both engines, with a Telegram of our own on the other side.

mod comments;
mod connecting;
mod graph;
mod instagram;
mod page;
mod reacting;
mod receiving;
mod scene;
mod sending;
mod telegram;
mod watching;
mod whatsapp;

/// Every statement of the program, the feature's among them, is right on both engines.
#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
