use super::{FEW, price_at, search::matches};
use crate::{
    show::{Intent, Sheet, show},
    text::{Text, found, left},
    ui::{Icon, Picture, Price, Repriced, Shape, SheetFrame},
};
use leptos::prelude::*;
use protocol::Product;

/// From so many things on there is a field to search them: fewer are seen at a glance.
const SEARCHED: usize = 6;

/// Opens the bag; says how many things are in it.
#[component]
pub(crate) fn BagButton() -> impl IntoView {
    let show = show();
    let count = move || show.products.with(Vec::len);
    view! {
        <button
            type="button"
            class="round bag"
            part="bag"
            aria-label=move || match count() {
                0 => show.say_in(Text::Bag).to_owned(),
                count => format!("{} {count}", show.say_in(Text::Bag)),
            }
            on:click=move |_| show.sheet.set(Some(Sheet::Bag))
        >
            <Icon shape=Shape::Bag />
            {move || (count() > 0).then(|| view! { <span class="count">{count()}</span> })}
        </button>
    }
}

/// Everything on sale, what is being shown first.
#[component]
pub(crate) fn Bag() -> impl IntoView {
    let show = show();
    show.look_at_cart();
    let pinned = Memo::new(move |_| show.pinned.with(|card| card.as_ref().map(|card| card.product.id)));
    let sought = RwSignal::new(String::new());
    let products = Memo::new(move |_| {
        let found = |products: &Vec<Product>| {
            sought.with(|sought| {
                products.iter().filter(|product| matches(product, sought)).map(|product| product.id).collect()
            })
        };
        let mut ids: Vec<i64> = show.products.with(found);
        ids.sort_by_key(|id| Some(*id) != pinned.get());
        ids
    });
    let searched = Memo::new(move |_| show.products.with(Vec::len) >= SEARCHED);
    let seeks = move || sought.with(|sought| !sought.trim().is_empty());
    let title =
        Signal::derive(move || format!("{} · {}", show.say_in(Text::BagTitle), show.products.with(Vec::len)));
    let in_cart = Memo::new(move |_| show.cart.with(Vec::len));
    let orders = move |_| show.open(Sheet::Orders, Intent::Orders);
    let cart = move |_| show.open(Sheet::Cart, Intent::Cart);
    view! {
        <SheetFrame title=title>
            {move || searched.get().then(|| view! { <Search sought=sought /> })}
            <p class="hidden" role="status">
                {move || seeks().then(|| found(products.with(Vec::len), show.lang.get()))}
            </p>
            <ul class="items">
                <For each=move || products.get() key=|id| *id children=move |id| view! { <Item id=id pinned=pinned /> } />
            </ul>
            <p class="hush" class:gone=move || show.products.with(|all| !all.is_empty())>
                {move || show.say_in(Text::BagEmpty)}
            </p>
            <p class="hush" class:gone=move || !seeks() || products.with(|found| !found.is_empty())>
                {move || show.say_in(Text::NothingFound)}
            </p>
            <button type="button" class="link" on:click=orders>
                <Icon shape=Shape::Receipt />
                {move || show.say_in(Text::MyOrders)}
            </button>
            {move || (in_cart.get() > 0).then(|| view! {
                <div class="act">
                    <button type="button" class="button wide cart" on:click=cart>
                        <Icon shape=Shape::Bag />
                        {move || format!("{} · {}", show.say_in(Text::Cart), in_cart.get())}
                    </button>
                </div>
            })}
        </SheetFrame>
    }
}

/// The field that is typed into to find something.
#[component]
fn Search(sought: RwSignal<String>) -> impl IntoView {
    let show = show();
    view! {
        <div class="search">
            <Icon shape=Shape::Search />
            <input
                type="search"
                autocomplete="off"
                enterkeyhint="search"
                maxlength="60"
                placeholder=move || show.say_in(Text::Search)
                aria-label=move || show.say_in(Text::Search)
                prop:value=sought
                on:input:target=move |event| sought.set(event.target().value())
            />
        </div>
    }
}

/// One product; drawn once, its price and stock as often as they change.
#[component]
fn Item(id: i64, pinned: Memo<Option<i64>>) -> impl IntoView {
    let show = show();
    let product = Memo::new(move |_| show.product(id));
    let face =
        Memo::new(move |_| product.get().map(|product| (product.image, product.title, product.description)));
    let sold_out =
        Memo::new(move |_| product.with(|product| product.as_ref().is_none_or(|product| product.stock <= 0)));
    let picture = move || face.get().map(|(image, title, _)| view! { <Picture image=image title=title /> });
    let words = move || {
        let (_, title, description) = face.get()?;
        Some(view! {
            <h3>{title}</h3>
            {(!description.is_empty()).then(|| view! { <p class="note">{description}</p> })}
        })
    };
    let shown = Memo::new(move |_| {
        let product = product.get()?;
        let (price, before) = price_at(&product, show.now.get());
        Some((price, before, product.stock))
    });
    let facts = move || {
        let (price, before, stock) = shown.get()?;
        Some(view! {
            <Price price=price before=before />
            <Repriced now=price before=show.core().timeline.borrow().price_before(id) />
            {(1..FEW).contains(&stock).then(|| view! { <span class="few">{left(stock, show.lang.get())}</span> })}
        })
    };
    view! {
        <li class="item" class:out=sold_out data-product=id>
            {picture}
            <div class="about">
                {move || (pinned.get() == Some(id)).then(|| view! {
                    <span class="now"><i aria-hidden="true"></i>{show.say_in(Text::NowShown)}</span>
                })}
                {words}
                <div class="facts">{facts}</div>
            </div>
            <button
                type="button"
                class="button buy"
                aria-disabled=move || sold_out.get().to_string()
                on:click=move |_| if !sold_out.get_untracked() { show.buy(id) }
            >
                {move || show.say_in(if sold_out.get() { Text::SoldOut } else { Text::Buy })}
            </button>
        </li>
    }
}
