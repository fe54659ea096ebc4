use protocol::{Currency, Money};
use thiserror::Error;

/// Why the shop does not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// An amount outside what anything may cost.
    #[error("{what} is {found} minor units; expected {least} to {most}")]
    AmountOutOfRange {
        /// Which amount.
        what: &'static str,
        /// What was given.
        found: i64,
        /// Least allowed.
        least: i64,
        /// Most allowed.
        most: i64,
    },
    /// Amounts of different currencies in one sum.
    #[error("{what} is in {found}; expected {expected}")]
    CurrencyMismatch {
        /// Which amount.
        what: &'static str,
        /// What was given.
        found: Currency,
        /// What was expected.
        expected: Currency,
    },
    /// A price before that is no more than the price now.
    #[error("compare_at is {found} minor units; expected more than the price, {price}")]
    CompareAtTooLow {
        /// What was given.
        found: i64,
        /// The price.
        price: i64,
    },
    /// A number of items outside what may be asked.
    #[error("{what} is {found}; expected {least} to {most}")]
    QuantityOutOfRange {
        /// Which number.
        what: &'static str,
        /// What was given.
        found: i64,
        /// Least allowed.
        least: i64,
        /// Most allowed.
        most: i64,
    },
    /// Fewer are left than were asked for.
    #[error("{left} left of {title:?}; {asked} were asked for")]
    SoldOut {
        /// The product's title.
        title: String,
        /// How many are left.
        left: i64,
        /// How many were asked for.
        asked: u32,
    },
    /// The shopper was shown another total.
    #[error("the total is now {} {}; the order expected {} {}", now.amount, now.currency, expected.amount, expected.currency)]
    PriceChanged {
        /// What it costs now.
        now: Money,
        /// What the shopper was shown.
        expected: Money,
    },
    /// The coupon is not out.
    #[error("the coupon is not released")]
    CouponNotReleased,
    /// All of them are claimed.
    #[error("all {total} of the coupon are claimed")]
    CouponGone {
        /// How many there were.
        total: i64,
    },
    /// The coupon is past its time.
    #[error("the coupon is past its time")]
    CouponExpired,
    /// The user has not claimed the coupon.
    #[error("the coupon has not been claimed by this user; claim it first")]
    CouponNotClaimed,
    /// Another order holds or has used the coupon.
    #[error("the coupon is used by another order")]
    CouponUsed,
    /// The order does not reach the coupon's threshold.
    #[error("the coupon takes an order of at least {} {}; this one is {}", min_spend.amount, min_spend.currency, subtotal.amount)]
    CouponBelowMinSpend {
        /// The threshold.
        min_spend: Money,
        /// What the order comes to.
        subtotal: Money,
    },
    /// The order cannot take this step from where it stands.
    #[error("the order is {found}; it can no longer be {asked}")]
    OrderClosed {
        /// Where it stands.
        found: &'static str,
        /// What was asked.
        asked: &'static str,
    },
    /// A payment for the order is under way.
    #[error("a payment for this order is under way; ask again in a moment")]
    PaymentRunning,
}

impl Refusal {
    /// Stable code for clients, [`protocol::Problem::code`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::AmountOutOfRange { .. } => "amount_out_of_range",
            Self::CurrencyMismatch { .. } => "currency_mismatch",
            Self::CompareAtTooLow { .. } => "compare_at_too_low",
            Self::QuantityOutOfRange { .. } => "quantity_out_of_range",
            Self::SoldOut { .. } => "sold_out",
            Self::PriceChanged { .. } => "price_changed",
            Self::CouponNotReleased => "coupon_not_released",
            Self::CouponGone { .. } => "coupon_gone",
            Self::CouponExpired => "coupon_expired",
            Self::CouponNotClaimed => "coupon_not_claimed",
            Self::CouponUsed => "coupon_used",
            Self::CouponBelowMinSpend { .. } => "coupon_below_min_spend",
            Self::OrderClosed { .. } => "order_closed",
            Self::PaymentRunning => "payment_running",
        }
    }
}
