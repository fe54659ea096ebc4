//! Initialization segments: `ftyp` and `moov`.

use bytes::Bytes;

use crate::{Error, aac, avc};

/// An initialization segment of one video track, one audio track, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InitSegment {
    /// H.264.
    pub video: Option<VideoTrack>,
    /// AAC.
    pub audio: Option<AudioTrack>,
}

/// An H.264 track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoTrack {
    /// Track ID, not 0, not the audio's.
    pub track_id: u32,
    /// Units a second; 90,000 divides evenly for usual frame rates.
    pub timescale: u32,
    /// Parameter sets.
    pub config: avc::DecoderConfig,
    /// Size of the picture.
    pub dimensions: avc::Dimensions,
}

/// An AAC track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudioTrack {
    /// Track ID, not 0, not the video's.
    pub track_id: u32,
    /// Units a second; the sample rate makes every frame 1,024 units.
    pub timescale: u32,
    /// Decoder configuration.
    pub config: aac::AudioConfig,
}

impl InitSegment {
    /// The segment's bytes.
    ///
    /// # Errors
    /// When there is no track, when IDs clash or are 0, or a size does not fit its field.
    pub fn to_bytes(&self) -> Result<Bytes, Error> {
        Err(Error::NotYet("writing fMP4"))
    }

    /// The value of `CODECS`, such as `avc1.64001f,mp4a.40.2`.
    #[must_use]
    pub fn codecs(&self) -> String {
        let video = self.video.iter().map(|track| track.config.codec());
        let audio = self.audio.iter().map(|track| track.config.codec());
        video.chain(audio).collect::<Vec<_>>().join(",")
    }
}
