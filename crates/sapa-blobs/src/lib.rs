//! The file store: bytes in, a name out.
//!
//! A name is the SHA-256 of the bytes, so the same bytes are kept once and a name can never be a path of
//! somebody's choice. What must stay true: `put` answers after the bytes and their folder entry are flushed;
//! no upload is held in memory; what was not finished leaves nothing behind but a temporary file, which a
//! start on a later day removes.
//! Absent: names, types, rights; the features know those.

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{
    io,
    path::{Path, PathBuf},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::{
    fs,
    io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt},
};
use tokio_util::io::ReaderStream;

/// A local folder. Cheap to clone.
#[derive(Clone)]
pub struct Blobs(Arc<Folder>);

struct Folder {
    path: PathBuf,
    /// Tells the uploads of this process from those of others on the same folder.
    process: String,
    uploads: AtomicU64,
}

/// What was stored.
#[derive(Debug, PartialEq, Eq)]
pub struct Stored {
    /// 64 hexadecimal digits.
    pub name: String,
    pub size: u64,
    /// The first bytes, by which the file's type is told.
    pub head: Vec<u8>,
}

/// Why an upload was not stored.
#[derive(Debug)]
pub enum PutError {
    /// More than the allowed bytes came.
    TooLarge,
    Empty,
    /// The sender broke off.
    Interrupted,
    Io(io::Error),
}

impl From<io::Error> for PutError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Enough for every signature that type detection looks at.
const HEAD_BYTES: usize = 4_096;
/// Uploads are refused while the disk has less than this left: the rest is for the database.
const SPARE_BYTES: u64 = 256 * 1024 * 1024;
/// How often an upload looks whether there still is room: others upload at the same time.
const LOOK_BYTES: u64 = 1024 * 1024;
/// Read at once of what came in parts.
const READ_BYTES: usize = 256 * 1024;
/// An upload that nobody wrote to for so long goes on no more.
const ABANDONED: Duration = Duration::from_secs(24 * 3_600);
const FRESH: Duration = Duration::from_secs(3_600);

impl Blobs {
    /// Opens a folder, made when missing, and clears what interrupted uploads left. Other processes may be at work on
    /// it: what was written to lately is theirs.
    pub async fn open(path: &Path) -> io::Result<Self> {
        let uploads = path.join("uploads");
        fs::create_dir_all(&uploads).await?;
        let mut left = fs::read_dir(&uploads).await?;
        while let Some(upload) = left.next_entry().await? {
            let written = upload.metadata().await.and_then(|upload| upload.modified());
            if written.is_ok_and(|written| written.elapsed().is_ok_and(|age| age > ABANDONED)) {
                // Another process that starts now may be quicker.
                let _ = fs::remove_file(upload.path()).await;
            }
        }
        #[expect(clippy::disallowed_methods, reason = "it only tells this process from an earlier one of its number")]
        let started = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let process = format!("{}-{started}", std::process::id());
        Ok(Self(Arc::new(Folder { path: path.to_owned(), process, uploads: AtomicU64::new(0) })))
    }

    /// Whether the disk has room for uploads.
    fn has_room(&self) -> io::Result<()> {
        let disk = rustix::fs::statvfs(&self.0.path)?;
        if disk.f_bavail * disk.f_frsize < SPARE_BYTES { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    /// Streams an upload of at most `max` bytes to disk and answers when it is durable.
    pub async fn put<E>(&self, bytes: impl Stream<Item = Result<Bytes, E>>, max: u64) -> Result<Stored, PutError> {
        self.has_room()?;
        let number = self.0.uploads.fetch_add(1, Ordering::Relaxed);
        let upload = self.0.path.join("uploads").join(format!("{}-{number}", self.0.process));
        let stored = self.receive(&upload, bytes, max).await;
        if stored.is_err() {
            // What cannot be removed now is removed at the next start.
            let _ = fs::remove_file(&upload).await;
        }
        stored
    }

    async fn receive<E>(
        &self,
        upload: &Path,
        bytes: impl Stream<Item = Result<Bytes, E>>,
        max: u64,
    ) -> Result<Stored, PutError> {
        let mut file = fs::File::create_new(upload).await?;
        let (mut hash, mut head, mut size) = (Sha256::new(), Vec::new(), 0_u64);
        let mut bytes = pin!(bytes);
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|_| PutError::Interrupted)?;
            let before = size;
            size += chunk.len() as u64;
            if size > max {
                return Err(PutError::TooLarge);
            }
            if before / LOOK_BYTES != size / LOOK_BYTES {
                self.has_room()?;
            }
            head.extend_from_slice(&chunk[..chunk.len().min(HEAD_BYTES - head.len())]);
            hash.update(&chunk);
            file.write_all(&chunk).await?;
        }
        if size == 0 {
            return Err(PutError::Empty);
        }
        file.flush().await?;
        file.sync_all().await?;
        let name: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let place = self.place(&name);
        let folder = place.parent().unwrap_or(&self.0.path).to_owned();
        fs::create_dir_all(&folder).await?;
        fs::rename(upload, &place).await?;
        // The rename is durable only with its folder.
        fs::File::open(&folder).await?.sync_all().await?;
        Ok(Stored { name, size, head })
    }

    /// Streams at most `max` bytes of an unfinished file to disk, behind the first `offset` of them. Answers how many are
    /// durable, also when the sender broke off. A part that comes twice lies where it lay.
    pub async fn put_part<E>(
        &self,
        part: &str,
        offset: u64,
        bytes: impl Stream<Item = Result<Bytes, E>>,
        max: u64,
    ) -> Result<u64, PutError> {
        self.has_room()?;
        let path = self.part(part);
        let mut file = fs::OpenOptions::new().create(offset == 0).truncate(false).write(true).open(&path).await?;
        if file.metadata().await?.len() < offset {
            return Err(io::Error::from(io::ErrorKind::NotFound).into());
        }
        file.seek(io::SeekFrom::Start(offset)).await?;
        let (mut size, mut bytes) = (0, pin!(bytes));
        // What came until then is kept.
        while let Some(Ok(chunk)) = bytes.next().await {
            size += chunk.len() as u64;
            if size > max {
                return Err(PutError::TooLarge);
            }
            if size / LOOK_BYTES > (size - chunk.len() as u64) / LOOK_BYTES {
                self.has_room()?;
            }
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        file.sync_all().await?;
        if offset == 0 {
            fs::File::open(path.parent().unwrap_or(&self.0.path)).await?.sync_all().await?;
        }
        Ok(size)
    }

    /// Stores the first `size` bytes of what came in parts as any other file. The parts stay until they are dropped.
    pub async fn put_whole(&self, part: &str, size: u64) -> Result<Stored, PutError> {
        let file = fs::File::open(self.part(part)).await?;
        if file.metadata().await?.len() < size {
            return Err(io::Error::from(io::ErrorKind::NotFound).into());
        }
        self.put(ReaderStream::with_capacity(file.take(size), READ_BYTES), size).await
    }

    /// Removes what came of an unfinished file; nothing may have.
    pub async fn drop_part(&self, part: &str) -> io::Result<()> {
        match fs::remove_file(self.part(part)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The open file and its size.
    pub async fn get(&self, name: &str) -> io::Result<(fs::File, u64)> {
        let file = fs::File::open(self.place(name)).await?;
        let size = file.metadata().await?.len();
        Ok((file, size))
    }

    /// All bytes, for work that needs them at once; the caller knows the size and has limited it.
    pub async fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.place(name)).await
    }

    /// Removes a file that nothing refers to; one that is already gone is fine. One that was stored within the last
    /// hour stays: the same bytes may just have been uploaded again, and their row is not written yet.
    pub async fn remove(&self, name: &str) -> io::Result<()> {
        let place = self.place(name);
        let stored = fs::metadata(&place).await.and_then(|file| file.modified());
        if stored.is_ok_and(|stored| stored.elapsed().is_ok_and(|age| age < FRESH)) {
            return Ok(());
        }
        match fs::remove_file(place).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The folder itself, for backups.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    fn part(&self, name: &str) -> PathBuf {
        let safe = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.0.path.join("uploads").join(format!("part-{}", if safe { name } else { "none" }))
    }

    fn place(&self, name: &str) -> PathBuf {
        // Names come from our own rows; anything that is no hash leads nowhere.
        let safe = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if safe { self.0.path.join(&name[..2]).join(name) } else { self.0.path.join("none") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;

    fn chunks(parts: &[&'static str]) -> impl Stream<Item = Result<Bytes, ()>> {
        stream::iter(parts.iter().map(|part| Ok(Bytes::from_static(part.as_bytes()))).collect::<Vec<_>>())
    }

    #[tokio::test]
    async fn bytes_come_back_under_their_hash() {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::open(folder.path()).await.expect("a store");
        let stored = blobs.put(chunks(&["hel", "lo"]), 5).await.expect("stored");
        assert_eq!(stored.name, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assert_eq!((stored.size, stored.head.as_slice()), (5, b"hello".as_slice()));
        assert_eq!(blobs.read(&stored.name).await.expect("bytes"), b"hello");
        assert!(blobs.read("../../etc/passwd").await.is_err());
    }

    #[tokio::test]
    async fn what_comes_in_parts_goes_on_where_it_stopped() {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::open(folder.path()).await.expect("a store");
        let cut = stream::iter([Ok(Bytes::from_static(b"he")), Err(()), Ok(Bytes::from_static(b"xx"))]);
        assert_eq!(blobs.put_part("ab12", 0, cut, 5).await.expect("a part"), 2);
        // After a start of the program.
        let blobs = Blobs::open(folder.path()).await.expect("a store");
        assert!(blobs.put_whole("ab12", 5).await.is_err(), "not whole yet");
        assert!(blobs.put_part("ab12", 4, chunks(&["o"]), 1).await.is_err(), "a hole");
        for _ in 0..2 {
            assert_eq!(blobs.put_part("ab12", 2, chunks(&["l", "lo"]), 3).await.expect("a part"), 3);
        }
        assert!(matches!(blobs.put_part("ab12", 5, chunks(&["!"]), 0).await, Err(PutError::TooLarge)));
        let stored = blobs.put_whole("ab12", 5).await.expect("stored");
        assert_eq!(blobs.read(&stored.name).await.expect("bytes"), b"hello");
        blobs.drop_part("ab12").await.expect("dropped");
        blobs.drop_part("ab12").await.expect("gone already");
        assert_eq!(std::fs::read_dir(folder.path().join("uploads")).expect("folder").count(), 0);
    }

    #[tokio::test]
    async fn processes_on_the_same_folder_leave_each_other_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Blobs::open(folder.path()).await.expect("a store");
        let second = Blobs::open(folder.path()).await.expect("a store");
        let slow = stream::unfold(0, |step| {
            let opened = folder.path();
            async move {
                if step == 1 {
                    Blobs::open(opened).await.expect("a third one that starts in the middle");
                }
                (step < 3).then(|| (Ok::<_, ()>(Bytes::from_static(b"abc")), step + 1))
            }
        });
        let (one, two) = tokio::join!(first.put(slow, 100), second.put(chunks(&["x"]), 100));
        assert_eq!((one.expect("stored").size, two.expect("stored").size), (9, 1));
    }

    #[tokio::test]
    async fn what_is_refused_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::open(folder.path()).await.expect("a store");
        assert!(matches!(blobs.put(chunks(&["hello", "!"]), 5).await, Err(PutError::TooLarge)));
        assert!(matches!(blobs.put(chunks(&[]), 5).await, Err(PutError::Empty)));
        let broken = stream::iter([Ok(Bytes::from_static(b"a")), Err(())]);
        assert!(matches!(blobs.put(broken, 5).await, Err(PutError::Interrupted)));
        assert_eq!(std::fs::read_dir(folder.path().join("uploads")).expect("folder").count(), 0);
    }
}
