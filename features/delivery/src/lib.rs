//! How our messages reach the contact.
//!
//! A website's message is delivered by the stream and needs no send job; what comes back are receipts. Other channels
//! have a send queue, one head for each conversation. The states only move forward, whatever order they arrive in.
//! Absent: the requests themselves (`api-inbox`, `messengers`).

mod queue;
mod receipt;

pub use queue::{Queue, Where, jitter};
pub use receipt::{Receipt, receive};
