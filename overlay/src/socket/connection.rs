use super::{
    SocketEvent,
    backoff::pause_ms,
    clock::ServerClock,
    cursor::{Cursor, Verdict},
    pending::{Answer, Pending},
};
use crate::api::{Api, ApiError};
use gloo::{
    events::EventListener,
    timers::callback::{Interval, Timeout},
};
use protocol::{ClientFrame, Command, ServerFrame};
use std::{
    cell::{Cell, Ref, RefCell},
    rc::{Rc, Weak},
};
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, WebSocket};

/// Often enough for a viewer count that lives and a clock that is right.
const PING_MS: u32 = 4_000;

/// Silence after which the connection is taken for dead: three pings.
const SILENCE_MS: f64 = 12_500.0;

/// Longest frame taken from the server: a welcome with full lists is under 300 kB.
const FRAME_BYTES: u32 = 4 * 1024 * 1024;

/// One room's connection over all its attempts.
pub(super) struct Connection {
    api: Api,
    room: String,
    listener: Box<dyn Fn(SocketEvent)>,
    me: Weak<Self>,
    cursor: Cell<Cursor>,
    clock: RefCell<ServerClock>,
    pending: RefCell<Pending>,
    attempt: Cell<u32>,
    /// Whether commands may be sent: between the welcome and the break.
    welcomed: Cell<bool>,
    heard: Cell<f64>,
    ping: Cell<(u64, f64)>,
    line: RefCell<Option<Line>>,
    retry: RefCell<Option<Timeout>>,
}

/// One attempt's socket with its listeners, which end with it.
struct Line {
    socket: WebSocket,
    _listeners: [EventListener; 2],
    _pings: Interval,
}

impl Drop for Line {
    fn drop(&mut self) {
        // Closing a socket that is closed already is no error that anybody could act on.
        _ = self.socket.close();
    }
}

impl Connection {
    pub(super) fn open(
        api: Api,
        room: String,
        after: Option<u64>,
        listener: Box<dyn Fn(SocketEvent)>,
    ) -> Rc<Self> {
        let connection = Rc::new_cyclic(|me| Self {
            api,
            room,
            listener,
            me: me.clone(),
            cursor: Cell::new(Cursor::new(after)),
            clock: RefCell::default(),
            pending: RefCell::default(),
            attempt: Cell::new(0),
            welcomed: Cell::new(false),
            heard: Cell::new(0.0),
            ping: Cell::new((0, 0.0)),
            line: RefCell::default(),
            retry: RefCell::default(),
        });
        connection.connect();
        connection
    }

    pub(super) fn clock(&self) -> Ref<'_, ServerClock> {
        self.clock.borrow()
    }

    pub(super) fn send(&self, command: Command, answer: Answer) {
        let broken = !self.welcomed.get();
        if broken && !matches!(command, Command::Say(_) | Command::SendGift(_)) {
            return answer(Err(self.unreachable("the socket is not connected")));
        }
        let added = self.pending.borrow_mut().add(command.clone(), answer);
        match added {
            Ok(id) if !broken => self.transmit(&ClientFrame::Command { id, command }),
            Ok(_) => {}
            Err(answer) => answer(Err(self.unreachable("too many commands wait"))),
        }
    }

    pub(super) fn reconnect(&self) {
        self.welcomed.set(false);
        self.connect();
    }

    pub(super) fn close(&self) {
        self.retry.take();
        self.line.take();
    }

    fn address(&self) -> String {
        let origin = match self.api.server() {
            "" => web_sys::window().and_then(|w| w.location().origin().ok()).unwrap_or_default(),
            server => server.to_owned(),
        };
        // http -> ws, https -> wss.
        let mut address = format!("ws{}/ws/room/{}", origin.trim_start_matches("http"), self.room);
        let after = self.cursor.get().after().map(|seq| format!("after={seq}"));
        let token = self.api.token().map(|token| format!("token={}", js_sys::encode_uri_component(&token)));
        for (index, part) in after.into_iter().chain(token).enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            address.push_str(&part);
        }
        address
    }

    fn connect(&self) {
        self.close();
        let Ok(socket) = WebSocket::new(&self.address()) else {
            return self.lost();
        };
        self.heard.set(js_sys::Date::now());
        let me = self.me.clone();
        let message = EventListener::new(&socket, "message", move |event| {
            if let (Some(me), Some(event)) = (me.upgrade(), event.dyn_ref::<MessageEvent>()) {
                me.hear(event);
            }
        });
        let me = self.me.clone();
        let close = EventListener::once(&socket, "close", move |_| {
            if let Some(me) = me.upgrade() {
                me.lost();
            }
        });
        let me = self.me.clone();
        let pings = Interval::new(PING_MS, move || {
            if let Some(me) = me.upgrade() {
                me.tick();
            }
        });
        self.line.replace(Some(Line { socket, _listeners: [message, close], _pings: pings }));
    }

    fn tick(&self) {
        if js_sys::Date::now() - self.heard.get() > SILENCE_MS {
            return self.lost();
        }
        if self.welcomed.get() {
            self.send_ping();
        }
    }

    fn send_ping(&self) {
        let id = self.ping.get().0 + 1;
        self.ping.set((id, js_sys::Date::now()));
        self.transmit(&ClientFrame::Ping { id });
    }

    /// The connection is gone: waits, longer each time, and tries again.
    fn lost(&self) {
        let me = self.me.clone();
        let pause = pause_ms(self.attempt.get(), js_sys::Math::random());
        self.attempt.set(self.attempt.get().saturating_add(1));
        self.welcomed.set(false);
        self.line.take();
        let retry = Timeout::new(pause, move || {
            if let Some(me) = me.upgrade() {
                me.connect();
            }
        });
        self.retry.replace(Some(retry));
        let given_back = self.pending.borrow_mut().take_unrepeatable();
        for answer in given_back {
            answer(Err(self.unreachable("the socket broke before an answer came")));
        }
        (self.listener)(SocketEvent::Lost);
    }

    fn hear(&self, event: &MessageEvent) {
        self.heard.set(js_sys::Date::now());
        let Some(text) = event.data().dyn_into::<js_sys::JsString>().ok() else {
            return;
        };
        if text.length() > FRAME_BYTES {
            return self.lost();
        }
        // A frame of a newer server's that we do not know is not for us.
        if let Ok(frame) = serde_json::from_str::<ServerFrame>(&String::from(text)) {
            self.take(frame);
        }
    }

    fn take(&self, frame: ServerFrame) {
        let mut cursor = self.cursor.get();
        let verdict = cursor.judge(&frame);
        self.cursor.set(cursor);
        match verdict {
            Verdict::Repeated => return,
            Verdict::Gap => return self.lost(),
            Verdict::Pass => {}
        }
        match &frame {
            ServerFrame::Welcome { .. } => self.welcome(),
            ServerFrame::Pong { id, time, .. } if self.ping.get().0 == *id => {
                self.clock.borrow_mut().hear(self.ping.get().1, js_sys::Date::now(), *time);
            }
            ServerFrame::Accepted { id, seq } => self.answer(*id, Ok(*seq)),
            ServerFrame::Refused { id, problem } => self.answer(*id, Err(ApiError::Refused(problem.clone()))),
            _ => {}
        }
        (self.listener)(SocketEvent::Frame(frame));
    }

    fn welcome(&self) {
        self.attempt.set(0);
        self.welcomed.set(true);
        self.send_ping();
        let again: Vec<_> =
            self.pending.borrow().again().map(|(id, command)| (id, command.clone())).collect();
        for (id, command) in again {
            self.transmit(&ClientFrame::Command { id, command });
        }
    }

    fn answer(&self, id: u64, result: Result<u64, ApiError>) {
        let waiting = self.pending.borrow_mut().take(id);
        if let Some(answer) = waiting {
            answer(result);
        }
    }

    fn transmit(&self, frame: &ClientFrame) {
        if let (Some(line), Ok(text)) = (self.line.borrow().as_ref(), serde_json::to_string(frame)) {
            // A send that fails is followed by a close, which is handled there.
            _ = line.socket.send_with_str(&text);
        }
    }

    fn unreachable(&self, cause: &str) -> ApiError {
        ApiError::Unreachable { address: format!("/ws/room/{}", self.room), cause: cause.to_owned() }
    }
}
