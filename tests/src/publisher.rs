//! A real encoder: ffmpeg, pushing a picture that counts its own frames.
//!
//! The top of the picture is a bar code: a white cell, sixteen bits of the frame number (lowest first), a black cell,
//! each a macroblock wide. `page.js` reads it back from the screen, so a test knows which picture a viewer really sees.

use anyhow::{Context, Result, bail};
use std::{fmt::Write, process::Stdio, time::Duration};
use tokio::process::{Child, Command};

/// Frames a second of the test picture.
pub const FRAME_RATE: u32 = 30;
/// One macroblock at scale 1: the encoder keeps its edges sharp.
const CELL: u32 = 16;
const BITS: u32 = 16;

/// What to publish.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Whether the encoder may reorder frames.
    pub b_frames: bool,
    /// Seconds between keyframes.
    pub keyframe_every: u32,
    /// Whether there is sound.
    pub sound: bool,
    /// Upright, 288 × 512 pixels, as shops are watched on phones; else 320 × 180.
    pub upright: bool,
    /// Times that size.
    pub scale: u32,
}

impl Default for Picture {
    fn default() -> Self {
        Self { b_frames: false, keyframe_every: 1, sound: true, upright: true, scale: 1 }
    }
}

/// A running encoder. Dropping it cuts its connection.
#[derive(Debug)]
pub struct Publisher {
    child: Child,
}

impl Publisher {
    /// Starts to publish `picture` to `url`.
    pub fn start(url: &str, picture: Picture) -> Result<Self> {
        let Picture { b_frames, keyframe_every, sound, upright, scale } = picture;
        let (width, height) = if upright { (288, 512) } else { (320, 180) };
        let mut command = Command::new("ffmpeg");
        command.args(["-hide_banner", "-nostdin", "-loglevel", "error", "-re", "-f", "lavfi", "-i"]);
        command.arg(format!("testsrc2=size={}x{}:rate={FRAME_RATE}", width * scale, height * scale));
        if sound {
            command.args(["-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"]);
            command.args(["-c:a", "aac", "-b:a", "64k"]);
        }
        command.args(["-vf", &bar_code(CELL * scale), "-pix_fmt", "yuv420p"]);
        command.args(["-c:v", "libx264", "-preset", "ultrafast", "-b:v", &format!("{}k", 400 * scale)]);
        command.args(if b_frames { ["-bf", "2"] } else { ["-tune", "zerolatency"] });
        let distance = (keyframe_every * FRAME_RATE).to_string();
        command.args(["-g", &distance, "-keyint_min", &distance, "-sc_threshold", "0", "-f", "flv", url]);
        let child = command.stdin(Stdio::null()).kill_on_drop(true).spawn().context("cannot start ffmpeg")?;
        Ok(Self { child })
    }

    /// Drops off the network: SIGKILL, no goodbye.
    pub async fn drop_off(&mut self) -> Result<()> {
        self.child.kill().await.context("cannot kill ffmpeg")
    }

    /// Fails when the server has cut it off.
    pub fn still_running(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("ffmpeg ended with {status}"),
        }
    }

    /// Waits for the server to cut it off.
    pub async fn cut_off(&mut self, limit: Duration) -> Result<()> {
        tokio::time::timeout(limit, self.child.wait()).await.context("the publisher was not refused")??;
        Ok(())
    }
}

fn bar_code(cell: u32) -> String {
    let mut filter = format!("drawbox=x=0:y=0:w={}:h={cell}:color=black:t=fill", cell * (BITS + 2));
    let _ = write!(filter, ",drawbox=x=0:y=0:w={cell}:h={cell}:color=white:t=fill");
    for bit in 0..BITS {
        let (x, weight) = (cell * (bit + 1), 1_u32 << bit);
        let enable = format!("enable='gte(mod(floor(n/{weight})\\,2)\\,1)'");
        let _ = write!(filter, ",drawbox=x={x}:y=0:w={cell}:h={cell}:color=white:t=fill:{enable}");
    }
    filter
}
