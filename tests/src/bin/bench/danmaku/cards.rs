//! `cards`: how far a pinned product's card is from the picture that it was pinned at, for viewers at three distances from
//! live at one time, and in the replay. Peers have no picture that a card belongs to: theirs shows when it arrives.

use super::engine::Engine;
use crate::{
    bench::Bench,
    contender::Contender,
    report::{Goal, quantile},
};
use ::tests::{
    browser::PHONE,
    page::Page,
    publisher::FRAME_RATE,
    show::{ROOM, Show},
    wait::until,
};
use anyhow::{Context, Result, ensure};
use protocol::Command;
use serde::Deserialize;
use std::time::Duration;
use tokio::time::sleep;

/// Seconds that the viewers are behind live.
const BEHIND: [f64; 3] = [1.0, 5.0, 20.0];
/// Time before anybody comes: as far back as the last of them goes, and some more.
const BEFORE: Duration = Duration::from_secs(26);
const PINS: usize = 8;
const BETWEEN: Duration = Duration::from_secs(3);

/// Keeps what the picture was whenever another card showed.
const RECORD: &str = "window.cards = []; let last = ''; const look = () => { \
    const card = probe.find('.card.pinned'); const title = probe.visible(card) ? card.querySelector('h3').textContent : ''; \
    if (title && title !== last) { cards.push({title, frame: probe.frame()}); last = title } \
    requestAnimationFrame(look) }; requestAnimationFrame(look)";

/// A card that came up.
#[derive(Debug, Deserialize)]
struct Card {
    title: String,
    /// The number in the picture.
    frame: Option<f64>,
}

/// A pin: what, and the moment of the picture.
struct Pin {
    title: String,
    at: i64,
}

pub(super) async fn measure(bench: &Bench<Engine>, row: &'static str) -> Result<()> {
    let near = Goal { text: "≤ 100 ms", reached: |medians| Some(medians.ours()? <= 100.0) };
    let heads = [
        ("1 s behind, 95 %, ms", near),
        ("5 s behind, 95 %, ms", near),
        ("20 s behind, 95 %, ms", near),
        ("replay, 95 %, ms", near),
    ];
    let note = "8 pins, 3 s apart, three viewers at once; from the number painted into the picture when the card came up \
                to the picture that it was pinned at";
    bench.compare(row, &[Engine::OURS], heads, note, async |_| watch().await).await;
    Ok(())
}

async fn watch() -> Result<[f64; 4]> {
    let (show, publisher) = Show::live().await?;
    let first = show.first_picture().await?;
    sleep(BEFORE).await;
    let room = format!("{}/room/{ROOM}", show.server.origin());
    let mut viewers = Vec::new();
    for behind in BEHIND {
        let page = Page::open_playing(&room, PHONE).await?;
        let back = format!(
            "const stall = probe.stall(); stall.currentTime -= Math.max(0, {behind} - stall.latency)"
        );
        page.run(&back, &[]).await?;
        page.picture_moves(Duration::from_secs(20)).await?;
        page.run(RECORD, &[]).await?;
        viewers.push(page);
    }
    let mut pins = Vec::new();
    for number in 0..PINS {
        let product = if number % 2 == 0 { &show.tea } else { &show.cup };
        let seq = show.host.command(ROOM, &Command::PinProduct { product: product.id, at: None }).await?;
        let events = show.host.events(ROOM, seq - 1).await?;
        let at = events.first().context("the pin is not in the log")?.at.millis();
        pins.push(Pin { title: product.title.clone(), at });
        sleep(BETWEEN).await;
    }
    let mut off = Vec::new();
    for page in &viewers {
        off.push(distance(page, &pins, first).await?);
    }
    drop(viewers);
    show.host.command(ROOM, &Command::EndShow).await?;
    drop(publisher);
    until("there is a replay", Duration::from_secs(20), async || {
        let shows: Vec<protocol::Show> = show.host.get(&format!("/api/v1/rooms/{ROOM}/shows")).await?;
        Ok(shows.first().is_some_and(|show| show.replay.is_some()).then_some(()))
    })
    .await?;
    let page = Page::open_playing(&format!("{room}?product={}", show.tea.id), PHONE).await?;
    page.run("probe.stall().currentTime = 20", &[]).await?;
    page.run(RECORD, &[]).await?;
    off.push(distance(&page, &pins, first).await?);
    off.try_into().map_err(|_| anyhow::anyhow!("expected four distances"))
}

/// The distance that 95 of 100 cards keep, in milliseconds, once all have come up.
async fn distance(page: &Page, pins: &[Pin], first: i64) -> Result<f64> {
    let cards: Vec<Card> = page
        .until("all cards come up", Duration::from_secs(90), async || {
            let cards: Vec<Card> = serde_json::from_value(page.run("return cards", &[]).await?)?;
            Ok((cards.len() >= pins.len()).then_some(cards))
        })
        .await?;
    let mut off = Vec::new();
    for (card, pin) in cards.iter().zip(pins) {
        ensure!(card.title == pin.title, "expected {:?}, found {cards:?}", pin.title);
        let shown = first as f64 + card.frame.context("no picture")? * 1_000.0 / f64::from(FRAME_RATE);
        off.push((shown - pin.at as f64).abs());
    }
    quantile(&off, 0.95).context("no card was pinned")
}
