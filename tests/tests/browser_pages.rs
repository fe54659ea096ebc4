//! Every page of ours as people with other eyes and hands meet it: axe-core finds nothing that keeps anybody out.

use anyhow::{Context, Result, ensure};
use protocol::NewOrder;
use serde::Deserialize;
use serde_json::json;
use std::{path::Path, time::Duration};
use tests::{
    api::{Api, PASSWORD},
    browser::{DESKTOP, PHONE, Window},
    page::Page,
    parts::{BUY, CHAT, COUPON, PINNED},
    server::root,
    show::{ROOM, Show},
    site::Site,
};

/// Something that axe-core finds.
#[derive(Debug, Deserialize)]
struct Finding {
    #[expect(dead_code, reason = "for who reads why a test fails")]
    rule: String,
    #[expect(dead_code, reason = "for who reads why a test fails")]
    nodes: Vec<String>,
}

const LOOK: &str = "return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}) \
    .then(({violations}) => violations.filter(({impact}) => impact === 'serious' || impact === 'critical') \
    .map(({id, nodes}) => ({rule: id, nodes: nodes.slice(0, 3).map(node => `${node.target.flat().at(-1)} ${node.html.slice(0, 90)} ${node.failureSummary}`)})))";

/// Nothing serious is found on the page as it is now.
async fn keeps_nobody_out(page: &Page, state: &str) -> Result<()> {
    let folder = std::env::var_os("LIVESTALL_AXE_CORE")
        .context("LIVESTALL_AXE_CORE names the folder of axe-core's builds: `cargo xtask test` sets it")?;
    let axe =
        std::fs::read_to_string(Path::new(&folder).join("axe.min.js")).context("cannot read axe-core")?;
    // What comes up softly has another contrast on its way.
    tokio::time::sleep(Duration::from_millis(700)).await;
    page.run(&axe, &[]).await?;
    let found: Vec<Finding> = serde_json::from_value(page.run(LOOK, &[]).await?)?;
    ensure!(found.is_empty(), "{state}: {found:#?}");
    Ok(())
}

async fn log_in(page: &Page, origin: &str) -> Result<()> {
    page.go(&format!("{origin}/login")).await?;
    page.fill("#name", "lin").await?;
    page.fill("#password", PASSWORD).await?;
    page.press_enter().await?;
    let left = "return location.pathname !== '/login'";
    page.until("the host is logged in", Duration::from_secs(10), async || {
        Ok((page.run(left, &[]).await? == json!(true)).then_some(()))
    })
    .await
}

/// A merchant's pages, their forms open.
async fn every_part_of_the_shop(page: &Page, show: &Show, buyer: &Api) -> Result<()> {
    let new = NewOrder { product: show.cup.id, quantity: 1, coupon: None, expected_total: show.cup.price };
    let order = buyer.order(ROOM, &new, "place").await?;
    buyer.pay(&order.id, "sandbox_ok", "pay").await?;
    let shop = format!("{}/studio/{ROOM}/shop", show.server.origin());
    for (part, opens) in [
        ("", [".entry-head", ".refund-open"].as_slice()),
        ("/products", &[".entry-head"]),
        ("/coupons", &[".merchant-bar .button"]),
        ("/income", &[".withdraw-open"]),
    ] {
        page.go(&format!("{shop}{part}")).await?;
        page.shows(".merchant-tabs a[aria-current=page]", "").await?;
        keeps_nobody_out(page, &format!("the shop{part}")).await?;
        for open in opens {
            page.click(open).await?;
        }
        page.shows("main form", "").await?;
        keeps_nobody_out(page, &format!("the shop{part} with its form")).await?;
    }
    Ok(())
}

async fn every_page(window: Window) -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let origin = show.server.origin();
    let mei = show.server.api()?.register("mei").await?;
    let page = Page::open(&origin, window).await?;
    page.shows("main", "").await?;
    keeps_nobody_out(&page, "the shop front").await?;
    for path in ["login", "orders", "room/nowhere"] {
        page.go(&format!("{origin}/{path}")).await?;
        page.shows("main", "").await?;
        keeps_nobody_out(&page, path).await?;
    }
    page.go(&format!("{origin}/room/{ROOM}")).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    show.pin_tea(None).await?;
    show.release_coupon().await?;
    let say = protocol::Say {
        client_id: "1".to_owned(),
        text: "好茶 👍".to_owned(),
        at: None,
        mode: protocol::DanmakuMode::Scroll,
        color: None,
    };
    mei.command(ROOM, &protocol::Command::Say(say)).await?;
    show.host.command(ROOM, &protocol::Command::Announce { text: "整点抽奖".to_owned(), at: None }).await?;
    page.shows(PINNED, "").await?;
    page.shows(COUPON, "").await?;
    page.shows(CHAT, "好茶").await?;
    page.shows(".banner", "整点抽奖").await?;
    keeps_nobody_out(&page, "the room").await?;
    page.click(".bag").await?;
    page.shows(".sheet", "").await?;
    keeps_nobody_out(&page, "the bag").await?;
    page.run("probe.find('.sheet header button').click()", &[]).await?;
    page.click(BUY).await?;
    page.shows(".sheet input[name=username]", "").await?;
    keeps_nobody_out(&page, "the log-in sheet").await?;
    log_in(&page, &origin).await?;
    page.go(&format!("{origin}/studio/{ROOM}")).await?;
    page.shows(".studio-show", "").await?;
    // On a phone one part of it shows at a time.
    page.run("[...document.querySelectorAll('.studio-tabs button')].filter(probe.visible)[1]?.click()", &[])
        .await?;
    page.shows(".goods-products .row", "").await?;
    keeps_nobody_out(&page, "the studio").await?;
    every_part_of_the_shop(&page, &show, &mei).await?;
    page.go(&format!("{origin}/room/{ROOM}")).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    page.click(BUY).await?;
    page.shows(".sheet .totals", "").await?;
    keeps_nobody_out(&page, "the checkout").await
}

#[tokio::test]
async fn axe_finds_nothing_serious_on_any_page_on_a_phone() -> Result<()> {
    every_page(PHONE).await
}

#[tokio::test]
async fn axe_finds_nothing_serious_on_any_page_on_a_desktop() -> Result<()> {
    every_page(DESKTOP).await
}

#[tokio::test]
async fn axe_finds_nothing_serious_in_the_storefront() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let storefront = std::fs::read_to_string(root()?.join("www/dist/storefront.html"))?;
    let site = Site::start(storefront.replace("https://shop.example", &show.server.origin())).await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    page.run("probe.stall().scrollIntoView({block: 'center'})", &[]).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    keeps_nobody_out(&page, "the storefront").await
}
