use super::{FileContent, FileError, FiledComment};
use serde::Deserialize;

/// Reads an array of comments; one that is no comment is refused alone.
pub(super) fn read(file: &str) -> Result<FileContent, FileError> {
    let all: Vec<serde_json::Value> = serde_json::from_str(file).map_err(|error| FileError::NotOne {
        expected: "a JSON array of comments",
        found: error.to_string(),
    })?;
    let mut content = FileContent::default();
    for one in all {
        content.take(FiledComment::deserialize(one).map_err(|error| error.to_string()));
    }
    Ok(content)
}

/// One comment a line.
pub(super) fn write(comments: &[FiledComment]) -> String {
    // Plain types of ours always encode.
    let lines: Vec<_> = comments.iter().map(|c| serde_json::to_string(c).unwrap_or_default()).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}
