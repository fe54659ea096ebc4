//! Words of the orders page.

use super::{Word, word};

pub(crate) const TITLE: Word = word("我的订单", "My orders");
pub(crate) const EMPTY: Word = word("还没有订单", "No orders yet");
pub(crate) const EMPTY_HINT: Word =
    word("在直播间下的单会出现在这里。", "What you order in a show appears here.");
pub(crate) const HELD: Word = word("待支付", "To pay");
pub(crate) const PAID: Word = word("已支付", "Paid");
pub(crate) const CANCELLED: Word = word("已取消", "Cancelled");
pub(crate) const EXPIRED: Word = word("超时关闭", "Expired");
pub(crate) const SHIPPED: Word = word("已发货", "Shipped");
pub(crate) const DELIVERED: Word = word("已送达", "Delivered");
pub(crate) const REFUNDED: Word = word("已退款", "Refunded");
pub(crate) const ORDER_NUMBER: Word = word("订单号", "Order");
pub(crate) const PLACED: Word = word("下单时间", "Placed");
pub(crate) const PAID_AT: Word = word("支付时间", "Paid");
pub(crate) const PAYMENT: Word = word("支付流水", "Payment");
pub(crate) const SUBTOTAL: Word = word("商品金额", "Subtotal");
pub(crate) const DISCOUNT: Word = word("优惠", "Discount");
pub(crate) const TOTAL: Word = word("实付", "Total");
pub(crate) const AMOUNT: Word = word("订单金额", "Total");
pub(crate) const TO_PAY: Word = word("应付", "To pay");
pub(crate) const HELD_UNTIL: Word = word("库存为你保留到 {}", "Reserved for you until {}");
pub(crate) const PAY_NOW: Word = word("立即支付", "Pay now");
pub(crate) const PAYING: Word = word("支付中…", "Paying…");
pub(crate) const CANCEL: Word = word("取消订单", "Cancel the order");
pub(crate) const CANCELLING: Word = word("取消中…", "Cancelling…");
pub(crate) const SANDBOX: Word = word("沙盒支付，不会真的扣款", "Sandbox payment: no money moves");
pub(crate) const TO_ROOM: Word = word("查看直播间", "See the room");
pub(crate) const SHIPPING: Word = word("运费", "Shipping");
pub(crate) const SHIPMENT: Word = word("物流", "Sent by");
pub(crate) const PAID_BACK: Word = word("已退", "Paid back");
