//! The one error that handlers answer with: RFC 9457 problem details. What went wrong inside is logged here, once, and
//! never told.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{Money, Problem};
use shop::ledger::LedgerError;

use crate::store::StoreError;
use crate::store::ledger::PostError;

/// Why a request is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    detail: String,
    retry_after: Option<i64>,
    total: Option<Money>,
}

/// What a handler answers.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// A refusal: `code` is what clients branch on, `detail` says what was wrong, what was expected, what to do.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), retry_after: None, total: None }
    }

    /// 404 `unknown_…`.
    pub fn unknown(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, detail)
    }

    /// 500 for what is logged already.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the server failed; try again in a moment")
    }

    /// 503: too much at once.
    pub fn busy(detail: impl Into<String>) -> Self {
        Self { retry_after: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail) }
    }

    /// Says in how many seconds to ask again.
    #[must_use]
    pub fn retry_after(self, seconds: i64) -> Self {
        Self { retry_after: Some(seconds.max(1)), ..self }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// As it goes over the wire.
    pub fn problem(&self) -> Problem {
        Problem {
            kind: format!("/problems/{}", self.code),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            title: self.code.replace('_', " "),
            detail: self.detail.clone(),
            total: self.total.map(Box::new),
        }
    }
}

/// An answer whose body is a problem.
pub fn problem_response(status: StatusCode, json: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/problem+json")], json).into_response()
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let json = serde_json::to_string(&self.problem()).unwrap_or_default();
        let mut response = problem_response(self.status, json);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "The store failed");
        Self::internal()
    }
}

impl From<PostError> for ApiError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Store(error) => error.into(),
            // Whose account it is, they know.
            PostError::Refused(LedgerError::Insufficient { unit, left, asked, .. }) => {
                let detail = format!("{left} {unit} are left; {asked} were asked for; recharge first");
                Self::new(StatusCode::CONFLICT, "insufficient_funds", detail)
            }
            PostError::Refused(error) => {
                tracing::error!(%error, "The ledger refused a transfer");
                Self::internal()
            }
        }
    }
}

impl From<room::TextError> for ApiError {
    fn from(error: room::TextError) -> Self {
        room::Refusal::Text(error).into()
    }
}

impl From<room::Refusal> for ApiError {
    fn from(refusal: room::Refusal) -> Self {
        use room::Refusal as R;
        let status = match &refusal {
            R::LogInRequired => StatusCode::UNAUTHORIZED,
            R::NotHost | R::PositionedByViewer => StatusCode::FORBIDDEN,
            R::Text(_)
            | R::BadClientId { .. }
            | R::BadColor { .. }
            | R::BadPlace { .. }
            | R::TooManyZones { .. }
            | R::BadZone { .. }
            | R::BadGiftCount { .. }
            | R::BadLikeCount { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            R::SlowDown { .. } | R::Repeated { .. } | R::TooManyGifts { .. } | R::TooManyLikes { .. } => {
                StatusCode::TOO_MANY_REQUESTS
            }
            R::UnknownProduct { .. }
            | R::UnknownCoupon { .. }
            | R::UnknownGift { .. }
            | R::UnknownComment { .. } => StatusCode::NOT_FOUND,
            R::NotPinned { .. }
            | R::AlreadyReleased { .. }
            | R::NotReleased { .. }
            | R::CouponExpired { .. }
            | R::GiftsChanged { .. }
            | R::NotLive
            | R::ClientIdUsed { .. }
            | R::ShowOver { .. } => StatusCode::CONFLICT,
        };
        let retry_after = match &refusal {
            R::SlowDown { wait_ms, .. }
            | R::Repeated { wait_ms }
            | R::TooManyGifts { wait_ms, .. }
            | R::TooManyLikes { wait_ms, .. } => Some(wait_ms / 1_000 + 1),
            _ => None,
        };
        Self { retry_after, ..Self::new(status, refusal.code(), refusal.to_string()) }
    }
}

impl From<shop::Refusal> for ApiError {
    fn from(refusal: shop::Refusal) -> Self {
        use shop::Refusal as R;
        let status = match &refusal {
            R::AmountOutOfRange { .. }
            | R::CurrencyMismatch { .. }
            | R::CompareAtTooLow { .. }
            | R::QuantityOutOfRange { .. }
            | R::CouponBelowMinSpend { .. }
            | R::VariantRequired { .. }
            | R::UnknownVariant { .. }
            | R::TooManyInOrder { .. }
            | R::BadVariant { .. }
            | R::BadLivePrice { .. }
            | R::CouponsDoNotCombine { .. }
            | R::CouponForOthers
            | R::CouponTakesNothing
            | R::CouponGiftGone
            | R::BadCoupon { .. }
            | R::BadCode
            | R::UnknownLine { .. }
            | R::LineTwice { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            R::SoldOut { .. }
            | R::PriceChanged { .. }
            | R::CouponNotReleased
            | R::TooManyForUser { .. }
            | R::CouponNotStarted { .. }
            | R::CouponGone { .. }
            | R::CouponExpired
            | R::CouponNotClaimed
            | R::CouponUsed
            | R::OrderClosed { .. }
            | R::PaymentRunning
            | R::RefundRunning
            | R::NothingToRefund => StatusCode::CONFLICT,
        };
        let total = match &refusal {
            R::PriceChanged { now, .. } => Some(*now),
            _ => None,
        };
        Self { total, ..Self::new(status, refusal.code(), refusal.to_string()) }
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        let code = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "too_large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "not_json",
            StatusCode::UNPROCESSABLE_ENTITY => "bad_body",
            _ => "bad_json",
        };
        Self::new(rejection.status(), code, rejection.body_text())
    }
}

impl From<PathRejection> for ApiError {
    fn from(rejection: PathRejection) -> Self {
        Self::new(rejection.status(), "bad_path", rejection.body_text())
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), "bad_query", rejection.body_text())
    }
}
