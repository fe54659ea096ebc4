//! One visit of a page with one danmaku engine over a picture.

use super::{engine::Engine, picture};
use crate::{bench::Bench, session::main_thread};
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::json;
use tests::{
    browser::{Browser, Window},
    site::{File, Site},
};

/// The stage of 1,280 × 720, and what a browser puts around it.
const WINDOW: Window = Window { width: 1280, height: 900 };

/// A page whose engine is up, with nothing on the screen that counts.
pub(super) struct Page {
    browser: Browser,
    _site: Site,
}

impl Page {
    /// Opens one in a browser of its own.
    pub(super) async fn open(bench: &Bench<Engine>, engine: Engine) -> Result<Self> {
        let mut files = bench.files(engine)?;
        files.push(File::new("/", engine.page(&files)?));
        files.push(File::new("/picture.mp4", picture::bytes().await?));
        let site = Site::serve(files).await?;
        let browser = Browser::start(WINDOW).await?;
        browser.open(site.origin()).await?;
        browser.devtools("Performance.enable", json!({"timeDomain": "timeTicks"})).await?;
        let page = Self { browser, _site: site };
        if let Err(error) = page.get::<()>("bench.ready()").await {
            bail!("{error}; {:?}", page.browser.console().await?);
        }
        Ok(page)
    }

    /// What a JavaScript expression, or the promise that it is, comes to.
    pub(super) async fn get<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let value = self.browser.run(&format!("return {expression}"), &[]).await?;
        serde_json::from_value(value).with_context(|| format!("{expression} is not what was expected"))
    }

    /// ms of work on the page's main thread so far.
    pub(super) async fn busy(&self) -> Result<f64> {
        Ok(main_thread(&self.browser).await? * 1_000.0)
    }
}
