//! Changes a product that is on sale: what it is called, what it costs, how many there are.

use super::desk::shared;
use super::entry::{MOST, compare_at, is_filled, price};
use crate::task::{Task, TaskError};
use crate::ui::{Field, Submit};
use crate::words::{Word, common, say, studio};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{LIMITS, Pricing, Product, ProductChange};

/// What was typed.
#[derive(Clone, Copy)]
struct Typed {
    title: RwSignal<String>,
    price: RwSignal<String>,
    compare_at: RwSignal<String>,
    restock: RwSignal<String>,
}

/// What is wrong with each field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wrong {
    title: Option<Word>,
    price: Option<Word>,
    compare_at: Option<Word>,
    restock: Option<Word>,
}

impl Typed {
    fn of(product: &Product) -> Self {
        let before = product.compare_at.map(|money| money.decimal()).unwrap_or_default();
        Self {
            title: RwSignal::new(product.title.clone()),
            price: RwSignal::new(product.price.decimal()),
            compare_at: RwSignal::new(before),
            restock: RwSignal::new(String::new()),
        }
    }

    /// The change from `product`, unless something is wrong with it; reactive. What was left as it is is not asked for,
    /// so that two hosts who change different things do not undo each other.
    fn read(self, product: &Product) -> Result<ProductChange, Box<Wrong>> {
        let now = price(&self.price.read(), product.price.currency);
        let before = now.map_or(Ok(None), |price| compare_at(&self.compare_at.read(), price));
        let restock = restock(&self.restock.read());
        match (is_filled(&self.title.read()), now, before, restock) {
            (None, Ok(now), Ok(before), Ok(restock)) => {
                let title = self.title.get().trim().to_owned();
                let repriced = now != product.price || before != product.compare_at;
                Ok(ProductChange {
                    title: (title != product.title).then_some(title),
                    price: repriced.then_some(Pricing { now, before }),
                    restock: (restock != 0).then_some(restock),
                    ..ProductChange::default()
                })
            }
            (title, now, before, restock) => Err(Box::new(Wrong {
                title,
                price: now.err(),
                compare_at: before.err(),
                restock: restock.err(),
            })),
        }
    }
}

/// Items that came in, or went out; nothing typed is none.
pub(crate) fn restock(typed: &str) -> Result<i64, Word> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(0);
    }
    match typed.parse::<i64>() {
        Ok(count) if (-MOST..=MOST).contains(&count) => Ok(count),
        _ => Err(studio::NOT_A_COUNT),
    }
}

/// The form; `done` closes it.
#[component]
pub(super) fn ProductEdit(product: Product, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let (shared, api, task) = (shared(), expect_context::<Api>(), Task::new());
    let (typed, id) = (Typed::of(&product), product.id);
    let product = StoredValue::new(product);
    let submitted = RwSignal::new(false);
    let wrong = Memo::new(move |_| {
        let checked = submitted.get().then(|| product.with_value(|product| typed.read(product).err()));
        checked.flatten().map(|wrong| *wrong).unwrap_or_default()
    });
    let error = move |pick: fn(Wrong) -> Option<Word>| Signal::derive(move || pick(wrong.get()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        let Ok(change) = untrack(|| product.with_value(|product| typed.read(product))) else { return };
        if change == ProductChange::default() {
            return done();
        }
        let (api, room) = (api.clone(), shared.room_id());
        task.run(async move { api.change_product(&room, id, &change).await }, move |_| done());
    };
    view! {
        <form class="form form-inset" novalidate on:submit=submit>
            <Field id="edit-title" label=studio::NAME value=typed.title error=error(|w| w.title) maxlength=LIMITS.title_chars/>
            <div class="field-row">
                <Field id="edit-price" label=studio::PRICE value=typed.price error=error(|w| w.price) inputmode="decimal"/>
                <Field id="edit-compare" label=studio::COMPARE_AT value=typed.compare_at error=error(|w| w.compare_at) inputmode="decimal"/>
            </div>
            <Field id="edit-restock" label=studio::RESTOCK value=typed.restock error=error(|w| w.restock) placeholder="+10"/>
            <TaskError task/>
            <div class="form-actions">
                <button type="button" class="button button-quiet" on:click=move |_| done()>{say(common::CANCEL)}</button>
                <Submit task label=studio::SAVE doing=studio::SAVING/>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_in_or_go_out() {
        assert_eq!(restock(""), Ok(0));
        assert_eq!(restock(" +10 "), Ok(10));
        assert_eq!(restock("-3"), Ok(-3));
        assert_eq!(restock("1.5"), Err(studio::NOT_A_COUNT));
        assert_eq!(restock("99999999999"), Err(studio::NOT_A_COUNT));
    }
}
