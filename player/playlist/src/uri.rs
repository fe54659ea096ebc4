//! Relative references (RFC 3986 section 5.2), so that the engine needs no browser to know what it fetches. Validates nothing.

/// Resolves a playlist's reference against the URI that the playlist came from.
#[must_use]
pub fn resolve(base: &str, reference: &str) -> String {
    let base = base.split('#').next().unwrap_or(base);
    let (scheme, rest) = split_scheme(base);
    let (authority, path_and_query) = split_authority(rest);
    let path = path_and_query.split('?').next().unwrap_or_default();
    if !split_scheme(reference).0.is_empty() {
        return reference.to_owned();
    }
    if reference.starts_with("//") {
        return format!("{scheme}{reference}");
    }
    if reference.is_empty() {
        return base.to_owned();
    }
    if reference.starts_with('?') || reference.starts_with('#') {
        let keep = if reference.starts_with('#') { path_and_query } else { path };
        return format!("{scheme}{authority}{keep}{reference}");
    }
    let end = reference.find(['?', '#']).unwrap_or(reference.len());
    let (target, suffix) = reference.split_at_checked(end).unwrap_or((reference, ""));
    let folder = path.rfind('/').and_then(|slash| path.get(..=slash));
    // An authority without a path has the root as its folder.
    let folder = folder.unwrap_or(if authority.is_empty() { "" } else { "/" });
    let target = if target.starts_with('/') { target.to_owned() } else { format!("{folder}{target}") };
    format!("{scheme}{authority}{}{suffix}", remove_dots(&target))
}

/// `https:` and the rest; nothing when there is no scheme.
fn split_scheme(uri: &str) -> (&str, &str) {
    let is_scheme = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    match uri.find(':').and_then(|colon| uri.split_at_checked(colon + 1)) {
        Some((scheme, rest)) if is_scheme(scheme.trim_end_matches(':')) => (scheme, rest),
        _ => ("", uri),
    }
}

/// `//host:port` and the rest; nothing when there is no authority.
fn split_authority(rest: &str) -> (&str, &str) {
    let Some(after) = rest.strip_prefix("//") else { return ("", rest) };
    let length = after.find(['/', '?', '#']).unwrap_or(after.len());
    rest.split_at_checked(length + 2).unwrap_or((rest, ""))
}

/// Section 5.2.4: takes `.` and `..` out of a path.
fn remove_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                // The first entry is what stands before the leading slash.
                if segment == ".." && kept.len() > 1 {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references_resolve_as_the_standard_lists_them() {
        // RFC 3986 section 5.4, those that a playlist may meet.
        let cases = [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ];
        for (reference, expected) in cases {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), expected, "{reference}");
        }
    }

    #[test]
    fn bases_without_a_path_or_a_host_still_resolve() {
        assert_eq!(resolve("http://a", "g.m4s"), "http://a/g.m4s");
        assert_eq!(resolve("http://a?token=1", "g.m4s"), "http://a/g.m4s");
        assert_eq!(resolve("/live/demo/index.m3u8?x=/y/", "media.m3u8"), "/live/demo/media.m3u8");
        assert_eq!(resolve("index.m3u8", "seg:1"), "seg:1");
        assert_eq!(resolve("index.m3u8", "seg-1.m4s"), "seg-1.m4s");
    }
}
