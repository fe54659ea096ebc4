//! Gifts that are no pictures, in a real browser under a merchant's strict policy: they paint, they end, they leave nothing
//! behind; what cannot be played becomes a card in a tray.

use anyhow::{Context, Result, ensure};
use protocol::{Command, GiftCatalogue, GiftFormat, SendGift};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use tests::{
    api::{Api, PASSWORD, fresh_key},
    browser::{Browser, DESKTOP},
    page::Page,
    publisher::Publisher,
    server::root,
    show::{ROOM, Show},
    site::Site,
};

/// The demo's gifts.
const CATALOGUE: &str = "xtask/src/demo/gifts/gifts.json";
/// What a gift is drawn on.
const STAGE: &str = ".gift-stage canvas";
/// A small gift's card, or what a large one becomes.
const TRAY: &str = ".tray-card";
/// Of the tea ceremony.
const NIGHT: [u8; 3] = [28, 88, 74];
/// How long a gift's colours are looked for.
const PATIENCE: Duration = Duration::from_secs(15);

/// A merchant's page with a room in it, and somebody who gives.
struct Stall {
    _site: Site,
    _publisher: Publisher,
    _show: Show,
    giver: Api,
    page: Page,
}

impl Stall {
    /// With the gifts that `offer` puts in force; `calm`: on a device that asks for less motion.
    async fn open(offer: impl AsyncFnOnce(&Show) -> Result<()>, calm: bool) -> Result<Self> {
        let (show, publisher) = Show::live().await?;
        offer(&show).await?;
        let giver = show.server.api()?.register("mei").await?;
        let (shop, socket) = (show.server.origin(), show.server.socket_origin());
        let site = Site::start(format!(
            "<!doctype html><meta http-equiv=content-security-policy content=\"default-src 'none'; \
             script-src {shop} 'wasm-unsafe-eval'; worker-src blob: {shop}; media-src blob:; img-src {shop}; \
             connect-src {shop} {socket}\"><script type=module src='{shop}/embed/live-stall.js'></script>\
             <live-stall room={ROOM} server='{shop}' lang=en autoplay muted></live-stall>"
        ))
        .await?;
        let page = Page { browser: Browser::start(DESKTOP).await? };
        let watch = json!({"source": include_str!("gifts/watch.js")});
        page.browser.devtools("Page.addScriptToEvaluateOnNewDocument", watch).await?;
        if calm {
            let less = json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]});
            page.browser.devtools("Emulation.setEmulatedMedia", less).await?;
        }
        page.go(site.origin()).await?;
        page.picture_moves(Duration::from_secs(20)).await?;
        page.shows(".give", "").await?;
        Ok(Self { _site: site, _publisher: publisher, _show: show, giver, page })
    }

    async fn give(&self, format: GiftFormat) -> Result<()> {
        let catalogue: GiftCatalogue = self.giver.get("/api/v1/gifts").await?;
        let gift = catalogue.gifts.iter().rev().find(|gift| gift.format == format).context("no such gift")?;
        let send = SendGift {
            client_id: fresh_key(),
            gift: gift.id,
            count: 1,
            combo: "k".to_owned(),
            catalogue_version: catalogue.version,
            at: None,
        };
        self.giver.command(ROOM, &Command::SendGift(send)).await.map(drop)
    }

    /// Waits until so many pixels (of 30,000) of the stage have been about this colour at once.
    async fn paints(&self, what: &str, color: [u8; 3], enough: u32) -> Result<()> {
        let arguments = [json!(color), json!(enough), json!(PATIENCE.as_millis() as u64)];
        let most = self.page.run("return gifts.paints(...arguments)", &arguments).await?;
        ensure!(most.as_u64() >= Some(enough.into()), "{what}: {most} pixels of the colour at most");
        Ok(())
    }

    async fn is_gone(&self, selector: &str) -> Result<()> {
        self.page
            .until(&format!("{selector} goes"), PATIENCE, async || {
                let found =
                    self.page.run("return probe.find(arguments[0]) !== null", &[json!(selector)]).await?;
                Ok((found == json!(false)).then_some(()))
            })
            .await
    }

    async fn pieces(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.page.run("return gifts.pieces()", &[]).await?)?)
    }

    /// Takes the element off the page: nothing that gifts took is left, and the policy refused nothing.
    async fn close(&self) -> Result<()> {
        self.page.run("probe.stall().remove()", &[]).await?;
        let nothing = json!({"bitmaps": 0, "films": 0, "contexts": 0});
        self.page
            .until("all is given back", PATIENCE, async || {
                Ok((self.page.run("return gifts.taken()", &[]).await? == nothing).then_some(()))
            })
            .await?;
        let console = self.page.browser.console().await?;
        let refused: Vec<_> =
            console.iter().filter(|line| line.contains("Content Security Policy")).collect();
        ensure!(refused.is_empty(), "the policy refused: {refused:?}");
        Ok(())
    }
}

async fn demo_gifts(show: &Show) -> Result<()> {
    let file = root()?.join(CATALOGUE);
    show.server.admin(&["gifts", "import", &file.to_string_lossy()]).await.map(drop)
}

/// One luxury gift of this format, played from `asset`.
async fn one_gift(show: &Show, format: &str, asset: &[u8]) -> Result<()> {
    show.server.admin(&["user", "create", "boss", "--role", "admin", "--password", PASSWORD]).await?;
    let boss = show.server.api()?.log_in("boss").await?;
    let keep = async |bytes: Vec<u8>| -> Result<Value> {
        let request = boss.request(Method::POST, "/api/v1/gifts/assets").body(bytes);
        Ok(request.send().await?.error_for_status()?.json::<Value>().await?["asset"].take())
    };
    let icon = keep(b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>".to_vec()).await?;
    let name = json!({"zh-CN": "坏了的", "en": "A broken one"});
    let gift = json!({"id": 1, "name": name, "price": 0, "tier": "luxury", "format": format,
        "asset": keep(asset.to_vec()).await?, "icon": icon});
    let put = boss.request(Method::PUT, "/api/v1/gifts").json(&json!({"gifts": [gift]}));
    put.send().await?.error_for_status()?;
    Ok(())
}

#[tokio::test]
async fn an_svga_gift_paints_its_frames_and_leaves_nothing() -> Result<()> {
    let stall = Stall::open(demo_gifts, false).await?;
    stall.give(GiftFormat::Svga).await?;
    stall.paints("the rocket's body", [255, 247, 232], 300).await?;
    let clear = stall.page.run("return gifts.clear()", &[]).await?;
    ensure!(clear.as_f64() > Some(0.3), "the picture below is seen through {clear} of it");
    stall.is_gone(STAGE).await?;
    stall.is_gone(".gift-stage").await?;
    stall.close().await
}

#[tokio::test]
async fn an_svga_s_drawings_masks_clips_and_turns_are_where_they_should_be() -> Result<()> {
    let file = include_bytes!("gifts/shapes.svga");
    let stall = Stall::open(async |show| one_gift(show, "svga", file).await, false).await?;
    stall.give(GiftFormat::Svga).await?;
    stall.paints("the red rectangle", [255, 0, 0], 500).await?;
    let (red, white, nothing) = ([255, 0, 0, 255], [255, 255, 255, 255], [0, 0, 0, 0]);
    let (green, blue, yellow) = ([0, 255, 0, 255], [0, 0, 255, 255], [255, 255, 0, 255]);
    let places = [
        ("inside the rectangle", [25, 20], red),
        ("on the line", [25, 40], white),
        ("in the middle of the mask", [75, 25], green),
        ("beside the mask", [58, 8], nothing),
        ("left, inside the clip", [10, 75], blue),
        ("right, outside the clip", [40, 75], nothing),
        ("at the turned corner", [75, 57], yellow),
        ("where a corner was before", [62, 62], nothing),
    ];
    let at: Vec<_> = places.iter().map(|(_, at, _)| at).collect();
    let found: Vec<[u8; 4]> =
        serde_json::from_value(stall.page.run("return gifts.at(arguments[0])", &[json!(at)]).await?)?;
    for ((place, _, expected), found) in places.iter().zip(found) {
        ensure!(found == *expected, "{place}: expected {expected:?}, found {found:?}");
    }
    // Two seconds in, what is seen through the mask is half as strong.
    let half = "for (;;) { const seen = await gifts.at([[75, 25]]); if (!seen) return null; \
                if (Math.abs(seen[0][3] - 128) < 3) return seen[0][1]; }";
    let half = stall.page.run(&format!("return (async () => {{ {half} }})()"), &[]).await?;
    ensure!(half == json!(255), "the picture grows no weaker: {half}");
    stall.is_gone(".gift-stage").await?;
    stall.close().await
}

#[tokio::test]
async fn a_vap_gift_is_put_together_by_a_shader_and_leaves_nothing() -> Result<()> {
    let stall = Stall::open(demo_gifts, false).await?;
    stall.give(GiftFormat::Vap).await?;
    stall.paints("the night behind the tea", NIGHT, 2_000).await?;
    let clear = stall.page.run("return gifts.clear()", &[]).await?;
    ensure!(clear.as_f64() > Some(0.1), "the picture below is seen through {clear} of it");
    stall.is_gone(".gift-stage").await?;
    stall.close().await
}

#[tokio::test]
async fn a_vap_gift_is_put_together_without_a_shader_too() -> Result<()> {
    let stall = Stall::open(demo_gifts, false).await?;
    let none = "const { getContext } = HTMLCanvasElement.prototype; HTMLCanvasElement.prototype.getContext = \
                function (kind, ...more) { return kind === 'webgl' ? null : getContext.call(this, kind, ...more) }";
    stall.page.run(none, &[]).await?;
    stall.give(GiftFormat::Vap).await?;
    stall.paints("the night behind the tea", NIGHT, 2_000).await?;
    stall.is_gone(".gift-stage").await?;
    stall.close().await
}

#[tokio::test]
async fn a_gift_whose_shader_is_lost_goes_on_without_it() -> Result<()> {
    let stall = Stall::open(demo_gifts, false).await?;
    stall.give(GiftFormat::Vap).await?;
    stall.paints("the night behind the tea", NIGHT, 2_000).await?;
    let lose = "const gl = probe.find('.gift-stage canvas').getContext('webgl'); \
                gl?.getExtension('WEBGL_lose_context').loseContext(); return gl !== null";
    if stall.page.run(lose, &[]).await? == json!(true) {
        stall.paints("the night behind the tea, again", NIGHT, 2_000).await?;
    }
    stall.is_gone(".gift-stage").await?;
    stall.close().await
}

#[tokio::test]
async fn an_element_that_goes_while_gifts_play_takes_them_along() -> Result<()> {
    for format in [GiftFormat::Svga, GiftFormat::Vap, GiftFormat::Lottie] {
        let stall = Stall::open(demo_gifts, false).await?;
        stall.give(format).await?;
        stall.page.shows(STAGE, "").await?;
        stall.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_lottie_gift_paints_its_pieces_and_leaves_nothing() -> Result<()> {
    let stall = Stall::open(demo_gifts, false).await?;
    stall.give(GiftFormat::Lottie).await?;
    stall.paints("the crackers", [255, 182, 58], 100).await?;
    let clear = stall.page.run("return gifts.clear()", &[]).await?;
    ensure!(clear.as_f64() > Some(0.5), "the picture below is seen through {clear} of it");
    stall.is_gone(".gift-stage").await?;
    stall.close().await
}

/// A gift of this format whose file is `asset` becomes a card.
async fn becomes_a_card(name: &str, format: GiftFormat, asset: &[u8]) -> Result<()> {
    let stall = Stall::open(async |show| one_gift(show, name, asset).await, false).await?;
    stall.give(format).await?;
    stall.page.shows(TRAY, "A broken one").await?;
    stall.is_gone(".gift-stage").await?;
    stall.close().await
}

#[tokio::test]
async fn a_broken_svga_becomes_a_card_in_a_tray() -> Result<()> {
    becomes_a_card("svga", GiftFormat::Svga, b"\x78\x9c\x01\x02").await
}

#[tokio::test]
async fn a_film_without_a_layout_becomes_a_card_in_a_tray() -> Result<()> {
    becomes_a_card("vap", GiftFormat::Vap, b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08mdat").await
}

#[tokio::test]
async fn a_lottie_that_would_load_pictures_becomes_a_card_in_a_tray() -> Result<()> {
    let elsewhere = br#"{"fr": 30, "ip": 0, "op": 60, "w": 9, "h": 9, "layers": [], "assets": [{"id": "a", "u": "http://127.0.0.1:9/", "p": "x.png"}]}"#;
    becomes_a_card("lottie", GiftFormat::Lottie, elsewhere).await
}

#[tokio::test]
async fn whoever_wants_less_motion_gets_a_card_and_loads_no_piece() -> Result<()> {
    let stall = Stall::open(demo_gifts, true).await?;
    stall.give(GiftFormat::Svga).await?;
    stall.page.shows(TRAY, "Sky rocket").await?;
    let pieces = stall.pieces().await?;
    ensure!(pieces.is_empty(), "loaded {pieces:?}");
    stall.close().await
}

#[tokio::test]
async fn pictures_alone_load_no_piece() -> Result<()> {
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>";
    let stall = Stall::open(async |show| one_gift(show, "image", drawing).await, false).await?;
    stall.give(GiftFormat::Image).await?;
    stall.page.shows(".gift-stage .effect img", "").await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let pieces = stall.pieces().await?;
    ensure!(pieces.is_empty(), "loaded {pieces:?}");
    Ok(())
}

#[tokio::test]
async fn an_idle_page_gets_what_is_likely_to_be_played() -> Result<()> {
    let stall = Stall::open(demo_gifts, false).await?;
    let wanted = ["gifts", "gift-svga"];
    stall
        .page
        .until("the pieces are loaded", PATIENCE, async || {
            let pieces = stall.pieces().await?;
            Ok(wanted.iter().all(|wanted| pieces.iter().any(|piece| piece.starts_with(wanted))).then_some(()))
        })
        .await?;
    stall.close().await
}
