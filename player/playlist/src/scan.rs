//! The two ways to take text apart that every line needs, over bytes: the ones of `str` know all of Unicode, and weigh as
//! much as the rest of the reader.

/// What stands before and after the first of an ASCII character.
pub(crate) fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// Text without ASCII white space and control characters at its ends.
pub(crate) fn trim(text: &str) -> &str {
    let blank = |byte: &u8| *byte <= b' ' || *byte == 0x7f;
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|byte| !blank(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_the_first_and_between_characters() {
        assert_eq!(cut("中=é=", b'='), Some(("中", "é=")));
        assert_eq!(cut("中é", b'='), None);
    }

    #[test]
    fn blanks_and_control_characters_are_trimmed_at_the_ends_only() {
        let cases = [("\0 a\tb \r\u{7f}", "a\tb"), ("  ", ""), ("", ""), ("é", "é")];
        for (text, expected) in cases {
            assert_eq!(trim(text), expected);
        }
    }
}
