use crate::api::{ApiError, IdempotencyKey};

/// One intent and its key: as long as nobody knows whether it was done, the same body goes under the same key.
#[derive(Debug)]
pub(super) struct Attempt<B> {
    open: Option<(B, IdempotencyKey)>,
}

impl<B> Default for Attempt<B> {
    fn default() -> Self {
        Self { open: None }
    }
}

impl<B: Clone + PartialEq> Attempt<B> {
    /// The key for `body`: that of the open attempt when it is the same, else a new one from `fresh`.
    pub(super) fn key(&mut self, body: &B, fresh: impl FnOnce() -> IdempotencyKey) -> IdempotencyKey {
        match &self.open {
            Some((before, key)) if before == body => key.clone(),
            _ => {
                let key = fresh();
                self.open = Some((body.clone(), key.clone()));
                key
            }
        }
    }

    /// Hears how it went: a definite answer ends the attempt.
    pub(super) fn heard<T>(&mut self, result: &Result<T, ApiError>) {
        if !result.as_ref().is_err_and(ApiError::is_unknown) {
            self.open = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Problem;

    fn key(text: &str) -> IdempotencyKey {
        IdempotencyKey::for_test(text)
    }

    fn refused(status: u16) -> Result<(), ApiError> {
        let (kind, code) = (String::new(), "x".to_owned());
        let (title, detail) = (String::new(), String::new());
        Err(ApiError::Refused(Problem { kind, status, code, title, detail }))
    }

    #[test]
    fn a_retry_goes_under_the_same_key_until_the_answer_is_known() {
        let mut attempt = Attempt::default();
        assert_eq!(attempt.key(&"two cups", || key("a")), key("a"));
        attempt.heard::<()>(&Err(ApiError::Unreachable { address: String::new(), cause: String::new() }));
        assert_eq!(attempt.key(&"two cups", || key("b")), key("a"));
        attempt.heard(&refused(503));
        assert_eq!(attempt.key(&"two cups", || key("b")), key("a"));
        attempt.heard(&refused(409));
        assert_eq!(attempt.key(&"two cups", || key("c")), key("c"));
    }

    #[test]
    fn another_body_is_another_intent() {
        let mut attempt = Attempt::default();
        attempt.key(&"two cups", || key("a"));
        assert_eq!(attempt.key(&"three cups", || key("b")), key("b"));
    }
}
