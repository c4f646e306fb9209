//! How often somebody may do something: a bucket that holds the limit and refills steadily within its span.

use crate::{Ms, Problem, refusal};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Seconds after which another try may pass.
pub(crate) const RETRY_AFTER: &str = "retry_after_s";
const MINUTE_MS: Ms = 60_000;
/// Keys remembered at once. Beyond, full buckets are forgotten, which changes nothing for anybody.
const KEYS: usize = 100_000;

/// A limit that a feature declares and the settings may change.
pub struct ThrottleKind {
    /// Also the name of the setting.
    pub name: &'static str,
    /// How often within `minutes`, without a setting; 0 means no limit.
    pub limit: u32,
    pub minutes: u32,
}

pub(crate) struct Throttle {
    limit: u32,
    span_ms: Ms,
    buckets: Mutex<HashMap<String, Bucket>>,
}

struct Bucket {
    /// In milliseconds of waiting that are owed; empty buckets owe nothing.
    owed_ms: Ms,
    at: Ms,
}

impl Throttle {
    /// The limit of the settings, if they name one, within the span of the kind.
    pub(crate) fn new(kind: &ThrottleKind, setting: Option<u32>) -> Self {
        let limit = setting.unwrap_or(kind.limit);
        Self { limit, span_ms: MINUTE_MS * Ms::from(kind.minutes), buckets: Mutex::default() }
    }

    /// Counts `count` more for `key`, or refuses all of them. More at once than the limit pass when nothing is owed.
    pub(crate) fn take(&self, key: &str, count: usize, now: Ms) -> Result<(), Problem> {
        if self.limit == 0 || count == 0 {
            return Ok(());
        }
        let cost = (self.span_ms / Ms::from(self.limit)).saturating_mul(count as Ms).min(self.span_ms);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= KEYS {
            buckets.retain(|_, bucket| bucket.owed_ms > now - bucket.at);
        }
        let bucket = buckets.entry(key.to_owned()).or_insert(Bucket { owed_ms: 0, at: now });
        bucket.owed_ms = (bucket.owed_ms - (now - bucket.at).max(0)).max(0);
        bucket.at = now;
        if bucket.owed_ms + cost > self.span_ms {
            let wait_ms = bucket.owed_ms + cost - self.span_ms;
            return Err(refusal::TOO_MANY_REQUESTS.with(RETRY_AFTER, (wait_ms / 1_000 + 1).max(1)));
        }
        bucket.owed_ms += cost;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: ThrottleKind = ThrottleKind { name: "test", limit: 60, minutes: 1 };

    #[test]
    fn the_limit_at_once_then_a_steady_refill() {
        let throttle = Throttle::new(&KIND, None);
        let taken = |now| (0..100).filter(|_| throttle.take("a", 1, now).is_ok()).count();
        assert_eq!(taken(0), 60);
        assert_eq!(taken(5_000), 5);
        assert_eq!(throttle.take("b", 1, 5_000).map_err(|_| "refused"), Ok(()), "others are not meant");
        assert_eq!(taken(1_000_000), 60);
        let unlimited = Throttle::new(&KIND, Some(0));
        assert!((0..1_000).all(|_| unlimited.take("a", 1, 0).is_ok()));
    }

    #[test]
    fn several_at_once_are_taken_or_none_of_them() {
        let throttle = Throttle::new(&KIND, None);
        let wait = |count, now| match throttle.take("a", count, now) {
            Err(Problem::Refused(_, params)) => params[RETRY_AFTER].as_i64(),
            _ => None,
        };
        assert_eq!([wait(50, 0), wait(0, 0)], [None, None]);
        // However often he asks, he loses nothing, and what he is told to wait is enough.
        assert_eq!([wait(15, 0), wait(15, 0)], [Some(6), Some(6)]);
        assert_eq!(wait(15, 6_000), None);
        assert_eq!([wait(100, 60_000), wait(100, 66_000)], [Some(6), None], "more than ever fit go alone");
    }
}
