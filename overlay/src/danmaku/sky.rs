use super::{Layer, Measure, PLAIN_STAGE, picture};
use crate::show::{Show, show};
use leptos::{html, prelude::*};
use timeline::Stage;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

/// Height of a row beside the font's size: descenders and the frame of one's own comment fit.
const ROW: f64 = 1.5;

/// Least space between two comments of a row, in font sizes: the count of a merged comment fits.
const GAP: f64 = 1.6;

/// The area that comments fly over. Decoration: the list says the same to a screen reader.
#[component]
pub(crate) fn Sky(measure: Measure) -> impl IntoView {
    let show = show();
    let sky = NodeRef::<html::Div>::new();
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    let measure = StoredValue::new_local(measure);
    let lay_out = move || {
        if let Some(sky) = sky.get_untracked() {
            measure.with_value(|measure| lay_out(show, &sky, measure, show.danmaku.get_untracked()));
        }
    };
    Effect::new(move |_| {
        let Some(element) = sky.get() else { return };
        show.danmaku.track();
        show.settings.track();
        lay_out();
        if observer.with_value(Option::is_none) {
            let on_resize = Closure::<dyn FnMut()>::new(lay_out);
            if let Ok(watching) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
                watching.observe(&element);
                observer.set_value(Some((watching, on_resize)));
            }
        }
    });
    on_cleanup(move || {
        observer.update_value(|observer| {
            if let Some((observer, _)) = observer.take() {
                observer.disconnect();
            }
        });
    });
    view! { <div class="sky" part="danmaku" aria-hidden="true" node_ref=sky></div> }
}

/// Measures the sky and gives the timeline its shape. A sky that is switched off has no rows.
fn lay_out(show: Show, sky: &HtmlElement, measure: &Measure, on: bool) {
    let settings = show.settings.get_untracked();
    for (name, percent) in [("--danmaku-size", settings.size), ("--danmaku-opacity", settings.opacity)] {
        // Well-formed declarations are not refused.
        _ = sky.style().set_property(name, &(f64::from(percent) / 100.0).to_string());
    }
    let Some(style) = window().get_computed_style(sky).ok().flatten() else { return };
    let value = |name: &str| style.get_property_value(name).unwrap_or_default();
    let size: f64 = value("font-size").trim_end_matches("px").parse().unwrap_or(20.0);
    let (width, height) = (f64::from(sky.client_width()), f64::from(sky.client_height()));
    measure.set(&format!("{} {size}px {}", value("font-weight"), value("font-family")), width);
    let row = (size * ROW).round();
    let stage = if on && width > 0.0 {
        // Wider skies are crossed faster in pixels, slower in time.
        let duration_ms = (5_500.0 + 2.5 * width).min(12_000.0) * 100.0 / f64::from(settings.speed);
        let rows = settings.area.of((height / row) as usize);
        Stage { width, rows, duration_ms: duration_ms as i64, gap: size * GAP }
    } else {
        PLAIN_STAGE
    };
    let core = show.core();
    if core.layer.borrow().is_some() && core.timeline.borrow().stage() == stage {
        return;
    }
    core.row.set(row);
    core.sky.replace(Some(sky.clone()));
    core.timeline.borrow_mut().set_stage(stage);
    core.layer.replace(Some(Layer::new(sky.clone(), width, row)));
    picture::tell(&core);
    show.redraw(&core);
}
