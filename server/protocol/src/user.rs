use serde::{Deserialize, Serialize};

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Watches, chats, buys.
    Viewer,
    /// Owns rooms and products besides.
    Host,
    /// The installation's super-admin.
    Admin,
}

/// A user as everybody may see them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// Identifier.
    pub id: i64,
    /// Unique name, as shown beside comments.
    pub name: String,
    /// What the user may do.
    pub role: Role,
}

/// Body of `POST /api/v1/users` (register) and `POST /api/v1/session` (log in).
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    /// User name.
    pub name: String,
    /// Password; never logged.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Answer to a log-in: the session is also set as a cookie; embeds on other origins use the token as a bearer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Who is logged in.
    pub user: User,
    /// Bearer token, for `Authorization` and the socket's `?token=`.
    pub token: String,
}
