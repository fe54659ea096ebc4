//! bilibili's XML. Only its `<d>` elements are read; no document type, no entities beyond XML's own five.

use super::{FileContent, FileError, FiledComment, beginning};
use protocol::DanmakuMode;
use std::fmt::Write;

/// Characters of a reference between `&` and `;`.
const LONGEST_REFERENCE: usize = 10;

pub(super) fn read(file: &str) -> Result<FileContent, FileError> {
    let expected = "bilibili's XML, <i> with <d p=\"…\"> in it and no document type";
    if file.contains("<!DOCTYPE") || !file.trim_start().starts_with('<') {
        return Err(FileError::NotOne { expected, found: beginning(file) });
    }
    let mut content = FileContent::default();
    let mut rest = file;
    while let Some(start) = rest.find('<') {
        let tag = rest.get(start..).unwrap_or_default();
        rest = if let Some(after) = tag.strip_prefix("<!--") {
            after.split_once("-->").map_or("", |(_, rest)| rest)
        } else if tag.starts_with("<d ") || tag.starts_with("<d>") {
            let (element, rest) =
                element(tag).unwrap_or_else(|| (Err("the file ends before it does".to_owned()), ""));
            content.take(element);
            rest
        } else {
            tag.get(1..).unwrap_or_default()
        };
    }
    Ok(content)
}

/// Reads from `<d …>` to its `</d>`; none when the file ends before.
fn element(tag: &str) -> Option<(Result<FiledComment, String>, &str)> {
    // A quoted value may have a `>` in it.
    let mut quote = None;
    let end = tag.char_indices().find_map(|(index, char)| {
        match (quote, char) {
            (None, '>') => return Some(index),
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
        None
    })?;
    let (head, body) = (tag.get(2..end)?, tag.get(end + 1..)?);
    if let Some(head) = head.strip_suffix('/') {
        return Some((comment(head, ""), body));
    }
    let (text, rest) = body.split_once("</d>")?;
    Some((comment(head, text), rest))
}

fn comment(head: &str, text: &str) -> Result<FiledComment, String> {
    let p = attribute(head, "p").ok_or("it has no attribute p")?;
    let fields: Vec<_> = p.split(',').map(str::trim).collect();
    let number = |index: usize, what: &str| -> Result<f64, String> {
        let found = fields.get(index).copied().unwrap_or_default();
        let number = found.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| format!("{what} is {found:?}; expected a number"))
    };
    let mode = match number(1, "mode")? as i64 {
        1..=3 => DanmakuMode::Scroll,
        4 => DanmakuMode::Bottom,
        5 => DanmakuMode::Top,
        6 => DanmakuMode::Reverse,
        found => return Err(format!("mode is {found}; expected 1 to 6")),
    };
    let color = number(3, "color")?;
    if !(0.0..=16_777_215.0).contains(&color) {
        return Err(format!("color is {color}; expected 0 to 16777215 (0xRRGGBB)"));
    }
    Ok(FiledComment {
        at_ms: (number(0, "time")? * 1_000.0).round() as i64,
        mode,
        color: color as u32,
        text: text_of(text)?,
        author: attribute(head, "user").map_or(Ok(String::new()), unescaped)?,
        sent: number(4, "date").unwrap_or(0.0) as i64,
    })
}

/// The value of an attribute, as it stands.
fn attribute<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = head;
    loop {
        let (before, after) = rest.split_once('=')?;
        let quote = after.trim_start().chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, after) = after.trim_start().get(1..)?.split_once(quote)?;
        if before.trim() == name {
            return Some(value);
        }
        rest = after;
    }
}

/// Character data with `CDATA` sections in it.
fn text_of(mut text: &str) -> Result<String, String> {
    let mut plain = String::new();
    while let Some((before, after)) = text.split_once("<![CDATA[") {
        plain.push_str(&unescaped(before)?);
        let (data, after) = after.split_once("]]>").ok_or("a CDATA section does not end")?;
        plain.push_str(data);
        text = after;
    }
    plain.push_str(&unescaped(text)?);
    Ok(plain)
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let end = after.find(';').filter(|end| *end <= LONGEST_REFERENCE);
        let name = end.and_then(|end| after.get(..end)).unwrap_or_default();
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let char = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            name => match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
                Some(digits) => number(digits, 16),
                None => name.strip_prefix('#').and_then(|digits| number(digits, 10)),
            },
        };
        plain.push(char.ok_or_else(|| format!("&{name}; is no character"))?);
        rest = after.get(name.len() + 1..).unwrap_or_default();
    }
    plain.push_str(rest);
    Ok(plain)
}

pub(super) fn write(comments: &[FiledComment]) -> String {
    let mut file = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<i>\n<chatserver>livestall</chatserver><chatid>0</chatid>\n",
    );
    for (id, comment) in (1..).zip(comments) {
        let mode = match comment.mode {
            DanmakuMode::Scroll => 1,
            DanmakuMode::Bottom => 4,
            // What stands at a place of its own has no plain mode there: it stands at the top.
            DanmakuMode::Top | DanmakuMode::Positioned { .. } => 5,
            DanmakuMode::Reverse => 6,
        };
        let FiledComment { at_ms, color, text, author, sent, .. } = comment;
        let (seconds, millis) = (at_ms / 1_000, at_ms % 1_000);
        // Writing to a String does not fail.
        let _ = write!(file, "<d p=\"{seconds}.{millis:03},{mode},25,{color},{sent},0,0,{id}\"");
        if !author.is_empty() {
            let _ = write!(file, " user=\"{}\"", escaped(author));
        }
        let _ = writeln!(file, ">{}</d>", escaped(text));
    }
    file.push_str("</i>\n");
    file
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            char => safe.push(char),
        }
    }
    safe
}
