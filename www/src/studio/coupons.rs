//! The room's coupons, and which of them are out.

use super::command::CommandButton;
use super::coupon_form::CouponForm;
use super::desk::shared;
use crate::terms::{terms, ticket};
use crate::ui::{Empty, Icon, Shape};
use crate::words::{fill, lang, say, studio};
use leptos::prelude::*;
use protocol::{Command, Coupon};

/// The panel.
#[component]
pub(super) fn Coupons() -> impl IntoView {
    let shared = shared();
    let coupons = shared.part(|show| show.coupons.clone());
    let adding = RwSignal::new(false);
    view! {
        <section class="panel goods goods-coupons">
            <header class="panel-head">
                <h2>{say(studio::COUPONS)}</h2>
                <button type="button" class="button button-quiet button-small" aria-expanded=move || adding.get().to_string()
                    on:click=move |_| adding.update(|on| *on = !*on)>
                    <Icon shape=Shape::Plus/>{say(studio::ADD_COUPON)}
                </button>
            </header>
            {move || adding.get().then(|| view! { <CouponForm done=move || adding.set(false)/> })}
            {move || coupons.with(Vec::is_empty).then(|| view! {
                <Empty title=studio::NO_COUPONS hint=studio::NO_COUPONS_HINT shape=Shape::Ticket/>
            })}
            <ul class="rows">
                <For each=move || coupons.get() key=|coupon| coupon.id let:coupon><Row coupon/></For>
            </ul>
        </section>
    }
}

#[component]
fn Row(coupon: Coupon) -> impl IntoView {
    let (shared, lang) = (shared(), lang());
    let id = coupon.id;
    let out = shared.part(move |show| show.released.contains(&id));
    // Of a coupon, only how many are left changes.
    let total = coupon.total;
    let left = shared.part(move |show| show.coupons.iter().find(|c| c.id == id).map_or(0, |c| c.remaining));
    let left = move || fill(studio::REMAINING, format!("{}/{total}", left.get()));
    let (title, coupon) = (coupon.title.clone(), StoredValue::new(coupon));
    view! {
        <li class="row" class:row-on=out>
            <span class="row-ticket">{move || coupon.with_value(|coupon| ticket(coupon, lang.get()))}</span>
            <div class="row-words">
                <strong>{title}</strong>
                <p><span>{move || coupon.with_value(|coupon| terms(coupon, lang.get()))}</span><span class="stock">{left}</span></p>
            </div>
            {move || match out.get() {
                true => view! {
                    <CommandButton label=studio::WITHDRAW doing=studio::WITHDRAWING class="button button-quiet button-small"
                        command=move || Command::WithdrawCoupon { coupon: id, at: shared.picture.program_time() }/>
                }
                .into_any(),
                false => view! {
                    <CommandButton label=studio::RELEASE doing=studio::RELEASING class="button button-primary button-small"
                        command=move || Command::ReleaseCoupon { coupon: id, at: shared.picture.program_time() }/>
                }
                .into_any(),
            }}
            {move || out.get().then(|| view! { <span class="row-flag"><Icon shape=Shape::Ticket/>{say(studio::RELEASED)}</span> })}
        </li>
    }
}
