//! What a page pays for the player. Whoever makes it heavier raises the number here, in the same change.

use anyhow::{Result, ensure};
use std::time::Duration;
use tests::{
    browser::DESKTOP,
    embed,
    page::Page,
    site::{File, Site},
    vod::{self, Rung},
};

/// Bytes of brotli, JavaScript and WASM together.
const BUDGET: usize = 94_500;

#[tokio::test]
async fn a_page_that_only_plays_loads_two_files_within_the_budget() -> Result<()> {
    let embed = embed::files()?;
    let mut files = vod::record(4, &[Rung { width: 160, height: 90, kilobits: 150 }]).await?;
    files.extend(embed.iter().cloned());
    files.push(File::new(
        "/",
        "<!doctype html><script type=module src=/embed/live-stall.js></script>\
         <live-stall src=/vod/index.m3u8 autoplay muted></live-stall>",
    ));
    let site = Site::serve(files).await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    page.until("the recording plays", Duration::from_secs(20), async || {
        let played = page.run("return document.querySelector('live-stall').currentTime > 1", &[]).await?;
        Ok(played.as_bool().filter(|played| *played))
    })
    .await?;
    let loaded = embed::loaded(&embed, &site);
    let names: Vec<_> = loaded.iter().map(|file| file.path()).collect();
    ensure!(loaded.len() == 2, "expected live-stall.js and the player's module, found {names:?}");
    let mut bytes = 0;
    for file in loaded {
        bytes += embed::brotli(file.body())?.len();
    }
    ensure!(bytes <= BUDGET, "expected at most {BUDGET} bytes of brotli, found {bytes} in {names:?}");
    Ok(())
}
