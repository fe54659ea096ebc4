//! Addresses to pages and back. Never touches the browser.

/// A page of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// The shop front.
    Front,
    /// A shopper's page.
    Room(String),
    /// Logging in or registering; `next` is where to go afterwards.
    Login { next: String },
    /// The shopper's own orders.
    Orders,
    /// The super-admin's console.
    Admin,
    /// The host's rooms.
    Rooms,
    /// The studio of one room.
    Studio(String),
    /// No page of ours.
    Missing,
}

impl Route {
    /// The page at `path`, such as `/room/autumn-tea`, with the address's `search`, such as `?next=/orders`.
    pub(crate) fn parse(path: &str, search: &str) -> Self {
        let mut parts = path.trim_matches('/').split('/');
        match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
            ("", None, _) => Self::Front,
            ("room", Some(room), None) if is_room_name(room) => Self::Room(room.to_owned()),
            ("studio", Some(room), None) if is_room_name(room) => Self::Studio(room.to_owned()),
            ("studio", None, _) => Self::Rooms,
            ("login", None, _) => Self::Login { next: next_of(search) },
            ("orders", None, _) => Self::Orders,
            ("admin", None, _) => Self::Admin,
            _ => Self::Missing,
        }
    }
}

/// Whether `name` can name a room: lower-case letters, digits and hyphens, 1 to 64.
pub(crate) fn is_room_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&name.len()) && name.bytes().all(allowed)
}

/// The log-in page that leads back to `path`.
pub(crate) fn login_to(path: &str) -> String {
    format!("/login?next={path}")
}

/// Where `search` says to go next: a path of ours, never another site.
fn next_of(search: &str) -> String {
    let next = search.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("next="));
    let next = next.unwrap_or("/").replace("%2F", "/").replace("%2f", "/");
    let ours = next.starts_with('/') && !next.starts_with("//") && Route::parse(&next, "") != Route::Missing;
    if ours { next } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_address() {
        let pages = [
            ("/", Route::Front),
            ("/room/autumn-tea", Route::Room("autumn-tea".to_owned())),
            ("/room/autumn-tea/", Route::Room("autumn-tea".to_owned())),
            ("/studio", Route::Rooms),
            ("/studio/autumn-tea", Route::Studio("autumn-tea".to_owned())),
            ("/orders", Route::Orders),
            ("/admin", Route::Admin),
            ("/room/Autumn%20Tea", Route::Missing),
            ("/room", Route::Missing),
            ("/room/a/b", Route::Missing),
            ("/storefront", Route::Missing),
        ];
        for (path, page) in pages {
            assert_eq!(Route::parse(path, ""), page, "{path}");
        }
    }

    #[test]
    fn logging_in_leads_back_to_where_one_came_from() {
        let login = |next: &str| Route::Login { next: next.to_owned() };
        assert_eq!(Route::parse("/login", "?next=/room/autumn-tea"), login("/room/autumn-tea"));
        assert_eq!(Route::parse("/login", "?a=b&next=%2Forders"), login("/orders"));
        assert_eq!(Route::parse("/login", ""), login("/"));
    }

    #[test]
    fn logging_in_never_leads_to_another_site() {
        for hostile in
            ["//evil.example", "//orders", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
        {
            let search = format!("?next={hostile}");
            assert_eq!(Route::parse("/login", &search), Route::Login { next: "/".to_owned() }, "{hostile}");
        }
    }
}
