//! Who the viewer is: the token at rest, and the sheet to log in.

mod log_in;

use crate::{
    page::Page,
    show::{Core, Show},
};
use protocol::Session;

pub(crate) use log_in::LogIn;

/// Where the token for a server is kept.
fn place(server: &str) -> String {
    format!("livestall:token:{server}")
}

/// Whether the server is the page's own: there a cookie that scripts cannot read does the token's work, and is kept
/// instead of it.
fn is_home(server: &str) -> bool {
    let home = web_sys::window().and_then(|window| window.location().origin().ok());
    server.is_empty() || home.as_deref() == Some(server)
}

fn storage() -> Option<web_sys::Storage> {
    // A page that forbids storage gets a log-in that lasts as long as it.
    web_sys::window()?.local_storage().ok()?
}

/// The token to begin with: the page's, else the one kept from before.
pub(crate) fn token(page: &Page) -> Option<String> {
    let kept = || storage()?.get_item(&place(&page.server)).ok()?;
    page.token().or_else(|| if is_home(&page.server) { None } else { kept() })
}

/// Keeps a log-in, and is known by it from now on.
pub(crate) fn keep(show: Show, core: &Core, session: Session) {
    if let Some(storage) = storage().filter(|_| !is_home(&core.page.server)) {
        // A full storage forgets the log-in at the next visit, no more.
        _ = storage.set_item(&place(&core.page.server), &session.token);
    }
    core.api.set_token(Some(session.token));
    show.set_user(core, Some(session.user));
    if let Some(socket) = core.socket.borrow().as_ref() {
        socket.reconnect();
    }
}

/// Forgets a token that the server does not know (any more).
pub(crate) fn forget(core: &Core) {
    core.api.set_token(None);
    if let Some(storage) = storage() {
        _ = storage.remove_item(&place(&core.page.server));
    }
}
