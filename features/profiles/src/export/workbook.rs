//! A workbook with one sheet, written while its rows come: the archive of the parts that every spreadsheet needs.
//!
//! Each cell is text in itself, so none is a formula and nothing has to be put before it. Absent: formats, numbers, more
//! than one sheet.

use base::Problem;
use bytes::Bytes;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};
use zip::{
    ZipWriter,
    result::ZipError,
    write::{SimpleFileOptions, StreamWriter},
};

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

/// What was written and did not leave yet.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub struct Workbook {
    zip: ZipWriter<StreamWriter<Buffer>>,
    buffer: Buffer,
}

fn failed(error: ZipError) -> Problem {
    Problem::Internal(error.into())
}

impl Workbook {
    pub fn begin() -> Result<Self, Problem> {
        let buffer = Buffer::default();
        let mut zip = ZipWriter::new_stream(buffer.clone());
        for (name, text) in PARTS {
            zip.start_file(name, SimpleFileOptions::default()).map_err(failed)?;
            write!(zip, "{HEAD}{text}")?;
        }
        zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).map_err(failed)?;
        write!(zip, "{HEAD}{SHEET}")?;
        Ok(Self { zip, buffer })
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
        self.zip.write_all(text.as_bytes())?;
        Ok(self.buffer.take())
    }

    pub fn end(mut self) -> Result<Bytes, Problem> {
        self.zip.write_all(SHEET_END.as_bytes())?;
        self.zip.finish().map_err(failed)?;
        Ok(self.buffer.take())
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
