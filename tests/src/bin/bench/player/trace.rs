//! `trace`: a ladder of three renditions over a line that falls and rises: how long the picture stands, and how good it is.

use crate::{
    bench::Bench,
    peers::Player,
    report::{Goal, NO_GOAL},
    session::{Extras, Session},
};
use ::tests::{
    link::Link,
    vod::{self, Rung},
};
use anyhow::Result;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

const LADDER: [Rung; 3] = [
    Rung { width: 320, height: 180, kilobits: 400 },
    Rung { width: 640, height: 360, kilobits: 1_000 },
    Rung { width: 854, height: 480, kilobits: 2_200 },
];
const ROUND_TRIP: Duration = Duration::from_millis(40);
/// Seconds of recording: more than anyone gets through.
const RECORDED: u32 = 150;

/// Seconds, and kbit/s meanwhile: a phone on a train. Falls in steps and at once, rises in steps and at once.
const TRACE: [(u64, u64); 16] = [
    (8, 4_000),
    (6, 2_600),
    (6, 1_500),
    (8, 700),
    (6, 350),
    (4, 900),
    (6, 1_800),
    (8, 3_200),
    (4, 5_000),
    (6, 450),
    (8, 1_200),
    (4, 300),
    (6, 2_400),
    (8, 4_500),
    (6, 1_100),
    (6, 3_000),
];

pub(crate) async fn measure(bench: &Bench, row: &'static str) -> Result<()> {
    let files = vod::record(RECORDED, &LADDER).await?;
    let stalled = Goal { text: "≤ hls.js", reached: |medians| medians.at_most(1.0, Player::HlsJs) };
    let rate = Goal { text: "≥ hls.js", reached: |medians| medians.at_least(1.0, Player::HlsJs) };
    let heads = [("picture stood, ms", stalled), ("mean bit rate, kbit/s", rate), ("stalls", NO_GOAL)];
    let seconds: u64 = TRACE.iter().map(|(seconds, _)| seconds).sum();
    let note = format!(
        "{seconds} s of a line between 300 and 5,000 kbit/s, 40 ms; 400, 1,000 and 2,200 kbit/s in segments of 2 s"
    );
    bench
        .compare(row, &Player::PLAIN, heads, &note, async |player| {
            let mut link = Link::new(ROUND_TRIP, Some(TRACE[0].1 * 1_000));
            let extras = Extras { files: files.clone(), ..Extras::default() };
            let session = Session::open_through(bench, player, "/vod/index.m3u8", extras, &mut link).await?;
            watch(&session, &link).await
        })
        .await;
    Ok(())
}

async fn watch(session: &Session, link: &Link) -> Result<[f64; 3]> {
    session.first_frame().await?;
    session.run("watcher.look()").await?;
    let mut next = Instant::now();
    for (seconds, kilobits) in TRACE {
        link.set_rate(kilobits * 1_000);
        next += Duration::from_secs(seconds);
        sleep_until(next).await;
    }
    session.run("watcher.endStall()").await?;
    let seen = session.seen().await?;
    Ok([seen.stalled_ms, mean_rate(&seen.looks), seen.stalls])
}

/// kbit/s of the renditions shown, each for the media seconds that it was on.
fn mean_rate(looks: &[(f64, f64, Option<f64>, u32)]) -> f64 {
    let (mut kilobits, mut seconds) = (0.0, 0.0);
    for pair in looks.windows(2) {
        let [(_, from, _, _), (_, to, _, height)] = pair else { continue };
        let rung = LADDER.iter().find(|rung| rung.height == *height);
        // A jump over a hole, or back, shows nothing.
        let played = Some(to - from).filter(|played| (0.0..1.0).contains(played)).unwrap_or_default();
        kilobits += played * rung.map_or(0.0, |rung| f64::from(rung.kilobits));
        seconds += played;
    }
    if seconds > 0.0 { kilobits / seconds } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::mean_rate;

    #[test]
    fn each_rendition_counts_for_the_time_it_was_shown() {
        let looks =
            [(0.0, 0.0, None, 180), (1.0, 0.5, None, 180), (2.0, 1.0, None, 480), (3.0, 1.0, None, 480)];
        assert!((mean_rate(&looks) - 1_300.0).abs() < 1e-9);
    }
}
