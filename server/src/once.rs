//! Writes under an `Idempotency-Key`, as Stripe does them: the first answer is kept, in the same transaction as what it
//! tells, and given again; the same key with another request is refused, and so is a twin that is still running.

use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::{hex, now};
use crate::error::{ApiError, ApiResult, problem_response};
use crate::state::App;
use crate::store::{
    self, Db, Store, Write,
    idempotency::{Answer, Kept},
};

/// How long answers are kept, in milliseconds: a day, as Stripe has it.
pub const KEPT_MS: i64 = 24 * 3_600_000;

/// What is running now, by a name of its own.
#[derive(Debug, Clone, Default)]
pub struct Running(Arc<Mutex<HashSet<String>>>);

/// One thing that is running; dropping it ends it.
#[derive(Debug)]
pub struct Slot {
    running: Running,
    name: String,
}

impl Running {
    /// Begins it, unless it is running.
    pub fn enter(&self, name: String) -> Option<Slot> {
        let fresh = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
        fresh.then(|| Slot { running: self.clone(), name })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.running.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}

/// A key in use by a request.
#[derive(Debug)]
pub struct Claimed {
    user: i64,
    key: String,
    fingerprint: String,
    _slot: Slot,
}

impl Claimed {
    /// Claims the key for a request: `what` is asked and the parts of it.
    ///
    /// # Errors
    /// 409 `idempotency_running` when another request has it.
    pub fn new(app: &App, user: i64, key: String, what: &str, asked: &impl Serialize) -> ApiResult<Self> {
        let slot = app.running.enter(format!("key {user} {key}")).ok_or_else(|| {
            ApiError::new(
                StatusCode::CONFLICT,
                "idempotency_running",
                "a request with this Idempotency-Key is running; ask again in a moment",
            )
            .retry_after(1)
        })?;
        // Plain types of ours always encode.
        let asked = serde_json::to_vec(asked).unwrap_or_default();
        let fingerprint =
            hex(&Sha256::new().chain_update(what).chain_update([0]).chain_update(asked).finalize());
        Ok(Self { user, key, fingerprint, _slot: slot })
    }

    /// A name for what is done under the key: the same request of the same user has the same name, in another process too,
    /// and another request has another.
    pub fn name(&self) -> String {
        let asked = format!("{} {} {}", self.user, self.fingerprint, self.key);
        hex(&Sha256::digest(asked))[..32].to_owned()
    }

    /// The answer that was given before, if there was one. It may be in the same group of writes: `db`'s write is to be committed
    /// before it is given again.
    ///
    /// # Errors
    /// 422 `idempotency_mismatch` when it was given to another request.
    pub async fn kept(&self, db: &mut Db) -> ApiResult<Option<Response>> {
        let answer = store::idempotency::find(db, self.user, &self.key).await?;
        answer.map(|answer| self.again(answer)).transpose()
    }

    /// Whose key it is, and the key.
    pub fn key(&self) -> (i64, &str) {
        (self.user, &self.key)
    }

    /// The answer that was given before, given again.
    ///
    /// # Errors
    /// 422 `idempotency_mismatch` when it was given to another request.
    pub fn again(&self, answer: Answer) -> ApiResult<Response> {
        if answer.fingerprint != self.fingerprint {
            return Err(mismatch());
        }
        let mut response = respond(status(answer.status), answer.body);
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
        Ok(response)
    }

    /// The first answer, as it is to be kept.
    pub fn first(&self, status: StatusCode, body: String) -> Kept<'_> {
        let (fingerprint, status) = (self.fingerprint.clone(), i64::from(status.as_u16()));
        Kept { user: self.user, key: &self.key, answer: Answer { fingerprint, status, body } }
    }

    /// Keeps an answer, inside the write that it tells of.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keep(&self, db: &mut Db, status: StatusCode, body: &str) -> ApiResult<()> {
        let kept = [self.first(status, body.to_owned())];
        Ok(store::idempotency::keep_all(db, &kept, now()).await?)
    }

    /// Keeps a refusal, in a write of its own, and answers it.
    ///
    /// # Errors
    /// The refusal.
    pub async fn refuse<T>(&self, store: &Store, error: ApiError) -> ApiResult<T> {
        if error.status().is_client_error() {
            let mut tx = store.write().await?;
            self.keep(&mut tx, error.status(), &encode(&error.problem())?).await?;
            store::commit(tx).await?;
        }
        Err(error)
    }
}

/// A write, under a key or without.
pub struct Once {
    tx: Write,
    claimed: Option<Claimed>,
}

/// Where a write stands when it begins.
pub enum Begun {
    /// It was done before; this was the answer.
    Kept(Response),
    /// It is to be done.
    Fresh(Once),
}

impl Once {
    /// Begins a write.
    ///
    /// # Errors
    /// When the key is in use, or was used for something else.
    pub async fn begin(
        app: &App,
        user: i64,
        key: Option<String>,
        what: &str,
        asked: &impl Serialize,
    ) -> ApiResult<Begun> {
        let claimed = key.map(|key| Claimed::new(app, user, key, what, asked)).transpose()?;
        let mut tx = app.store.write().await?;
        if let Some(claimed) = &claimed
            && let Some(answer) = claimed.kept(&mut tx).await?
        {
            store::commit(tx).await?;
            return Ok(Begun::Kept(answer));
        }
        Ok(Begun::Fresh(Self { tx, claimed }))
    }

    /// The connection to write on.
    pub fn db(&mut self) -> &mut Db {
        &mut self.tx
    }

    /// Makes the write last, and answers; a refusal undoes it, and is kept as the answer too.
    ///
    /// # Errors
    /// The refusal, or that the store failed.
    pub async fn finish<T: Serialize>(
        mut self,
        status: StatusCode,
        done: ApiResult<T>,
    ) -> ApiResult<Response> {
        match done {
            Ok(body) => {
                let body = encode(&body)?;
                if let Some(claimed) = &self.claimed {
                    claimed.keep(&mut self.tx, status, &body).await?;
                }
                store::commit(self.tx).await?;
                Ok(respond(status, body))
            }
            Err(error) => {
                if let Some(claimed) = self.claimed.filter(|_| error.status().is_client_error()) {
                    self.tx.undo().await?;
                    claimed.keep(&mut self.tx, error.status(), &encode(&error.problem())?).await?;
                    store::commit(self.tx).await?;
                }
                Err(error)
            }
        }
    }
}

/// 422 `idempotency_mismatch`: the key was used for another request.
pub fn mismatch() -> ApiError {
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "idempotency_mismatch",
        "this Idempotency-Key was used for another request; take a new one",
    )
}

fn status(number: i64) -> StatusCode {
    u16::try_from(number)
        .ok()
        .and_then(|number| StatusCode::from_u16(number).ok())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A body as it is kept and sent.
pub fn encode(body: &impl Serialize) -> ApiResult<String> {
    serde_json::to_string(body).map_err(|error| {
        tracing::error!(%error, "An answer could not be encoded");
        ApiError::internal()
    })
}

/// An answer from its body.
pub fn respond(status: StatusCode, body: String) -> Response {
    if status.is_client_error() || status.is_server_error() {
        return problem_response(status, body);
    }
    (status, [(axum::http::header::CONTENT_TYPE, "application/json")], body).into_response()
}
