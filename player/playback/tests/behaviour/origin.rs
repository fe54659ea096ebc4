//! A server in virtual time: what it has at a moment, as real playlist text and real fMP4 bytes.

use container::write::{AudioTrack, Fragment, InitSegment, Sample, TrackFragment, VideoTrack};
use container::{aac, avc};

/// x264, High 3.0, 640x360.
const AVCC: &[u8] = b"\x01\x64\x00\x1e\xff\xe1\x00\x1a\x67\x64\x00\x1e\xac\xd9\x40\xa0\x2f\xf9\x70\x11\x00\x00\x03\x00\x01\x00\x00\
\x03\x00\x32\x0f\x16\x2d\x96\x01\x00\x06\x68\xeb\xe3\xcb\x22\xc0\xfd\xf8\xf8\x00";

/// The programme clock at virtual time 0.
pub const EPOCH_MS: u64 = 1_795_000_000_000;

/// A ladder of three: two redundant ones at 2.9 Mbit/s, and one at 0.5.
const LADDER: &str = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000\nlo/media.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2900000\n\
hi-a/media.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2900000\nhi-b/media.m3u8\n";

/// A stretch in which a publisher is there.
#[derive(Debug, Clone, Copy)]
pub struct Era {
    /// Milliseconds of virtual time.
    pub from: u64,
    pub until: u64,
    /// Decode time of its first frame, in milliseconds.
    pub media: u64,
}

/// A server. Times are milliseconds of virtual time.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Lives of the server: when it begins, its first media sequence number, what is published.
    pub lives: Vec<(u64, u64, Vec<Era>)>,
    /// When it does not answer at all.
    pub outages: Vec<(u64, u64)>,
    pub part: u64,
    pub parts_per_segment: u64,
    pub window: usize,
    pub low_latency: bool,
    /// The show is over at this moment.
    pub ended: Option<u64>,
    /// Names that answer 404.
    pub missing: Vec<String>,
    /// Names whose first answer is cut short.
    pub truncated: Vec<String>,
    /// What `EXT-X-KEY` says.
    pub key: Option<&'static str>,
    /// Date ranges: when on the virtual clock they begin, and the rest of the tag.
    pub ranges: Vec<(u64, String)>,
    /// Event messages in the media: when, number, scheme, data.
    pub events: Vec<(u64, u32, &'static str, Vec<u8>)>,
    /// Paths of which nothing comes from a moment on: part of the address, when.
    pub dead: Option<(&'static str, u64)>,
    /// The multivariant playlist.
    pub index: &'static str,
    /// Instead of a file of this name comes this: status and body.
    pub instead: Option<(&'static str, u16, &'static str)>,
    /// Without low latency the next segment is hinted at, and the playlist waits for it.
    pub segment_hints: bool,
    /// Parts that are lost, and that the playlist says so of: number of the segment, and of the part.
    pub lost: Vec<(u64, u64)>,
    /// Each playlist of the ladder reports on all of them.
    pub reports: bool,
    /// What is asked for before it is there is sent as it is produced.
    pub paced: bool,
    /// Playlists whose address contains this say dates that are so many milliseconds late.
    pub late: Option<(&'static str, u64)>,
    /// What each segment's subtitles begin with.
    pub captions_head: fn(u64) -> String,
}

/// A segment at a moment.
#[derive(Debug, Clone, Copy)]
struct Segment {
    number: u64,
    discontinuity: bool,
    era: usize,
    from: u64,
    media: u64,
    parts: u64,
    whole: bool,
}

pub struct Answer {
    /// When the server sends it.
    pub at: u64,
    pub status: u16,
    pub body: Vec<u8>,
}

impl Origin {
    /// A low-latency stream that began a minute ago and never ends: 200 ms parts, segments of 2 s, 30 segments kept.
    pub fn live() -> Self {
        Self {
            lives: vec![(0, 1_000, vec![Era { from: 0, until: u64::MAX, media: 5_000 }])],
            outages: Vec::new(),
            part: 200,
            parts_per_segment: 10,
            window: 30,
            low_latency: true,
            ended: None,
            missing: Vec::new(),
            truncated: Vec::new(),
            key: None,
            ranges: Vec::new(),
            events: Vec::new(),
            dead: None,
            index: LADDER,
            instead: None,
            segment_hints: false,
            lost: Vec::new(),
            reports: false,
            paced: false,
            late: None,
            captions_head: |media| {
                format!("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:{}\n\n", media * 90 % (1 << 33))
            },
        }
    }

    /// A recording of this many seconds.
    pub fn recording(seconds: u64) -> Self {
        let mut origin = Self::live();
        origin.lives = vec![(0, 0, vec![Era { from: 0, until: seconds * 1_000, media: 90_000 }])];
        origin.low_latency = false;
        origin.window = usize::MAX;
        origin.ended = Some(0);
        origin
    }

    /// The answer to a request that reaches the server at `now`; `None` when nothing comes.
    pub fn answer(&mut self, address: &str, now: u64) -> Option<Answer> {
        let dead = self.dead.is_some_and(|(path, from)| address.contains(path) && now >= from);
        if self.down(now) || dead {
            return None;
        }
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        if self.missing.contains(&name) {
            return Some(Answer { at: now, status: 404, body: Vec::new() });
        }
        if let Some((_, status, body)) = self.instead.filter(|(of, ..)| *of == name) {
            return Some(Answer { at: now, status, body: body.as_bytes().to_vec() });
        }
        if name == "text.m3u8" {
            return Some(Answer { at: now, status: 200, body: self.texts(now).into_bytes() });
        }
        if let Some(number) = name.strip_prefix("text-").and_then(|rest| rest.strip_suffix(".vtt")) {
            return Some(self.captions(number.parse().unwrap(), now));
        }
        if name == "index.m3u8" {
            return Some(Answer { at: now, status: 200, body: self.index.as_bytes().to_vec() });
        }
        // Bytes of a part: as many as its variant says, about.
        let kilobits = if path.contains("/hi") {
            2_800
        } else if path.contains("/lo") {
            400
        } else {
            kilobits(path)
        };
        let padding = (kilobits * self.part / 8).max(40) as usize;
        let late = self.late.filter(|(of, _)| path.contains(of)).map_or(0, |(_, late)| late);
        let mut answer = if name == "media.m3u8" {
            self.playlist(query, now, late)
        } else {
            self.media(&name, now, padding)
        }?;
        if let Some(place) = self.truncated.iter().position(|cut| *cut == name) {
            self.truncated.remove(place);
            answer.body.truncate(answer.body.len() / 2 - 7);
        }
        Some(answer)
    }

    fn down(&self, at: u64) -> bool {
        self.outages.iter().any(|(from, until)| (*from..*until).contains(&at))
    }

    fn playlist(&self, query: &str, now: u64, late: u64) -> Option<Answer> {
        let field = |name: &str| {
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse::<u64>().ok())
        };
        let wanted = field("_HLS_msn").map(|number| (number, field("_HLS_part").unwrap_or(0)));
        let mut at = now;
        while self.segments(at).is_empty() || wanted.is_some_and(|wanted| !self.has(wanted, at)) {
            if at > now + 6_000 {
                break;
            }
            at = next_moment(at);
            if self.down(at) {
                return None;
            }
        }
        if self.segments(at).is_empty() {
            return Some(Answer { at, status: 404, body: Vec::new() });
        }
        Some(Answer { at, status: 200, body: self.text(at, query.contains("_HLS_skip"), late).into_bytes() })
    }

    fn has(&self, (number, part): (u64, u64), at: u64) -> bool {
        self.segments(at).last().is_some_and(|last| {
            last.number > number || (last.number == number && (last.whole || last.parts > part))
        })
    }

    /// Every segment of the window at a moment.
    fn segments(&self, at: u64) -> Vec<Segment> {
        let Some((_, first, eras)) = self.lives.iter().rev().find(|(from, ..)| *from <= at) else {
            return Vec::new();
        };
        let at = self.ended.map_or(at, |_| u64::MAX);
        let mut segments = Vec::new();
        let mut number = *first;
        let length = self.part * self.parts_per_segment;
        for (era, stretch) in eras.iter().enumerate().filter(|(_, stretch)| stretch.from <= at) {
            let parts = (stretch.until.min(at) - stretch.from) / self.part;
            let over = stretch.until <= at && (eras.len() > era + 1 || self.ended.is_some());
            let whole = parts / self.parts_per_segment;
            let rest = parts % self.parts_per_segment;
            let count = whole + u64::from(rest > 0);
            // A long era: only what may be in the window.
            let skip = count.saturating_sub(self.window.min(100_000) as u64 + 1);
            for index in skip..count {
                let own = if index < whole { self.parts_per_segment } else { rest };
                segments.push(Segment {
                    number: number + index,
                    discontinuity: era > 0 && index == 0,
                    era,
                    from: stretch.from + index * length,
                    media: stretch.media + index * length,
                    parts: own,
                    whole: index < whole || over,
                });
            }
            number += count;
        }
        if !self.low_latency {
            segments.retain(|segment| segment.whole);
        }
        let surplus = segments.len().saturating_sub(self.window);
        segments.split_off(surplus)
    }

    fn text(&self, at: u64, skip: bool, late: u64) -> String {
        let segments = self.segments(at);
        let seconds = |ms: u64| format!("{}.{:03}", ms / 1_000, ms % 1_000);
        let length = self.part * self.parts_per_segment;
        let first = segments.first().map_or(0, |segment| segment.number);
        let passed = segments.first().map_or(0, |segment| segment.era - usize::from(segment.discontinuity));
        let mut text = format!(
            "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:{first}\n#EXT-X-DISCONTINUITY-SEQUENCE:{passed}\n",
            length.div_ceil(1_000)
        );
        if self.low_latency {
            text += &format!(
                "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL={},PART-HOLD-BACK={}\n#EXT-X-PART-INF:PART-TARGET={}\n",
                seconds(length * 6),
                seconds(self.part * 3),
                seconds(self.part)
            );
        }
        if self.segment_hints && !self.low_latency {
            text += "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES\n";
        }
        for (begin, rest) in &self.ranges {
            text += &format!("#EXT-X-DATERANGE:START-DATE=\"{}\",{rest}\n", date(EPOCH_MS + begin));
        }
        let skipped = if skip && self.low_latency { segments.len().saturating_sub(8) } else { 0 };
        if skipped > 0 {
            text += &format!("#EXT-X-SKIP:SKIPPED-SEGMENTS={skipped}\n");
        }
        let mut era = None;
        for (index, segment) in segments.iter().enumerate().skip(skipped) {
            if segment.discontinuity {
                text += "#EXT-X-DISCONTINUITY\n";
            }
            if era != Some(segment.era) && (skipped == 0 || era.is_some()) {
                text += &format!("#EXT-X-MAP:URI=\"init-{}.mp4\"\n", segment.era);
            }
            era = Some(segment.era);
            if let Some(key) = self.key.filter(|_| index == 0) {
                text += &format!("#EXT-X-KEY:{key}\n");
            }
            text += &format!("#EXT-X-PROGRAM-DATE-TIME:{}\n", date(EPOCH_MS + segment.from + late));
            if self.low_latency && segments.len() - index <= 4 {
                for part in 0..segment.parts {
                    let independent = if part == 0 { ",INDEPENDENT=YES" } else { "" };
                    let gap = if self.lost.contains(&(segment.number, part)) { ",GAP=YES" } else { "" };
                    text += &format!(
                        "#EXT-X-PART:DURATION={},URI=\"part-{}-{part}.m4s\"{independent}{gap}\n",
                        seconds(self.part),
                        segment.number
                    );
                }
            }
            if segment.whole {
                if self.lost.iter().any(|(number, _)| *number == segment.number) {
                    text += "#EXT-X-GAP\n";
                }
                text +=
                    &format!("#EXTINF:{},\nseg-{}.m4s\n", seconds(segment.parts * self.part), segment.number);
            }
        }
        for name in ["lo", "hi-a", "hi-b"].iter().filter(|_| self.reports) {
            let (number, part) = segments.last().map_or((0, 0), |last| (last.number, last.parts.max(1) - 1));
            text += &format!(
                "#EXT-X-RENDITION-REPORT:URI=\"../{name}/media.m3u8\",LAST-MSN={number},LAST-PART={part}\n"
            );
        }
        if self.segment_hints && !self.low_latency {
            let number = segments.last().map_or(0, |last| last.number + 1);
            text += &format!("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"seg-{number}.m4s\"\n");
        }
        if self.ended.is_some() {
            text += "#EXT-X-ENDLIST\n";
        } else if let Some(last) = segments.last().filter(|_| self.low_latency) {
            let (number, part) = if last.whole { (last.number + 1, 0) } else { (last.number, last.parts) };
            text += &format!("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"part-{number}-{part}.m4s\"\n");
        }
        text
    }

    /// The playlist of the subtitles: a segment of text beside every whole one of media.
    fn texts(&self, at: u64) -> String {
        let segments: Vec<_> = self.segments(at).into_iter().filter(|segment| segment.whole).collect();
        let first = segments.first().map_or(0, |segment| segment.number);
        let length = self.part * self.parts_per_segment;
        let mut text = format!(
            "#EXTM3U\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:{first}\n",
            length.div_ceil(1_000)
        );
        for segment in segments {
            let discontinuity = if segment.discontinuity { "#EXT-X-DISCONTINUITY\n" } else { "" };
            let (date, number) = (date(EPOCH_MS + segment.from), segment.number);
            let seconds = (segment.parts * self.part) as f64 / 1_000.0;
            text += &format!(
                "{discontinuity}#EXT-X-PROGRAM-DATE-TIME:{date}\n#EXTINF:{seconds},\ntext-{number}.vtt\n"
            );
        }
        if self.ended.is_some() { text + "#EXT-X-ENDLIST\n" } else { text }
    }

    /// One cue, from 100 ms to 900 ms after the segment's start, that says when that is on the virtual clock.
    fn captions(&self, number: u64, now: u64) -> Answer {
        let segments = self.segments(now);
        let Some(segment) = segments.iter().find(|segment| segment.number == number) else {
            return Answer { at: now, status: 404, body: Vec::new() };
        };
        let head = (self.captions_head)(segment.media);
        let text = format!("{head}00:00.100 --> 00:00.900\n{}\n", segment.from);
        Answer { at: now, status: 200, body: text.into_bytes() }
    }

    fn media(&self, name: &str, now: u64, padding: usize) -> Option<Answer> {
        let found = |at, body| Some(Answer { at, status: 200, body });
        let missing = |at| Some(Answer { at, status: 404, body: Vec::new() });
        if name.starts_with("init-") {
            return found(now, init());
        }
        let mut numbers =
            name.trim_end_matches(".m4s").split('-').skip(1).filter_map(|text| text.parse::<u64>().ok());
        let (number, part) = (numbers.next()?, numbers.next());
        if part.is_some_and(|part| self.lost.contains(&(number, part))) {
            return missing(now);
        }
        let mut at = now;
        while at <= now + 6_000 {
            let segments = self.segments(at);
            let segment = segments.iter().find(|segment| segment.number == number);
            match (segment, part) {
                (Some(segment), None) if segment.whole => {
                    return found(at, self.bytes(segment, 0, segment.parts, padding));
                }
                (Some(segment), Some(part)) if segment.parts > part => {
                    return found(at, self.bytes(segment, part, 1, padding));
                }
                (Some(segment), Some(_)) if segment.whole => return missing(at),
                (None, _) if segments.first().is_some_and(|first| number < first.number) => {
                    return missing(at);
                }
                _ => at = next_moment(at),
            }
            if self.down(at) {
                return None;
            }
        }
        missing(at)
    }

    fn bytes(&self, segment: &Segment, first: u64, count: u64, padding: usize) -> Vec<u8> {
        let part = |part| {
            let (from, media) = (segment.from + part * self.part, segment.media + part * self.part);
            let events = self.events.iter().filter(|(at, ..)| (from..from + self.part).contains(at));
            let mut bytes: Vec<u8> = events
                .flat_map(|(at, id, scheme, data)| emsg(media + at - from, *id, scheme, data))
                .collect();
            bytes.extend(fragment(media, self.part, part == 0, padding));
            bytes
        };
        (first..first + count).flat_map(part).collect()
    }
}

/// What the folder of a variant says, as `/k400/`.
pub fn kilobits(path: &str) -> u64 {
    path.split('/').find_map(|folder| folder.strip_prefix('k')?.parse().ok()).unwrap_or(0)
}

/// Everything happens at whole tenths of a second.
fn next_moment(at: u64) -> u64 {
    (at / 100 + 1) * 100
}

fn init() -> Vec<u8> {
    let config = avc::DecoderConfig::read(AVCC).unwrap();
    let dimensions = config.dimensions().unwrap();
    let audio = aac::AudioConfig::read(&[0x11, 0x90]).unwrap();
    let init = InitSegment {
        video: Some(VideoTrack { track_id: 1, timescale: 90_000, config, dimensions }),
        audio: Some(AudioTrack { track_id: 2, timescale: 48_000, config: audio }),
    };
    init.to_bytes().unwrap().to_vec()
}

fn fragment(media_ms: u64, length_ms: u64, sync: bool, padding: usize) -> Vec<u8> {
    let track = |track_id, scale: u64, sync| TrackFragment {
        track_id,
        base_decode_time: media_ms * scale,
        samples: vec![Sample {
            duration: (length_ms * scale) as u32,
            composition_offset: 0,
            sync,
            data: vec![0_u8; padding / 2].into(),
        }],
    };
    let fragment = Fragment { sequence: 1, tracks: vec![track(1, 90, sync), track(2, 48, true)] };
    fragment.to_bytes().unwrap().to_vec()
}

/// An event message of version 1, half a second long.
fn emsg(media_ms: u64, id: u32, scheme: &str, data: &[u8]) -> Vec<u8> {
    let mut body = vec![1, 0, 0, 0];
    body.extend(1_000_u32.to_be_bytes());
    body.extend(media_ms.to_be_bytes());
    body.extend(500_u32.to_be_bytes());
    body.extend(id.to_be_bytes());
    body.extend(scheme.bytes().chain([0, b'v', 0]).chain(data.iter().copied()));
    let size = body.len() as u32 + 8;
    [&size.to_be_bytes(), b"emsg".as_slice(), &body].concat()
}

fn date(ms: u64) -> String {
    playlist::ProgramDateTime::from_millis(ms as i64).to_string()
}
