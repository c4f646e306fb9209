//! The part of a text in which something was found, and where in it; never markup.

use crate::query::Term;
use serde::Serialize;
use utoipa::ToSchema;
use words::words;

const SNIPPET_UNITS: usize = 160;
/// How much of what stands before the first match is shown.
const BEFORE_UNITS: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Snippet {
    /// One line; `…` stands for what was left out.
    pub text: String,
    /// Begin and end of each match in UTF-16 units of `text`.
    pub ranges: Vec<[usize; 2]>,
}

/// Where the terms stand in a text, in its UTF-16 units, in order and without overlaps.
pub fn matches(text: &str, terms: &[Term]) -> Vec<[usize; 2]> {
    let words = words(text);
    let mut found: Vec<[usize; 2]> = Vec::new();
    for term in terms {
        let last = term.words.len() - 1;
        for window in words.windows(term.words.len()) {
            let same = window.iter().zip(&term.words).enumerate().all(|(index, (word, wanted))| {
                if index == last && term.prefix { word.text.starts_with(wanted) } else { word.text == *wanted }
            });
            if same {
                // A pair that was asked for by its first sign is that sign alone.
                let end = &window[last];
                let cut = end.paired && !end.single && term.words[last].chars().count() == 1;
                let end = if cut { end.start + term.words[last].encode_utf16().count() } else { end.end };
                found.push([window[0].start, end]);
            }
        }
    }
    found.sort_unstable();
    let mut merged: Vec<[usize; 2]> = Vec::new();
    for range in found {
        match merged.last_mut() {
            Some(before) if range[0] < before[1] => before[1] = before[1].max(range[1]),
            _ => merged.push(range),
        }
    }
    merged
}

impl Snippet {
    pub fn of(text: &str, terms: &[Term]) -> Self {
        let ranges = matches(text, terms);
        let first = ranges.first().map_or(0, |range| range[0]);
        let from = first.saturating_sub(BEFORE_UNITS);
        let (mut at, mut shown, mut start, mut end) = (0, String::new(), None, 0);
        for c in text.chars() {
            if at >= from && at + c.len_utf16() <= from + SNIPPET_UNITS {
                start.get_or_insert(at);
                end = at + c.len_utf16();
                // As long as what it stands for, so that the ranges stay.
                shown.push(if c.is_whitespace() && c.len_utf16() == 1 { ' ' } else { c });
            }
            at += c.len_utf16();
        }
        let start = start.unwrap_or(0);
        let lead = if start > 0 { "…" } else { "" };
        let tail = if end < at { "…" } else { "" };
        let shift = lead.encode_utf16().count();
        let ranges = ranges
            .into_iter()
            .filter(|range| range[0] >= start && range[0] < end)
            .map(|range| [range[0] - start + shift, range[1].min(end) - start + shift])
            .collect();
        Self { text: format!("{lead}{shown}{tail}"), ranges }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;

    fn snippet(text: &str, query: &str) -> Snippet {
        Snippet::of(text, &Query::parse(query, None).expect("a query").terms)
    }

    fn marked(text: &str, query: &str) -> Vec<String> {
        let snippet = snippet(text, query);
        let units: Vec<u16> = snippet.text.encode_utf16().collect();
        snippet.ranges.iter().map(|[from, to]| String::from_utf16_lossy(&units[*from..*to])).collect()
    }

    #[test]
    fn matches_are_marked_as_they_are_written() {
        assert_eq!(marked("😀 Mon café est froid", "cafe"), ["café"]);
        assert_eq!(marked("Pesanan saya", "pes say"), ["saya"]);
        assert_eq!(marked("我在東京都住", "京都"), ["京都"]);
        assert_eq!(marked("我在東京都住", "京"), ["京"]);
        assert_eq!(marked(&format!("{} Ёлка", "слово ".repeat(80)), "елка"), ["Ёлка"]);
        assert_eq!(marked("not now, not yet", "\"not yet\""), ["not yet"]);
    }

    proptest::proptest! {
        #[test]
        fn ranges_lie_in_the_snippet(text in "(ab|é|京|😀| |\\PC){0,200}", query in "(ab|é|京){1,3}") {
            let snippet = snippet(&text, &query);
            let length = snippet.text.encode_utf16().count();
            let mut before = 0;
            for [from, to] in snippet.ranges {
                assert!(before <= from && from < to && to <= length);
                before = to;
            }
        }
    }
}
