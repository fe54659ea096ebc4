//! One visit of a page that plays one stream with one player, and what its watcher saw.

use crate::{bench::Bench, peers::Player};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::{Browser, DESKTOP},
    link::Link,
    site::{File, Site},
    wait::until,
};

const WATCHER: &str = include_str!("watcher.js");
/// The same box for each; wide enough for every rung of the ladder in `trace`.
const STYLE: &str =
    "body { margin: 0 } live-stall, video, .video-js { display: block; width: 854px; height: 480px }";
/// Nothing that plays takes longer.
const FIRST_FRAME: Duration = Duration::from_secs(30);

/// What a page is like beyond its player.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extras {
    /// Lies beside the page: a recording.
    pub(crate) files: Vec<File>,
    /// Runs after the player's own script.
    pub(crate) script: &'static str,
    /// Whether the page is isolated from other origins, as `measureUserAgentSpecificMemory` demands.
    pub(crate) isolated: bool,
}

/// A page with a player in it.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) browser: Browser,
    pub(crate) site: Site,
    url: String,
}

/// What `watcher.js` has seen so far; times in milliseconds of the page's clock.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Seen {
    pub(crate) first_frame: Option<f64>,
    /// From two seconds after the first frame on.
    pub(crate) stalls: f64,
    pub(crate) stalled_ms: f64,
    pub(crate) longest_task: f64,
    /// `[page's clock, media seconds, the picture's age, the picture's height]`.
    pub(crate) looks: Vec<(f64, f64, Option<f64>, u32)>,
    /// `[page's clock, media seconds that it is for]`.
    pub(crate) events: Vec<(f64, f64)>,
    /// `[page's clock, media seconds]`.
    pub(crate) frames: Vec<(f64, f64)>,
    pub(crate) errors: Vec<String>,
}

impl Session {
    /// Opens a page that plays `stream`, in a browser of its own.
    pub(crate) async fn open(bench: &Bench, player: Player, stream: &str, extras: Extras) -> Result<Self> {
        let site = site(bench, player, stream, extras).await?;
        let url = site.origin().to_owned();
        Self::open_at(site, url).await
    }

    /// The same through `link`, which the page shares with whatever else goes through it.
    pub(crate) async fn open_through(
        bench: &Bench,
        player: Player,
        stream: &str,
        extras: Extras,
        link: &mut Link,
    ) -> Result<Self> {
        let site = site(bench, player, stream, extras).await?;
        let url = link.to(site.origin()).await?;
        Self::open_at(site, url).await
    }

    async fn open_at(site: Site, url: String) -> Result<Self> {
        let browser = Browser::start(DESKTOP).await?;
        browser.open(&url).await?;
        Ok(Self { browser, site, url })
    }

    /// Leaves the page and comes again.
    pub(crate) async fn visit_again(&self) -> Result<()> {
        self.browser.open("about:blank").await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        self.browser.open(&self.url).await
    }

    /// Waits for the first frame; answers when it was.
    pub(crate) async fn first_frame(&self) -> Result<f64> {
        let waited = until("a first frame", FIRST_FRAME, async || Ok(self.seen().await?.first_frame)).await;
        match waited {
            Ok(at) => Ok(at),
            Err(error) => {
                bail!("{error}; {:?}; {:?}", self.seen().await?.errors, self.browser.console().await?)
            }
        }
    }

    /// Runs the body of a function in the page.
    pub(crate) async fn run(&self, script: &str) -> Result<serde_json::Value> {
        self.browser.run(script, &[]).await
    }

    /// What was seen so far.
    pub(crate) async fn seen(&self) -> Result<Seen> {
        Ok(serde_json::from_value(self.run("return watcher.state").await?)?)
    }

    /// The page's clock, ms.
    pub(crate) async fn now(&self) -> Result<f64> {
        self.run("return performance.now()").await?.as_f64().context("the page has no clock")
    }

    /// Seconds of work on the page's main thread so far.
    pub(crate) async fn main_thread(&self) -> Result<f64> {
        main_thread(&self.browser).await
    }
}

/// Seconds of work on the main thread of `browser`'s page since `Performance.enable`.
pub(crate) async fn main_thread(browser: &Browser) -> Result<f64> {
    let answer = browser.devtools("Performance.getMetrics", json!({})).await?;
    let metrics = answer["metrics"].as_array().context("no metrics")?;
    let busy = metrics.iter().find(|metric| metric["name"] == "TaskDuration").context("no TaskDuration")?;
    busy["value"].as_f64().context("TaskDuration is no number")
}

impl Seen {
    /// Ages of the picture between two moments of the page's clock.
    pub(crate) fn ages(&self, from: f64, to: f64) -> Vec<f64> {
        let then = self.looks.iter().filter(|look| (from..to).contains(&look.0));
        then.filter_map(|look| look.2).collect()
    }
}

async fn site(bench: &Bench, player: Player, stream: &str, extras: Extras) -> Result<Site> {
    let body = player.body(stream);
    let page = format!(
        "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><style>{STYLE}</style><script>{WATCHER}</script>{body}{}",
        extras.script
    );
    let mut files = vec![File::new("/", page)];
    files.extend(bench.files(player)?);
    files.extend(extras.files);
    if extras.isolated {
        files = files.into_iter().map(isolated).collect();
    }
    Site::serve(files).await
}

fn isolated(file: File) -> File {
    file.with("cross-origin-opener-policy", "same-origin")
        .with("cross-origin-embedder-policy", "require-corp")
}
