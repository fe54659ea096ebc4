use super::{Intent, Notice, Sheet, Show};
use crate::{
    announce::{announce, ask},
    api::{ApiError, IdempotencyKey},
    text::{Text, problem},
};
use leptos::prelude::*;
use protocol::{Command, CouponClaim, DanmakuMode, Say};
use serde::Serialize;
use wasm_bindgen_futures::JsFuture;

/// Detail of `stall:product` and `stall:checkout`.
#[derive(Serialize)]
struct ProductDetail<'a> {
    action: &'a str,
    room: Option<String>,
    product: &'a protocol::Product,
    quantity: u32,
}

/// Detail of `stall:coupon`.
#[derive(Serialize)]
struct CouponDetail<'a> {
    action: &'a str,
    claim: &'a CouponClaim,
}

/// `MediaError.MEDIA_ERR_NETWORK`: of the standard's four codes the one that fits a request that failed.
const NETWORK: u16 = 2;

/// Detail of `stall:error`, shaped as the loader's own.
#[derive(Serialize)]
struct ErrorDetail<'a> {
    code: u16,
    kind: &'a str,
    cause: &'a str,
    message: String,
    fatal: bool,
}

impl Show {
    /// Says what is in the field, with the picture that its author sees; a guest is asked to log in first. The field is
    /// cleared when the server has accepted it, unless something else is typed by then.
    pub(crate) fn say(self) {
        let text = self.draft.with_untracked(|draft| draft.trim().to_owned());
        let replays = self.replay.with_untracked(Option::is_some);
        if replays
            || text.is_empty()
            || self.sending.with_untracked(|sending| sending.as_deref() == Some(&text))
        {
            return;
        }
        if self.user.with_untracked(Option::is_none) {
            return self.sheet.set(Some(Sheet::LogIn(Intent::Say)));
        }
        let core = self.core();
        let at = core.page.clock();
        let client_id = IdempotencyKey::random().as_str().to_owned();
        let say = Say { client_id, text: text.clone(), at, mode: DanmakuMode::Scroll, color: None };
        let socket = core.socket.borrow();
        let Some(socket) = socket.as_ref() else { return };
        self.sending.set(Some(text.clone()));
        socket.send(Command::Say(say), move |result| {
            self.sending.set(None);
            match result {
                Ok(_) if self.draft.with_untracked(|draft| draft.trim() == text) => {
                    self.draft.set(String::new());
                }
                Ok(_) => {}
                Err(error) => self.complain(&error),
            }
        });
    }

    /// The chat list stays where the viewer has scrolled to, or follows what comes again.
    pub(crate) fn hold_chat(self, held: bool) {
        let core = self.core();
        if held {
            core.timeline.borrow_mut().hold_chat();
        } else {
            core.timeline.borrow_mut().follow_chat();
        }
        self.redraw(&core);
    }

    /// The viewer has scrolled to the first line of the chat list.
    pub(crate) fn chat_further_back(self) {
        let core = self.core();
        core.timeline.borrow_mut().chat_further_back();
        self.redraw(&core);
    }

    /// Claims a coupon; a guest is asked to log in first.
    pub(crate) fn claim(self, coupon: i64, done: impl FnOnce() + 'static) {
        if self.user.with_untracked(Option::is_none) {
            done();
            return self.sheet.set(Some(Sheet::LogIn(Intent::Claim(coupon))));
        }
        let Some(room) = self.core().page.room.clone() else { return };
        self.spawn(async move {
            match self.api().claim(&room, coupon).await {
                Ok(claim) => {
                    let detail = CouponDetail { action: "claimed", claim: &claim };
                    announce(self.core().page.element.as_ref(), "coupon", &detail);
                    self.hold(claim);
                }
                Err(error) => self.complain(&error),
            }
            done();
        });
    }

    /// Starts buying. The merchant's page may take it over by answering `stall:checkout`.
    pub(crate) fn buy(self, product: i64) {
        let Some(product) = self.products.with_untracked(|all| all.iter().find(|p| p.id == product).cloned())
        else {
            return;
        };
        let core = self.core();
        let (element, room) = (core.page.element.as_ref(), core.page.room.clone());
        let detail = ProductDetail { action: "buy", room: room.clone(), product: &product, quantity: 1 };
        if let Some(answer) = ask(element, "checkout", &detail) {
            self.sheet.set(None);
            self.spawn(async move {
                if JsFuture::from(answer).await.is_err() {
                    self.tell(self.lang.get_untracked().of(Text::SomethingWrong), true);
                }
            });
        } else {
            self.open(Sheet::Checkout(product.id), Intent::Buy(product.id));
        }
    }

    /// Tells the page that a product's card was shown or touched.
    pub(crate) fn announce_product(self, action: &str, product: &protocol::Product) {
        let core = self.core();
        let detail = ProductDetail { action, room: core.page.room.clone(), product, quantity: 1 };
        announce(core.page.element.as_ref(), "product", &detail);
    }

    /// Goes on with what a guest wanted.
    pub(crate) fn go_on(self, intent: &Intent) {
        match intent {
            Intent::Say => {
                self.sheet.set(None);
                self.say();
            }
            Intent::Claim(coupon) => {
                self.sheet.set(None);
                self.claim(*coupon, || {});
            }
            Intent::Buy(product) => self.sheet.set(Some(Sheet::Checkout(*product))),
            Intent::Give(gift) => {
                self.sheet.set(Some(Sheet::Gifts));
                self.give(*gift);
            }
            Intent::Like => {
                self.sheet.set(None);
                self.like();
            }
            Intent::Grab(packet) => {
                self.sheet.set(None);
                self.grab(*packet, || {});
            }
            Intent::Wallet => self.sheet.set(Some(Sheet::Wallet)),
            Intent::Orders => self.sheet.set(Some(Sheet::Orders)),
            Intent::Cart => self.sheet.set(Some(Sheet::Cart)),
            Intent::LikeComment(comment) => {
                self.sheet.set(None);
                self.like_comment(*comment);
            }
            Intent::Report(seq) => {
                self.sheet.set(None);
                self.report(*seq);
            }
        }
    }

    /// Takes a claim as the server gave it.
    pub(crate) fn hold(self, claim: CouponClaim) {
        self.claims.update(|claims| {
            claims.retain(|known| known.coupon.id != claim.coupon.id);
            claims.push(claim);
        });
    }

    /// Asks which coupons the viewer holds.
    pub(crate) fn load_claims(self) {
        let Some(room) = self.core().page.room.clone() else { return };
        self.spawn(async move {
            match self.api().claims(&room).await {
                Ok(claims) => self.claims.set(claims),
                Err(error) => self.complain(&error),
            }
        });
    }

    /// Asks for products as they are now: a price may have changed without an event.
    pub(crate) async fn reload_products(self) {
        let core = self.core();
        let Some(room) = core.page.room.clone() else { return };
        let seen = core.seen.get();
        match self.api().products(&room).await {
            Ok(products) => {
                core.timeline.borrow_mut().set_products(products, seen);
                self.refresh_products(&core);
                self.redraw(&core);
            }
            Err(error) => self.complain(&error),
        }
    }

    /// What to tell the viewer about an error.
    pub(crate) fn words(self, error: &ApiError) -> String {
        let lang = self.lang.get_untracked();
        match (problem(error.code(), lang), error) {
            (Some(words), _) => words.to_owned(),
            (None, ApiError::Refused(problem)) => problem.detail.clone(),
            (None, _) => lang.of(Text::SomethingWrong).to_owned(),
        }
    }

    /// Tells the viewer that something went wrong, and the page why.
    pub(crate) fn complain(self, error: &ApiError) {
        self.tell(&self.words(error), true);
        let (code, kind, cause, message) = (NETWORK, "shop", error.code(), error.to_string());
        let detail = ErrorDetail { code, kind, cause, message, fatal: false };
        announce(self.core().page.element.as_ref(), "error", &detail);
    }

    /// Shows a notice.
    pub(crate) fn tell(self, text: &str, bad: bool) {
        let number =
            self.notice.with_untracked(|before| before.as_ref().map_or(0, |before| before.number + 1));
        self.notice.set(Some(Notice { number, text: text.to_owned(), bad }));
    }
}
