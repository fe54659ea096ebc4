//! The players that are compared, each as a page that plays one live stream.

use crate::sizes::brotli;
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};
use tests::{server::root, site::Site};

/// Counts what both pages count alike: the first frame on the screen, and how often the picture waits.
const COUNTERS: &str = r"
  window.firstFrame = null; window.waits = 0;
  const counting = setInterval(() => {
    const video = document.querySelector('live-stall')?.video ?? document.querySelector('video');
    if (!video) return;
    clearInterval(counting);
    video.requestVideoFrameCallback((now) => { window.firstFrame = now; });
    video.addEventListener('waiting', () => { if (window.firstFrame !== null) window.waits++; });
  }, 1);
";

/// A player under comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Player {
    /// `<live-stall src>`.
    Ours,
    /// hls.js as it comes: `lowLatencyMode` is on.
    HlsJs,
    /// hls.js told to catch up, as its documentation has it.
    HlsJsCatchingUp,
}

impl Player {
    pub(crate) const ALL: [Self; 3] = [Self::Ours, Self::HlsJs, Self::HlsJsCatchingUp];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ours => "livestall",
            Self::HlsJs => "hls.js 1.7.4",
            Self::HlsJsCatchingUp => "hls.js 1.7.4, maxLiveSyncPlaybackRate 1.5",
        }
    }

    /// A site that plays `stream` of the shop at `shop`.
    pub(crate) async fn site(self, shop: &str, stream: &str) -> Result<Site> {
        let html = "text/html; charset=utf-8";
        if self == Self::Ours {
            let page = format!(
                "<!doctype html><script>{COUNTERS}</script><script type=module src='{shop}/embed/live-stall.js'></script>\
                 <live-stall src='{stream}' autoplay muted></live-stall>"
            );
            return Site::start_with(vec![("/", html, page)]).await;
        }
        let options = if self == Self::HlsJs { "{}" } else { "{maxLiveSyncPlaybackRate: 1.5}" };
        let page = format!(
            "<!doctype html><script>{COUNTERS}</script><script src='/hls.min.js'></script><video autoplay muted></video>\
             <script>const hls = new Hls({options}); hls.loadSource('{stream}'); hls.attachMedia(document.querySelector('video'));</script>"
        );
        let script = fs::read_to_string(hls_js()?.join("hls.min.js")).context("cannot read hls.js")?;
        Site::start_with(vec![("/", html, page), ("/hls.min.js", "text/javascript", script)]).await
    }

    /// Bytes that a visitor loads for it, compressed with brotli, for what the page named `loaded`.
    pub(crate) fn bytes(self, loaded: &[String]) -> Result<usize> {
        if self != Self::Ours {
            return brotli(&hls_js()?.join("hls.min.js"));
        }
        let pages = root()?.join("www/dist");
        let ours = loaded.iter().filter_map(|url| url.split_once("/embed/")).map(|(_, file)| file);
        // What the worker loads is not in the page's list.
        let ours = ours.chain(["player_worker.js", "player.js"]);
        let mut files: Vec<PathBuf> = ours.map(|file| pages.join("embed").join(file)).collect();
        files.sort();
        files.dedup();
        files.iter().map(|file| brotli(file)).sum()
    }
}

/// Bytes of the smallest build of hls.js that plays this stream, which the table names beside the full one.
pub(crate) fn hls_light() -> Result<usize> {
    brotli(&hls_js()?.join("hls.light.min.js"))
}

/// Where `cargo xtask bench` put hls.js from npm.
fn hls_js() -> Result<PathBuf> {
    let folder = std::env::var_os("LIVESTALL_HLS_JS")
        .context("LIVESTALL_HLS_JS is not set: use `cargo xtask bench`")?;
    Ok(PathBuf::from(folder))
}
