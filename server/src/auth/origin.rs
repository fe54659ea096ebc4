use axum::http::{HeaderMap, header};

/// Whether a browser says that the request comes from a page of another origin (Fetch Metadata; older browsers by
/// `Origin`). A client that says neither is no browser, and carries nobody else's cookies.
pub fn is_cross_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin" | "none") => return false,
        Some(_) => return true,
        None => {}
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => false,
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, of)| of != host),
        (Some(_), None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (header::HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn a_page_of_another_origin_is_known_by_its_headers() {
        let host = ("host", "shop.example");
        assert!(!is_cross_origin(&headers(&[host])));
        assert!(!is_cross_origin(&headers(&[host, ("origin", "https://shop.example")])));
        assert!(!is_cross_origin(&headers(&[host, ("sec-fetch-site", "same-origin")])));
        assert!(is_cross_origin(&headers(&[host, ("origin", "https://evil.example")])));
        assert!(is_cross_origin(&headers(&[host, ("origin", "null")])));
        assert!(is_cross_origin(&headers(&[host, ("sec-fetch-site", "same-site")])));
    }
}
