use super::{CouponState, clock, state};
use crate::{
    money,
    show::{Show, show},
    text::{Lang, Text, left},
};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use protocol::{Coupon, CouponClass};
use timeline::CouponCard;

/// Cards at once: more would push the list away; the checkout offers every claimed one.
const MOST: usize = 2;

/// How long a card stays once there is nothing left to do with it: long enough to be read.
const LINGER_MS: u32 = 8_000;

/// The newest coupons that are out.
#[component]
pub(crate) fn Coupons() -> impl IntoView {
    let show = show();
    let ids = Memo::new(move |_| {
        let ids =
            |cards: &Vec<CouponCard>| cards.iter().rev().take(MOST).map(|card| card.coupon.id).collect();
        let mut ids: Vec<i64> = show.coupons.with(ids);
        ids.reverse();
        ids
    });
    view! { <For each=move || ids.get() key=|id| *id children=|id| view! { <Passing id=id /> } /> }
}

/// A card that goes away a while after there is nothing left to do with it.
#[component]
fn Passing(id: i64) -> impl IntoView {
    let show = show();
    let card =
        Memo::new(move |_| show.coupons.with(|all| all.iter().find(|card| card.coupon.id == id).cloned()));
    let standing = Memo::new(move |_| {
        card.with(|card| {
            let card = card.as_ref()?;
            Some(show.claims.with(|claims| state(card, claims, show.now.get())))
        })
    });
    let passed = RwSignal::new(false);
    let timer = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        if standing.get() == Some(CouponState::Open) {
            timer.set_value(None);
            passed.set(false);
        } else if timer.with_value(Option::is_none) {
            timer.set_value(Some(Timeout::new(LINGER_MS, move || passed.set(true))));
        }
    });
    move || (!passed.get()).then(|| view! { <Card id=id card=card standing=standing /> })
}

/// "¥30 off over ¥199".
pub(crate) fn condition(coupon: &Coupon, lang: Lang) -> String {
    if coupon.min_spend.amount <= 0 {
        return lang.of(Text::NoMinimum).to_owned();
    }
    lang.of(Text::Over).replace("{}", &money::format(coupon.min_spend, lang))
}

/// What it takes off: "¥30", or "−10%"; or that it gives something.
fn amount(coupon: &Coupon, lang: Lang) -> String {
    match (coupon.class, coupon.percent_off) {
        (CouponClass::Gift, _) => lang.of(Text::ForFree).to_owned(),
        (_, Some(part)) => format!("−{part}%"),
        (_, None) => money::format(coupon.amount_off, lang),
    }
}

#[component]
fn Card(id: i64, card: Memo<Option<CouponCard>>, standing: Memo<Option<CouponState>>) -> impl IntoView {
    let show = show();
    let claiming = RwSignal::new(false);
    let open = move || standing.get() == Some(CouponState::Open);
    let claim = move |_| {
        if claiming.get_untracked() || untrack(move || !open()) {
            return;
        }
        claiming.set(true);
        show.claim(id, move || claiming.set(false));
    };
    let coupon = move || card.get().map(|card| card.coupon);
    view! {
        <article class="card coupon" part="card coupon-card" class:out=move || !open() data-coupon=id>
            <div class="amount">{move || coupon().map(|coupon| amount(&coupon, show.lang.get()))}</div>
            <div class="about">
                <h3>{move || coupon().map(|coupon| coupon.title)}</h3>
                <p class="note">{move || coupon().map(|coupon| note(&coupon, show))}</p>
            </div>
            <button type="button" class="button" aria-disabled=move || (claiming.get() || !open()).to_string()on:click=claim>
                {move || show.say_in(label(standing.get(), claiming.get()))}
            </button>
        </article>
    }
}

/// Condition, countdown and how many are left.
fn note(coupon: &Coupon, show: Show) -> String {
    let lang = show.lang.get();
    let mut parts = vec![condition(coupon, lang)];
    if let Some(left) = coupon.expires.and_then(|end| clock(end, show.now.get())) {
        parts.push(format!("{} {left}", lang.of(Text::EndsIn)));
    }
    if coupon.remaining > 0 && coupon.remaining * 5 <= coupon.total {
        parts.push(left(coupon.remaining, lang));
    }
    parts.join(" · ")
}

const fn label(state: Option<CouponState>, claiming: bool) -> Text {
    match state {
        Some(CouponState::Open) if claiming => Text::Claiming,
        Some(CouponState::Open) | None => Text::Claim,
        Some(CouponState::Claimed) => Text::Claimed,
        Some(CouponState::Used) => Text::Used,
        Some(CouponState::Gone) => Text::Gone,
        Some(CouponState::Ended) => Text::Ended,
        Some(CouponState::Expired) => Text::Expired,
    }
}
