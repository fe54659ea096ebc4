//! `cues`, `cues-blocked`: how far a player's timed events are from the picture that they belong to.
//!
//! A recording with an `EXT-X-DATERANGE` every 1.37 s. When a picture was shown comes from the browser
//! (`requestVideoFrameCallback`), when an event was told from the player.

use crate::{
    bench::Bench,
    peers::Player,
    report::{Goal, NO_GOAL, median, quantile},
    session::{Extras, Seen, Session},
};
use anyhow::{Context, Result};
use std::{fmt::Write, time::Duration};
use tests::{
    site::File,
    vod::{self, Rung},
};

const RUNG: Rung = Rung { width: 640, height: 360, kilobits: 864 };
const RECORDED: u32 = 46;
const WATCHED: Duration = Duration::from_secs(40);
/// ms; no divisor or multiple of anything else here.
const EVERY_MS: u32 = 1_370;
/// The programme clock of the recording's first picture.
const DAY: &str = "2026-11-22T12:00";
const GOAL: Goal = Goal { text: "≤ 20 ms", reached: |medians| Some(medians.ours()? <= 20.0) };

/// With nothing else to do.
pub(crate) async fn idle(bench: &Bench, row: &'static str) -> Result<()> {
    compare(bench, row, "on a recording, a DATERANGE every 1.37 s", false).await
}

/// With the page's script busy for 1.5 s of every 3 s.
pub(crate) async fn blocked(bench: &Bench, row: &'static str) -> Result<()> {
    compare(bench, row, "the same, the page busy for 1.5 s of every 3 s", true).await
}

async fn compare(bench: &Bench, row: &'static str, note: &str, blocked: bool) -> Result<()> {
    let files = with_cues(vod::record(RECORDED, &[RUNG]).await?)?;
    let heads =
        [("events off by, 95 %, ms", GOAL), ("events off by, median, ms", NO_GOAL), ("events told", NO_GOAL)];
    bench
        .compare(row, &Player::PLAIN, heads, note, async |player| {
            let extras = Extras { files: files.clone(), script: listener(player), ..Extras::default() };
            let session = Session::open(bench, player, "/vod/index.m3u8", extras).await?;
            session.first_frame().await?;
            session.run("watcher.followFrames()").await?;
            if blocked {
                session.run("watcher.block(1500, 3000)").await?;
            }
            tokio::time::sleep(WATCHED).await;
            let seen = session.seen().await?;
            let off = distances(&seen).context("no event was told")?;
            let none = "no event was told";
            Ok([quantile(&off, 0.95).context(none)?, median(&off).context(none)?, off.len() as f64])
        })
        .await;
    Ok(())
}

/// How a page hears of timed events, as each player's document has it.
const fn listener(player: Player) -> &'static str {
    match player {
        // Told on the clock of the player's worker, which is the page's clock too.
        Player::Ours => {
            "<script type=module>document.querySelector('live-stall').addEventListener('stall:cue', \
             ({ detail }) => watcher.tell(detail.start, detail.firedAt - performance.timeOrigin))</script>"
        }
        Player::HlsJs | Player::HlsJsCatchingUp => {
            "<script>const { textTracks } = document.querySelector('video'); \
             textTracks.addEventListener('addtrack', ({ track }) => { track.mode = 'hidden'; track.addEventListener('cuechange', \
             () => { for (const cue of track.activeCues) watcher.tell(cue.startTime) }) })</script>"
        }
        Player::Shaka | Player::ShakaLiveSync => {
            "<script type=module>player.addEventListener('metadata', ({ startTime }) => watcher.tell(startTime))</script>"
        }
        Player::VideoJs => {
            "<script>player.textTracks().addEventListener('addtrack', ({ track }) => { track.mode = 'hidden'; \
             track.addEventListener('cuechange', () => { for (const cue of Array.from(track.activeCues)) watcher.tell(cue.startTime) }) })</script>"
        }
    }
}

/// The media playlist with the recording's own clock, and a date range for each event.
fn with_cues(files: Vec<File>) -> Result<Vec<File>> {
    let mut cues = String::new();
    for number in 1..RECORDED * 1_000 / EVERY_MS {
        let at = number * EVERY_MS;
        writeln!(
            cues,
            "#EXT-X-DATERANGE:ID=\"cue-{number}\",START-DATE=\"{DAY}:{:02}.{:03}Z\",DURATION=0.5,X-BENCH=\"{number}\"",
            at / 1_000,
            at % 1_000
        )?;
    }
    let rewritten = files.into_iter().map(|file| {
        let Some(text) = std::str::from_utf8(file.body()).ok().filter(|_| file.path() == "/vod/0.m3u8")
        else {
            return file;
        };
        let mut clock = 0;
        let lines = text.lines().filter(|line| !line.starts_with("#EXT-X-PROGRAM-DATE-TIME")).map(|line| {
            let Some(first) = line.strip_prefix("#EXTINF:") else { return format!("{line}\n") };
            let dated = if clock == 0 {
                format!("#EXT-X-PROGRAM-DATE-TIME:{DAY}:00.000Z\n{cues}")
            } else {
                String::new()
            };
            clock += 1;
            format!("{dated}#EXTINF:{first}\n")
        });
        File::new(file.path(), lines.collect::<String>())
    });
    Ok(rewritten.collect())
}

/// ms between each event and the moment when its picture was shown, once for each event.
fn distances(seen: &Seen) -> Option<Vec<f64>> {
    let starts: Vec<f64> = seen.frames.iter().map(|(shown, media)| shown - media * 1_000.0).collect();
    let start = median(&starts)?;
    let every = f64::from(EVERY_MS);
    let mut told = Vec::new();
    for (at, media) in &seen.events {
        let number = (media * 1_000.0 / every).round();
        if !told.iter().any(|(known, _)| *known == number) {
            told.push((number, (at - (start + number * every)).abs()));
        }
    }
    Some(told.into_iter().map(|(_, off)| off).collect())
}
