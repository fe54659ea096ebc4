use crate::Refusal;
use protocol::OrderStatus;

/// Where an order stands inside the server: as on the wire, and whether a payment is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Stock is held, payment is awaited.
    Held,
    /// Stock is held, and the provider has been asked.
    Paying,
    /// Paid; stock is sold.
    Paid,
    /// On its way.
    Shipped,
    /// With the shopper.
    Delivered,
    /// All of it was paid back.
    Refunded,
    /// Ended by the shopper; stock is back.
    Cancelled,
    /// Ended by time; stock is back.
    Expired,
}

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The shopper pays: ask the provider.
    Pay,
    /// The provider took the money.
    Charged,
    /// The provider declined.
    Declined,
    /// The shopper gives up.
    Cancel,
    /// The time for which stock is held is over.
    Expire,
    /// The shop hands it to a carrier.
    Ship,
    /// The carrier hands it to the shopper.
    Deliver,
    /// The last of it was paid back.
    Refund,
}

/// What a step makes of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Next {
    /// It now stands there.
    To(Stage),
    /// It stood there already; there is nothing to do.
    Stay,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 8] = [
        Self::Held,
        Self::Paying,
        Self::Paid,
        Self::Shipped,
        Self::Delivered,
        Self::Refunded,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The word for it, as the store keeps it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Paying => "paying",
            Self::Paid => "paid",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The stage that a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }

    /// As everybody sees it.
    pub const fn status(self) -> OrderStatus {
        match self {
            Self::Held | Self::Paying => OrderStatus::Held,
            Self::Paid => OrderStatus::Paid,
            Self::Shipped => OrderStatus::Shipped,
            Self::Delivered => OrderStatus::Delivered,
            Self::Refunded => OrderStatus::Refunded,
            Self::Cancelled => OrderStatus::Cancelled,
            Self::Expired => OrderStatus::Expired,
        }
    }

    /// Whether the order keeps items from being sold to others.
    pub const fn holds_stock(self) -> bool {
        matches!(self, Self::Held | Self::Paying)
    }

    /// Whether money for it is with the shop, at least in part.
    pub const fn is_paid_for(self) -> bool {
        matches!(self, Self::Paid | Self::Shipped | Self::Delivered)
    }
}

/// What `step` makes of an order that stands at `from`. Money that was taken always ends as [`Stage::Paid`]: an order
/// that is being paid can be neither cancelled nor expired.
///
/// # Errors
/// When the order cannot take the step.
pub fn step(from: Stage, step: Step) -> Result<Next, Refusal> {
    match (from, step) {
        (Stage::Held, Step::Pay) => Ok(Next::To(Stage::Paying)),
        (Stage::Held, Step::Cancel) => Ok(Next::To(Stage::Cancelled)),
        (Stage::Held, Step::Expire) => Ok(Next::To(Stage::Expired)),
        (Stage::Paying, Step::Charged) => Ok(Next::To(Stage::Paid)),
        (Stage::Paying, Step::Declined) => Ok(Next::To(Stage::Held)),
        (Stage::Paying, Step::Pay | Step::Cancel | Step::Expire) => Err(Refusal::PaymentRunning),
        (Stage::Paid, Step::Ship) => Ok(Next::To(Stage::Shipped)),
        (Stage::Shipped, Step::Deliver) => Ok(Next::To(Stage::Delivered)),
        (Stage::Paid | Stage::Shipped | Stage::Delivered, Step::Refund) => Ok(Next::To(Stage::Refunded)),
        (Stage::Paid | Stage::Shipped | Stage::Delivered, Step::Pay | Step::Charged)
        | (Stage::Shipped, Step::Ship)
        | (Stage::Delivered, Step::Deliver)
        | (Stage::Refunded, Step::Refund)
        | (Stage::Cancelled, Step::Cancel)
        | (Stage::Expired, Step::Expire) => Ok(Next::Stay),
        (_, asked) => Err(Refusal::OrderClosed { found: from.as_str(), asked: asked.as_str() }),
    }
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 8] = [
        Self::Pay,
        Self::Charged,
        Self::Declined,
        Self::Cancel,
        Self::Expire,
        Self::Ship,
        Self::Deliver,
        Self::Refund,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Pay | Self::Charged => "paid",
            Self::Declined => "declined",
            Self::Cancel => "cancelled",
            Self::Expire => "expired",
            Self::Ship => "shipped",
            Self::Deliver => "delivered",
            Self::Refund => "refunded",
        }
    }
}
