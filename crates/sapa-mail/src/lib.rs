//! E-mail: what came as bytes turned into values, and values into bytes.
//!
//! What must stay true: everything here is a pure function; whatever bytes it gets, it ends, and soon. What is handed out
//! as HTML was built anew from names and values that are listed here, so that nothing of a sender's own markup is left.
//! Absent: mailboxes, servers, conversations (`email`).

mod address;
mod bounce;
mod clean;
mod letter;
mod machine;
mod quote;
mod read;
mod thread;

pub use address::Address;
pub use bounce::Bounce;
pub use clean::{Clean, clean, plain, with_remote};
pub use letter::{Letter, LetterFile, answered, references};
pub use machine::Kind;
pub use quote::fold;
pub use read::{Mail, Part, Unreadable, read};
pub use thread::{TOKEN_CHARACTERS, message_id, reply_address, token, token_in_address, token_in_id};
