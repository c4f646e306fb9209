//! Contacts: the people outside. A contact is made when a visitor first writes and may stay unnamed.
//!
//! Absent so far: identities of providers' channels, merging, the contacts page.

mod consent;
mod contact;
mod identity;

pub use consent::{Consent, GivenConsent, agree, consents};
pub use contact::{Contact, Profile, create, find, lock};
pub use identity::{Identity, Outside, called, identify, outside};
