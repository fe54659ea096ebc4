/// Names one intent, so that the server does it once however often it is asked (draft-ietf-httpapi-idempotency-key).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A new one of 128 random bits. `crypto.randomUUID` is missing on pages without TLS, `getRandomValues` is not.
    pub fn random() -> Self {
        let mut bytes = [0_u8; 16];
        let filled = web_sys::window()
            .and_then(|window| window.crypto().ok())
            .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
        if filled.is_none() {
            bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
        }
        Self::from_bytes(bytes)
    }

    fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// A key that a test can tell from another.
    #[cfg(test)]
    pub(crate) fn for_test(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The header's value.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_its_bytes_in_hex() {
        assert_eq!(IdempotencyKey::from_bytes([0xa5; 16]).as_str(), "a5".repeat(16));
    }
}
