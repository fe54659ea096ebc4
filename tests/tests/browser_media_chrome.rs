//! media-chrome from npm drives the element as it is: nothing in between that knows the one or the other.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use tests::{
    merchant,
    page::Page,
    show::{ROOM, Show},
    site::{File, Site},
};

/// What a page writes that uses media-chrome.
const CONTROLS: &str = "<media-loading-indicator slot=centered-chrome></media-loading-indicator>\
    <media-error-dialog slot=dialog></media-error-dialog>\
    <media-rendition-menu hidden anchor=auto></media-rendition-menu>\
    <media-control-bar><media-play-button></media-play-button><media-seek-forward-button seekoffset=5></media-seek-forward-button>\
    <media-live-button></media-live-button><media-time-range></media-time-range><media-time-display showduration></media-time-display>\
    <media-mute-button></media-mute-button><media-volume-range></media-volume-range>\
    <media-playback-rate-button></media-playback-rate-button><media-captions-button></media-captions-button>\
    <media-rendition-menu-button></media-rendition-menu-button><media-pip-button></media-pip-button>\
    <media-fullscreen-button></media-fullscreen-button></media-control-bar>";

/// A page with the element in media-chrome's controller.
async fn controlled(show: &Show, attributes: &str) -> Result<(Site, Page)> {
    let folder = std::env::var("LIVESTALL_MEDIA_CHROME").context(
        "LIVESTALL_MEDIA_CHROME names the folder of media-chrome's builds: `cargo xtask test` sets it",
    )?;
    let script = std::fs::read(Path::new(&folder).join("iife/all.js")).context("cannot read media-chrome")?;
    let html = format!(
        "<media-controller style='width: 900px'><live-stall slot=media muted {attributes}></live-stall>{CONTROLS}</media-controller>"
    );
    let files = vec![File::new("/media-chrome.js", script)];
    merchant::with_recording(show, "<script src=/media-chrome.js></script>", &html, files).await
}

fn none_fails(found: &Value) -> Result<()> {
    ensure!(found == &json!([]), "these do not hold: {found:#}");
    Ok(())
}

#[tokio::test]
async fn media_chrome_drives_a_recording() -> Result<()> {
    let show = Show::prepare().await?;
    let (_site, page) = controlled(&show, "src=/vod/index.m3u8").await?;
    none_fails(&page.run(include_str!("embed/media_chrome.js"), &[]).await?)?;

    let filled = "return [document.fullscreenElement?.localName ?? null, \
        document.querySelector('media-controller').hasAttribute('mediaisfullscreen')]";
    for expected in [json!(["media-controller", true]), json!([null, false])] {
        page.click("media-fullscreen-button").await?;
        page.until("full screen is as the button says", Duration::from_secs(10), async || {
            Ok((page.run(filled, &[]).await? == expected).then_some(()))
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn media_chrome_drives_a_live_stream() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let attributes = format!("src='{}/live/{ROOM}/index.m3u8' autoplay", show.server.origin());
    let (_site, page) = controlled(&show, &attributes).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    none_fails(&page.run(include_str!("embed/media_chrome_live.js"), &[]).await?)
}

#[tokio::test]
async fn media_chrome_shows_the_error() -> Result<()> {
    let show = Show::prepare().await?;
    let (_site, page) = controlled(&show, "src=/media-chrome.js autoplay").await?;
    page.until("media-chrome tells the error", Duration::from_secs(15), async || {
        let script = "const dialog = document.querySelector('media-error-dialog'); \
            return [dialog.open, dialog.mediaErrorCode, dialog.mediaErrorMessage.includes('EXTM3U')]";
        Ok((page.run(script, &[]).await? == json!([true, 4, true])).then_some(()))
    })
    .await
}
