//! What is on sale, and which of it is on screen.

use super::command::CommandButton;
use super::desk::shared;
use super::product_edit::ProductEdit;
use super::product_form::ProductForm;
use crate::ui::{Empty, Icon, Shape};
use crate::words::{fill, lang, say, studio};
use leptos::prelude::*;
use overlay::{api::Api, money};
use protocol::{Command, Product};

/// The panel.
#[component]
pub(super) fn Products() -> impl IntoView {
    let shared = shared();
    let products = shared.part(|show| show.products.clone());
    let adding = RwSignal::new(false);
    let editing = RwSignal::new(None::<i64>);
    view! {
        <section class="panel goods goods-products">
            <header class="panel-head">
                <h2>{say(studio::PRODUCTS)}</h2>
                <button type="button" class="button button-quiet button-small" aria-expanded=move || adding.get().to_string()
                    on:click=move |_| adding.update(|on| *on = !*on)>
                    <Icon shape=Shape::Plus/>{say(studio::ADD_PRODUCT)}
                </button>
            </header>
            {move || adding.get().then(|| view! { <ProductForm done=move || adding.set(false)/> })}
            {move || products.with(Vec::is_empty).then(|| view! {
                <Empty title=studio::NO_PRODUCTS hint=studio::NO_PRODUCTS_HINT shape=Shape::Bag/>
            })}
            <ul class="rows">
                <For each=move || products.get() key=face let:product><Row product editing/></For>
            </ul>
        </section>
    }
}

/// What a row shows but for its stock, which changes with every order: a row is drawn anew when this is another.
fn face(product: &Product) -> (i64, String, i64, Option<i64>) {
    (product.id, product.title.clone(), product.price.amount, product.compare_at.map(|before| before.amount))
}

#[component]
fn Row(product: Product, editing: RwSignal<Option<i64>>) -> impl IntoView {
    let (shared, lang) = (shared(), lang());
    let id = product.id;
    let pinned = shared.part(move |show| show.pinned == Some(id));
    let picture = expect_context::<Api>().picture(&product.image);
    let (price, before) = (product.price, product.compare_at);
    let stock = shared.part(move |show| show.products.iter().find(|p| p.id == id).map_or(0, |p| p.stock));
    let stock = move || match stock.get() {
        ..=0 => view! { <span class="chip chip-bad">{say(studio::SOLD_OUT)}</span> }.into_any(),
        stock => view! { <span class="stock">{fill(studio::IN_STOCK, stock)}</span> }.into_any(),
    };
    let edited = Memo::new(move |_| editing.get() == Some(id));
    let current =
        move || shared.show.with_untracked(|show| show.products.iter().find(|p| p.id == id).cloned());
    view! {
        <li class="row" class:row-on=pinned>
            {match picture {
                Some(address) => view! { <img src=address alt="" loading="lazy" decoding="async"/> }.into_any(),
                None => view! { <span class="row-blank"><Icon shape=Shape::Bag/></span> }.into_any(),
            }}
            <div class="row-words">
                <strong>{product.title}</strong>
                <p>
                    <span class="price">{move || money::format(price, lang.get())}</span>
                    {before.map(|before| view! { <s>{move || money::format(before, lang.get())}</s> })}
                    {stock}
                </p>
            </div>
            <button type="button" class="button button-quiet button-icon button-small" aria-label=say(studio::EDIT) title=say(studio::EDIT)
                aria-expanded=move || edited.get().to_string()
                on:click=move |_| editing.update(|open| *open = (*open != Some(id)).then_some(id))>
                <Icon shape=Shape::Pen/>
            </button>
            {move || match pinned.get() {
                true => view! {
                    <CommandButton label=studio::UNPIN doing=studio::UNPINNING class="button button-quiet button-small"
                        command=move || Command::UnpinProduct { product: id, at: shared.picture.program_time() }/>
                }
                .into_any(),
                false => view! {
                    <CommandButton label=studio::PIN doing=studio::PINNING class="button button-primary button-small"
                        command=move || Command::PinProduct { product: id, at: shared.picture.program_time() }/>
                }
                .into_any(),
            }}
            {move || pinned.get().then(|| view! { <span class="row-flag"><Icon shape=Shape::Pin/>{say(studio::ON_SCREEN)}</span> })}
            {move || edited.get().then(current).flatten().map(|product| {
                view! { <ProductEdit product done=move || editing.set(None)/> }
            })}
        </li>
    }
}
