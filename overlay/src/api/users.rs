use super::{Api, ApiError, IdempotencyKey};
use protocol::{Credentials, Session, User};

impl Api {
    /// Registers a viewer and logs them in: this way to the server carries the new token from now on.
    pub async fn register(&self, credentials: &Credentials) -> Result<Session, ApiError> {
        let session: Session = self.post("/users", credentials, &IdempotencyKey::random()).await?;
        self.set_token(Some(session.token.clone()));
        Ok(session)
    }

    /// Logs in: this way to the server carries the new token from now on.
    pub async fn log_in(&self, credentials: &Credentials) -> Result<Session, ApiError> {
        let session: Session = self.post("/session", credentials, &IdempotencyKey::random()).await?;
        self.set_token(Some(session.token.clone()));
        Ok(session)
    }

    /// Logs out, here and on the server. The token is forgotten even when the server cannot be told.
    pub async fn log_out(&self) -> Result<(), ApiError> {
        let told = self.delete("/session").await;
        self.set_token(None);
        told
    }

    /// Who the server takes us for; a guest is refused with `unauthorized`.
    pub async fn me(&self) -> Result<User, ApiError> {
        self.get("/me").await
    }
}
