//! Times as the reader's language and clock write them.

use crate::text::Lang;
use js_sys::{Date, Object, Reflect};
use protocol::ServerTime;
use wasm_bindgen::JsValue;

/// Day and time to the minute: `11月23日 12:10`, `Nov 23, 12:10 PM`.
pub fn day_and_time(at: ServerTime, lang: Lang) -> String {
    written(at, lang, &[("month", "short"), ("day", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")])
}

/// Time to the second: `12:10:07`.
pub fn time_of_day(at: ServerTime, lang: Lang) -> String {
    written(
        at,
        lang,
        &[("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23")],
    )
}

fn written(at: ServerTime, lang: Lang, options: &[(&str, &str)]) -> String {
    let format = Object::new();
    for (name, value) in options {
        // Setting a property of a fresh object cannot fail.
        _ = Reflect::set(&format, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    date.to_locale_string(lang.tag(), &format).into()
}
