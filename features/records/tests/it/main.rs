//! Records over HTTP and sockets, on both engines.

mod automatic;
mod declare;
mod edit;
mod lookup;
mod scene;
mod seen;

#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
