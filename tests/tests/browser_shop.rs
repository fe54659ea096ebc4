//! From a coupon to a receipt in a real browser, on our own page and on a merchant's.

use anyhow::{Context, Result, ensure};
use protocol::OrderStatus;
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::{DESKTOP, PHONE},
    page::Page,
    parts::{BUY, CHAT, CLAIM, COUPON, PAID, PINNED, SAY, SHEET_BUTTON, TOAST, TOTAL},
    server::root,
    show::{ROOM, Show, yuan},
    site::Site,
};

#[tokio::test]
async fn a_shopper_claims_a_coupon_and_buys_and_everybody_sees_the_stock() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let room = format!("{}/room/{ROOM}", show.server.origin());
    let (shopper, witness) =
        tokio::try_join!(Page::open_playing(&room, PHONE), Page::open_playing(&room, PHONE))?;
    shopper.register("mei").await?;
    show.pin_tea(None).await?;
    show.release_coupon().await?;
    witness.shows(PINNED, "10").await?;

    shopper.shows(COUPON, "满100减20").await?;
    shopper.click(CLAIM).await?;
    // It says so for a while, then makes room.
    let claimed = "const claim = probe.find(arguments[0]); return !claim || claim.ariaDisabled === 'true'";
    shopper
        .until("the coupon is claimed", Duration::from_secs(10), async || {
            Ok((shopper.run(claimed, &[json!(CLAIM)]).await? == json!(true)).then_some(()))
        })
        .await?;
    shopper.click(BUY).await?;
    shopper.shows(TOTAL, "108").await?;
    shopper.click(SHEET_BUTTON).await?;
    // The second step has the button that pays; the first is gone.
    shopper.shows(".sheet input[value=sandbox_ok]", "").await?;
    shopper.click(SHEET_BUTTON).await?;
    shopper.shows(PAID, "108").await?;

    witness.shows(PINNED, "9").await?;
    witness.shows(TOAST, "Longjing").await?;
    let orders = show.host.room_orders(ROOM).await?;
    let order = orders.first().context("the order is not on the server")?;
    ensure!(
        orders.len() == 1 && order.status == OrderStatus::Paid && order.total == yuan(10_800),
        "found {orders:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_sold_out_product_says_so_at_once_to_everybody() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let room = format!("{}/room/{ROOM}", show.server.origin());
    let page = Page::open_playing(&room, PHONE).await?;
    show.host.command(ROOM, &protocol::Command::PinProduct { product: show.cup.id, at: None }).await?;
    page.shows(BUY, "").await?;
    let mei = show.server.api()?.register("mei").await?;
    let order =
        protocol::NewOrder { product: show.cup.id, quantity: 1, coupon: None, expected_total: yuan(26_800) };
    mei.order(ROOM, &order, "only-one").await?;
    page.shows(".card.pinned.out", "").await
}

#[tokio::test]
async fn a_storefront_on_another_origin_plays_chats_and_sells() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let storefront = root()?.join("www/dist/storefront.html");
    let storefront = std::fs::read_to_string(&storefront)
        .with_context(|| format!("{} is missing: build the pages", storefront.display()))?;
    let site = Site::start(storefront.replace("https://shop.example", &show.server.origin())).await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    page.run("probe.stall().scrollIntoView({block: 'center'})", &[]).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    page.register("mei").await?;
    page.fill(SAY, "from the storefront").await?;
    page.press_enter().await?;
    page.shows(CHAT, "from the storefront").await?;

    show.pin_tea(None).await?;
    page.click(BUY).await?;
    page.shows(TOTAL, "128").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(".sheet input[value=sandbox_ok]", "").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(PAID, "128").await
}
