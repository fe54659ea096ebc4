//! `TestApp::init().with_user().await`: the app, its database and its users in one line.

mod answer;
mod client;
mod money;
#[path = "../scratch/mod.rs"]
mod scratch;
mod shows;
mod socket;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use protocol::{Coupon, Money, NewCoupon, NewProduct, NewRoom, Product, Role};
use serde_json::json;
use server::config::Config;
use server::orders::PaymentProvider;
use server::state::App;
use server::{auth, clock, router, store, users};
use tempfile::TempDir;

pub(crate) use answer::Answer;
pub(crate) use client::Client;
pub(crate) use shows::PRICE;
pub(crate) use socket::Socket;

/// A server with a data folder of its own.
pub(crate) struct TestApp {
    pub(crate) app: App,
    router: Router,
    data: TempDir,
}

/// A room with its host.
pub(crate) struct Stall {
    pub(crate) host: Client,
}

pub(crate) fn cny(amount: i64) -> Money {
    Money::new(amount, protocol::Currency::CNY)
}

impl TestApp {
    pub(crate) async fn init() -> Self {
        Self::with_config(|_| {}).await
    }

    pub(crate) async fn with_config(set: impl FnOnce(&mut Config)) -> Self {
        Self::on(tempfile::tempdir().unwrap(), set).await
    }

    /// The app, with another payment provider.
    pub(crate) async fn with_payments(payments: Arc<dyn PaymentProvider>) -> Self {
        let data = tempfile::tempdir().unwrap();
        let config = Self::config(&data).await;
        Self::of(App::with_payments(config, payments).await.unwrap(), data)
    }

    async fn on(data: TempDir, set: impl FnOnce(&mut Config)) -> Self {
        let mut config = Self::config(&data).await;
        set(&mut config);
        Self::of(App::open(config).await.unwrap(), data)
    }

    async fn config(data: &TempDir) -> Config {
        let database = scratch::address(data.path()).await.unwrap().parse().unwrap();
        Config { data: data.path().to_owned(), database: Some(database), ..Config::default() }
    }

    fn of(app: App, data: TempDir) -> Self {
        Self { router: router::router(app.clone()), app, data }
    }

    /// The same data in a new process, as far as memory goes.
    pub(crate) async fn restart(self) -> Self {
        self.app.shutdown.cancel();
        self.app.store.close().await;
        let Self { app, router, data } = self;
        drop((app, router));
        let app = Self::on(data, |_| {}).await;
        server::orders::recover(&app.app).await.unwrap();
        app
    }

    /// A client who is not logged in.
    pub(crate) fn guest(&self) -> Client {
        Client::new(self.router.clone(), None)
    }

    /// A user of this name, logged in.
    pub(crate) async fn user(&self, name: &str, role: Role) -> Client {
        let user = users::create(&self.app, name, None, role).await.unwrap();
        let mut tx = self.app.store.write().await.unwrap();
        let session = auth::open(&mut tx, user, clock::now()).await.unwrap();
        store::commit(tx).await.unwrap();
        Client::new(self.router.clone(), Some(session))
    }

    /// The app and a viewer.
    pub(crate) async fn with_user(self) -> (Self, Client) {
        let user = self.viewer().await;
        (self, user)
    }

    /// A viewer of any name.
    pub(crate) async fn viewer(&self) -> Client {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        self.user(&format!("viewer {number}"), Role::Viewer).await
    }

    /// The room `tea` with its host.
    pub(crate) async fn stall(&self) -> Stall {
        let host = self.user("host", Role::Host).await;
        let room = NewRoom { id: "tea".to_owned(), title: "Autumn tea".to_owned(), cover: String::new() };
        host.post("/api/v1/rooms", &room).await.created();
        Stall { host }
    }

    /// A real listener, for sockets.
    pub(crate) async fn listen(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self.router.clone().into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        address.to_string()
    }
}

impl Stall {
    /// Puts a product on sale.
    pub(crate) async fn product(&self, price: i64, stock: i64) -> Product {
        let new = NewProduct::plain("Longjing", cny(price), stock);
        self.host.post("/api/v1/rooms/tea/products", &new).await.created().json()
    }

    /// Makes a coupon and releases it.
    pub(crate) async fn coupon(&self, amount_off: i64, min_spend: i64, total: i64) -> Coupon {
        let new = NewCoupon::plain("Off", cny(amount_off), cny(min_spend), total);
        self.release(&new).await
    }

    /// Makes a coupon of any kind and releases it.
    pub(crate) async fn release(&self, new: &NewCoupon) -> Coupon {
        let coupon: Coupon = self.host.post("/api/v1/rooms/tea/coupons", new).await.created().json();
        self.command(json!({"type": "release_coupon", "coupon": coupon.id})).await.accepted();
        coupon
    }

    /// A command of the host.
    pub(crate) async fn command(&self, command: serde_json::Value) -> Answer {
        self.host.post("/api/v1/rooms/tea/commands", &command).await
    }

    /// What is left of a product.
    pub(crate) async fn stock(&self, product: &Product) -> i64 {
        let products: Vec<Product> = self.host.get("/api/v1/rooms/tea/products").await.ok().json();
        products.iter().find(|one| one.id == product.id).unwrap().stock
    }

    /// The room's log, once it holds what `until` waits for.
    pub(crate) async fn events(&self, until: impl Fn(&[protocol::Event]) -> bool) -> Vec<protocol::Event> {
        for _ in 0..200 {
            let events: Vec<protocol::Event> =
                self.host.get("/api/v1/rooms/tea/events?limit=1000").await.ok().json();
            if until(&events) {
                return events;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("the log never held what the test waits for");
    }
}
