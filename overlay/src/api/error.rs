use protocol::Problem;

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The server refused, and said why.
    #[error("{} ({})", .0.detail, .0.code)]
    Refused(Problem),
    /// No answer came: offline, blocked, timed out. The request may have been done, or not.
    #[error("no answer from {address}: {cause}")]
    Unreachable {
        /// What was asked.
        address: String,
        /// What the browser said.
        cause: String,
    },
    /// An answer came that is not what the address promises.
    #[error("unexpected answer from {address} (status {status}): {cause}")]
    Unexpected {
        /// What was asked.
        address: String,
        /// HTTP status.
        status: u16,
        /// What is wrong with it.
        cause: String,
    },
}

impl ApiError {
    /// The stable code that texts are chosen by: the problem's own, `unreachable` or `unexpected`.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(problem) => &problem.code,
            Self::Unreachable { .. } => "unreachable",
            Self::Unexpected { .. } => "unexpected",
        }
    }

    /// Whether the request may be sent again as it was, with its [`super::IdempotencyKey`]: nobody knows if it was done,
    /// or it is being done this moment.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Refused(problem) => problem.status >= 500 || problem.code == "idempotency_running",
            Self::Unreachable { .. } | Self::Unexpected { .. } => true,
        }
    }
}
