//! Words of the host's studio.

use super::{Word, word};

pub(crate) const TITLE: Word = word("主播工作台", "Studio");
pub(crate) const MY_ROOMS: Word = word("我的直播间", "My rooms");
pub(crate) const ROOMS_LEAD: Word =
    word("选一个直播间开播，或者新建一个。", "Pick a room to go live in, or make one.");
pub(crate) const NO_ROOMS: Word = word("还没有直播间", "No rooms yet");
pub(crate) const NO_ROOMS_HINT: Word =
    word("填好右边的表单，马上就有了。", "Fill in the form, and you have one.");
pub(crate) const NEW_ROOM: Word = word("新建直播间", "New room");
pub(crate) const ROOM_TITLE: Word = word("标题", "Title");
pub(crate) const ROOM_TITLE_EXAMPLE: Word = word("例如：秋茶专场", "For instance: Autumn tea");
pub(crate) const ROOM_ID: Word = word("地址", "Address");
pub(crate) const ROOM_ID_HINT: Word =
    word("小写字母、数字和连字符，例如 autumn-tea", "Lower-case letters, digits and hyphens: autumn-tea");
pub(crate) const COVER: Word = word("封面图地址（可不填）", "Cover image URL (optional)");
pub(crate) const CREATE: Word = word("创建", "Create");
pub(crate) const CREATING: Word = word("创建中…", "Creating…");
pub(crate) const NOT_YOURS: Word = word("这不是你的直播间", "This room is not yours");
pub(crate) const NOT_YOURS_HINT: Word =
    word("只有它的主播能打开工作台。", "Only its host can open the studio.");
pub(crate) const OPEN_STUDIO: Word = word("进入工作台", "Open the studio");
pub(crate) const VIEW_ROOM: Word = word("观众页", "Viewers' page");

pub(crate) const PREVIEW: Word = word("观众看到的画面", "What viewers see");
pub(crate) const LATENCY: Word = word("延迟", "Latency");
pub(crate) const SECONDS: Word = word("{} 秒", "{} s");
pub(crate) const VIEWERS: Word = word("在看", "Watching");
pub(crate) const SOLD: Word = word("已付", "Paid");
pub(crate) const REVENUE: Word = word("成交额", "Sales");
pub(crate) const CONNECTION_LOST: Word =
    word("与直播间的连接断开，正在重连…", "Lost the room; reconnecting…");
pub(crate) const ZONES: Word = word("弹幕避让区", "Keep comments off");
pub(crate) const ZONES_HINT: Word =
    word("在画面上拖出一块，弹幕会绕开它。", "Drag over the picture: no comment flies there.");
pub(crate) const ZONES_TOP: Word = word("上方", "Top");
pub(crate) const ZONES_MIDDLE: Word = word("中间", "Middle");
pub(crate) const ZONES_BOTTOM: Word = word("下方", "Bottom");
pub(crate) const ZONES_CLEAR: Word = word("全部取消", "Clear all");
pub(crate) const ZONES_DONE: Word = word("完成", "Done");
pub(crate) const ZONE_REMOVE: Word = word("取消这一块", "Remove this one");
pub(crate) const ZONES_FULL: Word = word("最多 8 块", "8 at most");
pub(crate) const END_SHOW: Word = word("结束直播", "End the show");
pub(crate) const END_QUESTION: Word = word("现在结束直播吗？", "End the show now?");
pub(crate) const END_HINT: Word = word(
    "观众会看到直播已结束。要再次开播，重新推流即可。",
    "Viewers will see that the show is over. To start another, publish again.",
);

pub(crate) const ENCODER: Word = word("推流设置", "Encoder");
pub(crate) const ENCODER_HINT: Word = word(
    "在 OBS 的「设置 › 直播」里选「自定义」，填入下面两项；编码选 H.264 + AAC，关键帧间隔 1–2 秒。",
    "In OBS, Settings › Stream, choose Custom and fill in these two; H.264 with AAC, a keyframe every 1–2 s.",
);
pub(crate) const SERVER: Word = word("服务器", "Server");
pub(crate) const STREAM_KEY: Word = word("推流密钥", "Stream key");
pub(crate) const FFMPEG: Word = word("或者用 ffmpeg", "Or with ffmpeg");
pub(crate) const SHOW_KEY: Word = word("显示", "Reveal");
pub(crate) const HIDE_KEY: Word = word("隐藏", "Hide");
pub(crate) const COPY: Word = word("复制", "Copy");
pub(crate) const COPIED: Word = word("已复制", "Copied");
pub(crate) const ROTATE: Word = word("更换密钥", "New key");
pub(crate) const ROTATE_QUESTION: Word = word("更换推流密钥吗？", "Replace the stream key?");
pub(crate) const ROTATE_HINT: Word = word(
    "旧密钥立即失效，推流软件里也要换成新的。",
    "The old one stops working at once; give your encoder the new one.",
);

pub(crate) const PRODUCTS: Word = word("商品", "Products");
pub(crate) const NO_PRODUCTS: Word = word("还没有商品", "No products yet");
pub(crate) const NO_PRODUCTS_HINT: Word =
    word("先上架一件，再在讲到它时弹出。", "Add one, then pin it when you talk about it.");
pub(crate) const ADD_PRODUCT: Word = word("上架商品", "Add a product");
pub(crate) const NAME: Word = word("名称", "Title");
pub(crate) const DESCRIPTION: Word = word("一句话介绍（可不填）", "Description (optional)");
pub(crate) const PRICE: Word = word("价格", "Price");
pub(crate) const COMPARE_AT: Word = word("划线价（可不填）", "Price before (optional)");
pub(crate) const CURRENCY: Word = word("币种", "Currency");
pub(crate) const STOCK: Word = word("库存", "Stock");
pub(crate) const IMAGE: Word = word("图片地址（可不填）", "Image URL (optional)");
pub(crate) const ADD: Word = word("上架", "Add");
pub(crate) const ADDING: Word = word("上架中…", "Adding…");
pub(crate) const PIN: Word = word("弹出讲解", "Pin");
pub(crate) const PINNING: Word = word("弹出中…", "Pinning…");
pub(crate) const UNPIN: Word = word("收起", "Unpin");
pub(crate) const UNPINNING: Word = word("收起中…", "Unpinning…");
pub(crate) const ON_SCREEN: Word = word("讲解中", "On screen");
pub(crate) const IN_STOCK: Word = word("库存 {}", "{} in stock");
pub(crate) const SOLD_OUT: Word = word("已售罄", "Sold out");

pub(crate) const COUPONS: Word = word("优惠券", "Coupons");
pub(crate) const NO_COUPONS: Word = word("还没有优惠券", "No coupons yet");
pub(crate) const NO_COUPONS_HINT: Word =
    word("做一张，在气氛正好时发放。", "Make one, and release it at the right moment.");
pub(crate) const ADD_COUPON: Word = word("新建优惠券", "New coupon");
pub(crate) const COUPON_TITLE: Word = word("名称", "Title");
pub(crate) const AMOUNT_OFF: Word = word("减", "Takes off");
pub(crate) const MIN_SPEND: Word = word("满", "From a total of");
pub(crate) const TOTAL: Word = word("张数", "How many");
pub(crate) const RELEASE: Word = word("发放", "Release");
pub(crate) const RELEASING: Word = word("发放中…", "Releasing…");
pub(crate) const WITHDRAW: Word = word("收回", "Withdraw");
pub(crate) const WITHDRAWING: Word = word("收回中…", "Withdrawing…");
pub(crate) const RELEASED: Word = word("发放中", "Out now");
pub(crate) const REMAINING: Word = word("剩 {}", "{} left");
pub(crate) const OFF_FROM: Word = word("满 {min} 减 {off}", "{off} off from {min}");
pub(crate) const OFF_ANYTHING: Word = word("无门槛减 {off}", "{off} off anything");

pub(crate) const CHAT: Word = word("聊天", "Chat");
pub(crate) const CHAT_EMPTY: Word = word("还没有人发言", "Nobody has spoken yet");
pub(crate) const CHAT_SAY: Word = word("对观众说点什么", "Say something to your viewers");
pub(crate) const CHAT_SEND: Word = word("发送", "Send");
pub(crate) const ANNOUNCE: Word = word("公告", "Announcement");
pub(crate) const ANNOUNCE_SAY: Word = word("公告：所有人都会看到", "Announce it to everybody");
pub(crate) const EDIT: Word = word("修改", "Edit");
pub(crate) const SAVE: Word = word("保存", "Save");
pub(crate) const SAVING: Word = word("保存中…", "Saving…");
pub(crate) const RESTOCK: Word = word("补货（减少填负数）", "Restock (below zero takes away)");
pub(crate) const HOST: Word = word("主播", "Host");
pub(crate) const LIKES: Word = word("点赞", "Likes");
pub(crate) const GAVE: Word = word("{user} 送出 {gift} ×{count}", "{user} gave {gift} ×{count}");
pub(crate) const BOUGHT: Word =
    word("{buyer} 买了 {quantity} 件 {title}", "{buyer} bought {quantity} × {title}");

pub(crate) const ORDERS: Word = word("订单", "Orders");
pub(crate) const NO_ORDERS: Word = word("还没有订单", "No orders yet");
pub(crate) const TABS: Word = word("工作台分区", "Parts of the studio");
pub(crate) const SHOW: Word = word("画面", "Show");

pub(crate) const NEEDED: Word = word("请填写", "Needed");
pub(crate) const NOT_MONEY: Word = word("请填写金额，例如 59 或 19.90", "An amount, such as 59 or 19.90");
pub(crate) const NOT_A_COUNT: Word = word("请填写整数", "A whole number");
pub(crate) const NOT_ABOVE: Word = word("划线价要高于价格", "Must be above the price");
pub(crate) const NOT_POSITIVE: Word = word("要大于 0", "Must be above 0");
pub(crate) const NOT_AN_IMAGE: Word =
    word("请填写 https:// 或以 / 开头的地址", "An https:// address, or a path that starts with /");
pub(crate) const NOT_A_ROOM: Word =
    word("只能用小写字母、数字和连字符", "Lower-case letters, digits and hyphens only");
