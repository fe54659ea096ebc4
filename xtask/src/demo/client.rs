//! The server's HTTP API, as far as the demo's script needs it.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use ureq::{Agent, Body, http::Response};

/// A user of one server.
#[derive(Debug, Clone)]
pub(super) struct Client {
    agent: Agent,
    origin: String,
    token: String,
}

impl Client {
    /// The user whom `token` stands for.
    pub(super) fn new(origin: &str, token: &str) -> Self {
        let timeout = Some(Duration::from_secs(10));
        let agent =
            Agent::config_builder().timeout_global(timeout).http_status_as_error(false).build().into();
        Self { agent, origin: origin.to_owned(), token: token.to_owned() }
    }

    /// GETs text.
    pub(super) fn get(&self, path: &str) -> Result<String> {
        let request = self.agent.get(format!("{}{path}", self.origin));
        read(path, request.header("Authorization", self.bearer()).call())
    }

    /// POSTs JSON and reads JSON.
    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let request = self.agent.post(format!("{}{path}", self.origin));
        let request = request.header("Authorization", self.bearer()).header("Idempotency-Key", key());
        let answer = read(path, request.content_type("application/json").send(body.to_string()))?;
        serde_json::from_str(&answer).with_context(|| format!("{path}: expected JSON, found {answer}"))
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

fn read(path: &str, answer: Result<Response<Body>, ureq::Error>) -> Result<String> {
    let mut answer = answer.with_context(|| format!("cannot call {path}"))?;
    let text = answer.body_mut().read_to_string()?;
    if !answer.status().is_success() {
        bail!("{path}: {}: {text}", answer.status());
    }
    Ok(text)
}

/// New for every write.
fn key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("demo-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
