//! A packager with a wall clock and a publisher, every snapshot of which is held against the rules.

use container::read::{Init, Media};

use super::encoder::{AAC, AVC, Encoder, Sent};
use super::rules;
use crate::{Config, Hints, Numbers, Packager, PackagerError, Progress, Snapshot, Track, WallTime};

/// When the first show began.
pub(super) const EPOCH: i64 = 1_795_410_000_000;

pub(super) struct Stage {
    pub(super) packager: Packager,
    pub(super) now: i64,
    pub(super) snapshots: Vec<Snapshot>,
}

impl Stage {
    pub(super) fn new(config: Config) -> Self {
        let packager = Packager::new(config, Numbers { segment: 1_000, part: 50_000 });
        Self { packager, now: EPOCH, snapshots: Vec::new() }
    }

    /// A publisher comes, and says what will follow.
    pub(super) fn connect(&mut self, encoder: &Encoder) {
        self.packager.begin();
        let (video, audio) = (encoder.millihertz > 0, encoder.sound);
        let millihertz = u32::try_from(encoder.millihertz).ok();
        self.packager.hint(Hints { video: Some(video), audio: Some(audio), millihertz });
        if video {
            self.packager.configure(Track::Video, &AVC.into()).unwrap();
        }
        if audio {
            self.packager.configure(Track::Audio, &AAC.into()).unwrap();
        }
    }

    /// Sends frames as time goes by, and looks at the window whenever it grows.
    pub(super) fn send(&mut self, frames: Vec<Sent>) -> Result<(), PackagerError> {
        let start = self.now - frames.first().map_or(0, |(at, _)| *at as i64);
        for (at, frame) in frames {
            self.now = start + at as i64;
            if self.packager.push(frame, WallTime(self.now))? == Progress::Grew {
                self.look();
            }
        }
        Ok(())
    }

    /// The publisher goes.
    pub(super) fn drop_publisher(&mut self) {
        if self.packager.pause().unwrap() == Progress::Grew {
            self.look();
        }
    }

    pub(super) fn end(&mut self) {
        self.packager.end();
        self.look();
    }

    pub(super) fn look(&mut self) {
        let snapshot = self.packager.snapshot();
        // Parsing every text takes a minute; between these moments nothing but parts is added.
        let before = self.snapshots.last();
        let moment = before.is_none_or(|before| before.edge().msn != snapshot.edge().msn || snapshot.ended);
        if moment || self.snapshots.len().is_multiple_of(7) {
            rules::check(&snapshot);
            if let Some(before) = before {
                rules::check_step(before, &snapshot);
            }
        }
        self.snapshots.push(snapshot);
    }

    pub(super) fn last(&self) -> &Snapshot {
        self.snapshots.last().unwrap()
    }

    /// Samples of each track in everything that can be fetched.
    pub(super) fn samples(&self) -> (u32, u32) {
        let (mut video, mut audio) = (0, 0);
        let snapshot = self.last();
        for segment in snapshot.retired.iter().chain(&snapshot.listed).chain(&snapshot.open) {
            let init = Init::read(&segment.init.data).unwrap();
            for part in &segment.parts {
                for track in Media::read(&part.data, &init).unwrap().fragments.iter().flat_map(|f| &f.tracks)
                {
                    match track.track_id {
                        1 => video += track.samples,
                        _ => audio += track.samples,
                    }
                }
            }
        }
        (video, audio)
    }
}
