//! What the merchant's page, through the loader, hands the overlay. Nothing is asked of the page but through here.

use js_sys::{Array, Promise};
use protocol::StreamTime;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// The options of [`crate::mount()`].
    #[wasm_bindgen(typescript_type = "OverlayOptions")]
    #[derive(Clone)]
    pub type Options;

    #[wasm_bindgen(method, getter)]
    fn room(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn server(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn token(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn lang(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn danmaku(this: &Options) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    fn element(this: &Options) -> Option<HtmlElement>;
    #[wasm_bindgen(method, catch)]
    fn clock(this: &Options) -> Result<Option<f64>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn paused(this: &Options) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn picture(this: &Options) -> Result<Option<PictureBox>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn replays(this: &Options) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn seek(this: &Options, program_ms: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn go_live(this: &Options) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn on_clock(this: &Options, offset_ms: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn on_status(this: &Options, status: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter)]
    fn gifts(this: &Options) -> Option<Gifts>;

    /// Plays gifts that are no pictures: see `www/embed/gifts.js`.
    type Gifts;
    #[wasm_bindgen(method, catch)]
    fn play(
        this: &Gifts,
        host: &HtmlElement,
        url: &str,
        elapsed: &Closure<dyn FnMut() -> f64>,
        signal: &AbortSignal,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn expect(this: &Gifts, urls: &Array) -> Result<(), JsValue>;

    /// Where the picture is drawn, in pixels of the browser's window.
    type PictureBox;
    #[wasm_bindgen(method, getter)]
    fn left(this: &PictureBox) -> f64;
    #[wasm_bindgen(method, getter)]
    fn top(this: &PictureBox) -> f64;
    #[wasm_bindgen(method, getter)]
    fn width(this: &PictureBox) -> f64;
    #[wasm_bindgen(method, getter)]
    fn height(this: &PictureBox) -> f64;

    /// The part of `HTMLMediaElement` that the element speaks and we read.
    type Media;
    #[wasm_bindgen(method, getter, js_name = playbackRate)]
    fn playback_rate(this: &Media) -> Option<f64>;
}

/// Where the picture is drawn, what is cropped of it too; in pixels of the browser's window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawn {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The page.
pub(crate) struct Page {
    options: Options,
    /// The room's name; none when only the page's own comments are wanted.
    pub(crate) room: Option<String>,
    /// The server's origin; empty for the page's own.
    pub(crate) server: String,
    /// The element that events are dispatched from.
    pub(crate) element: Option<HtmlElement>,
}

impl Page {
    pub(crate) fn new(options: Options) -> Self {
        let room = options.room().filter(|room| !room.is_empty());
        let server = options.server().unwrap_or_default();
        let element = options.element();
        Self { options, room, server, element }
    }

    pub(crate) fn token(&self) -> Option<String> {
        self.options.token().filter(|token| !token.is_empty())
    }

    pub(crate) fn lang(&self) -> String {
        self.options.lang().unwrap_or_default()
    }

    pub(crate) fn danmaku(&self) -> bool {
        self.options.danmaku().unwrap_or(true)
    }

    /// The picture now on the screen; none before the first.
    pub(crate) fn clock(&self) -> Option<StreamTime> {
        let millis = self.options.clock().ok().flatten().filter(|millis| millis.is_finite())?;
        Some(StreamTime(millis as i64))
    }

    /// Where the picture is drawn; none before the first, and where the page does not say.
    pub(crate) fn picture(&self) -> Option<Drawn> {
        let drawn = self.options.picture().ok().flatten()?;
        let drawn =
            Drawn { left: drawn.left(), top: drawn.top(), width: drawn.width(), height: drawn.height() };
        [drawn.left, drawn.top, drawn.width, drawn.height]
            .iter()
            .all(|pixels| pixels.is_finite())
            .then_some(drawn)
    }

    /// Whether the picture is of a show that is over.
    pub(crate) fn replays(&self) -> bool {
        self.options.replays().unwrap_or(false)
    }

    /// Asks the page to move the picture. One that cannot is no error.
    pub(crate) fn seek(&self, t: StreamTime) {
        _ = self.options.seek(t.millis() as f64);
    }

    /// Asks the page for the show that is on.
    pub(crate) fn go_live(&self) {
        _ = self.options.go_live();
    }

    /// How fast the picture is meant to move: 0 when paused.
    pub(crate) fn rate(&self) -> f64 {
        if self.options.paused().unwrap_or(false) {
            return 0.0;
        }
        let media = self.element.as_ref().map(HtmlElement::unchecked_ref::<Media>);
        media.and_then(Media::playback_rate).filter(|rate| rate.is_finite() && *rate > 0.0).unwrap_or(1.0)
    }

    /// Plays the asset at `url` inside `host`, `elapsed` milliseconds of it: what is answered settles when it has ended, or
    /// `signal` ended it, and fails when it cannot be played. None where the page plays no gifts.
    pub(crate) fn play_gift(
        &self,
        host: &HtmlElement,
        url: &str,
        elapsed: &Closure<dyn FnMut() -> f64>,
        signal: &AbortSignal,
    ) -> Option<Promise> {
        self.options.gifts()?.play(host, url, elapsed, signal).ok()
    }

    /// These assets are likely to be played.
    pub(crate) fn expect_gifts(&self, urls: impl Iterator<Item = String>) {
        let urls: Array = urls.map(JsValue::from).collect();
        if urls.length() > 0
            && let Some(gifts) = self.options.gifts()
        {
            // A page that does not get them in time gets them late.
            _ = gifts.expect(&urls);
        }
    }

    /// Tells the page the server's clock. A page that does not listen is no error.
    pub(crate) fn tell_clock(&self, offset_ms: f64) {
        _ = self.options.on_clock(offset_ms);
    }

    /// Tells the page where the show stands: the server knows before the picture does.
    pub(crate) fn tell_status(&self, status: protocol::RoomStatus) {
        let status = match status {
            protocol::RoomStatus::Idle => "idle",
            protocol::RoomStatus::Live => "live",
            protocol::RoomStatus::Away => "away",
            protocol::RoomStatus::Ended => "ended",
        };
        _ = self.options.on_status(status);
    }
}
