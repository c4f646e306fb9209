//! A workbook with one sheet, written while its rows come: the archive of the parts that every spreadsheet needs.
//!
//! Each cell is text in itself, so none is a formula and nothing has to be put before it. Absent: formats, numbers, more
//! than one sheet.

use crate::archive::Archive;
use base::Problem;
use bytes::Bytes;

pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What a cell holds.
const CELL_CHARACTERS: usize = 32_767;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>",
    ),
    (
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"Contacts\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
];
const SHEET: &str = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
const SHEET_END: &str = "</sheetData></worksheet>";

pub struct Workbook(Archive);

impl Workbook {
    pub fn begin() -> Result<Self, Problem> {
        let mut archive = Archive::default();
        for (name, text) in PARTS {
            archive.begin(name)?;
            archive.add(format!("{HEAD}{text}").as_bytes())?;
        }
        archive.begin("xl/worksheets/sheet1.xml")?;
        archive.add(format!("{HEAD}{SHEET}").as_bytes())?;
        Ok(Self(archive))
    }

    /// Adds rows, and answers what can leave by now.
    pub fn rows(&mut self, rows: &[Vec<String>]) -> Result<Bytes, Problem> {
        let mut text = String::new();
        for row in rows {
            text.push_str("<row>");
            for cell in row {
                text.push_str("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                escape(cell, &mut text);
                text.push_str("</t></is></c>");
            }
            text.push_str("</row>");
        }
        self.0.add(text.as_bytes())?;
        Ok(self.0.take())
    }

    pub fn end(mut self) -> Result<Bytes, Problem> {
        self.0.add(SHEET_END.as_bytes())?;
        self.0.end()
    }
}

/// As text of XML, without what XML cannot hold.
fn escape(cell: &str, into: &mut String) {
    for char in cell.chars().take(CELL_CHARACTERS) {
        match char {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            char if char.is_control() && !matches!(char, '\t' | '\n' | '\r') => {}
            char => into.push(char),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    #[test]
    fn a_workbook_comes_in_pieces_and_is_whole() {
        let mut workbook = Workbook::begin().expect("a workbook");
        let row = |name: &str| vec![name.to_owned(), "=1+1".to_owned()];
        let mut bytes = workbook.rows(&[row("A & <B>\u{1}")]).expect("bytes").to_vec();
        bytes.extend(workbook.rows(&vec![row("Siti"); 5_000]).expect("bytes"));
        bytes.extend(workbook.end().expect("bytes"));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        assert_eq!(archive.len(), 5);
        let mut sheet = String::new();
        let part = archive.by_name("xl/worksheets/sheet1.xml").expect("the sheet");
        { part }.read_to_string(&mut sheet).expect("text");
        assert!(sheet.contains("<t xml:space=\"preserve\">A &amp; &lt;B&gt;</t>"), "{}", &sheet[..300]);
        assert_eq!((sheet.matches("<row>").count(), sheet.ends_with(SHEET_END)), (5_001, true));
        assert!(sheet.contains("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t>"));
    }
}
