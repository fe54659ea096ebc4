//! Money and numbers as people read them. Never computes with a float: the browser's `Intl` is handed exact decimals.

use crate::text::Lang;
use protocol::{Currency, Money};

/// Minor units for an amount in major units as typed: `19.9` CNY is 1990. None when it is not a number, is negative,
/// has more digits than the currency, or does not fit.
pub fn parse(typed: &str, currency: Currency) -> Option<Money> {
    let digits = currency.minor_digits();
    let (major, minor) = typed.trim().split_once('.').unwrap_or((typed.trim(), ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if major.is_empty() || minor.len() > digits || !all_digits(major) || !all_digits(minor) {
        return None;
    }
    format!("{major}{minor:0<digits$}").parse().ok().map(|amount| Money::new(amount, currency))
}

/// As the reader's language writes it: `¥19.99`, `CN¥19.99`. Whole amounts lose their zeros: `¥59`.
pub fn format(money: Money, lang: Lang) -> String {
    let exact = money.decimal();
    let whole = exact.split_once('.').filter(|(_, minor)| minor.bytes().all(|digit| digit == b'0'));
    let text = whole.map_or(exact.as_str(), |(major, _)| major);
    intl::money(text, money.currency, lang).unwrap_or_else(|| format!("{} {exact}", money.currency))
}

/// A number in full: `12,800`.
pub fn exact(number: i64, lang: Lang) -> String {
    intl::exact(number, lang).unwrap_or_else(|| number.to_string())
}

/// A count, short: `1.2K`, `1.2万`.
pub fn count(number: u64, lang: Lang) -> String {
    intl::count(number, lang).unwrap_or_else(|| number.to_string())
}

#[cfg(target_arch = "wasm32")]
mod intl {
    use crate::text::Lang;
    use js_sys::{Array, Intl::NumberFormat, Object, Reflect};
    use protocol::Currency;
    use std::cell::RefCell;
    use wasm_bindgen::JsValue;

    thread_local! {
        /// Formats by language, currency and digits after the point: making one takes longer than all its uses. There
        /// are as many as a room has kinds of prices.
        static MONEY: RefCell<Vec<((Lang, Currency, usize), NumberFormat)>> = const { RefCell::new(Vec::new()) };
        static COUNTS: RefCell<Vec<(Lang, NumberFormat)>> = const { RefCell::new(Vec::new()) };
    }

    /// The format that `kept` has for this, else a new one.
    fn kept<K: PartialEq>(
        kept: &RefCell<Vec<(K, NumberFormat)>>,
        what: K,
        make: impl FnOnce() -> NumberFormat,
    ) -> NumberFormat {
        let known = kept.borrow().iter().find(|(known, _)| *known == what).map(|(_, format)| format.clone());
        known.unwrap_or_else(|| {
            let format = make();
            kept.borrow_mut().push((what, format.clone()));
            format
        })
    }

    fn number_format(lang: Lang, options: &[(&str, JsValue)]) -> NumberFormat {
        let object = Object::new();
        for (name, value) in options {
            // Setting a field of a fresh plain object cannot fail.
            _ = Reflect::set(&object, &JsValue::from_str(name), value);
        }
        NumberFormat::new(&Array::of1(&JsValue::from_str(lang.tag())), &object)
    }

    pub(super) fn money(decimal: &str, currency: Currency, lang: Lang) -> Option<String> {
        let fraction = decimal.split_once('.').map_or(0, |(_, minor)| minor.len());
        let options = || {
            [
                ("style", "currency".into()),
                ("currency", currency.as_str().into()),
                ("currencyDisplay", "narrowSymbol".into()),
                ("minimumFractionDigits", JsValue::from_f64(fraction as f64)),
            ]
        };
        let what = (lang, currency, fraction);
        let format = MONEY.with(|all| kept(all, what, || number_format(lang, &options())));
        format.format().call1(&JsValue::UNDEFINED, &decimal.into()).ok()?.as_string()
    }

    pub(super) fn exact(number: i64, lang: Lang) -> Option<String> {
        js_sys::Number::from(number as f64).to_locale_string(lang.tag()).as_string()
    }

    pub(super) fn count(number: u64, lang: Lang) -> Option<String> {
        let options = || [("notation", "compact".into()), ("maximumFractionDigits", JsValue::from_f64(1.0))];
        let format = COUNTS.with(|all| kept(all, lang, || number_format(lang, &options())));
        format.format().call1(&JsValue::UNDEFINED, &JsValue::from_f64(number as f64)).ok()?.as_string()
    }
}

/// Outside a browser there is no `Intl`.
#[cfg(not(target_arch = "wasm32"))]
mod intl {
    use crate::text::Lang;
    use protocol::Currency;

    pub(super) fn money(_: &str, _: Currency, _: Lang) -> Option<String> {
        None
    }

    pub(super) fn exact(_: i64, _: Lang) -> Option<String> {
        None
    }

    pub(super) fn count(_: u64, _: Lang) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_amount_comes_back_as_minor_units() {
        assert_eq!(parse("19.9", Currency::CNY), Some(Money::new(1990, Currency::CNY)));
        assert_eq!(parse(" 7 ", Currency::CNY), Some(Money::new(700, Currency::CNY)));
        for wrong in ["", "-1", "1.999", "1e3", "99999999999999999999", "1.2.3", "."] {
            assert_eq!(parse(wrong, Currency::CNY), None, "{wrong:?}");
        }
    }
}
