//! A snapshot with its texts: each is rendered once, by whoever asks first, and shared by all who wait for it.

use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use packager::Snapshot;

/// A text in both encodings.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) plain: Bytes,
    pub(crate) gzip: Bytes,
}

/// A snapshot with its texts.
#[derive(Debug)]
pub(crate) struct Edition {
    pub(crate) snapshot: Snapshot,
    full: OnceLock<Text>,
    delta: OnceLock<Text>,
    multivariant: OnceLock<Option<Text>>,
}

impl Edition {
    pub(crate) fn new(snapshot: Snapshot) -> Self {
        Self { snapshot, full: OnceLock::new(), delta: OnceLock::new(), multivariant: OnceLock::new() }
    }

    /// The media playlist, or its delta update.
    pub(crate) fn media_playlist(&self, skip: bool) -> &Text {
        let cell = if skip { &self.delta } else { &self.full };
        cell.get_or_init(|| Text::new(self.snapshot.media_playlist(skip)))
    }

    /// The multivariant playlist; `None` when there is nothing to play.
    pub(crate) fn multivariant_playlist(&self) -> Option<&Text> {
        let render = || self.snapshot.multivariant_playlist("media.m3u8").map(Text::new);
        self.multivariant.get_or_init(render).as_ref()
    }
}

impl Text {
    /// Packs it.
    pub(crate) fn new(text: String) -> Self {
        let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::fast());
        // Writing to memory does not fail; were it to, the empty encoding is never sent.
        let gzip = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).unwrap_or_default();
        Self { plain: text.into(), gzip: gzip.into() }
    }
}
