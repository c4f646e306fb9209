//! The wall clock and the system's randomness: the only way in for both.
//!
//! The server takes them from its context; a program that runs once has no context to take them from, so they are
//! gathered here and everything else is seeded or measured on the run's own clock.

use std::time::{SystemTime, UNIX_EPOCH};

use rand::rngs::ThreadRng;
use uuid::Uuid;

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the one place of this program that reads the wall clock")]
pub fn unix_ms() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}

/// Randomness that cannot be guessed.
#[expect(clippy::disallowed_methods, reason = "the one place of this program that asks the system for randomness")]
pub fn randomness() -> ThreadRng {
    rand::rng()
}

/// A fresh UUIDv7, as a client gives to what it creates.
#[expect(clippy::disallowed_methods, reason = "the one place of this program that makes ids")]
pub fn fresh_uuid() -> Uuid {
    Uuid::now_v7()
}
