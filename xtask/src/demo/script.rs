//! The demo's host and viewers: pins each product as its scene comes on screen, chats, releases coupons, buys, gives.

use super::{
    ROOM,
    goods::{CHATTER, GOODS, OFFERS, SCENE_SECONDS},
    seed::{Stall, yuan},
};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

const TICK: Duration = Duration::from_millis(100);
/// Comments come about this often.
const CHATTER_EVERY: Duration = Duration::from_millis(1_700);
/// One viewer buys about this often.
const ORDER_EVERY: Duration = Duration::from_secs(19);
/// A viewer gives something about this often.
const GIFT_EVERY: Duration = Duration::from_secs(7);
/// The last ones are left to whoever tries the demo.
const LEFT_FOR_VISITORS: i64 = 10;

/// What the script remembers between ticks.
pub(super) struct Script<'a> {
    stall: &'a Stall,
    /// When the picture's first frame was, on the programme clock, in milliseconds.
    origin: i64,
    /// Scenes begun, and what the host has said in the last.
    scene: Option<usize>,
    said: usize,
    /// Coupons that are out.
    released: Vec<i64>,
    chatted: Instant,
    ordered: Instant,
    given: Instant,
    turn: usize,
}

impl<'a> Script<'a> {
    /// Starts as soon as the stream's playlist says when its first picture was.
    pub(super) fn start(stall: &'a Stall) -> Result<Self> {
        let playlist = stall.host.get(&format!("/live/{ROOM}/media.m3u8"))?;
        let origin =
            first_picture(&playlist).context("the playlist does not say when its first picture was")?;
        let now = Instant::now();
        Ok(Self {
            stall,
            origin,
            scene: None,
            said: 0,
            released: Vec::new(),
            chatted: now,
            ordered: now,
            given: now,
            turn: 0,
        })
    }

    /// Plays on for as long as it may.
    pub(super) fn play(&mut self, mut may_go_on: impl FnMut() -> bool) {
        while may_go_on() {
            if let Err(error) = self.tick() {
                eprintln!("    script: {error:#}");
            }
            thread::sleep(TICK);
        }
    }

    fn tick(&mut self) -> Result<()> {
        let length = i64::from(SCENE_SECONDS) * 1_000;
        let shown = now_millis() - self.origin;
        let scene = usize::try_from(shown.max(0) / length)?;
        let begin = self.origin + i64::try_from(scene)? * length;
        if self.scene != Some(scene) {
            self.scene = Some(scene);
            self.said = 0;
            self.begin_scene(scene % GOODS.len(), begin)?;
        }
        self.host_speaks(scene % GOODS.len(), shown % length)?;
        if self.chatted.elapsed() > CHATTER_EVERY {
            self.chatted = Instant::now();
            self.viewer_speaks()?;
        }
        if self.ordered.elapsed() > ORDER_EVERY {
            self.ordered = Instant::now();
            self.viewer_buys()?;
        }
        if self.given.elapsed() > GIFT_EVERY {
            self.given = Instant::now();
            self.stall.gifts.give(&self.stall.viewers)?;
        }
        Ok(())
    }

    /// The card belongs to the scene's first picture, whenever the server hears of it.
    fn begin_scene(&mut self, good: usize, at: i64) -> Result<()> {
        let product = self.stall.products.get(good).context("no such product")?;
        self.host(&json!({"type": "pin_product", "product": product, "at": at}))?;
        for (offer, coupon) in OFFERS.iter().zip(&self.stall.coupons) {
            let out = self.released.contains(coupon);
            if offer.scene == good && !out {
                self.host(&json!({"type": "release_coupon", "coupon": coupon, "at": at}))?;
                self.released.push(*coupon);
            // A coupon stays for two scenes.
            } else if (offer.scene + 2) % GOODS.len() == good && out {
                self.host(&json!({"type": "withdraw_coupon", "coupon": coupon, "at": at}))?;
                self.released.retain(|released| released != coupon);
            }
        }
        Ok(())
    }

    fn host_speaks(&mut self, good: usize, into_scene: i64) -> Result<()> {
        let due = 1_500 + 4_000 * i64::try_from(self.said)?;
        let line = GOODS.get(good).and_then(|good| good.lines.get(self.said));
        if let Some(line) = line.filter(|_| into_scene >= due) {
            self.said += 1;
            self.host(&say(line, 0x00ff_d9a0))?;
        }
        Ok(())
    }

    fn viewer_speaks(&mut self) -> Result<()> {
        self.turn += 1;
        let (viewers, line) = (&self.stall.viewers, CHATTER.get(self.turn * 7 % CHATTER.len()));
        let viewer = viewers.get(self.turn * 5 % viewers.len()).context("nobody watches")?;
        viewer.post(&commands(), &say(line.context("nothing to say")?, 0x00ff_ffff)).map(drop)
    }

    fn viewer_buys(&mut self) -> Result<()> {
        let good = self.scene.unwrap_or_default() % GOODS.len();
        let viewer =
            self.stall.viewers.get(self.turn % self.stall.viewers.len()).context("nobody watches")?;
        let products: Value = serde_json::from_str(&viewer.get(&format!("/api/v1/rooms/{ROOM}/products"))?)?;
        let wanted = self.stall.products.get(good).context("no such product")?;
        let product =
            products.as_array().into_iter().flatten().find(|product| product["id"] == json!(wanted));
        if product
            .and_then(|product| product["stock"].as_i64())
            .is_none_or(|stock| stock <= LEFT_FOR_VISITORS)
        {
            return Ok(());
        }
        let price = GOODS.get(good).context("no such product")?.price;
        let order = json!({"product": wanted, "quantity": 1, "expected_total": yuan(price)});
        let order = viewer.post(&format!("/api/v1/rooms/{ROOM}/orders"), &order)?;
        let id = order["id"].as_str().context("the order has no id")?;
        viewer.post(&format!("/api/v1/orders/{id}/pay"), &json!({"method": "sandbox_ok"})).map(drop)
    }

    fn host(&self, command: &Value) -> Result<()> {
        self.stall.host.post(&commands(), command).map(drop)
    }
}

fn commands() -> String {
    format!("/api/v1/rooms/{ROOM}/commands")
}

fn say(text: &str, color: u32) -> Value {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = format!("demo-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    json!({"type": "say", "client_id": id, "text": text, "color": color})
}

fn now_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The programme time of the first picture since the publisher last came, in milliseconds since the epoch.
fn first_picture(playlist: &str) -> Option<i64> {
    let lines: Vec<&str> = playlist.lines().collect();
    let since = lines.iter().rposition(|line| *line == "#EXT-X-DISCONTINUITY").unwrap_or(0);
    let time = lines.get(since..)?.iter().find_map(|line| line.strip_prefix("#EXT-X-PROGRAM-DATE-TIME:"))?;
    let time = OffsetDateTime::parse(time, &Rfc3339).ok()?;
    i64::try_from(time.unix_timestamp_nanos() / 1_000_000).ok()
}

#[cfg(test)]
mod tests {
    use super::first_picture;

    #[test]
    fn the_show_began_where_the_publisher_last_came_back() {
        let playlist = "#EXTM3U\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T04:00:00.000Z\n\
                        #EXTINF:2,\na\n#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T04:00:09.500Z\n\
                        #EXTINF:2,\nb\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T04:00:11.500Z\n";
        assert_eq!(first_picture(playlist), Some(1_795_406_409_500));
        assert_eq!(first_picture("#EXTM3U\n"), None);
    }
}
