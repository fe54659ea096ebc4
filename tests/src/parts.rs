//! How the parts of the overlay are found: one place to change when its markup does.

/// A comment that flies over the picture.
pub const FLYING: &str = ".sky .fly";
/// The chat list.
pub const CHAT: &str = ".chat .lines";
/// Where a comment is typed.
pub const SAY: &str = ".say input";
/// The pinned product's card.
pub const PINNED: &str = ".card.pinned";
/// The pinned card's button.
pub const BUY: &str = ".card.pinned .buy";
/// A released coupon's card.
pub const COUPON: &str = ".card.coupon";
/// The coupon card's button.
pub const CLAIM: &str = ".card.coupon .button";
/// The main button of the sheet that is open: log in, place the order, pay.
pub const SHEET_BUTTON: &str = ".sheet .button.wide";
/// The order's total before it is placed, and before it is paid.
pub const TOTAL: &str = ".sheet .totals .sum dd";
/// What was paid.
pub const PAID: &str = ".sheet .paid";
/// Who bought what.
pub const TOAST: &str = ".toasts .toast";
/// The log-in sheet's fields.
pub const NAME: &str = ".sheet input[name=username]";
/// The log-in sheet's fields.
pub const SECRET: &str = ".sheet input[name=password]";
