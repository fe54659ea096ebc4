//! Decimal numbers as playlists write them, to nanoseconds and back without floating point: what is written is what is
//! read, and the browser's module carries no float parser.

use std::fmt;
use std::time::Duration;

/// Digits of a second that are kept.
const DIGITS: usize = 9;
/// Longest duration that is read: a hundred years, so that sums of them stay far from overflow.
const MAX_SECONDS: u64 = 100 * 366 * 86_400;

/// Reads `12`, `12.5` or `.5`. Digits beyond nanoseconds are dropped.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let (seconds, nanos) = fixed(text)?;
    (seconds <= MAX_SECONDS).then(|| Duration::new(seconds, nanos))
}

/// Reads a decimal number that may have a sign.
pub(crate) fn number(text: &str) -> Option<f64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, nanos) = fixed(digits)?;
    // One rounding, so that 3.562 is the number that a float parser makes of it.
    let value = (whole as f64 * 1e9 + f64::from(nanos)) / 1e9;
    Some(if negative { -value } else { value })
}

/// Reads digits and nothing else.
pub(crate) fn integer(text: &str) -> Option<u64> {
    let (number, rest) = leading(text)?;
    (rest.is_empty() && !text.is_empty()).then_some(number)
}

/// The number that text begins with, 0 if there is none, and what follows it; `None` when it is too large.
fn leading(text: &str) -> Option<(u64, &str)> {
    let mut number: u64 = 0;
    let mut rest = text.as_bytes();
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        number = number.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
        rest = after;
    }
    Some((number, text.get(text.len() - rest.len()..)?))
}

/// Whole part and billionths.
fn fixed(text: &str) -> Option<(u64, u32)> {
    let (whole, rest) = leading(text)?;
    let fraction = rest.strip_prefix('.').unwrap_or(rest);
    if text.len() - rest.len() + fraction.len() == 0 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Without a point there is nothing after the digits.
    if rest.len() == fraction.len() && !rest.is_empty() {
        return None;
    }
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(DIGITS);
    let nanos = digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0'));
    Some((whole, nanos))
}

/// Prints seconds with three digits, or more where the duration has more.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut fraction, mut width) = (self.0.subsec_nanos(), DIGITS);
        while width > 3 && fraction % 10 == 0 {
            (fraction, width) = (fraction / 10, width - 1);
        }
        write!(f, "{}.{fraction:0width$}", self.0.as_secs())
    }
}

/// Prints a finite number with up to three digits after the point; what is not finite prints as 0.
pub(crate) struct Number(pub(crate) f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `as` saturates, and takes NaN to 0.
        let thousandths = (self.0.abs() * 1000.0 + 0.5) as u64;
        let sign = if self.0 < 0.0 && thousandths > 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_to_the_nanosecond() {
        let cases = [
            ("4", Some(Duration::from_secs(4))),
            ("4.", Some(Duration::from_secs(4))),
            (".5", Some(Duration::from_millis(500))),
            ("0.33334", Some(Duration::from_nanos(333_340_000))),
            ("0.1234567899", Some(Duration::from_nanos(123_456_789))),
            ("3162240000", Some(Duration::from_secs(3_162_240_000))),
        ];
        for (text, expected) in cases {
            assert_eq!(duration(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in ["", ".", "-1", "+1", "1e3", "inf", "NaN", "1.2.3", "3162240001", "99999999999999999999"]
        {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn seconds_print_without_needless_digits() {
        let cases =
            [(2_000_000_000, "2.000"), (200_000_000, "0.200"), (33_340_000, "0.03334"), (1, "0.000000001")];
        for (nanos, text) in cases {
            assert_eq!(Seconds(Duration::from_nanos(nanos)).to_string(), text);
        }
    }

    #[test]
    fn numbers_keep_their_sign_and_stay_finite() {
        assert_eq!(number("-1.25"), Some(-1.25));
        assert_eq!(number("29.970"), Some(29.97));
        assert_eq!(Number(29.97).to_string(), "29.970");
        assert_eq!(Number(-0.0001).to_string(), "0.000");
        assert_eq!(Number(f64::NAN).to_string(), "0.000");
    }
}
