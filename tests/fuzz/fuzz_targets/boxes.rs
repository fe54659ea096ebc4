//! Any bytes: boxes, configuration records and samples are refused, or read within their own bounds.
#![no_main]

use std::sync::LazyLock;

use container::read::{Init, Media};
use container::{aac, avc};
use libfuzzer_sys::fuzz_target;

const FILE: &[u8] = include_bytes!("../../../player/container/tests/fixtures/fragmented.mp4");

/// Tracks that fragments in the corpus belong to.
static INIT: LazyLock<Init> = LazyLock::new(|| Init::read(FILE).expect("a file that ffmpeg wrote"));

fuzz_target!(|bytes: &[u8]| {
    let own = Init::read(bytes);
    for init in own.iter().chain([&*INIT]) {
        let _ = init.mime();
        let Ok(media) = Media::read(bytes, init) else { continue };
        assert!(media.consumed <= bytes.len());
        let mut end = 0;
        for fragment in &media.fragments {
            assert!(end <= fragment.range.start && fragment.range.start < fragment.range.end);
            end = fragment.range.end;
            fragment.tracks.iter().for_each(|track| assert!(track.start() <= track.end()));
        }
        assert!(end <= media.consumed);
        // What was consumed reads the same alone.
        let again = Media::read(&bytes[..media.consumed], init);
        assert_eq!(again.map(|again| again.fragments), Ok(media.fragments));
    }
    if let Ok(config) = avc::DecoderConfig::read(bytes) {
        let _ = (config.codec(), config.dimensions());
    }
    let _ = aac::AudioConfig::read(bytes).map(|config| config.codec());
    for length_size in 0..=5 {
        let _ = avc::is_idr(bytes, length_size);
        assert!(avc::nal_units(bytes, length_size).count() <= bytes.len() + 1);
    }
});
