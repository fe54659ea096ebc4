//! What comes from the system's package manager: how to see that it is there, and what each system calls it.

use super::{Wanted, binaryen, esbuild, lottie};
use crate::{
    postgres,
    run::{output, which},
};
use std::{path::PathBuf, process::Command};

/// Something that the system's package manager provides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Package {
    Ffmpeg,
    Npm,
    Chromium,
    ChromeDriver,
    /// Runs the script that makes the browser tests' streams.
    Python,
    CjkFont,
    EmojiFont,
    /// The server.
    Postgres,
}

impl Package {
    /// Those of `wanted` that are not on this machine.
    pub(crate) fn missing(wanted: Wanted) -> Vec<Self> {
        let mut packages = Vec::new();
        if wanted.stream {
            packages.extend([Self::Ffmpeg, Self::CjkFont]);
        }
        if wanted.browser {
            packages.extend([Self::Chromium, Self::ChromeDriver, Self::Python, Self::EmojiFont]);
        }
        let for_web = || binaryen::is_missing() || esbuild::is_missing() || lottie::is_missing();
        if (wanted.web && for_web()) || wanted.peers {
            packages.push(Self::Npm);
        }
        if wanted.postgres {
            packages.push(Self::Postgres);
        }
        packages.retain(|package| !package.is_there());
        packages
    }

    fn is_there(self) -> bool {
        match self {
            Self::Ffmpeg => which("ffmpeg").is_some(),
            Self::Npm => which("npm").is_some(),
            Self::Chromium => which("chromium").is_some(),
            Self::ChromeDriver => which("chromedriver").is_some(),
            Self::Python => which("python3").is_some(),
            Self::Postgres => postgres::is_there(),
            Self::CjkFont => cjk_font().is_some(),
            Self::EmojiFont => {
                font("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", "Noto Color Emoji").is_some()
            }
        }
    }

    /// Debian's packages.
    pub(crate) const fn debian(self) -> &'static [&'static str] {
        match self {
            Self::Ffmpeg => &["ffmpeg"],
            Self::Npm => &["nodejs", "npm"],
            Self::Chromium => &["chromium"],
            Self::ChromeDriver => &["chromium-driver"],
            Self::Python => &["python3"],
            Self::CjkFont => &["fonts-noto-cjk"],
            Self::EmojiFont => &["fonts-noto-color-emoji"],
            Self::Postgres => &["postgresql"],
        }
    }

    /// Fedora's packages.
    pub(crate) const fn fedora(self) -> &'static [&'static str] {
        match self {
            Self::Ffmpeg => &["ffmpeg-free"],
            Self::Npm => &["nodejs", "npm"],
            Self::Chromium => &["chromium"],
            Self::ChromeDriver => &["chromedriver"],
            Self::Python => &["python3"],
            Self::CjkFont => &["google-noto-sans-cjk-fonts"],
            Self::EmojiFont => &["google-noto-color-emoji-fonts"],
            Self::Postgres => &["postgresql-server"],
        }
    }

    /// Arch Linux's packages; its `chromium` brings the driver.
    pub(crate) const fn arch(self) -> &'static [&'static str] {
        match self {
            Self::Ffmpeg => &["ffmpeg"],
            Self::Npm => &["nodejs", "npm"],
            Self::Chromium | Self::ChromeDriver => &["chromium"],
            Self::Python => &["python"],
            Self::CjkFont => &["noto-fonts-cjk"],
            Self::EmojiFont => &["noto-fonts-emoji"],
            Self::Postgres => &["postgresql"],
        }
    }

    /// Homebrew's formulae and casks; macOS has an emoji font.
    pub(crate) const fn homebrew(self) -> &'static [&'static str] {
        match self {
            Self::Ffmpeg => &["ffmpeg"],
            Self::Npm => &["node"],
            Self::Chromium => &["chromium"],
            Self::ChromeDriver => &["chromedriver"],
            Self::Python => &["python3"],
            Self::CjkFont => &["font-noto-sans-cjk-sc"],
            Self::EmojiFont => &[],
            Self::Postgres => &["postgresql"],
        }
    }
}

/// A font file with Chinese glyphs, for the titles in the demo's picture.
pub(crate) fn cjk_font() -> Option<PathBuf> {
    font("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC:bold")
}

/// Debian's file, or what fontconfig finds for exactly that family.
fn font(file: &str, family: &str) -> Option<PathBuf> {
    let file = PathBuf::from(file);
    if file.is_file() {
        return Some(file);
    }
    let found = output(Command::new("fc-match").args(["--format", "%{family}\t%{file}", family]))?;
    let (name, path) = found.split_once('\t')?;
    let wanted = family.split(':').next()?;
    name.contains(wanted).then(|| PathBuf::from(path))
}
