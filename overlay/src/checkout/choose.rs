use super::{Placed, agree::Agree, choice::Choice, options::Options};
use crate::{
    coupon::clock,
    product::{FEW, Offer},
    show::{Sheet, show},
    text::{Text, left},
    ui::{Picture, Price, Stepper},
};
use leptos::prelude::*;

/// The first step: which, how many, where to, with which coupons, for how much.
#[component]
pub(super) fn Choose(product: i64, placed: Placed) -> impl IntoView {
    let show = show();
    let choice = Choice::of(show, product);
    let quantity = choice.quantity;
    let most = Memo::new(move |_| choice.most());
    Effect::new(move |_| {
        let most = most.get().max(1);
        if quantity.get_untracked() > most {
            quantity.set(most);
        }
    });
    let sold_out = Memo::new(move |_| choice.sold_out());
    let put_by = move |_| {
        if !sold_out.get_untracked() {
            choice.basket.lines.with_untracked(|lines| lines.iter().for_each(|line| show.put_in_cart(*line)));
            show.sheet.set(Some(Sheet::Bag));
        }
    };
    let limit =
        move || choice.limit().map(|limit| show.say_in(Text::AtMost).replace("{}", &limit.to_string()));
    view! {
        <Line choice=choice />
        <Options choice=choice />
        <div class="field">
            <span>{move || show.say_in(Text::Quantity)} " " <small>{limit}</small></span>
            <Stepper value=quantity most=most />
        </div>
        <Agree basket=choice.basket sold_out=sold_out placed=placed>
            <button type="button" class="button soft" aria-disabled=move || sold_out.get().to_string() on:click=put_by>
                {move || show.say_in(Text::AddToCart)}
            </button>
        </Agree>
    }
}

/// What is bought.
#[component]
fn Line(choice: Choice) -> impl IntoView {
    let show = choice.show;
    let face = Memo::new(move |_| choice.product.get().map(|product| (product.image, product.title)));
    let facts = move || {
        let Offer { price, before, until, stock } = choice.offer.get()?;
        // A live price says how long it holds.
        let until = until.and_then(|until| clock(until, show.now.get()));
        Some(view! {
            <div class="facts">
                <Price price=price before=before />
                {until.map(|left| view! { <span class="few">{show.say_in(Text::PriceHolds)} " " {left}</span> })}
                {(1..FEW).contains(&stock).then(|| view! {
                    <span class="few">{left(stock, show.lang.get())}</span>
                })}
            </div>
        })
    };
    view! {
        <div class="item">
            {move || face.get().map(|(image, title)| view! { <Picture image=image title=title /> })}
            <div class="about">
                <h3>{move || face.get().map(|face| face.1)}</h3>
                {facts}
            </div>
        </div>
    }
}
