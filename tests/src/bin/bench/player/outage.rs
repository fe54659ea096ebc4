//! `outage`: how far behind a player is 25 s after its origin was gone for 4 s, against where it was before.

use crate::{
    bench::Bench,
    contender::Contender,
    peers::Player,
    report::{Goal, NO_GOAL, median},
    session::{Extras, Session},
    stage::Stage,
};
use anyhow::{Context, Result};
use std::time::Duration;
use tests::proxy::Proxy;
use tokio::time::sleep;

/// Watched before the outage; the first seconds are joining.
const BEFORE: Duration = Duration::from_secs(15);
const JOINING_MS: f64 = 5_000.0;
const OUTAGE: Duration = Duration::from_secs(4);
const AFTER: Duration = Duration::from_secs(25);
/// Looked at around that moment, ms.
const AROUND_MS: f64 = 1_000.0;

pub(crate) async fn measure(bench: &Bench, row: &'static str) -> Result<()> {
    let stage = Stage::live(200).await?;
    let goal = Goal { text: "≤ 10 %", reached: |medians| Some(medians.ours()? <= 10.0) };
    let heads = [
        ("behind its own latency, %", goal),
        ("glass to glass 25 s after, ms", NO_GOAL),
        ("glass to glass before, ms", NO_GOAL),
    ];
    let note = "the origin is gone for 4 s, connections cut; against each player's own median before";
    bench.compare(row, Player::ALL, heads, note, async |player| watch(bench, &stage, player).await).await;
    Ok(())
}

async fn watch(bench: &Bench, stage: &Stage, player: Player) -> Result<[f64; 3]> {
    let proxy = Proxy::start(stage.origin().trim_start_matches("http://")).await?;
    let stream = Stage::stream_at(proxy.origin());
    let session = Session::open(bench, player, &stream, Extras::default()).await?;
    let joined = session.first_frame().await? + JOINING_MS;
    session.run("watcher.look()").await?;
    sleep(BEFORE).await;
    let cut = session.now().await?;
    proxy.cut();
    sleep(OUTAGE).await;
    proxy.mend();
    let mended = session.now().await?;
    sleep(AFTER + Duration::from_secs_f64(AROUND_MS / 1_000.0)).await;
    let seen = session.seen().await?;
    let moment = mended + AFTER.as_secs_f64() * 1_000.0;
    let before = median(&seen.ages(joined, cut)).context("no picture before the outage")?;
    let after =
        median(&seen.ages(moment - AROUND_MS, moment + AROUND_MS)).context("no picture after the outage")?;
    Ok([(after / before - 1.0) * 100.0, after, before])
}
