//! The only way out: requests to addresses that people typed, such as webhooks.
//!
//! What must stay true: a name is resolved once and the connection goes to exactly the address that was checked;
//! addresses that are not public are refused unless the operator allows them; nothing is followed anywhere else;
//! time and size of an answer are limited.
//! Absent on purpose: redirects, proxies of the environment, cookies, connections kept for later.

mod guard;
mod post;
mod sign;

pub use post::{Answer, Failure, Outbound, Target};
pub use sign::{Secret, sign};
