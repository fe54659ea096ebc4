//! How messages are signed, as Standard Webhooks 1.0 says: `v1,` and base64 of HMAC-SHA256 over `ID.TIMESTAMP.BODY`.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A secret as its owner is told it.
pub fn secret_text(secret: &[u8]) -> String {
    format!("whsec_{}", base64(secret))
}

/// The header `webhook-signature` of a message; `time` in seconds since the Unix epoch.
pub fn sign(secret: &[u8], id: &str, time: i64, body: &str) -> String {
    // HMAC takes a key of any length; were it not so, nobody would believe the message.
    let signature = Hmac::<Sha256>::new_from_slice(secret).map(|mut mac| {
        mac.update(format!("{id}.{time}.{body}").as_bytes());
        base64(&mac.finalize().into_bytes())
    });
    format!("v1,{}", signature.unwrap_or_default())
}

/// Bytes in base64 (RFC 4648 §4), padded.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4_usize {
            let digit = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap_or(0);
            let digit = DIGITS.get(digit).copied().unwrap_or(b'=');
            text.push(if place > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

/// The bytes of a secret in hexadecimal, as the store has it.
pub(super) fn bytes(hex: &str) -> Vec<u8> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| Some(digit(pair.first()?)? << 4 | digit(pair.get(1)?)?);
    hex.as_bytes().chunks(2).filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_rfc_4648s() {
        let encoded = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
        assert_eq!(bytes("00ff10"), [0, 255, 16]);
    }

    /// The vector of the specification's own libraries.
    #[test]
    fn a_signature_is_the_specifications() {
        let secret = bytes("31f290f6bf06298aab4f08d43c3f082cf648a362da2da4b0");
        assert_eq!(secret_text(&secret), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = sign(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
