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

/// Problems that only our own pages meet; the shop's are in [`overlay::text::problem`].
pub(super) fn problem(code: &str, lang: Lang) -> Option<&'static str> {
    let word = match code {
        "room_taken" | "room_exists" => word("这个直播间地址已被使用", "That room address is taken"),
        "invalid_room" | "invalid_room_id" => {
            word("地址只能用小写字母、数字和连字符", "Use lower-case letters, digits and hyphens")
        }
        "no_stream" | "not_live" => word("还没有直播画面", "There is no stream yet"),
        "not_host" | "not_owner" => word("只有本直播间的主播可以操作", "Only the room's host may do that"),
        _ => return None,
    };
    Some(word.get(lang))
}
