use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// `Animation` of the Web Animations API: stable in browsers, "unstable" in web-sys.
    pub(super) type Animation;
    #[wasm_bindgen(method, setter, js_name = currentTime)]
    pub(super) fn set_current_time(this: &Animation, millis: f64);
    #[wasm_bindgen(method, js_name = updatePlaybackRate)]
    pub(super) fn update_playback_rate(this: &Animation, rate: f64);
    #[wasm_bindgen(method, catch)]
    pub(super) fn play(this: &Animation) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn pause(this: &Animation) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn cancel(this: &Animation);

    type Animated;
    #[wasm_bindgen(method, catch)]
    fn animate(this: &Animated, keyframes: &JsValue, options: &JsValue) -> Result<Animation, JsValue>;
}

/// Moves `element` from `from` to `to` pixels to the right of where it lies, evenly, within `duration_ms`.
pub(super) fn slide(element: &Element, from: f64, to: f64, duration_ms: f64) -> Option<Animation> {
    let keyframes = format!(
        r#"[{{"transform":"translate3d({from:.1}px,0,0)"}},{{"transform":"translate3d({to:.1}px,0,0)"}}]"#
    );
    let options = format!(r#"{{"duration":{duration_ms},"fill":"both","easing":"linear"}}"#);
    let parse = |json: &str| js_sys::JSON::parse(json).ok();
    element.unchecked_ref::<Animated>().animate(&parse(&keyframes)?, &parse(&options)?).ok()
}
