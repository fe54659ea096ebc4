//! The secret that lets an encoder publish.

use std::fmt;

/// A stream key. Prints only its first characters, so that it is safe in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct StreamKey(String);

impl StreamKey {
    /// Takes the name that was published; a query behind it is no part of the key.
    pub(crate) fn new(name: &str) -> Self {
        Self(name.split('?').next().unwrap_or_default().trim_matches('/').to_owned())
    }

    /// The key itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StreamKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A key this long still has 12 characters to guess.
        let shown = if self.0.chars().count() >= 16 { 4 } else { 0 };
        self.0.chars().take(shown).try_for_each(|c| write!(f, "{}", c.escape_debug()))?;
        f.write_str("…")
    }
}

impl fmt::Debug for StreamKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StreamKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_key_opens_nothing() {
        assert_eq!(StreamKey::new("sk_0123456789abcdef").to_string(), "sk_0…");
        assert_eq!(StreamKey::new("secret").to_string(), "…");
    }

    #[test]
    fn a_query_is_no_part_of_the_key() {
        assert_eq!(StreamKey::new("abc?x=1").reveal(), "abc");
    }
}
