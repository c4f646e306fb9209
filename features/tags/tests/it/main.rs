//! The catalogue of tags, over HTTP and sockets, on both engines. What happens to a conversation with them is tested
//! where visitors write: in `widget`.

mod catalogue;
mod scene;

#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
