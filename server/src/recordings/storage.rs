//! Where recordings are kept. Blocks, so it is called from threads of its own. Knows no media.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::Place;
use crate::live::File;

/// A journal longer than this is not read: a week of segments of half a second has half of it.
const MOST_JOURNAL: u64 = 512 << 20;

/// Somewhere to keep recordings.
pub trait Storage: Send + Sync {
    /// Keeps a file; it is whole on the disk, or not there.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn put(&self, place: &Place, file: File, parts: &[Bytes]) -> io::Result<()>;

    /// Adds to the journal, all of it or nothing.
    ///
    /// # Errors
    /// When it cannot be added.
    fn append(&self, place: &Place, lines: &str) -> io::Result<()>;

    /// The journal.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    fn journal(&self, place: &Place) -> io::Result<String>;

    /// A file's bytes.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    fn read(&self, place: &Place, file: File) -> io::Result<Bytes>;

    /// Numbers of the room's recordings, in any order.
    ///
    /// # Errors
    /// When that cannot be found out.
    fn recordings(&self, room: &str) -> io::Result<Vec<u64>>;

    /// Rooms that have had recordings.
    ///
    /// # Errors
    /// When that cannot be found out.
    fn rooms(&self) -> io::Result<Vec<String>>;

    /// Forgets a recording.
    ///
    /// # Errors
    /// When it cannot be removed.
    fn remove(&self, place: &Place) -> io::Result<()>;
}

/// A local folder: `ROOM/NUMBER/` has a recording's `journal.jsonl` and its files, named as in their addresses.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Below `root`, which is made with the first recording.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    fn of(&self, place: &Place) -> PathBuf {
        self.root.join(place.room()).join(place.number().to_string())
    }

    fn journal_of(&self, place: &Place) -> PathBuf {
        self.of(place).join("journal.jsonl")
    }
}

impl Storage for Folder {
    fn put(&self, place: &Place, file: File, parts: &[Bytes]) -> io::Result<()> {
        let folder = self.of(place);
        fs::create_dir_all(&folder)?;
        let (path, partial) = (folder.join(file.name()), folder.join("partial"));
        let write = || {
            let mut file = fs::File::create(&partial)?;
            parts.iter().try_for_each(|part| file.write_all(part))?;
            file.sync_data()?;
            fs::rename(&partial, &path)
        };
        write().inspect_err(|_| {
            // A full disk has better use for the room.
            _ = fs::remove_file(&partial);
        })
    }

    fn append(&self, place: &Place, lines: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(self.journal_of(place))?;
        let length = file.metadata()?.len();
        let written = file.write_all(lines.as_bytes()).and_then(|()| file.sync_data());
        written.inspect_err(|_| {
            // Half a line would spoil the next.
            _ = file.set_len(length);
        })
    }

    fn journal(&self, place: &Place) -> io::Result<String> {
        let path = self.journal_of(place);
        let length = fs::metadata(&path)?.len();
        if length > MOST_JOURNAL {
            let found = format!("{}: expected at most {MOST_JOURNAL} bytes, found {length}", path.display());
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, found));
        }
        // A crash may have cut a character in two.
        Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())
    }

    fn read(&self, place: &Place, file: File) -> io::Result<Bytes> {
        fs::read(self.of(place).join(file.name())).map(Bytes::from)
    }

    fn recordings(&self, room: &str) -> io::Result<Vec<u64>> {
        let Ok(room) = room::room_id(room) else { return Ok(Vec::new()) };
        Ok(names(&self.root.join(room))?.iter().filter_map(|name| name.parse().ok()).collect())
    }

    fn rooms(&self) -> io::Result<Vec<String>> {
        names(&self.root)
    }

    fn remove(&self, place: &Place) -> io::Result<()> {
        fs::remove_dir_all(self.of(place))
    }
}

/// Names of the folders in a folder; none when it is not there.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().into_string().ok());
    entries.map(name).filter_map(Result::transpose).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_read_again_and_listed_until_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Folder::new(&folder.path().join("recordings"));
        assert_eq!((storage.rooms().unwrap().len(), storage.recordings("tea").unwrap().len()), (0, 0));
        let place = Place::new("tea", 17).unwrap();
        storage
            .put(&place, File::Segment(4), &[Bytes::from_static(b"ab"), Bytes::from_static(b"c")])
            .unwrap();
        storage.append(&place, "one\n").unwrap();
        storage.append(&place, "two\n").unwrap();
        assert_eq!(storage.read(&place, File::Segment(4)).unwrap(), "abc");
        assert_eq!(storage.journal(&place).unwrap(), "one\ntwo\n");
        assert_eq!(storage.rooms().unwrap(), ["tea"]);
        assert_eq!(storage.recordings("tea").unwrap(), [17]);
        storage.remove(&place).unwrap();
        assert_eq!(storage.recordings("tea").unwrap(), [0_u64; 0]);
        assert_eq!(storage.journal(&place).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_no_place() {
        for name in ["..", ".", "", "/etc", "tea/..", "a\\b", "Tea"] {
            assert_eq!(Place::new(name, 1), None, "{name}");
        }
    }
}
