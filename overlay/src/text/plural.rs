use super::Lang;

/// The plural categories of CLDR that our languages have for whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plural {
    /// One thing, in English.
    One,
    /// Anything else.
    Other,
}

/// The category of so many things, by the browser's `Intl.PluralRules`.
pub(super) fn plural(count: u64, lang: Lang) -> Plural {
    if select(count, lang).as_deref() == Some("one") { Plural::One } else { Plural::Other }
}

#[cfg(target_arch = "wasm32")]
fn select(count: u64, lang: Lang) -> Option<String> {
    use js_sys::{Array, Intl::PluralRules, Object};
    let rules = PluralRules::new(&Array::of1(&lang.tag().into()), &Object::new());
    rules.select(count as f64).as_string()
}

/// Outside a browser there is no `Intl`: English, as tests know it.
#[cfg(not(target_arch = "wasm32"))]
fn select(count: u64, lang: Lang) -> Option<String> {
    (count == 1 && lang == Lang::En).then(|| "one".to_owned())
}
