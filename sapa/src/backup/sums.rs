//! The list of checksums, in the form of `sha256sum`: 64 hexadecimal digits, two spaces, the path.

use anyhow::{Context as _, bail, ensure};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read as _},
    path::{Component, Path},
};

pub const FILE: &str = "SHA256SUMS";
const CHUNK: usize = 128 * 1024;

#[derive(Default)]
pub struct Sums(BTreeMap<String, String>);

impl Sums {
    /// Reads the file at `path` below `folder`, keeps its checksum and answers it.
    pub fn add(&mut self, folder: &Path, path: &str) -> anyhow::Result<String> {
        let hash = hash(&folder.join(path))?;
        self.0.insert(path.to_owned(), hash.clone());
        Ok(hash)
    }

    /// Takes a file back out of the list.
    pub fn forget(&mut self, path: &str) {
        self.0.remove(path);
    }

    pub fn text(&self) -> String {
        self.0.iter().map(|(path, hash)| format!("{hash}  {path}\n")).collect()
    }

    /// Reads a list; refuses what is no list or leads out of its folder.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut sums = BTreeMap::new();
        for line in text.lines() {
            let (hash, path) = line.split_once("  ").context("a line is no checksum")?;
            let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
            ensure!(hash.len() == 64 && inside, "a line is no checksum");
            sums.insert(path.to_owned(), hash.to_owned());
        }
        ensure!(text.ends_with('\n'), "the last line is cut off");
        Ok(Self(sums))
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Compares every file of the list with its checksum, and the list with what lies in the folder.
    pub fn verify(&self, folder: &Path, each: impl Fn()) -> anyhow::Result<()> {
        for path in below(folder)? {
            ensure!(path == FILE || self.has(&path), "{path} is not in {FILE}");
        }
        for (path, expected) in &self.0 {
            match hash(&folder.join(path)) {
                Ok(found) if found == *expected => each(),
                Ok(_) => bail!("{path} has another checksum"),
                Err(_) => bail!("{path} is missing or cannot be read"),
            }
        }
        Ok(())
    }
}

fn hash(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut chunk) = (File::open(path)?, Sha256::new(), vec![0; CHUNK]);
    loop {
        match file.read(&mut chunk)? {
            0 => break,
            read => hash.update(&chunk[..read]),
        }
    }
    let mut text = String::new();
    for byte in hash.finalize() {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

/// The paths of all files below a folder, relative to it.
fn below(folder: &Path) -> io::Result<Vec<String>> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if let Ok(path) = entry.path().strip_prefix(folder) {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_leads_out_of_its_folder_is_refused() {
        let zeros = "0".repeat(64);
        assert!(Sums::parse(&format!("{zeros}  sapa.db\n")).is_ok());
        for wrong in ["../x", "/etc/passwd", "a/../../b"] {
            assert!(Sums::parse(&format!("{zeros}  {wrong}\n")).is_err(), "{wrong}");
        }
        assert!(Sums::parse(&format!("{zeros}  sapa.db")).is_err(), "a cut list must be refused");
    }
}
