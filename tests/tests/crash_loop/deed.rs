use protocol::{Order, PacketShare, RedPacket, Refund, RefundStatus};
use serde_json::{Value, json};
use tests::api::{Api, fresh_key};

use crate::{PACKET, PRICE, ROOM};

/// What somebody asks for; asked again, it is the same thing.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Gift {
        client_id: String,
    },
    Packet {
        key: String,
    },
    Grab {
        packet: i64,
    },
    Order {
        product: i64,
        key: String,
    },
    Pay {
        order: String,
        key: String,
    },
    Cancel {
        order: String,
        key: String,
    },
    /// The host's deed: the whole order is paid back and its items are sold again.
    Refund {
        order: String,
        key: String,
    },
    Claim {
        coupon: i64,
    },
}

/// What they know came of it.
#[derive(Debug, Clone)]
pub(crate) enum Known {
    Nothing,
    Refused(String),
    Done,
    Packet(i64),
    Share(i64),
    Order(String),
}

/// Refusals that tell nothing: somebody else's answer is awaited.
const LATER: [&str; 3] = ["payment_running", "refund_running", "idempotency_running"];

impl Deed {
    /// Asks as the person, or as the host; nothing when there is no answer that means anything.
    pub(crate) async fn ask(&self, person: &Api, host: &Api) -> Known {
        let api = if matches!(self, Self::Refund { .. }) { host } else { person };
        match self.send(api).await {
            Ok((status, body)) if status.is_success() => self.read(&body).unwrap_or(Known::Nothing),
            Ok((status, body)) if status.is_client_error() => {
                let is_open = LATER.iter().any(|code| body.contains(code));
                if is_open { Known::Nothing } else { Known::Refused(body) }
            }
            Ok(_) | Err(_) => Known::Nothing,
        }
    }

    async fn send(&self, api: &Api) -> anyhow::Result<(reqwest::StatusCode, String)> {
        let room = format!("/api/v1/rooms/{ROOM}");
        match self {
            Self::Gift { client_id } => {
                let gift = json!({"type": "send_gift", "client_id": client_id, "gift": 1, "count": 1,
                    "combo": client_id, "catalogue_version": 1});
                api.keyed(&format!("{room}/commands"), client_id, &gift).await
            }
            Self::Packet { key } => {
                let packet = json!({"coins": PACKET, "shares": 4, "split": "luck", "seconds": 3600});
                api.keyed(&format!("{room}/packets"), key, &packet).await
            }
            Self::Grab { packet } => {
                api.keyed(&format!("{room}/packets/{packet}/shares"), &fresh_key(), &json!({})).await
            }
            Self::Order { product, key } => {
                let total = json!({"amount": PRICE, "currency": "CNY"});
                let order = json!({"product": product, "quantity": 1, "expected_total": total});
                api.keyed(&format!("{room}/orders"), key, &order).await
            }
            Self::Pay { order, key } => {
                api.keyed(&format!("/api/v1/orders/{order}/pay"), key, &json!({"method": "sandbox_ok"})).await
            }
            Self::Cancel { order, key } => {
                api.keyed(&format!("/api/v1/orders/{order}/cancel"), key, &json!({})).await
            }
            Self::Refund { order, key } => {
                let all = json!({"restock": true, "reason": "changed their mind"});
                api.keyed(&format!("/api/v1/orders/{order}/refunds"), key, &all).await
            }
            Self::Claim { coupon } => {
                api.keyed(&format!("{room}/coupons/{coupon}/claims"), &fresh_key(), &json!({})).await
            }
        }
    }

    /// An answer that was cut off is none.
    fn read(&self, body: &str) -> Option<Known> {
        let value: Value = serde_json::from_str(body).ok()?;
        match self {
            Self::Gift { .. } | Self::Pay { .. } | Self::Cancel { .. } | Self::Claim { .. } => {
                Some(Known::Done)
            }
            Self::Refund { .. } => {
                let refund: Refund = serde_json::from_value(value).ok()?;
                (refund.status == RefundStatus::Done).then_some(Known::Done)
            }
            Self::Packet { .. } => {
                serde_json::from_value(value).ok().map(|packet: RedPacket| Known::Packet(packet.id))
            }
            Self::Grab { .. } => {
                serde_json::from_value(value).ok().map(|share: PacketShare| Known::Share(share.coins))
            }
            Self::Order { .. } => {
                serde_json::from_value(value).ok().map(|order: Order| Known::Order(order.id))
            }
        }
    }
}
