//! Tables as spreadsheets read them: what begins a file, and cells that are never formulas.

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
