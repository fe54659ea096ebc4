//! `cargo xtask bench orders`: what the shop's core takes, on the machine's own disk with full durability. Prints a table;
//! asserts nothing but that what is counted was done.
//!
//! Requests go through the server's own router, with sessions, keys, bounds and JSON, but without sockets: on two cores a
//! thousand HTTP clients would measure themselves. The peer does no more than it must: one transaction an order, that
//! takes from the stock and notes the order, on a connection with the same settings in a file beside it. On PostgreSQL
//! (`LIVESTALL_SCRATCH_POSTGRES` is its address) the peer's orders come over as many connections as serve it best.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot go on fails by panicking")]

#[path = "../tests/scratch/mod.rs"]
mod scratch;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use protocol::{
    Coupon, Currency, Money, NewCoupon, NewProduct, Order, Product, Role, ServerTime, Unit, User,
};
use serde_json::{Value, json};
use server::config::Config;
use server::state::App;
use server::store::{self, Database, Store, ledger::post_all};
use server::{audit, auth, clock, orders, router};
use shop::ledger::{Account, Kind, Transfer};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool, SqliteConnection};
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tower::ServiceExt;

const SHOPPERS: usize = 1_000;
/// Each shopper orders so often, one order after the other.
const ROUNDS: usize = 5;
/// Fewer than are asked for: the last are refused.
const STOCK: i64 = 4_500;
const PRICE: i64 = 12_800;
const CLAIMERS: usize = 10_000;
const COUPONS: i64 = 100;
const TRANSFERS: i64 = 100_000;
const RUNS: usize = 3;

fn main() {
    // `cargo test --benches` asks every benchmark whether it runs.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!("| what | livestall (lowest..highest) | one transaction an order | goal | reached |");
    println!("| --- | --- | --- | --- | --- |");
    runtime.block_on(measure());
}

async fn measure() {
    let (mut hot, mut plain) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        plain.push(one_transaction_an_order().await);
        hot.push(hot_product(On::Sqlite).await);
    }
    hot_rows("SQLite", &hot, &plain, 20.0, Some(250.0));
    if std::env::var_os("LIVESTALL_SCRATCH_POSTGRES").is_some() {
        let (mut hot, mut plain) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            plain.push(one_update_an_order().await);
            hot.push(hot_product(On::Postgres).await);
        }
        hot_rows("PostgreSQL", &hot, &plain, 2.0, None);
    }
    let mut ledger = Vec::new();
    for _ in 0..RUNS {
        ledger.push(transfers().await);
    }
    row("ledger: transfers a second, 1,000 a commit", &ledger, None, "≥ 20,000", median(&ledger) >= 20_000.0);
    let mut claims = Vec::new();
    for _ in 0..RUNS {
        claims.push(claims_in_ms().await);
    }
    row(
        "100 coupons, 10,000 users at once: all answered within, ms",
        &claims,
        None,
        "< 2,000",
        median(&claims) < 2_000.0,
    );
    println!("\nCoupons given: {COUPONS} in each run, no user two.");
}

/// Which database a shop is on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    Sqlite,
    Postgres,
}

fn hot_rows(on: &str, hot: &[Hot], plain: &[f64], times: f64, most_ms: Option<f64>) {
    let all = |of: fn(&Hot) -> f64| hot.iter().map(of).collect::<Vec<_>>();
    let (rates, p99) = (all(|run| run.rate), all(|run| run.p99_ms));
    let (ours, theirs) = (median(&rates), median(plain));
    row(
        &format!("{on}: one hot product, 1,000 shoppers at once: orders a second"),
        &rates,
        Some(theirs),
        &format!("≥ {times} × the peer"),
        ours >= times * theirs,
    );
    let goal = most_ms.map_or_else(String::new, |most| format!("< {most}"));
    let within = most_ms.is_some_and(|most| median(&p99) < most);
    row(&format!("{on}: 99 % answered within, ms"), &p99, None, &goal, within);
    row(&format!("{on}: orders a commit"), &all(|run| run.writes_a_commit), Some(1.0), "", true);
    let wrong = all(|run| f64::from(run.wrong));
    let what = format!("{on}: sold beyond stock, doubled, lost, or found by the audit");
    row(&what, &wrong, None, "0", wrong.iter().all(|wrong| *wrong == 0.0));
}

fn row(what: &str, values: &[f64], peer: Option<f64>, goal: &str, reached: bool) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let peer = peer.map_or_else(|| "-".to_owned(), |peer| format!("{peer:.0}"));
    let reached = match (goal, reached) {
        ("", _) => "",
        (_, true) => "yes",
        (_, false) => "no",
    };
    println!("| {what} | {:.0} ({low:.0}..{high:.0}) | {peer} | {goal} | {reached} |", median(values));
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// A shop with a room, a host and so many users who are logged in.
struct Shop {
    app: App,
    router: Router,
    host: String,
    tokens: Vec<String>,
    _data: TempDir,
}

impl Shop {
    async fn open(users: usize, on: On) -> Self {
        let data = folder();
        let database = match on {
            On::Sqlite => None,
            On::Postgres => Some(scratch::address(data.path()).await.unwrap().parse().unwrap()),
        };
        let config = Config { data: data.path().to_owned(), database, ..Config::default() };
        let app = App::open(config).await.unwrap();
        orders::recover(&app).await.unwrap();
        let mut tokens = Vec::with_capacity(users + 1);
        let mut tx = app.store.write().await.unwrap();
        for number in 0..=users {
            let role = if number == users { Role::Host } else { Role::Viewer };
            let user = User { id: clock::next_id(), name: format!("user {number}"), role };
            store::users::insert(&mut tx, &user, &user.name, None, clock::now()).await.unwrap();
            tokens.push(auth::open(&mut tx, user, clock::now()).await.unwrap().token);
        }
        store::commit(tx).await.unwrap();
        let host = tokens.pop().unwrap();
        let router = router::router(app.clone());
        let shop = Self { app, router, host, tokens, _data: data };
        shop.made("/rooms", &json!({"id": "tea", "title": "Tea"})).await;
        shop
    }

    /// Something of the host's.
    async fn made(&self, path: &str, body: &Value) -> String {
        let (status, answer) = send(self.router.clone(), &self.host, path, path, body).await;
        assert!((200..300).contains(&status), "{path}: {status} {answer}");
        answer
    }
}

/// On the disk that builds are on: a folder for temporary files may be in memory.
fn folder() -> TempDir {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    TempDir::with_prefix_in("bench-orders-", target).unwrap()
}

async fn send(router: Router, token: &str, path: &str, key: &str, body: &Value) -> (u16, String) {
    let request = Request::post(format!("/api/v1{path}"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .header("idempotency-key", key)
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = router.oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

struct Hot {
    rate: f64,
    p99_ms: f64,
    writes_a_commit: f64,
    wrong: u32,
}

/// All shoppers order one of the same product, again and again, until it is sold out.
async fn hot_product(on: On) -> Hot {
    let shop = Shop::open(SHOPPERS, on).await;
    let price = Money::new(PRICE, Currency::CNY);
    let product = shop.made("/rooms/tea/products", &json!(NewProduct::plain("Longjing", price, STOCK))).await;
    let product: Product = serde_json::from_str(&product).unwrap();
    let body = json!({"product": product.id, "quantity": 1, "expected_total": price});
    let (before, began) = (shop.app.store.commits(), Instant::now());
    let shoppers: Vec<_> = shop
        .tokens
        .iter()
        .enumerate()
        .map(|(number, token)| {
            let (router, token, body) = (shop.router.clone(), token.clone(), body.clone());
            tokio::spawn(async move {
                let mut orders = Vec::new();
                for round in 0..ROUNDS {
                    let asked = Instant::now();
                    let key = format!("{number}-{round}");
                    let (status, answer) =
                        send(router.clone(), &token, "/rooms/tea/orders", &key, &body).await;
                    let order = match status {
                        201 => Some(serde_json::from_str::<Order>(&answer).unwrap().id),
                        409 => None,
                        _ => panic!("{status} {answer}"),
                    };
                    orders.push((asked.elapsed(), order));
                }
                orders
            })
        })
        .collect();
    let mut asked = Vec::new();
    for shopper in shoppers {
        asked.extend(shopper.await.unwrap());
    }
    let took = began.elapsed();
    let commits = shop.app.store.commits() - before;
    let mut placed: Vec<String> = asked.iter().filter_map(|(_, order)| order.clone()).collect();
    let answered = placed.len();
    placed.sort();
    placed.dedup();
    let mut db = shop.app.store.read().await.unwrap();
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT id FROM orders ORDER BY id").fetch_all(&mut *db).await.unwrap();
    drop(db);
    let beyond = answered.saturating_sub(usize::try_from(STOCK).unwrap());
    let doubled = answered - placed.len() + kept.len().saturating_sub(answered);
    let lost = placed.iter().filter(|order| kept.binary_search(order).is_err()).count();
    let audit = audit::audit(&shop.app.store).await.unwrap().findings();
    let wrong = u32::try_from(beyond + doubled + lost + audit).unwrap();
    let mut latencies: Vec<Duration> = asked.iter().map(|(took, _)| *took).collect();
    latencies.sort();
    let p99 = latencies[latencies.len() * 99 / 100];
    shop.app.store.close().await;
    Hot {
        rate: answered as f64 / took.as_secs_f64(),
        p99_ms: p99.as_secs_f64() * 1_000.0,
        writes_a_commit: asked.len() as f64 / commits as f64,
        wrong,
    }
}

/// The peer: orders a second.
async fn one_transaction_an_order() -> f64 {
    const ORDERS: i64 = 1_000;
    let data = folder();
    let mut db = SqliteConnectOptions::new()
        .filename(data.path().join("plain.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .unwrap();
    let run = async |db: &mut SqliteConnection, sql: &'static str, number: i64| {
        sqlx::query(sql).bind(number).execute(db).await.unwrap().rows_affected()
    };
    run(&mut db, "CREATE TABLE stock (id BIGINT PRIMARY KEY, qty BIGINT NOT NULL)", 0).await;
    run(
        &mut db,
        "CREATE TABLE orders (id BIGINT PRIMARY KEY, stock_id BIGINT NOT NULL, qty BIGINT NOT NULL)",
        0,
    )
    .await;
    run(&mut db, "INSERT INTO stock (id, qty) VALUES (1, $1)", ORDERS).await;
    let began = Instant::now();
    for number in 0..ORDERS {
        run(&mut db, "BEGIN IMMEDIATE", 0).await;
        assert_eq!(run(&mut db, "UPDATE stock SET qty = qty - $1 WHERE id = 1 AND qty >= $1", 1).await, 1);
        run(&mut db, "INSERT INTO orders (id, stock_id, qty) VALUES ($1, 1, 1)", number).await;
        run(&mut db, "COMMIT", 0).await;
    }
    ORDERS as f64 / began.elapsed().as_secs_f64()
}

/// The peer on PostgreSQL: orders a second, over the number of connections that gives most of them.
async fn one_update_an_order() -> f64 {
    let mut best = 0.0_f64;
    for connections in [1, 4, 16, 64] {
        best = best.max(one_update_an_order_over(connections).await);
    }
    best
}

async fn one_update_an_order_over(connections: u32) -> f64 {
    const ORDERS: i64 = 4_000;
    let data = folder();
    let address = scratch::address(data.path()).await.unwrap();
    let pool = PgPoolOptions::new().min_connections(connections).max_connections(connections);
    let pool = pool.acquire_timeout(Duration::from_secs(60)).connect(&address).await.unwrap();
    for sql in [
        "CREATE TABLE stock (id BIGINT PRIMARY KEY, qty BIGINT NOT NULL)".to_owned(),
        "CREATE TABLE plain_orders (id BIGINT PRIMARY KEY, stock_id BIGINT NOT NULL, qty BIGINT NOT NULL)"
            .to_owned(),
        format!("INSERT INTO stock (id, qty) VALUES (1, {ORDERS})"),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    let order = async |pool: PgPool, number: i64| {
        let mut tx = pool.begin().await.unwrap();
        let sql = "UPDATE stock SET qty = qty - 1 WHERE id = 1 AND qty >= 1";
        assert_eq!(sqlx::query(sql).execute(&mut *tx).await.unwrap().rows_affected(), 1);
        let sql = "INSERT INTO plain_orders (id, stock_id, qty) VALUES ($1, 1, 1)";
        sqlx::query(sql).bind(number).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    let began = Instant::now();
    let lanes: Vec<_> = (0..i64::from(connections))
        .map(|lane| {
            let pool = pool.clone();
            tokio::spawn(async move {
                for number in (lane..ORDERS).step_by(usize::try_from(connections).unwrap()) {
                    order(pool.clone(), number).await;
                }
            })
        })
        .collect();
    for lane in lanes {
        lane.await.unwrap();
    }
    let took = began.elapsed();
    pool.close().await;
    ORDERS as f64 / took.as_secs_f64()
}

/// Everybody wants one of the coupons; answers how long until all know.
async fn claims_in_ms() -> f64 {
    let shop = Shop::open(CLAIMERS, On::Sqlite).await;
    let cny = |amount| Money::new(amount, Currency::CNY);
    let new = json!(NewCoupon::plain("Off", cny(500), cny(0), COUPONS));
    let coupon: Coupon = serde_json::from_str(&shop.made("/rooms/tea/coupons", &new).await).unwrap();
    shop.made("/rooms/tea/commands", &json!({"type": "release_coupon", "coupon": coupon.id})).await;
    let path = format!("/rooms/tea/coupons/{}/claims", coupon.id);
    let began = Instant::now();
    let claimers: Vec<_> = shop
        .tokens
        .iter()
        .map(|token| {
            let (router, token, path) = (shop.router.clone(), token.clone(), path.clone());
            tokio::spawn(async move { send(router, &token, &path, "claim", &json!({})).await })
        })
        .collect();
    let mut given = 0;
    for claimer in claimers {
        match claimer.await.unwrap() {
            (200..300, _) => given += 1,
            (409, _) => {}
            (status, answer) => panic!("{status} {answer}"),
        }
    }
    let took = began.elapsed();
    assert_eq!(given, COUPONS, "coupons given");
    shop.app.store.close().await;
    took.as_secs_f64() * 1_000.0
}

/// Gifts of three entries each, 1,000 a commit.
async fn transfers() -> f64 {
    const ACCOUNTS: i64 = 10_000;
    let data = folder();
    let store = Store::open(&Database::Sqlite(data.path().join("ledger.db"))).await.unwrap();
    let gift = |number: i64| {
        let (from, to) = (Account::Wallet(number % ACCOUNTS), Account::Pending(number % 7));
        Transfer::new(format!("gift:{number}"), Kind::Gift)
            .moving(from, to, Unit::Coins, 5)
            .and_then(|transfer| transfer.moving(from, Account::Fees, Unit::Coins, 5))
            .unwrap()
    };
    let fill = |user| {
        Transfer::new(format!("fill:{user}"), Kind::Adjustment)
            .moving(Account::House, Account::Wallet(user), Unit::Coins, 10 * TRANSFERS)
            .unwrap()
    };
    let mut tx = store.write().await.unwrap();
    let filled =
        post_all(&mut tx, &(0..ACCOUNTS).map(fill).collect::<Vec<_>>(), ServerTime(0)).await.unwrap();
    assert!(filled.iter().all(Result::is_ok));
    store::commit(tx).await.unwrap();
    let gifts: Vec<_> = (0..TRANSFERS).map(gift).collect();
    let began = Instant::now();
    for batch in gifts.chunks(1_000) {
        let mut tx = store.write().await.unwrap();
        assert!(post_all(&mut tx, batch, ServerTime(1)).await.unwrap().iter().all(Result::is_ok));
        store::commit(tx).await.unwrap();
    }
    let took = began.elapsed();
    store.close().await;
    TRANSFERS as f64 / took.as_secs_f64()
}
