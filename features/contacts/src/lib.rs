//! Contacts: the people outside. A contact is made when a visitor first writes and may stay unnamed.
//!
//! Absent so far: identities of other channels, merging, the contacts page.

mod contact;

pub use contact::{Contact, create, lock};
