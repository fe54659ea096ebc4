//! Who may publish where.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A room's name in addresses.
pub type RoomName = Arc<str>;

/// Answer to [`PublishAuth::authorize`].
pub type AuthFuture<'a> = Pin<Box<dyn Future<Output = Result<RoomName, Refusal>> + Send + 'a>>;

/// Turns a stream key into the room that it opens.
pub trait PublishAuth: Send + Sync + 'static {
    /// The room that `stream_key` publishes to. The key is a secret: keep it out of logs.
    ///
    /// # Errors
    /// [`Refusal`], whose text the publisher gets to read.
    fn authorize<'a>(&'a self, stream_key: &'a str) -> AuthFuture<'a>;
}

/// Why nobody may publish with a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No room has this key.
    #[error("the stream key is wrong: copy it again from the studio")]
    UnknownKey,
    /// The key is right, but publishing is not allowed now; says why and what to do.
    #[error("{0}")]
    Denied(String),
    /// The server could not find out.
    #[error("the stream key could not be checked: try again in a moment")]
    Unavailable,
}
