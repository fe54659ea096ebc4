//! Lines to a playlist, in one pass: which kind it is shows on the way. Tags themselves are read in [`crate::tag`].

mod media;
mod multivariant;

use crate::attributes::Attributes;
use crate::line::{Content, Line};
use crate::scan::trim;
use crate::tag::define::{self, Scope};
use crate::tag::inf::Inf;
use crate::tag::{Home, Tag};
use crate::{Error, Media, Multivariant, Playlist, Problem, Segment, Variables, Variant};

/// A playlist as far as it is read.
pub(crate) struct Reader<'a> {
    /// Holds what both kinds of playlist say, too.
    pub(crate) media: Media,
    pub(crate) multivariant: Multivariant,
    /// Which of the two it is, once a tag has told.
    home: Home,
    scope: Scope<'a>,
    /// What applies to the segment that is not closed yet. Map, keys and bit rate stay for the next one.
    pub(crate) segment: Segment,
    pub(crate) inf: Option<Inf>,
    /// `EXT-X-BYTERANGE` of the segment, unresolved: only its URI tells what it follows on from.
    pub(crate) byte_range: Option<String>,
    /// A variant that waits for its URI.
    pub(crate) variant: Option<Variant>,
}

/// Reads the lines after `#EXTM3U`.
pub(crate) fn read<'a>(lines: impl Iterator<Item = Line<'a>>, outer: &Variables) -> Result<Playlist, Error> {
    let mut reader = Reader {
        media: Media { version: 1, ..Media::default() },
        multivariant: Multivariant::default(),
        home: Home::Both,
        scope: Scope::new(outer),
        segment: Segment::default(),
        inf: None,
        byte_range: None,
        variant: None,
    };
    let mut last = 1;
    for line in lines {
        last = line.number;
        reader.line(line)?;
    }
    reader.finish(last)
}

impl Reader<'_> {
    fn line(&mut self, line: Line<'_>) -> Result<(), Error> {
        // What a line is does not depend on what its variables hold.
        let (tag, text) = match line.content() {
            Content::Tag(tag, value) => (Some(tag), value),
            Content::Uri(uri) => (None, uri),
            Content::Unknown => return Ok(()),
        };
        if let Some(tag) = tag.filter(|tag| tag.home != Home::Both) {
            if self.home != Home::Both && self.home != tag.home {
                return Err(Error { line: 1, tag: "EXTM3U", problem: Problem::Mixed });
            }
            self.home = tag.home;
        }
        self.take(line, tag, text).map_err(|problem| Error {
            line: line.number,
            tag: tag.map_or("URI", |tag| tag.name),
            problem,
        })
    }

    fn take(&mut self, line: Line<'_>, tag: Option<&Tag>, text: &str) -> Result<(), Problem> {
        line.check()?;
        let text = self.scope.expand(text)?;
        match tag {
            Some(tag) => {
                let mut attributes = Attributes::read(&text);
                (tag.read)(self, &mut attributes);
                attributes.check()
            }
            None => self.uri(&text),
        }
    }

    /// A URI closes what stood before it.
    fn uri(&mut self, uri: &str) -> Result<(), Problem> {
        let uri = trim(uri);
        match self.home {
            _ if uri.is_empty() => Ok(()),
            Home::Multivariant => self.close_variant(uri),
            Home::Media | Home::Both => self.close_segment(uri),
        }
    }

    /// `EXT-X-DEFINE`.
    pub(crate) fn define(&mut self, tag: &mut Attributes<'_>) {
        let define = define::read(tag);
        if let Err(problem) = self.scope.define(&define) {
            tag.refuse(problem);
        }
        self.media.defines.push(define);
    }

    fn finish(mut self, last: usize) -> Result<Playlist, Error> {
        if self.home == Home::Multivariant {
            return Ok(Playlist::Multivariant(Multivariant {
                version: self.media.version,
                independent_segments: self.media.independent_segments,
                start: self.media.start,
                defines: self.media.defines,
                ..self.multivariant
            }));
        }
        // The tag gives a second at the least.
        if self.media.target_duration.is_zero() {
            return Err(Error { line: last, tag: "EXT-X-TARGETDURATION", problem: Problem::MissingTag });
        }
        self.close_parts().map_err(|problem| Error { line: last, tag: "EXT-X-PART", problem })?;
        Ok(Playlist::Media(self.media))
    }
}
