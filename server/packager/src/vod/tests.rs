use super::*;

const EPOCH: i64 = 1_795_410_000_000;

fn segment(number: u64, at: i64) -> Recorded {
    let dimensions = Some(Dimensions { width: 320, height: 180 });
    Recorded {
        number,
        program_time: WallTime(EPOCH + at),
        duration: MediaTime::from_millis(2_000),
        discontinuity: false,
        init: Arc::new(RecordedInit { number: 7, codecs: "avc1.64001f".to_owned(), dimensions }),
        bytes: 100_000,
        pictures: 60,
        lost: false,
    }
}

fn vod(segments: impl IntoIterator<Item = Recorded>) -> Vod {
    let mut vod = Vod::default();
    segments.into_iter().for_each(|segment| vod.push(segment));
    vod
}

fn text(vod: &Vod) -> String {
    vod.media_playlist(|s| format!("r/seg-{}.m4s", s.number), |s| format!("r/init-{}.mp4", s.init.number))
}

#[test]
fn a_show_that_is_over_is_a_playlist_that_ends() {
    let text = text(&vod([segment(4, 0), segment(5, 2_000)]));
    assert_eq!(
        text,
        "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n\
         #EXT-X-MAP:URI=\"r/init-7.mp4\"\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T05:00:00.000Z\n#EXTINF:2.000,\nr/seg-4.m4s\n\
         #EXT-X-PROGRAM-DATE-TIME:2026-11-23T05:00:02.000Z\n#EXTINF:2.000,\nr/seg-5.m4s\n#EXT-X-ENDLIST\n"
    );
}

#[test]
fn a_segment_that_could_not_be_kept_is_a_gap_and_one_that_nobody_knows_of_a_discontinuity() {
    let lost = Recorded { lost: true, ..segment(5, 2_000) };
    let vod = vod([segment(4, 0), lost, segment(6, 4_000), segment(9, 10_000)]);
    let text = text(&vod);
    assert_eq!(text.matches("#EXT-X-GAP").count(), 1, "{text}");
    assert!(text.contains("#EXT-X-GAP\n#EXTINF:2.000,\nr/seg-5.m4s"), "{text}");
    assert_eq!(text.matches("#EXT-X-DISCONTINUITY\n").count(), 1, "{text}");
    assert!(text.find("DISCONTINUITY\n") > text.find("seg-6"), "{text}");
    assert_eq!(vod.duration(), Duration::from_secs(8));
}

#[test]
fn a_server_that_was_started_again_goes_on_with_the_show_behind_a_discontinuity() {
    let mut show = vod([segment(4, 0)]);
    show.append(vod([segment(90, 60_000), segment(91, 62_000)]));
    let discontinuities: Vec<_> = show.segments().iter().map(|segment| segment.discontinuity).collect();
    assert_eq!(discontinuities, [false, true, false]);
    assert_eq!(show.begin(), Some(WallTime(EPOCH)));
    assert_eq!(show.end(), Some(WallTime(EPOCH + 64_000)));
}

#[test]
fn a_moment_of_the_programme_has_its_place_also_one_that_was_never_shown() {
    let show = vod([segment(4, 0), segment(5, 30_000)]);
    let at = |millis| show.position(WallTime(EPOCH + millis)).as_millis();
    assert_eq!([at(-5_000), at(500), at(1_999)], [0, 500, 1_999]);
    assert_eq!([at(2_000), at(29_000), at(30_700), at(99_000)], [2_000, 2_000, 2_700, 4_000]);
    let moment = |millis| show.moment(Duration::from_millis(millis)).map(|time| time.0 - EPOCH);
    assert_eq!(
        [moment(0), moment(1_999), moment(2_700), moment(4_000)],
        [Some(0), Some(1_999), Some(30_700), None]
    );
}

#[test]
fn the_variant_says_what_it_takes_to_play_it() {
    let text = vod([segment(4, 0), segment(5, 2_000)]).multivariant_playlist("media.m3u8").unwrap();
    assert!(text.contains("BANDWIDTH=400000,AVERAGE-BANDWIDTH=400000,CODECS=\"avc1.64001f\""), "{text}");
    assert!(text.contains("RESOLUTION=320x180,FRAME-RATE=30.000"), "{text}");
    assert_eq!(Vod::default().multivariant_playlist("media.m3u8"), None);
}
