//! How webhooks are signed, as Stripe does it: `t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 over `SECONDS.BODY`.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

use crate::clock::hex;

/// How far a signature's time may be from ours, either way, in seconds: Stripe's own default.
pub const TOLERANCE_S: i64 = 300;
/// Signatures looked at in one header: a provider that changes its secret sends one with each.
const MOST_SIGNATURES: usize = 8;

/// Why a body is not taken as the provider's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// Not of the form.
    #[error("the signature is not of the form t=SECONDS,v1=HEX")]
    Malformed,
    /// Signed too long ago, or too far ahead.
    #[error("the signature is {off} seconds off; expected at most {TOLERANCE_S}")]
    Stale {
        /// By how much.
        off: i64,
    },
    /// Not signed with the secret.
    #[error("the signature does not fit the body")]
    Wrong,
}

fn mac(secret: &str, time: &str, body: &[u8]) -> Result<Hmac<Sha256>, SignatureError> {
    // HMAC takes a key of any length; were it not so, nothing would be believed.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| SignatureError::Wrong)?;
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    Ok(mac)
}

/// The header that signs `body` at `time`, in seconds since the Unix epoch.
pub fn sign(secret: &str, time: i64, body: &[u8]) -> String {
    let signature = mac(secret, &time.to_string(), body).map(|mac| hex(&mac.finalize().into_bytes()));
    format!("t={time},v1={}", signature.unwrap_or_default())
}

/// Whether `header` signs `body` with `secret`, now.
///
/// # Errors
/// Why not.
pub(super) fn verify(secret: &str, header: &str, body: &[u8], now: i64) -> Result<(), SignatureError> {
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let time = parts().find_map(|(key, value)| (key == "t").then_some(value));
    let time = time.ok_or(SignatureError::Malformed)?;
    let signed: i64 = time.parse().map_err(|_| SignatureError::Malformed)?;
    let off = now.saturating_sub(signed).saturating_abs();
    let mut signatures = parts()
        .filter(|(key, _)| *key == "v1")
        .filter_map(|(_, value)| bytes(value))
        .take(MOST_SIGNATURES)
        .peekable();
    if signatures.peek().is_none() {
        return Err(SignatureError::Malformed);
    }
    // Looked at before the time: who cannot sign learns nothing of our clock.
    let mac = mac(secret, time, body)?;
    if !signatures.any(|signature| mac.clone().verify_slice(&signature).is_ok()) {
        return Err(SignatureError::Wrong);
    }
    if off > TOLERANCE_S { Err(SignatureError::Stale { off }) } else { Ok(()) }
}

/// The 32 bytes of a signature.
fn bytes(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |index: usize| pair.get(index).and_then(|digit| char::from(*digit).to_digit(16));
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000;

    #[test]
    fn what_is_signed_now_is_believed() {
        let header = sign("whsec_1", NOW, b"{}");
        assert_eq!(verify("whsec_1", &header, b"{}", NOW), Ok(()));
        assert_eq!(verify("whsec_1", &header, b"{}", NOW + TOLERANCE_S), Ok(()));
        let rolled = format!("t={NOW},v1={},{}", "0".repeat(64), header.split_once(',').unwrap().1);
        assert_eq!(verify("whsec_1", &rolled, b"{}", NOW), Ok(()));
    }

    /// Made with `printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_1`.
    #[test]
    fn a_signature_is_hmac_sha_256_over_time_and_body() {
        let digest = "c8cf6ed9fd9120874a1792902ffdf5b69559118b76d10974da8a20cf21f94bc5";
        assert_eq!(sign("whsec_1", NOW, b"{}"), format!("t={NOW},v1={digest}"));
    }

    #[test]
    fn what_is_not_is_not() {
        let header = sign("whsec_1", NOW, b"{}");
        let refused = |secret, header: &str, body: &[u8], now| verify(secret, header, body, now).unwrap_err();
        assert_eq!(refused("whsec_2", &header, b"{}", NOW), SignatureError::Wrong);
        assert_eq!(refused("whsec_1", &header, b"{ }", NOW), SignatureError::Wrong);
        assert_eq!(refused("whsec_1", &header, b"{}", NOW + 301), SignatureError::Stale { off: 301 });
        assert_eq!(refused("whsec_1", &header, b"{}", NOW - 301), SignatureError::Stale { off: 301 });
        let later = header.replace(&NOW.to_string(), &(NOW + 600).to_string());
        assert_eq!(refused("whsec_1", &later, b"{}", NOW + 600), SignatureError::Wrong);
        for header in ["", "t=,v1=", "v1=00", "t=1", "t=x,v1=00", "t=1,v1=zz", "t=1,v0=00", "t=1;v1=00"] {
            assert_eq!(refused("whsec_1", header, b"{}", NOW), SignatureError::Malformed, "{header}");
        }
    }
}
