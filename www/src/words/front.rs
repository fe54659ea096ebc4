//! Words of the shop front.

use super::{Word, word};

pub(crate) const TITLE: Word = word("正在直播", "Live now");
pub(crate) const LEAD: Word = word("边看边问，喜欢就带走。", "Watch, ask, and take home what you like.");
pub(crate) const MORE: Word = word("更多直播间", "More rooms");
pub(crate) const LATER: Word = word("稍后开播", "Not on air");
pub(crate) const ENTER: Word = word("进入直播间", "Watch the show");
pub(crate) const HOSTED_BY: Word = word("主播 {}", "with {}");
pub(crate) const ON_SALE: Word = word("本场好物", "In this show");
pub(crate) const EMPTY: Word = word("现在还没有直播间", "No rooms yet");
pub(crate) const EMPTY_HINT: Word = word(
    "主播开播后会出现在这里，页面会自动刷新。",
    "Shows appear here when a host opens one; this page refreshes itself.",
);
pub(crate) const OPEN_ONE: Word = word("我是主播，去开播", "I am a host: open a room");
pub(crate) const NOTHING_LIVE: Word = word("这会儿没有直播", "Nobody is live right now");
