//! Which provider takes the money for coins.

use anyhow::{bail, ensure};
use clap::Args;
use serde::Deserialize;
use std::fmt;
use std::sync::Arc;

use super::stripe::{self, Stripe};
use super::{RechargeProvider, Sandbox};

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What an operator may set of it: the table `[recharges]` of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RechargeConfig {
    /// What the provider signs its webhooks with; the sandbox makes one up.
    pub webhook_secret: Option<Secret>,
    /// Stripe's secret key; with one, Stripe takes the money, without, the sandbox pretends to.
    pub stripe_key: Option<Secret>,
    /// Where Stripe answers, or whoever speaks its wire.
    pub stripe_api: Option<String>,
}

/// The same as flags and in the environment.
#[derive(Debug, Clone, Default, Args)]
pub struct RechargeFlags {
    /// What the payment provider signs its webhooks with [default for the sandbox: made up at each start]
    #[arg(long, env = "LIVESTALL_WEBHOOK_SECRET", value_name = "SECRET", global = true, hide_env_values = true,
        value_parser = secret)]
    pub webhook_secret: Option<Secret>,
    /// Stripe's secret key: with one, Stripe takes the money for coins [default: the sandbox does, for nothing]
    #[arg(long, env = "LIVESTALL_STRIPE_KEY", value_name = "KEY", global = true, hide_env_values = true,
        value_parser = secret)]
    pub stripe_key: Option<Secret>,
    /// Where Stripe answers [default: https://api.stripe.com]
    #[arg(long, env = "LIVESTALL_STRIPE_API", value_name = "URL", global = true)]
    pub stripe_api: Option<String>,
}

fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::from(text))
}

impl RechargeConfig {
    /// Flags over the file.
    ///
    /// # Errors
    /// When a secret can be guessed.
    pub fn load(flags: RechargeFlags, file: Self) -> anyhow::Result<Self> {
        let config = Self {
            webhook_secret: flags.webhook_secret.or(file.webhook_secret),
            stripe_key: flags.stripe_key.or(file.stripe_key),
            stripe_api: flags.stripe_api.or(file.stripe_api),
        };
        if let Some(secret) = &config.webhook_secret {
            let found = secret.reveal().len();
            ensure!(
                found >= LEAST_SECRET,
                "webhook_secret has {found} bytes, expected {LEAST_SECRET} or more"
            );
        }
        // Said at the start, not when the first shopper pays.
        config.provider()?;
        Ok(config)
    }

    /// The provider.
    ///
    /// # Errors
    /// When Stripe is to be it, but its webhooks could not be told from others', or its address is not safe.
    pub fn provider(&self) -> anyhow::Result<Arc<dyn RechargeProvider>> {
        Ok(match (&self.stripe_key, &self.webhook_secret) {
            (Some(key), Some(secret)) => {
                let api = self.stripe_api.as_deref().unwrap_or(stripe::API);
                Arc::new(Stripe::new(api, key.clone(), secret.clone())?)
            }
            (Some(_), None) => {
                bail!("stripe_key is set, expected webhook_secret beside it: see Stripe's webhooks")
            }
            (None, Some(secret)) => Arc::new(Sandbox::with_secret(secret.reveal())),
            (None, None) => Arc::new(Sandbox::default()),
        })
    }
}

/// As Standard Webhooks has it.
const LEAST_SECRET: usize = 24;
