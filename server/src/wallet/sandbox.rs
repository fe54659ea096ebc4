//! A provider that moves no money and speaks Stripe's wire: it signs its webhooks and hands them to us to bring. By the name
//! of the method it is told to be late, to fail, to repeat itself, to mix the order up, and to lie.

use protocol::{Currency, Money};
use serde_json::{Value, json};
use std::time::Duration;

use super::notice;
use super::provider::{
    Delivery, Intent, Notice, OpenError, OpenFuture, Opened, RechargeProvider, WebhookError,
};
use super::signature::{TOLERANCE_S, sign, verify};
use crate::clock::{now, secret};

/// How late `sandbox_late` is.
const LATE: Duration = Duration::from_secs(3);
/// Between webhooks, so that they arrive in the order in which they are listed.
const STEP: Duration = Duration::from_millis(50);

/// The sandbox, with the secret of this process.
#[derive(Debug, Clone)]
pub struct Sandbox {
    secret: String,
}

impl Default for Sandbox {
    fn default() -> Self {
        Self { secret: format!("whsec_{}", secret::<24>()) }
    }
}

impl Sandbox {
    /// The sandbox, with a secret that others know too.
    pub fn with_secret(secret: impl Into<String>) -> Self {
        Self { secret: secret.into() }
    }

    /// A webhook that arrives after so long, signed when it arrives.
    fn delivery(&self, after: Duration, body: &Value) -> Delivery {
        let (body, seconds) = (body.to_string(), now().0.div_euclid(1_000));
        let arrives = seconds.saturating_add(i64::try_from(after.as_secs()).unwrap_or(i64::MAX));
        Delivery { after, signature: sign(&self.secret, arrives, body.as_bytes()), body }
    }

    /// All that the method makes it say of a payment, in the order of arrival.
    fn deliveries(&self, intent: &Intent) -> Vec<Delivery> {
        let of = Payment(intent);
        let price = intent.price;
        let succeeded = of.intent("1", "payment_intent.succeeded", price);
        let bodies = match intent.method.as_str() {
            "sandbox_ok" | "sandbox_late" => vec![succeeded],
            "sandbox_declined" => vec![of.intent("1", "payment_intent.payment_failed", price)],
            "sandbox_twice" => {
                let again = of.intent("2", "payment_intent.succeeded", price);
                vec![succeeded.clone(), succeeded, again]
            }
            "sandbox_reordered" => vec![
                succeeded,
                of.intent("0", "payment_intent.payment_failed", price),
                of.intent("2", "payment_intent.processing", price),
            ],
            "sandbox_refunded" => vec![succeeded, of.refund("2", price)],
            "sandbox_refunded_first" => vec![of.refund("2", price), succeeded],
            "sandbox_wrong_amount" => {
                let less = Money::new(price.amount.saturating_sub(1), price.currency);
                vec![of.intent("1", "payment_intent.succeeded", less)]
            }
            "sandbox_wrong_currency" => {
                // As many, of what is worth less.
                let other = if price.currency == Currency::USD { Currency::CNY } else { Currency::USD };
                vec![of.intent("1", "payment_intent.succeeded", Money::new(price.amount, other))]
            }
            "sandbox_forged" => return vec![Self::with_secret("whsec_forged").delivery(STEP, &succeeded)],
            "sandbox_stale" => {
                let (body, then) = (succeeded.to_string(), now().0.div_euclid(1_000) - 2 * TOLERANCE_S);
                return vec![Delivery {
                    after: STEP,
                    signature: sign(&self.secret, then, body.as_bytes()),
                    body,
                }];
            }
            _ => Vec::new(),
        };
        let first = if intent.method == "sandbox_late" { LATE } else { STEP };
        let after = |index: u32| first.saturating_add(STEP.saturating_mul(index));
        (0_u32..).zip(&bodies).map(|(index, body)| self.delivery(after(index), body)).collect()
    }
}

/// A payment, as Stripe writes of it.
struct Payment<'a>(&'a Intent);

impl Payment<'_> {
    fn event(&self, number: &str, kind: &str, object: &Value) -> Value {
        json!({"id": format!("evt_{}_{number}", self.0.id), "object": "event", "type": kind, "data": {"object": object}})
    }

    fn intent(&self, number: &str, kind: &str, received: Money) -> Value {
        let object = json!({
            "id": reference(self.0),
            "object": "payment_intent",
            "amount": self.0.price.amount,
            "amount_received": received.amount,
            "currency": received.currency.as_str().to_ascii_lowercase(),
            "metadata": {"recharge": self.0.id},
        });
        self.event(number, kind, &object)
    }

    fn refund(&self, number: &str, refunded: Money) -> Value {
        let object = json!({
            "id": format!("ch_{}", self.0.id),
            "object": "charge",
            "payment_intent": reference(self.0),
            "amount": self.0.price.amount,
            "amount_refunded": refunded.amount,
            "currency": refunded.currency.as_str().to_ascii_lowercase(),
        });
        self.event(number, "charge.refunded", &object)
    }
}

/// Follows from our name, so that asking again opens the same payment, after a restart too.
fn reference(intent: &Intent) -> String {
    format!("pi_{}", intent.id)
}

impl RechargeProvider for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn signature_header(&self) -> &'static str {
        "sandbox-signature"
    }

    fn methods(&self) -> &'static [&'static str] {
        &[
            "sandbox_ok",
            "sandbox_late",
            "sandbox_declined",
            "sandbox_twice",
            "sandbox_reordered",
            "sandbox_refunded",
            "sandbox_refunded_first",
            "sandbox_wrong_amount",
            "sandbox_wrong_currency",
            "sandbox_forged",
            "sandbox_stale",
            "sandbox_silent",
            "sandbox_unreachable",
        ]
    }

    fn open<'a>(&'a self, intent: &'a Intent) -> OpenFuture<'a> {
        Box::pin(async move {
            match intent.method.as_str() {
                "sandbox_unreachable" => Err(OpenError::Unknown { reason: "as it was told".to_owned() }),
                _ => Ok(Opened {
                    reference: reference(intent),
                    client_secret: None,
                    deliveries: self.deliveries(intent),
                }),
            }
        })
    }

    fn again(&self, intent: &Intent) -> Vec<Delivery> {
        match intent.method.as_str() {
            // The process may have ended before it brought them; what lies is not repeated.
            "sandbox_ok"
            | "sandbox_late"
            | "sandbox_declined"
            | "sandbox_twice"
            | "sandbox_reordered"
            | "sandbox_refunded"
            | "sandbox_refunded_first" => self.deliveries(intent),
            _ => Vec::new(),
        }
    }

    fn read(&self, signature: &str, body: &[u8], now: i64) -> Result<Option<Notice>, WebhookError> {
        verify(&self.secret, signature, body, now)?;
        notice::read(body)
    }
}
