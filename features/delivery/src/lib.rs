//! How our messages reach the contact.
//!
//! A website's message is delivered by the stream and needs no send job; what comes back are receipts. The states
//! only move forward, whatever order the receipts arrive in.
//! Absent so far: the send queue of provider channels.

mod receipt;

pub use receipt::{Receipt, receive};
