//! `EXT-X-SKIP` (RFC 8216bis 4.4.5.2): what a delta update leaves out.

use std::fmt;

use crate::Problem;
use crate::attributes::{Attributes, Clean, TagWriter};
use crate::limits::MAX_SEGMENTS;

/// What a delta update leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Skip {
    /// `SKIPPED-SEGMENTS`.
    pub segments: u64,
    /// `RECENTLY-REMOVED-DATERANGES`: IDs that have left the playlist. `None` when the update does not skip date ranges.
    pub removed_date_ranges: Option<Vec<String>>,
}

pub(crate) fn read(attributes: &mut Attributes<'_>) -> Skip {
    let segments = attributes.integer("SKIPPED-SEGMENTS").unwrap_or_else(|| {
        attributes.refuse(Problem::MissingAttribute("SKIPPED-SEGMENTS"));
        0
    });
    if segments > MAX_SEGMENTS as u64 {
        attributes.refuse(Problem::TooMany { what: "skipped segments", limit: MAX_SEGMENTS });
    }
    let removed = attributes.get("RECENTLY-REMOVED-DATERANGES");
    let ids = |list: &str| list.split('\t').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    Skip { segments, removed_date_ranges: removed.map(ids) }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = TagWriter::begin(f, "EXT-X-SKIP")?;
        tag.plain("SKIPPED-SEGMENTS", self.segments)?;
        tag.maybe("RECENTLY-REMOVED-DATERANGES", self.removed_date_ranges.as_deref().map(Ids))
    }
}

/// IDs in one quoted string, with a tab between them.
struct Ids<'a>(&'a [String]);

impl fmt::Display for Ids<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for (index, id) in self.0.iter().enumerate() {
            write!(f, "{}{}", if index > 0 { "\t" } else { "" }, Clean(id))?;
        }
        f.write_str("\"")
    }
}
