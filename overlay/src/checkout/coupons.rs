//! Which coupons come off: the best ones as the server finds them, until the shopper picks others. Each that does not says why.

use super::basket::Basket;
use crate::{
    coupon::condition,
    money,
    text::{Text, problem},
};
use leptos::prelude::*;
use protocol::{ClaimCode, Coupon, CouponClaim, Quote};

/// Characters of a code; the server takes no more.
const CODE: usize = 32;
/// What is no reason against picking a coupon: others are used in its place.
const OUTDONE: [&str; 2] = ["others_are_better", "coupons_do_not_combine"];

/// The coupons that are used after `coupon` was put on or taken off: one of each class, and an exclusive one alone.
fn pick(all: &[Coupon], used: &[i64], coupon: i64, on: bool) -> Vec<i64> {
    let find = |id: i64| all.iter().find(|one| one.id == id);
    let goes_along = |id: &i64| match (find(*id), find(coupon)) {
        (Some(one), Some(new)) => one.class != new.class && !one.exclusive && !new.exclusive,
        _ => true,
    };
    let others = used.iter().copied().filter(|id| *id != coupon && (!on || goes_along(id)));
    others.chain(on.then_some(coupon)).collect()
}

/// What `quote` says against a coupon: a code.
fn reason(quote: &Quote, coupon: i64) -> Option<&str> {
    let reason = quote.reasons.iter().find(|reason| reason.coupon == coupon)?;
    Some(reason.code.as_str())
}

/// The shopper's coupons, and a place for a code.
#[component]
pub(super) fn Coupons(basket: Basket) -> impl IntoView {
    let show = basket.show;
    let held = Memo::new(move |_| {
        show.claims.with(|claims| claims.iter().filter(|claim| !claim.used).cloned().collect::<Vec<_>>())
    });
    let all = move || held.get().into_iter().map(|claim| claim.coupon);
    view! {
        <fieldset class="picks" class:none=move || held.with(Vec::is_empty)>
            <legend>{move || show.say_in(Text::Coupon)}</legend>
            <For each=all key=|coupon| coupon.id children=move |coupon| {
                view! { <One basket=basket held=held coupon=coupon /> }.into_any()
            } />
        </fieldset>
        <Code basket=basket />
    }
}

#[component]
fn One(basket: Basket, held: Memo<Vec<CouponClaim>>, coupon: Coupon) -> impl IntoView {
    let show = basket.show;
    let id = coupon.id;
    let used = move || {
        let quote = basket.answer()?.quote.ok()?;
        Some(quote.coupons)
    };
    let off = Memo::new(move |_| used()?.into_iter().find(|used| used.coupon == id).map(|used| used.off));
    // Only of the best combination does the server say what is against the others.
    let against = Memo::new(move |_| {
        let best = basket.best.get()?.quote.ok()?;
        reason(&best, id).map(str::to_owned)
    });
    let barred = move || {
        off.get().is_none()
            && against.with(|code| code.as_ref().is_some_and(|code| !OUTDONE.contains(&code.as_str())))
    };
    let change = move |on: bool| {
        let coupons: Vec<Coupon> =
            held.with_untracked(|held| held.iter().map(|claim| claim.coupon.clone()).collect());
        let used: Vec<i64> = untrack(used).unwrap_or_default().iter().map(|used| used.coupon).collect();
        basket.picked.set(Some(pick(&coupons, &used, id, on)));
    };
    let title = coupon.title.clone();
    let condition = move || condition(&coupon, show.lang.get());
    let note = move || {
        let lang = show.lang.get();
        let against = if off.get().is_some() { None } else { against.get() };
        against.and_then(|code| problem(&code, lang)).map_or_else(&condition, str::to_owned)
    };
    view! {
        <label class="pick" class:out=barred>
            <input
                type="checkbox"
                name="coupon"
                value=id
                prop:checked=move || off.get().is_some()
                disabled=barred
                on:change:target=move |event| change(event.target().checked())
            />
            <span class="grow"><b>{title}</b><small>{note}</small></span>
            <span class="off">
                {move || off.get().map(|off| format!("−{}", money::format(off, show.lang.get())))}
            </span>
        </label>
    }
}

#[component]
fn Code(basket: Basket) -> impl IntoView {
    let show = basket.show;
    let code = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let claim = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = code.get_untracked().trim().to_owned();
        let Some(room) = show.core().page.room.clone().filter(|_| !typed.is_empty() && !busy.get_untracked())
        else {
            return;
        };
        busy.set(true);
        wrong.set(None);
        show.spawn(async move {
            let claimed = show.api().claim_code(&room, &ClaimCode { code: typed }).await;
            busy.set(false);
            match claimed {
                Ok(claim) => {
                    show.hold(claim);
                    code.set(String::new());
                    basket.picked.set(None);
                }
                Err(error) => wrong.set(Some(show.words(&error))),
            }
        });
    };
    view! {
        <form class="code" on:submit=claim>
            <input
                type="text"
                name="code"
                autocomplete="off"
                autocapitalize="characters"
                maxlength=CODE.to_string()
                aria-label=move || show.say_in(Text::CouponCode)
                placeholder=move || show.say_in(Text::CouponCode)
                prop:value=code
                on:input:target=move |event| code.set(event.target().value())
            />
            <button type="submit" class="button" aria-disabled=move || busy.get().to_string()>
                {move || show.say_in(Text::UseCode)}
            </button>
        </form>
        <p class="wrong" role="alert">{wrong}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{CouponClass, Currency, Money};

    fn coupon(id: i64, class: CouponClass, exclusive: bool) -> Coupon {
        let off = Money::new(500, Currency::CNY);
        Coupon { class, exclusive, ..Coupon::plain(id, "c", off, off, 10) }
    }

    #[test]
    fn one_coupon_of_each_class_is_used_and_an_exclusive_one_alone() {
        let all = [
            coupon(1, CouponClass::Order, false),
            coupon(2, CouponClass::Order, false),
            coupon(3, CouponClass::Shipping, false),
            coupon(4, CouponClass::Items, true),
        ];
        assert_eq!(pick(&all, &[], 1, true), [1]);
        assert_eq!(pick(&all, &[1], 3, true), [1, 3]);
        assert_eq!(pick(&all, &[1, 3], 2, true), [3, 2]);
        assert_eq!(pick(&all, &[3, 2], 4, true), [4]);
        assert_eq!(pick(&all, &[4], 1, true), [1]);
        assert_eq!(pick(&all, &[3, 2], 3, false), [2]);
        assert_eq!(pick(&all, &[2], 2, false), [0_i64; 0]);
    }
}
