//! The time, as the context gives it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970, UTC.
pub type Ms = i64;

/// Where the time comes from: the machine, or a test that sets it.
#[derive(Clone)]
pub enum Clock {
    System,
    Test(Arc<AtomicI64>),
}

impl Clock {
    pub fn test(start: Ms) -> Self {
        Self::Test(Arc::new(AtomicI64::new(start)))
    }

    pub fn now(&self) -> Ms {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
            Self::System => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as Ms),
            Self::Test(now) => now.load(Ordering::Relaxed),
        }
    }

    /// Moves a test's time; the machine's time does not listen.
    pub fn advance(&self, by_ms: Ms) {
        if let Self::Test(now) = self {
            now.fetch_add(by_ms, Ordering::Relaxed);
        }
    }
}
