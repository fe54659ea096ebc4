//! Who takes the money.

use protocol::Money;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
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

/// Money to be paid back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payback {
    /// Our name for it. Asking twice under one name pays back once.
    pub reference: String,
    /// The provider's own reference of the payment that it is a part of.
    pub payment: String,
    /// How much.
    pub amount: Money,
    /// The method that it was paid with.
    pub method: String,
}

/// Why a provider has not moved the money.
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

/// The provider's own reference for what it did, or why there is none.
pub type ChargeFuture<'a> = Pin<Box<dyn Future<Output = Result<String, ChargeError>> + Send + 'a>>;

/// A payment provider.
pub trait PaymentProvider: Send + Sync + 'static {
    /// The methods that it takes.
    fn methods(&self) -> &'static [&'static str];

    /// Takes the money, once for each [`Charge::reference`] however often it is asked.
    fn charge<'a>(&'a self, charge: &'a Charge) -> ChargeFuture<'a>;

    /// Pays back, once for each [`Payback::reference`] however often it is asked.
    fn pay_back<'a>(&'a self, payback: &'a Payback) -> ChargeFuture<'a>;
}

/// How late `sandbox_refund_late` is.
const LATE: Duration = Duration::from_secs(3);

/// A provider that moves no money: `sandbox_ok` always pays, `sandbox_declined` never does. What was paid with
/// `sandbox_refund_declined` it never pays back, with `sandbox_refund_late` after a while. Its reference follows from ours,
/// so that asking again answers the same, after a restart too.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sandbox;

impl PaymentProvider for Sandbox {
    fn methods(&self) -> &'static [&'static str] {
        &["sandbox_ok", "sandbox_declined", "sandbox_refund_declined", "sandbox_refund_late"]
    }

    fn charge<'a>(&'a self, charge: &'a Charge) -> ChargeFuture<'a> {
        Box::pin(async move {
            match charge.method.as_str() {
                "sandbox_declined" => {
                    Err(ChargeError::Declined { reason: "the sandbox declined the payment".to_owned() })
                }
                _ => Ok(format!("sandbox_{}", charge.reference)),
            }
        })
    }

    fn pay_back<'a>(&'a self, payback: &'a Payback) -> ChargeFuture<'a> {
        Box::pin(async move {
            match payback.method.as_str() {
                "sandbox_refund_declined" => {
                    let reason = "the sandbox declined to pay back".to_owned();
                    return Err(ChargeError::Declined { reason });
                }
                "sandbox_refund_late" => tokio::time::sleep(LATE).await,
                _ => {}
            }
            Ok(format!("sandbox_{}", payback.reference))
        })
    }
}
