use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use axum::http::StatusCode;
use protocol::LIMITS;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::Semaphore;

use crate::error::{ApiError, ApiResult};

/// How long somebody waits for a free core.
const WAIT: Duration = Duration::from_secs(10);

/// Hashes and checks passwords with argon2id, no more at a time than there are cores: each takes 19 MiB and some tens
/// of milliseconds.
#[derive(Debug, Clone)]
pub struct Passwords {
    cores: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { cores: Arc::new(Semaphore::new(cores)) }
    }
}

/// Whether a password has an acceptable length.
///
/// # Errors
/// 422 `password_too_short` or `password_too_long`.
pub fn check_length(password: &str) -> ApiResult<()> {
    let (chars, bytes) = (password.chars().count(), password.len());
    let refuse = |code, detail| Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail));
    if chars < LIMITS.password_min_chars {
        let least = LIMITS.password_min_chars;
        return refuse(
            "password_too_short",
            format!("the password has {chars} characters; expected at least {least}"),
        );
    }
    if bytes > LIMITS.password_max_bytes {
        let most = LIMITS.password_max_bytes;
        return refuse(
            "password_too_long",
            format!("the password has {bytes} bytes; expected at most {most}"),
        );
    }
    Ok(())
}

impl Passwords {
    /// The hash of a password, as a PHC string with a salt of its own.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn hash(&self, password: String) -> ApiResult<String> {
        self.run(move || hash(&password)).await?.ok_or_else(ApiError::internal)
    }

    /// Whether a password has this hash. Takes as long when there is none, so that nobody learns who has an account.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn verify(&self, password: String, hash: Option<String>) -> ApiResult<bool> {
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| decoy().to_owned());
            let fits = PasswordHash::new(&hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
            known && fits
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> ApiResult<T> {
        let busy = || ApiError::busy("too many are logging in; try again in a moment");
        let permit = tokio::time::timeout(WAIT, Arc::clone(&self.cores).acquire_owned()).await;
        let Ok(Ok(permit)) = permit else { return Err(busy()) };
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(permit);
            answer
        });
        done.await.map_err(|error| {
            tracing::error!(%error, "Password hashing failed");
            ApiError::internal()
        })
    }
}

fn hash(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// A hash that fits no password that anybody knows.
fn decoy() -> &'static str {
    static DECOY: OnceLock<String> = OnceLock::new();
    DECOY.get_or_init(|| hash(&crate::clock::secret::<16>()).unwrap_or_default())
}
