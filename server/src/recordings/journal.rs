//! A recording's list of contents: one JSON object a line, only ever added to.

use std::collections::HashMap;
use std::sync::Arc;

use packager::{Dimensions, MediaTime, Recorded, RecordedInit, Vod, WallTime};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Line {
    Init(Init),
    Segment(Entry),
    /// A segment that could not be kept.
    Lost(Entry),
}

#[derive(Serialize, Deserialize)]
struct Init {
    number: u64,
    codecs: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<(u32, u32)>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    number: u64,
    /// Milliseconds since the Unix epoch.
    at: i64,
    /// In 1/90,000 s.
    duration: i64,
    init: u64,
    bytes: u64,
    pictures: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    discontinuity: bool,
}

/// The line that names an initialization segment.
pub(super) fn init(init: &RecordedInit) -> String {
    let size = init.dimensions.map(|size| (size.width, size.height));
    line(&Line::Init(Init { number: init.number, codecs: init.codecs.clone(), size }))
}

/// The line that names a segment, or says that it is lost.
pub(super) fn segment(segment: &Recorded) -> String {
    let entry = Entry {
        number: segment.number,
        at: segment.program_time.0,
        duration: segment.duration.ticks(),
        init: segment.init.number,
        bytes: segment.bytes,
        pictures: segment.pictures,
        discontinuity: segment.discontinuity,
    };
    line(&if segment.lost { Line::Lost(entry) } else { Line::Segment(entry) })
}

fn line(line: &Line) -> String {
    // Plain types of ours always encode.
    let mut text = serde_json::to_string(line).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a journal. Lines that are cut short, or that nobody knows, are passed over; so is a segment without its
/// initialization segment, or out of order.
pub(super) fn read(text: &str) -> Vod {
    let mut vod = Vod::default();
    let mut inits: HashMap<u64, Arc<RecordedInit>> = HashMap::new();
    // Without its line break a line may be the first half of one.
    let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    for line in whole.filter_map(|line| serde_json::from_str(line).ok()) {
        let (entry, lost) = match line {
            Line::Init(Init { number, codecs, size }) => {
                let dimensions = size.map(|(width, height)| Dimensions { width, height });
                inits.insert(number, Arc::new(RecordedInit { number, codecs, dimensions }));
                continue;
            }
            Line::Segment(entry) => (entry, false),
            Line::Lost(entry) => (entry, true),
        };
        let Some(init) = inits.get(&entry.init) else { continue };
        let in_order = vod.segments().last().is_none_or(|last| last.number < entry.number);
        if !in_order || entry.duration <= 0 {
            continue;
        }
        vod.push(Recorded {
            number: entry.number,
            program_time: WallTime(entry.at),
            duration: MediaTime::from_ticks(entry.duration),
            discontinuity: entry.discontinuity,
            init: Arc::clone(init),
            bytes: entry.bytes,
            pictures: entry.pictures,
            lost,
        });
    }
    vod
}
