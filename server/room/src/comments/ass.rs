//! Advanced SubStation Alpha (libass' reading of it): each comment is a `Dialogue` that moves, or stands.

use super::{FileContent, FileError, FiledComment, beginning};
use protocol::{DanmakuMode, WHOLE};
use std::fmt::Write;

/// The stage, in pixels of the script.
const WIDTH: i64 = 1_920;
const HEIGHT: i64 = 1_080;
const ROWS: usize = 14;
const SIZE: i64 = 52;
/// How long a comment is on the stage, in milliseconds.
const FLIES_MS: i64 = 8_000;
const STANDS_MS: i64 = 5_000;
const FIELDS: &str = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

pub(super) fn write(title: &str, comments: &[FiledComment]) -> String {
    let title: String = title.chars().filter(|char| !char.is_control()).collect();
    let mut file = format!(
        "[Script Info]\nTitle: {title}\nScriptType: v4.00+\nPlayResX: {WIDTH}\nPlayResY: {HEIGHT}\nWrapStyle: 2\n\n\
         [V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, Outline, Shadow, \
         Alignment\nStyle: Danmaku,sans-serif,{SIZE},&H00FFFFFF,&H00000000,&H00000000,0,2,0,7\n\n[Events]\n{FIELDS}\n"
    );
    let mut free = [[i64::MIN; ROWS]; 5];
    for comment in comments {
        let width =
            comment.text.chars().map(|char| if char.is_ascii() { SIZE / 2 } else { SIZE }).sum::<i64>();
        let (lane, lasts, busy) = match comment.mode {
            // The next in the row may set out when this one's end is on the stage.
            DanmakuMode::Scroll => (0, FLIES_MS, FLIES_MS * width / (WIDTH + width) + 400),
            DanmakuMode::Reverse => (3, FLIES_MS, FLIES_MS * width / (WIDTH + width) + 400),
            DanmakuMode::Positioned { .. } => (4, STANDS_MS, 0),
            DanmakuMode::Top => (1, STANDS_MS, STANDS_MS),
            DanmakuMode::Bottom => (2, STANDS_MS, STANDS_MS),
        };
        let rows = free.get_mut(lane).map(|rows| rows.iter_mut().enumerate()).into_iter().flatten();
        // In a flood the row that is free soonest: they overlap rather than be lost.
        let Some((row, until)) = rows.min_by_key(|(row, until)| ((**until).max(comment.at_ms), *row)) else {
            continue;
        };
        *until = comment.at_ms.saturating_add(busy);
        let y = i64::try_from(row).unwrap_or(0) * (SIZE + 8) + 8;
        let place = match comment.mode {
            DanmakuMode::Scroll => format!("\\move({WIDTH},{y},{},{y})", -width),
            DanmakuMode::Reverse => format!("\\move({},{y},{WIDTH},{y})", -width),
            DanmakuMode::Positioned { x, y } => {
                let of = |whole: i64, part: u16| whole * i64::from(part) / i64::from(WHOLE);
                format!("\\pos({},{})", of(WIDTH, x), of(HEIGHT, y))
            }
            DanmakuMode::Top => format!("\\an8\\pos({},{y})", WIDTH / 2),
            DanmakuMode::Bottom => format!("\\an2\\pos({},{})", WIDTH / 2, HEIGHT - y),
        };
        let color = comment.color;
        let (r, g, b) = (color >> 16 & 0xff, color >> 8 & 0xff, color & 0xff);
        // A comma would end the field.
        let name = comment.author.replace(',', "，");
        let (start, end) = (stamp(comment.at_ms), stamp(comment.at_ms.saturating_add(lasts)));
        // Writing to a String does not fail.
        let _ = writeln!(
            file,
            "Dialogue: 0,{start},{end},Danmaku,{name},0,0,0,,{{{place}\\c&H{b:02X}{g:02X}{r:02X}&}}{}",
            escaped(&comment.text)
        );
    }
    file
}

/// `H:MM:SS.cc`.
fn stamp(ms: i64) -> String {
    let (seconds, hundredths) = (ms / 1_000, ms % 1_000 / 10);
    format!("{}:{:02}:{:02}.{hundredths:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// Braces would begin an override, a backslash a command.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '{' => safe.push_str("\\{"),
            '}' => safe.push_str("\\}"),
            // What cannot be seen keeps it from making a command of the next letter.
            '\\' => safe.push_str("\\\u{2060}"),
            char => safe.push(char),
        }
    }
    safe
}

pub(super) fn read(file: &str) -> Result<FileContent, FileError> {
    if !file.trim_start().starts_with("[Script Info]") {
        return Err(FileError::NotOne { expected: "ASS, [Script Info] first", found: beginning(file) });
    }
    let mut content = FileContent::default();
    for line in file.lines() {
        if let Some(fields) = line.trim().strip_prefix("Dialogue:") {
            content.take(dialogue(fields));
        }
    }
    Ok(content)
}

fn dialogue(fields: &str) -> Result<FiledComment, String> {
    let fields: Vec<_> = fields.splitn(10, ',').collect();
    let [_, start, _, _, name, _, _, _, _, text] = fields[..] else {
        return Err(format!("it has {} fields; expected 10", fields.len()));
    };
    let (text, overrides) = plain(text);
    let stands = |code: &str| overrides.contains(code);
    let mode = match () {
        () if overrides.contains("\\move(-") => DanmakuMode::Reverse,
        () if overrides.contains("\\move") => DanmakuMode::Scroll,
        () if stands("\\an8") => DanmakuMode::Top,
        () if stands("\\an2") => DanmakuMode::Bottom,
        () => place(&overrides).unwrap_or(DanmakuMode::Scroll),
    };
    let color = overrides.split("\\c&H").nth(1).or_else(|| overrides.split("\\1c&H").nth(1));
    let color = color.and_then(|rest| u32::from_str_radix(rest.split('&').next()?, 16).ok());
    let color = color.map_or(0x00ff_ffff, |bgr| (bgr & 0xff) << 16 | bgr & 0xff00 | bgr >> 16 & 0xff);
    let at_ms = millis(start.trim()).ok_or_else(|| format!("it starts at {start:?}; expected H:MM:SS.cc"))?;
    Ok(FiledComment { at_ms, mode, color, text, author: name.trim().to_owned(), sent: 0 })
}

/// Where a `\\pos` puts it on our own stage; other scripts' stages are not known here.
fn place(overrides: &str) -> Option<DanmakuMode> {
    let (x, y) = overrides.split_once("\\pos(")?.1.split_once(')')?.0.split_once(',')?;
    let of = |whole: i64, at: &str| {
        let at: i64 = at.trim().parse().ok().filter(|at| (0..=whole).contains(at))?;
        u16::try_from((at * i64::from(WHOLE) + whole - 1) / whole).ok()
    };
    Some(DanmakuMode::Positioned { x: of(WIDTH, x)?, y: of(HEIGHT, y)? })
}

fn millis(stamp: &str) -> Option<i64> {
    let mut parts = stamp.split(':');
    let (hours, minutes) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
    let seconds = parts.next()?.parse::<f64>().ok().filter(|seconds| (0.0..60.0).contains(seconds))?;
    let minutes = i64::from(hours).checked_mul(60)?.checked_add(minutes.into())?;
    minutes.checked_mul(60_000)?.checked_add((seconds * 1_000.0).round() as i64)
}

/// The text without its overrides, and those.
fn plain(text: &str) -> (String, String) {
    let (mut plain, mut overrides, mut inside) = (String::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '}' if inside => inside = false,
            _ if inside => overrides.push(char),
            '{' => inside = true,
            '\\' => match chars.next_if(|next| matches!(next, '{' | '}' | '\u{2060}' | 'N' | 'n' | 'h')) {
                Some(brace @ ('{' | '}')) => plain.push(brace),
                Some('\u{2060}') | None => plain.push('\\'),
                // A line break, or a hard space.
                Some(_) => plain.push(' '),
            },
            char => plain.push(char),
        }
    }
    (plain, overrides)
}
