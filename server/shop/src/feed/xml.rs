//! RSS 2.0 and Atom, as far as product feeds use them: `<item>` or `<entry>`, and in it elements with text. A walk over tags,
//! no tree: what is nested deeper is skipped, entities are the five of XML and numbers, nothing is ever fetched.

use super::MOST_ROWS;
use super::read::{FeedError, Row, row};

fn malformed(line: usize, what: &str) -> FeedError {
    FeedError::Malformed { format: "xml", reason: format!("line {line}: {what}") }
}

/// A product while it is read.
struct Open {
    line: usize,
    cells: Vec<(String, String)>,
    /// The names of what is open inside it, and the text of the outermost.
    inside: Vec<String>,
    text: String,
}

/// The products of a feed.
pub(super) fn read(text: &str) -> Result<Vec<Row>, FeedError> {
    let (mut rest, mut line, mut rows, mut open) = (text, 1_usize, Vec::new(), None::<Open>);
    let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
    while let Some((before, after)) = rest.split_once('<') {
        if let Some(open) = open.as_mut().filter(|open| open.inside.len() == 1) {
            unescape(before, &mut open.text);
        }
        line = line.saturating_add(lines(before));
        let (tag, next) = if let Some(data) = after.strip_prefix("![CDATA[") {
            let (data, next) =
                data.split_once("]]>").ok_or_else(|| malformed(line, "CDATA without an end"))?;
            if let Some(open) = open.as_mut().filter(|open| open.inside.len() == 1) {
                open.text.push_str(data);
            }
            line = line.saturating_add(lines(data));
            rest = next;
            continue;
        } else if let Some(comment) = after.strip_prefix("!--") {
            let (comment, next) =
                comment.split_once("-->").ok_or_else(|| malformed(line, "a comment without an end"))?;
            line = line.saturating_add(lines(comment));
            rest = next;
            continue;
        } else {
            after.split_once('>').ok_or_else(|| malformed(line, "a tag without an end"))?
        };
        rest = next;
        let name = tag.trim_matches('/').split_ascii_whitespace().next().unwrap_or_default();
        if tag.starts_with(['?', '!']) {
            // What is declared does not matter.
        } else if tag.starts_with('/') {
            if end(&mut open, name)
                .ok_or_else(|| malformed(line, &format!("</{name}> closes nothing that is open")))?
                && let Some(open) = open.take()
            {
                if rows.len() >= MOST_ROWS {
                    return Err(FeedError::TooManyRows);
                }
                rows.push(row(open.line, open.cells));
            }
        } else if !tag.ends_with('/') {
            start(&mut open, name, line);
        }
        line = line.saturating_add(lines(tag));
    }
    if open.is_some() {
        return Err(malformed(line, "the file ends inside a product"));
    }
    Ok(rows)
}

fn is_product(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

fn start(open: &mut Option<Open>, name: &str, line: usize) {
    match open {
        Some(open) => {
            if open.inside.is_empty() {
                open.text.clear();
            }
            open.inside.push(name.to_owned());
        }
        None if is_product(name) => {
            *open = Some(Open { line, cells: Vec::new(), inside: Vec::new(), text: String::new() });
        }
        None => {}
    }
}

/// Closes what was opened last. Answers whether that is the product; nothing, when it was another.
fn end(open: &mut Option<Open>, name: &str) -> Option<bool> {
    let Some(open) = open else { return Some(false) };
    match open.inside.pop() {
        None => is_product(name).then_some(true),
        Some(opened) if opened != name => None,
        Some(opened) => {
            if open.inside.is_empty() {
                let name = opened.strip_prefix("g:").unwrap_or(&opened).to_owned();
                // Of several pictures the first is the product's.
                if open.cells.iter().all(|(known, _)| *known != name) {
                    open.cells.push((name, std::mem::take(&mut open.text)));
                }
            }
            Some(false)
        }
    }
}

/// Adds text, with its entities resolved; what is none stays as it is written.
fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').and_then(|(name, next)| Some((resolved(name)?, next)));
        if let Some((c, next)) = entity {
            out.push(c);
            rest = next;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
}

fn resolved(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16).ok());
            char::from_u32(hex.unwrap_or_else(|| number.parse().ok())?)
        }
    }
}
