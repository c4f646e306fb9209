//! A part of a file, as players ask for it (RFC 9110, section 14): one range of bytes, or the whole.

use axum::http::HeaderMap;

/// What to answer to a request for `size` bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// The first byte and the number of bytes.
    Bytes(u64, u64),
    /// Beyond its end.
    Unsatisfiable,
}

/// Anything else than one well-formed range is answered with the whole, as the standard allows.
pub(crate) fn part_of(headers: &HeaderMap, size: u64) -> Part {
    let asked = headers.get(axum::http::header::RANGE).and_then(|value| value.to_str().ok());
    let Some((first, last)) = asked.and_then(|text| text.strip_prefix("bytes=")?.split_once('-')) else {
        return Part::Whole;
    };
    let number = |text: &str| if text.is_empty() { Ok(None) } else { text.parse::<u64>().map(Some) };
    let (first, last) = match (number(first), number(last)) {
        (Ok(Some(first)), Ok(last)) => (first, last.unwrap_or(u64::MAX)),
        // The last so many bytes.
        (Ok(None), Ok(Some(length))) if length > 0 => (size.saturating_sub(length), u64::MAX),
        _ => return Part::Whole,
    };
    if first > last {
        return Part::Whole;
    }
    if first >= size {
        return Part::Unsatisfiable;
    }
    Part::Bytes(first, last.min(size - 1) - first + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, header};

    #[test]
    fn one_range_is_a_part_and_everything_else_the_whole() {
        for (asked, part) in [
            ("bytes=0-", Part::Bytes(0, 100)),
            ("bytes=0-1", Part::Bytes(0, 2)),
            ("bytes=90-200", Part::Bytes(90, 10)),
            ("bytes=-30", Part::Bytes(70, 30)),
            ("bytes=-300", Part::Bytes(0, 100)),
            ("bytes=100-", Part::Unsatisfiable),
            ("bytes=5-4", Part::Whole),
            ("bytes=-0", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("bytes=99999999999999999999-", Part::Whole),
            ("lines=1-2", Part::Whole),
        ] {
            let headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(asked))]);
            assert_eq!(part_of(&headers, 100), part, "{asked}");
        }
        assert_eq!(part_of(&HeaderMap::new(), 100), Part::Whole);
    }
}
