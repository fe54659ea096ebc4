//! Changes what a product costs, how many there are and how many may be bought; and its variants likewise.

use crate::studio::{compare_at, count, is_filled, price, restock};
use crate::task::{Task, TaskError};
use crate::ui::{Field, Submit};
use crate::words::{Word, common, merchant, say, studio};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{Currency, LIMITS, Money, Pricing, Product, ProductChange, VariantChange};

/// A price and the one before it, as typed, and items that come in.
#[derive(Clone, Copy)]
struct Typed {
    price: RwSignal<String>,
    before: RwSignal<String>,
    restock: RwSignal<String>,
}

/// What is wrong with each field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wrong {
    title: Option<Word>,
    price: Option<Word>,
    before: Option<Word>,
    restock: Option<Word>,
    per_order: Option<Word>,
    per_user: Option<Word>,
}

impl Typed {
    fn of(price: Money, before: Option<Money>) -> Self {
        let before = before.map(|money| money.decimal()).unwrap_or_default();
        Self {
            price: RwSignal::new(price.decimal()),
            before: RwSignal::new(before),
            restock: RwSignal::new(String::new()),
        }
    }

    /// The price, and the items that come in; reactive.
    fn read(self, currency: Currency) -> Result<(Pricing, i64), Box<Wrong>> {
        let now = price(&self.price.read(), currency);
        let before = now.map_or(Ok(None), |price| compare_at(&self.before.read(), price));
        match (now, before, restock(&self.restock.read())) {
            (Ok(now), Ok(before), Ok(restock)) => Ok((Pricing { now, before }, restock)),
            (now, before, restock) => Err(Box::new(Wrong {
                price: now.err(),
                before: before.err(),
                restock: restock.err(),
                ..Wrong::default()
            })),
        }
    }
}

/// A bound as typed; nothing is none, which the server takes as 0.
fn bound(typed: &str) -> Result<u32, Word> {
    if typed.trim().is_empty() {
        return Ok(0);
    }
    let most = count(typed, 1)?;
    u32::try_from(most).map_err(|_| studio::NOT_A_COUNT)
}

/// What was typed about a product beside its price.
#[derive(Clone, Copy)]
struct Bounds {
    title: RwSignal<String>,
    per_order: RwSignal<String>,
    per_user: RwSignal<String>,
}

impl Bounds {
    fn of(product: &Product) -> Self {
        let text = |bound: Option<u32>| RwSignal::new(bound.map(|most| most.to_string()).unwrap_or_default());
        let (per_order, per_user) = (text(product.per_order), text(product.per_user));
        Self { title: RwSignal::new(product.title.clone()), per_order, per_user }
    }
}

/// The change from `product`, unless something is wrong with it; reactive. What was left as it is is not asked for, so
/// that two hosts who change different things do not undo each other.
fn change(product: &Product, typed: Typed, bounds: Bounds) -> Result<ProductChange, Box<Wrong>> {
    let title = is_filled(&bounds.title.read());
    let (per_order, per_user) = (bound(&bounds.per_order.read()), bound(&bounds.per_user.read()));
    match (title, typed.read(product.price.currency), per_order, per_user) {
        (None, Ok((pricing, restock)), Ok(per_order), Ok(per_user)) => {
            let title = bounds.title.get().trim().to_owned();
            let repriced = pricing != Pricing { now: product.price, before: product.compare_at };
            Ok(ProductChange {
                title: (title != product.title).then_some(title),
                price: repriced.then_some(pricing),
                restock: (restock != 0).then_some(restock),
                per_order: (per_order != product.per_order.unwrap_or(0)).then_some(per_order),
                per_user: (per_user != product.per_user.unwrap_or(0)).then_some(per_user),
                ..ProductChange::default()
            })
        }
        (title, priced, per_order, per_user) => Err(Box::new(Wrong {
            title,
            per_order: per_order.err(),
            per_user: per_user.err(),
            ..priced.err().map(|wrong| *wrong).unwrap_or_default()
        })),
    }
}

/// The form of a product; `done` closes it.
#[component]
pub(super) fn ProductForm(room: String, product: Product, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let (api, task) = (expect_context::<Api>(), Task::new());
    let (typed, bounds) = (Typed::of(product.price, product.compare_at), Bounds::of(&product));
    let has_variants = !product.variants.is_empty();
    let product = StoredValue::new(product);
    let read = move || product.with_value(|product| change(product, typed, bounds));
    let submitted = RwSignal::new(false);
    let wrong = Memo::new(move |_| *submitted.get().then(|| read().err()).flatten().unwrap_or_default());
    let error = move |pick: fn(Wrong) -> Option<Word>| Signal::derive(move || pick(wrong.get()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        let Ok(change) = untrack(read) else { return };
        if change == ProductChange::default() {
            return done();
        }
        let (api, room, id) = (api.clone(), room.clone(), product.with_value(|product| product.id));
        task.run(async move { api.change_product(&room, id, &change).await }, move |_| done());
    };
    view! {
        <form class="form form-inset" novalidate on:submit=submit>
            <Field id="edit-title" label=studio::NAME value=bounds.title error=error(|w| w.title) maxlength=LIMITS.title_chars/>
            <div class="field-row">
                <Field id="edit-price" label=studio::PRICE value=typed.price error=error(|w| w.price) inputmode="decimal"/>
                <Field id="edit-compare" label=studio::COMPARE_AT value=typed.before error=error(|w| w.before) inputmode="decimal"/>
            </div>
            <div class="field-row">
                <Field id="edit-per-order" label=merchant::PER_ORDER value=bounds.per_order error=error(|w| w.per_order) inputmode="numeric"/>
                <Field id="edit-per-user" label=merchant::PER_USER value=bounds.per_user error=error(|w| w.per_user) inputmode="numeric"/>
            </div>
            {(!has_variants).then(|| view! {
                <Field id="edit-restock" label=studio::RESTOCK value=typed.restock error=error(|w| w.restock) placeholder="+10"/>
            })}
            <TaskError task/>
            <div class="form-actions">
                <button type="button" class="button button-quiet" on:click=move |_| done()>{say(common::CANCEL)}</button>
                <Submit task label=studio::SAVE doing=studio::SAVING/>
            </div>
        </form>
    }
}

/// The form of a variant, which costs what `before` says; `done` closes it.
#[component]
pub(super) fn VariantForm(
    room: String,
    product: i64,
    variant: i64,
    before: Pricing,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let (api, task) = (expect_context::<Api>(), Task::new());
    let (typed, id) = (Typed::of(before.now, before.before), variant);
    let read = move || typed.read(before.now.currency);
    let submitted = RwSignal::new(false);
    let wrong = Memo::new(move |_| *submitted.get().then(|| read().err()).flatten().unwrap_or_default());
    let error = move |pick: fn(Wrong) -> Option<Word>| Signal::derive(move || pick(wrong.get()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        let Ok((pricing, restock)) = untrack(read) else { return };
        let change = VariantChange {
            price: (pricing != before).then_some(pricing),
            restock: (restock != 0).then_some(restock),
            ..VariantChange::default()
        };
        if change == VariantChange::default() {
            return done();
        }
        let (api, room) = (api.clone(), room.clone());
        task.run(async move { api.change_variant(&room, (product, id), &change).await }, move |_| done());
    };
    view! {
        <form class="form form-inset" novalidate on:submit=submit>
            <div class="field-row">
                <Field id=field_id("price", id) label=studio::PRICE value=typed.price error=error(|w| w.price) inputmode="decimal"/>
                <Field id=field_id("compare", id) label=studio::COMPARE_AT value=typed.before error=error(|w| w.before) inputmode="decimal"/>
            </div>
            <Field id=field_id("restock", id) label=studio::RESTOCK value=typed.restock error=error(|w| w.restock) placeholder="+10"/>
            <TaskError task/>
            <div class="form-actions">
                <button type="button" class="button button-quiet" on:click=move |_| done()>{say(common::CANCEL)}</button>
                <Submit task label=studio::SAVE doing=studio::SAVING/>
            </div>
        </form>
    }
}

/// A field's name: several variants may be open.
fn field_id(name: &str, variant: i64) -> String {
    format!("variant-{variant}-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_bound_is_an_empty_field() {
        assert_eq!(bound(" "), Ok(0));
        assert_eq!(bound("2"), Ok(2));
        assert_eq!(bound("0"), Err(studio::NOT_POSITIVE));
        assert_eq!(bound("two"), Err(studio::NOT_A_COUNT));
    }
}
