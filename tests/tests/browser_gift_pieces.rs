//! The modules that gifts are played by, each by itself in a real browser: tables of sentences that are to hold.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    browser::DESKTOP,
    page::Page,
    site::{File, Site},
};

/// Runs a table of sentences on modules of the embed, by themselves; those that do not hold are the failure.
async fn hold(script: &str, modules: &[(&str, &str)]) -> Result<()> {
    let mut files = vec![File::new("/", "<!doctype html><title>A module</title><body></body>")];
    files.extend(modules.iter().map(|(name, source)| File::new(name, *source)));
    let site = Site::serve(files).await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    let found = page.run(script, &[]).await?;
    ensure!(found == json!([]), "these do not hold: {found:#}");
    Ok(())
}

#[tokio::test]
async fn decoded_assets_stay_within_their_budget() -> Result<()> {
    let store = ("/gift_store.js", include_str!("../../www/embed/gift_store.js"));
    hold(include_str!("gifts/store.js"), &[store]).await
}

#[tokio::test]
async fn a_film_s_layout_is_read_or_refused() -> Result<()> {
    hold(include_str!("gifts/vapc.js"), &[("/vapc.js", include_str!("../../www/embed/vapc.js"))]).await
}

#[tokio::test]
async fn a_performance_ends_by_itself_when_told_to_and_when_it_is_too_much() -> Result<()> {
    let stage = ("/gift_stage.js", include_str!("../../www/embed/gift_stage.js"));
    let dom = ("/dom.js", include_str!("../../www/embed/dom.js"));
    hold(include_str!("gifts/stage.js"), &[stage, dom]).await
}
