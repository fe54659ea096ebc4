/// Repeats of a character that count: `6` is one thing, `666` another, `666666` is `666` said louder.
const REPEATS: usize = 3;

/// What a comment says, however loudly. Two comments are near-equal when this is equal: full-width forms are read as
/// ASCII, and case, white space, punctuation (unless it is all that is there) and repeats of a character beyond
/// [`REPEATS`] do not count.
pub(super) fn essence(text: &str) -> String {
    let words = squeeze(text, |char| !is_punctuation(char));
    if words.is_empty() { squeeze(text, |_| true) } else { words }
}

fn squeeze(text: &str, counts: impl Fn(char) -> bool) -> String {
    let mut essence = String::with_capacity(text.len());
    let mut last = ('\0', 0);
    let folded = text.chars().map(|char| lower(narrow(char)));
    for char in folded.filter(|char| !char.is_whitespace() && counts(*char)) {
        last = if last.0 == char { (char, last.1 + 1) } else { (char, 1) };
        if last.1 <= REPEATS {
            essence.push(char);
        }
    }
    essence
}

/// In lower case, as far as that is one character.
fn lower(char: char) -> char {
    match char {
        // Most that is said here; there is no case to look up.
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => char,
        _ => char.to_lowercase().next().unwrap_or(char),
    }
}

/// Full-width ASCII (U+FF01 to U+FF5E) as ASCII.
fn narrow(char: char) -> char {
    match u32::from(char) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(char),
        _ => char,
    }
}

/// ASCII's, the general and the CJK punctuation blocks, and what makes an emoji of a character.
fn is_punctuation(char: char) -> bool {
    char.is_ascii_punctuation()
        || matches!(u32::from(char), 0xa1 | 0xb7 | 0xbf | 0x2010..=0x2027 | 0x2030..=0x205e | 0x3001..=0x3003
            | 0x3008..=0x3011 | 0x3014..=0x301f | 0xfe00..=0xfe0f | 0xfe30..=0xfe4f | 0xff61..=0xff65)
}

/// FNV-1a; equal hashes are compared in full, so that it need not withstand an attack.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shouting_longer_louder_or_wider_says_the_same() {
        for (a, b) in [
            ("66666666", "666"),
            ("So Nice", "sonice"),
            ("ＮＩＣＥ", "nice!!!"),
            ("好看！", "好看～。"),
            ("……好 看", "好看"),
            ("？？？？", "???"),
        ] {
            assert_eq!(essence(a), essence(b));
        }
    }

    #[test]
    fn other_words_are_not_the_same() {
        for (a, b) in [("好", "好好"), ("?", "!"), ("买", "卖"), ("6", "666"), ("🍵", "🍶")] {
            assert_ne!(essence(a), essence(b));
        }
    }
}
