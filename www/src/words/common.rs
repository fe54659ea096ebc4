//! Words that many pages use.

use super::{Word, word};
use overlay::text::Lang;

pub(crate) const SKIP: Word = word("跳到主要内容", "Skip to the content");
pub(crate) const MAIN_NAVIGATION: Word = word("主导航", "Main");
pub(crate) const LOG_IN: Word = word("登录", "Log in");
pub(crate) const REGISTER: Word = word("注册", "Register");
pub(crate) const LOG_OUT: Word = word("退出登录", "Log out");
pub(crate) const MY_ORDERS: Word = word("我的订单", "My orders");
pub(crate) const STUDIO: Word = word("主播工作台", "Studio");
pub(crate) const ADMIN: Word = word("管理后台", "Admin");
pub(crate) const OTHER_LANGUAGE: Word = word("English", "中文");
pub(crate) const SWITCH_LANGUAGE: Word = word("Switch to English", "切换到中文");
pub(crate) const LOADING: Word = word("加载中…", "Loading…");
pub(crate) const CANCEL: Word = word("取消", "Cancel");
pub(crate) const LIVE: Word = word("直播中", "Live");
pub(crate) const IDLE: Word = word("未开播", "Not started");
pub(crate) const AWAY: Word = word("主播暂离", "Host away");
pub(crate) const ENDED: Word = word("已结束", "Ended");
pub(crate) const WATCHING: Word = word("{} 人在看", "{} watching");
pub(crate) const NOT_FOUND: Word = word("这里什么也没有", "There is nothing here");
pub(crate) const NOT_FOUND_HINT: Word =
    word("地址可能写错了，或者直播间已经关闭。", "The address may be mistyped, or the room is gone.");
pub(crate) const TO_FRONT: Word = word("去首页看看", "Go to the shop front");
pub(crate) const FOOTER: Word = word("看得清、点得到、买得到的直播", "Live shopping that keeps its promises");
pub(crate) const STOREFRONT: Word = word("商家示例页", "Sample storefront");
pub(crate) const API: Word = word("开放接口", "API");
pub(crate) const LOGIN_NEEDED: Word = word("请先登录", "Please log in first");

/// Problems that our own pages meet and the shop on the picture does not; the shop's are in
/// [`overlay::text::problem`].
pub(super) fn problem(code: &str, lang: Lang) -> Option<&'static str> {
    let word = match code {
        "room_taken" => word("这个直播间地址已被使用", "That room address is taken"),
        "host_required" => word(
            "开播需要主播账号，请联系管理员开通",
            "Going live takes a host's account: ask an administrator for one",
        ),
        "not_host" => word("只有本直播间的主播可以操作", "Only the room's host may do that"),
        "not_live" => word("还没有直播画面，先开始推流", "There is no stream yet: start publishing first"),
        "not_pinned" => word("这件商品已经收起", "This product is not on screen any more"),
        "already_released" => word("这张优惠券已经在发放", "This coupon is out already"),
        "not_released" | "coupon_not_released" => word("这张优惠券没有在发放", "This coupon is not out"),
        "compare_at_too_low" => word("划线价要高于价格", "The price before must be above the price"),
        "amount_out_of_range" => word("金额超出范围", "That amount is out of range"),
        "currency_mismatch" => word("币种不一致", "The currencies differ"),
        "bad_picture" => {
            word("图片要用 https:// 或以 / 开头的地址", "Pictures take an https:// address or a path")
        }
        "bad_character" => word("有不能使用的字符", "It has a character that cannot be used"),
        "password_too_long" => word("密码太长了", "That password is too long"),
        "bad_token" | "log_in_required" => word("请先登录", "Please log in first"),
        "slow_down" => word("太快了，请稍等片刻", "Too fast: wait a moment"),
        "repeated" => word("刚刚说过同样的话", "You just said the same"),
        "order_closed" => word("订单已关闭", "This order is closed"),
        "payment_running" => word("正在支付，请稍等", "Payment is under way: wait a moment"),
        "busy" => word("服务器正忙，请重试", "The server is busy: please try again"),
        "unknown_room" | "unknown_product" | "unknown_coupon" | "unknown_order" | "unknown_address" => {
            word("没有找到", "Not found")
        }
        _ => return None,
    };
    Some(word.get(lang))
}
