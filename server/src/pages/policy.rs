use axum::http::{HeaderName, HeaderValue, header};
use sha2::{Digest, Sha256};

/// The Content-Security-Policy of a page. Scripts, styles and WebAssembly come from here alone, and of scripts inside
/// the page only those that we wrote; pictures, streams and sockets from wherever the merchant keeps them. The
/// overlay and the loader wear constructed sheets, which no policy is in the way of.
pub(super) fn of(page: &str) -> String {
    let inline: String =
        inline_scripts(page).map(|script| format!(" 'sha256-{}'", base64(&Sha256::digest(script)))).collect();
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob:{inline}; worker-src 'self' blob:; \
         style-src 'self'; img-src 'self' https: data: blob:; media-src 'self' https: http: blob:; \
         connect-src *; frame-ancestors 'self'; base-uri 'none'; object-src 'none'"
    )
}

/// The policy as a header.
pub(super) fn header(policy: &str) -> (HeaderName, HeaderValue) {
    // Hashes are ASCII, so that this always is a header.
    let value = HeaderValue::from_str(policy).unwrap_or(HeaderValue::from_static("default-src 'self'"));
    (header::CONTENT_SECURITY_POLICY, value)
}

/// What stands between `<script …>` and `</script>`.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (_, body) = rest.split_once('>')?;
        let (script, _) = body.split_once("</script>")?;
        (!script.trim().is_empty()).then_some(script)
    })
}

/// RFC 4648 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |bits: u32| DIGITS.get((bits & 63) as usize).map_or('=', |digit| char::from(*digit));
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        let digits = [18, 12, 6, 0].map(|shift| digit(bits >> shift));
        text.extend(digits.iter().take(chunk.len() + 1));
        text.extend(std::iter::repeat_n('=', 3 - chunk.len()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_the_standard_has_it() {
        let encoded = ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes()));
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    #[test]
    fn a_script_inside_the_page_is_allowed_by_its_hash_and_no_other() {
        let page = "<script src=\"a.js\"></script><script type=\"module\">alert('Hello, world.');</script>";
        let policy = of(page);
        // The example of CSP Level 3, 2.3.1.
        let hash = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        assert_eq!(policy.matches("sha256").count(), 1);
        assert!(policy.contains(hash), "{policy}");
        assert!(!policy.contains("'unsafe-inline'"));
    }
}
