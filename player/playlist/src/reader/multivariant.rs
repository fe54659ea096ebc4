//! Reads a multivariant playlist line by line.

use super::keep;
use crate::attributes::{Attributes, integer};
use crate::line::{Content, Line, content};
use crate::tag::define::Scope;
use crate::tag::{content_steering, define, key, media, session_data, start, stream_inf};
use crate::{Error, Multivariant, Problem, Variables, Variant};

pub(crate) fn read<'a>(
    lines: impl Iterator<Item = Line<'a>>,
    outer: &Variables,
) -> Result<Multivariant, Error> {
    let playlist = Multivariant { version: 1, ..Multivariant::default() };
    let mut reader = Reader { playlist, scope: Scope::new(outer), pending: None };
    for line in lines {
        let line = line.check()?;
        let at = |tag| move |problem| Error { line: line.number, tag, problem };
        // What a line is does not depend on what its variables hold.
        match content(line.text) {
            Content::Tag(name, value) => {
                let value = reader.scope.expand(value).map_err(at(name))?;
                reader.tag(name, &value).map_err(at(name))?;
            }
            Content::Uri(uri) => {
                let uri = reader.scope.expand(uri).map_err(at("URI"))?;
                reader.uri(uri.trim()).map_err(at("URI"))?;
            }
            Content::Unknown => {}
        }
    }
    Ok(reader.playlist)
}

struct Reader<'a> {
    playlist: Multivariant,
    scope: Scope<'a>,
    /// A variant that waits for its URI.
    pending: Option<Variant>,
}

impl Reader<'_> {
    fn tag(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        let playlist = &mut self.playlist;
        let attributes = &Attributes::read(value);
        match name {
            "EXT-X-STREAM-INF" => self.pending = Some(stream_inf::read_variant(attributes)?),
            "EXT-X-I-FRAME-STREAM-INF" => {
                let variant = stream_inf::read_i_frame_variant(attributes);
                keep(&mut playlist.i_frame_variants, variant, "i-frame variants")?;
            }
            "EXT-X-MEDIA" => keep(&mut playlist.renditions, media::read(attributes), "renditions")?,
            "EXT-X-SESSION-DATA" => {
                keep(&mut playlist.session_data, session_data::read(attributes), "session data")?;
            }
            "EXT-X-SESSION-KEY" => keep(&mut playlist.session_keys, key::read(attributes), "session keys")?,
            "EXT-X-CONTENT-STEERING" => playlist.content_steering = content_steering::read(attributes).ok(),
            "EXT-X-START" => playlist.start = start::read(attributes).ok(),
            "EXT-X-VERSION" => playlist.version = integer("version", value)?,
            "EXT-X-INDEPENDENT-SEGMENTS" => playlist.independent_segments = true,
            "EXT-X-DEFINE" => {
                let define = define::read(attributes)?;
                self.scope.define(&define)?;
                playlist.defines.push(define);
            }
            _ => {}
        }
        Ok(())
    }

    fn uri(&mut self, uri: &str) -> Result<(), Problem> {
        if uri.is_empty() {
            return Ok(());
        }
        let Some(variant) = self.pending.take() else { return Ok(()) };
        keep(&mut self.playlist.variants, Ok(Variant { uri: uri.to_owned(), ..variant }), "variants")
    }
}
