//! Recordings to play, made by ffmpeg: CMAF in a ladder of renditions, as files that a [`crate::site::Site`] serves.

use crate::site::File;
use anyhow::{Context, Result, ensure};
use std::{fmt::Write, fs, path::Path};
use tempfile::TempDir;
use tokio::process::Command;

/// One rendition.
#[derive(Debug, Clone, Copy)]
pub struct Rung {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Video and sound, in kbit/s, at most.
    pub kilobits: u32,
}

/// kbit/s of each rendition's sound.
const SOUND: u32 = 64;
/// What boxes and a loose rate control add, in hundredths.
const MARGIN: u32 = 110;

/// A recording of so many seconds: `/vod/index.m3u8` with a media playlist, init and segments of two seconds a rung.
pub async fn record(seconds: u32, ladder: &[Rung]) -> Result<Vec<File>> {
    let folder = TempDir::with_prefix("livestall-vod-")?;
    let mut index = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n".to_owned();
    for (at, rung) in ladder.iter().enumerate() {
        encode(folder.path(), at, seconds, *rung).await?;
        writeln!(
            index,
            "#EXT-X-STREAM-INF:BANDWIDTH={},AVERAGE-BANDWIDTH={},RESOLUTION={}x{},FRAME-RATE=30.000,CODECS=\"avc1.42c01f,mp4a.40.2\"\n{at}.m3u8",
            rung.kilobits * 10 * MARGIN,
            rung.kilobits * 1_000,
            rung.width,
            rung.height,
        )?;
    }
    let mut files = vec![File::new("/vod/index.m3u8", index)];
    for entry in fs::read_dir(folder.path())? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).context("a file name that is no text")?;
        files.push(File::new(&format!("/vod/{name}"), fs::read(&path)?));
    }
    Ok(files)
}

async fn encode(folder: &Path, at: usize, seconds: u32, rung: Rung) -> Result<()> {
    let (video, size) = (rung.kilobits - SOUND, format!("{}x{}", rung.width, rung.height));
    let mut command = Command::new("ffmpeg");
    command.current_dir(folder).args(["-hide_banner", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i"]);
    command.args([
        &format!("testsrc2=size={size}:rate=30"),
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:sample_rate=48000",
    ]);
    // Noise, so that the encoder has something to spend each rung's bits on.
    command.args(["-vf", "noise=alls=12:allf=t", "-t", &seconds.to_string(), "-pix_fmt", "yuv420p"]);
    command.args(["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "baseline", "-level", "3.1"]);
    let (rate, buffer) = (format!("{video}k"), format!("{}k", video * 2));
    command.args(["-b:v", &rate, "-maxrate", &rate, "-bufsize", &buffer]);
    command.args([
        "-g",
        "60",
        "-keyint_min",
        "60",
        "-sc_threshold",
        "0",
        "-c:a",
        "aac",
        "-b:a",
        &format!("{SOUND}k"),
    ]);
    command.args(["-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"]);
    command.args(["-hls_flags", "program_date_time", "-hls_fmp4_init_filename", &format!("{at}-init.mp4")]);
    command.args(["-hls_segment_filename", &format!("{at}-%d.m4s"), &format!("{at}.m3u8")]);
    let output = command.output().await.context("cannot start ffmpeg")?;
    ensure!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
