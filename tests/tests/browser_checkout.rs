//! Buying one of several variants, with a coupon, sent to an address, on a phone.

use anyhow::{Context, Result, ensure};
use protocol::{
    Command, NewProduct, NewShipment, NewVariant, Order, OrderStatus, Product, ShippingRule, VariantOption,
};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;
use tests::{
    browser::PHONE,
    page::Page,
    parts::{BUY, CLAIM, COUPON, PAID, PINNED, SHEET_BUTTON, TOTAL},
    show::{ROOM, Show, yuan},
};

const ADDRESS: [(&str, &str); 5] = [
    ("name", "梅"),
    ("phone", "138 0000 0000"),
    ("country", "cn"),
    ("city", "杭州"),
    ("street", "龙井路 1 号"),
];

/// A shirt in three sizes; the largest is sold out, nobody gets more than two.
async fn shirt(show: &Show) -> Result<Product> {
    let size = |value: &str, price: i64, stock| NewVariant {
        options: vec![VariantOption { name: "Size".to_owned(), value: value.to_owned() }],
        sku: format!("S-{value}"),
        price: Some(yuan(price)),
        compare_at: None,
        live: None,
        stock,
    };
    let variants = vec![size("M", 10_000, 3), size("L", 12_000, 1), size("XL", 12_000, 0)];
    let shirt = NewProduct { variants, per_user: Some(2), ..NewProduct::plain("Shirt", yuan(10_000), 0) };
    show.host.new_product(ROOM, &shirt).await
}

/// Does to the room what `request` says.
async fn host(show: &Show, method: Method, path: &str, body: &impl serde::Serialize) -> Result<()> {
    let answer = show.host.request(method, &format!("/api/v1{path}")).json(body).send().await?;
    ensure!(answer.status().is_success(), "{path}: {}", answer.text().await?);
    Ok(())
}

#[tokio::test]
async fn a_shopper_chooses_a_size_says_where_to_send_it_once_and_sees_it_go() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let shirt = shirt(&show).await?;
    let rule = ShippingRule { fee: yuan(800), free_from: None };
    host(&show, Method::PUT, &format!("/rooms/{ROOM}/shipping"), &rule).await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await?;
    page.register("mei").await?;
    show.release_coupon().await?;
    page.shows(COUPON, "满100减20").await?;
    page.click(CLAIM).await?;
    show.host.command(ROOM, &Command::PinProduct { product: shirt.id, at: None }).await?;
    page.shows(PINNED, "Shirt").await?;

    page.click(BUY).await?;
    // The first that is left is chosen, and the coupon too: 100 + 8 − 20.
    page.shows(TOTAL, "88").await?;
    let sold_out = "return probe.find('.sheet .chip input[value=XL]').disabled";
    ensure!(page.run(sold_out, &[]).await? == json!(true), "a size that is sold out can be chosen");
    page.click(".sheet .chip:has(input[value=L])").await?;
    page.shows(TOTAL, "108").await?;
    page.click(SHEET_BUTTON).await?;
    // Not without an address.
    page.shows(".sheet .address", "").await?;
    for (name, text) in ADDRESS {
        page.fill(&format!(".sheet .address input[name={name}]"), text).await?;
    }
    page.click(SHEET_BUTTON).await?;
    page.shows(".sheet input[value=sandbox_ok]", "").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(PAID, "108").await?;

    let orders = show.host.room_orders(ROOM).await?;
    let order = orders.first().context("the order is not on the server")?;
    let line = order.lines.first().context("the order is of nothing")?;
    let address = order.address.as_ref().context("the order goes nowhere")?;
    ensure!(order.status == OrderStatus::Paid && order.total == yuan(10_800), "found {order:?}");
    ensure!(line.options.contains('L') && order.shipping == Some(yuan(800)), "found {order:?}");
    ensure!(address.street == "龙井路 1 号" && address.country == "CN", "found {address:?}");

    let shipment = NewShipment { carrier: "SF".to_owned(), tracking: "SF123456".to_owned() };
    let _: Order = show.host.post(&format!("/api/v1/orders/{}/ship", order.id), &shipment).await?;
    page.click(".sheet .link").await?;
    page.click(".sheet .order .link").await?;
    page.shows(".sheet .totals", "SF123456").await?;
    page.click(SHEET_BUTTON).await?;

    // The next one goes to the same place, in three taps: card, order, pay.
    page.click(BUY).await?;
    page.shows(".sheet .address .to", "龙井路 1 号").await?;
    page.shows(TOTAL, "108").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(".sheet input[value=sandbox_ok]", "").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(PAID, "108").await?;
    page.picture_moves(Duration::from_secs(10)).await.map(drop)
}

/// The cart's button in the bag.
const CART: &str = ".sheet .button.cart";
/// A line of the cart.
const LINES: &str = ".sheet .item.goods";

#[tokio::test]
async fn a_shopper_fills_a_cart_and_orders_all_of_it_at_once() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let shirt = shirt(&show).await?;
    let tea = show.host.new_product(ROOM, &NewProduct::plain("Longjing", yuan(5_000), 1)).await?;
    let rule = ShippingRule { fee: yuan(800), free_from: None };
    host(&show, Method::PUT, &format!("/rooms/{ROOM}/shipping"), &rule).await?;
    let address = format!("{}/room/{ROOM}", show.server.origin());
    let page = Page::open_playing(&address, PHONE).await?;
    page.register("mei").await?;
    for product in [&shirt, &tea] {
        page.click(".round.bag").await?;
        page.click(&format!(".sheet .item[data-product='{}'] .buy", product.id)).await?;
        page.click(".sheet .act .soft").await?;
        page.shows(CART, "Cart").await?;
        page.click(".sheet header button").await?;
    }
    // It is there the next time too.
    page.go(&address).await?;
    page.click(".round.bag").await?;
    page.shows(CART, "2").await?;
    page.click(CART).await?;
    // One way for both: 100 + 50 + 8.
    page.shows(TOTAL, "158").await?;
    page.click(&format!("{LINES}[data-product='{}'] .stepper button:last-of-type", shirt.id)).await?;
    page.shows(TOTAL, "258").await?;

    // Somebody else is faster: what is gone says so and is not ordered, the rest is.
    let there = json!({"name": "Wu", "phone": "1", "country": "CN", "street": "2"});
    let last = json!({"product": tea.id, "quantity": 1, "address": there, "expected_total": yuan(5_800)});
    let rival = show.server.api()?.register("rival").await?;
    let (status, answer) = rival.keyed(&format!("/api/v1/rooms/{ROOM}/orders"), "last", &last).await?;
    ensure!(status.is_success(), "{answer}");
    page.shows(&format!("{LINES}.out"), "Sold out").await?;
    page.shows(TOTAL, "208").await?;
    for (name, text) in ADDRESS {
        page.fill(&format!(".sheet .address input[name={name}]"), text).await?;
    }
    page.click(".sheet .tick-box").await?;
    page.fill(".sheet .invoice input[name=title]", "Tea Ltd.").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(".sheet input[value=sandbox_ok]", "").await?;
    page.click(SHEET_BUTTON).await?;
    page.shows(PAID, "208").await?;
    page.shows(".sheet .totals", "Tea Ltd.").await?;
    page.click(SHEET_BUTTON).await?;

    // What was ordered is in the cart no more; what was not, is, until it is taken out.
    page.click(".round.bag").await?;
    page.shows(CART, "1").await?;
    page.click(CART).await?;
    page.click(&format!("{LINES} .round")).await?;
    page.shows(".sheet .hush", "empty").await?;
    let orders = show.host.room_orders(ROOM).await?;
    let mine =
        orders.iter().find(|order| order.total == yuan(20_800)).context("the order is not on the server")?;
    ensure!(mine.status == OrderStatus::Paid && mine.lines.len() == 1, "found {mine:?}");
    ensure!(mine.lines[0].product == shirt.id && mine.lines[0].quantity == 2, "found {mine:?}");
    ensure!(mine.invoice.as_ref().is_some_and(|invoice| invoice.title == "Tea Ltd."), "found {mine:?}");
    page.picture_moves(Duration::from_secs(10)).await.map(drop)
}

/// Orders take a while to be answered, and the page listens for them.
const SLOW_ORDERS: &str = "const real = window.fetch; window.fetch = async (...asked) => { \
    const answer = await real(...asked); \
    if (String(asked[0].url ?? asked[0]).endsWith('/orders')) await new Promise(done => setTimeout(done, 1500)); \
    return answer; }; \
    addEventListener('stall:order', event => window.ordered = event.detail); \
    addEventListener('error', event => window.fault = event.message)";

#[tokio::test]
async fn whoever_closes_the_sheet_or_adds_more_while_an_order_is_on_its_way_loses_nothing() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let tea = show.host.new_product(ROOM, &NewProduct::plain("Longjing", yuan(5_000), 30)).await?;
    let rule = ShippingRule { fee: yuan(800), free_from: None };
    host(&show, Method::PUT, &format!("/rooms/{ROOM}/shipping"), &rule).await?;
    let page = Page::open_playing(&format!("{}/room/{ROOM}", show.server.origin()), PHONE).await?;
    page.register("mei").await?;
    page.click(".round.bag").await?;
    page.click(&format!(".sheet .item[data-product='{}'] .buy", tea.id)).await?;
    page.click(".sheet .act .soft").await?;
    page.click(CART).await?;
    page.shows(TOTAL, "58").await?;
    for (name, text) in ADDRESS {
        page.fill(&format!(".sheet .address input[name={name}]"), text).await?;
    }
    page.run(SLOW_ORDERS, &[]).await?;
    page.shows(SHEET_BUTTON, "58").await?;
    page.click(SHEET_BUTTON).await?;
    page.click(&format!("{LINES} .stepper button:last-of-type")).await?;
    page.click(".sheet header button").await?;
    page.until("the page hears of the order", Duration::from_secs(15), async || {
        let heard = page.run("return window.ordered?.lines.length === 1", &[]).await?;
        Ok((heard == json!(true)).then_some(()))
    })
    .await?;
    ensure!(page.run("return window.fault ?? null", &[]).await?.is_null(), "something broke");
    // One of two was ordered; the address was kept.
    page.click(".round.bag").await?;
    page.click(CART).await?;
    page.shows(TOTAL, "58").await?;
    page.shows(".sheet .address .to", "龙井路 1 号").await?;
    // The focus stays in the sheet when a line goes, so that Escape closes it.
    page.click(&format!("{LINES} .round")).await?;
    page.shows(".sheet .hush", "empty").await?;
    let inside = "return probe.find('.sheet').getRootNode().activeElement?.closest('.sheet') != null";
    ensure!(page.run(inside, &[]).await? == json!(true), "the focus is lost");
    Ok(())
}
