//! The table of quick replies as a file: one line for each, with its columns named in the first line. The files that
//! go with one are not in it.
//!
//! What must stay true: what is written reads back the same; no cell is a formula to a spreadsheet.

use crate::{CSV_COLUMN_MISSING, CSV_INVALID, CSV_TOO_LONG};
use base::{
    Problem,
    sheet::{self, MARK, unguarded},
};
use csv::{ReaderBuilder, StringRecord};

/// As many as one import takes.
pub(crate) const LINES: usize = 1_000;
const COLUMNS: [&str; 7] = ["shortcut", "title", "group", "scope", "inbox", "team", "text"];
const NEEDED: [&str; 2] = ["shortcut", "text"];

/// One line. What the file does not have is empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where it begins in the file; the first line is 1.
    pub number: u64,
    pub shortcut: String,
    pub title: String,
    /// None when the file has no such column: then what is there stays.
    pub group: Option<String>,
    pub scope: String,
    pub inbox: String,
    pub team: String,
    pub text: String,
}

impl Line {
    fn cells(&self) -> [&str; COLUMNS.len()] {
        let group = self.group.as_deref().unwrap_or_default();
        [&self.shortcut, &self.title, group, &self.scope, &self.inbox, &self.team, &self.text]
    }

    fn is_blank(&self) -> bool {
        self.cells().iter().all(|cell| cell.trim().is_empty())
    }
}

pub(crate) fn write(lines: &[Line]) -> Result<String, Problem> {
    sheet::table(&COLUMNS, lines.iter().map(Line::cells))
}

/// Reads what a spreadsheet saved: with or without the mark, separated by commas or, as in Indonesia, by semicolons.
pub(crate) fn read(text: &str) -> Result<Vec<Line>, Problem> {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|one| count(first, *one)).unwrap_or(b',');
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| CSV_INVALID)?.clone();
    let place = |column: &str| headers.iter().position(|header| header.trim().eq_ignore_ascii_case(column));
    if let Some(missing) = NEEDED.into_iter().find(|column| place(column).is_none()) {
        return Err(CSV_COLUMN_MISSING.with("column", missing));
    }
    let places = COLUMNS.map(place);
    let mut lines = Vec::new();
    let mut counter = LineCounter { text, upto: 0, number: 1 };
    for record in reader.records() {
        let record = record.map_err(|_| CSV_INVALID)?;
        let number = counter.at(record.position().map_or(0, |position| position.byte() as usize));
        let line = line(&record, number, places);
        if line.is_blank() {
            continue;
        }
        if lines.len() == LINES {
            return Err(CSV_TOO_LONG.with("max", LINES));
        }
        lines.push(line);
    }
    Ok(lines)
}

/// Counts lines up to where a record begins. The reader's own number is one too low where lines end as Windows ends them.
struct LineCounter<'t> {
    text: &'t str,
    upto: usize,
    number: u64,
}

impl LineCounter<'_> {
    fn at(&mut self, begin: usize) -> u64 {
        let bytes = self.text.as_bytes();
        // The end of the line before may still be in front.
        let ends = bytes[begin..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let begin = begin + ends;
        self.number += bytes[self.upto..begin].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.upto = begin;
        self.number
    }
}

fn line(record: &StringRecord, number: u64, places: [Option<usize>; COLUMNS.len()]) -> Line {
    let [shortcut, title, group, scope, inbox, team, text] =
        places.map(|place| unguarded(place.and_then(|place| record.get(place)).unwrap_or_default()).to_owned());
    let group = places[2].map(|_| group);
    Line { number, shortcut, title, group, scope, inbox, team, text }
}

fn count(line: &str, separator: u8) -> usize {
    line.bytes().filter(|byte| *byte == separator).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(number: u64, text: &str) -> Line {
        let text = text.to_owned();
        let (shortcut, title, scope) = ("ship".into(), "=1+1".into(), "workspace".into());
        Line { number, shortcut, title, group: Some(String::new()), scope, text, ..Line::default() }
    }

    #[test]
    fn what_is_written_reads_back_and_no_cell_is_a_formula() {
        let lines = [sample(2, "Two\nlines, \"quoted\"; and 'so' on"), sample(4, "-5 °C")];
        let written = write(&lines).expect("a table");
        assert!(written.starts_with("\u{feff}shortcut,title,"));
        assert!(written.contains("'=1+1") && written.contains("'-5 °C"), "{written}");
        assert_eq!(read(&written).expect("lines"), lines);
    }

    #[test]
    fn columns_may_come_in_any_order_and_separated_by_semicolons() {
        let lines = read("Text; SHORTCUT ;other\r\n\"Hi; there\";hi;x\r\n;;\r\nshort;s").expect("lines");
        let seen: Vec<_> = lines.iter().map(|line| (line.number, line.shortcut.as_str(), line.text.as_str())).collect();
        assert_eq!(seen, [(2, "hi", "Hi; there"), (4, "s", "short")]);
    }

    #[test]
    fn a_file_without_its_columns_or_too_long_is_refused() {
        let refused = |text: &str| read(text).map(|_| ()).map_err(|problem| problem.refusal().code);
        assert_eq!(refused("shortcut,title\nhi,Hi"), Err("csv_column_missing"));
        assert_eq!(refused(""), Err("csv_column_missing"));
        let long = |lines| format!("shortcut,text\n{}", "a,b\n".repeat(lines));
        assert_eq!(refused(&long(LINES)), Ok(()));
        assert_eq!(refused(&long(LINES + 1)), Err("csv_too_long"));
    }
}
