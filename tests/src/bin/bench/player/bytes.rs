//! `bytes`: what a page loads of a player, JavaScript and WASM together, in brotli.

use crate::{
    bench::Bench,
    peers::{Player, script},
    report::{Goal, Line, NO_GOAL},
    session::{Extras, Session},
};
use anyhow::Result;
use std::collections::BTreeMap;
use tests::{
    embed::{self, brotli},
    vod::{self, Rung},
};

const RUNG: Rung = Rung { width: 320, height: 180, kilobits: 264 };

/// Ours by what a page with `src` alone really asked for, its worker too; peers by their builds.
pub(crate) async fn measure(bench: &Bench, row: &'static str) -> Result<()> {
    let goal = Goal { text: "≤ 60 kB", reached: |medians| Some(medians.ours()? <= 60.0) };
    let ours = loaded(bench).await?;
    let small = [
        (Player::Ours, ours),
        (Player::HlsJs, build("hls.js", "hls.light.min.js")?),
        (Player::Shaka, build("shaka-player", "shaka-player.hls-es2021.js")?),
        (Player::VideoJs, build("video.js", "alt/video.novtt.min.js")?),
    ];
    let full = [
        (Player::Ours, ours),
        (Player::HlsJs, build("hls.js", "hls.min.js")?),
        (Player::Shaka, build("shaka-player", "shaka-player.compiled-es2021.js")?),
        (Player::VideoJs, build("video.js", "video.min.js")?),
    ];
    let note = "ours as a page with src alone loads it, worker and WASM too; the peers' smallest builds that play the stream \
                are hls.light, shaka's HLS build and video.js without vtt.js";
    for (what, goal, sizes) in [("smallest build, kB", goal, small), ("full build, kB", NO_GOAL, full)] {
        let values = sizes.map(|(player, bytes)| (player, vec![bytes / 1_000.0]));
        bench.add(Line {
            row,
            what: what.to_owned(),
            goal,
            values: BTreeMap::from(values),
            note: note.to_owned(),
        });
    }
    Ok(())
}

fn build(package: &str, file: &str) -> Result<f64> {
    Ok(brotli(script(package, file)?.body())?.len() as f64)
}

/// Bytes of all that a page of ours asked for until it had played for a while.
async fn loaded(bench: &Bench) -> Result<f64> {
    let extras = Extras { files: vod::record(6, &[RUNG]).await?, ..Extras::default() };
    let session = Session::open(bench, Player::Ours, "/vod/index.m3u8", extras).await?;
    session.first_frame().await?;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let files = bench.files(Player::Ours)?;
    Ok(embed::loaded(&files, &session.site).iter().map(|file| file.body().len() as f64).sum())
}
