//! `esds` (ISO 14496-14 5.6.1): the descriptors of an MPEG-4 sound track, as far as its codec.

use super::walk::Box;
use crate::aac::AudioConfig;
use crate::bytes::Bytes;
use crate::{Error, FourCc};

const ES_DESCRIPTOR: u8 = 3;
const DECODER_CONFIG: u8 = 4;
const DECODER_SPECIFIC: u8 = 5;
/// Object type indications of AAC: MPEG-4, and MPEG-2's three profiles.
const MPEG4_AUDIO: u8 = 0x40;

/// What the descriptors say.
pub(super) struct Sound {
    /// `mp4a.40.2`, or `mp4a.` and the object type indication.
    pub(super) codec: String,
    /// For MPEG-4 audio.
    pub(super) config: Option<AudioConfig>,
}

pub(super) fn read(found: &Box<'_>) -> Result<Sound, Error> {
    let mut bytes = found.bytes();
    bytes.version_flags();
    let mut stream = descriptor(found.kind, &mut bytes, ES_DESCRIPTOR)?;
    stream.skip(2);
    let flags = stream.u8();
    if flags & 0x80 != 0 {
        stream.skip(2);
    }
    if flags & 0x40 != 0 {
        let length = stream.u8();
        stream.skip(usize::from(length));
    }
    if flags & 0x20 != 0 {
        stream.skip(2);
    }
    let mut decoder = descriptor(found.kind, &mut stream, DECODER_CONFIG)?;
    let object_type = decoder.u8();
    decoder.skip(12);
    decoder.check()?;
    if object_type != MPEG4_AUDIO {
        return Ok(Sound { codec: format!("mp4a.{object_type:02x}"), config: None });
    }
    let specific = descriptor(found.kind, &mut decoder, DECODER_SPECIFIC)?;
    let config = AudioConfig::read(specific.rest())?;
    Ok(Sound { codec: config.codec(), config: Some(config) })
}

/// The content of the next descriptor, which must be of this kind.
fn descriptor<'a>(what: FourCc, bytes: &mut Bytes<'a>, tag: u8) -> Result<Bytes<'a>, Error> {
    let found = bytes.u8();
    let mut length = 0;
    for _ in 0..4 {
        let byte = bytes.u8();
        length = length << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    bytes.check()?;
    if found != tag {
        return Err(bytes.malformed("another descriptor", u64::from(found)));
    }
    // Some muxers count a length too long at the end of the box: what is there is what is meant.
    let length = length.min(bytes.rest().len());
    Ok(Bytes::new(what, bytes.take(length)))
}
