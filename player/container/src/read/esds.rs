//! `esds` (ISO 14496-14 5.6.1): the descriptors of an MPEG-4 sound track, as far as its codec.

use super::codec::hex;
use super::walk::Box;
use crate::aac::AudioConfig;
use crate::bytes::Bytes;

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

pub(super) fn read(found: &Box<'_>) -> Sound {
    let mut bytes = found.bytes();
    bytes.version_flags();
    let mut stream = descriptor(found, &mut bytes, ES_DESCRIPTOR);
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
    let mut decoder = descriptor(found, &mut stream, DECODER_CONFIG);
    let object_type = decoder.u8();
    decoder.skip(12);
    found.check(&decoder);
    if object_type != MPEG4_AUDIO {
        return Sound { codec: ["mp4a.", &hex(u32::from(object_type), 2)].concat(), config: None };
    }
    let specific = descriptor(found, &mut decoder, DECODER_SPECIFIC);
    match AudioConfig::read(specific.rest()) {
        Ok(config) => Sound { codec: config.codec(), config: Some(config) },
        Err(error) => {
            found.faults.note(error);
            Sound { codec: String::new(), config: None }
        }
    }
}

/// The content of the next descriptor, which must be of this kind.
fn descriptor<'a>(esds: &Box<'_>, bytes: &mut Bytes<'a>, tag: u8) -> Bytes<'a> {
    let found = bytes.u8();
    let mut length = 0;
    for _ in 0..4 {
        let byte = bytes.u8();
        length = length << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    esds.check(bytes);
    if found != tag {
        esds.faults.note(bytes.malformed("another descriptor", u64::from(found)));
    }
    // Some muxers count a length too long at the end of the box: what is there is what is meant.
    let length = length.min(bytes.rest().len());
    Bytes::new(esds.kind, bytes.take(length))
}
