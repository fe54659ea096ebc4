//! What an API key may be used for. An address that is not named here takes no key at all.

use axum::http::Method;
use protocol::Scope;

/// The scope that a request takes, by its method and its address as the router has it.
pub(super) fn needed(method: &Method, path: &str) -> Option<Scope> {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let parts: Vec<&str> = path.strip_prefix("/api/v1/")?.split('/').collect();
    let [read, write] = match parts.as_slice() {
        ["orders", ..] | ["rooms", _, "orders" | "quotes" | "sales", ..] => {
            [Scope::OrdersRead, Scope::OrdersWrite]
        }
        ["rooms", _, "products" | "shipping" | "coupons" | "claims", ..] => {
            [Scope::ProductsRead, Scope::ProductsWrite]
        }
        ["wallet", ..] | ["rooms", _, "packets", ..] => [Scope::WalletRead, Scope::WalletWrite],
        _ => return None,
    };
    Some(if reads { read } else { write })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_what_its_scopes_name_and_nothing_else() {
        let scope = |method, path: &str| needed(&method, path).map(Scope::as_str);
        assert_eq!(scope(Method::GET, "/api/v1/orders/{order}"), Some("orders:read"));
        assert_eq!(scope(Method::POST, "/api/v1/rooms/{room}/orders"), Some("orders:write"));
        assert_eq!(scope(Method::POST, "/api/v1/orders/{order}/refunds"), Some("orders:write"));
        assert_eq!(scope(Method::GET, "/api/v1/rooms/{room}/orders/export"), Some("orders:read"));
        assert_eq!(scope(Method::PUT, "/api/v1/rooms/{room}/shipping"), Some("products:write"));
        assert_eq!(scope(Method::PATCH, "/api/v1/rooms/{room}/products/{product}"), Some("products:write"));
        assert_eq!(scope(Method::GET, "/api/v1/wallet"), Some("wallet:read"));
        for closed in [
            "/api/v1/keys",
            "/api/v1/hooks",
            "/api/v1/session",
            "/api/v1/rooms",
            "/api/v1/rooms/{room}/commands",
            "/api/v1/withdrawals",
            "/api/v1/withdrawals/{withdrawal}/{verb}",
            "/api/v1/rooms/{room}/key",
            "/ws/room/{room}",
            "/api/v1/ordersx",
            "",
        ] {
            assert_eq!(scope(Method::GET, closed), None, "{closed}");
        }
    }
}
