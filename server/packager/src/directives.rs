//! Delivery directives (RFC 8216bis 6.2.5): what a client adds to a playlist's address, and whether it can be answered.

use crate::snapshot::Snapshot;

/// `_HLS_msn`, `_HLS_part` and `_HLS_skip`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Directives {
    /// Answer once the playlist holds this segment, or the part of it.
    pub msn: Option<u64>,
    /// Index of the part within its segment.
    pub part: Option<u64>,
    /// A delta update will do.
    pub skip: bool,
}

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The snapshot answers it.
    Now,
    /// A later one will.
    Wait,
}

/// A request that no playlist will ever answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DirectiveError {
    /// A part of no segment.
    #[error("_HLS_part needs _HLS_msn beside it")]
    PartWithoutSegment,
    /// Not a number.
    #[error("{name}: expected a whole number, found {found:?}")]
    NotANumber {
        /// The directive.
        name: &'static str,
        /// What was sent, cut to 32 characters.
        found: String,
    },
    /// Further in the future than a client can know of.
    #[error("{name}={asked} is too far ahead: the playlist ends at segment {last}, part {parts}")]
    TooFarAhead {
        /// The directive.
        name: &'static str,
        /// What was asked for.
        asked: u64,
        /// The segment that is growing.
        last: u64,
        /// Its parts so far.
        parts: u64,
    },
}

impl Directives {
    /// Reads a query string, such as `_HLS_msn=12&_HLS_part=3&_HLS_skip=YES`. Other parameters are not ours.
    ///
    /// # Errors
    /// [`DirectiveError`] when a value is no number or a part comes without a segment.
    pub fn from_query(query: &str) -> Result<Self, DirectiveError> {
        let mut directives = Self::default();
        for pair in query.split('&') {
            match pair.split_once('=') {
                Some(("_HLS_msn", value)) => directives.msn = Some(number("_HLS_msn", value)?),
                Some(("_HLS_part", value)) => directives.part = Some(number("_HLS_part", value)?),
                Some(("_HLS_skip", value)) => directives.skip = matches!(value, "YES" | "v2"),
                _ => {}
            }
        }
        if directives.part.is_some() && directives.msn.is_none() {
            return Err(DirectiveError::PartWithoutSegment);
        }
        Ok(directives)
    }

    /// Whether `snapshot` answers the request.
    ///
    /// # Errors
    /// [`DirectiveError::TooFarAhead`] (6.2.5.2).
    pub fn answer(&self, snapshot: &Snapshot) -> Result<Answer, DirectiveError> {
        let Some(asked) = self.msn else { return Ok(Answer::Now) };
        if snapshot.ended {
            return Ok(Answer::Now);
        }
        let edge = snapshot.edge();
        let too_far =
            |name, asked| DirectiveError::TooFarAhead { name, asked, last: edge.msn, parts: edge.parts };
        // The last whole segment is the one before; two after it may be asked for.
        if asked > edge.msn.saturating_add(1) {
            return Err(too_far("_HLS_msn", asked));
        }
        let limit = snapshot.advance_part_limit();
        let ready = match self.part {
            None => edge.msn > asked,
            // Past the end of a whole segment, it means the first part of the next (6.2.5.2).
            Some(part) if asked < edge.msn => {
                let parts = snapshot.segment(asked).map_or(0, |segment| segment.parts.len() as u64);
                part < parts || asked + 1 < edge.msn || edge.parts > 0
            }
            Some(part) => {
                let parts = if asked == edge.msn { edge.parts } else { 0 };
                if part > parts.saturating_add(limit) {
                    return Err(too_far("_HLS_part", part));
                }
                part < parts
            }
        };
        Ok(if ready { Answer::Now } else { Answer::Wait })
    }
}

fn number(name: &'static str, value: &str) -> Result<u64, DirectiveError> {
    value.parse().map_err(|_| DirectiveError::NotANumber { name, found: value.chars().take(32).collect() })
}
