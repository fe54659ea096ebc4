//! Whom a request is from when it came by way of the operator's own proxies. Says nothing of who is logged in.

use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

/// Each proxy on the way adds one address; more of them are somebody's invention.
const MOST_HOPS: usize = 16;

/// The address that a request of `peer` counts for. A proxy of `trusted` is believed what it says in `X-Forwarded-For`:
/// the last address there that is not such a proxy's own. What stands before it the client may have made up.
pub(crate) fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let said = headers.get_all("x-forwarded-for").into_iter().rev();
    let hops = said.flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
    let mut client = peer;
    for hop in hops.take(MOST_HOPS) {
        let Some(address) = address(hop.trim()) else { break };
        client = address;
        if !trusted.contains(&address) {
            break;
        }
    }
    client
}

/// An address as proxies write it, some with the port.
fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted = ["127.0.0.1", "10.0.0.9"].map(|proxy| proxy.parse().unwrap());
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn the_word_of_a_stranger_counts_for_nothing() {
        assert_eq!(from("8.8.8.8", &["1.2.3.4"]), "8.8.8.8");
    }

    #[test]
    fn behind_a_proxy_each_shopper_has_their_own_address() {
        assert_eq!(from("127.0.0.1", &["1.2.3.4"]), "1.2.3.4");
        assert_eq!(from("127.0.0.1", &["1.2.3.4:5678"]), "1.2.3.4");
        assert_eq!(from("127.0.0.1", &["2001:db8::1"]), "2001:db8::1");
    }

    #[test]
    fn what_the_client_itself_wrote_is_passed_over() {
        assert_eq!(from("127.0.0.1", &["6.6.6.6, 1.2.3.4, 10.0.0.9"]), "1.2.3.4");
        assert_eq!(from("127.0.0.1", &["6.6.6.6", "1.2.3.4"]), "1.2.3.4");
        assert_eq!(from("127.0.0.1", &["1.2.3.4, unknown"]), "127.0.0.1");
    }

    #[test]
    fn a_proxy_that_says_nothing_is_the_client() {
        assert_eq!(from("127.0.0.1", &[]), "127.0.0.1");
    }
}
