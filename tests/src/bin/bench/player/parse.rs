//! `parse`: a megabyte of media playlist, from the text to the player's own types, in one page.

use crate::{
    bench::Bench,
    peers::{Player, script},
    report::Goal,
};
use anyhow::{Context, Result, bail};
use std::{fmt::Write, fs, path::PathBuf};
use tests::{
    browser::{Browser, DESKTOP},
    site::{File, Site},
};

const MEGABYTE: usize = 1_000_000;
/// Both in one page, one after the other, each warm; answers the median of each in ms.
const PAGE: &str = r"<!doctype html><script type=module>
  import { M3U8Parser } from '/hls.mjs';
  import init, { parse } from '/player.js';
  await init();
  const text = await (await fetch('/long.m3u8')).text();
  const segments = parse(text);
  const theirs = () => M3U8Parser.parseLevelPlaylist(text, location.href, 0, 'main', 0, null);
  if (theirs().fragments.length !== segments) throw new Error(`${segments} segments, hls.js finds ${theirs().fragments.length}`);
  const time = (work) => {
    const times = Array.from({ length: 21 }, () => { const start = performance.now(); work(); return performance.now() - start; });
    return times.sort((a, b) => a - b)[10];
  };
  window.measure = () => ({ ours: time(() => parse(text)), theirs: time(theirs) });
  window.ready = true;
</script>";

pub(crate) async fn measure(bench: &Bench, row: &'static str) -> Result<()> {
    let goal = Goal { text: "≤ 0.4 of hls.js", reached: |medians| medians.at_most(0.4, Player::HlsJs) };
    let head = ("1 MB of playlist, ms", goal);
    let Some(built) = std::env::var_os("LIVESTALL_BENCH_PLAYER").map(PathBuf::from) else {
        bench.skip(row, head, "LIVESTALL_BENCH_PLAYER is not set: use `cargo xtask bench`");
        return Ok(());
    };
    let read = |name: &str| -> Result<File> {
        let path = built.join(name);
        Ok(File::new(
            &format!("/{name}"),
            fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?,
        ))
    };
    let files = vec![
        File::new("/", PAGE),
        script("hls.js", "hls.mjs")?,
        read("player.js")?,
        read("player_bg.wasm")?,
        File::new("/long.m3u8", playlist()?),
    ];
    let site = Site::serve(files).await?;
    let note = "a text in, typed segments out; medians of 21 in one page; ours with the text's copy into WASM, in a build with \
                an entry for it; shaka and video.js open no entry to their parsers";
    bench
        .compare(row, &[Player::Ours, Player::HlsJs], [head], note, async |player| {
            let browser = Browser::start(DESKTOP).await?;
            browser.open(site.origin()).await?;
            ready(&browser).await?;
            let times = browser.run("return measure()", &[]).await?;
            let own = if player == Player::Ours { &times["ours"] } else { &times["theirs"] };
            Ok([own.as_f64().context("no time")?])
        })
        .await;
    Ok(())
}

async fn ready(browser: &Browser) -> Result<()> {
    for _ in 0..100 {
        if browser.run("return window.ready === true", &[]).await?.as_bool() == Some(true) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    bail!("the page of parsers does not come up: {:?}", browser.console().await?)
}

/// A recording of some hours, as a packager writes it.
fn playlist() -> Result<String> {
    let mut text = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n\
        #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"init.mp4\"\n"
        .to_owned();
    let mut number = 0_u32;
    while text.len() < MEGABYTE {
        if number.is_multiple_of(10) {
            let seconds = number * 4;
            let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
            let day = 1 + seconds / 86_400;
            writeln!(
                text,
                "#EXT-X-PROGRAM-DATE-TIME:2026-11-{day:02}T{hour:02}:{minute:02}:{second:02}.000Z"
            )?;
        }
        writeln!(text, "#EXTINF:4.00000,\nsegments/autumn-tea-{number:06}.m4s")?;
        number += 1;
    }
    text.push_str("#EXT-X-ENDLIST\n");
    Ok(text)
}
