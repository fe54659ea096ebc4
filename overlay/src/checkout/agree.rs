use super::{
    Placed,
    address::AddressForm,
    attempt::Intent,
    basket::Basket,
    coupons::Coupons,
    invoice::{self, InvoiceForm},
    sums::{parts, total},
};
use crate::{announce::announce, money, text::Text};
use leptos::prelude::*;
use protocol::{Money, NewLine};
use serde::Serialize;

/// Detail of `stall:cart`: what the shopper is about to buy.
#[derive(Clone, PartialEq, Serialize)]
struct CartDetail {
    /// All of it.
    lines: Vec<NewLine>,
    /// The first of the lines.
    product: Option<i64>,
    variant: Option<i64>,
    quantity: u32,
    /// The first of its coupons.
    coupon: Option<i64>,
    total: Option<Money>,
}

impl CartDetail {
    fn of(basket: Basket) -> Self {
        let (quote, lines) = (basket.quote(), basket.lines.get());
        let first = lines.first().copied();
        Self {
            product: first.map(|line| line.product),
            variant: first.and_then(|line| line.variant),
            quantity: first.map_or(0, |line| line.quantity),
            coupon: quote.as_ref().and_then(|quote| quote.coupons.first()).map(|used| used.coupon),
            total: quote.map(|quote| quote.total),
            lines,
        }
    }
}

/// Where to, with which coupons, for how much; and the button that orders it.
#[component]
pub(super) fn Agree(
    basket: Basket,
    /// Whether nothing is left of it.
    #[prop(into)]
    sold_out: Signal<bool>,
    placed: Placed,
    /// Whether it is in the cart until it is ordered.
    #[prop(optional)]
    from_cart: bool,
    /// What else there is to do with it, beside ordering it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let show = basket.show;
    let busy = RwSignal::new(false);
    let detail = Memo::new(move |_| CartDetail::of(basket));
    Effect::new(move |_| announce(show.core().page.element.as_ref(), "cart", &detail.get()));
    let needs_address = Memo::new(move |_| {
        basket.answer().and_then(|answer| answer.quote.ok()).is_some_and(|quote| quote.needs_address)
    });
    let idle = Memo::new(move |_| busy.get() || sold_out.get() || basket.quote().is_none());
    let place = move |_| {
        if idle.get_untracked() {
            return;
        }
        if needs_address.get_untracked() && !basket.destination.is_ready() {
            return show.tell(show.say_in(Text::AddressMissing), true);
        }
        if !basket.invoice.with_untracked(|invoice| invoice::is_ready(invoice.as_ref())) {
            return show.tell(show.say_in(Text::InvoiceMissing), true);
        }
        let Some((order, room)) = untrack(|| basket.order()).zip(show.core().page.room.clone()) else {
            return;
        };
        busy.set(true);
        show.spawn(async move {
            let core = show.core();
            let intent = Intent::Order(Box::new(order.clone()));
            let answer = show.attempt(intent, async |key| show.api().place(&room, &order, key).await).await;
            busy.set(false);
            match answer {
                Ok(made) => {
                    announce(core.page.element.as_ref(), "order", &made);
                    if from_cart {
                        show.ordered_from_cart(&order.lines);
                    }
                    if let Some(address) = &order.address {
                        basket.destination.keep(address);
                    }
                    placed.set(Some(made));
                }
                Err(error) => {
                    show.complain(&error);
                    if !error.is_unknown() {
                        show.reload_products().await;
                        show.load_claims();
                        basket.ask_again();
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
    // The sum above may be out of sight.
    let to_pay = move || {
        let quote = basket.quote().filter(|_| !idle.get())?;
        Some(money::format(quote.total, show.lang.get()))
    };
    view! {
        {move || needs_address.get().then(|| view! { <AddressForm show=show destination=basket.destination /> })}
        <Coupons basket=basket />
        <InvoiceForm show=show invoice=basket.invoice />
        <Totals basket=basket />
        <div class="act">
            {children.map(|children| children())}
            <button type="button" class="button wide" aria-disabled=move || idle.get().to_string() on:click=place>
                {label}
                " "
                {to_pay}
            </button>
        </div>
    }
}

/// What it comes to, as the server says; of what was chosen before, as long as it has not said.
#[component]
fn Totals(basket: Basket) -> impl IntoView {
    let show = basket.show;
    let answer = Memo::new(move |_| basket.answer());
    let stale = Memo::new(move |_| basket.quote().is_none());
    move || match answer.get().map(|answer| (answer.quote, answer.before)) {
        _ if basket.lines.with(Vec::is_empty) => ().into_any(),
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
