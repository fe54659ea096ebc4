//! Stripe, or whoever speaks its wire: payments are opened as PaymentIntents, one for each `Idempotency-Key`, and webhooks
//! are signed as [`super::signature`] says. Tested against an emulator of the wire; not run against Stripe itself.
//!
//! Amounts are minor units on both sides. Stripe takes a few currencies otherwise than ISO 4217 counts them (ISK and UGX
//! with two decimals that are always zero, three-decimal ones in tens): the packages on offer are in CNY.

use axum::body::{Body, to_bytes};
use hyper::{Method, Request, StatusCode, Uri, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;

use super::config::Secret;
use super::notice;
use super::provider::{Intent, Notice, OpenError, OpenFuture, Opened, RechargeProvider, WebhookError};
use super::signature::verify;

/// Where Stripe answers.
pub(super) const API: &str = "https://api.stripe.com";
/// The shape of answers that this was written for.
const VERSION: &str = "2025-03-31.basil";
/// Bytes in an answer; a PaymentIntent has some three thousand.
const MOST_ANSWER: usize = 64 * 1_024;
/// Characters of the provider's own words that a shopper sees.
const MOST_REASON: usize = 200;

/// A provider that speaks Stripe's wire.
pub(super) struct Stripe {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    intents: Uri,
    key: Secret,
    webhook_secret: Secret,
}

impl Stripe {
    /// Speaks to `api`, such as [`API`], with a secret key.
    ///
    /// # Errors
    /// When the address is none, or is neither https nor this machine's: the key would travel in the open.
    pub(super) fn new(api: &str, key: Secret, webhook_secret: Secret) -> anyhow::Result<Self> {
        let intents: Uri = format!("{}/v1/payment_intents", api.trim_end_matches('/')).parse()?;
        let local = intents.host().is_some_and(|host| matches!(host, "127.0.0.1" | "localhost" | "[::1]"));
        let safe = intents.scheme_str() == Some("https") || (local && intents.scheme_str() == Some("http"));
        anyhow::ensure!(safe, "stripe_api is {api:?}, expected an https address");
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            intents,
            key,
            webhook_secret,
        })
    }

    /// Asks for a payment; the answer's status and body.
    async fn ask(&self, intent: &Intent) -> Result<(StatusCode, Vec<u8>), OpenError> {
        let unknown = |error: String| OpenError::Unknown { reason: error };
        // Digits, letters and hyphens all: nothing in it needs escaping.
        let form = format!(
            "amount={}&currency={}&metadata%5Brecharge%5D={}&automatic_payment_methods%5Benabled%5D=true",
            intent.price.amount,
            intent.price.currency.as_str().to_ascii_lowercase(),
            intent.id
        );
        let request = Request::builder()
            .method(Method::POST)
            .uri(&self.intents)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key.reveal()))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("idempotency-key", &intent.id)
            .header("stripe-version", VERSION)
            .body(Body::from(form))
            .map_err(|error| unknown(error.to_string()))?;
        let answer = self.client.request(request).await.map_err(|error| unknown(error.to_string()))?;
        let status = answer.status();
        let body = to_bytes(Body::new(answer.into_body()), MOST_ANSWER).await;
        Ok((status, body.map_err(|error| unknown(error.to_string()))?.to_vec()))
    }
}

#[derive(Deserialize)]
struct PaymentIntent {
    id: String,
    client_secret: Option<String>,
    amount: i64,
    currency: String,
}

#[derive(Deserialize)]
struct Failure {
    error: Reason,
}

#[derive(Deserialize)]
struct Reason {
    #[serde(default)]
    message: String,
}

/// What an answer means. Only what Stripe itself says of the request is final; a key that is wrong, a limit, a twin that
/// is running and its own failures may be over when it is asked again.
fn understand(intent: &Intent, status: StatusCode, body: &[u8]) -> Result<Opened, OpenError> {
    let unknown = |reason: String| OpenError::Unknown { reason };
    match status {
        StatusCode::OK => {
            let opened: PaymentIntent = serde_json::from_slice(body)
                .map_err(|error| unknown(format!("not a PaymentIntent: {error}")))?;
            let asked = (intent.price.amount, intent.price.currency.as_str());
            if (opened.amount, opened.currency.to_ascii_uppercase().as_str()) != asked {
                let found = format!("{} {}", opened.amount, opened.currency);
                return Err(unknown(format!(
                    "a payment of {found} was opened, {} {} was asked",
                    asked.0, asked.1
                )));
            }
            Ok(Opened { reference: opened.id, client_secret: opened.client_secret, deliveries: Vec::new() })
        }
        StatusCode::BAD_REQUEST | StatusCode::PAYMENT_REQUIRED => {
            let said = serde_json::from_slice(body).map(|failure: Failure| failure.error.message);
            let said = said.unwrap_or_else(|_| "the payment provider refused the payment".to_owned());
            Err(OpenError::Refused { reason: said.chars().take(MOST_REASON).collect() })
        }
        _ => Err(unknown(format!("answered {status}"))),
    }
}

impl RechargeProvider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn signature_header(&self) -> &'static str {
        "stripe-signature"
    }

    fn methods(&self) -> &'static [&'static str] {
        // Which ones it is, the shopper says to Stripe.
        &["stripe"]
    }

    fn open<'a>(&'a self, intent: &'a Intent) -> OpenFuture<'a> {
        Box::pin(async move {
            let (status, body) = self.ask(intent).await?;
            understand(intent, status, &body)
        })
    }

    fn read(&self, signature: &str, body: &[u8], now: i64) -> Result<Option<Notice>, WebhookError> {
        verify(self.webhook_secret.reveal(), signature, body, now)?;
        notice::read(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Currency, Money};

    #[test]
    fn only_a_refusal_of_the_payment_itself_is_final() {
        let intent =
            Intent { id: "r".to_owned(), price: Money::new(600, Currency::CNY), method: "stripe".to_owned() };
        let heard = |status: u16, body: &str| match understand(
            &intent,
            StatusCode::from_u16(status).unwrap(),
            body.as_bytes(),
        ) {
            Ok(opened) => opened.reference,
            Err(OpenError::Refused { reason }) => format!("refused: {reason}"),
            Err(OpenError::Unknown { .. }) => "unknown".to_owned(),
        };
        assert_eq!(heard(200, r#"{"id": "pi_1", "amount": 600, "currency": "cny", "more": {}}"#), "pi_1");
        assert_eq!(heard(200, r#"{"id": "pi_1", "amount": 599, "currency": "cny"}"#), "unknown");
        assert_eq!(heard(200, r#"{"id": "pi_1", "amount": 600, "currency": "usd"}"#), "unknown");
        assert_eq!(heard(200, "<html>"), "unknown");
        assert_eq!(heard(400, r#"{"error": {"message": "too small"}}"#), "refused: too small");
        assert_eq!(heard(402, "<html>"), "refused: the payment provider refused the payment");
        for status in [401, 409, 429, 500, 502] {
            assert_eq!(heard(status, "{}"), "unknown", "{status}");
        }
    }

    #[test]
    fn a_key_travels_by_tls_or_not_at_all() {
        let made = |api: &str| {
            Stripe::new(api, "sk".into(), "whsec".into()).map(|stripe| stripe.intents.to_string())
        };
        assert_eq!(made(API).unwrap(), "https://api.stripe.com/v1/payment_intents");
        assert_eq!(made("http://127.0.0.1:1/").unwrap(), "http://127.0.0.1:1/v1/payment_intents");
        for api in ["http://stripe.example", "ftp://localhost", "", "stripe"] {
            assert!(made(api).is_err(), "{api}");
        }
    }
}
