//! AAC: `AudioSpecificConfig` (ISO 14496-3 1.6.2.1). Decodes no sound.

use crate::Error;

/// `AudioSpecificConfig`, the content of `esds` and RTMP's sequence header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudioConfig {
    /// Audio object type: 2 is AAC-LC, 5 is HE-AAC, 29 is HE-AAC v2.
    pub object_type: u8,
    /// Samples a second of the decoded core (before SBR doubles it).
    pub sample_rate: u32,
    /// Channels; 0 when a program config element says it.
    pub channels: u8,
    /// Samples a second after spectral band replication, when the config says so.
    pub extension_sample_rate: Option<u32>,
    /// The config as it was read.
    bytes: Vec<u8>,
}

impl AudioConfig {
    /// Reads a config.
    ///
    /// # Errors
    /// When it is cut short or names a reserved sample rate.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let _ = bytes;
        Err(Error::NotYet("AudioSpecificConfig"))
    }

    /// The config as it was read.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `mp4a.40.2` for AAC-LC.
    #[must_use]
    pub fn codec(&self) -> String {
        format!("mp4a.40.{}", self.object_type)
    }

    /// PCM samples (each channel) in one access unit.
    #[must_use]
    pub fn samples_per_frame(&self) -> u32 {
        1024
    }
}
