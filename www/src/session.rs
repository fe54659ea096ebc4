//! Who is logged in. The session itself is a cookie that scripts cannot see; this only asks whose it is.

use crate::router::router;
use leptos::{prelude::*, task::spawn_local};
use overlay::api::{Api, ApiError};
use protocol::{Credentials, Role, User};

/// What we know of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// Not asked yet.
    Unknown,
    /// Nobody is logged in.
    Guest,
    /// Somebody is.
    User(User),
}

/// The reader's session, shared by all pages.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    who: RwSignal<Who>,
    api: StoredValue<Api>,
}

impl Session {
    /// Asks who the cookie says we are, now and whenever another page is shown: logging in inside the element counts too.
    pub(crate) fn start(api: Api) -> Self {
        let session = Self { who: RwSignal::new(Who::Unknown), api: StoredValue::new(api) };
        let router = router();
        Effect::new(move |_| {
            router.path();
            spawn_local(session.ask());
        });
        session
    }

    /// Who the reader is; reactive.
    pub(crate) fn who(self) -> Who {
        self.who.get()
    }

    /// The user, if one is logged in; reactive.
    pub(crate) fn user(self) -> Option<User> {
        match self.who.get() {
            Who::User(user) => Some(user),
            Who::Unknown | Who::Guest => None,
        }
    }

    /// Whether the reader may have rooms; reactive.
    pub(crate) fn may_host(self) -> bool {
        self.user().is_some_and(|user| matches!(user.role, Role::Host | Role::Admin))
    }

    /// Logs in, or registers and logs in.
    pub(crate) async fn enter(self, credentials: Credentials, register: bool) -> Result<(), ApiError> {
        let api = self.api.get_value();
        let session =
            if register { api.register(&credentials).await? } else { api.log_in(&credentials).await? };
        self.who.set(Who::User(session.user));
        Ok(())
    }

    /// Logs out.
    pub(crate) async fn leave(self) -> Result<(), ApiError> {
        self.api.get_value().log_out().await?;
        self.who.set(Who::Guest);
        Ok(())
    }

    async fn ask(self) {
        match self.api.get_value().me().await {
            Ok(user) => self.who.set(Who::User(user)),
            // Whoever cannot be told from a guest is shown what a guest sees.
            Err(error) if !error.is_unknown() || self.who.get_untracked() == Who::Unknown => {
                self.who.set(Who::Guest);
            }
            Err(_) => {}
        }
    }
}

/// The session of this page.
pub(crate) fn session() -> Session {
    expect_context()
}
