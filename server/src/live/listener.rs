//! Takes connections from publishers, each in a task of its own, so that none harms another.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accept;
use crate::live::Live;
use crate::live::connection::Connection;
use crate::shares::Shares;

/// How long publishers get to say goodbye at shutdown.
const GOODBYE: Duration = Duration::from_secs(3);

pub(crate) async fn serve(live: &Live, listener: TcpListener, shutdown: CancellationToken) {
    let places = Arc::new(Semaphore::new(live.config().max_publishers));
    let addresses = Shares::default();
    let tasks = TaskTracker::new();
    while let Some((stream, peer)) = accept::next(&listener, "publisher", &shutdown).await {
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            tracing::warn!(%peer, limit = live.config().max_publishers, "too many publishers: connection refused");
            continue;
        };
        let Some(address) =
            addresses.enter_within(one_hand(peer.ip()), live.config().max_publishers_per_address)
        else {
            let limit = live.config().max_publishers_per_address;
            tracing::warn!(%peer, limit, "too many publishers from one address: connection refused");
            continue;
        };
        let connection = Connection::new(live.clone(), peer, stream);
        let shutdown = shutdown.clone();
        tasks.spawn(async move {
            let gauge = metrics::gauge!("livestall_publishers");
            gauge.increment(1.0);
            let _counted = Counted(gauge);
            connection.run(shutdown).await;
            drop((place, address));
        });
    }
    tasks.close();
    if tokio::time::timeout(GOODBYE, tasks.wait()).await.is_err() {
        tracing::warn!("publishers' connections were cut at shutdown");
    }
}

/// What is in one hand: whoever has an address of IPv6 has its /64.
fn one_hand(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address => address,
    }
}

/// Counts one less when dropped, also by a panic.
struct Counted(metrics::Gauge);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_gets_its_share_of_the_places_and_leaves_the_others_theirs() {
        let addresses = Shares::default();
        let enter = |text: &str| addresses.enter_within(one_hand(text.parse().unwrap()), 2);
        let (first, second) = (enter("2001:db8::1"), enter("2001:db8::2"));
        assert!(first.is_some() && second.is_some());
        assert!(enter("2001:db8::3").is_none());
        assert!(enter("192.0.2.1").is_some() && enter("2001:db8:0:1::1").is_some());
        drop(first);
        assert!(enter("2001:db8::3").is_some());
    }
}
