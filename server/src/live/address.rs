//! What there is below `/live/ROOM/`.

/// A file of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// `index.m3u8`.
    Multivariant,
    /// `media.m3u8`.
    Media,
    /// `init-N.mp4`.
    Init(u64),
    /// `seg-N.m4s`.
    Segment(u64),
    /// `part-N.m4s`.
    Part(u64),
}

impl File {
    /// Its name, such as `part-12.m4s`.
    pub fn name(self) -> String {
        match self {
            Self::Multivariant => "index.m3u8".to_owned(),
            Self::Media => "media.m3u8".to_owned(),
            Self::Init(number) => format!("init-{number}.mp4"),
            Self::Segment(number) => format!("seg-{number}.m4s"),
            Self::Part(number) => format!("part-{number}.m4s"),
        }
    }

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
        for name in ["index.m3u8", "init-0.mp4", "seg-12.m4s", "part-7.m4s"] {
            assert_eq!(File::from_name(name).map(File::name).as_deref(), Some(name));
        }
        for name in
            ["seg-.m4s", "seg-01.m4s", "seg-+1.m4s", "seg-1.mp4", "../x", "part-99999999999999999999.m4s"]
        {
            assert_eq!(File::from_name(name), None, "{name}");
        }
    }
}
