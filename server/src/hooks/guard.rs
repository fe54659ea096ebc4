//! Which addresses messages may go to: those of the open internet. A merchant who could name others would have the server
//! speak to its own neighbours, such as a cloud's metadata service.

use hyper::Uri;
use hyper_util::client::legacy::connect::dns::Name;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use thiserror::Error;

/// Bytes in an address that messages go to.
const MOST_URL: usize = 2_048;

/// Why messages do not go to an address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfit {
    /// Not of the form.
    #[error(
        "the address is not of the form https://HOST/PATH, of at most {MOST_URL} bytes and without a user"
    )]
    Form,
    /// Not of the open internet.
    #[error("{host:?} is not of the open internet")]
    Private {
        /// The host, as it was given: where a name leads inside, nobody outside has to know.
        host: String,
    },
    /// A name that stands for nothing.
    #[error("{name:?} stands for no address: {reason}")]
    Unresolved {
        /// The name, as it was given.
        name: String,
        /// What the resolver said.
        reason: String,
    },
}

/// Whether an address is one of the open internet, by IANA's registries of special-purpose addresses.
pub(super) const fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

const fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(matches!(
        (a, b, c),
        // This network, shared address space (RFC 6598), protocol assignments, benchmarks, the old 6to4 relays.
        (0, ..) | (100, 64..=127, _) | (192, 0, 0) | (198, 18 | 19, _) | (192, 88, 99)
    ) || a >= 224
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation())
}

const fn is_public_v6(address: Ipv6Addr) -> bool {
    // What is written as IPv6 and connects to IPv4 is judged as that.
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let [a, b, ..] = address.segments();
    // Of the global unicast space 2000::/3: without protocol assignments and Teredo (2001::/23), documentation
    // (2001:db8::/32 and 3fff::/20), and 6to4 (2002::/16), which carries any IPv4 address.
    a & 0xe000 == 0x2000
        && !(a == 0x2001 && (b < 0x200 || b == 0xdb8))
        && a != 0x2002
        && !(a == 0x3fff && b < 0x1000)
}

/// The address of a webhook, if messages may go there as far as its text tells. Where a name leads, [`Guarded`] looks at
/// each time.
///
/// # Errors
/// When they may not.
pub(super) fn check(url: &str, allow_private: bool) -> Result<Uri, Unfit> {
    let uri: Uri = url.parse().map_err(|_| Unfit::Form)?;
    let scheme = uri.scheme_str().ok_or(Unfit::Form)?;
    let authority = uri.authority().ok_or(Unfit::Form)?;
    let fits = scheme == "https" || (scheme == "http" && allow_private);
    if !fits || url.len() > MOST_URL || authority.as_str().contains('@') || authority.host().is_empty() {
        return Err(Unfit::Form);
    }
    // A numeric host never reaches a resolver.
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>() {
        Ok(address) if !allow_private && !is_public(address) => Err(Unfit::Private { host: host.to_owned() }),
        _ => Ok(uri),
    }
}

/// Resolves names, and refuses those of which any address is not of the open internet. The connection goes to what this
/// answers: a name that leads elsewhere a moment later changes nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guarded {
    /// Take any address.
    pub(super) allow_private: bool,
}

impl tower::Service<Name> for Guarded {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = Unfit;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Unfit>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Unfit>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let Self { allow_private } = *self;
        Box::pin(async move {
            let unresolved = |reason: String| Unfit::Unresolved { name: name.as_str().to_owned(), reason };
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found: Vec<_> = found.map_err(|error| unresolved(error.to_string()))?.collect();
            if found.is_empty() {
                return Err(unresolved("nothing found".to_owned()));
            }
            if allow_private || found.iter().all(|address| is_public(address.ip())) {
                Ok(found.into_iter())
            } else {
                Err(Unfit::Private { host: name.as_str().to_owned() })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_open_internet_are_taken() {
        let public = |text: &str| is_public(text.parse().unwrap());
        for inside in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
        ] {
            assert!(!public(inside), "{inside}");
        }
        for outside in
            ["1.1.1.1", "100.128.0.1", "172.32.0.1", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450::1"]
        {
            assert!(public(outside), "{outside}");
        }
    }

    #[test]
    fn an_address_is_https_and_names_no_neighbour() {
        let fits = |url: &str| check(url, false).is_ok();
        assert!(fits("https://shop.example/hook?a=1") && fits("https://1.1.1.1:8443/"));
        for url in [
            "http://shop.example/",
            "https://a@shop.example/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/meta-data",
            "/hook",
            "https://",
            "shop",
            "ftp://shop.example/",
        ] {
            assert!(!fits(url), "{url}");
        }
        assert!(check("http://127.0.0.1:1/", true).is_ok());
        assert!(!fits(&format!("https://shop.example/{}", "a".repeat(MOST_URL))));
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_when_it_is_looked_up() {
        let resolve = |allow_private| {
            tower::Service::call(&mut Guarded { allow_private }, "localhost".parse::<Name>().unwrap())
        };
        assert!(matches!(resolve(false).await, Err(Unfit::Private { .. })));
        assert!(resolve(true).await.unwrap().next().is_some());
    }
}
