//! Contacts: the people outside. A contact is made when a visitor first writes and may stay unnamed.
//!
//! Absent so far: identities of other channels, merging, the contacts page.

mod consent;
mod contact;

pub use consent::{Consent, GivenConsent, agree, consents};
pub use contact::{Contact, Profile, create, fill, find, lock};
