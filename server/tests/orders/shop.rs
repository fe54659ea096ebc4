//! The server as the model's steps meet it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use protocol::{
    Coupon, Currency, Money, NewCoupon, NewProduct, NewVariant, Order, Product, Role, Session, VariantOption,
};
use serde_json::{Value, json};
use server::config::Config;
use server::state::App;
use server::{audit, auth, clock, orders, router, store, users};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

use crate::model::{COUPON, HOLD_S, Model, ON_HAND, PER_USER, PRICES, USERS};
use crate::scratch;

/// What was asked last, and what was answered: a client that lost the answer asks again.
#[derive(Clone)]
struct Asked {
    who: usize,
    path: String,
    body: Value,
    answer: (u16, String),
}

pub(crate) struct Shop {
    runtime: Runtime,
    folder: TempDir,
    app: Option<App>,
    /// The shoppers, and the host after them.
    people: Vec<Session>,
    /// Product and variant of each good.
    goods: Vec<(i64, Option<i64>)>,
    coupon: i64,
    /// Orders placed, each with its shopper.
    orders: Vec<(usize, String)>,
    keys: u32,
    last: Option<Asked>,
}

fn cny(amount: i64) -> Money {
    Money::new(amount, Currency::CNY)
}

fn variant(value: &str, price: i64, stock: u32) -> NewVariant {
    let options = vec![VariantOption { name: "size".to_owned(), value: value.to_owned() }];
    let (price, stock) = (Some(cny(price)), i64::from(stock));
    NewVariant { options, sku: String::new(), price, compare_at: None, live: None, stock }
}

async fn open(folder: &TempDir) -> App {
    let hold_seconds = u32::try_from(HOLD_S).unwrap();
    let database = Some(scratch::address(folder.path()).await.unwrap().parse().unwrap());
    let config = Config { data: folder.path().to_owned(), database, hold_seconds, ..Config::default() };
    let app = App::open(config).await.unwrap();
    orders::recover(&app).await.unwrap();
    app
}

impl Shop {
    pub(crate) fn open() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let app = runtime.block_on(open(&folder));
        let (people, goods) = (Vec::new(), Vec::new());
        let mut shop = Self {
            runtime,
            folder,
            app: Some(app),
            people,
            goods,
            coupon: 0,
            orders: Vec::new(),
            keys: 0,
            last: None,
        };
        for number in 0..=USERS {
            let role = if number == USERS { Role::Host } else { Role::Viewer };
            let session = shop.runtime.block_on(async {
                let app = shop.app.as_ref().unwrap();
                let user = users::create(app, &format!("user {number}"), None, role).await.unwrap();
                let mut tx = app.store.write().await.unwrap();
                let session = auth::open(&mut tx, user, clock::now()).await.unwrap();
                store::commit(tx).await.unwrap();
                session
            });
            shop.people.push(session);
        }
        shop.stock();
        shop
    }

    /// Puts everything on sale.
    fn stock(&mut self) {
        self.made("/rooms", &json!({"id": "tea", "title": "Tea"}));
        let plain = |good: usize| NewProduct::plain("Tea", cny(PRICES[good]), i64::from(ON_HAND[good]));
        let sizes = vec![variant("M", PRICES[2], ON_HAND[2]), variant("L", PRICES[3], ON_HAND[3])];
        for new in [
            plain(0),
            NewProduct { per_user: Some(PER_USER), ..plain(1) },
            NewProduct { variants: sizes, ..plain(2) },
        ] {
            let product: Product =
                serde_json::from_str(&self.made("/rooms/tea/products", &json!(new))).unwrap();
            self.goods.extend(product.variants.iter().map(|one| (product.id, Some(one.id))));
            if product.variants.is_empty() {
                self.goods.push((product.id, None));
            }
        }
        let total = i64::try_from(COUPON.2).unwrap();
        let new = json!(NewCoupon::plain("Off", cny(COUPON.0), cny(COUPON.1), total));
        let coupon: Coupon = serde_json::from_str(&self.made("/rooms/tea/coupons", &new)).unwrap();
        self.coupon = coupon.id;
        self.made("/rooms/tea/commands", &json!({"type": "release_coupon", "coupon": coupon.id}));
        // A room's commands know no key: they are not asked again.
        self.last = None;
    }

    fn made(&mut self, path: &str, body: &Value) -> String {
        assert_eq!(self.ask(USERS, path.to_owned(), body), "ok", "{path}: {body}");
        self.last.clone().unwrap().answer.1
    }

    fn send(&self, asked: &Asked, key: u32) -> (u16, String) {
        let request = Request::post(format!("/api/v1{}", asked.path))
            .header("authorization", format!("Bearer {}", self.people[asked.who].token))
            .header("content-type", "application/json")
            .header("idempotency-key", format!("key {key}"))
            .body(Body::from(asked.body.to_string()))
            .unwrap();
        self.runtime.block_on(async {
            let router: Router = router::router(self.app.clone().unwrap());
            let answer = router.oneshot(request).await.unwrap();
            let status = answer.status().as_u16();
            let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            (status, String::from_utf8(body.to_vec()).unwrap())
        })
    }

    /// Asks, and answers `ok` or the problem's code.
    fn ask(&mut self, who: usize, path: String, body: &Value) -> String {
        self.keys += 1;
        let mut asked = Asked { who, path, body: body.clone(), answer: (0, String::new()) };
        asked.answer = self.send(&asked, self.keys);
        let (status, text) = &asked.answer;
        let code = match status {
            200..300 => "ok".to_owned(),
            _ => serde_json::from_str::<protocol::Problem>(text).unwrap().code,
        };
        self.last = Some(asked);
        code
    }

    pub(crate) fn claim(&mut self, user: usize) -> String {
        self.ask(user, format!("/rooms/tea/coupons/{}/claims", self.coupon), &json!({}))
    }

    pub(crate) fn place(&mut self, user: usize, cart: &[(usize, u32)], coupon: bool) -> String {
        let line = |&(good, quantity): &(usize, u32)| {
            let (product, variant) = self.goods[good];
            json!({"product": product, "variant": variant, "quantity": quantity})
        };
        let subtotal: i64 = cart.iter().map(|(good, quantity)| PRICES[*good] * i64::from(*quantity)).sum();
        let coupons = if coupon { vec![self.coupon] } else { Vec::new() };
        let total = subtotal - if coupon { COUPON.0 } else { 0 };
        let lines: Vec<Value> = cart.iter().map(line).collect();
        let body = json!({"lines": lines, "coupons": coupons, "expected_total": cny(total)});
        let answer = self.ask(user, "/rooms/tea/orders".to_owned(), &body);
        if answer == "ok" {
            let order: Order = serde_json::from_str(&self.last.as_ref().unwrap().answer.1).unwrap();
            self.orders.push((user, order.id));
        }
        answer
    }

    /// The shopper and the name of an order; of one that is not there, some.
    fn order(&self, order: usize) -> (usize, String) {
        self.orders.get(order).cloned().unwrap_or((0, "none".to_owned()))
    }

    pub(crate) fn of_shopper(&mut self, order: usize, what: &str, body: &Value) -> String {
        let (user, id) = self.order(order);
        self.ask(user, format!("/orders/{id}/{what}"), body)
    }

    pub(crate) fn of_host(&mut self, order: usize, what: &str, body: &Value) -> String {
        let (_, id) = self.order(order);
        self.ask(USERS, format!("/orders/{id}/{what}"), body)
    }

    /// Moves all that depends on the time, which is as good as moving the clock.
    pub(crate) fn jump(&mut self, by: i64, sweep: bool) -> String {
        let app = self.app.clone().unwrap();
        self.runtime.block_on(async {
            let mut tx = app.store.write().await.unwrap();
            let moved = sqlx::query("UPDATE orders SET held_until = held_until - $1").bind(by * 1_000);
            moved.execute(&mut *tx).await.unwrap();
            store::commit(tx).await.unwrap();
            if sweep {
                orders::expire_overdue(&app, clock::now()).await.unwrap();
            }
        });
        "ok".to_owned()
    }

    /// Ends the process in the middle of things, and begins another. Whoever got no answer asks again and gets the first.
    pub(crate) fn crash(&mut self, paying: usize) -> String {
        let app = self.app.take().unwrap();
        let paying = self.orders.get(paying).cloned();
        let next = self.runtime.block_on(async {
            if let Some((_, order)) = paying {
                let mut tx = app.store.write().await.unwrap();
                let row = store::orders::by_id(&mut tx, &order).await.unwrap().unwrap();
                if row.held_until > clock::now() {
                    store::orders::begin_payment(&mut tx, &order, "sandbox_ok").await.unwrap();
                }
                store::commit(tx).await.unwrap();
            }
            let mut lost = app.store.write().await.unwrap();
            sqlx::query("UPDATE products SET held = held + 1, on_hand = on_hand + 9")
                .execute(&mut *lost)
                .await
                .unwrap();
            drop((lost, app));
            open(&self.folder).await
        });
        self.app = Some(next);
        if let Some(asked) = self.last.clone() {
            assert_eq!(self.send(&asked, self.keys), asked.answer, "{}", asked.path);
        }
        "ok".to_owned()
    }

    pub(crate) fn check(&self, model: &Model) {
        let app = self.app.clone().unwrap();
        self.runtime.block_on(async {
            let mut db = app.store.read().await.unwrap();
            let products = store::products::list(&mut db, "tea").await.unwrap();
            for (good, (id, variant)) in self.goods.iter().enumerate() {
                let product = products.iter().find(|one| one.id == *id).unwrap();
                let stock = match variant {
                    Some(id) => product.variants.iter().find(|one| one.id == *id).unwrap().stock,
                    None => product.stock,
                };
                assert_eq!(stock, i64::from(model.left(good)), "stock of good {good}");
            }
            for ((_, id), placed) in self.orders.iter().zip(&model.orders) {
                let row = store::orders::by_id(&mut db, id).await.unwrap().unwrap();
                assert_eq!((row.order.status, row.order.total), (placed.status, cny(placed.total())));
                let back: Vec<u32> = row.order.lines.iter().map(|line| line.refunded).collect();
                assert_eq!(back, placed.back.iter().map(|(back, _)| *back).collect::<Vec<_>>());
                if placed.is_whole_back() {
                    assert_eq!(row.order.refunded, Some(row.order.total));
                }
            }
            drop(db);
            assert_eq!(audit::audit(&app.store).await.unwrap().sentences(), Vec::<String>::new());
        });
    }
}
