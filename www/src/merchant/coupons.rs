//! The room's coupons: their terms, and what became of them.

use super::coupon_form::CouponForm;
use crate::load::{Load, show};
use crate::poll::poll;
use crate::terms::{terms, ticket};
use crate::ui::{Empty, Icon, Shape};
use crate::words::{Word, fill, lang, merchant, say, studio};
use leptos::prelude::*;
use overlay::time::day_and_time;
use overlay::{api::Api, money};
use protocol::{Coupon, CouponClass, CouponCounts, Product, ServerTime};

/// How often they are asked for: viewers claim and use them.
const REFRESH_MS: u32 = 8_000;

/// A coupon with what became of it.
type Counted = (Coupon, CouponCounts);

/// The part.
#[component]
pub(super) fn Coupons(room: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let state = RwSignal::new(Load::<(Vec<Counted>, Vec<Product>)>::Waiting);
    let asked_room = room.clone();
    let ask = move || {
        let (api, room) = (api.clone(), asked_room.clone());
        async move {
            let answer = async {
                let (coupons, counts) = (api.coupons(&room).await?, api.coupon_counts(&room).await?);
                let counted = coupons.into_iter().filter_map(|coupon| {
                    let counts = counts.iter().find(|counts| counts.coupon == coupon.id)?.clone();
                    Some((coupon, counts))
                });
                // The newest first: that is what was made for the show at hand.
                let counted = counted.collect::<Vec<_>>().into_iter().rev().collect();
                Ok((counted, api.products(&room).await?))
            };
            let answer = answer.await;
            state.try_update(|state| state.update(answer));
        }
    };
    poll(REFRESH_MS, ask.clone());
    let adding = RwSignal::new(false);
    let done = Callback::new(move |made: bool| {
        adding.set(false);
        if made {
            leptos::task::spawn_local(ask());
        }
    });
    let products = Memo::new(move |_| {
        state.with(|state| state.ready().map(|(_, products)| products.clone()).unwrap_or_default())
    });
    let coupons = Memo::new(move |_| match state.get() {
        Load::Ready((coupons, _)) => Load::Ready(coupons),
        Load::Waiting => Load::Waiting,
        Load::Failed(error) => Load::Failed(error),
    });
    view! {
        <section class="merchant-part">
            <p class="merchant-bar">
                <button type="button" class="button button-primary" aria-expanded=move || adding.get().to_string()
                    on:click=move |_| adding.update(|on| *on = !*on)>
                    <Icon shape=Shape::Plus/>{say(studio::ADD_COUPON)}
                </button>
            </p>
            {move || adding.get().then(|| view! { <CouponForm room=room.clone() products done/> })}
            {move || coupons.with(|coupons| show(coupons, |coupons| view! { <List coupons=coupons.clone()/> }))}
        </section>
    }
}

#[component]
fn List(coupons: Vec<Counted>) -> impl IntoView {
    if coupons.is_empty() {
        return view! { <Empty title=studio::NO_COUPONS hint=studio::NO_COUPONS_HINT shape=Shape::Ticket/> }
            .into_any();
    }
    let rows = coupons.into_iter().map(|(coupon, counts)| view! { <Row coupon counts/> }).collect_view();
    view! { <ul class="entries">{rows}</ul> }.into_any()
}

#[component]
fn Row(coupon: Coupon, counts: CouponCounts) -> impl IntoView {
    let lang = lang();
    let time = move |word: Word, at: ServerTime| {
        move || {
            let lang = lang.get();
            word.get(lang).replace("{}", &day_and_time(at, lang))
        }
    };
    let class = (coupon.class != CouponClass::Order).then(|| say(merchant::class(coupon.class)));
    let starts = coupon.starts.map(|at| view! { <span>{time(merchant::FROM_TIME, at)}</span> });
    let expires = coupon.expires.map(|at| view! { <span>{time(merchant::UNTIL_TIME, at)}</span> });
    let code = counts.code.map(|code| view! { <span>{fill(merchant::CODE_IS, code)}</span> });
    let exclusive = coupon.exclusive.then(|| view! { <span>{say(merchant::EXCLUSIVE)}</span> });
    let figures = [
        (merchant::ISSUED, counts.issued),
        (merchant::CLAIMED, counts.claimed),
        (merchant::REDEEMED, counts.redeemed),
    ];
    let figures = figures.map(|(word, number)| {
        view! { <div><dt>{say(word)}</dt><dd>{move || money::exact(number, lang.get())}</dd></div> }
    });
    let (title, coupon) = (coupon.title.clone(), StoredValue::new(coupon));
    view! {
        <li class="entry">
            <div class="entry-head">
                <span class="row-ticket">{move || coupon.with_value(|coupon| ticket(coupon, lang.get()))}</span>
                <div class="entry-words">
                    <h2>{title}</h2>
                    <p class="entry-facts">
                        <span>{move || coupon.with_value(|coupon| terms(coupon, lang.get()))}</span>
                        {class.map(|class| view! { <span>{class}</span> })}
                        {code}{starts}{expires}{exclusive}
                    </p>
                </div>
                {counts.released.then(|| view! { <span class="chip chip-good">{say(studio::RELEASED)}</span> })}
            </div>
            <dl class="levels">{figures.collect_view()}</dl>
        </li>
    }
}
