//! Fills the demo's empty shop: users by `livestall admin`, everything else as its host would, over the API.

use super::{
    HOST, PASSWORD, ROOM,
    client::Client,
    gifts::Gifts,
    goods::{GOODS, Good, OFFERS, Offer, VIEWERS},
    server::Server,
};
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// What the script needs of the filled shop.
pub(super) struct Stall {
    pub(super) publish_url: String,
    pub(super) host: Client,
    pub(super) viewers: Vec<Client>,
    /// In the order of [`GOODS`].
    pub(super) products: Vec<i64>,
    /// In the order of [`OFFERS`].
    pub(super) coupons: Vec<i64>,
    pub(super) gifts: Gifts,
}

pub(super) fn fill(server: &Server) -> Result<Stall> {
    let user = |name: &str, role: &str| -> Result<Client> {
        server.admin(&["user", "create", name, "--role", role, "--password", PASSWORD])?;
        Ok(Client::new(&server.origin(), &server.admin(&["token", name])?))
    };
    user("admin", "admin")?;
    let host = user(HOST, "host")?;
    let viewers = VIEWERS.iter().map(|name| user(name, "viewer")).collect::<Result<_>>()?;

    let cover = "/assets/covers/autumn-tea.svg";
    let room = json!({"id": ROOM, "title": "秋茶专场 · Autumn tea", "cover": cover});
    let room = host.post("/api/v1/rooms", &room)?;
    let publish_url = room["publish_url"].as_str().context("the room has no publish_url")?.to_owned();
    let made = |path: &str, body: &Value| -> Result<i64> {
        let made = host.post(&format!("/api/v1/rooms/{ROOM}/{path}"), body)?;
        made["id"].as_i64().with_context(|| format!("expected an id, found {made}"))
    };
    let products = GOODS.iter().map(|good| made("products", &product(good))).collect::<Result<_>>()?;
    let coupons = OFFERS.iter().map(|offer| made("coupons", &coupon(offer))).collect::<Result<_>>()?;
    let gifts = Gifts::offer(server)?;
    Ok(Stall { publish_url, host, viewers, products, coupons, gifts })
}

fn product(good: &Good) -> Value {
    json!({
        "title": good.title(),
        "description": good.description,
        "image": format!("/assets/products/{}.svg", good.picture),
        "price": yuan(good.price),
        "compare_at": (good.compare_at > 0).then(|| yuan(good.compare_at)),
        "stock": good.stock,
    })
}

fn coupon(offer: &Offer) -> Value {
    json!({
        "title": offer.title,
        "amount_off": yuan(offer.amount_off),
        "min_spend": yuan(offer.min_spend),
        "total": offer.total,
    })
}

/// An amount of fen, as the API has money.
pub(super) fn yuan(fen: i64) -> Value {
    json!({"amount": fen, "currency": "CNY"})
}
