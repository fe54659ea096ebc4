use super::{FEW, price_at};
use crate::{
    show::show,
    text::{Text, left},
    ui::{Icon, Picture, Price, Repriced, Shape},
};
use leptos::prelude::*;
use protocol::{Money, Product};

/// The card of the product that the host shows. It comes and goes with the picture; its price and stock are of now.
#[component]
pub(crate) fn Pinned() -> impl IntoView {
    let show = show();
    // Put away by the viewer, until the host pins again.
    let closed = RwSignal::new(None);
    let moment =
        Memo::new(move |_| show.pinned.with(|card| card.as_ref().map(|card| (card.product.id, card.since))));
    Effect::new(move |_| {
        moment.track();
        if let Some(card) = show.pinned.get_untracked() {
            show.announce_product("shown", &card.product);
        }
    });
    let product = Memo::new(move |_| show.pinned.with(|card| card.as_ref().map(|card| card.product.clone())));
    let before =
        Memo::new(move |_| show.pinned.with(|card| card.as_ref().and_then(|card| card.price_before)));
    move || {
        let shown = moment.get().filter(|moment| closed.get() != Some(*moment))?;
        Some(view! { <Card product=product before=before on_close=move || closed.set(Some(shown)) /> })
    }
}

#[component]
fn Card(
    product: Memo<Option<Product>>,
    before: Memo<Option<Money>>,
    on_close: impl Fn() + Send + 'static,
) -> impl IntoView {
    let show = show();
    let face = Memo::new(move |_| product.get().map(|product| (product.id, product.image, product.title)));
    let sold_out = move || product.with(|product| product.as_ref().is_none_or(|product| product.stock <= 0));
    let stock = move || {
        let stock = product.with(|product| product.as_ref().map(|product| product.stock))?;
        (1..FEW).contains(&stock).then(|| view! { <span class="few">{left(stock, show.lang.get())}</span> })
    };
    let shown = Memo::new(move |_| product.get().map(|product| price_at(&product, show.now.get())));
    let price = move || {
        shown.get().map(|(price, struck)| {
            view! {
                <Price price=price before=struck />
                <Repriced now=price before=before.get() />
            }
        })
    };
    let buy = move |_| {
        if let Some(product) = product.get_untracked().filter(|product| product.stock > 0) {
            show.announce_product("clicked", &product);
            show.buy(product.id);
        }
    };
    view! {
        <article class="card pinned" part="card product-card" class:out=sold_out data-product=move || face.get().map(|face| face.0)>
            {move || face.get().map(|(_, image, title)| view! { <Picture image=image title=title /> })}
            <div class="about">
                <span class="now">
                    <i aria-hidden="true"></i>
                    {move || show.say_in(Text::NowShown)}
                </span>
                <h3>{move || face.get().map(|face| face.2)}</h3>
                <div class="facts">{price} {stock}</div>
            </div>
            <button type="button" class="button buy" aria-disabled=move || sold_out().to_string() on:click=buy>
                {move || show.say_in(if sold_out() { Text::SoldOut } else { Text::Buy })}
            </button>
            <button type="button" class="shut" aria-label=move || show.say_in(Text::Close) on:click=move |_| on_close()>
                <Icon shape=Shape::Close />
            </button>
        </article>
    }
}
