//! The element's own controls, as a viewer uses them, and what keeps people out of them.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use tests::{
    merchant,
    page::Page,
    show::{ROOM, Show},
    site::{File, Site},
};

async fn controlled(show: &Show, attributes: &str, files: Vec<File>) -> Result<(Site, Page)> {
    let html = format!(
        "<h1>Tea</h1><live-stall style='width: 800px' lang=en controls autoplay muted {attributes}></live-stall>"
    );
    merchant::with_recording(show, "", &html, files).await
}

fn none_fails(found: &Value) -> Result<()> {
    ensure!(found == &json!([]), "these do not hold: {found:#}");
    Ok(())
}

#[tokio::test]
async fn the_controls_do_what_they_say() -> Result<()> {
    let show = Show::prepare().await?;
    let (_site, page) = controlled(&show, "src=/vod/index.m3u8", Vec::new()).await?;
    none_fails(&page.run(include_str!("embed/controls.js"), &[]).await?)
}

#[tokio::test]
async fn full_screen_and_picture_in_picture_come_and_go() -> Result<()> {
    let show = Show::prepare().await?;
    let (_site, page) = controlled(&show, "src=/vod/index.m3u8 loop", Vec::new()).await?;
    page.until("it plays", Duration::from_secs(20), async || {
        Ok((page.run("return probe.stall().currentTime > 0", &[]).await? == json!(true)).then_some(()))
    })
    .await?;
    let state = "const { activeElement, pictureInPictureElement } = probe.stall().shadowRoot; \
        const label = part => probe.find(`[part=${part}]`).ariaLabel; \
        return [document.fullscreenElement === probe.stall(), label('fullscreen-control'), \
            pictureInPictureElement === probe.video(), label('pip-control')]";
    let steps = [
        ("fullscreen-control", json!([true, "Exit full screen", false, "Picture in picture"])),
        ("fullscreen-control", json!([false, "Full screen", false, "Picture in picture"])),
        ("pip-control", json!([false, "Full screen", true, "Exit picture in picture"])),
        ("pip-control", json!([false, "Full screen", false, "Picture in picture"])),
    ];
    for (control, expected) in steps {
        page.click(&format!("[part={control}]")).await?;
        page.until(&format!("after {control} it is {expected}"), Duration::from_secs(10), async || {
            Ok((page.run(state, &[]).await? == expected).then_some(()))
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_live_badge_leads_back_to_live() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let stream = format!("src='{}/live/{ROOM}/index.m3u8'", show.server.origin());
    let (_site, page) = controlled(&show, &stream, Vec::new()).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    let badge = "const badge = probe.find('[part=live-control]'); \
        return [probe.visible(badge), badge.ariaLabel, badge.ariaDisabled, probe.stall().paused]";
    let is = async |expected: Value| {
        page.until(&format!("the badge is {expected}"), Duration::from_secs(15), async || {
            Ok((page.run(badge, &[]).await? == expected).then_some(()))
        })
        .await
    };
    is(json!([true, "LIVE", "true", false])).await?;
    page.run("probe.stall().pause()", &[]).await?;
    is(json!([true, "Go to live", "false", true])).await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    page.click("[part=live-control]").await?;
    is(json!([true, "LIVE", "true", false])).await
}

/// What axe-core finds at the element in each of its states.
#[tokio::test]
async fn axe_finds_nothing_that_keeps_people_out() -> Result<()> {
    let folder = std::env::var("LIVESTALL_AXE_CORE")
        .context("LIVESTALL_AXE_CORE names the folder of axe-core's builds: `cargo xtask test` sets it")?;
    let axe = std::fs::read(Path::new(&folder).join("axe.min.js")).context("cannot read axe-core")?;
    let show = Show::prepare().await?;
    let (_site, page) = controlled(&show, "src=/vod/index.m3u8", vec![File::new("/axe.js", axe)]).await?;
    none_fails(&page.run(include_str!("embed/axe.js"), &[]).await?)
}
