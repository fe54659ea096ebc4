use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// `Animation` of the Web Animations API: stable in browsers, "unstable" in web-sys.
    pub(super) type Animation;
    #[wasm_bindgen(method, setter, js_name = currentTime)]
    fn set_current_time(this: &Animation, millis: f64);
    #[wasm_bindgen(method, setter, js_name = startTime)]
    fn set_start_time(this: &Animation, millis: f64);
    #[wasm_bindgen(method, setter, js_name = playbackRate)]
    fn set_playback_rate(this: &Animation, rate: f64);
    #[wasm_bindgen(method, js_name = updatePlaybackRate)]
    pub(super) fn update_playback_rate(this: &Animation, rate: f64);
    #[wasm_bindgen(method, catch)]
    fn pause(this: &Animation) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn cancel(this: &Animation);

    type Animated;
    #[wasm_bindgen(method, catch)]
    fn animate(this: &Animated, keyframes: &JsValue, options: &JsValue) -> Result<Animation, JsValue>;
}

/// Moves `element` from `from` to `to` pixels to the right of where it lies, evenly, within `duration_ms`.
pub(super) fn slide(element: &Element, from: f64, to: f64, duration_ms: f64) -> Option<Animation> {
    let keyframes =
        format!(r#"[{{"transform":"translate3d({from}px,0,0)"}},{{"transform":"translate3d({to}px,0,0)"}}]"#);
    let options = format!(r#"{{"duration":{duration_ms},"fill":"both","easing":"linear"}}"#);
    let parse = |json: &str| js_sys::JSON::parse(json).ok();
    element.unchecked_ref::<Animated>().animate(&parse(&keyframes)?, &parse(&options)?).ok()
}

/// Puts an animation `at` milliseconds after its start at local time `now`, and lets it run at `rate` (0: stand still).
///
/// Its start is given, not its place: an animation that is told to play begins when it is first drawn, each of a crowd
/// at another time, and comments that were laid out without touching would.
pub(super) fn place(animation: &Animation, at: f64, rate: f64, now: f64) {
    if rate == 0.0 {
        // Pausing fails only for animations without an end; ours have one.
        _ = animation.pause();
        animation.set_current_time(at);
    } else {
        animation.set_playback_rate(rate);
        // The document's timeline counts as `performance.now()` does.
        animation.set_start_time(now - at / rate);
    }
}
