use crate::{
    api::Api, checkout::Attempts, danmaku::Layer, gift::Sending, page::Page, socket::Socket, ticker::Next,
    ui::reduced_motion,
};
use protocol::{RoomStatus, ServerTime, StreamTime};
use std::cell::{Cell, RefCell};
use timeline::{Follower, Timeline};
use web_sys::HtmlElement;

/// How long to wait for a first picture before a show is shown without one.
const PATIENCE_MS: f64 = 4_000.0;

/// Without a picture there is none to be ahead of: the room is shown about as far behind as a picture would be.
const BLIND_BEHIND_MS: i64 = 3_000;

/// What a mounted overlay holds that is no signal.
pub(crate) struct Core {
    pub(crate) page: Page,
    pub(crate) api: Api,
    pub(crate) timeline: RefCell<Timeline>,
    pub(crate) socket: RefCell<Option<Socket>>,
    pub(crate) layer: RefCell<Option<Layer>>,
    /// The sky's node, once it is laid out.
    pub(crate) sky: RefCell<Option<HtmlElement>>,
    /// Height of a row of the sky, in pixels; 0 before it is laid out.
    pub(crate) row: Cell<f64>,
    pub(crate) follower: RefCell<Follower>,
    /// Orders and payments of unknown fate.
    pub(crate) attempts: RefCell<Attempts>,
    /// Gifts and likes on their way up.
    pub(crate) sending: Sending,
    /// Newest event of the log when the connection was made: what comes up to it was missed, what comes after is live.
    pub(crate) caught_up: Cell<u64>,
    /// Newest event seen.
    pub(crate) seen: Cell<u64>,
    /// What the next look at the picture waits for.
    pub(crate) next: RefCell<Option<Next>>,
    /// Until when what is drawn is right; none when it must be drawn anew.
    pub(crate) good_until: Cell<Option<StreamTime>>,
    /// Whether something came that is to be drawn soon.
    pub(crate) soon: Cell<bool>,
    /// Whether the picture is of a show that is over, as far as the timeline goes.
    pub(crate) replays: Cell<bool>,
    /// Whether such a show's log is being loaded.
    pub(crate) loading: Cell<bool>,
    /// How often in a row that failed.
    pub(crate) failures: Cell<u32>,
    /// Whether the server has welcomed us under the token that we carry.
    pub(crate) welcomed: Cell<bool>,
    /// Whether the overlay was taken away.
    pub(crate) gone: Cell<bool>,
    mounted: f64,
}

impl Core {
    pub(crate) fn new(page: Page, api: Api, timeline: Timeline) -> Self {
        Self {
            page,
            api,
            timeline: RefCell::new(timeline),
            socket: RefCell::default(),
            layer: RefCell::default(),
            sky: RefCell::default(),
            row: Cell::new(0.0),
            follower: RefCell::default(),
            attempts: RefCell::default(),
            sending: Sending::default(),
            caught_up: Cell::new(0),
            seen: Cell::new(0),
            next: RefCell::default(),
            good_until: Cell::new(None),
            soon: Cell::new(false),
            replays: Cell::new(false),
            loading: Cell::new(false),
            failures: Cell::new(0),
            welcomed: Cell::new(false),
            gone: Cell::new(false),
            mounted: now_ms(),
        }
    }

    /// The server's clock.
    pub(crate) fn server_time(&self) -> ServerTime {
        let local = js_sys::Date::now();
        self.socket.borrow().as_ref().map_or(ServerTime(local as i64), |socket| socket.server_time(local))
    }

    /// The moment to show: of the picture when there is one.
    pub(crate) fn playhead(&self, status: Option<RoomStatus>) -> Option<StreamTime> {
        let blind = || {
            let behind = match status? {
                RoomStatus::Idle | RoomStatus::Ended => 0,
                RoomStatus::Live | RoomStatus::Away if now_ms() - self.mounted > PATIENCE_MS => {
                    BLIND_BEHIND_MS
                }
                RoomStatus::Live | RoomStatus::Away => return None,
            };
            Some(StreamTime(self.server_time().millis() - behind))
        };
        self.page.clock().or_else(blind)
    }

    /// Whether comments are to fly: as the viewer said (`on`), else unless less motion is asked for; not where the page
    /// does not want it.
    pub(crate) fn wants_danmaku(&self, on: Option<bool>) -> bool {
        let moves = || !reduced_motion().is_some_and(|asked| asked.matches());
        self.page.danmaku() && on.unwrap_or_else(moves)
    }

    /// Is known by this token from now on, or as a guest.
    pub(crate) fn become_known_by(&self, token: Option<String>) {
        self.welcomed.set(false);
        self.api.set_token(token);
        if let Some(socket) = self.socket.borrow().as_ref() {
            socket.reconnect();
        }
    }
}

/// The page's own clock: monotonic, in milliseconds.
pub(crate) fn now_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(js_sys::Date::now, |clock| clock.now())
}
