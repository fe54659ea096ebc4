use crate::{
    api::{ApiError, IdempotencyKey},
    show::Show,
};
use protocol::{Checkout, NewRecharge, NewRedPacket};

/// Attempts of unknown fate that are remembered; nobody has more under way.
const MOST: usize = 16;

/// What a shopper asked for that must not be done twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Intent {
    /// This order.
    Order(Box<Checkout>),
    /// To pay this order by this method.
    Payment { order: String, method: &'static str },
    /// To buy these coins this way.
    Recharge(NewRecharge),
    /// To send this red packet.
    Packet(NewRedPacket),
}

/// Intents and their keys: as long as nobody knows whether one was done, it goes under the same key. They outlive the
/// sheet that they were asked in, as a shopper closes it and tries again.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    open: Vec<(Intent, IdempotencyKey)>,
}

impl Attempts {
    /// The key for `intent`: that of the open attempt when it is the same, else a new one from `fresh`.
    pub(crate) fn key(&mut self, intent: &Intent, fresh: impl FnOnce() -> IdempotencyKey) -> IdempotencyKey {
        if let Some((_, key)) = self.open.iter().find(|(before, _)| before == intent) {
            return key.clone();
        }
        if self.open.len() == MOST {
            self.open.remove(0);
        }
        let key = fresh();
        self.open.push((intent.clone(), key.clone()));
        key
    }

    /// Hears how it went: a definite answer ends the attempt.
    pub(crate) fn heard<T>(&mut self, intent: &Intent, result: &Result<T, ApiError>) {
        if !result.as_ref().is_err_and(ApiError::is_unknown) {
            self.open.retain(|(before, _)| before != intent);
        }
    }
}

impl Show {
    /// Asks for what must not be done twice: under the key of the open attempt when it is the same, else under a new one.
    pub(crate) async fn attempt<T>(
        self,
        intent: Intent,
        ask: impl AsyncFnOnce(&IdempotencyKey) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let core = self.core();
        let key = core.attempts.borrow_mut().key(&intent, IdempotencyKey::random);
        let answer = ask(&key).await;
        core.attempts.borrow_mut().heard(&intent, &answer);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Currency, Money, NewLine, Problem};

    fn key(text: &str) -> IdempotencyKey {
        IdempotencyKey::for_test(text)
    }

    fn cups(quantity: u32) -> Intent {
        let expected_total = Money::new(1_900, Currency::CNY);
        let lines = vec![NewLine { product: 7, variant: None, quantity }];
        let (product, coupon, address, invoice) = (None, None, None, None);
        let (quantity, coupons) = (None, Vec::new());
        let cups = Checkout { lines, product, quantity, coupons, coupon, address, invoice, expected_total };
        Intent::Order(Box::new(cups))
    }

    fn refused(status: u16, code: &str) -> Result<(), ApiError> {
        let (kind, code) = (String::new(), code.to_owned());
        let (title, detail) = (String::new(), String::new());
        Err(ApiError::Refused(Problem { kind, status, code, title, detail, total: None }))
    }

    #[test]
    fn a_retry_goes_under_the_same_key_until_the_answer_is_known() {
        let mut attempts = Attempts::default();
        assert_eq!(attempts.key(&cups(2), || key("a")), key("a"));
        let lost = Err(ApiError::Unreachable { address: String::new(), cause: String::new() });
        for unknown in [lost, refused(503, "busy"), refused(409, "idempotency_running")] {
            attempts.heard(&cups(2), &unknown);
            assert_eq!(attempts.key(&cups(2), || key("b")), key("a"), "{unknown:?}");
        }
        attempts.heard(&cups(2), &refused(409, "sold_out"));
        assert_eq!(attempts.key(&cups(2), || key("c")), key("c"));
    }

    #[test]
    fn another_order_is_another_intent_and_the_first_keeps_its_key() {
        let mut attempts = Attempts::default();
        attempts.key(&cups(2), || key("a"));
        assert_eq!(attempts.key(&cups(3), || key("b")), key("b"));
        assert_eq!(attempts.key(&cups(2), || key("c")), key("a"));
    }

    #[test]
    fn the_oldest_attempt_is_forgotten_when_there_are_too_many() {
        let mut attempts = Attempts::default();
        for quantity in 0..=MOST as u32 {
            attempts.key(&cups(quantity), || key("a"));
        }
        assert_eq!(attempts.open.len(), MOST);
        assert_eq!(attempts.key(&cups(0), || key("b")), key("b"));
    }
}
