//! The audit log over HTTP, on both engines: which commands leave a line, who reads it, and that its chain shows what was
//! done to it.

mod chain;
mod lines;
mod scene;

#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
