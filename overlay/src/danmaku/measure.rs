use std::{cell::RefCell, rc::Rc};
use timeline::{Comment, Stage};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Before the sky is laid out, nothing flies.
pub(crate) const PLAIN_STAGE: Stage = Stage { width: 1.0, rows: 0, duration_ms: 8_000, gap: 0.0 };

/// Space on either side of the viewer's own comment, for its frame: `.fly[data-own]` in `danmaku.css`.
const OWN_PADDING: f64 = 20.0;

/// Measures text as the sky draws it.
#[derive(Clone, Default)]
pub(crate) struct Measure(Rc<RefCell<Option<CanvasRenderingContext2d>>>);

impl Measure {
    /// Measures in this CSS font from now on.
    pub(crate) fn set_font(&self, font: &str) {
        let mut context = self.0.borrow_mut();
        if context.is_none() {
            *context = canvas();
        }
        if let Some(context) = context.as_ref() {
            context.set_font(font);
        }
    }

    /// A comment's width in pixels.
    pub(crate) fn width(&self, comment: &Comment) -> f64 {
        let context = self.0.borrow();
        let measured = context.as_ref().and_then(|context| context.measure_text(&comment.text).ok());
        // Without a canvas, as wide as a wide character each.
        let text =
            measured.map_or_else(|| 24.0 * comment.text.chars().count() as f64, |metrics| metrics.width());
        text.ceil() + if comment.own { OWN_PADDING } else { 0.0 }
    }
}

fn canvas() -> Option<CanvasRenderingContext2d> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
