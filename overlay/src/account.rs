//! Who the viewer is: the token at rest, and the sheet to log in.

mod log_in;
mod log_out;

use crate::{
    api::ApiError,
    page::Page,
    show::{Core, Show, update},
    storage,
};
use protocol::Session;
use std::rc::Rc;

pub(crate) use log_in::LogIn;
pub(crate) use log_out::Account;

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

/// The token to begin with: the page's, else the one kept from before.
pub(crate) fn token(page: &Page) -> Option<String> {
    page.token().or_else(|| if is_home(&page.server) { None } else { storage::get(&place(&page.server)) })
}

/// Keeps a log-in, and is known by it from now on.
pub(crate) fn keep(show: Show, core: &Rc<Core>, session: Session) {
    if !is_home(&core.page.server) {
        storage::set(&place(&core.page.server), &session.token);
    }
    show.set_user(core, Some(session.user));
    core.become_known_by(Some(session.token));
}

/// When the server will not have us: asks why, as a socket's refusal does not say. With a token that it does not know,
/// we are a guest from now on; for a room that is not there, we stop asking.
pub(crate) fn doubt(show: Show, core: &Core) {
    let Some(room) = core.page.room.clone().filter(|_| !core.welcomed.get()) else { return };
    let carries_token = core.api.token().is_some();
    show.spawn(async move {
        let api = show.api();
        let asked = if carries_token { api.me().await.map(drop) } else { api.room(&room).await.map(drop) };
        let Err(ApiError::Refused(problem)) = asked else { return };
        let core = show.core();
        if carries_token && problem.status == 401 {
            forget(&core);
        } else if problem.status == 404 {
            core.socket.take();
            update(show.lost, false);
            show.complain(&ApiError::Refused(problem));
        }
    });
}

/// Is a guest from now on.
fn forget(core: &Core) {
    // What cannot be removed is refused again next time.
    storage::remove(&place(&core.page.server));
    core.become_known_by(None);
}
