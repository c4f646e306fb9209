//! API inboxes, on both engines: another system writes and is told, with a real server on its side.

mod access;
mod deletions;
mod inbound;
mod outbound;
mod remote;
mod scene;
mod sessions;
mod status;

/// Every statement of the program, the feature's among them, is right on both engines.
#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
