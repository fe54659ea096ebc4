//! `live`: joining and watching a low-latency live stream.

use crate::{
    Options,
    player::{Player, hls_light},
    table::{Row, median, print},
};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::time::Duration;
use tests::{
    browser::DESKTOP,
    page::Page,
    publisher::{FRAME_RATE, Picture},
    show::{ROOM, Show},
};
use tokio::time::sleep;

/// What joining stirs up has settled.
const SETTLE: Duration = Duration::from_secs(6);
/// Watched without being looked at, for the main thread's time.
const QUIET: Duration = Duration::from_secs(20);
/// Looked at for the latency.
const LOOKS: u32 = 120;
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// What one run of one player gave.
#[derive(Debug, Clone)]
struct Run {
    first_frame_ms: f64,
    latency_ms: f64,
    waits: f64,
    bytes: f64,
    main_thread: f64,
}

/// Plays one stream with each player in turn, `runs` times over.
pub(crate) async fn run(options: &Options) -> Result<()> {
    let show = Show::prepare().await?;
    let _publisher =
        show.publish(Picture { upright: false, scale: 2, keyframe_every: 2, ..Picture::default() }).await?;
    let anchor = show.first_picture().await?;
    // The window is full, as it is for whoever joins a show.
    sleep(SETTLE).await;
    let mut runs: Vec<(Player, Run)> = Vec::new();
    for round in 1..=options.runs {
        for player in Player::ALL {
            eprintln!("    run {round} of {}: {}", options.runs, player.name());
            runs.push((player, watch(&show, player, anchor).await?));
        }
    }
    let mut rows: Vec<Row> = Player::ALL.iter().map(|player| row(*player, &runs)).collect();
    let light = hls_light()? as f64;
    rows.push(Row {
        name: "hls.js 1.7.4, light build".to_owned(),
        values: vec![None, None, None, Some(light), None],
    });
    let heads = ["first_frame_ms", "latency_ms", "stalls_in_50_s", "brotli_bytes", "main_thread_ms_per_s"];
    print(
        &format!("live: 640×360 at 30/s, 200 ms parts, medians of {} runs", options.runs),
        &heads,
        &rows,
        options.json,
    )
}

async fn watch(show: &Show, player: Player, anchor: i64) -> Result<Run> {
    let shop = show.server.origin();
    let site = player.site(&shop, &format!("{shop}/live/{ROOM}/index.m3u8")).await?;
    let page = Page::open_playing(site.origin(), DESKTOP).await?;
    page.browser.devtools("Performance.enable", json!({"timeDomain": "timeTicks"})).await?;
    sleep(SETTLE).await;
    let before = main_thread(&page).await?;
    sleep(QUIET).await;
    let main_thread = (main_thread(&page).await? - before) / QUIET.as_secs_f64();

    let mut latencies = Vec::new();
    for _ in 0..LOOKS {
        let picture = page.picture().await?;
        if let Some(frame) = picture.frame {
            latencies.push(picture.wall - anchor as f64 - f64::from(frame) * 1_000.0 / f64::from(FRAME_RATE));
        }
        sleep(LOOK_EVERY).await;
    }
    let script = "return [window.firstFrame, window.waits, performance.getEntriesByType('resource').map(it => it.name)]";
    let counted = page.run(script, &[]).await?;
    let loaded: Vec<String> = serde_json::from_value(counted[2].clone())?;
    Ok(Run {
        first_frame_ms: number(&counted[0])?,
        latency_ms: median(latencies).context("no picture was seen")?,
        waits: number(&counted[1])?,
        bytes: player.bytes(&loaded)? as f64,
        main_thread: main_thread * 1_000.0,
    })
}

/// Seconds of work on the page's main thread so far.
async fn main_thread(page: &Page) -> Result<f64> {
    let answer = page.browser.devtools("Performance.getMetrics", json!({})).await?;
    let metrics = answer["metrics"].as_array().context("no metrics")?;
    let duration =
        metrics.iter().find(|metric| metric["name"] == "TaskDuration").context("no TaskDuration")?;
    number(&duration["value"])
}

fn number(value: &Value) -> Result<f64> {
    value.as_f64().with_context(|| format!("expected a number, found {value}"))
}

fn row(player: Player, runs: &[(Player, Run)]) -> Row {
    let of = |pick: fn(&Run) -> f64| {
        median(runs.iter().filter(|(whose, _)| *whose == player).map(|(_, run)| pick(run)).collect())
    };
    let values = vec![
        of(|run| run.first_frame_ms),
        of(|run| run.latency_ms),
        of(|run| run.waits),
        of(|run| run.bytes),
        of(|run| run.main_thread),
    ];
    Row { name: player.name().to_owned(), values }
}
