use protocol::{Currency, Money};

/// Digits before the point: far above the dearest item.
const MOST_DIGITS: usize = 15;

/// A price as Google Merchant has it, `15.00 USD`, in whole minor units. Digits after the point that the currency does not
/// have must be zeros.
///
/// # Errors
/// What was expected, for whoever made the file.
pub fn parse_money(text: &str) -> Result<Money, String> {
    let wrong =
        || format!("{:?}; expected a price such as 15.00 USD", text.chars().take(32).collect::<String>());
    let (number, code) = text.trim().rsplit_once(char::is_whitespace).ok_or_else(wrong)?;
    let currency: Currency = code.parse().map_err(|error| format!("{error}"))?;
    let (whole, part) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > MOST_DIGITS || !digits(whole) || !digits(part) {
        return Err(wrong());
    }
    let minor = currency.minor_digits();
    let (kept, rest) = part.split_at(part.len().min(minor));
    if rest.bytes().any(|byte| byte != b'0') {
        return Err(format!("{number:?} has more digits after the point than {currency}, which has {minor}"));
    }
    let all = format!("{whole}{kept:0<minor$}");
    all.parse().map(|amount| Money::new(amount, currency)).map_err(|_| wrong())
}
