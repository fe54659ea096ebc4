//! Reads what a host typed into forms: amounts, counts, addresses. Pure.

use crate::words::{Word, studio};
use overlay::money;
use protocol::{Currency, Money};

/// Currencies to choose from; the first is chosen at first.
pub(crate) const CURRENCIES: &[&str] = &["CNY", "USD", "EUR", "JPY"];

/// More would be a typing error.
pub(crate) const MOST: i64 = 1_000_000;

/// A text that must not be empty.
pub(crate) fn is_filled(typed: &str) -> Option<Word> {
    typed.trim().is_empty().then_some(studio::NEEDED)
}

/// An amount above zero, exact.
pub(crate) fn price(typed: &str, currency: Currency) -> Result<Money, Word> {
    match money::parse(typed, currency) {
        Some(money) if money.amount > 0 => Ok(money),
        Some(_) => Err(studio::NOT_POSITIVE),
        None => Err(studio::NOT_MONEY),
    }
}

/// An amount, or nothing.
pub(crate) fn amount(typed: &str, currency: Currency) -> Result<Money, Word> {
    let typed = if typed.trim().is_empty() { "0" } else { typed };
    money::parse(typed, currency).ok_or(studio::NOT_MONEY)
}

/// A price before, if one is given: above `price`.
pub(crate) fn compare_at(typed: &str, price: Money) -> Result<Option<Money>, Word> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    match money::parse(typed, price.currency) {
        Some(before) if before.amount > price.amount => Ok(Some(before)),
        Some(_) => Err(studio::NOT_ABOVE),
        None => Err(studio::NOT_MONEY),
    }
}

/// A whole number of things, from `least` on.
pub(crate) fn count(typed: &str, least: i64) -> Result<i64, Word> {
    match typed.trim().parse::<i64>() {
        Ok(count) if (least..=MOST).contains(&count) => Ok(count),
        Ok(count) if count < least => Err(studio::NOT_POSITIVE),
        _ => Err(studio::NOT_A_COUNT),
    }
}

/// What is wrong with a picture's address; it may be empty.
pub(crate) fn check_image(typed: &str) -> Option<Word> {
    let typed = typed.trim();
    let path = typed.starts_with('/') && !typed.starts_with("//");
    let fine = typed.is_empty() || path || typed.starts_with("https://");
    (!fine).then_some(studio::NOT_AN_IMAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_in_the_currency_s_own_minor_units() {
        let jpy: Currency = "JPY".parse().unwrap();
        assert_eq!(price("19.9", Currency::CNY), Ok(Money::new(1_990, Currency::CNY)));
        assert_eq!(price("1999", jpy), Ok(Money::new(1_999, jpy)));
        assert_eq!(price("19.9", jpy), Err(studio::NOT_MONEY));
        assert_eq!(price("0", Currency::CNY), Err(studio::NOT_POSITIVE));
        assert_eq!(amount("", Currency::CNY), Ok(Money::new(0, Currency::CNY)));
    }

    #[test]
    fn the_struck_out_price_is_above_the_price() {
        let price = Money::new(5_900, Currency::CNY);
        assert_eq!(compare_at(" ", price), Ok(None));
        assert_eq!(compare_at("79", price), Ok(Some(Money::new(7_900, Currency::CNY))));
        assert_eq!(compare_at("59.00", price), Err(studio::NOT_ABOVE));
    }

    #[test]
    fn counts_are_whole_and_bounded() {
        assert_eq!(count(" 12 ", 1), Ok(12));
        assert_eq!(count("0", 1), Err(studio::NOT_POSITIVE));
        assert_eq!(count("0", 0), Ok(0));
        assert_eq!(count("1.5", 0), Err(studio::NOT_A_COUNT));
        assert_eq!(count("99999999999", 0), Err(studio::NOT_A_COUNT));
    }

    #[test]
    fn a_picture_is_on_this_server_or_behind_https() {
        assert_eq!(check_image(""), None);
        assert_eq!(check_image("/assets/products/tea-pet.svg"), None);
        assert_eq!(check_image("https://cdn.example/t.webp"), None);
        for wrong in ["//evil.example/x", "http://cdn.example/t.png", "javascript:alert(1)", "tea.png"] {
            assert_eq!(check_image(wrong), Some(studio::NOT_AN_IMAGE), "{wrong}");
        }
    }
}
