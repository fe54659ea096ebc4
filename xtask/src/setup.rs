//! Gets what a command needs and a machine lacks: says what, shows progress, does nothing twice.

mod apt;
mod binaryen;
mod cargo_tool;
mod esbuild;
pub(crate) mod lottie;
mod npm;
mod packages;
mod progress;
mod rust;

use anyhow::{Result, anyhow};
use packages::Package;
pub(crate) use packages::cjk_font;
pub(crate) use rust::WASM;
use std::{ffi::OsString, path::PathBuf, process::Command, thread};

/// What a command needs beyond cargo.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted {
    /// Builds the browser's side: wasm target, trunk, wasm-bindgen, wasm-opt, esbuild.
    pub(crate) web: bool,
    /// Publishes a stream: ffmpeg and a font for its titles.
    pub(crate) stream: bool,
    /// Drives a browser: Chromium and its driver.
    pub(crate) browser: bool,
    /// Checks the code: clippy and rustfmt.
    pub(crate) lints: bool,
    /// Measures beside the peers, which come from npm.
    pub(crate) peers: bool,
    /// Tests and measures the store on PostgreSQL.
    pub(crate) postgres: bool,
}

impl Wanted {
    /// What builds the browser's side.
    pub(crate) const fn web() -> Self {
        Self { web: true, stream: false, browser: false, lints: false, peers: false, postgres: false }
    }

    pub(crate) const fn everything() -> Self {
        Self { web: true, stream: true, browser: true, lints: true, peers: true, postgres: true }
    }
}

/// Where the tools are that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Our `PATH`, the tools' folders first.
    pub(crate) fn path(&self) -> Result<OsString> {
        let old = std::env::var_os("PATH").unwrap_or_default();
        Ok(std::env::join_paths(self.folders.iter().cloned().chain(std::env::split_paths(&old)))?)
    }

    /// `program`, found on [`Self::path`], which it also hands on.
    pub(crate) fn command(&self, program: &str) -> Result<Command> {
        let at = self.folders.iter().map(|folder| folder.join(program)).find(|at| at.is_file());
        let mut command = Command::new(at.unwrap_or_else(|| program.into()));
        command.env("PATH", self.path()?);
        Ok(command)
    }
}

/// Gets everything in `wanted` that is not there, the independent parts side by side.
pub(crate) fn get(wanted: Wanted) -> Result<Tools> {
    let missing = Package::missing(wanted);
    // Refuse before the long downloads, not after them.
    apt::check(&missing)?;
    rust::get(wanted)?;
    let (system, cargo) = thread::scope(|scope| {
        let system = scope.spawn(|| -> Result<Vec<PathBuf>> {
            apt::install(&missing)?;
            if !wanted.web {
                return Ok(Vec::new());
            }
            Ok([binaryen::get()?, esbuild::get()?].into_iter().flatten().collect())
        });
        let cargo = scope.spawn(|| if wanted.web { cargo_tool::get() } else { Ok(Vec::new()) });
        (system.join(), cargo.join())
    });
    let mut folders = cargo.map_err(|_| anyhow!("the thread that installs cargo tools broke"))??;
    folders.extend(system.map_err(|_| anyhow!("the thread that installs packages broke"))??);
    Ok(Tools { folders })
}

/// hls.js, a peer and an oracle: the folder of its builds.
pub(crate) fn hls_js() -> Result<PathBuf> {
    Ok(npm::get("hls.js", "1.7.4")?.join("hls.js/dist"))
}

/// The peers that ours is measured beside: for each the variable that names the folder of its builds, and the folder.
pub(crate) fn peers() -> Result<[(&'static str, PathBuf); 8]> {
    Ok([
        ("LIVESTALL_HLS_JS", hls_js()?),
        ("LIVESTALL_SHAKA", npm::get("shaka-player", "5.2.12")?.join("shaka-player/dist")),
        ("LIVESTALL_VIDEO_JS", npm::get("video.js", "8.24.1")?.join("video.js/dist")),
        ("LIVESTALL_DANMAKU", npm::get("danmaku", "2.0.10")?.join("danmaku/dist")),
        ("LIVESTALL_DANMU_JS", npm::get("danmu.js", "1.2.1")?.join("danmu.js/dist")),
        ("LIVESTALL_ARTPLAYER", npm::get("artplayer", "5.4.0")?.join("artplayer/dist")),
        (
            "LIVESTALL_ARTPLAYER_DANMUKU",
            npm::get("artplayer-plugin-danmuku", "5.3.0")?.join("artplayer-plugin-danmuku/dist"),
        ),
        ("LIVESTALL_CCL", npm::get("comment-core-library", "0.11.1")?.join("comment-core-library/dist")),
    ])
}

/// media-chrome, whose controls are to drive our element: the folder of its builds.
pub(crate) fn media_chrome() -> Result<PathBuf> {
    Ok(npm::get("media-chrome", "4.19.4")?.join("media-chrome/dist"))
}

/// axe-core, which looks for what keeps people out: the folder of its builds.
pub(crate) fn axe_core() -> Result<PathBuf> {
    Ok(npm::get("axe-core", "4.14.1")?.join("axe-core"))
}

/// What is kept between runs: outside `target/`, so that `cargo clean` leaves it.
pub(crate) fn cache() -> Result<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache =
        cache.or(home).ok_or_else(|| anyhow!("neither XDG_CACHE_HOME nor HOME says where to keep tools"))?;
    Ok(cache.join("livestall"))
}

/// Where a tool of this version lives.
fn tool_home(name: &str, version: &str) -> Result<PathBuf> {
    Ok(cache()?.join("tools").join(format!("{name}-{version}")))
}
