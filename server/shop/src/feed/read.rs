use super::{Format, MOST_BYTES, MOST_ROWS, xml};
use crate::csv::{self, CsvError};
use std::collections::BTreeMap;
use thiserror::Error;

/// One row of a file, whatever its format: names in lower case and what they stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it is in the file, from 1; in JSON which element.
    pub line: usize,
    /// What it says; nothing is empty.
    pub cells: BTreeMap<String, String>,
}

/// Why nothing of a file is taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FeedError {
    /// Longer than [`MOST_BYTES`].
    #[error("the file has {found} bytes; expected at most {MOST_BYTES}")]
    TooLong {
        /// How many it has.
        found: usize,
    },
    /// More rows than [`MOST_ROWS`].
    #[error("the file has more than {MOST_ROWS} rows")]
    TooManyRows,
    /// Not of the format.
    #[error("not {format}: {reason}")]
    Malformed {
        /// Which format.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
}

/// The rows of a file.
///
/// # Errors
/// When it is too long, or not of the format.
pub fn read(format: Format, text: &str) -> Result<Vec<Row>, FeedError> {
    if text.len() > MOST_BYTES {
        return Err(FeedError::TooLong { found: text.len() });
    }
    match format {
        Format::Tsv => table(text, '\t', format),
        Format::Csv => table(text, ',', format),
        Format::Xml => xml::read(text),
        Format::Json => json(text),
    }
}

pub(super) fn row(line: usize, cells: impl IntoIterator<Item = (String, String)>) -> Row {
    let clean = |(name, value): (String, String)| {
        let name = name.trim().to_lowercase().replace(' ', "_");
        (name, value.trim().to_owned())
    };
    let cells = cells.into_iter().map(clean).filter(|(name, value)| !name.is_empty() && !value.is_empty());
    Row { line, cells: cells.collect() }
}

fn table(text: &str, delimiter: char, format: Format) -> Result<Vec<Row>, FeedError> {
    let malformed = |error: CsvError| match error {
        CsvError::TooManyRows { .. } => FeedError::TooManyRows,
        CsvError::OpenQuote { .. } => {
            FeedError::Malformed { format: format.suffix(), reason: error.to_string() }
        }
    };
    // The first row has the names.
    let mut rows = csv::read(text, delimiter, MOST_ROWS.saturating_add(1)).map_err(malformed)?.into_iter();
    let names = rows.next().map(|(_, names)| names).unwrap_or_default();
    Ok(rows.map(|(line, cells)| row(line, names.iter().cloned().zip(cells))).collect())
}

fn json(text: &str) -> Result<Vec<Row>, FeedError> {
    let malformed = |reason: String| FeedError::Malformed { format: "json", reason };
    let list: Vec<BTreeMap<String, serde_json::Value>> =
        serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
    if list.len() > MOST_ROWS {
        return Err(FeedError::TooManyRows);
    }
    let cell = |(name, value): (String, serde_json::Value)| match value {
        serde_json::Value::String(text) => (name, text),
        // A price is text, so that no number is a price: whole numbers are quantities.
        serde_json::Value::Number(number) => (name, number.to_string()),
        _ => (name, String::new()),
    };
    Ok((1..).zip(list).map(|(line, object)| row(line, object.into_iter().map(cell))).collect())
}
