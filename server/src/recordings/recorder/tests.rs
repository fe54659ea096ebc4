use std::io;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use packager::{Init, MediaTime, Part, Vod, WallTime};

use super::*;
use crate::recordings::{Folder, Storage};

/// A folder on a disk that fails, or stands still.
struct Disk {
    folder: Folder,
    full: AtomicBool,
    stuck: AtomicBool,
}

impl Disk {
    fn write(&self) -> io::Result<()> {
        while self.stuck.load(Ordering::Acquire) {
            std::thread::sleep(Duration::from_millis(1));
        }
        match self.full.load(Ordering::Acquire) {
            true => Err(io::ErrorKind::StorageFull.into()),
            false => Ok(()),
        }
    }
}

impl Storage for Disk {
    fn put(&self, place: &Place, file: File, parts: &[Bytes]) -> io::Result<()> {
        self.write()?;
        self.folder.put(place, file, parts)
    }

    fn append(&self, place: &Place, lines: &str) -> io::Result<()> {
        self.write()?;
        self.folder.append(place, lines)
    }

    fn journal(&self, place: &Place) -> io::Result<String> {
        self.folder.journal(place)
    }

    fn read(&self, place: &Place, file: File) -> io::Result<Bytes> {
        self.folder.read(place, file)
    }

    fn recordings(&self, room: &str) -> io::Result<Vec<u64>> {
        self.folder.recordings(room)
    }

    fn rooms(&self) -> io::Result<Vec<String>> {
        self.folder.rooms()
    }

    fn remove(&self, place: &Place) -> io::Result<()> {
        self.folder.remove(place)
    }
}

struct Stage {
    disk: Arc<Disk>,
    recordings: Recordings,
    place: Place,
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inner = Folder::new(folder.path());
        let disk =
            Arc::new(Disk { folder: inner, full: AtomicBool::new(false), stuck: AtomicBool::new(false) });
        let recordings = Recordings::on(Arc::<Disk>::clone(&disk));
        Self { disk, recordings, place: Place::new("tea", 1).unwrap(), folder }
    }

    fn wait(&self, what: &str, is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < Duration::from_secs(10), "{what}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn until_written(&self) {
        self.wait("nothing waits", || self.recordings.waiting.load(Ordering::Acquire) == 0);
    }

    fn closed(&self) -> Vod {
        self.wait("the recording is closed", || !self.recordings.is_open(&self.place));
        self.recordings.load(&self.place).unwrap()
    }
}

fn segment(number: u64) -> Arc<Segment> {
    let data = Bytes::from(format!("media {number}"));
    let init = Init { number: 9, data: "init".into(), codecs: "mp4a.40.2".to_owned(), dimensions: None };
    let duration = MediaTime::from_millis(2_000);
    Arc::new(Segment {
        number,
        start: MediaTime::ZERO,
        program_time: WallTime(number.cast_signed() * 2_000),
        duration,
        discontinuity: false,
        init: Arc::new(init),
        parts: vec![Arc::new(Part { number, duration, independent: true, pictures: 0, data })],
    })
}

fn kept(vod: &Vod) -> Vec<(u64, bool)> {
    vod.segments().iter().map(|segment| (segment.number, segment.lost)).collect()
}

#[test]
fn the_very_bytes_that_were_packaged_are_kept_in_their_order() {
    let stage = Stage::new();
    let recorder = stage.recordings.begin(&stage.place);
    (1..=3).for_each(|number| recorder.offer(&segment(number)));
    assert!(stage.recordings.is_open(&stage.place));
    drop(recorder);
    assert_eq!(kept(&stage.closed()), [(1, false), (2, false), (3, false)]);
    assert_eq!(stage.recordings.file(&stage.place, File::Segment(2)).unwrap(), "media 2");
    assert_eq!(stage.recordings.file(&stage.place, File::Init(9)).unwrap(), "init");
}

#[test]
fn a_disk_that_stands_still_never_holds_up_the_show_and_what_it_could_not_take_is_named_as_lost() {
    let stage = Stage::new();
    let recorder = stage.recordings.begin(&stage.place);
    recorder.offer(&segment(0));
    stage.until_written();
    stage.disk.stuck.store(true, Ordering::Release);
    let begun = Instant::now();
    (1..=200).for_each(|number| recorder.offer(&segment(number)));
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    stage.disk.stuck.store(false, Ordering::Release);
    stage.until_written();
    recorder.offer(&segment(201));
    drop(recorder);
    let found = kept(&stage.closed());
    assert!(found.iter().map(|(number, _)| *number).eq(0..=201), "{found:?}");
    let lost = found.iter().filter(|(_, lost)| *lost).count();
    assert!((135..=137).contains(&lost), "{lost}");
    assert_eq!(found.last(), Some(&(201, false)));
}

#[test]
fn a_disk_that_was_full_for_a_while_leaves_a_hole_that_the_journal_names() {
    let stage = Stage::new();
    let recorder = stage.recordings.begin(&stage.place);
    for (number, full) in [(1, false), (2, true), (3, true), (4, false)] {
        stage.disk.full.store(full, Ordering::Release);
        recorder.offer(&segment(number));
        stage.until_written();
    }
    drop(recorder);
    let vod = stage.closed();
    assert_eq!(kept(&vod), [(1, false), (2, true), (3, true), (4, false)]);
    assert!(vod.segments().iter().all(|segment| !segment.discontinuity));
    assert!(stage.recordings.file(&stage.place, File::Segment(2)).is_err());
}

#[test]
fn a_journal_that_a_crash_cut_short_is_read_as_far_as_it_is_whole() {
    let stage = Stage::new();
    let recorder = stage.recordings.begin(&stage.place);
    (1..=3).for_each(|number| recorder.offer(&segment(number)));
    drop(recorder);
    stage.closed();
    let path = stage.folder.path().join("tea/1/journal.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let ends: Vec<_> = text.match_indices('\n').map(|(end, _)| end + 1).collect();
    for length in 0..=text.len() {
        std::fs::write(&path, &text[..length]).unwrap();
        let whole = ends.iter().filter(|end| **end <= length).count().saturating_sub(1);
        assert_eq!(stage.recordings.load(&stage.place).unwrap().segments().len(), whole, "at {length}");
    }
}
