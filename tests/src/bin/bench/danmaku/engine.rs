//! The danmaku engines that are compared: what each loads. How each is set, and why, stands in its script.
//!
//! All fly 25 px text with an outline over the same picture on the same 1,280 × 720, 8 s from edge to edge, and all are
//! asked to let comments lie over each other.

use crate::{contender::Contender, peers::script};
use anyhow::{Context, Result};
use tests::{embed, site::File};

const HARNESS: &str = include_str!("harness.js");

/// An engine under comparison, in the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Engine {
    /// The overlay's module.
    Ours,
    DanmakuCanvas,
    DanmakuDom,
    DanmuJs,
    ArtPlayer,
    CommentCoreLibrary,
}

impl Contender for Engine {
    const BENCHMARK: &'static str = "danmaku";
    const KIND: &'static str = "danmaku engine";
    const OURS: Self = Self::Ours;
    const ALL: &'static [Self] = &[
        Self::Ours,
        Self::DanmakuCanvas,
        Self::DanmakuDom,
        Self::DanmuJs,
        Self::ArtPlayer,
        Self::CommentCoreLibrary,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Ours => "livestall",
            Self::DanmakuCanvas => "danmaku-canvas",
            Self::DanmakuDom => "danmaku-dom",
            Self::DanmuJs => "danmu.js",
            Self::ArtPlayer => "artplayer",
            Self::CommentCoreLibrary => "ccl",
        }
    }

    fn described(self) -> &'static str {
        match self {
            Self::Ours => "the overlay's module, overlap allowed",
            Self::DanmakuCanvas => "danmaku 2.0.10, engine: canvas",
            Self::DanmakuDom => "danmaku 2.0.10, engine: DOM",
            Self::DanmuJs => "danmu.js 1.2.1, overlap: true",
            Self::ArtPlayer => "artplayer 5.4.0 with artplayer-plugin-danmuku 5.3.0, antiOverlap: false",
            Self::CommentCoreLibrary => "comment-core-library 0.11.1, CSS renderer",
        }
    }

    fn files(self) -> Result<Vec<File>> {
        Ok(match self {
            Self::Ours => {
                let files = embed::files()?;
                files.into_iter().filter(|file| file.path().starts_with("/embed/overlay-")).collect()
            }
            Self::DanmakuCanvas => vec![script("danmaku", "danmaku.canvas.min.js")?],
            Self::DanmakuDom => vec![script("danmaku", "danmaku.dom.min.js")?],
            Self::DanmuJs => vec![script("danmu.js", "index.js")?],
            Self::ArtPlayer => vec![
                script("artplayer", "artplayer.js")?,
                script("artplayer-plugin-danmuku", "artplayer-plugin-danmuku.js")?,
            ],
            Self::CommentCoreLibrary => vec![
                script("comment-core-library", "CommentCoreLibrary.min.js")?,
                script("comment-core-library", "css/style.min.css")?,
            ],
        })
    }
}

/// The same text for all: where it is drawn, and how.
const STYLE: &str = r#"
  body { margin: 0; overflow: hidden }
  #box, #stage { width: 1280px; height: 720px; overflow: hidden }
  #box { position: relative; background: #1b2530 }
  #stage { position: absolute; inset: 0; color: #fff; font: 600 25px/1.4 "Noto Sans CJK SC" }
  #box > video { position: absolute; width: 100%; height: 100% }
  #stage .ls .sky { top: 0; height: 100%; font: 600 25px/1.4 "Noto Sans CJK SC" }
  .abp .container .cmt, .art-danmuku { font-family: "Noto Sans CJK SC"; font-weight: 600 }
"#;

impl Engine {
    /// The page that shows it, with `files` beside it.
    pub(crate) fn page(self, files: &[File]) -> Result<String> {
        let mut loading = String::new();
        for path in files.iter().map(File::path).filter(|_| self != Self::Ours) {
            let tag = if path.ends_with(".css") {
                format!("<link rel=stylesheet href={path}>")
            } else {
                format!("<script src={path}></script>")
            };
            loading.push_str(&tag);
        }
        let script = self.script(files)?;
        Ok(format!(
            "<!doctype html><meta charset=utf-8><link rel=icon href=data:,>{loading}<style>{STYLE}</style>\
             <div id=box class=abp><video muted playsinline></video><div id=stage class=container></div></div>\
             <script>{HARNESS}</script><script type=module>{script}</script>"
        ))
    }

    fn script(self, files: &[File]) -> Result<String> {
        let named = |suffix: &str| {
            let file = files.iter().find(|file| file.path().ends_with(suffix));
            file.map(File::path).with_context(|| format!("no overlay{suffix} in www/dist/embed"))
        };
        Ok(match self {
            Self::Ours => include_str!("ours.js")
                .replace("OVERLAY_WASM", named(".wasm")?)
                .replace("OVERLAY", named(".js")?),
            Self::DanmakuCanvas => include_str!("danmaku.js").replace("ENGINE", "canvas"),
            Self::DanmakuDom => include_str!("danmaku.js").replace("ENGINE", "dom"),
            Self::DanmuJs => include_str!("danmu.js").to_owned(),
            Self::ArtPlayer => include_str!("artplayer.js").to_owned(),
            Self::CommentCoreLibrary => include_str!("ccl.js").to_owned(),
        })
    }
}
