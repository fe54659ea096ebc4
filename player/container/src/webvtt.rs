//! WebVTT as streams carry it (W3C WebVTT 4, RFC 8216bis 3.1.4): when each cue shows, and how its clock stands to the
//! media's. Reads neither markup nor styles: a cue's text and settings go to the browser as they are.

/// Cues of one document. A film has about 2,000.
pub const MAX_CUES: usize = 5_000;
/// Bytes of one cue's text and settings: what is longer covers the picture and is left out.
pub const MAX_CUE: usize = 4 << 10;

/// Units of `MPEGTS` in a second.
const MPEG_SCALE: f64 = 90_000.0;
/// `MPEGTS` has 33 bits: after so many seconds its clock begins anew.
pub const WRAP: f64 = (1_u64 << 33) as f64 / MPEG_SCALE;

/// The cues of one segment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// `X-TIMESTAMP-MAP`: seconds to add to a cue's time to get the media's, give or take [`WRAP`]; 0 when absent.
    pub shift: f64,
    /// In the order of the text.
    pub cues: Vec<Cue>,
}

/// A text to show for a while.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cue {
    /// Seconds on the document's own clock.
    pub start: f64,
    /// Seconds on the document's own clock, after `start`.
    pub end: f64,
    /// What follows the times, such as `line:0 align:start`.
    pub settings: String,
    /// The text with its markup, lines parted by `\n`.
    pub text: String,
}

/// Reads a document; `None` when it is none. A cue that cannot be read is left out, and so is what goes beyond the limits.
#[must_use]
pub fn read(text: &str) -> Option<Document> {
    let mut document = Document::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines();
    let rest = lines.next()?.strip_prefix("WEBVTT")?;
    if !matches!(rest.as_bytes().first(), None | Some(b' ' | b'\t')) {
        return None;
    }
    // The last cue still takes lines.
    let mut open = false;
    for line in lines {
        if let Some((start, rest)) = times(line) {
            let cue = cue(start, rest);
            open = cue.is_some() && document.cues.len() < MAX_CUES;
            document.cues.extend(cue.filter(|_| open));
        } else if line.is_empty() {
            open = false;
        } else if let Some(cue) = document.cues.last_mut().filter(|_| open) {
            if cue.text.len() + cue.settings.len() + line.len() >= MAX_CUE {
                document.cues.pop();
                open = false;
                continue;
            }
            if !cue.text.is_empty() {
                cue.text.push('\n');
            }
            cue.text.push_str(line);
        } else if let Some(map) = line.strip_prefix("X-TIMESTAMP-MAP=").filter(|_| document.cues.is_empty()) {
            document.shift = shift(map);
        }
    }
    Some(document)
}

/// What stands before and after the arrow. A search for its three letters would weigh a kilobyte in the browser's module.
fn times(line: &str) -> Option<(&str, &str)> {
    let (before, rest) = line.split_once('>')?;
    Some((before.strip_suffix("--")?, rest))
}

/// A cue that has no text yet.
fn cue(start: &str, rest: &str) -> Option<Cue> {
    let rest = rest.trim_ascii();
    let (end, settings) = rest.split_once(' ').unwrap_or((rest, ""));
    let (start, end) = (seconds(start.trim_ascii())?, seconds(end.trim_ascii())?);
    let cue = Cue { start, end, settings: settings.trim_ascii().to_owned(), text: String::new() };
    (end > start && settings.len() < MAX_CUE).then_some(cue)
}

/// `LOCAL:00:00:00.000,MPEGTS:900000`, in either order; a part that cannot be read counts as 0.
fn shift(map: &str) -> f64 {
    let (mut local, mut media) = (0.0, 0.0);
    for part in map.split(',') {
        match part.trim_ascii().split_once(':') {
            Some(("LOCAL", time)) => local = seconds(time).unwrap_or(0.0),
            Some(("MPEGTS", units)) => media = number(units).map_or(0.0, |units| units as f64 / MPEG_SCALE),
            _ => {}
        }
    }
    media - local
}

/// `1:02:03.450` or `02:03.450`.
fn seconds(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut sum = 0;
    for part in whole.split(':') {
        sum = number(part).filter(|_| sum < 1 << 40)? + sum * 60;
    }
    let unit = fraction.bytes().fold(1.0, |unit, _| unit * 10.0);
    Some(sum as f64 + number(fraction)? as f64 / unit)
}

/// At most as many digits as a double takes.
fn number(text: &str) -> Option<u64> {
    let digits = (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}
