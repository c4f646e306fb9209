//! Randomness, as the context gives it.

use crate::Ms;
use ids::Uuid;
use rand::{RngCore, SeedableRng, rngs::StdRng};
use std::sync::{Arc, Mutex, PoisonError};

/// Where random bytes come from: the operating system, or a seed for tests that must repeat.
#[derive(Clone)]
pub enum Random {
    System,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Random {
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
            Self::System => rand::rng().fill_bytes(&mut bytes),
            Self::Seeded(rng) => rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes),
        }
        bytes
    }

    /// A UUID of version 7 (RFC 9562): ordered by `now`, unguessable in its last 74 bits.
    pub fn uuid(&self, now: Ms) -> Uuid {
        uuid::Builder::from_unix_timestamp_millis(now.max(0) as u64, &self.bytes()).into_uuid()
    }
}
