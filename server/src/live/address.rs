//! What there is below `/live/ROOM/`.

/// A file of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    Multivariant,
    Media,
    Init(u64),
    Segment(u64),
    Part(u64),
}

impl File {
    /// Reads a name such as `part-12.m4s`; `None` when no stream has such a file.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "index.m3u8" => return Some(Self::Multivariant),
            "media.m3u8" => return Some(Self::Media),
            _ => {}
        }
        let (stem, extension) = name.rsplit_once('.')?;
        let (kind, digits) = stem.split_once('-')?;
        let number = digits.parse().ok()?;
        // One address for each thing: no "+1", no "01".
        let canonical = !digits.starts_with('+') && (digits == "0" || !digits.starts_with('0'));
        match (kind, extension) {
            _ if !canonical => None,
            ("init", "mp4") => Some(Self::Init(number)),
            ("seg", "m4s") => Some(Self::Segment(number)),
            ("part", "m4s") => Some(Self::Part(number)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_one_name() {
        assert_eq!(File::from_name("media.m3u8"), Some(File::Media));
        assert_eq!(File::from_name("init-7.mp4"), Some(File::Init(7)));
        assert_eq!(File::from_name("part-1763871040123.m4s"), Some(File::Part(1_763_871_040_123)));
        for name in
            ["seg-.m4s", "seg-01.m4s", "seg-+1.m4s", "seg-1.mp4", "../x", "part-99999999999999999999.m4s"]
        {
            assert_eq!(File::from_name(name), None, "{name}");
        }
    }
}
