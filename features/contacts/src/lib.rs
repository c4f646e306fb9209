//! Contacts: the people outside. A contact is made when a visitor first writes and may stay unnamed.
//!
//! Absent: who may see and change what is known of a contact, and its lists (`profiles`).

mod alike;
mod beside;
mod consent;
mod contact;
mod erase;
mod found;
mod identity;
mod known;
mod merged;
mod prove;
mod record;
mod source;

pub use alike::{called_any, found_by, give_external_id, take_external_id};
pub use beside::folded_value;
pub use consent::{Consent, GivenConsent, agree, agree_alike, consents};
pub use contact::{Contact, Profile, Verified, create, find, lock};
pub use erase::erase;
pub use found::{catch_up, folded_address};
pub use identity::{EXTERNAL_ID_CHARACTERS, Identity, Outside, called, external_id, hand_over, identify, outside};
pub use known::{ContactField, Known, Told, Written, forget, known, lock_known};
pub use merged::{Was, all_of, lock_whole, merge, part, whole};
pub use prove::{Person, prove, proven};
pub use record::{By, ContactRecord, RecordKind, RecordSource, record};
pub use source::{ContactSource, SourceKind, keep_source, source_of};
