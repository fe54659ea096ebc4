//! Who takes the money.

use protocol::Money;
use std::future::Future;
use std::pin::Pin;
use thiserror::Error;

/// A payment asked of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Our name for the payment. Asking twice under one name charges once.
    pub reference: String,
    /// How much.
    pub amount: Money,
    /// The method, as the provider names it.
    pub method: String,
}

/// Why a provider has not taken the money.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChargeError {
    /// It will not: the shopper may try another method.
    #[error("{reason}")]
    Declined {
        /// The provider's own words, fit for the shopper.
        reason: String,
    },
    /// Nobody knows whether it has: ask again under the same name.
    #[error("the payment provider cannot be reached: {reason}")]
    Unknown {
        /// What went wrong, for the log.
        reason: String,
    },
}

/// The provider's own reference for the payment, or why there is none.
pub type ChargeFuture<'a> = Pin<Box<dyn Future<Output = Result<String, ChargeError>> + Send + 'a>>;

/// A payment provider.
pub trait PaymentProvider: Send + Sync + 'static {
    /// The methods that it takes.
    fn methods(&self) -> &'static [&'static str];

    /// Takes the money, once for each [`Charge::reference`] however often it is asked.
    fn charge<'a>(&'a self, charge: &'a Charge) -> ChargeFuture<'a>;
}

/// A provider that moves no money: `sandbox_ok` always pays, `sandbox_declined` never does. Its reference follows from
/// ours, so that asking again answers the same, after a restart too.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sandbox;

impl PaymentProvider for Sandbox {
    fn methods(&self) -> &'static [&'static str] {
        &["sandbox_ok", "sandbox_declined"]
    }

    fn charge<'a>(&'a self, charge: &'a Charge) -> ChargeFuture<'a> {
        Box::pin(async move {
            match charge.method.as_str() {
                "sandbox_ok" => Ok(format!("sandbox_{}", charge.reference)),
                _ => Err(ChargeError::Declined { reason: "the sandbox declined the payment".to_owned() }),
            }
        })
    }
}
