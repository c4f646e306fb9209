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

/// The largest file of each kind, in bytes. What is larger may go as any other file, if the channel takes those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    pub image: u64,
    pub audio: u64,
    pub video: u64,
    pub other: u64,
    /// As which media types anything else may go; empty: any.
    pub other_types: &'static [&'static str],
    /// What can be had of the customer's files.
    pub inbound: u64,
}

/// One in so many milliseconds, and so many at once after a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub every_ms: i64,
    pub at_once: i64,
}

/// How what people write below posts can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comments {
    /// In how many days after it was written one can be answered privately, and that once.
    pub private_days: i64,
    /// Of one account: private answers, and the same of public ones.
    pub pace: Pace,
    /// How long a public answer may be.
    pub text: Length,
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
    /// The same for what a person writes, where that is longer.
    pub human_hours: Option<i64>,
    /// Whether it has templates, which always leave.
    pub templates: bool,
    /// Whether it tells what arrived, and what was read.
    pub tells_delivered: bool,
    pub tells_read: bool,
    /// What we said can be said otherwise, and taken back.
    pub edit: bool,
    pub delete: bool,
    pub quote: bool,
    pub buttons: bool,
    /// With which signs one may react to a customer's message, of those that are offered; empty: not at all.
    pub reactions: &'static [&'static str],
    pub typing: bool,
    /// Whether the customer sees that what he wrote was read, if it is told.
    pub seen: bool,
    /// Whether we may write first.
    pub starts: bool,
    /// Whether people write below posts, too, and how that is answered.
    pub comments: Option<Comments>,
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

impl FileLimits {
    /// How large a file of this kind may be; `None`: none of it goes.
    pub fn of(self, media_type: &str) -> Option<u64> {
        let kind = match media_type.split('/').next() {
            Some("image") => self.image,
            Some("audio") => self.audio,
            Some("video") => self.video,
            _ => 0,
        };
        let any = self.other_types.is_empty() || self.other_types.contains(&media_type);
        Some(if any { kind.max(self.other) } else { kind }).filter(|bytes| *bytes > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R179
    #[test]
    fn what_is_too_large_for_its_kind_may_go_as_any_file() {
        let limits = FileLimits { image: 8, audio: 25, video: 25, other: 25, other_types: &[], inbound: 0 };
        assert_eq!(["image/png", "video/mp4", "text/plain"].map(|kind| limits.of(kind)), [Some(25); 3]);
        let few = FileLimits { other_types: &["application/pdf"], ..limits };
        let largest = ["image/png", "audio/mpeg", "application/pdf", "text/plain"].map(|kind| few.of(kind));
        assert_eq!(largest, [Some(8), Some(25), Some(25), None]);
    }

    #[test]
    fn each_unit_counts_its_own_way() {
        let length = |unit| Length { max: 4, unit }.of("é🙏");
        assert_eq!([Unit::Characters, Unit::Utf16, Unit::Bytes].map(length), [2, 3, 6]);
        assert!(Length { max: 3, unit: Unit::Utf16 }.fits("é🙏") && !Length { max: 2, unit: Unit::Utf16 }.fits("é🙏"));
    }
}
