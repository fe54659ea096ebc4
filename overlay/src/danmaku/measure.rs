use protocol::DanmakuMode;
use std::{cell::RefCell, rc::Rc};
use timeline::{Comment, Stage};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Before the sky is laid out, nothing flies.
pub(crate) const PLAIN_STAGE: Stage = Stage { width: 1.0, rows: 0, duration_ms: 8_000, gap: 0.0 };

/// Space on either side of the viewer's own comment, for its frame: `.fly[data-own]` in `danmaku.css`.
const OWN_PADDING: f64 = 20.0;

/// Widths of comments that fly are rounded up to this part of the sky's: those of like width fly at one speed, and may
/// share a strip. More parts waste less room, and make more strips.
const STEPS: f64 = 24.0;

/// The printable characters of ASCII.
const ASCII: std::ops::RangeInclusive<char> = ' '..='~';

/// Measures text as the sky draws it.
#[derive(Clone, Default)]
pub(crate) struct Measure(Rc<RefCell<Option<Ruler>>>);

struct Ruler {
    context: CanvasRenderingContext2d,
    step: f64,
    /// Width of a Chinese character or a kana: all are as wide as they are high.
    wide: f64,
    /// Widths of [`ASCII`] as far as they were asked for.
    ascii: [Option<f64>; 95],
}

impl Measure {
    /// Measures in this CSS font over a sky so wide from now on.
    pub(crate) fn set(&self, font: &str, sky_width: f64) {
        let mut ruler = self.0.borrow_mut();
        let Some(context) = ruler.take().map(|ruler| ruler.context).or_else(canvas) else { return };
        context.set_font(font);
        let wide = measured(&context, "国").unwrap_or_default();
        *ruler = Some(Ruler { context, step: (sky_width / STEPS).max(1.0).round(), wide, ascii: [None; 95] });
    }

    /// The room that a comment takes, in pixels.
    pub(crate) fn width(&self, comment: &Comment) -> f64 {
        let mut ruler = self.0.borrow_mut();
        let text = ruler.as_mut().and_then(|ruler| ruler.text(&comment.text));
        // Without a canvas, as wide as a wide character each.
        let text = text.unwrap_or_else(|| 24.0 * comment.text.chars().count() as f64);
        let width = (text + if comment.own { OWN_PADDING } else { 0.0 }).ceil();
        match (comment.mode, ruler.as_ref()) {
            (DanmakuMode::Scroll | DanmakuMode::Reverse, Some(ruler)) => {
                (width / ruler.step).ceil() * ruler.step
            }
            _ => width,
        }
    }
}

impl Ruler {
    fn text(&mut self, text: &str) -> Option<f64> {
        let mut sum = 0.0;
        for char in text.chars() {
            match self.char(char) {
                Some(width) => sum += width,
                // Joined, combined or of a script not known here: as a whole, or not at all.
                None => return measured(&self.context, text),
            }
        }
        Some(sum)
    }

    /// The width of a character that stands for itself wherever it stands. Adding those up is a hundred times faster than
    /// to ask for each text, and a replay has tens of thousands.
    fn char(&mut self, char: char) -> Option<f64> {
        if is_wide(char) {
            return Some(self.wide);
        }
        let known = self.ascii.get_mut(ASCII.contains(&char).then(|| char as usize - ' ' as usize)?)?;
        if known.is_none() {
            *known = measured(&self.context, char.encode_utf8(&mut [0; 4]));
        }
        *known
    }
}

/// Han, kana, and the punctuation and forms as wide as these.
const fn is_wide(char: char) -> bool {
    matches!(char, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
}

fn measured(context: &CanvasRenderingContext2d, text: &str) -> Option<f64> {
    context.measure_text(text).ok().map(|metrics| metrics.width())
}

fn canvas() -> Option<CanvasRenderingContext2d> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
