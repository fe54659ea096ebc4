//! A room whose show is over: its comments and cards are at the same pictures again.

use anyhow::{Context, Result, ensure};
use protocol::{Command, DanmakuMode, Say, StreamTime};
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::PHONE,
    page::{Page, Picture as Seen},
    parts::{CHAT, CLAIM, COUPON, FLYING, PINNED, SAY},
    publisher::{FRAME_RATE, Publisher},
    show::{ROOM, Show},
    wait::until,
};

/// A card is within this of its picture, 95 times of 100; a test is one time.
const NEAR_MS: i64 = 250;

/// A show of some fifteen seconds, with its first picture's time: a comment, a pin and a coupon.
struct Over {
    show: Show,
    first: i64,
    said: i64,
    pinned: i64,
}

impl Over {
    async fn play() -> Result<Self> {
        let (show, publisher): (Show, Publisher) = Show::live().await?;
        let first = show.first_picture().await?;
        let (said, pinned) = (first + 5_000, first + 8_000);
        tokio::time::sleep(Duration::from_secs(9)).await;
        let say = Say {
            client_id: "1".to_owned(),
            text: "好香啊".to_owned(),
            at: Some(StreamTime(said)),
            mode: DanmakuMode::Scroll,
            color: None,
        };
        let said = show.host.command(ROOM, &Command::Say(say)).await?;
        let pinned = show.pin_tea(Some(StreamTime(pinned))).await?;
        show.release_coupon().await?;
        tokio::time::sleep(Duration::from_secs(4)).await;
        show.host.command(ROOM, &Command::EndShow).await?;
        drop(publisher);
        until("there is a replay", Duration::from_secs(20), async || {
            let shows: Vec<protocol::Show> = show.host.get(&format!("/api/v1/rooms/{ROOM}/shows")).await?;
            Ok(shows.first().is_some_and(|show| show.replay.is_some()).then_some(()))
        })
        .await?;
        // An encoder on a busy machine may not have been that far: then they are at its newest picture.
        let events = show.host.events(ROOM, 0).await?;
        let at = |seq| events.iter().find(|event| event.seq == seq).map(|event| event.at.millis());
        let (said, pinned) = (at(said).context("no comment")?, at(pinned).context("no pin")?);
        Ok(Self { show, first, said, pinned })
    }

    fn room(&self) -> String {
        format!("{}/room/{ROOM}", self.show.server.origin())
    }

    /// How far the picture is from the moment `at`, in milliseconds.
    fn off(&self, seen: Seen, at: i64) -> Result<i64> {
        let frame = i64::from(seen.frame.context("no picture")?);
        Ok(self.first + frame * 1_000 / i64::from(FRAME_RATE) - at)
    }
}

#[tokio::test]
async fn comments_and_cards_of_a_replay_are_at_the_same_pictures_again() -> Result<()> {
    let over = Over::play().await?;
    let page = Page::open(&over.room(), PHONE).await?;
    page.watch("comment", FLYING, "好香啊").await?;
    page.watch("line", CHAT, "好香啊").await?;
    page.watch("card", PINNED, &over.show.tea.title).await?;
    for (what, at) in [("comment", over.said), ("line", over.said), ("card", over.pinned)] {
        let seen = page.seen(what, Duration::from_secs(30)).await?;
        let off = over.off(seen, at)?;
        println!("{what}: {off} ms off its picture");
        ensure!(off.abs() <= NEAR_MS, "{what} is {off} ms off its picture: {seen:?}");
    }
    page.shows(COUPON, "满100减20").await?;
    page.shows(CLAIM, "Ended").await
}

#[tokio::test]
async fn a_seek_in_a_replay_shows_that_moment_and_its_products_price_of_today() -> Result<()> {
    let over = Over::play().await?;
    let show = &over.show;
    // Said since: of no replay.
    let late = Say {
        client_id: "2".to_owned(),
        text: "too late".to_owned(),
        at: None,
        mode: DanmakuMode::Scroll,
        color: None,
    };
    show.host.command(ROOM, &Command::Say(late)).await?;
    let page = Page::open_playing(&format!("{}?product={}", over.room(), show.tea.id), PHONE).await?;
    page.shows(PINNED, &show.tea.title).await?;
    page.shows(CHAT, "好香啊").await?;
    let at = page.picture().await?;
    ensure!(over.off(at, over.pinned)? > -500, "it does not begin where the tea was shown: {at:?}");
    let text = page.run("return probe.find('.chat').textContent", &[]).await?;
    ensure!(!text.as_str().unwrap_or_default().contains("too late"), "{text}");
    let field = page.run("return probe.visible(probe.find(arguments[0]))", &[json!(SAY)]).await?;
    ensure!(field == json!(false), "there is a field to say something in");
    // Back to before anything happened, by the replay's own bar.
    let back = "const bar = probe.find('.replay input'); bar.value = '1'; \
                bar.dispatchEvent(new Event('input', { bubbles: true }))";
    page.run(back, &[]).await?;
    page.until("the card is gone", Duration::from_secs(10), async || {
        let gone = page.run("return probe.find(arguments[0]) === null", &[json!(PINNED)]).await?;
        Ok((gone == json!(true)).then_some(()))
    })
    .await?;
    let lines = page.run("return probe.find('.chat').querySelectorAll('.line').length", &[]).await?;
    ensure!(lines == json!(0), "{lines} lines");
    Ok(())
}

#[tokio::test]
async fn a_viewer_who_was_there_at_the_end_watches_it_again_from_its_start() -> Result<()> {
    let (show, publisher) = Show::live().await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await?;
    tokio::time::sleep(Duration::from_secs(6)).await;
    show.host.command(ROOM, &Command::EndShow).await?;
    drop(publisher);
    page.until("the end is reached", Duration::from_secs(30), async || {
        let ended = page.run("return probe.stall().ended", &[]).await?;
        Ok((ended == json!(true)).then_some(()))
    })
    .await?;
    page.click("[part~=action-button]").await?;
    let seen = page.picture_moves(Duration::from_secs(20)).await?;
    ensure!(seen.frame.is_some_and(|frame| frame < 90), "it begins at {seen:?}");
    Ok(())
}
