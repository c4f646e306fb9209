//! What `/metrics` shows, in the Prometheus text form.

use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::sync::{Arc, Mutex, PoisonError};

/// Handles to the metrics; a clone is the same metrics.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    pub requests: Counter,
    pub problems: Counter,
    pub request_seconds: Histogram,
    pub sockets: Gauge,
    pub events: Counter,
    pub slow_sockets: Counter,
    pub jobs_done: Counter,
    pub jobs_parked: Counter,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
        let metrics = Self {
            registry: Arc::default(),
            requests: Counter::default(),
            problems: Counter::default(),
            request_seconds: Histogram::new(seconds),
            sockets: Gauge::default(),
            events: Counter::default(),
            slow_sockets: Counter::default(),
            jobs_done: Counter::default(),
            jobs_parked: Counter::default(),
        };
        {
            let mut registry = metrics.registry.lock().unwrap_or_else(PoisonError::into_inner);
            let mut add = |name, help, metric| registry.register(name, help, metric);
            add("sapa_requests", "HTTP requests answered", metrics.requests.clone());
            add("sapa_problems", "HTTP requests answered with status 500 and above", metrics.problems.clone());
            add("sapa_events", "events delivered to the stream", metrics.events.clone());
            add("sapa_slow_sockets", "sockets cut because they did not read", metrics.slow_sockets.clone());
            add("sapa_jobs_done", "jobs finished", metrics.jobs_done.clone());
            add("sapa_jobs_parked", "jobs given up and kept for a person", metrics.jobs_parked.clone());
            registry.register("sapa_sockets", "open sockets", metrics.sockets.clone());
            registry.register("sapa_request_seconds", "time to answer", metrics.request_seconds.clone());
        }
        metrics
    }

    /// The text for the scraper.
    pub fn render(&self) -> String {
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        // Writing into a string cannot fail.
        let _ = prometheus_client::encoding::text::encode(&mut text, &registry);
        text
    }
}
