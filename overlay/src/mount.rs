use crate::{
    account,
    api::Api,
    danmaku::{self, Measure, PLAIN_STAGE, local},
    page::{Options, Page},
    show::{Core, Show, update},
    style::Worn,
    text::Lang,
    ticker,
    ui::reduced_motion,
    view::Overlay,
};
use gloo::{events::EventListener, timers::callback::Timeout};
use leptos::{mount::mount_to, prelude::*, reactive::owner::Owner};
use protocol::StreamTime;
use serde::Serialize;
use std::rc::Rc;
use timeline::Timeline;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// A mounted overlay.
#[wasm_bindgen]
pub struct Handle {
    show: Show,
    core: Rc<Core>,
    mounted: Option<Mounted>,
}

/// What ends when the overlay is taken away, in this order.
struct Mounted {
    _listeners: Vec<EventListener>,
    _motion: Option<EventListener>,
    _view: Box<dyn std::any::Any>,
    _owner: Owner,
    _style: Worn,
}

/// What became of the comments, as `stats.danmaku` gives it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Count {
    shown: usize,
    merged: usize,
    dropped: usize,
    blocked: usize,
    on_screen: usize,
}

/// Puts the overlay into `root`, which lies over the picture inside the element's shadow root.
///
/// # Errors
/// When the options' `room` is not a room's name, or `root` is in no document.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, options: Options) -> Result<Handle, JsError> {
    let page = Page::new(options);
    if let Some(room) = &page.room
        && !room.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Err(JsError::new(&format!("expected a room of letters, digits and hyphens, found {room:?}")));
    }
    let style = Worn::by(&root).map_err(|_| JsError::new("expected a root in a document"))?;
    let api = Api::new(&page.server, account::token(&page));
    let measure = Measure::default();
    let measuring = measure.clone();
    let timeline = Timeline::new(PLAIN_STAGE, move |comment| measuring.width(comment));
    let core = Rc::new(Core::new(page, api, timeline));
    let owner = Owner::new();
    let show = owner.with(|| Show::new(core.clone()));
    let view = owner.with(|| mount_to(root, move || view! { <Overlay show=show measure=measure /> }));
    show.obey_settings(&core);
    show.settle_effects(&core);
    show.listen(&core);
    let mut listeners = ticker::start(show, &core);
    listeners.extend(danmaku::catch(show, &core));
    listeners.extend(danmaku::picture::watch(show, &core));
    let listening = core.clone();
    let motion = reduced_motion().map(|asked| {
        EventListener::new(&asked, "change", move |_| {
            let on = show.settings.with_untracked(|settings| settings.on);
            update(show.danmaku, listening.wants_danmaku(on));
            show.settle_effects(&listening);
        })
    });
    let mounted = Mounted {
        _listeners: listeners,
        _motion: motion,
        _view: Box::new(view),
        _owner: owner,
        _style: style,
    };
    Ok(Handle { show, core, mounted: Some(mounted) })
}

#[wasm_bindgen]
impl Handle {
    /// Takes the overlay away: its nodes, its socket, its timers.
    pub fn destroy(&mut self) {
        self.core.gone.set(true);
        self.core.socket.take();
        self.core.next.take();
        self.core.layer.take();
        if let Some(Mounted { _owner: owner, .. }) = self.mounted.take() {
            // Who calls may be a listener of ours, or of an event of ours: what called it reads signals to its end.
            Timeout::new(0, move || drop(owner)).forget();
        }
    }

    /// Puts comments of the page's own on the picture: `[{text, mode, color, at}]`.
    ///
    /// # Errors
    /// When one of them is not that; none of them is then shown.
    pub fn add_danmaku(&self, comments: &JsValue) -> Result<(), JsError> {
        let json = js_sys::JSON::stringify(comments).map(String::from).unwrap_or_default();
        let comments =
            local::read(&json, self.playhead()).map_err(|error| JsError::new(&error.to_string()))?;
        self.core.timeline.borrow_mut().insert_local(comments);
        self.show.redraw_soon(&self.core);
        Ok(())
    }

    /// `{shown, merged, dropped, blocked, onScreen}`.
    pub fn stats(&self) -> JsValue {
        let stats = self.core.timeline.borrow_mut().stats(self.playhead());
        let timeline::Stats { shown, merged, dropped, blocked, on_screen } = stats;
        let count = Count { shown, merged, dropped, blocked, on_screen };
        let json = serde_json::to_string(&count).unwrap_or_default();
        js_sys::JSON::parse(&json).unwrap_or(JsValue::UNDEFINED)
    }

    /// Speaks this language (a BCP 47 tag) from now on.
    pub fn set_lang(&self, lang: &str) {
        update(self.show.lang, Lang::parse(lang));
    }

    /// Is known to the server by this token from now on; as a guest without one.
    pub fn set_token(&self, token: Option<String>) {
        self.core.become_known_by(token.filter(|token| !token.is_empty()));
    }

    /// Whether comments fly.
    pub fn set_danmaku(&self, on: bool) {
        update(self.show.danmaku, on);
    }

    fn playhead(&self) -> StreamTime {
        self.show.playhead(&self.core).unwrap_or(StreamTime(0))
    }
}
