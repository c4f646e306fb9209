//! Contact profiles over HTTP and sockets, on both engines.

mod attributes;
mod bind;
mod data_fields;
mod duplicates;
mod edit;
mod erase;
mod export;
mod import;
mod list;
mod merge;
mod notes;
mod scene;
mod seen;
mod source;
mod timeline;

#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
