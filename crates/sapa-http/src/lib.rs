//! The only way out: requests to addresses that people typed, such as webhooks, the files that other systems name, and
//! connections to mail servers.
//!
//! What must stay true: a name is resolved once and the connection goes to exactly the address that was checked;
//! addresses that are not public are refused unless the operator allows them; nothing is sent anywhere else than it was
//! told, and where a file has moved to is checked as its first address was; time and size of an answer are limited.
//! Absent on purpose: proxies of the environment, cookies, connections kept for later.

mod ask;
mod dial;
mod exchange;
mod get;
mod guard;
mod post;
mod sign;

pub use ask::{Answered, Ask, AskBody, Unanswered};
pub use exchange::Line;
pub use get::Fetched;
pub use post::{Answer, Failure, Outbound, Target};
pub use sign::{Secret, sign};
