//! Delta updates (`EXT-X-SKIP`) joined to the playlist before them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use playlist::{DeltaError, Media, Playlist, parse};

fn media(text: &str) -> Media {
    match parse(text) {
        Ok(Playlist::Media(media)) => media,
        other => panic!("{other:?}"),
    }
}

const CONTROL: &str = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n\
    #EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=12.0,CAN-SKIP-DATERANGES=YES\n";

fn full() -> Media {
    media(&format!(
        "{CONTROL}#EXT-X-MEDIA-SEQUENCE:100\n\
         #EXT-X-DATERANGE:ID=\"old\",START-DATE=\"2026-11-23T04:00:00Z\"\n\
         #EXT-X-DATERANGE:ID=\"kept\",START-DATE=\"2026-11-23T04:00:01Z\"\n\
         #EXT-X-MAP:URI=\"init.mp4\"\n#EXT-X-KEY:METHOD=AES-128,URI=\"key\"\n#EXT-X-BITRATE:800\n\
         #EXT-X-PROGRAM-DATE-TIME:2026-11-23T04:00:00Z\n#EXTINF:2,\n100\n#EXTINF:2,\n101\n\
         #EXT-X-PART:DURATION=1,URI=\"102.0\"\n#EXTINF:2,\n102\n#EXT-X-PART:DURATION=1,URI=\"103.0\"\n",
    ))
}

#[test]
fn what_was_skipped_comes_from_the_playlist_before() {
    let update = media(&format!(
        "{CONTROL}#EXT-X-MEDIA-SEQUENCE:101\n#EXT-X-SKIP:SKIPPED-SEGMENTS=2,RECENTLY-REMOVED-DATERANGES=\"old\"\n\
         #EXT-X-DATERANGE:ID=\"new\",START-DATE=\"2026-11-23T04:00:02Z\"\n\
         #EXTINF:2,\n103\n#EXT-X-KEY:METHOD=NONE\n#EXT-X-PART:DURATION=1,URI=\"104.0\"\n",
    ));
    assert_eq!((update.segment_number(0), update.next_number()), (103, 105));
    let joined = update.apply_delta(&full()).unwrap();
    assert_eq!(joined.skip, None);
    assert_eq!((joined.segment_number(0), joined.next_number()), (101, 105));
    let uris: Vec<_> = joined.segments.iter().map(|segment| segment.uri.as_deref()).collect();
    assert_eq!(uris, [Some("101"), Some("102"), Some("103"), None]);
    assert!(joined.segments.iter().all(|segment| segment.map.as_ref().unwrap().uri == "init.mp4"));
    assert!(joined.segments.iter().all(|segment| segment.bitrate == Some(800_000)));
    let keys: Vec<_> = joined.segments.iter().map(|s| s.keys.first().unwrap().uri.as_deref()).collect();
    assert_eq!(keys, [Some("key"), Some("key"), Some("key"), None]);
    let ids: Vec<_> = joined.date_ranges.iter().map(|range| range.id.as_str()).collect();
    assert_eq!(ids, ["kept", "new"]);
    // Parts far from the edge are of no use any more.
    assert!(joined.segments.iter().take(2).all(|segment| segment.parts.is_empty()));
}

#[test]
fn a_playlist_that_skips_nothing_comes_back_as_it_is() {
    assert_eq!(full().apply_delta(&full()), Ok(full()));
}

#[test]
fn segments_that_the_player_never_saw_whole_are_named() {
    let update = |first: u64, count: u64| {
        let text = format!("{CONTROL}#EXT-X-MEDIA-SEQUENCE:{first}\n#EXT-X-SKIP:SKIPPED-SEGMENTS={count}\n");
        media(&text).apply_delta(&full())
    };
    let missing = |first, last| Err(DeltaError::Missing { first, last, held_first: 100, held_last: 103 });
    assert_eq!(update(99, 2), missing(99, 100));
    // 103 had only parts when the player saw it.
    assert_eq!(update(102, 2), missing(102, 103));
    assert_eq!(update(110, 5), missing(110, 114));
    assert_eq!(update(u64::MAX, 5), missing(u64::MAX, u64::MAX - 1));
    assert!(update(100, 3).is_ok());
}

#[test]
fn servers_that_cannot_skip_date_ranges_have_sent_them_all() {
    let mut previous = full();
    previous.server_control = None;
    let text =
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:100\n#EXT-X-SKIP:SKIPPED-SEGMENTS=1\n";
    assert!(media(text).apply_delta(&previous).unwrap().date_ranges.is_empty());
}
