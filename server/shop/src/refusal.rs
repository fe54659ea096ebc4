use protocol::{Currency, Money, ServerTime};
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
    /// A product that comes in variants was named without one.
    #[error("{title:?} comes in variants; name one")]
    VariantRequired {
        /// The product's title.
        title: String,
    },
    /// A variant that the product does not have.
    #[error("{title:?} has no variant {variant}")]
    UnknownVariant {
        /// The product's title.
        title: String,
        /// What was named.
        variant: i64,
    },
    /// More of a product than an order may have.
    #[error("{asked} of {title:?} in one order; at most {most} may be")]
    TooManyInOrder {
        /// The product's title.
        title: String,
        /// How many were asked for.
        asked: i64,
        /// The bound.
        most: u32,
    },
    /// More of a product than one user may buy.
    #[error("{asked} of {title:?} beside {bought} in other orders; one may buy {most} at most")]
    TooManyForUser {
        /// The product's title.
        title: String,
        /// How many were asked for.
        asked: i64,
        /// How many other orders have.
        bought: i64,
        /// The bound.
        most: u32,
    },
    /// Variants that cannot be told apart, or differ in other respects than each other.
    #[error("variant {index}: {reason}")]
    BadVariant {
        /// Which one, from 0.
        index: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A price for a while that is none.
    #[error(
        "live price: expected one above zero and below the usual price, {price}, from a time to a later one"
    )]
    BadLivePrice {
        /// The usual price, in minor units.
        price: i64,
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
    /// The coupon is before its time.
    #[error("the coupon is not yet good; it is from {starts}")]
    CouponNotStarted {
        /// When it begins.
        starts: ServerTime,
    },
    /// Two coupons that do not go together.
    #[error(
        "coupons {one} and {other} do not go together; an order takes one of each class, an exclusive one alone"
    )]
    CouponsDoNotCombine {
        /// One of them.
        one: i64,
        /// The other.
        other: i64,
    },
    /// The coupon is for other products.
    #[error("the coupon is for other products than those of the order")]
    CouponForOthers,
    /// There is nothing to take off.
    #[error("the coupon would take nothing off, and be used up")]
    CouponTakesNothing,
    /// What the coupon gives is not there to be given.
    #[error("what the coupon gives is sold out")]
    CouponGiftGone,
    /// A coupon whose numbers make no sense.
    #[error("the coupon: {reason}")]
    BadCoupon {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Not a coupon's code.
    #[error("the code: expected 4 to 32 letters, digits and hyphens")]
    BadCode,
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
    /// The provider is asked to pay something back for the order.
    #[error("a refund of this order is under way; ask again in a moment")]
    RefundRunning,
    /// A line that the order does not have.
    #[error("there is no line {line}; the order has {lines}, counted from 0")]
    UnknownLine {
        /// What was asked.
        line: u32,
        /// How many there are.
        lines: usize,
    },
    /// A line that is named twice.
    #[error("line {line} is named twice; name it once, with all of its items")]
    LineTwice {
        /// Which one.
        line: u32,
    },
    /// A refund of nothing.
    #[error("nothing is left of what was asked to be refunded; name lines with items that were not")]
    NothingToRefund,
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
            Self::VariantRequired { .. } => "variant_required",
            Self::UnknownVariant { .. } => "unknown_variant",
            Self::TooManyInOrder { .. } => "too_many_in_order",
            Self::TooManyForUser { .. } => "too_many_for_user",
            Self::BadVariant { .. } => "bad_variant",
            Self::BadLivePrice { .. } => "bad_live_price",
            Self::CouponNotStarted { .. } => "coupon_not_started",
            Self::CouponsDoNotCombine { .. } => "coupons_do_not_combine",
            Self::CouponForOthers => "coupon_for_others",
            Self::CouponTakesNothing => "coupon_takes_nothing",
            Self::CouponGiftGone => "coupon_gift_gone",
            Self::BadCoupon { .. } => "bad_coupon",
            Self::BadCode => "bad_code",
            Self::PriceChanged { .. } => "price_changed",
            Self::CouponNotReleased => "coupon_not_released",
            Self::CouponGone { .. } => "coupon_gone",
            Self::CouponExpired => "coupon_expired",
            Self::CouponNotClaimed => "coupon_not_claimed",
            Self::CouponUsed => "coupon_used",
            Self::CouponBelowMinSpend { .. } => "coupon_below_min_spend",
            Self::OrderClosed { .. } => "order_closed",
            Self::PaymentRunning => "payment_running",
            Self::RefundRunning => "refund_running",
            Self::UnknownLine { .. } => "unknown_line",
            Self::LineTwice { .. } => "line_twice",
            Self::NothingToRefund => "nothing_to_refund",
        }
    }
}
