use axum::http::HeaderMap;
use protocol::Problem;
use serde::de::DeserializeOwned;

/// What the server answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    pub(crate) fn ok(self) -> Self {
        self.expect_status(200)
    }

    pub(crate) fn created(self) -> Self {
        self.expect_status(201)
    }

    pub(crate) fn accepted(self) -> Self {
        self.expect_status(202)
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// `STATUS code`, of an answer that is a problem.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let problem: Problem = self.json();
        assert_eq!(problem.status, self.status);
        assert!(!problem.detail.is_empty());
        format!("{} {}", problem.status, problem.code)
    }
}
