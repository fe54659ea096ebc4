//! Any bytes: boxes, configuration records, samples and subtitles are refused, or read within their own bounds.
#![no_main]

use std::sync::LazyLock;

use container::read::{Init, Media};
use container::{aac, avc, webvtt};
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
    for cue in webvtt::read(&String::from_utf8_lossy(bytes)).unwrap_or_default().cues {
        assert!(cue.start.is_finite() && cue.end.is_finite() && cue.start < cue.end);
        assert!(cue.text.len() <= webvtt::MAX_CUE);
    }
    for length_size in 0..=5 {
        let _ = avc::is_idr(bytes, length_size);
        assert!(avc::nal_units(bytes, length_size).count() <= bytes.len() + 1);
    }
});
