//! Packs the embed's modules: one file for a page that only plays, the worker's script inside it, and one for each thing
//! that is loaded on demand. All but the entry are named by what is in them, so that browsers may keep them for good.
//!
//! What `trunk` leaves works as it is, in many files and round trips; `trunk serve` serves that.

use crate::{
    run::quietly,
    setup::{self, Tools},
};
use anyhow::{Context, Result, ensure};
use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::Path,
};

/// Where the files wait to be packed.
const STAGE: &str = "target/livestall/embed";
/// The module that names the others.
const NAMES: &str = "files.js";
/// What merchants' pages load.
const ENTRY: &str = "live-stall.js";

/// Packs what lies in `folder`, in its place.
pub(super) fn pack(tools: &Tools, folder: &Path) -> Result<()> {
    let stage = Path::new(STAGE);
    if stage.exists() {
        fs::remove_dir_all(stage).with_context(|| format!("cannot empty {STAGE}"))?;
    }
    super::copy(folder, stage)?;
    let packing = Packing { tools, stage, folder };
    fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    packing.all()
}

struct Packing<'a> {
    tools: &'a Tools,
    stage: &'a Path,
    folder: &'a Path,
}

impl Packing<'_> {
    /// What is named goes before what names it.
    fn all(&self) -> Result<()> {
        self.bring_lottie()?;
        let wasm = [
            ("PLAYER_WASM", "player_bg.wasm"),
            ("OVERLAY_WASM", "overlay_bg.wasm"),
            ("SVGA_WASM", "svga_bg.wasm"),
        ];
        for (constant, file) in wasm {
            let bytes = self.read(file)?;
            self.put(constant, file, &bytes)?;
        }
        let modules = [
            ("PLAYER", "player_home.js"),
            ("OVERLAY", "overlay.js"),
            ("STATS", "stats_panel.js"),
            ("CONTROLS", "controls.js"),
            ("TRACKS", "stream_tracks.js"),
            ("GIFT_LOTTIE", "gift_lottie.js"),
            ("GIFT_SVGA", "gift_svga.js"),
            ("GIFT_VAP", "gift_vap.js"),
            ("GIFTS", "gifts.js"),
            ("WORKER", "player_worker.js"),
        ];
        for (constant, file) in modules {
            let text = self.bundle(file)?;
            self.put(constant, file, text.as_bytes())?;
            if constant == "WORKER" {
                self.define("WORKER_SCRIPT", &text)?;
            }
        }
        self.write(ENTRY, self.bundle(ENTRY)?.as_bytes())?;
        self.write("README.md", &self.read("README.md")?)
    }

    /// Puts lottie-web where `gift_lottie.js` imports it from.
    fn bring_lottie(&self) -> Result<()> {
        /// What would have it play whatever the merchant's page calls `lottie`.
        const SEARCH: &str = "setInterval(checkReady, 100)";
        let path = setup::lottie::get()?;
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(text.contains(SEARCH), "{}: expected `{SEARCH}`", path.display());
        let to = self.stage.join("lottie.js");
        fs::write(&to, text.replace(SEARCH, "0")).with_context(|| format!("cannot write {}", to.display()))
    }

    /// A module with all that it imports, small.
    fn bundle(&self, file: &str) -> Result<String> {
        let to = self.stage.join("packed").join(file);
        let mut esbuild = self.tools.command("esbuild")?;
        esbuild.arg(self.stage.join(file)).arg(format!("--outfile={}", to.display()));
        quietly(esbuild.args(["--bundle", "--minify", "--format=esm", "--log-level=warning"]))?;
        fs::read_to_string(&to).with_context(|| format!("cannot read {}", to.display()))
    }

    /// Leaves a file under a name that says what is in it, and has the modules that are packed from now on use that.
    fn put(&self, constant: &str, file: &str, bytes: &[u8]) -> Result<()> {
        let (stem, suffix) = file.rsplit_once('.').context("a file's name has a suffix")?;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let stem = stem.trim_end_matches("_bg").replace('_', "-");
        let name = format!("{stem}-{:016x}.{suffix}", hasher.finish());
        self.write(&name, bytes)?;
        self.define(constant, &format!("./{name}"))
    }

    /// Gives a constant of [`NAMES`] another value.
    fn define(&self, constant: &str, value: &str) -> Result<()> {
        let path = self.stage.join(NAMES);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let start = format!("export const {constant} = ");
        let line = text
            .lines()
            .find(|line| line.starts_with(&start))
            .with_context(|| format!("{NAMES}: expected a line `{start}…`"))?;
        let text = text.replace(line, &format!("{start}{};", serde_json::to_string(value)?));
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    fn read(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.stage.join(file);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }
}
