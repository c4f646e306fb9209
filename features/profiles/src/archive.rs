//! A ZIP archive as it is written: files one after another, of which nobody knows beforehand how long they are.
//!
//! What must stay true: nothing is kept but the list of what was written. Files are stored as they are. Absent: reading
//! archives, and archives of more than four gigabytes (`export` refuses those).

/// Signatures and versions of the format (PKWARE's APPNOTE 6.3).
const LOCAL: u32 = 0x0403_4b50;
const AFTER: u32 = 0x0807_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const VERSION: u16 = 20;
/// Its sum and length follow the file, and its name is UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
/// The first of January 1980: the format's own zero.
const DAY: u16 = 1 << 5 | 1;
const NAME_BYTES: usize = 200;

struct Written {
    name: String,
    at: u32,
    size: u32,
    sum: crc32fast::Hasher,
}

#[derive(Default)]
pub struct Archive {
    at: u32,
    written: Vec<Written>,
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

impl Archive {
    /// What stands before a file's bytes.
    pub fn begin(&mut self, name: String) -> Vec<u8> {
        let mut out = Vec::new();
        let at = self.at;
        long(&mut out, LOCAL);
        for value in [VERSION, FLAGS, 0, 0, DAY] {
            short(&mut out, value);
        }
        for _ in 0..3 {
            long(&mut out, 0);
        }
        short(&mut out, name.len() as u16);
        short(&mut out, 0);
        out.extend(name.as_bytes());
        self.at += out.len() as u32;
        self.written.push(Written { name, at, size: 0, sum: crc32fast::Hasher::new() });
        out
    }

    /// Bytes of the file that was begun last.
    pub fn add(&mut self, bytes: &[u8]) {
        self.at += bytes.len() as u32;
        if let Some(last) = self.written.last_mut() {
            last.size += bytes.len() as u32;
            last.sum.update(bytes);
        }
    }

    /// What stands after them.
    pub fn end(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        if let Some(last) = self.written.last() {
            long(&mut out, AFTER);
            for value in [last.sum.clone().finalize(), last.size, last.size] {
                long(&mut out, value);
            }
        }
        self.at += out.len() as u32;
        out
    }

    /// The directory of all, with which the archive ends.
    pub fn finish(self) -> Vec<u8> {
        let mut out = Vec::new();
        let count = self.written.len() as u16;
        for Written { name, at, size, sum } in self.written {
            long(&mut out, CENTRAL);
            for value in [VERSION, VERSION, FLAGS, 0, 0, DAY] {
                short(&mut out, value);
            }
            for value in [sum.finalize(), size, size] {
                long(&mut out, value);
            }
            for value in [name.len() as u16, 0, 0, 0, 0] {
                short(&mut out, value);
            }
            long(&mut out, 0);
            long(&mut out, at);
            out.extend(name.as_bytes());
        }
        let size = out.len() as u32;
        long(&mut out, END);
        for value in [0, 0, count, count] {
            short(&mut out, value);
        }
        long(&mut out, size);
        long(&mut out, self.at);
        short(&mut out, 0);
        out
    }
}

fn short(out: &mut Vec<u8>, value: u16) {
    out.extend(value.to_le_bytes());
}

fn long(out: &mut Vec<u8>, value: u32) {
    out.extend(value.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(bytes: &[u8], at: usize) -> usize {
        u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize
    }

    #[test]
    fn the_directory_leads_to_each_file() {
        let mut archive = Archive::default();
        let mut out = Vec::new();
        for (name, pieces) in [("a.json", vec!["{", "}"]), ("files/b.txt", vec![]), ("c", vec!["Halo"])] {
            out.extend(archive.begin(name.to_owned()));
            for piece in pieces {
                archive.add(piece.as_bytes());
                out.extend(piece.as_bytes());
            }
            out.extend(archive.end());
        }
        out.extend(archive.finish());
        let end = out.len() - 22;
        assert_eq!((number(&out, end), u16::from_le_bytes([out[end + 10], out[end + 11]])), (END as usize, 3));
        let mut at = number(&out, end + 16);
        for (name, text) in [("a.json", "{}"), ("files/b.txt", ""), ("c", "Halo")] {
            assert_eq!(number(&out, at), CENTRAL as usize);
            assert_eq!(number(&out, at + 16), crc32fast::hash(text.as_bytes()) as usize);
            let file = number(&out, at + 42);
            assert_eq!(number(&out, file), LOCAL as usize);
            let bytes = file + 30 + name.len();
            assert_eq!((&out[file + 30..bytes], &out[bytes..bytes + text.len()]), (name.as_bytes(), text.as_bytes()));
            at += 46 + name.len();
        }
        assert_eq!(at, end);
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
