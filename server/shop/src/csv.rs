//! Tables as text that spreadsheets open: RFC 4180 with commas, and the same with tabs.
//!
//! A cell that a spreadsheet would take for a formula is written with an apostrophe before it, which reading takes away
//! again.

use thiserror::Error;

/// Characters that begin a formula in some spreadsheet, and the apostrophe that guards from it.
const GUARDED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// Why a text is not a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CsvError {
    /// A quote that nothing closes.
    #[error("line {line}: the quote that begins a cell is never closed")]
    OpenQuote {
        /// Where the row begins, from 1.
        line: usize,
    },
    /// More rows than anybody sends.
    #[error("more than {most} rows")]
    TooManyRows {
        /// The bound.
        most: usize,
    },
}

/// Adds a row.
pub fn write_row<'a>(out: &mut String, delimiter: char, cells: impl IntoIterator<Item = &'a str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(delimiter);
        }
        let guard = cell.starts_with(GUARDED);
        let quoted = cell.contains([delimiter, '"', '\n', '\r']);
        if quoted {
            out.push('"');
        }
        if guard {
            out.push('\'');
        }
        for c in cell.chars() {
            out.push(c);
            if c == '"' && quoted {
                out.push('"');
            }
        }
        if quoted {
            out.push('"');
        }
    }
    out.push_str("\r\n");
}

/// The rows of a table, each with the line where it begins, from 1; empty lines are none.
///
/// # Errors
/// When a quote is left open, or there are more than `most` rows.
pub fn read(text: &str, delimiter: char, most: usize) -> Result<Vec<(usize, Vec<String>)>, CsvError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { rest: text, line: 1 };
    let mut rows = Vec::new();
    while !reader.rest.is_empty() {
        let begins = reader.line;
        let row = reader.row(delimiter).ok_or(CsvError::OpenQuote { line: begins })?;
        if row.iter().all(String::is_empty) {
            continue;
        }
        if rows.len() >= most {
            return Err(CsvError::TooManyRows { most });
        }
        rows.push((begins, row));
    }
    Ok(rows)
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        self.line = self.line.saturating_add(usize::from(c == '\n'));
        Some(c)
    }

    /// The cells up to the end of the row, which is taken too.
    fn row(&mut self, delimiter: char) -> Option<Vec<String>> {
        let mut row = Vec::new();
        loop {
            let (cell, ended) = self.cell(delimiter)?;
            row.push(cell);
            if ended {
                return Some(row);
            }
        }
    }

    /// One cell, and whether it ends the row; nothing, if its quote is left open.
    fn cell(&mut self, delimiter: char) -> Option<(String, bool)> {
        let mut cell = String::new();
        let mut inside = self.rest.starts_with('"');
        if inside {
            self.next();
        }
        loop {
            match self.next() {
                None if inside => return None,
                None => return Some((unguarded(cell), true)),
                Some('"') if inside && self.rest.starts_with('"') => {
                    self.next();
                    cell.push('"');
                }
                Some('"') if inside => inside = false,
                Some(c) if inside => cell.push(c),
                Some('\n') => return Some((unguarded(cell), true)),
                Some('\r') if self.rest.starts_with('\n') => {}
                Some(c) if c == delimiter => return Some((unguarded(cell), false)),
                Some(c) => cell.push(c),
            }
        }
    }
}

fn unguarded(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(GUARDED) => rest.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(cells: &[&str]) -> String {
        let mut out = String::new();
        write_row(&mut out, ',', cells.iter().copied());
        out
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_guarded() {
        assert_eq!(written(&["=HYPERLINK(1)", "+86 1", "-1", "@a"]), "'=HYPERLINK(1),'+86 1,'-1,'@a\r\n");
        assert_eq!(written(&["\t=1", "'=1", "plain"]), "'\t=1,''=1,plain\r\n");
    }

    #[test]
    fn quotes_hold_what_would_end_a_cell() {
        let text = "a,\"b \"\"x\"\"\n,c\",d\r\n\r\ne,f";
        let rows = read(text, ',', 9).unwrap();
        assert_eq!(rows[0], (1, vec!["a".to_owned(), "b \"x\"\n,c".to_owned(), "d".to_owned()]));
        assert_eq!(rows[1].0, 4);
        assert_eq!(read("a\n\"b", ',', 9), Err(CsvError::OpenQuote { line: 2 }));
        assert_eq!(read("a\nb\n", ',', 1), Err(CsvError::TooManyRows { most: 1 }));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            rows in prop::collection::vec(prop::collection::vec("[ -~\t\r\n茶'=+@-]{0,12}", 2..5), 0..6),
            tabs: bool,
        ) {
            let delimiter = if tabs { '\t' } else { ',' };
            let rows: Vec<Vec<String>> = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
            let mut out = String::new();
            for row in &rows {
                write_row(&mut out, delimiter, row.iter().map(String::as_str));
            }
            let read: Vec<_> = read(&out, delimiter, 99).unwrap().into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,200}|[\",\r\n']{0,50}") {
            let _ = read(&text, ',', 50);
        }
    }
}
