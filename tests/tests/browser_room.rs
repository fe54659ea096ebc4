//! Two viewers of one room: comments fly, cards appear with their picture, a broken network loses nothing.

use anyhow::{Context, Result, ensure};
use protocol::{Command, DanmakuMode, Event, EventBody, Say};
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::PHONE,
    page::Page,
    parts::{CHAT, FLYING, PINNED, SAY},
    proxy::Proxy,
    publisher::FRAME_RATE,
    show::{ROOM, Show},
    wait::until,
};

/// Issue 2: a card is within this of its picture, on every viewer's own playhead.
const NEAR_MS: i64 = 250;

/// Follows a comment for 300 ms of its flight, frame by frame.
const FLIGHT: &str = "const [selector, text] = arguments; return new Promise((done) => { let from, start; \
    const look = (now) => { const sky = probe.find(selector)?.closest('.sky').querySelectorAll('.fly') ?? []; \
    const fly = [...sky].find((it) => it.textContent.includes(text)); \
    if (probe.visible(fly)) { const at = fly.getBoundingClientRect(); \
    const video = probe.video().getBoundingClientRect(); start ??= now; from ??= at.x; \
    if (now - start >= 300) { done({ from, to: at.x, inside: at.y >= video.y && at.bottom <= video.bottom }); return; } } \
    requestAnimationFrame(look); }; requestAnimationFrame(look); });";

async fn viewer(show: &Show) -> Result<Page> {
    Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await
}

#[tokio::test]
async fn a_comment_from_one_viewer_flies_over_the_others_picture() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let (first, second) = tokio::try_join!(viewer(&show), viewer(&show))?;
    first.register("mei").await?;
    let said = async {
        first.fill(SAY, "好香啊").await?;
        first.press_enter().await
    };
    let words = [json!(FLYING), json!("好香啊")];
    let (flight, ()) = tokio::try_join!(second.run(FLIGHT, &words), said)?;
    ensure!(flight["inside"] == json!(true), "it flies beside the picture: {flight}");
    ensure!(flight["to"].as_f64() < flight["from"].as_f64(), "it does not fly: {flight}");
    first.shows(CHAT, "好香啊").await
}

#[tokio::test]
async fn a_pinned_product_appears_with_its_picture_for_viewers_at_different_latencies() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let anchor = show.first_picture().await?;
    let (near, far) = tokio::try_join!(viewer(&show), viewer(&show))?;
    tokio::time::sleep(Duration::from_secs(6)).await;
    // Further than where the player takes a viewer for one who would rather be live, and catches up.
    far.run("probe.stall().currentTime -= 6", &[]).await?;
    far.picture_moves(Duration::from_secs(10)).await?;

    for product in [&show.tea, &show.cup] {
        println!("frames painted in a second: {}, {}", near.painted().await?, far.painted().await?);
        near.watch("card", PINNED, &product.title).await?;
        far.watch("card", PINNED, &product.title).await?;
        let seq = show.host.command(ROOM, &Command::PinProduct { product: product.id, at: None }).await?;
        let pin = pinned(&show, seq).await?;
        let at = pin.at.millis();
        println!("pinned the picture of {} ms before", pin.time.millis() - at);
        let near = near.seen("card", Duration::from_secs(10)).await?;
        let far = far.seen("card", Duration::from_secs(15)).await?;
        let mut off = Vec::new();
        for (who, seen) in [("near", near), ("far", far)] {
            let shown = anchor + i64::from(seen.frame.context("no picture")?) * 1_000 / i64::from(FRAME_RATE);
            let program = seen.program.context("no programTime")? as i64;
            let (picture, clock, later) = (shown - at, program - at, seen.wall as i64 - pin.time.millis());
            println!(
                "{who}: picture {picture} ms off, programTime {clock} ms off, {later} ms after the host's click"
            );
            off.extend([(who, picture), (who, clock)]);
        }
        ensure!(off.iter().all(|(_, off)| off.abs() <= NEAR_MS), "not with its picture: {off:?}");
        ensure!(far.wall - near.wall > 2_500.0, "both saw it at once: {near:?} {far:?}");
    }
    Ok(())
}

/// The log's entry `seq`, which pins a product.
async fn pinned(show: &Show, seq: u64) -> Result<Event> {
    let events: Vec<Event> = show.host.events(ROOM, seq - 1).await?;
    let event = events.into_iter().find(|event| event.seq == seq).context("the event is not in the log")?;
    ensure!(matches!(event.body, EventBody::ProductPinned { .. }), "found {event:?}");
    Ok(event)
}

#[tokio::test]
async fn a_viewer_whose_network_breaks_misses_no_comment_and_sees_none_twice() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let server = show.server.origin();
    let proxy = Proxy::start(server.trim_start_matches("http://")).await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", proxy.origin()), PHONE).await?;
    let say = async |text: &str| {
        let (client_id, text) = (format!("id-{text}"), text.to_owned());
        let say = Say { client_id, text, at: None, mode: DanmakuMode::Scroll, color: None };
        show.host.command(ROOM, &Command::Say(say)).await
    };
    say("before the break").await?;
    page.shows(CHAT, "before the break").await?;
    proxy.cut();
    for line in 1..=5 {
        say(&format!("in the break {line}")).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    proxy.mend();
    say("after the break").await?;
    let lines = "return [...probe.find('.chat').querySelectorAll('.line bdi:last-child')].map(line => line.textContent)";
    let lines = until("the comment after the break", Duration::from_secs(25), async || {
        let lines: Vec<String> = serde_json::from_value(page.run(lines, &[]).await?)?;
        Ok(lines.last().is_some_and(|line| line == "after the break").then_some(lines))
    })
    .await?;
    let mut expected = vec!["before the break".to_owned()];
    expected.extend((1..=5).map(|line| format!("in the break {line}")));
    expected.push("after the break".to_owned());
    ensure!(lines == expected, "found {lines:?}");
    page.picture_moves(Duration::from_secs(20)).await?;
    Ok(())
}
