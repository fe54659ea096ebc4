use super::{
    Placed,
    address::AddressForm,
    attempt::Intent,
    choice::Choice,
    coupons::Coupons,
    options::Options,
    sums::{parts, total},
};
use crate::{
    announce::announce,
    api::IdempotencyKey,
    coupon::clock,
    money,
    product::{FEW, Offer},
    show::show,
    text::{Text, left},
    ui::{Picture, Price, Stepper},
};
use leptos::prelude::*;
use serde::Serialize;

/// Detail of `stall:cart`: what the shopper is about to buy.
#[derive(Clone, PartialEq, Serialize)]
struct CartDetail {
    product: i64,
    variant: Option<i64>,
    quantity: u32,
    /// The first of its coupons.
    coupon: Option<i64>,
    total: Option<protocol::Money>,
}

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
    let busy = RwSignal::new(false);
    let cart = Memo::new(move |_| {
        let quote = choice.quote();
        CartDetail {
            product,
            variant: choice.variant.get(),
            quantity: quantity.get(),
            coupon: quote.as_ref().and_then(|quote| quote.coupons.first()).map(|used| used.coupon),
            total: quote.map(|quote| quote.total),
        }
    });
    Effect::new(move |_| announce(show.core().page.element.as_ref(), "cart", &cart.get()));
    let sold_out = Memo::new(move |_| choice.sold_out());
    let needs_address = Memo::new(move |_| {
        choice.answer().and_then(|answer| answer.quote.ok()).is_some_and(|quote| quote.needs_address)
    });
    let idle = Memo::new(move |_| busy.get() || sold_out.get() || choice.quote().is_none());
    let place = move |_| {
        if idle.get_untracked() {
            return;
        }
        if needs_address.get_untracked() && !choice.destination.is_ready() {
            return show.tell(show.say_in(Text::AddressMissing), true);
        }
        let Some((order, room)) = untrack(|| choice.order()).zip(show.core().page.room.clone()) else {
            return;
        };
        busy.set(true);
        show.spawn(async move {
            let core = show.core();
            let intent = Intent::Order(Box::new(order.clone()));
            let key = core.attempts.borrow_mut().key(&intent, IdempotencyKey::random);
            let answer = show.api().place(&room, &order, &key).await;
            core.attempts.borrow_mut().heard(&intent, &answer);
            busy.set(false);
            match answer {
                Ok(order) => {
                    if order.address.is_some() {
                        choice.destination.keep();
                    }
                    announce(core.page.element.as_ref(), "order", &order);
                    placed.set(Some(order));
                }
                Err(error) => {
                    show.complain(&error);
                    if !error.is_unknown() {
                        show.reload_products().await;
                        show.load_claims();
                        choice.ask_again();
                    }
                }
            }
        });
    };
    let label = move || {
        show.say_in(match (busy.get(), sold_out.get()) {
            (true, _) => Text::Placing,
            (_, true) => Text::SoldOut,
            _ => Text::PlaceOrder,
        })
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
        {move || needs_address.get().then(|| view! { <AddressForm show=show destination=choice.destination /> })}
        <Coupons choice=choice />
        <Totals choice=choice />
        <button type="button" class="button wide" aria-disabled=move || idle.get().to_string() on:click=place>
            {label}
        </button>
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

/// What it comes to, as the server says; of what was chosen before, as long as it has not said.
#[component]
fn Totals(choice: Choice) -> impl IntoView {
    let show = choice.show;
    let answer = Memo::new(move |_| choice.answer());
    let stale = Memo::new(move |_| choice.quote().is_none());
    move || match answer.get().map(|answer| (answer.quote, answer.before)) {
        None => view! { <p class="hush">{show.say_in(Text::Loading)}</p> }.into_any(),
        Some((Err(words), _)) => view! { <p class="wrong" role="alert">{words}</p> }.into_any(),
        Some((Ok(quote), before)) => {
            let sums = (&quote).into();
            let changed = before.map(|before| {
                let before = money::format(before, show.lang.get());
                view! { <p class="wrong" role="alert">{show.say_in(Text::PriceChanged)} " " <s>{before}</s></p> }
            });
            view! {
                {changed}
                <dl class="totals" class:stale=stale>{parts(show, &[], sums)} {total(show, sums)}</dl>
            }
            .into_any()
        }
    }
}
