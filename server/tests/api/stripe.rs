//! Recharges through an emulator of Stripe's wire: one PaymentIntent for each key, webhooks signed with the endpoint's secret.
//! Stripe itself was not asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use protocol::{Recharge, RechargeStatus, Unit, Wallet};
use serde_json::{Value, json};
use server::{clock, wallet};

use crate::support::{Answer, Client, TestApp};

const SECRET: &str = "whsec_of_the_emulated_endpoint";

/// What the emulator was asked, and what it is to do next.
#[derive(Clone, Default)]
struct Emulator(Arc<Mutex<Asked>>);

#[derive(Default)]
struct Asked {
    /// The form of each payment, by `Idempotency-Key`.
    intents: BTreeMap<String, String>,
    requests: usize,
    /// Answered instead, once each.
    troubles: Vec<(u16, &'static str)>,
}

impl Emulator {
    fn answer(&self, headers: &HeaderMap, form: &str) -> Response {
        let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let mut asked = self.0.lock().unwrap();
        asked.requests += 1;
        if header("authorization") != "Bearer sk_test_emulated" {
            return (StatusCode::UNAUTHORIZED, r#"{"error": {"message": "Invalid API Key"}}"#)
                .into_response();
        }
        let key = header("idempotency-key");
        let first = asked.intents.entry(key.clone()).or_insert_with(|| form.to_owned()).clone();
        if first != form {
            return (StatusCode::BAD_REQUEST, r#"{"error": {"message": "other parameters"}}"#)
                .into_response();
        }
        // After it was taken down: a trouble of the network loses the answer, not the payment.
        if let Some((status, body)) = asked.troubles.pop() {
            return (StatusCode::from_u16(status).unwrap(), body).into_response();
        }
        let field = |name: &str| {
            let value = form.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
            value.map_or(String::new(), |(_, value)| value.to_owned())
        };
        let intent = json!({
            "id": format!("pi_{key}"),
            "object": "payment_intent",
            "amount": field("amount").parse::<i64>().unwrap(),
            "currency": field("currency"),
            "client_secret": format!("pi_{key}_secret_x"),
            "metadata": {"recharge": field("metadata%5Brecharge%5D")},
            "status": "requires_payment_method",
        });
        axum::Json(intent).into_response()
    }

    /// The emulator at an address, and the app that asks it.
    async fn start() -> (Self, TestApp, Client) {
        let emulator = Self::default();
        let intents = async |State(emulator): State<Self>, headers: HeaderMap, form: String| {
            emulator.answer(&headers, &form)
        };
        let router = Router::new().route("/v1/payment_intents", post(intents)).with_state(emulator.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let app = TestApp::with_config(|config| {
            config.recharges.stripe_key = Some("sk_test_emulated".into());
            config.recharges.stripe_api = Some(api);
            config.recharges.webhook_secret = Some(SECRET.into());
        })
        .await;
        let user = app.viewer().await;
        (emulator, app, user)
    }

    fn requests(&self) -> usize {
        self.0.lock().unwrap().requests
    }

    fn trouble(&self, status: u16, body: &'static str) {
        self.0.lock().unwrap().troubles.push((status, body));
    }
}

async fn buy(user: &Client, key: &str) -> Answer {
    let body = json!({"package": "coins_300", "method": "stripe"});
    user.post_keyed("/api/v1/wallet/recharges", key, &body).await
}

async fn coins(user: &Client) -> i64 {
    let wallet: Wallet = user.get("/api/v1/wallet").await.ok().json();
    wallet.balances.iter().find(|balance| balance.unit == Unit::Coins).unwrap().amount
}

fn event(id: &str, kind: &str, object: &Value) -> String {
    json!({"id": id, "object": "event", "type": kind, "livemode": false, "data": {"object": object}})
        .to_string()
}

fn succeeded(id: &str, recharge: &Recharge) -> String {
    let object = json!({
        "id": format!("pi_{}", recharge.id),
        "object": "payment_intent",
        "amount": 3_000,
        "amount_received": 3_000,
        "currency": "cny",
        "metadata": {"recharge": recharge.id},
        "status": "succeeded",
    });
    event(id, "payment_intent.succeeded", &object)
}

async fn webhook(app: &TestApp, body: String) -> String {
    let signature = wallet::sign(SECRET, clock::now().0 / 1_000, body.as_bytes());
    let headers = [("stripe-signature", signature.as_str())];
    let answer = app.guest().raw(Method::POST, "/api/v1/webhooks/stripe", &headers, body).await.ok();
    answer.json::<Value>()["outcome"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn coins_are_bought_over_stripes_wire() {
    let (emulator, app, user) = Emulator::start().await;
    let recharge: Recharge = buy(&user, "k").await.created().json();
    assert_eq!(recharge.client_secret.clone().unwrap(), format!("pi_{}_secret_x", recharge.id));
    assert_eq!(
        emulator.0.lock().unwrap().intents[&recharge.id],
        format!(
            "amount=3000&currency=cny&metadata%5Brecharge%5D={}&automatic_payment_methods%5Benabled%5D=true",
            recharge.id
        )
    );
    let again: Recharge = buy(&user, "k").await.created().json();
    assert_eq!((again, emulator.requests()), (recharge.clone(), 1));
    assert_eq!(coins(&user).await, 0);
    assert_eq!(webhook(&app, succeeded("evt_1", &recharge)).await, "credited");
    assert_eq!(webhook(&app, succeeded("evt_1", &recharge)).await, "seen");
    assert_eq!(webhook(&app, succeeded("evt_2", &recharge)).await, "nothing");
    assert_eq!(coins(&user).await, 300);
    let charge = json!({
        "id": "ch_1", "object": "charge", "payment_intent": format!("pi_{}", recharge.id),
        "amount": 3_000, "amount_refunded": 3_000, "currency": "cny", "refunded": true,
    });
    assert_eq!(webhook(&app, event("evt_3", "charge.refunded", &charge)).await, "taken_back");
    assert_eq!(coins(&user).await, 0);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_asked_for_again_and_opens_one_payment() {
    let (emulator, app, user) = Emulator::start().await;
    for (status, body) in [
        (500, "{}"),
        (429, "{}"),
        (200, "<html>"),
        (200, r#"{"id": "pi_x", "amount": 1, "currency": "cny"}"#),
    ] {
        emulator.trouble(status, body);
        assert_eq!(buy(&user, "k").await.problem(), "503 busy", "{status} {body}");
    }
    let recharge: Recharge = buy(&user, "k").await.created().json();
    assert_eq!((emulator.requests(), emulator.0.lock().unwrap().intents.len()), (5, 1));
    assert_eq!(webhook(&app, succeeded("evt_1", &recharge)).await, "credited");
    assert_eq!(coins(&user).await, 300);
}

#[tokio::test]
async fn a_payment_made_before_its_answer_came_is_credited_once() {
    let (emulator, app, user) = Emulator::start().await;
    emulator.trouble(500, "{}");
    assert_eq!(buy(&user, "k").await.problem(), "503 busy");
    let id = emulator.0.lock().unwrap().intents.keys().next().unwrap().clone();
    let path = format!("/api/v1/wallet/recharges/{id}");
    let recharge: Recharge = user.get(&path).await.ok().json();
    assert_eq!(webhook(&app, succeeded("evt_1", &recharge)).await, "credited");
    let answer: Recharge = buy(&user, "k").await.created().json();
    assert_eq!(answer.id, id);
    assert_eq!(webhook(&app, succeeded("evt_2", &recharge)).await, "nothing");
    assert_eq!(coins(&user).await, 300);
}

#[tokio::test]
async fn what_stripe_refuses_is_told_and_kept() {
    let (emulator, _app, user) = Emulator::start().await;
    emulator.trouble(400, r#"{"error": {"message": "Amount must be at least 4.00 hkd"}}"#);
    let refused = buy(&user, "k").await;
    assert_eq!(refused.problem(), "402 recharge_refused");
    assert!(refused.body.contains("at least 4.00 hkd"), "{}", refused.body);
    assert_eq!(buy(&user, "k").await.body, refused.body);
    assert_eq!(emulator.requests(), 1);
    let id = emulator.0.lock().unwrap().intents.keys().next().unwrap().clone();
    let recharge: Recharge = user.get(&format!("/api/v1/wallet/recharges/{id}")).await.ok().json();
    assert_eq!(recharge.status, RechargeStatus::Failed);
}

#[tokio::test]
async fn a_shop_with_stripe_takes_no_sandbox_money() {
    let (_emulator, app, user) = Emulator::start().await;
    let body = json!({"package": "coins_300", "method": "sandbox_ok"});
    let refused = user.post_keyed("/api/v1/wallet/recharges", "k", &body).await;
    assert_eq!(refused.problem(), "422 unknown_method");
    let webhook = app.guest().raw(Method::POST, "/api/v1/webhooks/sandbox", &[], "{}".to_owned()).await;
    assert_eq!(webhook.problem(), "404 unknown_provider");
}
