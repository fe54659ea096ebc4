//! A multivariant playlist with every tag of its kind.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use playlist::{Multivariant, Playlist, RenditionKind, Resolution, parse};

const TEXT: &str = include_str!("support/multivariant.m3u8");

fn multivariant(text: &str) -> Multivariant {
    match parse(text) {
        Ok(Playlist::Multivariant(playlist)) => playlist,
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_prints_as_it_was() {
    assert_eq!(multivariant(TEXT).to_string(), TEXT);
}

#[test]
fn variants_and_renditions_are_read() {
    let playlist = multivariant(TEXT);
    let variant = playlist.variants.first().unwrap();
    assert_eq!(variant.uri, "720p/media.m3u8");
    assert_eq!(variant.info.resolution, Some(Resolution { width: 1280, height: 720 }));
    assert_eq!((variant.frame_rate, variant.info.score), (Some(29.97), Some(1.5)));
    let kinds: Vec<_> = playlist.renditions.iter().map(|rendition| rendition.kind).collect();
    assert_eq!(kinds, [RenditionKind::Audio, RenditionKind::ClosedCaptions]);
    assert_eq!(playlist.session_keys.first().unwrap().iv.unwrap()[15], 15);
}

#[test]
fn what_is_odd_about_a_variant_does_not_lose_it() {
    let text = "#EXTM3U\n#EXT-X-MEDIA:TYPE=SMELL,GROUP-ID=\"a\",NAME=\"b\"\n\
                #EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=5,RESOLUTION=wide,FRAME-RATE=nan,CLOSED-CAPTIONS=NONE\n\n#note\na.m3u8\n\
                #EXT-X-STREAM-INF:BANDWIDTH=1\n#EXT-X-STREAM-INF:BANDWIDTH=2\nb.m3u8\nstray.m3u8\n";
    let playlist = multivariant(text);
    let variants: Vec<_> = playlist.variants.iter().map(|v| (v.uri.as_str(), v.info.bandwidth)).collect();
    assert_eq!(variants, [("a.m3u8", 5), ("b.m3u8", 2)]);
    assert!(playlist.renditions.is_empty());
    let first = playlist.variants.first().unwrap();
    assert_eq!((first.info.resolution, first.frame_rate, &first.closed_captions), (None, None, &None));
}
