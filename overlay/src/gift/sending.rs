//! What the viewer taps, on its way up: taps in quick succession go together.

use crate::{
    api::IdempotencyKey,
    show::{Core, Intent, Sheet, Show, now_ms},
};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use protocol::{Command, LIMITS, SendGift};
use std::{cell::RefCell, rc::Rc};

/// Taps on one gift within this time go up together: soon enough to feel at once, seldom enough for the server.
const TAPS_MS: u32 = 350;

/// Likes within this time go up together.
const LIKES_MS: u32 = 1_500;

/// Taps that wait to go up.
#[derive(Default)]
pub(crate) struct Sending {
    row: RefCell<Option<Row>>,
    likes: RefCell<Likes>,
}

/// A row of taps on one gift.
struct Row {
    gift: i64,
    combo: String,
    /// Taps that wait.
    count: u32,
    tapped: f64,
    timer: Option<Timeout>,
}

#[derive(Default)]
struct Likes {
    count: u32,
    /// Taps of the viewer's own that the show's number does not hold yet.
    unseen: u64,
    timer: Option<Timeout>,
}

impl Sending {
    /// How many of `grown` likes are others'.
    pub(super) fn others(&self, grown: u64) -> u64 {
        let mut likes = self.likes.borrow_mut();
        let own = likes.unseen.min(grown);
        likes.unseen -= own;
        grown - own
    }
}

impl Show {
    /// Sends one of a gift, with the picture that its sender sees; a guest is asked to log in first.
    pub(crate) fn give(self, gift: i64) {
        if self.user.with_untracked(Option::is_none) {
            return self.sheet.set(Some(Sheet::LogIn(Intent::Give(gift))));
        }
        let core = self.core();
        let now = now_ms();
        let mut row = core.sending.row.borrow_mut();
        let goes_on = |row: &Row| row.gift == gift && now - row.tapped < LIMITS.combo_ms as f64;
        if !row.as_ref().is_some_and(goes_on) {
            let left = row.replace(Row {
                gift,
                combo: IdempotencyKey::random().as_str().to_owned(),
                count: 0,
                tapped: now,
                timer: None,
            });
            if let Some(left) = left.filter(|left| left.count > 0) {
                self.send_gift(&core, &left);
            }
        }
        if let Some(row) = row.as_mut() {
            row.tapped = now;
            row.count = row.count.saturating_add(1).min(LIMITS.gift_count);
            if row.timer.is_none() {
                self.flush_row(&core, row);
            }
        }
    }

    /// Sends what waits, and waits for more.
    fn flush_row(self, core: &Rc<Core>, row: &mut Row) {
        row.timer = None;
        if row.count == 0 {
            return;
        }
        self.send_gift(core, row);
        row.count = 0;
        let weak = Rc::downgrade(core);
        row.timer = Some(Timeout::new(TAPS_MS, move || {
            if let Some(core) = weak.upgrade()
                && let Some(row) = core.sending.row.borrow_mut().as_mut()
            {
                self.flush_row(&core, row);
            }
        }));
    }

    fn send_gift(self, core: &Core, row: &Row) {
        let client_id = IdempotencyKey::random().as_str().to_owned();
        let catalogue_version = self.gifts.with_untracked(|catalogue| catalogue.version);
        let (gift, count, combo) = (row.gift, row.count, row.combo.clone());
        let at = core.page.clock();
        let send = SendGift { client_id, gift, count, combo, catalogue_version, at };
        let socket = core.socket.borrow();
        let Some(socket) = socket.as_ref() else { return };
        socket.send(Command::SendGift(send), move |answer| {
            let Err(error) = answer else {
                // What it cost has left the wallet.
                return self.load_coins();
            };
            match error.code() {
                "spend_reminder" => return self.sheet.set(Some(Sheet::Reminder)),
                "insufficient_funds" => self.sheet.set(Some(Sheet::Wallet)),
                "gifts_changed" | "unknown_gift" => self.load_gifts(),
                _ => {}
            }
            self.complain(&error);
        });
    }

    /// Likes the show; a guest is asked to log in first.
    pub(crate) fn like(self) {
        if self.user.with_untracked(Option::is_none) {
            return self.sheet.set(Some(Sheet::LogIn(Intent::Like)));
        }
        self.beats.update(|beats| *beats = beats.wrapping_add(1));
        let core = self.core();
        let mut likes = core.sending.likes.borrow_mut();
        likes.count = likes.count.saturating_add(1).min(LIMITS.like_count);
        if likes.timer.is_none() {
            let weak = Rc::downgrade(&core);
            likes.timer = Some(Timeout::new(LIKES_MS, move || {
                if let Some(core) = weak.upgrade() {
                    self.send_likes(&core);
                }
            }));
        }
    }

    fn send_likes(self, core: &Rc<Core>) {
        let mut likes = core.sending.likes.borrow_mut();
        likes.timer = None;
        let count = std::mem::take(&mut likes.count);
        likes.unseen += u64::from(count);
        drop(likes);
        let weak = Rc::downgrade(core);
        let socket = core.socket.borrow();
        let Some(socket) = socket.as_ref() else { return };
        socket.send(Command::Like { count }, move |answer| {
            let Some(core) = weak.upgrade().filter(|_| answer.is_err()) else { return };
            let mut likes = core.sending.likes.borrow_mut();
            likes.unseen = likes.unseen.saturating_sub(u64::from(count));
            drop(likes);
            // To be slowed down while tapping is no news to who taps.
            if let Err(error) = answer
                && error.code() != "slow_down"
            {
                self.complain(&error);
            }
        });
    }

    /// Asks for the gifts that can be sent.
    pub(crate) fn load_gifts(self) {
        self.spawn(async move {
            // Without a catalogue there is no button; the next welcome, or the next change, asks again.
            if let Ok(catalogue) = self.api().gifts().await {
                self.gifts.set(catalogue);
                self.expect_gifts();
            }
        });
    }
}
