//! A ZIP archive that leaves while it is written: files one after another, of which nobody knows beforehand how long they
//! are.
//!
//! What must stay true: nothing is kept but what did not leave yet and the list of what was written. Absent: reading
//! archives.

use base::Problem;
use bytes::Bytes;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};
use zip::{
    CompressionMethod, ZipWriter,
    result::ZipError,
    write::{SimpleFileOptions, StreamWriter},
};

const NAME_BYTES: usize = 200;

/// What was written and did not leave yet.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A name in which nothing leads elsewhere.
pub fn harmless(name: &str) -> String {
    let plain = |char: char| if char.is_control() || "/\\:*?\"<>|".contains(char) { '_' } else { char };
    let mut name: String = name.chars().map(plain).collect();
    while name.len() > NAME_BYTES {
        name.pop();
    }
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { "_".to_owned() } else { name.to_owned() }
}

fn failed(error: ZipError) -> Problem {
    Problem::Internal(error.into())
}

pub struct Archive {
    zip: ZipWriter<StreamWriter<Buffer>>,
    buffer: Buffer,
}

impl Default for Archive {
    fn default() -> Self {
        let buffer = Buffer::default();
        Self { zip: ZipWriter::new_stream(buffer.clone()), buffer }
    }
}

impl Archive {
    /// Ends the file before it and begins one whose bytes are packed.
    pub fn begin(&mut self, name: &str) -> Result<(), Problem> {
        self.zip.start_file(name, SimpleFileOptions::default()).map_err(failed)
    }

    /// The same for bytes that are packed already, such as pictures.
    pub fn begin_as_is(&mut self, name: &str) -> Result<(), Problem> {
        let as_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(name, as_is).map_err(failed)
    }

    /// Bytes of the file that was begun last.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        Ok(self.zip.write_all(bytes)?)
    }

    /// What can leave by now.
    pub fn take(&self) -> Bytes {
        std::mem::take(&mut *self.buffer.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }

    /// What is left, with the directory of all at its end.
    pub fn end(self) -> Result<Bytes, Problem> {
        let Self { zip, buffer } = self;
        zip.finish().map_err(failed)?;
        Ok(std::mem::take(&mut *buffer.0.lock().unwrap_or_else(PoisonError::into_inner)).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    #[test]
    fn an_archive_comes_in_pieces_and_is_whole() {
        let mut archive = Archive::default();
        let mut out = Vec::new();
        let files = [("a.json", vec!["{", "}"]), ("files/b.txt", vec![]), ("c", vec!["Halo"])];
        for (name, pieces) in &files {
            archive.begin(name).expect("a file");
            for piece in pieces {
                archive.add(piece.as_bytes()).expect("bytes");
                out.extend(archive.take());
            }
        }
        archive.begin_as_is("d").expect("a file");
        archive.add(b"as it is").expect("bytes");
        out.extend(archive.end().expect("the rest"));
        let mut read = zip::ZipArchive::new(Cursor::new(out)).expect("an archive");
        assert_eq!(read.len(), 4);
        for (name, expected) in [("a.json", "{}"), ("files/b.txt", ""), ("c", "Halo"), ("d", "as it is")] {
            let mut text = String::new();
            { read.by_name(name).expect("a file") }.read_to_string(&mut text).expect("text");
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn no_name_leads_elsewhere() {
        for (name, kept) in
            [("../../etc/passwd", "_.._etc_passwd"), ("C:\\a.txt", "C__a.txt"), ("..", "_"), ("ünï", "ünï")]
        {
            assert_eq!(harmless(name), kept);
        }
        assert!(harmless(&"é".repeat(300)).len() <= NAME_BYTES);
    }
}
