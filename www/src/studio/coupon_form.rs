//! Makes a coupon, to be released when the moment is right.

use super::desk::shared;
use super::entry::{CURRENCIES, amount, count, is_filled, price};
use super::product_form::CurrencyChoice;
use crate::task::{Task, TaskError};
use crate::ui::{Field, Submit};
use crate::words::{Word, common, say, studio};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{Currency, LIMITS, NewCoupon};

/// What was typed.
#[derive(Clone, Copy)]
struct Typed {
    title: RwSignal<String>,
    currency: RwSignal<String>,
    amount_off: RwSignal<String>,
    min_spend: RwSignal<String>,
    total: RwSignal<String>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let currency = RwSignal::new(CURRENCIES.first().copied().unwrap_or_default().to_owned());
        let total = RwSignal::new("100".to_owned());
        Self { title: empty(), currency, amount_off: empty(), min_spend: empty(), total }
    }

    /// The coupon, unless something is wrong with it; reactive.
    fn read(self) -> Result<NewCoupon, Box<Wrong>> {
        let currency = self.currency.read().parse().unwrap_or(Currency::CNY);
        let title = is_filled(&self.title.read());
        let amount_off = price(&self.amount_off.read(), currency);
        let min_spend = amount(&self.min_spend.read(), currency);
        let total = count(&self.total.read(), 1);
        match (title, amount_off, min_spend, total) {
            (None, Ok(amount_off), Ok(min_spend), Ok(total)) => {
                let title = self.title.get().trim().to_owned();
                Ok(NewCoupon::plain(title, amount_off, min_spend, total))
            }
            _ => Err(Box::new(Wrong {
                title,
                amount_off: amount_off.err(),
                min_spend: min_spend.err(),
                total: total.err(),
            })),
        }
    }
}

/// What is wrong with each field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wrong {
    title: Option<Word>,
    amount_off: Option<Word>,
    min_spend: Option<Word>,
    total: Option<Word>,
}

/// The form; `done` closes it.
#[component]
pub(super) fn CouponForm(done: impl Fn() + Copy + 'static) -> impl IntoView {
    let (shared, api, task) = (shared(), expect_context::<Api>(), Task::new());
    let typed = Typed::new();
    let submitted = RwSignal::new(false);
    let wrong = Memo::new(move |_| {
        let checked = if submitted.get() { typed.read().err() } else { None };
        checked.map(|wrong| *wrong).unwrap_or_default()
    });
    let error = move |pick: fn(Wrong) -> Option<Word>| Signal::derive(move || pick(wrong.get()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        if let Ok(coupon) = untrack(|| typed.read()) {
            let (api, room) = (api.clone(), shared.room_id());
            task.run(async move { api.create_coupon(&room, &coupon).await }, move |coupon| {
                shared.show.update(|show| show.add_coupon(coupon));
                done();
            });
        }
    };
    view! {
        <form class="form form-inset" novalidate on:submit=submit>
            <Field id="coupon-title" label=studio::COUPON_TITLE value=typed.title error=error(|w| w.title) maxlength=LIMITS.title_chars/>
            <div class="field-row">
                <Field id="coupon-off" label=studio::AMOUNT_OFF value=typed.amount_off error=error(|w| w.amount_off) inputmode="decimal" placeholder="10"/>
                <Field id="coupon-min" label=studio::MIN_SPEND value=typed.min_spend error=error(|w| w.min_spend) inputmode="decimal" placeholder="99"/>
            </div>
            <div class="field-row">
                <Field id="coupon-total" label=studio::TOTAL value=typed.total error=error(|w| w.total) inputmode="numeric"/>
                <CurrencyChoice id="coupon-currency" value=typed.currency/>
            </div>
            <TaskError task/>
            <div class="form-actions">
                <button type="button" class="button button-quiet" on:click=move |_| done()>{say(common::CANCEL)}</button>
                <Submit task label=studio::CREATE doing=studio::CREATING/>
            </div>
        </form>
    }
}
