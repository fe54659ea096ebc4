//! Webhooks to merchants' own servers, by Standard Webhooks 1.0: what happened is signed and sent, tried again for three
//! days, and given up on where nobody answers. What is sent was written with what it tells: see [`tell`].

pub mod api;
mod deliver;
mod guard;
mod schedule;
mod send;
mod sign;
mod tell;

pub use deliver::{drain, follow};

pub use send::Sender;
pub use sign::{secret_text, sign};
pub use tell::{tell, tell_each_in_room, tell_in_room};

/// Every kind of message.
pub const KINDS: [&str; 14] = [
    "order.held",
    "order.paid",
    "order.shipped",
    "order.delivered",
    "order.refunded",
    "order.cancelled",
    "order.expired",
    "gift.sent",
    "withdrawal.requested",
    "withdrawal.held",
    "withdrawal.approved",
    "withdrawal.paid",
    "withdrawal.rejected",
    "withdrawal.cancelled",
];

/// Whether somebody who asked for `wanted` is told of `kind`.
pub fn is_wanted<'a>(mut wanted: impl Iterator<Item = &'a str>, kind: &str) -> bool {
    let group = kind.split_once('.').map_or(kind, |(group, _)| group);
    wanted.any(|one| one == kind || one == "*" || one.strip_suffix(".*") == Some(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_told_of_a_kind_a_group_or_all() {
        let wanted = |wanted: &str, kind| is_wanted(wanted.split(' '), kind);
        assert!(wanted("gift.sent order.paid", "order.paid") && wanted("order.*", "order.paid"));
        assert!(KINDS.iter().all(|kind| wanted("*", kind)));
        for other in ["order.held", "order", "ord.*", "order.paid.*", ""] {
            assert!(!wanted(other, "order.paid"), "{other}");
        }
    }
}
