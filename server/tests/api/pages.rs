use axum::http::Method;

use crate::support::TestApp;

/// The pages may be built or not; what holds either way.
#[tokio::test]
async fn a_page_is_served_or_says_how_to_build_it() {
    let app = TestApp::init().await;
    for path in ["/", "/room/tea", "/studio/tea", "/admin", "/login", "/storefront"] {
        let page = app.guest().get(path).await;
        match page.status {
            200 => {
                assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
                let policy = page.header("content-security-policy");
                assert!(policy.contains("script-src 'self'"), "{path}: {policy}");
                assert!(!policy.contains("blob: 'unsafe-inline'"), "{path}: {policy}");
            }
            status => {
                assert_eq!(status, 503, "{path}");
                assert!(page.body.contains("trunk build"), "{path}");
            }
        }
        assert_eq!(page.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn a_copy_that_is_still_good_is_not_sent_again() {
    let app = TestApp::init().await;
    let page = app.guest().get("/").await;
    if page.status == 503 {
        return;
    }
    let known = [("if-none-match", page.header("etag"))];
    let again = app.guest().raw(Method::GET, "/", &known, String::new()).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[tokio::test]
async fn nothing_outside_the_pages_can_be_reached() {
    let app = TestApp::init().await;
    for path in ["/../Cargo.toml", "/..%2f..%2fCargo.toml", "/assets/../../Cargo.toml", "//etc/passwd"] {
        assert_eq!(app.guest().get(path).await.problem(), "404 unknown_address", "{path}");
    }
}
