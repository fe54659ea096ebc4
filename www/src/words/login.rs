//! Words of the log-in page.

use super::{Word, word};

pub(crate) const WELCOME: Word = word("欢迎回来", "Welcome back");
pub(crate) const WELCOME_HINT: Word =
    word("登录后可以发言、领券和下单。", "Log in to chat, claim coupons and order.");
pub(crate) const JOIN: Word = word("注册一个账号", "Create an account");
pub(crate) const JOIN_HINT: Word =
    word("只要一个名字和密码，马上就能用。", "A name and a password, and you are in.");
pub(crate) const NAME: Word = word("用户名", "Name");
pub(crate) const PASSWORD: Word = word("密码", "Password");
pub(crate) const NAME_HINT: Word = word("会显示在你的评论旁边", "Shown beside your comments");
pub(crate) const PASSWORD_HINT: Word = word("至少 8 位", "At least 8 characters");
pub(crate) const NAME_MISSING: Word = word("请填写用户名", "Enter a name");
pub(crate) const PASSWORD_SHORT: Word = word("密码至少 8 位", "The password needs at least 8 characters");
pub(crate) const LOGGING_IN: Word = word("登录中…", "Logging in…");
pub(crate) const REGISTERING: Word = word("注册中…", "Registering…");
pub(crate) const CREATE: Word = word("注册并登录", "Register and log in");
pub(crate) const HAS_ACCOUNT: Word = word("已有账号？", "Have an account?");
pub(crate) const NO_ACCOUNT: Word = word("还没有账号？", "No account yet?");
pub(crate) const ASIDE: Word = word("好东西，当面看清再买。", "Good things, seen up close before you buy.");
