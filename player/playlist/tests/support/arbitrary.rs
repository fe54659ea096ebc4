//! Playlists that no one would think of, in the form that the reader gives: what holds on is on every segment.

use std::sync::Arc;
use std::time::Duration;

use playlist::*;
use proptest::option;
use proptest::prelude::*;
use proptest::{collection, sample};

fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 ,=é中#:/?&._-]{1,12}"
}

fn uri() -> impl Strategy<Value = String> {
    "[a-z0-9/._?=&-]{1,16}"
}

fn name() -> impl Strategy<Value = String> {
    "[A-Z0-9-]{1,8}"
}

fn seconds() -> impl Strategy<Value = Duration> {
    prop_oneof![
        (0..100_000_u64).prop_map(Duration::from_millis),
        (0..1_u64 << 50).prop_map(Duration::from_nanos)
    ]
}

/// Numbers that three digits after the point can say.
fn number() -> impl Strategy<Value = f64> {
    (-1_000_000..1_000_000_i32).prop_map(|thousandths| f64::from(thousandths) / 1000.0)
}

fn date() -> impl Strategy<Value = ProgramDateTime> {
    (-62_167_219_200_000..253_402_300_799_999_i64).prop_map(ProgramDateTime::from_millis)
}

fn range() -> impl Strategy<Value = ByteRange> {
    (0..1_u64 << 60, 0..1_u64 << 40).prop_map(|(offset, length)| ByteRange { offset, length })
}

fn define() -> impl Strategy<Value = Define> {
    (text(), text()).prop_map(|(name, value)| Define::Value { name, value })
}

fn start() -> impl Strategy<Value = Start> {
    (seconds(), any::<bool>(), any::<bool>()).prop_map(|(offset, from_end, precise)| Start {
        offset,
        from_end,
        precise,
    })
}

fn key(format: Option<String>) -> impl Strategy<Value = Key> {
    let method = prop_oneof![
        Just(KeyMethod::Aes128),
        Just(KeyMethod::SampleAes),
        Just(KeyMethod::SampleAesCtr),
        name().prop_map(|name| KeyMethod::Other(format!("X-{name}"))),
    ];
    (method, uri(), any::<Option<[u8; 16]>>(), option::of(text())).prop_map(
        move |(method, uri, iv, versions)| Key {
            method,
            uri: Some(uri),
            iv,
            format: format.clone(),
            format_versions: versions,
        },
    )
}

fn part() -> impl Strategy<Value = Part> {
    (uri(), seconds(), any::<bool>(), option::of(range()), any::<bool>()).prop_map(
        |(uri, duration, independent, byte_range, gap)| Part { uri, duration, independent, byte_range, gap },
    )
}

/// What changes from one segment to the next.
#[derive(Debug, Clone)]
enum Keys {
    Same,
    Clear,
    One(Key),
    Two(Key, Key),
}

fn keys() -> impl Strategy<Value = Keys> {
    let with_format = || key(Some("com.x".to_owned()));
    prop_oneof![
        4 => Just(Keys::Same),
        1 => Just(Keys::Clear),
        1 => prop_oneof![key(None).boxed(), with_format().boxed()].prop_map(Keys::One),
        1 => (key(None), with_format()).prop_map(|(first, second)| Keys::Two(first, second)),
        1 => (with_format(), key(None)).prop_map(|(first, second)| Keys::Two(first, second)),
    ]
}

fn map() -> impl Strategy<Value = Option<Map>> {
    let map = (uri(), option::of(range())).prop_map(|(uri, byte_range)| Map { uri, byte_range });
    prop_oneof![3 => Just(None), 1 => map.prop_map(Some)]
}

fn segment() -> impl Strategy<Value = (Segment, Keys, Option<Map>, Option<u64>)> {
    let title = "[a-z,=中#\"]{1,3}( [a-z]{1,4})?";
    let marks = (any::<bool>(), any::<bool>());
    (
        uri(),
        seconds(),
        option::of(title),
        collection::vec(part(), 0..4),
        option::of(range()),
        option::of(date()),
        marks,
    )
        .prop_map(|(uri, duration, title, parts, byte_range, program_date_time, (discontinuity, gap))| {
            Segment {
                uri: Some(uri),
                duration,
                title,
                parts,
                byte_range,
                program_date_time,
                discontinuity,
                gap,
                ..Segment::default()
            }
        })
        .prop_flat_map(|segment| {
            (Just(segment), keys(), map(), option::of((1..10_000_u64).prop_map(|k| k * 1000)))
        })
}

/// Segments in a row; the last may be open.
fn segments() -> impl Strategy<Value = Vec<Segment>> {
    (collection::vec(segment(), 0..6), any::<bool>()).prop_map(|(changes, open)| {
        let mut segments: Vec<Segment> = Vec::new();
        for (mut segment, keys, map, bitrate) in changes {
            let before = segments.last().cloned().unwrap_or_default();
            segment.keys = match keys {
                Keys::Same => before.keys,
                Keys::Clear => vec![Arc::new(Key::NONE)],
                Keys::One(key) => vec![Arc::new(key)],
                Keys::Two(first, second) => vec![Arc::new(first), Arc::new(second)],
            };
            segment.map = map.map(Arc::new).or(before.map);
            segment.bitrate = bitrate.or(before.bitrate);
            segments.push(segment);
        }
        if let Some(last) = segments.last_mut().filter(|last| open && !last.parts.is_empty()) {
            (last.uri, last.title, last.byte_range) = (None, None, None);
            last.duration = last.parts.iter().map(|part| part.duration).sum();
        }
        segments
    })
}

fn server_control() -> impl Strategy<Value = ServerControl> {
    let durations = (seconds(), option::of(seconds()), option::of(seconds()));
    (any::<bool>(), any::<bool>(), durations).prop_map(
        |(block, ranges, (skip, hold_back, part_hold_back))| ServerControl {
            can_block_reload: block,
            can_skip_until: Some(skip),
            can_skip_date_ranges: ranges,
            hold_back,
            part_hold_back,
        },
    )
}

fn skip() -> impl Strategy<Value = Skip> {
    let ids = collection::vec(text(), 1..4);
    (0..100_000_u64, option::of(ids))
        .prop_map(|(segments, removed_date_ranges)| Skip { segments, removed_date_ranges })
}

fn preload_hint() -> impl Strategy<Value = PreloadHint> {
    let kind = sample::select(vec![HintKind::Part, HintKind::Map]);
    (kind, uri(), any::<u64>(), any::<Option<u64>>()).prop_map(|(kind, uri, start, length)| PreloadHint {
        kind,
        uri,
        start,
        length,
    })
}

fn rendition_report() -> impl Strategy<Value = RenditionReport> {
    (uri(), any::<Option<u64>>(), any::<Option<u64>>())
        .prop_map(|(uri, last_msn, last_part)| RenditionReport { uri, last_msn, last_part })
}

fn date_range() -> impl Strategy<Value = DateRange> {
    let value = prop_oneof![
        text().prop_map(ClientValue::Text),
        "0x[0-9A-F]{2,8}".prop_map(ClientValue::Hex),
        number().prop_map(ClientValue::Number),
    ];
    let client = collection::vec((name().prop_map(|name| format!("X-{name}")), value), 0..3);
    let texts = (text(), option::of(text()), option::of(text()), option::of("0x[0-9A-F]{2,8}"));
    (texts, option::of(date()), option::of(date()), option::of(seconds()), any::<bool>(), client).prop_map(
        |((id, class, cue, scte35_out), start, end, duration, end_on_next, client)| DateRange {
            id,
            class,
            start,
            end,
            duration,
            planned_duration: duration,
            end_on_next,
            cue,
            scte35_cmd: None,
            scte35_in: scte35_out.clone(),
            scte35_out,
            client,
        },
    )
}

/// Any media playlist, a delta update too.
pub(crate) fn media() -> impl Strategy<Value = Media> {
    let numbers = (1..20_u64, 1..10_000_u64, any::<u64>(), any::<u64>());
    let kind = option::of(sample::select(vec![PlaylistType::Event, PlaylistType::Vod]));
    let marks = (any::<bool>(), any::<bool>(), any::<bool>());
    let heads =
        (option::of(start()), option::of(server_control()), option::of(seconds()), option::of(skip()));
    let lists = (
        collection::vec(preload_hint(), 0..3),
        collection::vec(rendition_report(), 0..3),
        collection::vec(date_range(), 0..3),
        collection::vec(define(), 0..3),
    );
    (numbers, kind, marks, heads, segments(), lists).prop_map(
        |(numbers, kind, marks, heads, segments, lists)| Media {
            version: numbers.0,
            target_duration: Duration::from_secs(numbers.1),
            media_sequence: numbers.2,
            discontinuity_sequence: numbers.3,
            playlist_type: kind,
            independent_segments: marks.0,
            i_frames_only: marks.1,
            end_list: marks.2,
            start: heads.0,
            server_control: heads.1,
            part_target: heads.2,
            skip: heads.3,
            segments,
            preload_hints: lists.0,
            rendition_reports: lists.1,
            date_ranges: lists.2,
            defines: lists.3,
        },
    )
}

fn info() -> impl Strategy<Value = StreamInfo> {
    let resolution = any::<(u32, u32)>().prop_map(|(width, height)| Resolution { width, height });
    let texts =
        (option::of(text()), option::of(text()), option::of(name()), option::of(name()), option::of(text()));
    let numbers = (any::<u64>(), any::<Option<u64>>(), option::of(number()), option::of(resolution));
    (numbers, texts).prop_map(|(numbers, texts)| StreamInfo {
        bandwidth: numbers.0,
        average_bandwidth: numbers.1,
        score: numbers.2,
        resolution: numbers.3,
        supplemental_codecs: texts.0.clone(),
        codecs: texts.0,
        video: texts.1,
        hdcp_level: texts.2,
        video_range: texts.3,
        stable_id: texts.4.clone(),
        pathway_id: texts.4,
    })
}

fn rendition() -> impl Strategy<Value = Rendition> {
    use RenditionKind::{Audio, ClosedCaptions, Subtitles, Video};
    let kind = sample::select(vec![Audio, Video, Subtitles, ClosedCaptions]);
    let texts = (text(), text(), option::of(uri()), option::of(text()), option::of(text()));
    (kind, texts, any::<[bool; 3]>()).prop_map(|(kind, texts, [default, autoselect, forced])| Rendition {
        kind,
        group_id: texts.0,
        name: texts.1,
        uri: texts.2,
        language: texts.3.clone(),
        assoc_language: texts.3.clone(),
        stable_id: texts.3,
        default,
        autoselect,
        forced,
        instream_id: texts.4.clone(),
        characteristics: texts.4.clone(),
        channels: texts.4,
    })
}

fn session_data() -> impl Strategy<Value = SessionData> {
    let value = prop_oneof![
        text().prop_map(SessionValue::Text),
        (uri(), any::<bool>()).prop_map(|(uri, raw)| SessionValue::Uri { uri, raw }),
    ];
    (text(), value, option::of(text())).prop_map(|(id, value, language)| SessionData { id, value, language })
}

/// Any multivariant playlist; one without any tag of its own would be read as a media playlist.
pub(crate) fn multivariant() -> impl Strategy<Value = Multivariant> {
    let group = || option::of(text().prop_filter("NONE is no group", |group| group != "NONE"));
    let variant = (uri(), info(), option::of(number()), group(), group()).prop_map(
        |(uri, info, frame_rate, audio, captions)| Variant {
            uri,
            info,
            frame_rate,
            subtitles: audio.clone(),
            audio,
            closed_captions: captions,
        },
    );
    let i_frame = (uri(), info()).prop_map(|(uri, info)| IFrameVariant { uri, info });
    let steering = (uri(), option::of(text()))
        .prop_map(|(server_uri, pathway_id)| ContentSteering { server_uri, pathway_id });
    let keys = prop_oneof![key(None).boxed(), key(Some("com.x".to_owned())).boxed()];
    let head = (1..20_u64, any::<bool>(), option::of(start()), collection::vec(define(), 0..3));
    let lists = (
        collection::vec(variant, 1..4),
        collection::vec(i_frame, 0..3),
        collection::vec(rendition(), 0..3),
        collection::vec(session_data(), 0..3),
        collection::vec(keys, 0..3),
    );
    (head, lists, option::of(steering)).prop_map(|(head, lists, content_steering)| Multivariant {
        version: head.0,
        independent_segments: head.1,
        start: head.2,
        variants: lists.0,
        i_frame_variants: lists.1,
        renditions: lists.2,
        session_data: lists.3,
        session_keys: lists.4,
        content_steering,
        defines: head.3,
    })
}
