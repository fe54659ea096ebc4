//! A merchant at work on a phone: an import, a refund, and a withdrawal.

use anyhow::{Context, Result, ensure};
use protocol::{
    CoinPackages, GiftCatalogue, Income, NewOrder, Order, OrderStatus, Product, Recharge, Wallet, Withdrawal,
    WithdrawalStatus,
};
use serde_json::json;
use std::{path::Path, time::Duration};
use tests::{
    api::{Api, PASSWORD},
    browser::PHONE,
    page::Page,
    show::{ROOM, Show, yuan},
    wait::until,
};

/// The first row of the orders.
const ORDER: &str = ".entry-head";
const REFUND: &str = ".refund-open";
const REASON: &str = "#refund-reason";
const PAY_BACK: &str = ".refund form button[type=submit]";
const CONFIRM: &str = ".refund .dialog[open] .button-danger";
const CHOOSE: &str = ".import-choose";
const APPLY: &str = ".diff .form-actions .button-primary";

/// A phone on which the host has logged in and opened a part of the shop.
async fn merchant(show: &Show, part: &str) -> Result<Page> {
    let origin = show.server.origin();
    let page = Page::open(&format!("{origin}/login?next=/studio/{ROOM}/shop{part}"), PHONE).await?;
    page.held_upright().await?;
    page.fill("#name", "lin").await?;
    page.fill("#password", PASSWORD).await?;
    page.press_enter().await?;
    page.shows(".merchant-tabs a[aria-current=page]", "").await?;
    Ok(page)
}

/// Nothing on the page is wider than the phone.
async fn fits(page: &Page) -> Result<()> {
    let wide = page.run("return document.documentElement.scrollWidth - innerWidth", &[]).await?;
    ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "the page is {wide} px wider than the phone");
    Ok(())
}

async fn choose_file(page: &Page, file: &Path) -> Result<()> {
    let document = page.browser.devtools("DOM.getDocument", json!({})).await?;
    let asked = json!({"nodeId": document["root"]["nodeId"], "selector": format!("{CHOOSE} input")});
    let input = page.browser.devtools("DOM.querySelector", asked).await?;
    let chosen = json!({"nodeId": input["nodeId"], "files": [file]});
    page.browser.devtools("DOM.setFileInputFiles", chosen).await.map(drop)
}

async fn tea_left(show: &Show) -> Result<i64> {
    let products = show.host.products(ROOM).await?;
    Ok(products.iter().find(|one| one.id == show.tea.id).context("the tea is gone")?.stock)
}

/// A shopper who has paid for three tins.
async fn three_tins(show: &Show) -> Result<Order> {
    let mei = show.server.api()?.register("mei").await?;
    let total = yuan(show.tea.price.amount * 3);
    let new = NewOrder { product: show.tea.id, quantity: 3, coupon: None, expected_total: total };
    let order = mei.order(ROOM, &new, "place").await?;
    mei.pay(&order.id, "sandbox_ok", "pay").await
}

#[tokio::test]
async fn an_import_is_shown_as_a_diff_and_done_as_it_was_shown() -> Result<()> {
    let show = Show::prepare().await?;
    let page = merchant(&show, "/products").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("autumn.csv");
    let head = "id,title,price,quantity\n";
    std::fs::write(&file, format!("{head}pot-1,Yixing pot,180.00 CNY,4\nbad-1,Bad,1.999 CNY,1\n"))?;
    choose_file(&page, &file).await?;
    page.shows(".diff .import-new dd", "1").await?;
    page.shows(".refused", "3").await?;
    page.shows(".changes", "Yixing pot").await?;
    fits(&page).await?;
    ensure!(show.host.products(ROOM).await?.len() == 2, "it was done before it was asked for");
    page.click(APPLY).await?;
    page.shows(".import-told.chip-good", "").await?;
    let pot = |products: Vec<Product>| products.into_iter().find(|one| one.sku == "pot-1");
    let made = pot(show.host.products(ROOM).await?).context("nothing was imported")?;
    ensure!((made.price, made.stock) == (yuan(18_000), 4), "found {made:?}");

    std::fs::write(&file, format!("{head}pot-1,Yixing pot,165.00 CNY,4\n"))?;
    choose_file(&page, &file).await?;
    page.shows(".diff .import-changed dd", "1").await?;
    page.shows(".changes del", "180").await?;
    page.shows(".changes ins", "165").await?;
    page.click(APPLY).await?;
    page.shows(".import-told.chip-good", "").await?;
    let made = pot(show.host.products(ROOM).await?).context("the pot is gone")?;
    ensure!(made.price == yuan(16_500), "found {made:?}");
    page.shows(".entries", "Yixing pot").await?;
    fits(&page).await
}

#[tokio::test]
async fn an_order_is_paid_back_by_line_once_although_it_is_tapped_twice() -> Result<()> {
    let show = Show::prepare().await?;
    let order = three_tins(&show).await?;
    ensure!(tea_left(&show).await? == 7, "three of ten are sold");
    let page = merchant(&show, "").await?;
    page.click(ORDER).await?;
    page.click(REFUND).await?;
    // Not without items and a reason.
    page.click(PAY_BACK).await?;
    page.shows(".refund form .field-error", "").await?;
    page.click(".refund .stepper button:last-child").await?;
    page.fill(REASON, "one tin was dented").await?;
    page.shows(".refund-sum .price", "128").await?;
    fits(&page).await?;
    page.click(PAY_BACK).await?;
    page.shows(".refund .dialog[open] h2", "128").await?;
    page.shows(CONFIRM, "128").await?;
    let twice = "const button = probe.find(arguments[0]); button.click(); button.click()";
    page.run(twice, &[json!(CONFIRM)]).await?;
    page.shows(".order-line-back", "1").await?;
    page.shows(".steps", "one tin was dented").await?;

    let after: Order = show.host.get(&format!("/api/v1/orders/{}", order.id)).await?;
    ensure!(after.refunded == Some(yuan(12_800)) && after.status == OrderStatus::Paid, "found {after:?}");
    let history: protocol::OrderHistory =
        show.host.get(&format!("/api/v1/orders/{}/history", order.id)).await?;
    ensure!(history.refunds.len() == 1, "paid back {} times", history.refunds.len());
    ensure!(tea_left(&show).await? == 8, "the tin is not on sale again");

    // The rest is sent.
    page.fill("#ship-carrier", "SF").await?;
    page.fill("#ship-tracking", "SF123").await?;
    page.click(".ship button[type=submit]").await?;
    page.shows(".facts", "SF123").await?;
    let after: Order = show.host.get(&format!("/api/v1/orders/{}", order.id)).await?;
    ensure!(after.status == OrderStatus::Shipped, "found {after:?}");
    page.click(".pills button:nth-child(3)").await?;
    page.shows(".face", "").await?;
    page.click(".pills button:nth-child(4)").await?;
    page.shows(ORDER, "Longjing").await
}

/// Gives the host a gift of 2,000 coins, half of which is income, and lets the week of its hold go by.
async fn earn(show: &Show) -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(
        folder.path().join("boat.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
    )?;
    let catalogue = json!({"gifts": [{"id": 7, "name": {"zh-CN": "龙舟", "en": "Boat"}, "price": 2_000, "tier": "small",
        "format": "image", "asset": "boat.svg"}]});
    let file = folder.path().join("gifts.json");
    std::fs::write(&file, catalogue.to_string())?;
    show.server.admin(&["gifts", "import", file.to_str().context("a temporary path is text")?]).await?;
    let mei = show.server.api()?.register("mei").await?;
    let CoinPackages { packages, .. } = mei.get("/api/v1/wallet/packages").await?;
    let package = packages.iter().find(|one| one.coins >= 2_000).context("no package is large enough")?;
    let new = json!({"package": package.id, "method": "sandbox_ok"});
    let _: Recharge = mei.post("/api/v1/wallet/recharges", &new).await?;
    until("the coins are there", Duration::from_secs(10), async || {
        let wallet: Wallet = mei.get("/api/v1/wallet").await?;
        Ok(wallet.balances.iter().any(|balance| balance.amount >= 2_000).then_some(()))
    })
    .await?;
    let GiftCatalogue { version, .. } = mei.get("/api/v1/gifts").await?;
    let gift = json!({"type": "send_gift", "client_id": "1", "gift": 7, "count": 1, "combo": "1",
        "catalogue_version": version});
    let _: serde_json::Value = mei.post(&format!("/api/v1/rooms/{ROOM}/commands"), &gift).await?;
    let file = format!("sqlite://{}", show.server.data().join("livestall.db").display());
    let books = sqlx::SqlitePool::connect(&file).await?;
    sqlx::query("UPDATE income_holds SET due = 0").execute(&books).await?;
    books.close().await;
    // The server looks for it now and then.
    until("the hold is over", Duration::from_secs(90), async || {
        let income: Income = show.host.get("/api/v1/wallet/income").await?;
        Ok((income.available == 1_000).then_some(()))
    })
    .await
}

async fn reviewer(show: &Show) -> Result<Api> {
    show.server.admin(&["user", "create", "ann", "--role", "admin", "--password", PASSWORD]).await?;
    show.server.api()?.log_in("ann").await
}

#[tokio::test]
async fn a_withdrawal_is_asked_for_and_approved_by_another() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    earn(&show).await?;
    let page = merchant(&show, "/income").await?;
    page.shows(".income-available dd", "1,000").await?;
    page.click(".withdraw-open").await?;
    page.fill("#withdraw-coins", "1200").await?;
    page.fill("#withdraw-payee", "Lin Tea Ltd").await?;
    page.fill("#withdraw-account", "6222 0000").await?;
    page.click(".income form button[type=submit]").await?;
    // More than there is: what was typed stays.
    page.shows("#withdraw-coins-note", "than").await?;
    page.run("const field = probe.find('#withdraw-coins'); field.focus(); field.select()", &[]).await?;
    page.browser.devtools("Input.insertText", json!({"text": "600"})).await?;
    page.click(".income form button[type=submit]").await?;
    page.shows(".withdrawal", "60").await?;
    page.shows(".withdrawal .chip-warn", "").await?;
    page.shows(".income-available dd", "400").await?;
    page.shows(".income-withdrawing dd", "600").await?;
    fits(&page).await?;

    let asked: Vec<Withdrawal> = show.host.get("/api/v1/wallet/withdrawals").await?;
    let [asked] = asked.as_slice() else { anyhow::bail!("expected one withdrawal, found {asked:?}") };
    let path = format!("/api/v1/withdrawals/{}/approve", asked.id);
    let (status, problem) = show.host.refused(&path, &json!({})).await?;
    ensure!(status == 403, "the host approves their own: {problem:?}");
    let approved: Withdrawal = reviewer(&show).await?.post(&path, &json!({})).await?;
    ensure!(approved.status == WithdrawalStatus::Approved, "found {approved:?}");
    page.shows(".withdrawal .chip-good", "").await?;
    let gone = "return document.querySelector('.withdrawal button') === null";
    page.until("it cannot be taken back any more", Duration::from_secs(10), async || {
        Ok((page.run(gone, &[]).await? == json!(true)).then_some(()))
    })
    .await
}
