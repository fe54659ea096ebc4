//! What is on sale, and where its items are.

use super::import::Import;
use super::product::{ProductForm, VariantForm};
use crate::load::{Load, show};
use crate::poll::poll;
use crate::ui::{Empty, Icon, Shape};
use crate::words::{Word, fill, lang, merchant, say, studio};
use leptos::prelude::*;
use overlay::{api::Api, money};
use protocol::{Pricing, Product, StockLevel, Variant};

/// How often stock is asked for: orders move it.
const REFRESH_MS: u32 = 8_000;

/// Formats of a product file.
const FORMATS: [&str; 4] = ["csv", "tsv", "xml", "json"];

/// What is on sale, and where its items are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct OnSale {
    products: Vec<Product>,
    levels: Vec<StockLevel>,
}

impl OnSale {
    fn levels_of(&self, product: i64) -> Vec<StockLevel> {
        self.levels.iter().filter(|level| level.product == product).copied().collect()
    }
}

/// The part.
#[component]
pub(super) fn Products(room: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let state = RwSignal::new(Load::<OnSale>::Waiting);
    let asked_room = room.clone();
    let ask = move || {
        let (api, room) = (api.clone(), asked_room.clone());
        async move {
            let answer = async {
                Ok(OnSale { products: api.products(&room).await?, levels: api.stock(&room).await? })
            };
            let answer = answer.await;
            state.try_update(|state| state.update(answer));
        }
    };
    poll(REFRESH_MS, ask.clone());
    let changed = Callback::new(move |()| leptos::task::spawn_local(ask()));
    let ready = Memo::new(move |_| state.with(|state| state.ready().is_some()));
    let links = FORMATS.map(|format| {
        let address = format!("/api/v1/rooms/{room}/products/export?format={format}");
        view! { <a class="button button-quiet button-small" href=address download=format!("products.{format}")>{format.to_uppercase()}</a> }
    });
    let importing_room = room.clone();
    view! {
        <section class="merchant-part">
            <Import room=importing_room changed/>
            <p class="merchant-export"><span>{say(merchant::EXPORT)}</span>{links.collect_view()}</p>
            {move || match ready.get() {
                true => view! { <List room=room.clone() state changed/> }.into_any(),
                false => state.with(|state| show(state, |_| ())),
            }}
        </section>
    }
}

#[component]
fn List(room: String, state: RwSignal<Load<OnSale>>, changed: Callback<()>) -> impl IntoView {
    let on_sale = Memo::new(move |_| state.with(|state| state.ready().cloned().unwrap_or_default()));
    let open = RwSignal::new(None::<i64>);
    let room = StoredValue::new(room);
    view! {
        {move || on_sale.with(|all| all.products.is_empty()).then(|| view! {
            <Empty title=studio::NO_PRODUCTS hint=merchant::IMPORT_HINT/>
        })}
        <ul class="entries">
            <For each=move || on_sale.get().products key=|product| product.id let:product>
                <Row room=room.get_value() product on_sale open changed/>
            </For>
        </ul>
    }
}

#[component]
fn Row(
    room: String,
    product: Product,
    on_sale: Memo<OnSale>,
    open: RwSignal<Option<i64>>,
    changed: Callback<()>,
) -> impl IntoView {
    let id = product.id;
    let now = Memo::new(move |before: Option<&Product>| {
        let found = on_sale.with(|all| all.products.iter().find(|one| one.id == id).cloned());
        found.or_else(|| before.cloned()).unwrap_or_else(|| product.clone())
    });
    let levels = Memo::new(move |_| on_sale.with(|all| all.levels_of(id)));
    let is_open = Memo::new(move |_| open.get() == Some(id));
    let body = format!("product-{id}");
    let done = move || {
        open.set(None);
        changed.run(());
    };
    let room = StoredValue::new(room);
    view! {
        <li class="entry" class:entry-open=move || is_open.get()>
            <h2>
                <button type="button" class="entry-head" aria-expanded=move || is_open.get().to_string()
                    aria-controls=body.clone() on:click=move |_| open.set((!is_open.get_untracked()).then_some(id))>
                    {move || now.with(|product| view! { <Glance product=product.clone()/> })}
                </button>
            </h2>
            {move || levels.with(|levels| view! { <Levels levels=levels.clone()/> })}
            <div id=body class="entry-body" hidden=move || !is_open.get()>
                {move || is_open.get().then(|| {
                    let product = now.get_untracked();
                    let variants = product.variants.clone().into_iter().map(|variant| {
                        let level = levels.with_untracked(|all| all.iter().find(|one| one.variant == Some(variant.id)).copied());
                        view! { <VariantRow room=room.get_value() product=id variant level changed/> }
                    });
                    view! {
                        <ProductForm room=room.get_value() product=product.clone() done/>
                        <div class="variants">{variants.collect_view()}</div>
                    }
                })}
            </div>
        </li>
    }
}

#[component]
fn Glance(product: Product) -> impl IntoView {
    let (lang, api) = (lang(), expect_context::<Api>());
    let picture = match api.picture(&product.image) {
        Some(address) => view! { <img src=address alt="" loading="lazy" decoding="async"/> }.into_any(),
        None => view! { <span class="row-blank"><Icon shape=Shape::Bag/></span> }.into_any(),
    };
    let variants = product.variants.len();
    let bound = |bound: Option<u32>, word: Word| bound.map(|most| view! { <span>{fill(word, most)}</span> });
    view! {
        <span class="entry-picture">{picture}</span>
        <span class="entry-words">
            <strong>{product.title}</strong>
            <span class="entry-facts">
                {(!product.sku.is_empty()).then(|| view! { <code>{product.sku.clone()}</code> })}
                {(variants > 0).then(|| view! { <span>{fill(merchant::VARIANTS, variants)}</span> })}
                {bound(product.per_order, merchant::LIMIT_ORDER)}
                {bound(product.per_user, merchant::LIMIT_USER)}
            </span>
        </span>
        <span class="entry-end">
            <span class="price">{move || money::format(product.price, lang.get())}</span>
            {product.compare_at.map(|before| view! { <s>{move || money::format(before, lang.get())}</s> })}
        </span>
    }
}

/// Where the items of a product are, those of its variants together.
#[component]
fn Levels(levels: Vec<StockLevel>) -> impl IntoView {
    let sum = |pick: fn(&StockLevel) -> i64| levels.iter().map(pick).sum::<i64>();
    let (on_hand, held, sold) = (sum(|one| one.on_hand), sum(|one| one.held), sum(|one| one.sold));
    view! { <Figures on_hand held sold/> }
}

#[component]
fn Figures(on_hand: i64, held: i64, sold: i64) -> impl IntoView {
    let lang = lang();
    let left = on_hand.saturating_sub(held).saturating_sub(sold);
    let figure = |word: Word, number: i64, class: &'static str| {
        view! { <div class=class><dt>{say(word)}</dt><dd>{move || money::exact(number, lang.get())}</dd></div> }
    };
    view! {
        <dl class="levels">
            {figure(merchant::ON_HAND, on_hand, "")}
            {figure(merchant::HELD, held, "")}
            {figure(merchant::SOLD, sold, "")}
            {figure(merchant::FOR_SALE, left, if left == 0 { "levels-left levels-none" } else { "levels-left" })}
        </dl>
    }
}

#[component]
fn VariantRow(
    room: String,
    product: i64,
    variant: Variant,
    level: Option<StockLevel>,
    changed: Callback<()>,
) -> impl IntoView {
    let lang = lang();
    let options: Vec<String> = variant.options.iter().map(|option| option.value.clone()).collect();
    let editing = RwSignal::new(false);
    let (id, price) = (variant.id, variant.price);
    let before = Pricing { now: price, before: variant.compare_at };
    let room = StoredValue::new(room);
    let done = move || {
        editing.set(false);
        changed.run(());
    };
    view! {
        <div class="variant">
            <p class="variant-head">
                <strong>{options.join(" · ")}</strong>
                <span class="price">{move || money::format(price, lang.get())}</span>
                <button type="button" class="button button-quiet button-small" aria-expanded=move || editing.get().to_string()
                    on:click=move |_| editing.update(|on| *on = !*on)>{say(studio::EDIT)}</button>
            </p>
            {level.map(|one| view! { <Figures on_hand=one.on_hand held=one.held sold=one.sold/> })}
            {move || editing.get().then(|| view! {
                <VariantForm room=room.get_value() product variant=id before done/>
            })}
        </div>
    }
}
