//! Every command of people, over HTTP and sockets, on both engines.

mod guards;
mod invitations;
mod me;
mod member_tokens;
mod members;
mod password_links;
mod pauses;
mod presence;
mod roles;
mod scene;
mod setup;
mod sign_in;
mod sign_ins;
mod teams;
mod workspace;

#[tokio::test]
async fn statements_prepare() {
    testkit::statements_prepare_on_both().await;
}
