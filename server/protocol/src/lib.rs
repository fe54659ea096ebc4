//! The words that the server and its clients exchange: plain types, serde only.
//!
//! No logic beyond (de)serialising and bounds that both ends must agree on; no clock, no store, no transport.
//! What may happen in a room is `room`'s business, what an order costs is `shop`'s.

mod command;
mod coupon;
mod event;
mod gift;
mod limits;
mod money;
mod order;
mod problem;
mod product;
mod report;
mod room;
mod show;
mod socket;
mod time;
mod user;
mod wallet;
mod zone;

pub use command::{Command, Say};
pub use coupon::{Coupon, CouponClaim, NewCoupon};
pub use event::{ChatMessage, DanmakuMode, Event, EventBody, OrderToast};
pub use gift::{Gift, GiftCatalogue, GiftFormat, GiftName, GiftSent, GiftTier, NewGiftCatalogue, SendGift};
pub use limits::{LIMITS, ProtocolLimits};
pub use money::{Currency, CurrencyError, Money};
pub use order::{NewOrder, Order, OrderLine, OrderStatus, PayOrder, Receipt};
pub use problem::Problem;
pub use product::{NewProduct, Pricing, Product, ProductChange};
pub use report::{NewReport, Report};
pub use room::{NewRoom, Room, RoomStatus, RoomWithKey};
pub use show::{Chapter, Show};
pub use socket::{ClientFrame, PinnedProduct, ReleasedCoupon, ServerFrame, Snapshot};
pub use time::{ServerTime, StreamTime, TimeError};
pub use user::{Credentials, Role, Session, User};
pub use wallet::{
    Balance, CoinPackage, CoinPackages, Income, NewRecharge, Recharge, RechargeStatus, SpendLimits, Spending,
    Unit, Wallet, WalletEntry,
};
pub use zone::{StandingZones, WHOLE, Zone};
