//! The player in a real browser: the picture moves, near live, and goes on after the publisher comes back.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::PHONE,
    page::Page,
    publisher::Picture,
    show::{ROOM, Show},
    site::Site,
};

/// A page of our own with nothing but the player: `src` alone loads nothing of the shop.
async fn player(show: &Show) -> Result<(Site, Page)> {
    let shop = show.server.origin();
    let site = Site::start(format!(
        "<!doctype html><script type=module src='{shop}/embed/live-stall.js'></script>\
         <live-stall src='{shop}/live/{ROOM}/index.m3u8' autoplay muted></live-stall>"
    ))
    .await?;
    let page = Page::open_playing(site.origin(), PHONE).await?;
    Ok((site, page))
}

#[tokio::test]
async fn the_picture_moves_and_is_near_live() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let (_site, page) = player(&show).await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    let first = page.picture().await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let second = page.picture().await?;
    let frames = second.frame.context("no picture")?.saturating_sub(first.frame.context("no picture")?);
    ensure!((45..=80).contains(&frames), "{frames} frames in about 2 s: {first:?} {second:?}");

    // The frame on the screen against the one that the encoder is drawing now, by the programme's own clock.
    let anchor = show.first_picture().await?;
    let drawn = anchor + i64::from(second.frame.context("no picture")?) * 1_000 / 30;
    let behind = second.wall as i64 - drawn;
    ensure!((0..2_500).contains(&behind), "the picture is {behind} ms behind the programme clock");
    let program = second.program.context("the element gives no programTime")? as i64;
    ensure!((program - drawn).abs() <= 100, "programTime is {} ms off the picture", program - drawn);
    let latency = (second.latency.context("the element gives no latency")? * 1_000.0) as i64;
    ensure!((latency - behind).abs() <= 250, "latency says {latency} ms, the picture {behind} ms");

    let loaded =
        page.run("return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.endsWith('_seat.js'))", &[]).await?;
    ensure!(
        !loaded.to_string().contains("/embed/overlay"),
        "a page that only plays loaded the shop: {loaded}"
    );
    Ok(())
}

#[tokio::test]
async fn a_publisher_that_drops_and_returns_goes_on_without_a_reload() -> Result<()> {
    let (show, mut publisher) = Show::live().await?;
    let (_site, page) = player(&show).await?;
    page.run("window.notReloaded = true", &[]).await?;
    let anchor = show.first_picture().await?;
    let before = page.picture().await?;
    publisher.drop_off().await?;
    page.shows(".face[data-face=away], .face[data-face=buffering]", "").await?;
    let _publisher = show.publish(Picture::default()).await?;
    // The new encoder counts from nought again, so that its pictures are later than their numbers say.
    let after = page
        .until("the picture of the returned publisher", Duration::from_secs(20), async || {
            let picture = page.picture().await?;
            let Some((frame, program)) = picture.frame.zip(picture.program) else { return Ok(None) };
            let drawn = anchor + i64::from(frame) * 1_000 / 30;
            Ok((program as i64 - drawn > 1_000).then_some(frame))
        })
        .await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let later = page.picture().await?;
    ensure!(later.frame.is_some_and(|frame| frame > after + 30), "it stands still: {after} then {later:?}");
    ensure!(
        later.program > before.program && later.time > before.time,
        "the clock went back: {before:?} {later:?}"
    );
    ensure!(
        page.run("return window.notReloaded === true", &[]).await? == json!(true),
        "the page was reloaded"
    );
    Ok(())
}
