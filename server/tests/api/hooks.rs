use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use protocol::{DeliveryStage, Hook, HookDelivery, HookWithSecret, Order, Role, ServerTime, Withdrawal};
use serde_json::{Value, json};
use server::{clock, hooks};
use shop::ledger::Account;
use std::sync::{Arc, Mutex};

use crate::support::{Client, TestApp};

const HOOKS: &str = "/api/v1/hooks";
const DAY_MS: i64 = 24 * 3_600_000;

/// What a merchant's server was sent.
type Taken = Vec<(HeaderMap, String)>;

/// A merchant's server, which answers as it is told to and keeps what it was sent.
#[derive(Clone)]
struct Receiver(Arc<Mutex<(StatusCode, Taken)>>);

impl Receiver {
    async fn start() -> (Self, String) {
        let receiver = Self(Arc::new(Mutex::new((StatusCode::OK, Vec::new()))));
        let take = async |State(Self(kept)): State<Self>, headers: HeaderMap, body: String| {
            let mut kept = kept.lock().unwrap();
            kept.1.push((headers, body));
            (kept.0, [("location", "http://127.0.0.1:1/elsewhere")], "x".repeat(100_000))
        };
        let routes = Router::new().route("/hook", post(take)).with_state(receiver.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        (receiver, url)
    }

    fn answers(&self, status: StatusCode) {
        self.0.lock().unwrap().0 = status;
    }

    fn taken(&self) -> Taken {
        std::mem::take(&mut self.0.lock().unwrap().1)
    }
}

async fn shop() -> TestApp {
    TestApp::with_config(|config| config.webhooks_allow_private = true).await
}

async fn hook(user: &Client, url: &str, kinds: &[&str]) -> HookWithSecret {
    user.post_keyed(HOOKS, url, &json!({"url": url, "kinds": kinds})).await.created().json()
}

async fn deliveries(user: &Client, hook: &Hook) -> Vec<HookDelivery> {
    user.get(&format!("{HOOKS}/{}/deliveries", hook.id)).await.ok().json()
}

fn later(ms: i64) -> ServerTime {
    ServerTime(clock::now().0 + ms)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers[name].to_str().unwrap()
}

#[tokio::test]
async fn what_happens_to_an_order_is_told_signed_to_its_host_and_to_the_shop() {
    let app = shop().await;
    let stall = app.stall().await;
    let admin = app.user("admin", Role::Admin).await;
    let (ours, url) = Receiver::start().await;
    let (theirs, elsewhere) = Receiver::start().await;
    let made = hook(&stall.host, &url, &["order.*"]).await;
    let shops = hook(&admin, &url, &["order.paid"]).await;
    let other = hook(&app.user("other", Role::Host).await, &elsewhere, &["*"]).await;
    let ann = app.viewer().await;
    let tea = stall.product(1_000, 5).await;
    let order: Order = ann.order(&tea, "k").await.created().json();
    ann.order(&tea, "k").await.created();
    ann.pay(&order, "sandbox_ok", "p").await.ok();
    let given_up: Order = ann.order(&tea, "l").await.created().json();
    ann.cancel(&given_up, "c").await.ok();
    for one in [&made, &shops, &other] {
        hooks::drain(&app.app, one.hook.id, later(0)).await.unwrap();
    }
    assert!(theirs.taken().is_empty(), "a host hears of others' orders");
    let taken = ours.taken();
    let bodies: Vec<Value> = taken.iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect();
    let kinds: Vec<_> = bodies.iter().map(|body| body["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["order.held", "order.paid", "order.held", "order.cancelled", "order.paid"]);
    assert_eq!(bodies[1]["data"]["id"], json!(order.id));
    assert_eq!(bodies[1]["data"]["status"], "paid");
    let (headers, body) = &taken[0];
    let (id, time) = (text(headers, "webhook-id"), text(headers, "webhook-timestamp"));
    assert!(made.secret.starts_with("whsec_") && id.starts_with("msg_"));
    let secret = key(&app, &made.hook).await;
    assert_eq!(hooks::secret_text(&secret), made.secret);
    let signature = hooks::sign(&secret, id, time.parse().unwrap(), body);
    assert_eq!(text(headers, "webhook-signature"), signature);
    assert!(
        deliveries(&stall.host, &made.hook).await.iter().all(|one| one.stage == DeliveryStage::Delivered)
    );
}

#[tokio::test]
async fn what_the_shop_does_with_an_order_is_told_too_and_each_refund_with_what_is_back_by_then() {
    let app = shop().await;
    let stall = app.stall().await;
    let (ours, url) = Receiver::start().await;
    let made = hook(&stall.host, &url, &["order.shipped", "order.delivered", "order.refunded"]).await;
    let ann = app.viewer().await;
    let tea = stall.product(1_000, 5).await;
    let new =
        json!({"product": tea.id, "quantity": 2, "expected_total": {"amount": 2_000, "currency": "CNY"}});
    let held: Order = ann.post_keyed("/api/v1/rooms/tea/orders", "place", &new).await.created().json();
    let order: Order = ann.pay(&held, "sandbox_ok", "p").await.ok().json();
    let step = |verb: &str| format!("/api/v1/orders/{}/{verb}", order.id);
    let parcel = json!({"carrier": "SF Express", "tracking": "SF 1"});
    for _ in 0..2 {
        stall.host.post_keyed(&step("ship"), "s", &parcel).await.ok();
        stall.host.post_keyed(&step("deliver"), "d", &json!({})).await.ok();
    }
    let one = json!({"lines": [{"line": 0, "quantity": 1}], "restock": false, "reason": "broken"});
    let rest = json!({"restock": false, "reason": "the other too"});
    stall.host.post_keyed(&step("refunds"), "r1", &one).await.created();
    stall.host.post_keyed(&step("refunds"), "r2", &rest).await.created();
    hooks::drain(&app.app, made.hook.id, later(0)).await.unwrap();
    let told: Vec<Value> = ours.taken().iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect();
    let told: Vec<_> = told
        .iter()
        .map(|body| {
            let (kind, order) = (body["type"].as_str().unwrap(), &body["data"]);
            (kind, order["status"].as_str().unwrap(), order["refunded"]["amount"].as_i64())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("order.shipped", "shipped", None),
            ("order.delivered", "delivered", None),
            ("order.refunded", "delivered", Some(1_000)),
            ("order.refunded", "refunded", Some(2_000)),
        ]
    );
}

/// A webhook's secret, from the store.
async fn key(app: &TestApp, hook: &Hook) -> Vec<u8> {
    let hex: String = sqlx::query_scalar("SELECT secret FROM hooks WHERE id = $1")
        .bind(hook.id)
        .fetch_one(&mut *app.app.store.read().await.unwrap())
        .await
        .unwrap();
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

#[tokio::test]
async fn gifts_and_withdrawals_are_told_too() {
    let app = shop().await;
    let stall = app.with_gifts().await;
    let (receiver, url) = Receiver::start().await;
    let made = hook(&stall.host, &url, &["gift.sent", "withdrawal.*"]).await;
    let ann = app.rich(100).await;
    ann.give("a", 2).await.accepted();
    app.endow(Account::Available(stall.host.id()), 1_000).await;
    let new = json!({"coins": 1_000, "payee": "Lin", "account": "1"});
    let asked: Withdrawal =
        stall.host.post_keyed("/api/v1/wallet/withdrawals", "k", &new).await.created().json();
    let path = format!("/api/v1/wallet/withdrawals/{}/cancel", asked.id);
    stall.host.post_keyed(&path, "c", &json!({})).await.ok();
    assert_eq!(hooks::drain(&app.app, made.hook.id, later(0)).await.unwrap(), 3);
    let bodies: Vec<Value> =
        receiver.taken().iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect();
    let kinds: Vec<_> = bodies.iter().map(|body| body["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["gift.sent", "withdrawal.requested", "withdrawal.cancelled"]);
    assert_eq!(
        bodies[0]["data"],
        json!({"room": "tea", "user": ann.id(), "gift": 2, "count": 2, "coins": 18})
    );
}

#[tokio::test]
async fn a_message_is_tried_again_later_and_later_under_the_same_name_until_it_is_taken() {
    let app = shop().await;
    let stall = app.stall().await;
    let (receiver, url) = Receiver::start().await;
    let made = hook(&stall.host, &url, &["*"]).await;
    let tea = stall.product(1_000, 5).await;
    app.viewer().await.order(&tea, "k").await.created();
    // A redirect is an answer like others: nobody goes there.
    receiver.answers(StatusCode::FOUND);
    let mut now = later(0);
    for attempt in 1..=3 {
        assert_eq!(hooks::drain(&app.app, made.hook.id, now).await.unwrap(), 1);
        assert_eq!(hooks::drain(&app.app, made.hook.id, now).await.unwrap(), 0, "it waits");
        let waiting = deliveries(&stall.host, &made.hook).await.remove(0);
        assert_eq!((waiting.stage, waiting.attempts), (DeliveryStage::Waiting, attempt));
        assert_eq!(waiting.status, Some(302));
        now = waiting.due.unwrap();
    }
    let app = app.restart().await;
    let host = Client { session: stall.host.session, ..app.guest() };
    receiver.answers(StatusCode::NO_CONTENT);
    // The restarted app takes public addresses alone.
    assert_eq!(hooks::drain(&app.app, made.hook.id, now).await.unwrap(), 1);
    let refused = deliveries(&host, &made.hook).await.remove(0);
    assert!(refused.error.as_ref().unwrap().contains("https://"), "{refused:?}");
    let ids: std::collections::BTreeSet<_> =
        receiver.taken().iter().map(|(headers, _)| text(headers, "webhook-id").to_owned()).collect();
    assert_eq!(ids.into_iter().collect::<Vec<_>>(), [refused.message]);
}

#[tokio::test]
async fn a_webhook_that_takes_nothing_for_days_is_given_up_until_it_is_enabled() {
    let app = shop().await;
    let stall = app.stall().await;
    let (receiver, url) = Receiver::start().await;
    let made = hook(&stall.host, &url, &["*"]).await;
    let tea = stall.product(1_000, 9).await;
    let ann = app.viewer().await;
    let seen = async || stall.host.get(HOOKS).await.ok().json::<Vec<Hook>>().remove(0);
    receiver.answers(StatusCode::INTERNAL_SERVER_ERROR);
    ann.order(&tea, "a").await.created();
    hooks::drain(&app.app, made.hook.id, later(0)).await.unwrap();
    assert!(seen().await.failing_since.is_some() && seen().await.disabled.is_none());
    hooks::drain(&app.app, made.hook.id, later(6 * DAY_MS)).await.unwrap();
    assert!(seen().await.disabled.unwrap().contains("five days"));
    ann.order(&tea, "b").await.created();
    receiver.answers(StatusCode::OK);
    assert_eq!(hooks::drain(&app.app, made.hook.id, later(60 * DAY_MS)).await.unwrap(), 0);
    let enable = format!("{HOOKS}/{}/enable", made.hook.id);
    assert!(stall.host.post(&enable, &json!({})).await.ok().json::<Hook>().disabled.is_none());
    ann.order(&tea, "c").await.created();
    // What waited and what is new; what happened meanwhile was left for nobody.
    assert_eq!(hooks::drain(&app.app, made.hook.id, later(60 * DAY_MS)).await.unwrap(), 2);
    receiver.answers(StatusCode::GONE);
    ann.order(&tea, "d").await.created();
    hooks::drain(&app.app, made.hook.id, later(0)).await.unwrap();
    assert!(seen().await.disabled.unwrap().contains("410"));
}

#[tokio::test]
async fn a_message_is_sent_once_more_when_it_is_asked_for() {
    let app = shop().await;
    let stall = app.stall().await;
    let (receiver, url) = Receiver::start().await;
    let made = hook(&stall.host, &url, &["*"]).await;
    let tea = stall.product(1_000, 9).await;
    app.viewer().await.order(&tea, "a").await.created();
    hooks::drain(&app.app, made.hook.id, later(0)).await.unwrap();
    let first = receiver.taken();
    let sent = deliveries(&stall.host, &made.hook).await.remove(0);
    let path = format!("{HOOKS}/{}/deliveries/{}/replay", made.hook.id, sent.id);
    stall.host.post(&path, &json!({})).await.accepted();
    hooks::drain(&app.app, made.hook.id, later(1)).await.unwrap();
    let again = receiver.taken();
    assert_eq!((again.len(), &again[0].1), (1, &first[0].1));
    assert_eq!(again[0].0["webhook-id"], first[0].0["webhook-id"]);
    let stranger = app.user("stranger", Role::Host).await;
    assert_eq!(stranger.post(&path, &json!({})).await.problem(), "404 unknown_hook");
    stall.host.delete(&format!("{HOOKS}/{}", made.hook.id)).await;
    assert_eq!(stall.host.post(&path, &json!({})).await.problem(), "404 unknown_hook");
}

#[tokio::test]
async fn nothing_goes_to_an_address_inside() {
    let app = TestApp::init().await;
    let host = app.stall().await.host;
    for url in [
        "http://shop.example/",
        "https://127.0.0.1/",
        "https://[::ffff:169.254.169.254]/",
        "https://10.0.0.1/",
    ] {
        let answer = host.post_keyed(HOOKS, url, &json!({"url": url, "kinds": ["*"]})).await;
        assert_eq!(answer.problem(), "422 bad_url", "{url}");
    }
    let (receiver, _) = Receiver::start().await;
    // A name may lead anywhere: it is looked at when it is used.
    let made = hook(&host, "https://localhost/hook", &["order.held"]).await;
    let stall = crate::support::Stall { host };
    let tea = stall.product(1_000, 9).await;
    app.viewer().await.order(&tea, "a").await.created();
    hooks::drain(&app.app, made.hook.id, later(0)).await.unwrap();
    let refused = deliveries(&stall.host, &made.hook).await.remove(0);
    assert!(refused.error.as_ref().unwrap().contains("not of the open internet"), "{refused:?}");
    assert!(receiver.taken().is_empty());
    for kinds in [json!([]), json!(["order.sent"]), json!(["order.*", "x"])] {
        let body = json!({"url": "https://shop.example/", "kinds": kinds});
        assert_eq!(stall.host.post_keyed(HOOKS, &kinds.to_string(), &body).await.problem(), "422 bad_kind");
    }
    let viewer = app.viewer().await;
    assert_eq!(viewer.get(HOOKS).await.problem(), "403 host_required");
}
