//! Reading a file that ffmpeg wrote: `fixtures/make.sh`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use std::time::Duration;

use container::Error;
use container::read::{Init, Media, TrackKind};

const FILE: &[u8] = include_bytes!("fixtures/fragmented.mp4");
/// Where the first fragment's `prft`, and its end, stand in the file.
const MEDIA: usize = 1276;
const FIRST_END: usize = 9833;

fn init() -> Init {
    Init::read(FILE).unwrap()
}

#[test]
fn tracks_codecs_and_sizes_are_named_as_mse_wants_them() {
    let init = init();
    assert_eq!(init.mime(), "video/mp4; codecs=\"avc1.64000b,mp4a.40.2\"");
    let video = init.video().unwrap();
    assert_eq!(
        (video.id, video.timescale, video.kind),
        (1, 12_800, TrackKind::Video { width: 160, height: 90 })
    );
    let audio = init.audio().unwrap();
    let kind = TrackKind::Audio { channels: 2, sample_rate: 44_100 };
    assert_eq!((audio.id, audio.timescale, audio.kind, audio.protected), (2, 44_100, kind, false));
}

#[test]
fn fragments_tell_their_times_and_where_they_stand() {
    let media = Media::read(FILE, &init()).unwrap();
    assert_eq!(media.consumed, FILE.len());
    let ranges: Vec<_> = media.fragments.iter().map(|fragment| fragment.range.clone()).collect();
    // After the second, ffmpeg leaves an index.
    assert_eq!(ranges, [1308..FIRST_END, FIRST_END + 32..19_235]);
    assert_eq!(media.clocks.len(), 2);
    let second = media.fragments.last().unwrap();
    let video = second.tracks.first().unwrap();
    assert_eq!((video.track_id, video.samples, video.starts_with_sync), (1, 25, true));
    assert_eq!((video.start(), video.end()), (Duration::from_secs(1), Duration::from_secs(2)));
    assert_eq!((video.base_decode_time, video.presentation_start), (12_800, 12_800));
    let sequence: Vec<_> = media.fragments.iter().map(|fragment| fragment.sequence).collect();
    assert_eq!(sequence, [1, 2]);
}

#[test]
fn an_init_segment_cut_anywhere_needs_more_bytes_and_is_not_malformed() {
    for length in 0..MEDIA {
        let result = Init::read(FILE.get(..length).unwrap());
        assert!(
            matches!(result, Err(Error::NeedMore { needed, .. }) if needed > length as u64),
            "{length}: {result:?}"
        );
    }
    assert!(Init::read(FILE.get(..MEDIA).unwrap()).is_ok());
}

#[test]
fn media_cut_anywhere_gives_the_fragments_that_are_whole() {
    let init = init();
    let whole = Media::read(FILE, &init).unwrap();
    for length in 0..FILE.len() {
        let media = Media::read(FILE.get(..length).unwrap(), &init).unwrap();
        let expected = whole.fragments.iter().take_while(|fragment| fragment.range.end <= length);
        assert!(media.fragments.iter().eq(expected), "{length}");
        assert!(media.consumed <= length);
    }
}

#[test]
fn reading_on_from_what_was_consumed_gives_the_same_as_reading_at_once() {
    let init = init();
    let whole = Media::read(FILE, &init).unwrap();
    let mut fragments = Vec::new();
    let (mut start, mut end) = (MEDIA, MEDIA);
    while start < FILE.len() {
        end = (end + 97).min(FILE.len());
        let media = Media::read(FILE.get(start..end).unwrap(), &init).unwrap();
        fragments.extend(media.fragments.into_iter().map(|mut fragment| {
            fragment.range = fragment.range.start + start..fragment.range.end + start;
            fragment
        }));
        start += media.consumed;
    }
    assert_eq!(fragments, whole.fragments);
}

#[test]
fn a_file_that_is_not_fragmented_is_told_apart() {
    let mut file = FILE.get(..MEDIA).unwrap().to_vec();
    let at = file.windows(4).position(|kind| kind == b"mvex").unwrap();
    file.splice(at..at + 4, *b"free");
    assert_eq!(Init::read(&file).unwrap_err().to_string(), "moov: no mvex");
}

#[test]
fn media_of_another_container_is_named() {
    let packets: Vec<u8> = (0..4).flat_map(|_| [[0x47].as_slice(), &[0; 187]].concat()).collect();
    assert_eq!(Init::read(&packets), Err(Error::NotYet("MPEG-TS")));
    assert_eq!(Media::read(&packets, &init()), Err(Error::NotYet("MPEG-TS")));
}
