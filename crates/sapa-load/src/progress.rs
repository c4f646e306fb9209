//! Progress bars on the error stream, so that the table on the output stays clean.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tokio::time::{Instant, sleep};

const TICK: Duration = Duration::from_millis(200);

/// A bar over a known number of steps.
pub fn bar(title: &'static str, steps: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:<16} {bar:40} {human_pos}/{human_len} {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(steps).with_style(style).with_message(title)
}

/// A bar that fills while a fixed time passes.
pub async fn during(title: &'static str, time: Duration) {
    let end = Instant::now() + time;
    let bar = bar(title, time.as_millis() as u64);
    while Instant::now() < end {
        sleep(TICK.min(end - Instant::now())).await;
        bar.inc(TICK.as_millis() as u64);
    }
    bar.finish_and_clear();
}
