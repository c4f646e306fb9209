//! Every command of inboxes, over HTTP and sockets, on both engines.

mod api;
mod calendars;
mod change;
mod counters;
mod create;
mod find;
mod guards;
mod members;
mod scene;

#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
