//! A table as a spreadsheet saved it: in which encoding, separated by what, and row after row with its place.
//!
//! What must stay true: no bytes are a fault of ours; a cell that we guarded when it went out comes back as it was.

use crate::{IMPORT_FILE_INVALID, IMPORT_FILE_WORKBOOK, IMPORT_TOO_LONG};
use base::{
    Problem,
    sheet::{MARK, unguarded},
};
use csv::{ReaderBuilder, StringRecordsIntoIter};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Rows of one import.
pub const ROWS: i64 = 200_000;
pub const COLUMNS: usize = 200;
const HEADER_CHARACTERS: usize = 100;
/// Of the bytes by which it is told whether every second one is empty.
const LOOKED_AT: usize = 1_000;
/// How each archive begins, and so each workbook.
const ARCHIVE: &[u8] = b"PK\x03\x04";

pub struct Table {
    text: String,
    /// Where the first row of the table begins, and in which line.
    start: usize,
    first_line: i64,
    pub separator: u8,
    pub encoding: &'static str,
    pub headers: Vec<String>,
}

/// One row below the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1, 2, 3 …
    pub number: i64,
    /// Where it begins in the file; the first line of the file is 1.
    pub line: i64,
    pub cells: Vec<String>,
}

pub struct Lines<'t> {
    records: StringRecordsIntoIter<&'t [u8]>,
    bytes: &'t [u8],
    upto: usize,
    line: i64,
    number: i64,
}

impl Table {
    pub fn open(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.starts_with(ARCHIVE) {
            return Err(IMPORT_FILE_WORKBOOK.into());
        }
        let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guessed(bytes), 0));
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let text = text.trim_start_matches(MARK).to_owned();
        let first = text.lines().next().unwrap_or_default();
        // What spreadsheets understand in front of a table.
        let said = first.strip_prefix("sep=").filter(|rest| rest.len() == 1).map(|rest| rest.as_bytes()[0]);
        let (start, first_line) =
            if said.is_some() { (text.find('\n').map_or(text.len(), |at| at + 1), 2) } else { (0, 1) };
        let separator = said.unwrap_or_else(|| separator(&text[start..]));
        let mut table = Self { text, start, first_line, separator, encoding: encoding.name(), headers: Vec::new() };
        let header = table.reader(false).into_records().next().and_then(Result::ok).unwrap_or_default();
        let cells = header.iter().map(|cell| cell.trim().chars().take(HEADER_CHARACTERS).collect());
        table.headers = cells.collect();
        let said = table.headers.iter().any(|header| !header.is_empty());
        if said && table.headers.len() <= COLUMNS { Ok(table) } else { Err(IMPORT_FILE_INVALID.with("max", COLUMNS)) }
    }

    /// How many rows there are below the first.
    pub fn count(&self) -> Result<i64, Problem> {
        let count = self.lines().count() as i64;
        match count {
            0 => Err(IMPORT_FILE_INVALID.with("max", COLUMNS)),
            _ if count > ROWS => Err(IMPORT_TOO_LONG.with("max", ROWS)),
            _ => Ok(count),
        }
    }

    /// Those that say anything.
    pub fn lines(&self) -> Lines<'_> {
        let bytes = &self.text.as_bytes()[self.start..];
        let records = self.reader(true).into_records();
        Lines { records, bytes, upto: 0, line: self.first_line, number: 0 }
    }

    fn reader(&self, headers: bool) -> csv::Reader<&[u8]> {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.separator).flexible(true).has_headers(headers);
        builder.from_reader(&self.text.as_bytes()[self.start..])
    }
}

impl Lines<'_> {
    /// The reader's own number is one too low where lines end as Windows ends them.
    fn at(&mut self, begin: usize) -> i64 {
        // The end of the line before may still be in front.
        let ends = self.bytes[begin..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let begin = begin + ends;
        self.line += self.bytes[self.upto..begin].iter().filter(|byte| **byte == b'\n').count() as i64;
        self.upto = begin;
        self.line
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            // What could fail is reading, and all is read.
            let record = self.records.next()?.ok()?;
            let line = self.at(record.position().map_or(self.upto, |position| position.byte() as usize));
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            self.number += 1;
            let cells = record.iter().map(|cell| unguarded(cell).to_owned()).collect();
            return Some(Line { number: self.number, line, cells });
        }
    }
}

/// Of a file that does not say it.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let looked = &bytes[..bytes.len().min(LOOKED_AT)];
    let empty = |odd: usize| looked.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 4 > looked.len();
    if empty(1) {
        UTF_16LE
    } else if empty(0) {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// What the first row has most of outside of quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(one, _)| *one == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // Of several that are as frequent, the first.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(one, _)| one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<(i64, i64, Vec<String>)>) {
        let table = Table::open(bytes).expect("a table");
        let lines = table.lines().map(|line| (line.number, line.line, line.cells)).collect();
        (format!("{} {:?} {:?}", table.encoding, table.separator as char, table.headers), lines)
    }

    #[test]
    fn encodings_and_separators_are_told_by_the_bytes() {
        let text = "Nama;E-mail\r\n\"Siti; Café\";siti@kopi.id\r\n";
        let utf_16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<_>>();
        let marked = [&[0xff, 0xfe], utf_16(u16::to_le_bytes).as_slice()].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
            (text.chars().map(|char| char as u8).collect(), "windows-1252"),
            (marked, "UTF-16LE"),
            (utf_16(u16::to_le_bytes), "UTF-16LE"),
            (utf_16(u16::to_be_bytes), "UTF-16BE"),
        ] {
            let (about, lines) = read(&bytes);
            assert_eq!(about, format!("{encoding} ';' [\"Nama\", \"E-mail\"]"));
            assert_eq!(lines, [(1, 2, vec!["Siti; Café".to_owned(), "siti@kopi.id".into()])]);
        }
        assert!(read(b"a\tb\n1\t2").0.contains("'\\t'"));
        assert!(read(b"\"x;y;z\",b\n1,2").0.contains("','"));
        let (about, lines) = read(b"sep=;\na,b;c\n1;2\n");
        assert_eq!((about.as_str(), lines[0].1), ("UTF-8 ';' [\"a,b\", \"c\"]", 3));
    }

    #[test]
    fn rows_know_their_lines_and_empty_ones_are_none() {
        let (_, lines) = read(b"a,b\r\n\"two\nlines\",1\r\n\r\n , \r\n'=1+1,'so\r\nshort\r\none,two,three");
        let seen: Vec<_> = lines.iter().map(|(number, line, cells)| (*number, *line, cells.join("|"))).collect();
        let text = |text: &str| text.to_owned();
        assert_eq!(
            seen,
            [
                (1, 2, text("two\nlines|1")),
                (2, 6, text("=1+1|'so")),
                (3, 7, text("short")),
                (4, 8, text("one|two|three"))
            ]
        );
    }

    #[test]
    fn no_bytes_are_a_fault_of_ours() {
        for bytes in [&b""[..], b"\n\n", b";;;", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"] {
            assert!(Table::open(bytes).is_err(), "{bytes:?}");
        }
        assert!(Table::open(&b"a,".repeat(COLUMNS)).is_err());
        let mut dice: u64 = 7;
        for length in 0..300 {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let odd = b"\"',;\n\r\tabc=\0\xff\xfe\xc3\xa9";
                    odd[(dice >> 33) as usize % odd.len()]
                })
                .collect();
            if let Ok(table) = Table::open(&bytes) {
                assert!(table.lines().count() <= length);
            }
        }
        // What opens a quotation mark and never closes it is one cell until the end.
        let (_, lines) = read(format!("a,b\n\"open,1\n{}", "x,2\n".repeat(500)).as_bytes());
        assert_eq!(lines.len(), 1);
        assert_eq!(Table::open(b"a,b\n").map(|table| table.count().is_err()).ok(), Some(true));
    }
}
