//! Coins in a real browser, on a phone: bought, given, and held back.

use anyhow::{Context, Result, ensure};
use protocol::{NewRedPacket, PacketSplit, Recharge, RedPacket, SpendLimits, Spending, Wallet};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::PHONE,
    page::Page,
    parts::SHEET_BUTTON,
    show::{ROOM, Show},
    wait::until,
};

const GIVE: &str = ".give";
const LANTERN: &str = ".gift[data-gift='7']";
/// The first field of the sheet that sends a red packet.
const COINS: &str = ".sheet .form input";
const PURSE: &str = ".purse";
const BALANCE: &str = ".sheet .balance";

/// A show with one gift, of 50 coins.
async fn show_with_lantern() -> Result<(Show, tests::publisher::Publisher)> {
    let (show, publisher) = Show::live().await?;
    let folder = tempfile::tempdir()?;
    let drawing =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>";
    std::fs::write(folder.path().join("lantern.svg"), drawing)?;
    let catalogue = json!({"gifts": [{"id": 7, "name": {"zh-CN": "灯笼", "en": "Lantern"}, "price": 50, "tier": "small",
        "format": "image", "asset": "lantern.svg"}]});
    let file = folder.path().join("gifts.json");
    std::fs::write(&file, catalogue.to_string())?;
    show.server.admin(&["gifts", "import", file.to_str().context("a temporary path is text")?]).await?;
    Ok((show, publisher))
}

#[tokio::test]
async fn a_viewer_without_coins_buys_some_gives_a_gift_and_sees_what_is_left() -> Result<()> {
    let (show, _publisher) = show_with_lantern().await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await?;
    page.register("mei").await?;
    page.click(GIVE).await?;
    page.shows(PURSE, "0 ").await?;
    page.click(LANTERN).await?;
    // There are none, so the wallet comes up.
    page.shows(BALANCE, "0 ").await?;
    page.click(".sheet input[value=sandbox_declined]").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(".sheet .wrong", "nothing was charged").await?;
    page.click(".sheet input[value=sandbox_ok]").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(BALANCE, "60 ").await?;
    page.click(".sheet header button").await?;
    page.click(GIVE).await?;
    page.click(LANTERN).await?;
    page.shows(PURSE, "10 ").await?;
    page.shows(".trays", "Lantern").await?;
    let moved = "const sheet = probe.find('.sheet .movements'); return sheet ? sheet.children.length : 0";
    page.click(".purse .link").await?;
    page.until("both movements are told", Duration::from_secs(10), async || {
        Ok((page.run(moved, &[]).await? == json!(2)).then_some(()))
    })
    .await
}

#[tokio::test]
async fn whoever_has_given_much_is_asked_before_they_give_more() -> Result<()> {
    let (show, _publisher) = show_with_lantern().await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await?;
    page.register("mei").await?;
    let mei = show.server.api()?.log_in("mei").await?;
    let limits = SpendLimits { per_gift: 100, per_day: 200, remind_at: 10 };
    let set = mei.request(Method::PUT, "/api/v1/wallet/limits").json(&limits).send().await?;
    ensure!(set.status().is_success(), "{}", set.status());
    page.click(GIVE).await?;
    page.click(".purse .link").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(BALANCE, "60 ").await?;
    page.click(".sheet header button").await?;
    page.click(GIVE).await?;
    page.click(LANTERN).await?;
    page.shows(".sheet h2", "pause").await?;
    let wallet: Wallet = mei.get("/api/v1/wallet").await?;
    ensure!(wallet.balances.iter().any(|balance| balance.amount == 60), "nothing may be charged: {wallet:?}");
    page.click("[data-go-on]").await?;
    page.click(LANTERN).await?;
    page.shows(PURSE, "10 ").await?;
    let spending: Spending = mei.get("/api/v1/wallet/limits").await?;
    ensure!(spending.spent == 50, "{spending:?}");
    Ok(())
}

#[tokio::test]
async fn a_red_packet_comes_up_for_viewers_and_a_share_is_in_the_wallet() -> Result<()> {
    let (show, _publisher) = show_with_lantern().await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await?;
    page.register("bo").await?;
    let mei = show.server.api()?.register("mei").await?;
    let _: Recharge =
        mei.post("/api/v1/wallet/recharges", &json!({"package": "coins_60", "method": "sandbox_ok"})).await?;
    let new = NewRedPacket { coins: 20, shares: 1, split: PacketSplit::Equal, seconds: 120, at: None };
    until("mei has coins to send", Duration::from_secs(10), async || {
        let sent = mei.post::<RedPacket>(&format!("/api/v1/rooms/{ROOM}/packets"), &new).await;
        Ok(sent.ok())
    })
    .await?;
    page.shows(".card.packet", "mei").await?;
    page.click(".card.packet .button").await?;
    page.shows(".notices", "20").await?;
    let gone = "return probe.find('.card.packet') === null";
    page.until("the card goes", Duration::from_secs(10), async || {
        Ok((page.run(gone, &[]).await? == json!(true)).then_some(()))
    })
    .await?;
    let wallet: Wallet = show.server.api()?.log_in("bo").await?.get("/api/v1/wallet").await?;
    ensure!(wallet.balances.iter().any(|balance| balance.amount == 20), "{wallet:?}");
    Ok(())
}

#[tokio::test]
async fn a_viewer_sends_a_red_packet_from_the_gifts() -> Result<()> {
    let (show, _publisher) = show_with_lantern().await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await?;
    page.register("mei").await?;
    page.click(GIVE).await?;
    page.click(".purse .link").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(BALANCE, "60 ").await?;
    page.click(".sheet header button").await?;
    page.click(GIVE).await?;
    page.click("[data-packet]").await?;
    page.shows(COINS, "").await?;
    // What is typed takes the place of what stands there.
    page.run("probe.find(arguments[0]).select()", &[json!(COINS)]).await?;
    page.browser.devtools("Input.insertText", json!({"text": "50"})).await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(".card.packet", "10 of 10").await
}
