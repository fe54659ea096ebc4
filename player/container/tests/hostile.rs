//! Bytes from the network can say anything: readers answer with an error or with facts, in time bounded by the input.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use std::time::{Duration, Instant};

use container::read::{Init, Media};
use container::{aac, avc};
use proptest::prelude::*;

const FILE: &[u8] = include_bytes!("fixtures/fragmented.mp4");

/// Everything that reads.
fn read_all(bytes: &[u8], init: &Init) {
    let _ = Init::read(bytes);
    if let Ok(media) = Media::read(bytes, init) {
        assert!(media.consumed <= bytes.len());
        let mut end = 0;
        for fragment in &media.fragments {
            assert!(end <= fragment.range.start && fragment.range.start < fragment.range.end);
            end = fragment.range.end;
            fragment.tracks.iter().for_each(|track| assert!(track.start() <= track.end()));
        }
        assert!(end <= media.consumed);
    }
    if let Ok(config) = avc::DecoderConfig::read(bytes) {
        let _ = config.dimensions();
    }
    let _ = aac::AudioConfig::read(bytes);
    for length_size in [1, 2, 4] {
        let _ = avc::is_idr(bytes, length_size);
    }
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof![Just(0), Just(1), Just(7), Just(8), Just(0x7f), Just(0xff), any::<u8>()];
    // The headers: of the file, and of the second fragment.
    let place = prop_oneof![0..1_800_usize, 9_800..10_700_usize];
    let mutations = prop::collection::vec((place, value), 1..12);
    (mutations, 0..FILE.len()).prop_map(|(mutations, cut)| {
        let mut bytes = FILE.to_vec();
        for (at, value) in mutations {
            bytes[at] = value;
        }
        if cut % 2 == 0 {
            bytes.truncate(cut);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn mutated_files_are_read_or_refused_in_time(bytes in mutated()) {
        let init = Init::read(FILE).unwrap();
        let started = Instant::now();
        read_all(&bytes, &init);
        prop_assert!(started.elapsed() < Duration::from_secs(2));
    }

    #[test]
    fn noise_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_all(&bytes, &Init::read(FILE).unwrap());
    }
}

#[test]
fn runs_that_claim_more_samples_than_they_have_bytes_cost_no_time() {
    let boxed =
        |kind: &[u8; 4], body: &[u8]| [&((body.len() + 8) as u32).to_be_bytes()[..], kind, body].concat();
    // A million samples without a field of their own, ten thousand times, in a thousand fragments' worth of bytes.
    let run = boxed(b"trun", &[[0; 4], (1_u32 << 20).to_be_bytes()].concat());
    let tfhd = boxed(b"tfhd", &[0, 0, 0, 0, 0, 0, 0, 1]);
    let tfdt = boxed(b"tfdt", &[0; 8]);
    let traf = boxed(b"traf", &[tfhd, tfdt, run.repeat(10_000)].concat());
    let moof = boxed(b"moof", &[boxed(b"mfhd", &[0; 8]), traf].concat());
    let started = Instant::now();
    let file = [moof, boxed(b"mdat", &[])].concat().repeat(20);
    let media = Media::read(&file, &Init::read(FILE).unwrap()).unwrap();
    assert_eq!(media.fragments.len(), 20);
    assert!(started.elapsed() < Duration::from_secs(2));
}
