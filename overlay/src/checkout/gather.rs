use super::{Placed, agree::Agree, basket::Basket};
use crate::{
    product::{FEW, Offer, named},
    show::{Show, show},
    text::{Text, left},
    ui::{Icon, Picture, Price, Shape, Stepper, sheet_focus},
};
use leptos::prelude::*;
use protocol::{NewLine, Product};

/// What a line of the cart is of, as it stands now.
#[derive(Debug, Clone, PartialEq)]
struct Goods {
    product: Product,
    /// Its variant in words: "Red, L".
    options: String,
    offer: Offer,
    /// How many may be bought at once.
    most: u32,
}

impl Goods {
    /// Nothing when the product, or the variant, is not on sale any more. Reactive.
    fn of(show: Show, product: i64, variant: Option<i64>) -> Option<Self> {
        let product = show.product(product)?;
        let chosen = named(&product, variant);
        if chosen.is_none() && (variant.is_some() || !product.variants.is_empty()) {
            return None;
        }
        let values = chosen.iter().flat_map(|variant| &variant.options).map(|option| option.value.as_str());
        let options = values.collect::<Vec<_>>().join(", ");
        let offer = Offer::of(&product, chosen, show.now.get());
        let most = offer.most(&product);
        Some(Self { product, options, offer, most })
    }
}

/// The first step of buying all that is in the cart: how many of each, where to, with which coupons, for how much.
#[component]
pub(super) fn Gather(placed: Placed) -> impl IntoView {
    let show = show();
    show.look_at_cart();
    let goods = move |line: &NewLine| Goods::of(show, line.product, line.variant);
    // Of what is gone or sold out nothing is ordered, and of the rest no more than there is; each says so itself.
    let there = Memo::new(move |_| {
        let there = |line: &NewLine| {
            let quantity = line.quantity.min(goods(line)?.most);
            (quantity > 0).then_some(NewLine { quantity, ..*line })
        };
        show.cart.with(|cart| cart.iter().filter_map(there).collect::<Vec<_>>())
    });
    let prices = Memo::new(move |_| {
        let price = |line: &NewLine| goods(line).map(|goods| goods.offer.price);
        there.with(|lines| lines.iter().map(price).collect::<Vec<_>>())
    });
    let basket = Basket::of(show, there, prices);
    let items = move || {
        show.cart.with(|cart| cart.iter().map(|line| (line.product, line.variant)).collect::<Vec<_>>())
    };
    let empty = Memo::new(move |_| show.cart.with(Vec::is_empty));
    let sold_out = Memo::new(move |_| there.with(Vec::is_empty));
    view! {
        <ul class="items">
            <For each=items key=Clone::clone children=move |(product, variant)| {
                view! { <Item product=product variant=variant /> }.into_any()
            } />
        </ul>
        {move || match empty.get() {
            true => view! { <p class="hush">{show.say_in(Text::CartEmpty)}</p> }.into_any(),
            false => view! { <Agree basket=basket sold_out=sold_out placed=placed from_cart=true /> }.into_any(),
        }}
    }
}

/// One line of the cart; drawn once, so that it keeps the focus.
#[component]
fn Item(product: i64, variant: Option<i64>) -> impl IntoView {
    let show = show();
    let goods = Memo::new(move |_| Goods::of(show, product, variant));
    let is_this = move |line: &&NewLine| (line.product, line.variant) == (product, variant);
    let wanted =
        Memo::new(move |_| show.cart.with(|cart| cart.iter().find(is_this).map_or(1, |line| line.quantity)));
    let most = Memo::new(move |_| goods.with(|goods| goods.as_ref().map_or(0, |goods| goods.most)));
    let gone = Memo::new(move |_| most.get() == 0);
    // What is bought: no more than there is. What is wanted is kept: more may be there again in a moment.
    let bought = move || wanted.get().min(most.get().max(1));
    let quantity = RwSignal::new(untrack(bought));
    Effect::new(move |_| quantity.set(bought()));
    Effect::new(move |_| {
        let chosen = quantity.get();
        if chosen != untrack(bought) {
            show.resize_in_cart(NewLine { product, variant, quantity: chosen });
        }
    });
    let fewer = move || {
        (!gone.get() && wanted.get() > most.get()).then(|| {
            let text = show.say_in(Text::FewerThere).replace("{}", &most.get().to_string());
            view! { <p class="wrong" role="alert">{text}</p> }
        })
    };
    let face = Memo::new(move |_| {
        goods.with(|goods| {
            let Goods { product, options, .. } = goods.as_ref()?;
            Some((product.image.clone(), product.title.clone(), options.clone()))
        })
    });
    let facts = move || match goods.get() {
        None => view! { <span class="few">{show.say_in(Text::NotOnSale)}</span> }.into_any(),
        Some(Goods { offer, most: 0, .. }) => view! {
            <Price price=offer.price before=offer.before />
            <span class="few">{show.say_in(Text::SoldOut)}</span>
        }
        .into_any(),
        Some(Goods { offer, .. }) => view! {
            <Price price=offer.price before=offer.before />
            {(1..FEW).contains(&offer.stock).then(|| view! {
                <span class="few">{left(offer.stock, show.lang.get())}</span>
            })}
        }
        .into_any(),
    };
    let name = move || {
        face.get().map(
            |(_, title, options)| if options.is_empty() { title } else { format!("{title} · {options}") },
        )
    };
    let to_sheet = sheet_focus();
    let remove = move |_| {
        show.take_from_cart(&NewLine { product, variant, quantity: 1 });
        to_sheet();
    };
    view! {
        <li class="item goods" class:out=gone data-product=product>
            {move || face.get().map(|(image, title, _)| view! { <Picture image=image title=title /> })}
            <div class="about">
                <h3>{name}</h3>
                {fewer}
                <div class="facts">
                    {facts}
                    {move || (!gone.get()).then(|| view! { <Stepper value=quantity most=most /> })}
                </div>
            </div>
            <button
                type="button"
                class="round plain"
                aria-label=move || format!("{} {}", show.say_in(Text::Remove), name().unwrap_or_else(|| show.say_in(Text::NotOnSale).to_owned()))
                on:click=remove
            >
                <Icon shape=Shape::Close />
            </button>
        </li>
    }
}
