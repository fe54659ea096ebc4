//! The demo's stream: a loop that is rendered once and kept, published with the wall clock burned in live.

use super::{
    child::Ours,
    goods::{GOODS, SCENE_SECONDS},
    scene::{self, FRAME_RATE, Title},
};
use crate::{run, setup};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Raise it in the change that changes the picture: older loops are then rendered anew.
const EDITION: &str = "3";

/// The rendered loop: picture and sound, equally long.
pub(super) struct Loop {
    video: PathBuf,
    audio: PathBuf,
    font: PathBuf,
}

impl Loop {
    /// Renders it, unless that has been done.
    pub(super) fn get() -> Result<Self> {
        let font = setup::cjk_font().context("no font with Chinese glyphs")?;
        let folder = setup::cache()?.join(format!("show-{EDITION}"));
        let (video, audio) = (folder.join("loop.mp4"), folder.join("loop.wav"));
        if !(video.is_file() && audio.is_file()) {
            eprintln!("==> rendering the demo's show (once)");
            render(&folder, &font)?;
        }
        Ok(Self { video, audio, font })
    }

    /// Starts to publish it to `url`, over and over.
    pub(super) fn publish(&self, url: &str) -> Result<Ours> {
        let mut ffmpeg = ffmpeg();
        ffmpeg.args(["-re", "-stream_loop", "-1", "-i"]).arg(&self.video);
        ffmpeg.args(["-re", "-stream_loop", "-1", "-i"]).arg(&self.audio);
        ffmpeg.args(["-vf", &scene::clock(&self.font)]);
        // Scenes are a whole number of groups of pictures long, so that each begins with a keyframe.
        ffmpeg.args("-c:v libx264 -preset superfast -tune zerolatency -pix_fmt yuv420p".split(' '));
        ffmpeg
            .args("-b:v 2500k -maxrate 2500k -bufsize 2500k -g 60 -keyint_min 60 -sc_threshold 0".split(' '));
        ffmpeg.args(["-c:a", "aac", "-b:a", "96k", "-ar", "48000", "-f", "flv", url]);
        Ours::start(&mut ffmpeg)
    }
}

fn ffmpeg() -> Command {
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-hide_banner", "-nostdin", "-loglevel", "error"]);
    ffmpeg
}

fn render(folder: &Path, font: &Path) -> Result<()> {
    let work = folder.join("scenes");
    fs::create_dir_all(&work).with_context(|| format!("cannot make {}", work.display()))?;
    let mut list = String::new();
    for index in 0..GOODS.len() {
        let scene = render_scene(index, &work, font)?;
        list.push_str(&format!("file '{}'\n", scene.display()));
        eprintln!("    scene {} of {}", index + 1, GOODS.len());
    }
    let listed = work.join("list.txt");
    fs::write(&listed, list)?;
    let mut join = ffmpeg();
    join.args(["-y", "-f", "concat", "-safe", "0", "-i"])
        .arg(&listed)
        .args(["-c", "copy"])
        .arg(work.join("loop.mp4"));
    run::quietly(&mut join)?;

    let seconds = SCENE_SECONDS * u32::try_from(GOODS.len())?;
    let mut tune = ffmpeg();
    tune.args(["-y", "-f", "lavfi", "-i", &format!("aevalsrc='{}':s=48000:d={seconds}", scene::tune())]);
    run::quietly(tune.arg(folder.join("loop.wav")))?;
    // Last, and in one step: a render that was broken off is not taken for a whole one.
    fs::rename(work.join("loop.mp4"), folder.join("loop.mp4"))?;
    fs::remove_dir_all(work).context("cannot tidy up")
}

fn render_scene(index: usize, work: &Path, font: &Path) -> Result<PathBuf> {
    let good = GOODS.get(index).context("no such scene")?;
    let text = |name: &str, text: &str| -> Result<PathBuf> {
        let file = work.join(format!("{index}-{name}.txt"));
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(file)
    };
    let price = text("price", &format!("¥{}", good.price / 100))?;
    let (chinese, english) = (text("zh", good.chinese)?, text("en", good.english)?);
    let count = text("count", &format!("{} / {}", index + 1, GOODS.len()))?;
    let titles = [
        Title { file: &count, size: 30, y: 176 + 640, color: "white@0.8" },
        Title { file: &chinese, size: 54, y: 852, color: "white" },
        Title { file: &english, size: 32, y: 926, color: "white@0.85" },
        Title { file: &price, size: 60, y: 972, color: "0xffd9a0" },
    ];
    let scene = work.join(format!("{index}.mp4"));
    let mut draw = ffmpeg();
    draw.args(["-y", "-i"]).arg(format!("www/assets/products/{}.svg", good.picture));
    draw.args(["-filter_complex", &scene::graph(SCENE_SECONDS, font, &titles), "-map", "[v]"]);
    draw.args(["-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-g", "30"]);
    draw.args(["-r", &FRAME_RATE.to_string(), "-frames:v", &(SCENE_SECONDS * FRAME_RATE).to_string()]);
    run::quietly(draw.arg(&scene))?;
    Ok(scene)
}
