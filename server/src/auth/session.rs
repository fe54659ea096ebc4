use protocol::{ServerTime, Session, User};
use sha2::{Digest, Sha256};

use crate::clock::{hex, secret};
use crate::store::{Db, StoreError, sessions};

/// A session lasts 30 days, in milliseconds.
pub(super) const LASTS_MS: i64 = 30 * 24 * 3_600_000;

/// What the store keeps of a token. Tokens are 256 random bits, so that a plain hash is enough.
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Opens a session for a user.
///
/// # Errors
/// When the store fails.
pub async fn open(db: &mut Db, user: User, now: ServerTime) -> Result<Session, StoreError> {
    let token = secret::<32>();
    let expires = ServerTime(now.0.saturating_add(LASTS_MS));
    sessions::insert(db, &token_hash(&token), user.id, now, expires).await?;
    Ok(Session { user, token })
}
