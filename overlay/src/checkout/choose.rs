use super::{
    Placed,
    attempt::Intent,
    total::{Total, applies, best, total},
};
use crate::{
    announce::announce,
    api::IdempotencyKey,
    coupon::condition,
    money,
    product::FEW,
    show::{Show, show},
    text::{Text, left},
    ui::{Picture, Price, Stepper},
};
use leptos::prelude::*;
use protocol::{CouponClaim, LIMITS, NewOrder, ServerTime};
use serde::Serialize;

/// Detail of `stall:cart`: what the shopper is about to buy.
#[derive(Clone, PartialEq, Serialize)]
struct CartDetail {
    product: i64,
    quantity: u32,
    coupon: Option<i64>,
    total: Option<protocol::Money>,
}

/// How many, with which coupon, for how much.
#[derive(Clone, Copy)]
struct Choice {
    show: Show,
    product: i64,
    quantity: RwSignal<u32>,
    /// The coupon that the shopper picked, or that none be used; none picked yet means the best one.
    picked: RwSignal<Option<Option<i64>>>,
}

impl Choice {
    fn price(self) -> Option<protocol::Money> {
        self.show.product(self.product).map(|product| product.price)
    }

    fn subtotal(self) -> Option<protocol::Money> {
        total(self.price()?, self.quantity.get(), None).map(|total| total.subtotal)
    }

    fn usable(self) -> Vec<CouponClaim> {
        let Some(subtotal) = self.subtotal() else { return Vec::new() };
        let now = self.show.now.get();
        self.show
            .claims
            .with(|claims| claims.iter().filter(|claim| applies(claim, subtotal, now)).cloned().collect())
    }

    fn coupon(self) -> Option<i64> {
        let usable = self.usable();
        match self.picked.get() {
            Some(picked) => picked.filter(|id| usable.iter().any(|claim| claim.coupon.id == *id)),
            // Expiry was looked at already.
            None => best(&usable, self.subtotal()?, ServerTime(i64::MIN)),
        }
    }

    fn total(self) -> Option<Total> {
        let coupon = self.coupon();
        let claims = self.show.claims.get();
        let claim = claims.iter().find(|claim| Some(claim.coupon.id) == coupon);
        total(self.price()?, self.quantity.get(), claim)
    }

    fn order(self) -> Option<NewOrder> {
        let (product, quantity) = (self.product, self.quantity.get());
        Some(NewOrder { product, quantity, coupon: self.coupon(), expected_total: self.total()?.total })
    }
}

/// The first step: quantity, coupon, total.
#[component]
pub(super) fn Choose(product: i64, placed: Placed) -> impl IntoView {
    let show = show();
    let (quantity, picked) = (RwSignal::new(1), RwSignal::new(None));
    let choice = Choice { show, product, quantity, picked };
    let stock = Memo::new(move |_| show.product(product).map_or(0, |product| product.stock));
    let most = Signal::derive(move || {
        u32::try_from(stock.get().max(0)).unwrap_or(u32::MAX).min(LIMITS.order_quantity)
    });
    Effect::new(move |_| {
        let most = most.get().max(1);
        if quantity.get_untracked() > most {
            quantity.set(most);
        }
    });
    let busy = RwSignal::new(false);
    let cart = Memo::new(move |_| CartDetail {
        product,
        quantity: quantity.get(),
        coupon: choice.coupon(),
        total: choice.total().map(|total| total.total),
    });
    Effect::new(move |_| announce(show.core().page.element.as_ref(), "cart", &cart.get()));
    let sold_out = move || stock.get() <= 0;
    let place = move |_| {
        if busy.get_untracked() || untrack(sold_out) {
            return;
        }
        let Some((order, room)) = untrack(|| choice.order()).zip(show.core().page.room.clone()) else {
            return;
        };
        busy.set(true);
        show.spawn(async move {
            let core = show.core();
            let intent = Intent::Order(order.clone());
            let key = core.attempts.borrow_mut().key(&intent, IdempotencyKey::random);
            let answer = show.api().place(&room, &order, &key).await;
            core.attempts.borrow_mut().heard(&intent, &answer);
            busy.set(false);
            match answer {
                Ok(order) => {
                    announce(core.page.element.as_ref(), "order", &order);
                    placed.set(Some(order));
                }
                Err(error) => {
                    show.complain(&error);
                    if !error.is_unknown() {
                        show.reload_products().await;
                        show.load_claims();
                    }
                }
            }
        });
    };
    let label = move || {
        show.say_in(match (busy.get(), sold_out()) {
            (true, _) => Text::Placing,
            (_, true) => Text::SoldOut,
            _ => Text::PlaceOrder,
        })
    };
    view! {
        <Line choice=choice />
        <div class="field">
            <span>{move || show.say_in(Text::Quantity)}</span>
            <Stepper value=quantity most=most />
        </div>
        <CouponPicker choice=choice />
        <Totals choice=choice />
        <button type="button" class="button wide" aria-disabled=move || (busy.get() || sold_out()).to_string() on:click=place>
            {label}
        </button>
    }
}

/// What is bought.
#[component]
fn Line(choice: Choice) -> impl IntoView {
    let show = choice.show;
    let product = Memo::new(move |_| show.product(choice.product));
    let face = Memo::new(move |_| product.get().map(|product| (product.image, product.title)));
    view! {
        <div class="item">
            {move || face.get().map(|(image, title)| view! { <Picture image=image title=title /> })}
            <div class="about">
                <h3>{move || face.get().map(|face| face.1)}</h3>
                {move || product.get().map(|product| view! {
                    <div class="facts">
                        <Price price=product.price before=product.compare_at />
                        {(1..FEW).contains(&product.stock).then(|| view! {
                            <span class="few">{left(product.stock, show.lang.get())}</span>
                        })}
                    </div>
                })}
            </div>
        </div>
    }
}

#[component]
fn CouponPicker(choice: Choice) -> impl IntoView {
    let show = choice.show;
    let usable = Memo::new(move |_| choice.usable());
    let radio = move |id: Option<i64>| {
        view! {
            <input
                type="radio"
                name="coupon"
                prop:checked=move || choice.coupon() == id
                on:change=move |_| choice.picked.set(Some(id))
            />
        }
    };
    let one = move |claim: CouponClaim| {
        let coupon = claim.coupon;
        let off = money::format(coupon.amount_off, show.lang.get());
        let condition = condition(&coupon, show.lang.get());
        view! {
            <label class="pick">
                {radio(Some(coupon.id))}
                <span class="grow"><b>{coupon.title.clone()}</b><small>{condition}</small></span>
                <span class="off">"−" {off}</span>
            </label>
        }
    };
    move || {
        let usable = usable.get();
        (!usable.is_empty()).then(|| view! {
            <fieldset class="picks">
                <legend>{move || show.say_in(Text::Coupon)}</legend>
                {usable.into_iter().map(one).collect_view()}
                <label class="pick">{radio(None)} <span class="grow">{move || show.say_in(Text::NoCoupon)}</span></label>
            </fieldset>
        })
    }
}

#[component]
fn Totals(choice: Choice) -> impl IntoView {
    let show = choice.show;
    let format = move |money| money::format(money, show.lang.get());
    let totals = Memo::new(move |_| choice.total());
    move || {
        totals.get().map(|Total { subtotal, discount, total }| view! {
            <dl class="totals">
                <div><dt>{show.say_in(Text::Subtotal)}</dt><dd>{format(subtotal)}</dd></div>
                {(discount.amount > 0).then(|| view! {
                    <div class="off"><dt>{show.say_in(Text::Discount)}</dt><dd>"−" {format(discount)}</dd></div>
                })}
                <div class="sum"><dt>{show.say_in(Text::Total)}</dt><dd>{format(total)}</dd></div>
            </dl>
        })
    }
}
