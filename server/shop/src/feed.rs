//! Products as files that other systems read and write, by Google Merchant's names: TSV, CSV, RSS and JSON. Reading never
//! fails as a whole for one bad row: those are handed back with the line and the reason. No price passes through a float.
//!
//! Writes nothing: [`plan()`] says what an import would change.

mod item;
mod money;
mod plan;
mod read;
mod write;
mod xml;

pub use item::{Item, item};
pub use money::parse_money;
pub use plan::{Action, Plan, Planned, plan};
pub use read::{FeedError, Row, read};
pub use write::write;

/// Rows taken from one file: all variants of all products of a room.
pub const MOST_ROWS: usize = 5_000;
/// Bytes of one file.
pub const MOST_BYTES: usize = 4 << 20;

/// A file format for products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Google Merchant's text feed: tabs, names in the first line.
    Tsv,
    /// The same with commas.
    Csv,
    /// Google Merchant's XML feed: RSS 2.0 or Atom, elements of the namespace `g`.
    Xml,
    /// A list of objects.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tsv, Self::Csv, Self::Xml, Self::Json];

    /// How names of such files end, after the point.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Tsv => "tsv",
            Self::Csv => "csv",
            Self::Xml => "xml",
            Self::Json => "json",
        }
    }
}

#[cfg(test)]
mod tests;
