//! The server's HTTP API, one method an address.
//!
//! Speaks and listens; decides nothing, keeps nothing but the bearer token, retries nothing: who asks knows best
//! whether to ask again, and with which [`IdempotencyKey`].

mod error;
mod http;
mod key;
mod merchant;
mod orders;
mod rooms;
mod users;
mod wallet;

use std::sync::{Arc, PoisonError, RwLock};

pub use error::ApiError;
pub use key::IdempotencyKey;
pub use merchant::{OrderQuery, ProductFile};

/// A way to the server at one origin. Clones share the token.
#[derive(Debug, Clone)]
pub struct Api {
    server: String,
    token: Arc<RwLock<Option<String>>>,
}

impl Api {
    /// `server` is an origin such as `https://shop.example`; empty for the page's own.
    pub fn new(server: &str, token: Option<String>) -> Self {
        Self { server: server.trim_end_matches('/').to_owned(), token: Arc::new(RwLock::new(token)) }
    }

    /// The origin that was given, without a slash at its end.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The bearer token that requests carry.
    pub fn token(&self) -> Option<String> {
        self.token.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Carries another token from now on, or none.
    pub fn set_token(&self, token: Option<String>) {
        *self.token.write().unwrap_or_else(PoisonError::into_inner) = token;
    }

    /// Where a picture is: products name theirs by an absolute address or a path on the server. Anything else than
    /// http(s), a path, or a picture in the address itself is refused, so that no script hides in it.
    pub fn picture(&self, image: &str) -> Option<String> {
        // Browsers take a backslash for a slash: `/\\host/x` is on another host.
        if image.contains('\\') {
            return None;
        }
        if image.starts_with('/') && !image.starts_with("//") {
            return Some(format!("{}{image}", self.server));
        }
        ["https://", "http://", "data:image/"].iter().any(|p| image.starts_with(p)).then(|| image.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_s_path_is_on_the_server_and_a_script_is_no_picture() {
        let api = Api::new("https://shop.example/", None);
        assert_eq!(api.picture("/media/tea.webp").as_deref(), Some("https://shop.example/media/tea.webp"));
        assert_eq!(api.picture("https://cdn.example/t.png").as_deref(), Some("https://cdn.example/t.png"));
        assert_eq!(api.picture("javascript:alert(1)"), None);
        assert_eq!(api.picture("//evil.example/x.png"), None);
        assert_eq!(api.picture(r"/\evil.example/x.png"), None);
        assert_eq!(api.picture(""), None);
    }

    #[test]
    fn clones_share_the_token() {
        let api = Api::new("", None);
        api.clone().set_token(Some("t".to_owned()));
        assert_eq!(api.token().as_deref(), Some("t"));
    }
}
