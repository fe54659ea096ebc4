//! Relative references (RFC 3986 section 5.2), so that the engine needs no browser to know what it fetches. Validates nothing.

use crate::scan::cut;

/// Resolves a playlist's reference against the URI that the playlist came from.
#[must_use]
pub fn resolve(base: &str, reference: &str) -> String {
    let base = before(base, b'#');
    let root = root(base);
    if scheme(reference) > 0 {
        return reference.to_owned();
    }
    let query = before(base, b'?');
    let keep = match reference.as_bytes() {
        [] | [b'#', ..] => base,
        [b'?', ..] => query,
        [b'/', b'/', ..] => base.get(..scheme(base)).unwrap_or_default(),
        _ => "",
    };
    let mut resolved = keep.to_owned();
    if !keep.is_empty() || reference.is_empty() {
        resolved.push_str(reference);
        return resolved;
    }
    let target = before(before(reference, b'#'), b'?');
    let path = query.get(root..).unwrap_or_default();
    let folder = match path.as_bytes().iter().rposition(|byte| *byte == b'/') {
        _ if target.starts_with('/') => "",
        Some(slash) => path.get(..=slash).unwrap_or_default(),
        // An authority without a path has the root as its folder.
        None if root > scheme(base) => "/",
        None => "",
    };
    resolved.push_str(base.get(..root).unwrap_or_default());
    push_without_dots(&mut resolved, folder, target);
    resolved.push_str(reference.get(target.len()..).unwrap_or_default());
    resolved
}

/// All of a text, or what stands before the first of an ASCII character.
fn before(text: &str, end: u8) -> &str {
    cut(text, end).map_or(text, |(before, _)| before)
}

/// Length of `https:`; 0 when there is no scheme.
fn scheme(uri: &str) -> usize {
    let Some((name, _)) = cut(uri, b':') else { return 0 };
    let is_scheme = name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if is_scheme { name.len() + 1 } else { 0 }
}

/// Length of `https://host:port`: where the path begins.
fn root(uri: &str) -> usize {
    let scheme = scheme(uri);
    let rest = uri.as_bytes().get(scheme..).unwrap_or_default();
    match rest.strip_prefix(b"//") {
        Some(after) => {
            let host = after.iter().position(|byte| b"/?".contains(byte)).unwrap_or(after.len());
            scheme + 2 + host
        }
        None => scheme,
    }
}

/// Section 5.2.4: `.` and `..` are taken out of a path.
fn push_without_dots(resolved: &mut String, folder: &str, target: &str) {
    let mut path = folder.to_owned();
    path.push_str(target);
    let mut kept: Vec<&str> = Vec::new();
    let mut left = Some(path.as_str());
    while let Some(path) = left {
        let (segment, rest) = cut(path, b'/').map_or((path, None), |(segment, rest)| (segment, Some(rest)));
        left = rest;
        if segment != "." && segment != ".." {
            kept.push(segment);
            continue;
        }
        // The first entry is what stands before the leading slash.
        if segment == ".." && kept.len() > 1 {
            kept.pop();
        }
        if rest.is_none() {
            kept.push("");
        }
    }
    for (index, segment) in kept.iter().enumerate() {
        resolved.push_str(if index > 0 { "/" } else { "" });
        resolved.push_str(segment);
    }
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
