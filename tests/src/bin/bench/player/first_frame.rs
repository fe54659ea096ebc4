//! `first-cached`, `first-cold`: from the start of the navigation to the first frame on the screen.

use crate::{
    bench::Bench,
    peers::Player,
    report::Goal,
    session::{Extras, Session},
    stage::Stage,
};
use anyhow::Result;
use std::time::Duration;
use tests::{
    link::Link,
    vod::{self, Rung},
};

const RUNG: Rung = Rung { width: 640, height: 360, kilobits: 864 };
const VOD: &str = "/vod/index.m3u8";
const GOAL: Goal = Goal { text: "≤ 0.7 of the best peer", reached: |medians| medians.at_most_of_best(0.7) };
/// How a browser on an everyday line sees a site.
const ROUND_TRIP: Duration = Duration::from_millis(40);
const BITS: u64 = 20_000_000;

/// The second visit of a profile: the code lies in the browser's cache.
pub(crate) async fn cached(bench: &Bench, row: &'static str) -> Result<()> {
    let note = "from navigation; second visit of the page in one browser, its code in the HTTP cache";
    {
        let stage = Stage::live(200).await?;
        let heads = [("live, first frame, ms", GOAL)];
        bench
            .compare(row, &Player::PLAIN, heads, note, async |player| {
                second_visit(&Session::open(bench, player, &stage.stream(), Extras::default()).await?).await
            })
            .await;
    }
    let files = vod::record(20, &[RUNG]).await?;
    bench
        .compare(row, &Player::PLAIN, [("recorded, first frame, ms", GOAL)], note, async |player| {
            let extras = Extras { files: files.clone(), ..Extras::default() };
            second_visit(&Session::open(bench, player, VOD, extras).await?).await
        })
        .await;
    Ok(())
}

async fn second_visit(session: &Session) -> Result<[f64; 1]> {
    session.first_frame().await?;
    session.visit_again().await?;
    Ok([session.first_frame().await?])
}

/// The first visit of a profile, over a line of 20 Mbit/s and 40 ms that page, code and stream share.
pub(crate) async fn cold(bench: &Bench, row: &'static str) -> Result<()> {
    let note = "from navigation; a browser without a cache, page, code and stream over one line of 20 Mbit/s and 40 ms, \
                HTTP/1.1, code in brotli";
    {
        let stage = Stage::live(200).await?;
        bench
            .compare(row, &Player::PLAIN, [("live, first frame, ms", GOAL)], note, async |player| {
                let mut link = Link::new(ROUND_TRIP, Some(BITS));
                let stream = Stage::stream_at(&link.to(&stage.origin()).await?);
                let session =
                    Session::open_through(bench, player, &stream, Extras::default(), &mut link).await?;
                Ok([session.first_frame().await?])
            })
            .await;
    }
    let files = vod::record(20, &[RUNG]).await?;
    bench
        .compare(row, &Player::PLAIN, [("recorded, first frame, ms", GOAL)], note, async |player| {
            let mut link = Link::new(ROUND_TRIP, Some(BITS));
            let extras = Extras { files: files.clone(), ..Extras::default() };
            let session = Session::open_through(bench, player, VOD, extras, &mut link).await?;
            Ok([session.first_frame().await?])
        })
        .await;
    Ok(())
}
