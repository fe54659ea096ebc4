//! The host's studio in a real browser: what the host pins is pinned at the picture that the host was looking at.

use anyhow::{Context, Result, ensure};
use protocol::EventBody;
use serde_json::json;
use std::time::Duration;
use tests::{
    api::PASSWORD,
    browser::{DESKTOP, PHONE},
    page::Page,
    parts::PINNED,
    publisher::FRAME_RATE,
    show::{ROOM, Show},
};

const PIN: &str = ".goods-products .row .command .button";

#[tokio::test]
async fn the_host_pins_from_the_studio_at_the_picture_that_the_host_sees() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let anchor = show.first_picture().await?;
    let origin = show.server.origin();
    let viewer = Page::open_playing(&format!("{origin}/room/{ROOM}"), PHONE).await?;
    let host = Page::open(&format!("{origin}/login"), DESKTOP).await?;
    host.fill("#name", "lin").await?;
    host.fill("#password", PASSWORD).await?;
    host.press_enter().await?;
    let left = "return location.pathname !== '/login'";
    host.until("the host is logged in", Duration::from_secs(10), async || {
        Ok((host.run(left, &[]).await? == json!(true)).then_some(()))
    })
    .await?;
    host.go(&format!("{origin}/studio/{ROOM}")).await?;
    host.picture_moves(Duration::from_secs(20)).await?;
    host.shows(PIN, "").await?;

    viewer.watch("card", PINNED, &show.tea.title).await?;
    let drawn = |frame: Option<u32>| {
        frame.map(|frame| anchor + i64::from(frame) * 1_000 / i64::from(FRAME_RATE)).context("no picture")
    };
    let before = drawn(host.picture().await?.frame)?;
    host.click(PIN).await?;
    let after = drawn(host.picture().await?.frame)?;
    let passed = drawn(viewer.picture().await?.frame)?;
    let seen = drawn(viewer.seen("card", Duration::from_secs(10)).await?.frame)?;

    let events = show.host.events(ROOM, 0).await?;
    let pin = events.iter().find(|event| matches!(event.body, EventBody::ProductPinned { .. }));
    let at = pin.context("nothing was pinned")?.at.millis();
    ensure!((before - 100..=after + 100).contains(&at), "pinned at {at}, the host saw {before} to {after}");
    ensure!(seen >= at - 250, "the card came {} ms before its picture", at - seen);
    // A viewer who is nearer to live than the host has passed that picture: then the card shows at once.
    let due = at.max(passed);
    ensure!(seen <= due + 500, "the card came {} ms after it was due", seen - due);
    host.shows(".goods-products .row-flag", "").await
}
