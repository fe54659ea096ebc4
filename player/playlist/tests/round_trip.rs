//! Types to text to types, for playlists that no one would think of.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

#[path = "support/arbitrary.rs"]
mod arbitrary;

use playlist::{Playlist, parse};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn media_playlists_are_read_as_they_were_written(media in arbitrary::media()) {
        let text = media.to_string();
        prop_assert_eq!(parse(&text), Ok(Playlist::Media(media)), "{}", text);
    }

    #[test]
    fn multivariant_playlists_are_read_as_they_were_written(playlist in arbitrary::multivariant()) {
        let text = playlist.to_string();
        prop_assert_eq!(parse(&text), Ok(Playlist::Multivariant(playlist)), "{}", text);
    }

    #[test]
    fn text_cannot_break_out_of_an_attribute(title in "\\PC*|[\"\r\n,=#A-Z-]*", media in arbitrary::media()) {
        let mut hostile = media.clone();
        for segment in &mut hostile.segments {
            segment.title = Some(title.clone());
            segment.parts.iter_mut().for_each(|part| part.uri = format!("a{title}b"));
        }
        hostile.date_ranges.iter_mut().for_each(|range| range.class = Some(title.clone()));
        let text = hostile.to_string().replace("{$", "{");
        let Ok(Playlist::Media(read)) = parse(&text) else { panic!("{text}") };
        prop_assert_eq!(read.segments.len(), media.segments.len());
        prop_assert_eq!(read.date_ranges.len(), media.date_ranges.len());
        prop_assert_eq!(read.end_list, media.end_list);
    }
}
