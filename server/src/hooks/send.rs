//! Sends one message. Follows no redirect, and reads nothing of an answer but its status.

use axum::body::Body;
use hyper::{Method, Request, StatusCode, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::time::Duration;

use super::guard::{Guarded, Unfit, check};
use super::sign::{bytes, sign};
use crate::store::hooks::Due;

/// How long a receiver may take to answer, connecting included.
const PATIENCE: Duration = Duration::from_secs(15);
/// Characters of a failure that are noted.
const MOST_ERROR: usize = 200;

/// A way to the merchants' servers. Cheap to clone.
#[derive(Clone)]
pub struct Sender {
    client: Client<HttpsConnector<HttpConnector<Guarded>>, Body>,
    allow_private: bool,
}

impl Sender {
    /// Speaks to the open internet; to anybody where the operator allows it.
    ///
    /// # Errors
    /// When TLS cannot be had.
    pub fn new(allow_private: bool) -> anyhow::Result<Self> {
        let mut connector = HttpConnector::new_with_resolver(Guarded { allow_private });
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(PATIENCE));
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        // Each message on a connection of its own: to an address that was looked at for it.
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
        Ok(Self { client, allow_private })
    }

    /// Whether messages may go to an address.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, url: &str) -> Result<(), Unfit> {
        check(url, self.allow_private).map(drop)
    }

    /// Sends a message, signed at `time`, seconds since the Unix epoch. Answers with the status; why there was none, when
    /// there was none.
    pub(super) async fn send(&self, due: &Due, time: i64) -> Result<StatusCode, String> {
        let uri = check(&due.url, self.allow_private).map_err(|error| error.to_string())?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(uri)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "livestall-webhooks")
            .header("webhook-id", &due.message)
            .header("webhook-timestamp", time)
            .header("webhook-signature", sign(&bytes(&due.secret), &due.message, time, &due.body))
            .body(Body::from(due.body.clone()))
            .map_err(|error| error.to_string())?;
        match tokio::time::timeout(PATIENCE, self.client.request(request)).await {
            Ok(Ok(answer)) => Ok(answer.status()),
            Ok(Err(error)) => {
                // What went wrong is at the end of the chain; its head says that something did.
                let mut last: &dyn std::error::Error = &error;
                while let Some(source) = last.source() {
                    last = source;
                }
                Err(last.to_string().chars().take(MOST_ERROR).collect())
            }
            Err(_) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
        }
    }
}
