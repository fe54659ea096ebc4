//! What plays beneath the comments: two hours, so that one may seek, and so little of it that it costs nothing.

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::{process::Command, sync::OnceCell};

/// Seconds.
const LENGTH: u32 = 7_200;

static PICTURE: OnceCell<Vec<u8>> = OnceCell::const_new();

/// An MP4 of a picture a second, made once.
pub(super) async fn bytes() -> Result<Vec<u8>> {
    PICTURE.get_or_try_init(make).await.cloned()
}

async fn make() -> Result<Vec<u8>> {
    let folder = TempDir::with_prefix("livestall-picture-")?;
    let path = folder.path().join("picture.mp4");
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i"]);
    command.arg(format!("color=c=0x1b2530:size=320x180:rate=1:duration={LENGTH}"));
    command.args(["-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-pix_fmt", "yuv420p"]);
    command.args(["-movflags", "+faststart"]).arg(&path);
    let output = command.output().await.context("cannot start ffmpeg")?;
    ensure!(output.status.success(), "ffmpeg fails: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}
