//! A recording that is produced part by part again, as a low-latency server would: what its playlist says and which files
//! are there at a moment. Serves nothing, and knows nothing of our own server.

use protocol::ServerTime;
use std::{
    fmt::Write,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Seconds that are produced already when the first viewer comes.
const BEFORE: u64 = 8;
/// Seconds of the whole show; a segment lasts one.
pub const SECONDS: u64 = 12;
/// A part, and how many are a segment.
const PART_MS: u64 = 200;
const PARTS: u64 = 5;
/// Segments before this one are listed without their parts, and are left out of a delta update.
const OLD: u64 = 6;

/// What is peculiar about a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Nothing: parts, blocking reloads, hints, delta updates, all that RFC 8216bis asks for.
    None,
    /// The third part of the tenth second is lost.
    Gap,
    /// Whole segments are hinted at, and there are no parts.
    WholeSegments,
    /// In every other half second the playlist is one of RFC 8216, without a word of low latency.
    Flaps,
    /// From the tenth second on a part lasts two fifths, and the last one of a segment one.
    LongerParts,
}

impl Habit {
    /// As it stands in an address.
    pub fn named(name: &str) -> Option<Self> {
        let habits = [Self::None, Self::Gap, Self::WholeSegments, Self::Flaps, Self::LongerParts];
        habits.into_iter().find(|habit| habit.name() == name)
    }

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gap => "gap",
            Self::WholeSegments => "whole-segments",
            Self::Flaps => "flaps",
            Self::LongerParts => "longer-parts",
        }
    }

    /// The parts of a segment: number of the first fragment, and how many it has.
    fn parts(self, segment: u64) -> Vec<(u64, u64)> {
        match self {
            Self::WholeSegments => Vec::new(),
            Self::LongerParts if segment >= 10 => vec![(0, 2), (2, 2), (4, 1)],
            _ => (0..PARTS).map(|part| (part, 1)).collect(),
        }
    }

    const fn lost(self, segment: u64, part: u64) -> bool {
        matches!(self, Self::Gap) && segment == 9 && part == 2
    }
}

/// The moment that a request waits for: a media sequence number, and a part of that segment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// `_HLS_msn`.
    pub segment: Option<u64>,
    /// `_HLS_part`.
    pub part: Option<u64>,
    /// `_HLS_skip`.
    pub skip: bool,
}

impl Wanted {
    /// From the query of an address.
    pub fn parse(query: &str) -> Self {
        let value = |name| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let number = |name| value(name)?.parse().ok();
        Self { segment: number("_HLS_msn"), part: number("_HLS_part"), skip: value("_HLS_skip").is_some() }
    }
}

/// A show.
#[derive(Debug)]
pub struct PartShow {
    habit: Habit,
    began: SystemTime,
}

impl PartShow {
    /// Some seconds of it are there already.
    pub fn begin(habit: Habit) -> Self {
        let began = SystemTime::now().checked_sub(Duration::from_secs(BEFORE)).unwrap_or(UNIX_EPOCH);
        Self { habit, began }
    }

    /// How long a playlist that was asked for in this way waits, now.
    pub fn wait_for(&self, wanted: Wanted) -> Duration {
        let Some(segment) = wanted.segment.filter(|segment| *segment < SECONDS) else {
            return Duration::ZERO;
        };
        let parts = self.habit.parts(segment);
        let last = match wanted.part.and_then(|part| parts.get(usize::try_from(part).ok()?)) {
            Some((first, count)) => first + count,
            None => PARTS,
        };
        self.until(segment, last)
    }

    /// How long it takes until a file is produced: `S.m4s` a segment, `S.P.m4s` the part that begins with fragment P.
    /// `None` for what is no file of it.
    pub fn wait_for_file(&self, name: &str) -> Option<Duration> {
        let name = name.strip_suffix(".m4s")?;
        let (segment, part) = match name.split_once('.') {
            Some((segment, part)) => (segment.parse().ok()?, Some(part.parse().ok()?)),
            None => (name.parse().ok()?, None),
        };
        let Some(part) = part else { return Some(self.until(segment, PARTS)) };
        let parts = self.habit.parts(segment);
        let (first, count) = parts.into_iter().find(|(first, _)| *first == part)?;
        (!self.habit.lost(segment, part)).then(|| self.until(segment, first + count))
    }

    /// The fragments that a part's name stands for.
    pub fn fragments(&self, segment: u64, part: u64) -> std::ops::Range<u64> {
        let parts = self.habit.parts(segment);
        parts
            .into_iter()
            .find(|(first, _)| *first == part)
            .map_or(0..0, |(first, count)| first..first + count)
    }

    /// Time until so many fragments of a segment are there.
    fn until(&self, segment: u64, fragments: u64) -> Duration {
        Duration::from_millis(segment * 1_000 + fragments * PART_MS).saturating_sub(self.age())
    }

    fn age(&self) -> Duration {
        self.began.elapsed().unwrap_or_default()
    }

    /// The media playlist of this moment; `skip` leaves old segments out.
    pub fn playlist(&self, skip: bool) -> String {
        let age = self.age().as_millis() as u64;
        let fragments = (age / PART_MS).min(SECONDS * PARTS);
        let plain = self.habit == Habit::Flaps && age % 1_000 >= 500 && fragments < SECONDS * PARTS;
        let whole = fragments / PARTS;
        let mut text =
            String::from("#EXTM3U\n#EXT-X-VERSION:10\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:0\n");
        if !plain {
            text += self.promises(whole);
        }
        text += "#EXT-X-MAP:URI=\"init.mp4\"\n";
        let skipped = if skip && !plain { OLD } else { 0 };
        if skipped > 0 {
            let _ = writeln!(text, "#EXT-X-SKIP:SKIPPED-SEGMENTS={skipped}");
        }
        for segment in skipped..=whole.min(SECONDS - 1) {
            self.list(&mut text, segment, fragments, plain);
        }
        if fragments == SECONDS * PARTS {
            return text + "#EXT-X-ENDLIST\n";
        }
        if !plain {
            self.hint(&mut text, fragments);
        }
        text
    }

    /// What it says of itself at the start.
    const fn promises(&self, whole: u64) -> &'static str {
        match self.habit {
            Habit::WholeSegments => "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,HOLD-BACK=3.0\n",
            Habit::LongerParts if whole >= 10 => {
                "#EXT-X-PART-INF:PART-TARGET=0.4\n\
                 #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.2,CAN-SKIP-UNTIL=6.0\n"
            }
            _ => {
                "#EXT-X-PART-INF:PART-TARGET=0.2\n\
                 #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.6,CAN-SKIP-UNTIL=6.0\n"
            }
        }
    }

    /// One segment, or what there is of it.
    fn list(&self, text: &mut String, segment: u64, fragments: u64, plain: bool) {
        let there = fragments - segment * PARTS;
        if segment.is_multiple_of(3) && there > 0 {
            let began = self.began.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis() as i64;
            let _ = writeln!(text, "#EXT-X-PROGRAM-DATE-TIME:{}", ServerTime(began + segment as i64 * 1_000));
        }
        if segment >= OLD && !plain {
            for (first, count) in self.habit.parts(segment) {
                if first + count <= there {
                    let seconds = count as f64 * PART_MS as f64 / 1_000.0;
                    let independent = if first == 0 { ",INDEPENDENT=YES" } else { "" };
                    let gap = if self.habit.lost(segment, first) { ",GAP=YES" } else { "" };
                    let _ = writeln!(
                        text,
                        "#EXT-X-PART:DURATION={seconds:.1},URI=\"{segment}.{first}.m4s\"{independent}{gap}"
                    );
                }
            }
        }
        if there >= PARTS {
            let lost = (0..PARTS).any(|part| self.habit.lost(segment, part));
            let gap = if lost { "#EXT-X-GAP\n" } else { "" };
            let _ = writeln!(text, "{gap}#EXTINF:1.0,\n{segment}.m4s");
        }
    }

    fn hint(&self, text: &mut String, fragments: u64) {
        let (segment, there) = (fragments / PARTS, fragments % PARTS);
        let next = match self.habit {
            Habit::WholeSegments => format!("{segment}.m4s"),
            habit => {
                let parts = habit.parts(segment);
                let next = parts.iter().find(|(first, count)| first + count > there);
                format!("{segment}.{}.m4s", next.map_or(0, |(first, _)| *first))
            }
        };
        let _ = writeln!(text, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{next}\"");
    }
}

#[cfg(test)]
mod tests {
    use super::{Habit, PartShow, Wanted};
    use std::time::Duration;

    #[test]
    fn what_is_produced_is_listed_and_what_comes_next_is_hinted_at() {
        let text = PartShow::begin(Habit::None).playlist(false);
        assert!(text.contains("\n7.m4s\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"8.0.m4s\"\n"), "{text}");
        assert!(!text.contains("ENDLIST") && text.contains("URI=\"7.4.m4s\""), "{text}");
    }

    #[test]
    fn a_delta_update_leaves_old_segments_out() {
        let text = PartShow::begin(Habit::None).playlist(true);
        assert!(text.contains("#EXT-X-SKIP:SKIPPED-SEGMENTS=6\n") && !text.contains("\n5.m4s"), "{text}");
    }

    #[test]
    fn a_request_waits_for_what_it_asks_for() {
        let show = PartShow::begin(Habit::None);
        let wanted = Wanted::parse("_HLS_msn=8&_HLS_part=1&_HLS_skip=YES");
        assert!(wanted.skip && show.wait_for(wanted) > Duration::from_millis(300));
        assert!(show.wait_for_file("9.m4s") > Some(Duration::from_millis(1_800)));
        assert_eq!(show.wait_for_file("7.m4s"), Some(Duration::ZERO));
        assert_eq!(PartShow::begin(Habit::Gap).wait_for_file("9.2.m4s"), None);
    }
}
