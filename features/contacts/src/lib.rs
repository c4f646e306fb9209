//! Contacts: the people outside. A contact is made when a visitor first writes and may stay unnamed.
//!
//! Absent so far: identities of providers' channels, merging, the contacts page.

mod consent;
mod contact;
mod identity;
mod prove;

pub use consent::{Consent, GivenConsent, agree, agree_alike, consents};
pub use contact::{Contact, Profile, Verified, create, find, forget, lock};
pub use identity::{EXTERNAL_ID_CHARACTERS, Identity, Outside, called, external_id, identify, outside};
pub use prove::{Person, prove, proven};
