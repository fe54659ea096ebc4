use super::FEW;
use crate::{
    show::{Intent, Sheet, show},
    text::Text,
    ui::{Icon, Picture, Price, Shape, SheetFrame},
};
use leptos::prelude::*;
use protocol::Product;

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
            aria-label=move || show.say_in(Text::Bag)
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
    let pinned = Memo::new(move |_| show.pinned.with(|card| card.as_ref().map(|card| card.product.id)));
    let products = move || {
        let mut products = show.products.get();
        products.sort_by_key(|product| Some(product.id) != pinned.get());
        products
    };
    let title =
        Signal::derive(move || format!("{} · {}", show.say_in(Text::BagTitle), show.products.with(Vec::len)));
    let orders = move |_| {
        let guest = show.user.with_untracked(Option::is_none);
        show.sheet.set(Some(if guest { Sheet::LogIn(Intent::Orders) } else { Sheet::Orders }));
    };
    view! {
        <SheetFrame title=title>
            <ul class="items">
                <For each=products key=look children=move |product| view! { <Item product=product pinned=pinned /> } />
            </ul>
            <p class="hush" class:gone=move || show.products.with(|all| !all.is_empty())>
                {move || show.say_in(Text::BagEmpty)}
            </p>
            <button type="button" class="link" on:click=orders>
                <Icon shape=Shape::Receipt />
                {move || show.say_in(Text::MyOrders)}
            </button>
        </SheetFrame>
    }
}

/// What makes an item of the bag look different.
fn look(product: &Product) -> (i64, i64, String, String, i64) {
    (product.id, product.price.amount, product.title.clone(), product.image.clone(), product.stock)
}

#[component]
fn Item(product: Product, pinned: Memo<Option<i64>>) -> impl IntoView {
    let show = show();
    let Product { id, title, description, image, price, compare_at, stock } = product;
    let sold_out = stock <= 0;
    let few = (1..FEW).contains(&stock);
    view! {
        <li class="item" class:out=sold_out data-product=id>
            <Picture image=image title=title.clone() />
            <div class="about">
                {move || (pinned.get() == Some(id)).then(|| view! {
                    <span class="now"><i aria-hidden="true"></i>{show.say_in(Text::NowShown)}</span>
                })}
                <h3>{title}</h3>
                {(!description.is_empty()).then(|| view! { <p class="note">{description}</p> })}
                <div class="facts">
                    <Price price=price before=compare_at />
                    {few.then(|| view! { <span class="few">{stock} " " {move || show.say_in(Text::Left)}</span> })}
                </div>
            </div>
            <button type="button" class="button buy" disabled=sold_out on:click=move |_| show.buy(id)>
                {move || show.say_in(if sold_out { Text::SoldOut } else { Text::Buy })}
            </button>
        </li>
    }
}
