//! Puts a product on sale.

use super::desk::shared;
use super::entry::{CURRENCIES, check_image, compare_at, count, is_filled, price};
use crate::task::{Task, TaskError};
use crate::ui::{Field, Submit};
use crate::words::{Word, common, say, studio};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{Currency, LIMITS, NewProduct};

/// What was typed.
#[derive(Clone, Copy)]
struct Typed {
    title: RwSignal<String>,
    description: RwSignal<String>,
    currency: RwSignal<String>,
    price: RwSignal<String>,
    compare_at: RwSignal<String>,
    stock: RwSignal<String>,
    image: RwSignal<String>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let currency = RwSignal::new(CURRENCIES.first().copied().unwrap_or_default().to_owned());
        let stock = RwSignal::new("10".to_owned());
        let (title, description, price) = (empty(), empty(), empty());
        Self { title, description, currency, price, compare_at: empty(), stock, image: empty() }
    }

    /// The product, unless something is wrong with it; reactive.
    fn read(self) -> Result<NewProduct, Box<Wrong>> {
        let currency = self.currency.read().parse().unwrap_or(Currency::CNY);
        let price = price(&self.price.read(), currency);
        let before = price.map_or(Ok(None), |price| compare_at(&self.compare_at.read(), price));
        let stock = count(&self.stock.read(), 0);
        let (title, image) = (is_filled(&self.title.read()), check_image(&self.image.read()));
        match (title, image, price, before, stock) {
            (None, None, Ok(price), Ok(compare_at), Ok(stock)) => Ok(NewProduct {
                description: self.description.get().trim().to_owned(),
                image: self.image.get().trim().to_owned(),
                compare_at,
                ..NewProduct::plain(self.title.get().trim(), price, stock)
            }),
            _ => Err(Box::new(Wrong {
                title,
                image,
                price: price.err(),
                compare_at: before.err(),
                stock: stock.err(),
            })),
        }
    }
}

/// What is wrong with each field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wrong {
    title: Option<Word>,
    image: Option<Word>,
    price: Option<Word>,
    compare_at: Option<Word>,
    stock: Option<Word>,
}

/// The form; `done` closes it.
#[component]
pub(super) fn ProductForm(done: impl Fn() + Copy + 'static) -> impl IntoView {
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
        if let Ok(product) = untrack(|| typed.read()) {
            let (api, room) = (api.clone(), shared.room_id());
            task.run(async move { api.create_product(&room, &product).await }, move |product| {
                shared.show.update(|show| show.add_product(product));
                done();
            });
        }
    };
    view! {
        <form class="form form-inset" novalidate on:submit=submit>
            <Field id="product-title" label=studio::NAME value=typed.title error=error(|w| w.title) maxlength=LIMITS.title_chars/>
            <Field id="product-description" label=studio::DESCRIPTION value=typed.description/>
            <div class="field-row">
                <Field id="product-price" label=studio::PRICE value=typed.price error=error(|w| w.price) inputmode="decimal" placeholder="59.00"/>
                <CurrencyChoice id="product-currency" value=typed.currency/>
            </div>
            <div class="field-row">
                <Field id="product-compare" label=studio::COMPARE_AT value=typed.compare_at error=error(|w| w.compare_at) inputmode="decimal"/>
                <Field id="product-stock" label=studio::STOCK value=typed.stock error=error(|w| w.stock) inputmode="numeric"/>
            </div>
            <Field id="product-image" label=studio::IMAGE value=typed.image error=error(|w| w.image) inputmode="url" maxlength=2000/>
            <TaskError task/>
            <div class="form-actions">
                <button type="button" class="button button-quiet" on:click=move |_| done()>{say(common::CANCEL)}</button>
                <Submit task label=studio::ADD doing=studio::ADDING/>
            </div>
        </form>
    }
}

/// Which currency amounts are in.
#[component]
pub(crate) fn CurrencyChoice(id: &'static str, value: RwSignal<String>) -> impl IntoView {
    let options = CURRENCIES.iter().map(|code| view! { <option value=*code>{*code}</option> }).collect_view();
    view! {
        <div class="field field-short">
            <label for=id>{say(studio::CURRENCY)}</label>
            <select id=id bind:value=value>{options}</select>
            <p class="field-note"></p>
        </div>
    }
}
