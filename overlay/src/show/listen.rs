use super::{Core, Show, update};
use crate::{
    account,
    socket::{Socket, SocketEvent},
};
use leptos::prelude::*;
use protocol::{Event, EventBody, Room, RoomStatus, ServerFrame, Snapshot, User};
use std::rc::Rc;
use timeline::Arrival;

impl Show {
    /// Opens the room's socket; what it says goes into the timeline and the signals.
    pub(crate) fn listen(self, core: &Rc<Core>) {
        let Some(room) = core.page.room.clone() else { return };
        let weak = Rc::downgrade(core);
        let socket = Socket::open(core.api.clone(), &room, None, move |event| {
            if let Some(core) = weak.upgrade() {
                self.hear(&core, event);
            }
        });
        core.socket.replace(Some(socket));
    }

    fn hear(self, core: &Rc<Core>, event: SocketEvent) {
        match event {
            SocketEvent::Lost => {
                update(self.lost, true);
                account::doubt(self, core);
            }
            SocketEvent::Frame(ServerFrame::Welcome { room, user, seq, snapshot, gifts, .. }) => {
                self.want_gifts(gifts);
                self.welcome(core, room, user, seq, snapshot);
            }
            SocketEvent::Frame(ServerFrame::Event(event)) => self.take(core, event),
            SocketEvent::Frame(ServerFrame::Pong { viewers, .. }) => {
                update(self.viewers, viewers);
                let clock = core.socket.borrow().as_ref().and_then(Socket::clock_offset_ms);
                if let Some(offset) = clock {
                    core.page.tell_clock(offset);
                }
            }
            // Whoever gave the command hears of these.
            SocketEvent::Frame(ServerFrame::Accepted { .. } | ServerFrame::Refused { .. }) => {}
            SocketEvent::Frame(ServerFrame::Gifts { version }) => self.want_gifts(version),
        }
    }

    fn welcome(self, core: &Rc<Core>, room: Room, user: Option<User>, seq: u64, snapshot: Option<Snapshot>) {
        update(self.lost, false);
        update(self.viewers, room.viewers);
        self.status(core, room.status);
        update(self.room, Some(room));
        core.welcomed.set(true);
        self.set_user(core, user);
        core.caught_up.set(seq);
        if let Some(snapshot) = snapshot {
            core.seen.set(snapshot.seq);
            let mut timeline = core.timeline.borrow_mut();
            if self.replay.with_untracked(Option::is_some) {
                // Of the room as it stands a replay shows what is on sale.
                timeline.set_products(snapshot.products, snapshot.seq);
            } else {
                timeline.seed(snapshot);
            }
        }
        self.refresh_products(core);
        self.redraw(core);
    }

    fn take(self, core: &Rc<Core>, event: Event) {
        let arrival = if event.seq > core.caught_up.get() { Arrival::Live } else { Arrival::Missed };
        core.seen.set(event.seq);
        let status = match event.body {
            EventBody::PublisherOn => Some(RoomStatus::Live),
            EventBody::PublisherAway => Some(RoomStatus::Away),
            EventBody::ShowEnded => Some(RoomStatus::Ended),
            _ => None,
        };
        // What was missed is already in the status that the welcome gave.
        if let Some(status) = status.filter(|_| arrival == Arrival::Live) {
            self.status(core, status);
            self.room.update(|room| {
                if let Some(room) = room {
                    room.status = status;
                }
            });
        }
        let is_comment = matches!(event.body, EventBody::Chat(_));
        let of_today = matches!(
            event.body,
            EventBody::StockChanged { .. }
                | EventBody::ProductChanged { .. }
                | EventBody::CommentsLiked { .. }
        );
        if of_today || self.replay.with_untracked(Option::is_none) {
            core.timeline.borrow_mut().insert(event, arrival);
        }
        if is_comment {
            return self.redraw_soon(core);
        }
        self.refresh_products(core);
        self.redraw(core);
    }

    /// Tells the page when it is news.
    fn status(self, core: &Core, status: RoomStatus) {
        if self.room.with_untracked(|room| room.as_ref().is_none_or(|room| room.status != status)) {
            core.page.tell_status(status);
        }
    }

    /// Draws the bag anew when something in it changed.
    pub(crate) fn refresh_products(self, core: &Core) {
        let timeline = core.timeline.borrow();
        if self.products.with_untracked(|before| before.as_slice() != timeline.products()) {
            self.products.set(timeline.products().to_vec());
        }
    }

    /// Whoever the server takes us for.
    pub(crate) fn set_user(self, core: &Rc<Core>, user: Option<User>) {
        if self.user.with_untracked(|before| *before == user) {
            return;
        }
        core.timeline.borrow_mut().set_me(user.as_ref().map(|user| user.id));
        self.redraw(core);
        let known = user.is_some();
        self.user.set(user);
        self.claims.set(Vec::new());
        self.coins.set(None);
        if known {
            self.load_claims();
        }
    }
}
