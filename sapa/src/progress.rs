//! A bar for work that takes longer than a breath; silent where nobody watches.

use indicatif::{ProgressBar, ProgressStyle};

pub fn bar(length: u64, what: &'static str) -> ProgressBar {
    // Drawn on standard error, and only when that is a terminal.
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} {msg}, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style).with_message(what)
}
