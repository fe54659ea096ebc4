//! Any text: it is refused, or read as a playlist that prints as text which reads as a playlist of the same length.
#![no_main]

use libfuzzer_sys::fuzz_target;
use playlist::{Playlist, Variables, parse, parse_with};

fuzz_target!(|text: &str| {
    let outer = Variables {
        imports: vec![("a".to_owned(), "b\"c\n#EXT-X-ENDLIST".to_owned())],
        query: vec![("q".to_owned(), "r".repeat(100))],
    };
    let _ = parse_with(text, &outer);
    match parse(text) {
        Ok(Playlist::Media(media)) => {
            let last = media.segments.len();
            for index in [0, last / 2, last] {
                let _ = (media.program_date_time(index), media.discontinuity_number(index));
                assert_eq!(media.index_of(media.segment_number(index)).is_some(), index < last);
            }
            let joined = media.clone().apply_delta(&media);
            assert!(media.skip.is_some() || joined.as_ref() == Ok(&media));
            for segment in &media.segments {
                let _ = playlist::resolve("https://host/live/room/media.m3u8", segment.uri.as_deref().unwrap_or_default());
            }
            let printed = media.to_string();
            // A reference to a variable that stood in a value, where it was replaced once, is one again when printed.
            if !printed.contains("{$") {
                let Ok(Playlist::Media(again)) = parse(&printed) else { panic!("{printed}") };
                assert_eq!(again.segments.len(), media.segments.len(), "{printed}");
                assert_eq!(again.date_ranges.len(), media.date_ranges.len(), "{printed}");
            }
        }
        Ok(Playlist::Multivariant(playlist)) => {
            let printed = playlist.to_string();
            if !printed.contains("{$") && !playlist.variants.is_empty() {
                let Ok(Playlist::Multivariant(again)) = parse(&printed) else { panic!("{printed}") };
                assert_eq!(again.variants.len(), playlist.variants.len(), "{printed}");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
