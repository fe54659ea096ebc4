//! Text from the network can say anything: the reader answers with an error or with a playlist that prints and reads again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

#[path = "support/arbitrary.rs"]
#[allow(dead_code, reason = "each test takes what it needs")]
mod arbitrary;

use playlist::{Playlist, parse};
use proptest::prelude::*;

/// What was read prints as text that reads as the same.
fn check(text: &str) {
    match parse(text) {
        Ok(Playlist::Media(media)) => {
            for index in 0..=media.segments.len() {
                let _ = (
                    media.program_date_time(index),
                    media.discontinuity_number(index),
                    media.segment_number(index),
                );
            }
            let _ = media.clone().apply_delta(&media);
            let printed = media.to_string();
            // A variable's reference that stood in a value, where it was replaced once, is one again when printed.
            if !printed.contains("{$") {
                match parse(&printed) {
                    Ok(Playlist::Media(_)) => {}
                    other => panic!("{other:?}\n{text:?}\n{printed:?}"),
                }
            }
        }
        Ok(Playlist::Multivariant(playlist)) => {
            let _ = playlist.to_string();
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Pieces that lists, numbers and variables are made of.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "\"",
        ",",
        "=",
        "#",
        "\n",
        "\r\n",
        ":",
        "@",
        "{$a}",
        "{$",
        "inf",
        "NaN",
        "-1",
        "1e400",
        "0x",
        "18446744073709551615",
        "99999999999999999999",
        "#EXT-X-SKIP:SKIPPED-SEGMENTS=100000\n",
        "#EXT-X-DEFINE:NAME=\"a\",VALUE=\"{$a}\"\n",
        "#EXT-X-KEY:METHOD=NONE\n",
        "#EXT-X-PART:DURATION=0,URI=\"",
        "#EXTINF:0,\n",
        "\u{feff}",
        "中",
        "\0",
    ];
    prop_oneof![proptest::sample::select(PIECES).prop_map(str::to_owned), "\\PC{0,3}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn mutated_playlists_are_read_or_refused(
        media in arbitrary::media(),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), 0..20_usize, piece()), 1..6),
    ) {
        let mut text = media.to_string();
        for (at, length, piece) in edits {
            let places: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
            let at = at.index(places.len());
            let end = places.get(at + length).copied().unwrap_or(text.len());
            text.replace_range(places[at]..end, &piece);
            if text.is_empty() {
                break;
            }
        }
        check(&text);
    }

    #[test]
    fn noise_is_refused_or_read(lines in proptest::collection::vec(piece(), 0..40)) {
        check(&format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n{}", lines.concat()));
    }
}

#[test]
fn a_playlist_cut_anywhere_is_read_or_refused() {
    let text = include_str!("support/low_latency.m3u8");
    for (length, _) in text.char_indices() {
        check(text.get(..length).unwrap());
    }
}
