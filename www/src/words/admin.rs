//! Words of the console.

use super::{Word, word};

pub(crate) const TITLE: Word = word("管理后台", "Console");
pub(crate) const REFUSED: Word = word("这个页面只给管理员看", "This page is for administrators");
pub(crate) const REFUSED_HINT: Word =
    word("当前账号没有管理员权限。", "The account you use is not an administrator.");
pub(crate) const HEALTH: Word = word("服务状态", "Health");
pub(crate) const PROCESS: Word = word("进程", "Process");
pub(crate) const READY: Word = word("就绪", "Ready for requests");
pub(crate) const METRICS: Word = word("指标", "Metrics");
pub(crate) const OK: Word = word("正常", "OK");
pub(crate) const FAILING: Word = word("异常", "Failing");
pub(crate) const CHECKING: Word = word("检查中", "Checking");
pub(crate) const ROOMS: Word = word("直播间", "Rooms");
pub(crate) const NO_ROOMS: Word = word("还没有直播间", "No rooms yet");
pub(crate) const ROOM: Word = word("直播间", "Room");
pub(crate) const HOST: Word = word("主播", "Host");
pub(crate) const STATUS: Word = word("状态", "Status");
pub(crate) const VIEWERS: Word = word("观看人数", "Viewers");
pub(crate) const LIVE_NOW: Word = word("正在直播", "Live now");
pub(crate) const ALL_ROOMS: Word = word("全部直播间", "All rooms");
