//! Who asks: passwords, sessions, and the extractors that handlers name. What each may do is said where it is done.

mod cookie;
mod extract;
pub mod key;
mod limiter;
mod origin;
mod password;
mod scope;
mod session;

pub use cookie::{clear_cookie, session_cookie};
pub use extract::{Host, MaybeViewer, Viewer, from_token, peer};
pub use limiter::Limiter;
pub use origin::is_cross_origin;
pub use password::{Passwords, check_length};
pub use session::{open, token_hash};
