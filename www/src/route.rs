//! Addresses to pages and back. Never touches the browser.

/// A page of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// The shop front.
    Front,
    /// A shopper's page, and where its picture begins.
    Room(String, Moment),
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
    /// A part of what a room's host does with its shop.
    Shop(String, ShopPart),
    /// No page of ours.
    Missing,
}

/// A part of a merchant's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShopPart {
    /// What was ordered: where they begin.
    Orders,
    /// What is on sale.
    Products,
    /// Coupons.
    Coupons,
    /// What was earned.
    Income,
}

impl ShopPart {
    /// Every part, in the order of the tabs.
    pub(crate) const ALL: [Self; 4] = [Self::Orders, Self::Products, Self::Coupons, Self::Income];

    /// The last part of its address; the first one has none.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Orders => None,
            Self::Products => Some("products"),
            Self::Coupons => Some("coupons"),
            Self::Income => Some("income"),
        }
    }

    /// Its address in the shop of `room`.
    pub(crate) fn path(self, room: &str) -> String {
        let word = self.word().map(|word| format!("/{word}")).unwrap_or_default();
        format!("/studio/{room}/shop{word}")
    }
}

/// Where the picture of a room's page begins: with what is on, or the newest that was, unless it says more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    /// `?show=`: a past show by its number.
    pub(crate) show: Option<u64>,
    /// `?t=`: seconds into it.
    pub(crate) seconds: Option<u32>,
    /// `?product=`: where this product was shown last.
    pub(crate) product: Option<i64>,
}

impl Moment {
    /// What is not a number is passed over.
    fn parse(search: &str) -> Self {
        let value = |name: &str| {
            let mut pairs = search.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        Self {
            show: value("show").and_then(|text| text.parse().ok()),
            seconds: value("t").and_then(|text| text.trim_end_matches('s').parse().ok()),
            product: value("product").and_then(|text| text.parse().ok()),
        }
    }
}

impl Route {
    /// The page at `path`, such as `/room/autumn-tea`, with the address's `search`, such as `?next=/orders`.
    pub(crate) fn parse(path: &str, search: &str) -> Self {
        let mut parts = path.trim_matches('/').split('/');
        match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
            ("", None, _) => Self::Front,
            ("room", Some(room), None) if is_room_name(room) => {
                Self::Room(room.to_owned(), Moment::parse(search))
            }
            ("studio", Some(room), None) if is_room_name(room) => Self::Studio(room.to_owned()),
            ("studio", Some(room), Some("shop")) if is_room_name(room) => {
                let (word, end) = (parts.next(), parts.next());
                let part = ShopPart::ALL.into_iter().find(|part| end.is_none() && part.word() == word);
                part.map_or(Self::Missing, |part| Self::Shop(room.to_owned(), part))
            }
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
            ("/room/autumn-tea", Route::Room("autumn-tea".to_owned(), Moment::default())),
            ("/room/autumn-tea/", Route::Room("autumn-tea".to_owned(), Moment::default())),
            ("/studio", Route::Rooms),
            ("/studio/autumn-tea", Route::Studio("autumn-tea".to_owned())),
            ("/studio/autumn-tea/shop", Route::Shop("autumn-tea".to_owned(), ShopPart::Orders)),
            ("/studio/autumn-tea/shop/income", Route::Shop("autumn-tea".to_owned(), ShopPart::Income)),
            ("/studio/autumn-tea/shop/spoons", Route::Missing),
            ("/studio/autumn-tea/shop/income/2026", Route::Missing),
            ("/studio/autumn-tea/desk", Route::Missing),
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
    fn a_part_of_the_shop_is_found_by_its_own_address() {
        for part in ShopPart::ALL {
            assert_eq!(Route::parse(&part.path("tea"), ""), Route::Shop("tea".to_owned(), part));
        }
    }

    #[test]
    fn a_room_can_be_opened_at_a_moment_of_a_past_show() {
        let moment = |search| match Route::parse("/room/tea", search) {
            Route::Room(_, moment) => moment,
            other => panic!("{other:?}"),
        };
        let (show, seconds) = (Some(41), Some(90));
        assert_eq!(moment("?show=41&t=90s"), Moment { show, seconds, product: None });
        assert_eq!(moment("?product=7"), Moment { product: Some(7), ..Moment::default() });
        assert_eq!(moment("?t=-5&show=x&product"), Moment::default());
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
