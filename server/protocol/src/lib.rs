//! The words that the server and its clients exchange: plain types, serde only.
//!
//! No logic beyond (de)serialising and bounds that both ends must agree on; no clock, no store, no transport.
//! What may happen in a room is `room`'s business, what an order costs is `shop`'s.

mod checkout;
mod command;
mod coupon;
mod event;
mod fulfilment;
mod gift;
mod hook;
mod import;
mod key;
mod leaderboard;
mod limits;
mod money;
mod order;
mod packet;
mod problem;
mod product;
mod refund;
mod report;
mod room;
mod sales;
mod show;
mod socket;
mod time;
mod user;
mod wallet;
mod withdrawal;
mod zone;

pub use checkout::{Address, Checkout, CouponReason, Invoice, NewLine, NewQuote, Quote, ShippingRule};
pub use command::{Command, Say};
pub use coupon::{ClaimCode, Coupon, CouponClaim, CouponClass, CouponCounts, NewCoupon};
pub use event::{ChatMessage, CommentLikes, DanmakuMode, Event, EventBody, OrderToast};
pub use fulfilment::{NewShipment, OrderActor, OrderHistory, OrderStep, Shipment};
pub use gift::{Gift, GiftCatalogue, GiftFormat, GiftName, GiftSent, GiftTier, NewGiftCatalogue, SendGift};
pub use hook::{DeliveryStage, Hook, HookDelivery, HookWithSecret, NewHook};
pub use import::{FieldChange, ImportChange, ImportRefusal, ImportReport};
pub use key::{ApiKey, ApiKeyWithToken, NewApiKey, Scope};
pub use leaderboard::{Leaderboard, Naming, Rank};
pub use limits::{LIMITS, ProtocolLimits};
pub use money::{Currency, CurrencyError, Money};
pub use order::{NewOrder, Order, OrderLine, OrderStatus, PayOrder, Receipt, UsedCoupon};
pub use packet::{NewRedPacket, OpenPacket, PacketShare, PacketSplit, RedPacket, SharedPacket};
pub use problem::Problem;
pub use product::{
    LivePrice, NewProduct, NewVariant, Pricing, Product, ProductChange, StockLevel, Variant, VariantChange,
    VariantOption,
};
pub use refund::{NewRefund, Refund, RefundItems, RefundLine, RefundStatus};
pub use report::{NewReport, Report};
pub use room::{NewRoom, Room, RoomStatus, RoomWithKey};
pub use sales::{MinuteSales, ProductSales, Sales, SalesSum};
pub use show::{Chapter, Show};
pub use socket::{ClientFrame, PinnedProduct, ReleasedCoupon, ServerFrame, Snapshot};
pub use time::{ServerTime, StreamTime, TimeError};
pub use user::{Credentials, Role, Session, User};
pub use wallet::{
    Balance, CoinPackage, CoinPackages, Income, NewRecharge, Recharge, RechargeStatus, SpendLimits, Spending,
    Unit, Wallet, WalletEntry,
};
pub use withdrawal::{Decision, NewWithdrawal, Withdrawal, WithdrawalStatus, WithdrawalStep};
pub use zone::{StandingZones, WHOLE, Zone};
