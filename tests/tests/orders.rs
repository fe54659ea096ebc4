//! Orders under load and power cuts: what was acknowledged is there, once, and stock adds up.

use anyhow::{Context, Result, ensure};
use protocol::{NewOrder, Order, OrderStatus};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tests::{
    api::{Api, fresh_key},
    server::Server,
    show::{ROOM, Show, yuan},
};
use tokio::{sync::Semaphore, task::JoinSet};

const BUYERS: usize = 20;
const ORDERS: usize = 100;
/// Requests in flight at a time.
const AT_ONCE: usize = 32;

/// What a buyer knows of one order: the keys it used, and the last answer it got.
struct Attempt {
    buyer: Api,
    order_key: String,
    pay_key: String,
    acknowledged: Option<Order>,
}

impl Attempt {
    /// Places and pays; stops at the first call without an answer.
    async fn go(&mut self, order: &NewOrder) -> Result<()> {
        let held = self.buyer.order(ROOM, order, &self.order_key).await?;
        self.acknowledged = Some(held.clone());
        self.acknowledged = Some(self.buyer.pay(&held.id, "sandbox_ok", &self.pay_key).await?);
        Ok(())
    }
}

fn one_tea(show: &Show) -> NewOrder {
    NewOrder { product: show.tea.id, quantity: 1, coupon: None, expected_total: yuan(12_800) }
}

async fn buyers(server: &Server) -> Result<Vec<Api>> {
    let guest = server.api()?;
    let mut registering = JoinSet::new();
    for index in 0..BUYERS {
        let guest = guest.clone();
        registering.spawn(async move { guest.register(&format!("buyer{index}")).await });
    }
    registering.join_all().await.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_order_is_there_once_after_kill_9_amid_a_hundred() -> Result<()> {
    let mut show = Show::prepare().await?;
    // Fewer than are wanted, so that the sale also runs dry.
    let stock = i64::try_from(ORDERS)? - 30;
    let tea = protocol::NewProduct::plain("Longjing", yuan(12_800), stock);
    show.tea = show.host.new_product(ROOM, &tea).await?;
    let buyers = buyers(&show.server).await?;
    let order = one_tea(&show);

    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for index in 0..ORDERS {
        let buyer = buyers.get(index % buyers.len()).context("no buyers")?.clone();
        let (gate, order) = (Arc::clone(&gate), order.clone());
        running.spawn(async move {
            let mut attempt =
                Attempt { buyer, order_key: fresh_key(), pay_key: fresh_key(), acknowledged: None };
            let _permit = gate.acquire().await;
            let _ = attempt.go(&order).await;
            attempt
        });
    }
    let mut attempts = Vec::new();
    // In the middle: a third is through, a third is in flight, a third has not begun.
    while attempts.len() < ORDERS / 3 {
        attempts.push(running.join_next().await.context("no attempt is left")??);
    }
    show.server.kill().await?;
    attempts.extend(running.join_all().await);
    let paid = |attempts: &[Attempt]| {
        let paid = |attempt: &&Attempt| {
            attempt.acknowledged.as_ref().is_some_and(|order| order.status == OrderStatus::Paid)
        };
        attempts.iter().filter(paid).count()
    };
    let paid_before = paid(&attempts);
    ensure!(
        (ORDERS / 4..ORDERS - 10).contains(&paid_before),
        "the cut came too early or late: {paid_before} paid"
    );

    show.server.restart().await?;
    audit(&show, &attempts, stock).await?;
    // A buyer without an answer asks again under the same key: it gets its order, or a first one.
    for attempt in &mut attempts {
        let _ = attempt.go(&order).await;
    }
    audit(&show, &attempts, stock).await?;
    ensure!(i64::try_from(paid(&attempts))? == stock, "all {stock} should be sold in the end");
    Ok(())
}

/// Every acknowledged order is there as acknowledged or further on, none twice, and stock is what was on hand − taken.
async fn audit(show: &Show, attempts: &[Attempt], on_hand: i64) -> Result<()> {
    let orders = show.host.room_orders(ROOM).await?;
    let there: HashMap<&str, &Order> = orders.iter().map(|order| (order.id.as_str(), order)).collect();
    ensure!(there.len() == orders.len(), "an order is listed twice");
    ensure!(orders.len() <= attempts.len(), "{} orders came of {} attempts", orders.len(), attempts.len());
    for acknowledged in attempts.iter().filter_map(|attempt| attempt.acknowledged.as_ref()) {
        let found =
            there.get(acknowledged.id.as_str()).with_context(|| format!("{} is lost", acknowledged.id))?;
        ensure!(
            acknowledged.status != OrderStatus::Paid || found.status == OrderStatus::Paid,
            "{} was paid and now is {:?}",
            found.id,
            found.status
        );
    }
    let takes = |order: &&Order| matches!(order.status, OrderStatus::Held | OrderStatus::Paid);
    let taken = i64::try_from(orders.iter().filter(takes).count())?;
    let products = show.server.api()?.products(ROOM).await?;
    let left = products.iter().find(|product| product.id == show.tea.id).context("the tea is gone")?.stock;
    ensure!(left >= 0, "stock is {left}");
    ensure!(left + taken == on_hand, "{left} left and {taken} taken of {on_hand}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_item_is_sold_once_when_twenty_viewers_want_it() -> Result<()> {
    let show = Show::prepare().await?;
    let order = NewOrder { product: show.cup.id, quantity: 1, coupon: None, expected_total: yuan(26_800) };
    let mut running = JoinSet::new();
    for buyer in buyers(&show.server).await? {
        let order = order.clone();
        running.spawn(async move { buyer.order(ROOM, &order, &fresh_key()).await });
    }
    let answers = running.join_all().await;
    ensure!(
        answers.iter().filter(|answer| answer.is_ok()).count() == 1,
        "sold to more than one, or none: {answers:?}"
    );
    for refusal in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        ensure!(format!("{refusal}").contains("sold_out"), "expected sold_out, found {refusal}");
    }
    Ok(())
}

#[tokio::test]
async fn the_same_key_gives_the_same_order_and_another_body_under_it_is_refused() -> Result<()> {
    let show = Show::prepare().await?;
    let mei = show.server.api()?.register("mei").await?;
    let (order, key) = (one_tea(&show), fresh_key());
    let first = mei.order(ROOM, &order, &key).await?;
    ensure!(mei.order(ROOM, &order, &key).await?.id == first.id);
    let other = NewOrder { quantity: 2, expected_total: yuan(25_600), ..order };
    ensure!(mei.order(ROOM, &other, &key).await.is_err(), "another order under the same key was taken");
    ensure!(mei.orders().await?.len() == 1);
    Ok(())
}

#[tokio::test]
async fn a_coupon_is_claimed_once_and_takes_its_amount_off() -> Result<()> {
    let show = Show::prepare().await?;
    let mei = show.server.api()?.register("mei").await?;
    ensure!(mei.claim(ROOM, show.coupon.id).await.is_err(), "a coupon was claimed before its release");
    show.release_coupon().await?;
    let claim = mei.claim(ROOM, show.coupon.id).await?;
    ensure!(claim.coupon.remaining == 9 && mei.claim(ROOM, show.coupon.id).await?.coupon.remaining == 9);

    let full = NewOrder { coupon: Some(show.coupon.id), ..one_tea(&show) };
    ensure!(mei.order(ROOM, &full, &fresh_key()).await.is_err(), "a total without the coupon was charged");
    let right = NewOrder { expected_total: yuan(10_800), ..full };
    let held = mei.order(ROOM, &right, &fresh_key()).await?;
    let paid = mei.pay(&held.id, "sandbox_ok", &fresh_key()).await?;
    ensure!(paid.status == OrderStatus::Paid && paid.total == yuan(10_800) && paid.receipt.is_some());
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_told_to_end_ends_cleanly_and_comes_back_with_its_orders() -> Result<()> {
    let mut show = Show::prepare().await?;
    let mei = show.server.api()?.register("mei").await?;
    let held = mei.order(ROOM, &one_tea(&show), &fresh_key()).await?;
    tokio::time::timeout(Duration::from_secs(10), show.server.stop()).await??;
    show.server.restart().await?;
    let orders = mei.orders().await?;
    ensure!(orders.len() == 1 && orders.iter().all(|order| order.id == held.id), "found {orders:?}");
    Ok(())
}
