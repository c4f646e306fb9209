//! Tables as spreadsheets read them: what begins a file, cells that are never formulas, and times as the viewer reads them.

use crate::{Ms, Problem};
use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, de};

/// Spreadsheets take a file for UTF-8 by this.
pub const MARK: char = '\u{feff}';
/// A cell that begins with one of these is a formula to a spreadsheet, unless an apostrophe stands before it.
pub const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cell, as text for any spreadsheet.
pub fn guarded(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// The same cell as it was before.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// Rows as CSV, without the mark.
pub fn rows<Row, Cell>(rows: impl IntoIterator<Item = Row>) -> Result<String, Problem>
where
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let cells = row.into_iter().map(|cell| guarded(cell.as_ref()));
        writer.write_record(cells).map_err(|error| Problem::Internal(error.into()))?;
    }
    let bytes = writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A whole table as CSV: its columns are its first row.
pub fn table<Row, Cell>(columns: &[&str], lines: impl IntoIterator<Item = Row>) -> Result<String, Problem>
where
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    Ok(format!("{MARK}{}{}", rows([columns])?, rows(lines)?))
}

/// The table as a file that is loaded and not kept. `disposition` names it.
pub fn download(disposition: &'static str, table: impl Into<Body>) -> Response {
    let mut response = table.into().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// In which zone a table's times are written: a name such as `Asia/Jakarta`; usually UTC.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or_default()
    }

    /// Day and time, as spreadsheets sort them.
    pub fn time(&self, at: Ms) -> String {
        let at = Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(self.0.clone());
        at.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        TimeZone::get(&String::deserialize(input)?).map(Self).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_mark_and_no_formulas() {
        let text = table(&["name", "of"], [["=1+1", "a,b"], ["", "\"x\""]]).expect("a table");
        assert_eq!(text, "\u{feff}name,of\n'=1+1,\"a,b\"\n,\"\"\"x\"\"\"\n");
        assert_eq!((unguarded("'=1+1"), unguarded("'tis")), ("=1+1", "'tis"));
    }

    #[test]
    fn times_are_the_viewers() {
        let zone: Zone = serde_json::from_str("\"Asia/Jakarta\"").expect("a zone");
        assert_eq!((zone.name(), zone.time(0).as_str()), ("Asia/Jakarta", "1970-01-01 07:00:00"));
        assert_eq!(Zone::default().time(0), "1970-01-01 00:00:00");
        assert!(serde_json::from_str::<Zone>("\"Nowhere\"").is_err());
    }
}
