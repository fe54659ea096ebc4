//! Other readers of playlists agree with ours about what ours writes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

#[allow(dead_code, reason = "each test takes what it needs")]
#[path = "support/arbitrary.rs"]
mod arbitrary;

use playlist::{Media, Multivariant, Playlist, parse};
use proptest::prelude::*;
use quick_m3u8::config::ParsingOptionsBuilder;
use quick_m3u8::tag::KnownTag;
use quick_m3u8::tag::hls::Tag;
use quick_m3u8::{HlsLine, Reader};

/// What both readers must say of one line, in words of our own.
fn facts_of_quick_m3u8(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text, ParsingOptionsBuilder::new().with_parsing_for_all_tags().build());
    let mut facts = Vec::new();
    while let Some(line) = reader.read_line().unwrap() {
        match line {
            HlsLine::Uri(uri) => facts.push(format!("uri {uri}")),
            HlsLine::KnownTag(KnownTag::Hls(tag)) => facts.extend(fact(&tag)),
            HlsLine::Blank => {}
            other => panic!("{other:?} in {text}"),
        }
    }
    facts
}

fn micros(seconds: f64) -> u64 {
    (seconds * 1e6).round() as u64
}

fn fact(tag: &Tag<'_>) -> Option<String> {
    Some(match tag {
        Tag::Targetduration(tag) => format!("target {}", tag.target_duration()),
        Tag::MediaSequence(tag) => format!("sequence {}", tag.media_sequence()),
        Tag::PartInf(tag) => format!("part target {}", micros(tag.part_target())),
        Tag::ServerControl(tag) => {
            let control =
                [tag.can_skip_until(), tag.hold_back(), tag.part_hold_back()].map(|time| time.map(micros));
            format!("control {} {} {control:?}", tag.can_block_reload(), tag.can_skip_dateranges())
        }
        Tag::Skip(tag) => format!("skip {} {:?}", tag.skipped_segments(), tag.recently_removed_dateranges()),
        Tag::Part(tag) => {
            let range = tag.byterange().map(|range| (range.offset.unwrap_or(0), range.length));
            format!(
                "part {} {} {} {} {range:?}",
                tag.uri(),
                micros(tag.duration()),
                tag.independent(),
                tag.gap()
            )
        }
        Tag::Inf(tag) => format!("inf {} {}", micros(tag.duration()), tag.title()),
        Tag::Map(tag) => {
            format!("map {} {:?}", tag.uri(), tag.byterange().map(|range| (range.offset, range.length)))
        }
        Tag::PreloadHint(tag) => {
            format!("hint {:?} {} {:?}", tag.uri(), tag.byterange_start(), tag.byterange_length())
        }
        Tag::Daterange(tag) => {
            let durations = [tag.duration(), tag.planned_duration()].map(|time| time.map(micros));
            format!("range {:?} {:?} {durations:?} {}", tag.id(), tag.class(), tag.end_on_next())
        }
        Tag::ProgramDateTime(tag) => format!("date {}", tag.program_date_time()),
        Tag::Gap(_) => "gap".to_owned(),
        Tag::Discontinuity(_) => "discontinuity".to_owned(),
        Tag::Endlist(_) => "end".to_owned(),
        Tag::StreamInf(tag) => {
            let size = tag.resolution().map(|size| (size.width, size.height));
            format!("variant {} {:?} {:?} {size:?}", tag.bandwidth(), tag.codecs(), tag.audio())
        }
        Tag::Media(tag) => {
            format!("media {:?} {:?} {:?} {}", tag.group_id(), tag.name(), tag.uri(), tag.default())
        }
        _ => return None,
    })
}

/// The same, from our types, in the order in which they print.
fn facts_of_media(media: &Media) -> Vec<String> {
    let mut facts = vec![format!("target {}", media.target_duration.as_secs())];
    let micros = |time: std::time::Duration| micros(time.as_secs_f64());
    if let Some(control) = media.server_control {
        let times =
            [control.can_skip_until, control.hold_back, control.part_hold_back].map(|time| time.map(micros));
        facts
            .push(format!("control {} {} {times:?}", control.can_block_reload, control.can_skip_date_ranges));
    }
    facts.extend(media.part_target.map(|target| format!("part target {}", micros(target))));
    facts.push(format!("sequence {}", media.media_sequence));
    facts.extend(media.skip.iter().map(|skip| {
        format!("skip {} {:?}", skip.segments, skip.removed_date_ranges.as_ref().map(|ids| ids.join("\t")))
    }));
    facts.extend(media.date_ranges.iter().map(|range| {
        let durations = [range.duration, range.planned_duration].map(|time| time.map(micros));
        format!("range {:?} {:?} {durations:?} {}", range.id, range.class, range.end_on_next)
    }));
    let mut map_before = None;
    for segment in &media.segments {
        facts.extend(segment.discontinuity.then(|| "discontinuity".to_owned()));
        if segment.map != map_before {
            map_before.clone_from(&segment.map);
            let map = segment.map.as_ref().unwrap();
            facts.push(format!(
                "map {} {:?}",
                map.uri,
                map.byte_range.map(|range| (range.offset, range.length))
            ));
        }
        facts.extend(segment.program_date_time.map(|date| format!("date {date}")));
        facts.extend(segment.gap.then(|| "gap".to_owned()));
        facts.extend(segment.parts.iter().map(|part| {
            let range = part.byte_range.map(|range| (range.offset, range.length));
            format!("part {} {} {} {} {range:?}", part.uri, micros(part.duration), part.independent, part.gap)
        }));
        if let Some(uri) = &segment.uri {
            let title = segment.title.as_deref().unwrap_or_default();
            facts.push(format!("inf {} {title}", micros(segment.duration)));
            facts.push(format!("uri {uri}"));
        }
    }
    facts.extend(
        media
            .preload_hints
            .iter()
            .map(|hint| format!("hint {:?} {} {:?}", hint.uri, hint.start, hint.length)),
    );
    facts.extend(media.end_list.then(|| "end".to_owned()));
    facts
}

fn facts_of_multivariant(playlist: &Multivariant) -> Vec<String> {
    let renditions = playlist
        .renditions
        .iter()
        .map(|r| format!("media {:?} {:?} {:?} {}", r.group_id, r.name, r.uri, r.default));
    let variants = playlist.variants.iter().flat_map(|variant| {
        let info = &variant.info;
        let size = info.resolution.map(|size| (u64::from(size.width), u64::from(size.height)));
        let fact = format!("variant {} {:?} {:?} {size:?}", info.bandwidth, info.codecs, variant.audio);
        [fact, format!("uri {}", variant.uri)]
    });
    renditions.chain(variants).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn quick_m3u8_reads_the_same_from_media_playlists(mut media in arbitrary::media()) {
        // Without it, it takes the tag for one that it does not know.
        media.rendition_reports.iter_mut().for_each(|report| report.last_msn = Some(1));
        let text = media.to_string();
        prop_assert_eq!(facts_of_quick_m3u8(&text), facts_of_media(&media), "{}", text);
    }

    #[test]
    fn quick_m3u8_reads_the_same_from_multivariant_playlists(playlist in arbitrary::multivariant()) {
        let text = playlist.to_string();
        prop_assert_eq!(facts_of_quick_m3u8(&text), facts_of_multivariant(&playlist), "{}", text);
    }
}

#[test]
fn hls_m3u8_reads_what_it_knows_from_our_recordings() {
    let text = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"i.mp4\"\n\
                #EXT-X-PROGRAM-DATE-TIME:2026-11-23T04:29:06.123Z\n#EXTINF:4,\na.m4s\n#EXT-X-DISCONTINUITY\n\
                #EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0x000102030405060708090a0b0c0d0e0f\n\
                #EXTINF:3.5,title\n#EXT-X-BYTERANGE:10@20\nb.m4s\n#EXT-X-ENDLIST\n";
    let Ok(Playlist::Media(ours)) = parse(text) else { panic!() };
    let printed = ours.to_string();
    let theirs = hls_m3u8::MediaPlaylist::try_from(printed.as_str()).unwrap();
    assert_eq!(theirs.target_duration, ours.target_duration);
    assert!(theirs.has_end_list);
    let segments: Vec<_> = theirs.segments.iter().map(|(_, segment)| segment).collect();
    assert_eq!(segments.len(), 2);
    for (theirs, ours) in segments.iter().zip(&ours.segments) {
        assert_eq!(Some(theirs.uri().as_ref()), ours.uri.as_deref());
        assert_eq!(theirs.duration.duration(), ours.duration);
        assert_eq!(theirs.has_discontinuity, ours.discontinuity);
        let range =
            theirs.byte_range.as_ref().map(|range| (range.start().unwrap() as u64, range.len() as u64));
        assert_eq!(range, ours.byte_range.map(|range| (range.offset, range.length)));
    }
}
