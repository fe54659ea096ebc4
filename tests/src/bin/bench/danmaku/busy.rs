//! `busy-room`: what a viewer's page holds, and how long it is ever busy, in a room with fifty comments and five gifts a
//! second. Ours alone: no peer has a room.

use super::engine::Engine;
use crate::{
    bench::Bench,
    contender::Contender,
    process,
    report::{Goal, Trend},
};
use ::tests::{
    api::Api,
    browser::PHONE,
    page::Page,
    show::{ROOM, Show},
};
use anyhow::{Context, Result};
use protocol::{Command, DanmakuMode, Say, SendGift};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::{task::JoinSet, time::interval};

const SHORT: Duration = Duration::from_secs(180);
const LONG: Duration = Duration::from_secs(3_600);
const EVERY: Duration = Duration::from_secs(10);
/// Who comments; each once in `COMMENT`, which makes fifty a second.
const SPEAKERS: usize = 60;
const COMMENT: Duration = Duration::from_millis(1_200);
/// Who gives; each once in `GIFT`, which makes five a second.
const GIVERS: usize = 5;
const GIFT: Duration = Duration::from_secs(1);
const MEGABYTE: f64 = 1e6;
/// Until the picture plays and what comes up first is up.
const SETTLE: Duration = Duration::from_secs(10);

const TASKS: &str = "window.tasks = []; new PerformanceObserver(list => list.getEntries().forEach(task => \
    tasks.push(task.duration))).observe({type: 'longtask'})";

pub(super) async fn measure(bench: &Bench<Engine>, row: &'static str) -> Result<()> {
    let flat = Goal { text: "flat: ≤ 0.1 MB", reached: |medians| Some(medians.ours()? <= 0.1) };
    let none = Goal { text: "≤ 50 ms", reached: |medians| Some(medians.ours()? <= 50.0) };
    let heads = [
        ("longest task, ms (0: none past 50)", none),
        ("JavaScript's heap after collection, MB", Goal::NONE),
        ("its slope a minute, MB", flat),
        ("renderer process, MB", Goal::NONE),
        ("its slope a minute, MB", flat),
        ("comments shown, merged or dropped", Goal::NONE),
    ];
    let time = bench.options.watched(SHORT, LONG);
    let note = format!(
        "{} min on a phone-sized page of our own server, 50 comments and 5 gifts a second by {} users; slopes over the last \
         two thirds; the process by its private pages, the player's buffers and WASM included",
        time.as_secs() / 60,
        SPEAKERS + GIVERS
    );
    bench.compare(row, &[Engine::OURS], heads, &note, async |_| watch(time).await).await;
    Ok(())
}

async fn watch(time: Duration) -> Result<[f64; 6]> {
    let (show, _publisher) = Show::live().await?;
    let version = offer_gift(&show).await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await?;
    tokio::time::sleep(SETTLE).await;
    page.browser.devtools("Performance.enable", json!({})).await?;
    page.run(TASKS, &[]).await?;
    let mut crowd = JoinSet::new();
    for number in 0..SPEAKERS + GIVERS {
        let user = user(&show, &format!("guest{number}")).await?;
        // Spread over the time between two, so that they do not come in bursts.
        if number < SPEAKERS {
            crowd.spawn(speak(user, number));
        } else {
            crowd.spawn(give(user, number, version));
        }
    }
    let (started, mut heaps, mut pages, mut longest) = (Instant::now(), Vec::new(), Vec::new(), 0_f64);
    while started.elapsed() < time {
        tokio::time::sleep(EVERY).await;
        let minutes = started.elapsed().as_secs_f64() / 60.0;
        longest =
            longest.max(page.run("return Math.max(0, ...tasks)", &[]).await?.as_f64().context("no tasks")?);
        heaps.push((minutes, heap(&page).await? / MEGABYTE));
        pages.push((minutes, process::renderer(&page.browser)? as f64 / MEGABYTE));
        // The collection was our own doing.
        page.run("tasks.length = 0", &[]).await?;
    }
    crowd.abort_all();
    let told = "const d = probe.stall().stats.danmaku; return d.shown + d.merged + d.dropped";
    let told = page.run(told, &[]).await?.as_f64().context("no comments are counted")?;
    let (heaps, pages) = (Trend::of(&heaps)?, Trend::of(&pages)?);
    Ok([longest, heaps.last, heaps.slope, pages.last, pages.slope, told])
}

/// Puts a gift that costs nothing in force; answers the catalogue's version.
async fn offer_gift(show: &Show) -> Result<u64> {
    let folder = tempfile::tempdir()?;
    let drawing =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle cx='4' cy='4' r='4'/></svg>";
    std::fs::write(folder.path().join("tea.svg"), drawing)?;
    let gifts = json!({"gifts": [{"id": 1, "name": {"zh-CN": "一盏茶", "en": "A cup of tea"}, "price": 0, "tier": "small",
        "format": "image", "asset": "tea.svg"}]});
    let file = folder.path().join("gifts.json");
    std::fs::write(&file, gifts.to_string())?;
    show.server.admin(&["gifts", "import", file.to_str().context("a temporary path is text")?]).await?;
    Ok(show.server.api()?.get::<protocol::GiftCatalogue>("/api/v1/gifts").await?.version)
}

async fn user(show: &Show, name: &str) -> Result<Api> {
    show.server.admin(&["user", "create", name]).await?;
    let token = show.server.admin(&["token", name]).await?;
    Ok(show.server.api()?.with_token(&token))
}

async fn speak(user: Api, number: usize) {
    let words = ["这个颜色真好看", "love that glaze", "包邮吗", "still there?", "主播晚上好～", "哈哈哈哈"];
    tokio::time::sleep(COMMENT * u32::try_from(number).unwrap_or(0) / u32::try_from(SPEAKERS).unwrap_or(1))
        .await;
    let mut ticks = interval(COMMENT);
    for turn in 0_usize.. {
        ticks.tick().await;
        let word = words[(number + turn) % words.len()];
        let say = Say {
            client_id: ::tests::api::fresh_key(),
            text: format!("{word} {turn}"),
            at: None,
            mode: DanmakuMode::Scroll,
            color: None,
        };
        // One that is lost is one less to show; how many were is in the row.
        _ = user.command(ROOM, &Command::Say(say)).await;
    }
}

async fn give(user: Api, number: usize, catalogue_version: u64) {
    tokio::time::sleep(
        GIFT * u32::try_from(number % GIVERS).unwrap_or(0) / u32::try_from(GIVERS).unwrap_or(1),
    )
    .await;
    let mut ticks = interval(GIFT);
    loop {
        ticks.tick().await;
        let (client_id, combo) = (::tests::api::fresh_key(), format!("row{number}"));
        let send = SendGift { client_id, gift: 1, count: 1, combo, catalogue_version, at: None };
        _ = user.command(ROOM, &Command::SendGift(send)).await;
    }
}

/// Bytes of JavaScript's heap, once the browser has collected garbage.
async fn heap(page: &Page) -> Result<f64> {
    page.browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    let answer = page.browser.devtools("Performance.getMetrics", json!({})).await?;
    let metrics = answer["metrics"].as_array().context("no metrics")?;
    let used =
        metrics.iter().find(|metric| metric["name"] == "JSHeapUsedSize").context("no JSHeapUsedSize")?;
    used["value"].as_f64().context("JSHeapUsedSize is no number")
}
