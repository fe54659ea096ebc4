//! Lines to playlists. One reader for each kind; tags themselves are read in [`crate::tag`].

pub(crate) mod media;
pub(crate) mod multivariant;

use crate::Problem;
use crate::limits::MAX_TAGS;

/// Keeps a tag that only informs, if it could be read.
fn keep<T>(list: &mut Vec<T>, read: Result<T, Problem>, what: &'static str) -> Result<(), Problem> {
    let Ok(tag) = read else { return Ok(()) };
    if list.len() >= MAX_TAGS {
        return Err(Problem::TooMany { what, limit: MAX_TAGS });
    }
    list.push(tag);
    Ok(())
}
