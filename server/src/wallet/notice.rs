//! Events of Stripe's wire (API 2025-03-31 and its neighbours), as far as they are about recharges.

use protocol::{Currency, Money};
use serde::Deserialize;
use shop::recharge::News;

use super::provider::{Notice, WebhookError};

/// Characters in an identifier of theirs; Stripe says 255.
const MOST_ID: usize = 255;

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

/// A payment intent, a charge or a dispute: what we need of each.
#[derive(Deserialize)]
struct Object {
    id: String,
    #[serde(default)]
    amount: Option<i64>,
    #[serde(default)]
    amount_received: Option<i64>,
    #[serde(default)]
    amount_refunded: Option<i64>,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    payment_intent: Option<String>,
    #[serde(default)]
    metadata: Option<Metadata>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    recharge: Option<String>,
}

fn unreadable(reason: impl Into<String>) -> WebhookError {
    WebhookError::Unreadable { reason: reason.into() }
}

/// Reads an event whose signature holds.
pub(super) fn read(body: &[u8]) -> Result<Option<Notice>, WebhookError> {
    let event: Event = serde_json::from_slice(body).map_err(|error| unreadable(error.to_string()))?;
    let object = event.data.object;
    let sum = |what: &str, amount: Option<i64>| -> Result<Money, WebhookError> {
        let amount = amount.ok_or_else(|| unreadable(format!("no {what}")))?;
        // Stripe writes currencies small.
        let currency = object.currency.as_deref().unwrap_or_default().to_ascii_uppercase();
        let currency: Currency =
            currency.parse().map_err(|error| unreadable(format!("currency: {error}")))?;
        Ok(Money::new(amount, currency))
    };
    let (news, intent) = match event.kind.as_str() {
        "payment_intent.processing" => (News::Processing, Some(object.id)),
        "payment_intent.payment_failed" | "payment_intent.canceled" => (News::Failed, Some(object.id)),
        "payment_intent.succeeded" => {
            (News::Succeeded(sum("amount_received", object.amount_received)?), Some(object.id))
        }
        "charge.refunded" => {
            (News::Undone(sum("amount_refunded", object.amount_refunded)?), object.payment_intent)
        }
        "charge.dispute.funds_withdrawn" => {
            (News::Undone(sum("amount", object.amount)?), object.payment_intent)
        }
        _ => return Ok(None),
    };
    // A charge without an intent was not opened by us.
    let Some(reference) = intent else { return Ok(None) };
    for id in [&event.id, &reference] {
        if id.is_empty() || id.len() > MOST_ID {
            return Err(unreadable(format!("an id has {} bytes; expected 1 to {MOST_ID}", id.len())));
        }
    }
    let recharge = object.metadata.unwrap_or_default().recharge.filter(|id| id.len() <= MOST_ID);
    Ok(Some(Notice { event: event.id, reference, recharge, news }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn event(kind: &str, object: &Value) -> Result<Option<Notice>, WebhookError> {
        read(json!({"id": "evt_1", "type": kind, "data": {"object": object}}).to_string().as_bytes())
    }

    #[test]
    fn what_is_about_recharges_is_read_and_the_rest_passed_over() {
        let intent =
            json!({"id": "pi_1", "amount_received": 600, "currency": "cny", "metadata": {"recharge": "r"}});
        let yuan = Money::new(600, Currency::CNY);
        let notice = |news, recharge: Option<&str>| Notice {
            event: "evt_1".to_owned(),
            reference: "pi_1".to_owned(),
            recharge: recharge.map(str::to_owned),
            news,
        };
        let read = |kind: &str, object: &Value| event(kind, object).unwrap();
        let succeeded = notice(News::Succeeded(yuan), Some("r"));
        assert_eq!(read("payment_intent.succeeded", &intent), Some(succeeded));
        assert_eq!(read("payment_intent.canceled", &intent), Some(notice(News::Failed, Some("r"))));
        let charge =
            json!({"id": "ch_1", "payment_intent": "pi_1", "amount_refunded": 600, "currency": "cny"});
        assert_eq!(read("charge.refunded", &charge), Some(notice(News::Undone(yuan), None)));
        assert_eq!(
            read("charge.refunded", &json!({"id": "ch_1", "amount_refunded": 1, "currency": "cny"})),
            None
        );
        assert_eq!(read("customer.created", &json!({"id": "cus_1"})), None);
    }

    #[test]
    fn what_lacks_an_amount_or_a_currency_is_refused() {
        for object in [
            json!({"id": "pi_1", "currency": "cny"}),
            json!({"id": "pi_1", "amount_received": 600}),
            json!({"id": "pi_1", "amount_received": 6.5, "currency": "cny"}),
            json!({"id": "", "amount_received": 600, "currency": "cny"}),
            json!({"id": "x".repeat(256), "amount_received": 600, "currency": "cny"}),
        ] {
            assert!(event("payment_intent.succeeded", &object).is_err(), "{object}");
        }
        assert!(read(b"{").is_err());
    }
}
