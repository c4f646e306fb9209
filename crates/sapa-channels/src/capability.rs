//! What a channel can, as data. The composer, the sender and whoever asks before him read the same table.

/// How a channel counts the length of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    Characters,
    /// What JavaScript and Telegram count.
    Utf16,
    Bytes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    pub max: usize,
    pub unit: Unit,
}

/// The largest file of each kind, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    pub image: u64,
    pub audio: u64,
    pub video: u64,
    pub other: u64,
    /// What can be had of the customer's files.
    pub inbound: u64,
}

/// One in so many milliseconds, and so many at once after a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub every_ms: i64,
    pub at_once: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// After its marks were read.
    pub text: Length,
    /// Beside a file; what is longer is a message of its own.
    pub caption: Length,
    pub files: FileLimits,
    /// In one request.
    pub files_together: usize,
    /// Hours after the customer's last message in which he can be answered; none: always. After them, templates only.
    pub window_hours: Option<i64>,
    /// Whether it tells what arrived, and what was read.
    pub tells_delivered: bool,
    pub tells_read: bool,
    /// What we said can be said otherwise, and taken back.
    pub edit: bool,
    pub delete: bool,
    pub quote: bool,
    pub buttons: bool,
    pub reactions: bool,
    pub typing: bool,
    /// Whether we may write first.
    pub starts: bool,
    /// Of one account, and to one person.
    pub account_pace: Pace,
    pub person_pace: Pace,
}

impl Length {
    pub fn of(self, text: &str) -> usize {
        match self.unit {
            Unit::Characters => text.chars().count(),
            Unit::Utf16 => text.encode_utf16().count(),
            Unit::Bytes => text.len(),
        }
    }

    pub fn fits(self, text: &str) -> bool {
        self.of(text) <= self.max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_counts_its_own_way() {
        let length = |unit| Length { max: 4, unit }.of("é🙏");
        assert_eq!([Unit::Characters, Unit::Utf16, Unit::Bytes].map(length), [2, 3, 6]);
        assert!(Length { max: 3, unit: Unit::Utf16 }.fits("é🙏") && !Length { max: 2, unit: Unit::Utf16 }.fits("é🙏"));
    }
}
