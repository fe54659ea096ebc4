//! Who takes the money for coins. Orders have a provider of their own, which answers at once; here the answer to the request
//! means nothing, and the signed webhook everything.

use protocol::Money;
use shop::recharge::News;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use thiserror::Error;

use super::signature::SignatureError;

/// A payment to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Our name for it. Asking twice under one name opens one payment.
    pub id: String,
    /// How much.
    pub price: Money,
    /// The method, as the provider names it.
    pub method: String,
}

/// A payment that the provider waits for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// The provider's name for it.
    pub reference: String,
    /// What the provider's form in the browser needs.
    pub client_secret: Option<String>,
    /// Webhooks that we are to bring ourselves, since nobody else will: the sandbox's.
    pub deliveries: Vec<Delivery>,
}

/// A webhook on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// After how long it arrives.
    pub after: Duration,
    /// The header that signs it.
    pub signature: String,
    /// What it says, JSON.
    pub body: String,
}

/// Why a payment is not open.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The provider will not have it.
    #[error("{reason}")]
    Refused {
        /// Its own words, fit for the shopper.
        reason: String,
    },
    /// Nobody knows whether it is: ask again under the same name.
    #[error("the payment provider cannot be reached: {reason}")]
    Unknown {
        /// What went wrong, for the log.
        reason: String,
    },
}

/// A payment that is open, or why not.
pub type OpenFuture<'a> = Pin<Box<dyn Future<Output = Result<Opened, OpenError>> + Send + 'a>>;

/// What a webhook says of a payment of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The provider's name for the event: told twice, it is one.
    pub event: String,
    /// The provider's name for the payment.
    pub reference: String,
    /// Our name for it, where the event repeats it.
    pub recharge: Option<String>,
    /// What happened.
    pub news: News,
}

/// Why a webhook is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WebhookError {
    /// It is not signed by the provider, now.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// It is not what the provider sends.
    #[error("the event is not readable: {reason}")]
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
}

/// A payment provider for recharges.
pub trait RechargeProvider: Send + Sync + 'static {
    /// Its name, in `POST /api/v1/webhooks/NAME` and in the store.
    fn name(&self) -> &'static str;

    /// The header that signs its webhooks.
    fn signature_header(&self) -> &'static str;

    /// The methods that it takes.
    fn methods(&self) -> &'static [&'static str];

    /// Opens a payment, one for each [`Intent::id`] however often it is asked.
    fn open<'a>(&'a self, intent: &'a Intent) -> OpenFuture<'a>;

    /// Webhooks to bring again for a payment that is still pending. Only the sandbox has any: others send by themselves.
    fn again(&self, intent: &Intent) -> Vec<Delivery> {
        let _ = intent;
        Vec::new()
    }

    /// What a webhook says, once its signature holds at `now` (seconds since the Unix epoch); nothing, when it is not
    /// about a payment of ours.
    ///
    /// # Errors
    /// When it is not signed by the provider, or cannot be read.
    fn read(&self, signature: &str, body: &[u8], now: i64) -> Result<Option<Notice>, WebhookError>;
}
