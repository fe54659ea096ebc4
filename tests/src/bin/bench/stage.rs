//! A show on the air for every player alike: our server, and a camera that films the wall clock.

use anyhow::{Context, Result};
use std::time::Duration;
use tests::{
    camera::Camera,
    server::Server,
    show::{ROOM, Show},
};

/// The window is full, as it is for whoever joins a show.
const SETTLE: Duration = Duration::from_secs(6);

/// A live stream. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Stage {
    // Fields drop in order: the camera leaves before its server does.
    _camera: Camera,
    show: Show,
    /// ms, as the playlist says.
    pub(crate) part_ms: u32,
}

impl Stage {
    /// On the air, with parts of `part_ms` if the server can.
    pub(crate) async fn live(part_ms: u32) -> Result<Self> {
        let server = Server::start_with(vec![("LIVESTALL_PART_MS", part_ms.to_string())]).await?;
        let show = Show::prepare_on(server).await?;
        let mut camera = Camera::start(&show.publish_url)?;
        show.on_the_air(|| camera.still_running()).await?;
        tokio::time::sleep(SETTLE).await;
        let part_ms = part_target(&show).await?;
        Ok(Self { _camera: camera, show, part_ms })
    }

    /// Where the server is: `http://127.0.0.1:PORT`.
    pub(crate) fn origin(&self) -> String {
        self.show.server.origin()
    }

    /// The stream as it is reached at `origin`.
    pub(crate) fn stream_at(origin: &str) -> String {
        format!("{origin}/live/{ROOM}/index.m3u8")
    }

    /// The stream.
    pub(crate) fn stream(&self) -> String {
        Self::stream_at(&self.origin())
    }
}

async fn part_target(show: &Show) -> Result<u32> {
    let request = show.server.api()?.request(reqwest::Method::GET, &format!("/live/{ROOM}/media.m3u8"));
    let playlist = request.send().await?.text().await?;
    let target = playlist.lines().find_map(|line| line.strip_prefix("#EXT-X-PART-INF:PART-TARGET="));
    let seconds: f64 = target.context("no PART-TARGET in the playlist")?.parse()?;
    Ok((seconds * 1_000.0).round() as u32)
}
