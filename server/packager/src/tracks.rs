//! The decoder configurations that a publisher sent, and the initialization segment that follows from them.

use bytes::Bytes;
use container::aac::AudioConfig;
use container::avc::{DecoderConfig, Dimensions};
use container::write::{AudioTrack, InitSegment, VideoTrack};

use crate::{Init, MediaTime, PackagerError, Track};

/// Track ID of the pictures.
pub(crate) const VIDEO_ID: u32 = 1;
/// Track ID of the sound.
pub(crate) const AUDIO_ID: u32 = 2;

/// What decodes the tracks that there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tracks {
    pub(crate) video: Option<(DecoderConfig, Dimensions)>,
    pub(crate) audio: Option<AudioConfig>,
}

impl Tracks {
    /// Takes a configuration. Whether anything changed.
    pub(crate) fn set(&mut self, track: Track, bytes: &Bytes) -> Result<bool, PackagerError> {
        let wrong = |error| PackagerError::Config { track, error };
        let before = self.clone();
        match track {
            Track::Video => {
                let config = DecoderConfig::read(bytes).map_err(wrong)?;
                let dimensions = config.dimensions().map_err(wrong)?;
                self.video = Some((config, dimensions));
            }
            Track::Audio => self.audio = Some(AudioConfig::read(bytes).map_err(wrong)?),
        }
        Ok(*self != before)
    }

    pub(crate) fn has(&self, track: Track) -> bool {
        match track {
            Track::Video => self.video.is_some(),
            Track::Audio => self.audio.is_some(),
        }
    }

    /// Those that come now: the sound alone, as long as the pictures are asleep.
    pub(crate) fn awake(&self, asleep: bool) -> Self {
        if asleep { Self { video: None, audio: self.audio.clone() } } else { self.clone() }
    }

    /// Bytes of the length before each unit of a picture.
    pub(crate) fn length_size(&self) -> u8 {
        self.video.as_ref().map_or(4, |(config, _)| config.length_size)
    }

    /// Units a second of the sound's track, and units of one frame.
    pub(crate) fn audio_units(&self) -> Option<(u32, u32)> {
        self.audio.as_ref().map(|config| (config.sample_rate, config.samples_per_frame()))
    }

    pub(crate) fn init(&self, number: u64) -> Result<Init, PackagerError> {
        let segment = InitSegment {
            video: self.video.clone().map(|(config, dimensions)| VideoTrack {
                track_id: VIDEO_ID,
                timescale: MediaTime::TIMESCALE,
                config,
                dimensions,
            }),
            audio: self.audio.clone().map(|config| AudioTrack {
                track_id: AUDIO_ID,
                timescale: config.sample_rate,
                config,
            }),
        };
        Ok(Init {
            number,
            data: segment.to_bytes().map_err(PackagerError::Fragment)?,
            codecs: segment.codecs(),
            dimensions: segment.video.map(|track| track.dimensions),
        })
    }
}
