//! The players that are compared: what each loads, and how its page starts it. Which options, and why, stands here.
//!
//! Every peer is set as its own documentation says for low latency, never worse. Each page has the one `<video>` in the
//! same box, the same stream, and its script from the page's own origin.

use crate::contender::Contender;
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};
use tests::{embed, site::File};

/// A player under comparison, in the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Player {
    /// `<live-stall src>`.
    Ours,
    /// hls.js as it comes: `lowLatencyMode` is on.
    HlsJs,
    /// hls.js with `maxLiveSyncPlaybackRate`, which its API document names for catching up; 1.5 is that document's example.
    HlsJsCatchingUp,
    /// shaka with `streaming.lowLatencyMode`, which brings its own set of low-latency values.
    Shaka,
    /// shaka with `streaming.liveSync` as well, at that setting's own target of 0.5 s.
    ShakaLiveSync,
    /// video.js as it comes: its HLS engine has `llhls` on. `overrideNative` keeps Chromium's own HLS, which knows no
    /// parts, out of the way, as its document says.
    VideoJs,
}

/// A listener for fatal errors as the README of hls.js has it, and `EXT-X-DATERANGE` as the text track's cues.
const HLS_JS: &str = r"
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (!data.fatal) return;
    watcher.state.errors.push(data.details);
    if (data.type === Hls.ErrorTypes.NETWORK_ERROR) hls.startLoad();
    else if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
  });
";

impl Contender for Player {
    const BENCHMARK: &'static str = "player";
    const KIND: &'static str = "player";
    const OURS: Self = Self::Ours;
    /// With the variants that chase the live edge.
    const ALL: &'static [Self] =
        &[Self::Ours, Self::HlsJs, Self::HlsJsCatchingUp, Self::Shaka, Self::ShakaLiveSync, Self::VideoJs];

    fn name(self) -> &'static str {
        match self {
            Self::Ours => "livestall",
            Self::HlsJs => "hls.js",
            Self::HlsJsCatchingUp => "hls.js-rate",
            Self::Shaka => "shaka",
            Self::ShakaLiveSync => "shaka-livesync",
            Self::VideoJs => "video.js",
        }
    }

    fn described(self) -> &'static str {
        match self {
            Self::Ours => "<live-stall src>, as it comes",
            Self::HlsJs => "hls.js 1.7.4, as it comes (lowLatencyMode is on)",
            Self::HlsJsCatchingUp => "hls.js 1.7.4, maxLiveSyncPlaybackRate: 1.5",
            Self::Shaka => "shaka-player 5.2.12 (HLS build), streaming.lowLatencyMode: true",
            Self::ShakaLiveSync => "the same with streaming.liveSync.enabled: true",
            Self::VideoJs => "video.js 8.24.1, as it comes (llhls is on), overrideNative: true",
        }
    }

    fn files(self) -> Result<Vec<File>> {
        Ok(match self {
            Self::Ours => embed::files()?,
            Self::HlsJs | Self::HlsJsCatchingUp => vec![script("hls.js", "hls.min.js")?],
            Self::Shaka | Self::ShakaLiveSync => vec![script("shaka-player", "shaka-player.hls-es2021.js")?],
            Self::VideoJs => vec![script("video.js", "video.min.js")?],
        })
    }
}

impl Player {
    /// One of each.
    pub(crate) const PLAIN: [Self; 4] = [Self::Ours, Self::HlsJs, Self::Shaka, Self::VideoJs];

    /// What the page has in its body to play `stream`.
    pub(crate) fn body(self, stream: &str) -> String {
        let video = "<video autoplay muted playsinline></video>";
        match self {
            Self::Ours => format!(
                "<script type=module src=/embed/live-stall.js></script><live-stall src='{stream}' autoplay muted></live-stall>"
            ),
            Self::HlsJs | Self::HlsJsCatchingUp => {
                let options = if self == Self::HlsJs { "" } else { "maxLiveSyncPlaybackRate: 1.5" };
                format!(
                    "{video}<script src=/hls.min.js></script><script>const hls = new Hls({{ {options} }});{HLS_JS}\
                     hls.loadSource('{stream}'); hls.attachMedia(document.querySelector('video'));</script>"
                )
            }
            Self::Shaka | Self::ShakaLiveSync => {
                let sync = self == Self::ShakaLiveSync;
                format!(
                    "{video}<script src=/shaka-player.hls-es2021.js></script><script type=module>\
                     shaka.polyfill.installAll(); const player = globalThis.player = new shaka.Player();\
                     player.addEventListener('error', ({{ detail }}) => watcher.state.errors.push(String(detail)));\
                     await player.attach(document.querySelector('video'));\
                     player.configure({{ streaming: {{ lowLatencyMode: true, liveSync: {{ enabled: {sync} }} }} }});\
                     globalThis.loading = player.load('{stream}');</script>"
                )
            }
            Self::VideoJs => format!(
                "<video class=video-js autoplay muted playsinline></video><script src=/video.min.js></script><script>\
                 const player = videojs(document.querySelector('video'), {{ html5: {{ vhs: {{ overrideNative: true }},\
                 nativeAudioTracks: false, nativeVideoTracks: false }} }});\
                 player.src({{ src: '{stream}', type: 'application/x-mpegURL' }});</script>"
            ),
        }
    }
}

/// A build of a peer.
pub(crate) fn script(package: &str, file: &str) -> Result<File> {
    let path = dist(package)?.join(file);
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(File::new(&format!("/{file}"), text))
}

/// Where `cargo xtask bench` put a peer's builds from npm.
fn dist(package: &str) -> Result<PathBuf> {
    let variable = match package {
        "hls.js" => "LIVESTALL_HLS_JS",
        "shaka-player" => "LIVESTALL_SHAKA",
        "danmaku" => "LIVESTALL_DANMAKU",
        "danmu.js" => "LIVESTALL_DANMU_JS",
        "artplayer" => "LIVESTALL_ARTPLAYER",
        "artplayer-plugin-danmuku" => "LIVESTALL_ARTPLAYER_DANMUKU",
        "comment-core-library" => "LIVESTALL_CCL",
        _ => "LIVESTALL_VIDEO_JS",
    };
    let folder = std::env::var_os(variable)
        .with_context(|| format!("{variable} is not set: use `cargo xtask bench`"))?;
    Ok(PathBuf::from(folder))
}
