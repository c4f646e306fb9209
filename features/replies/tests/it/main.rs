//! Every command of quick replies, over HTTP and sockets, on both engines.

mod change;
mod count;
mod create;
mod files;
mod guards;
mod scene;
mod stream;
mod table;
mod team;

#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
