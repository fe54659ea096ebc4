//! Words around the shopper's page; what is on the picture is the overlay's.

use super::{Word, word};

pub(crate) const PLAYER: Word = word("直播画面", "The show");
pub(crate) const MISSING: Word = word("没有这个直播间", "No such room");
pub(crate) const HOSTED_BY: Word = word("主播 {}", "with {}");
pub(crate) const BACK: Word = word("返回首页", "Back to the shop front");
