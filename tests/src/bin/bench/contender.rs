//! What can be compared in a table: ours and its peers.

use anyhow::Result;
use std::fmt::Debug;
use tests::{embed::brotli, site::File};

/// One of those under comparison. Their order is that of the table's columns.
pub(crate) trait Contender: Debug + Copy + Ord + 'static {
    /// The benchmark that compares them.
    const BENCHMARK: &'static str;
    /// What one of them is called in an error.
    const KIND: &'static str;
    /// Ours, whose goals they are.
    const OURS: Self;
    /// All of them.
    const ALL: &'static [Self];

    /// As the table's head and `--players` have it.
    fn name(self) -> &'static str;

    /// What it is and how it is set, in a line.
    fn described(self) -> &'static str;

    /// The files that its page may load, as they are.
    fn files(self) -> Result<Vec<File>>;
}

/// `plain` in brotli, as a static host sends it, and kept by the browser for an hour.
pub(crate) fn packed(plain: &File) -> Result<File> {
    let file = File::new(plain.path(), brotli(plain.body())?);
    Ok(file.with("content-encoding", "br").with("cache-control", "public, max-age=3600"))
}
