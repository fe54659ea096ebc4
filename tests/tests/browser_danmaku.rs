//! Comments of a merchant's own page, over a plain stream and without a room.

use anyhow::{Result, ensure};
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::DESKTOP,
    page::Page,
    show::{ROOM, Show},
    site::Site,
};

#[tokio::test]
async fn a_merchant_s_own_comments_fly_over_any_stream_and_each_is_accounted_for() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let shop = show.server.origin();
    let site = Site::start(format!(
        "<!doctype html><script type=module src='{shop}/embed/live-stall.js'></script>\
         <live-stall src='{shop}/live/{ROOM}/index.m3u8' autoplay muted lang=en></live-stall>"
    ))
    .await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    let found = page.run(include_str!("danmaku/local.js"), &[]).await?;
    ensure!(found == json!([]), "these do not hold: {found:#}");
    Ok(())
}
