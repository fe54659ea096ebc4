//! A merchant's page with our element in it, and a recording beside it.

use crate::{
    browser::DESKTOP,
    page::Page,
    show::Show,
    site::{File, Site},
    vod::{self, Rung},
};
use anyhow::Result;

/// Seconds that the recording lasts.
pub const SECONDS: u32 = 12;

/// Opens a page of `html`, after `head` and the loader's script, with a recording of three qualities at
/// `/vod/index.m3u8` and `files` on the page's own origin.
pub async fn with_recording(show: &Show, head: &str, html: &str, files: Vec<File>) -> Result<(Site, Page)> {
    let ladder = [(160, 90, 150), (320, 180, 300), (640, 360, 700)];
    let ladder = ladder.map(|(width, height, kilobits)| Rung { width, height, kilobits });
    let mut all = vod::record(SECONDS, &ladder).await?;
    all.extend(files);
    let shop = show.server.origin();
    let page = format!(
        "<!doctype html><html lang=en><title>A shop</title>{head}\
         <script type=module src='{shop}/embed/live-stall.js'></script><main>{html}</main>"
    );
    all.push(File::new("/", page));
    let site = Site::serve(all).await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    Ok((site, page))
}
