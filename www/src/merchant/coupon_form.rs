//! Makes a coupon of any kind, to be released in the show or claimed by its code.

use crate::studio::{CURRENCIES, CurrencyChoice, amount, count, is_filled, price};
use crate::task::{Task, TaskError};
use crate::ui::{Field, Submit};
use crate::words::{Word, common, merchant, say, studio};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{CouponClass, Currency, LIMITS, Money, NewCoupon, Product, ServerTime};

/// What was typed.
#[derive(Clone, Copy)]
struct Typed {
    title: RwSignal<String>,
    currency: RwSignal<String>,
    /// `amount` or `percent`.
    kind: RwSignal<String>,
    /// `order`, `items`, `gift` or `shipping`.
    class: RwSignal<String>,
    products: RwSignal<Vec<i64>>,
    percent: RwSignal<String>,
    amount_off: RwSignal<String>,
    min_spend: RwSignal<String>,
    total: RwSignal<String>,
    per_user: RwSignal<String>,
    code: RwSignal<String>,
    starts: RwSignal<String>,
    expires: RwSignal<String>,
    exclusive: RwSignal<bool>,
}

/// What is wrong with each field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wrong {
    title: Option<Word>,
    percent: Option<Word>,
    amount_off: Option<Word>,
    min_spend: Option<Word>,
    total: Option<Word>,
    per_user: Option<Word>,
    code: Option<Word>,
    expires: Option<Word>,
    products: Option<Word>,
}

impl Typed {
    fn new() -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            title: text(""),
            currency: text(CURRENCIES.first().copied().unwrap_or_default()),
            kind: text("amount"),
            class: text("order"),
            products: RwSignal::new(Vec::new()),
            percent: text("10"),
            amount_off: text(""),
            min_spend: text(""),
            total: text("100"),
            per_user: text("1"),
            code: text(""),
            starts: text(""),
            expires: text(""),
            exclusive: RwSignal::new(false),
        }
    }

    fn class(self) -> CouponClass {
        match self.class.get().as_str() {
            "items" => CouponClass::Items,
            "gift" => CouponClass::Gift,
            "shipping" => CouponClass::Shipping,
            _ => CouponClass::Order,
        }
    }

    /// The coupon, unless something is wrong with it; reactive.
    fn read(self) -> Result<NewCoupon, Box<Wrong>> {
        let currency = self.currency.read().parse().unwrap_or(Currency::CNY);
        let class = self.class();
        let gift = class == CouponClass::Gift;
        let by_percent = *self.kind.read() == "percent" && !gift;
        let percent = if by_percent { percent(&self.percent.read()).map(Some) } else { Ok(None) };
        // What a gift is worth is the server's to say.
        let amount_off =
            if gift { Ok(Money::new(1, currency)) } else { price(&self.amount_off.read(), currency) };
        let min_spend = amount(&self.min_spend.read(), currency);
        let total = count(&self.total.read(), 1);
        let per_user = count(&self.per_user.read(), 1);
        let (starts, expires) = (time(&self.starts.read()), time(&self.expires.read()));
        let chooses = gift || class == CouponClass::Items;
        let products = if chooses { self.products.get() } else { Vec::new() };
        let wrong = Wrong {
            title: is_filled(&self.title.read()),
            percent: percent.err(),
            amount_off: amount_off.err(),
            min_spend: min_spend.err(),
            total: total.err(),
            per_user: per_user.err(),
            code: check_code(&self.code.read()),
            expires: starts.zip(expires).filter(|(from, until)| until <= from).map(|_| merchant::BAD_TIME),
            products: match products.len() {
                0 if class == CouponClass::Items => Some(studio::NEEDED),
                1 => None,
                _ => gift.then_some(merchant::ONE_GIFT),
            },
        };
        match (percent, amount_off, min_spend, total, per_user) {
            (Ok(percent_off), Ok(amount_off), Ok(min_spend), Ok(total), Ok(per_user))
                if wrong == Wrong::default() =>
            {
                let code = self.code.get().trim().to_owned();
                Ok(NewCoupon {
                    percent_off,
                    class,
                    products,
                    exclusive: self.exclusive.get(),
                    per_user: u32::try_from(per_user).unwrap_or(u32::MAX),
                    code: (!code.is_empty()).then_some(code),
                    starts,
                    expires,
                    ..NewCoupon::plain(self.title.get().trim(), amount_off, min_spend, total)
                })
            }
            _ => Err(Box::new(wrong)),
        }
    }
}

/// A part in per cent.
fn percent(typed: &str) -> Result<u32, Word> {
    typed.trim().parse().ok().filter(|percent| (1..=100).contains(percent)).ok_or(merchant::BAD_PERCENT)
}

/// What is wrong with a code; there may be none.
fn check_code(typed: &str) -> Option<Word> {
    let typed = typed.trim();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let fine = typed.is_empty() || ((4..=32).contains(&typed.len()) && typed.bytes().all(allowed));
    (!fine).then_some(merchant::BAD_CODE)
}

/// A time of the reader's clock, as the browser's own field writes it; none when the field is empty.
fn time(typed: &str) -> Option<ServerTime> {
    if typed.is_empty() {
        return None;
    }
    let millis = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(typed)).get_time();
    // What is no time is NaN.
    millis.is_finite().then_some(ServerTime(millis as i64))
}

/// The form; `done` closes it, and says whether a coupon was made.
#[component]
pub(super) fn CouponForm(room: String, products: Memo<Vec<Product>>, done: Callback<bool>) -> impl IntoView {
    let (api, task) = (expect_context::<Api>(), Task::new());
    let typed = Typed::new();
    let submitted = RwSignal::new(false);
    let wrong = Memo::new(move |_| {
        let checked = if submitted.get() { typed.read().err() } else { None };
        checked.map(|wrong| *wrong).unwrap_or_default()
    });
    let error = move |pick: fn(Wrong) -> Option<Word>| Signal::derive(move || pick(wrong.get()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        if let Ok(coupon) = untrack(|| typed.read()) {
            let (api, room) = (api.clone(), room.clone());
            task.run(async move { api.create_coupon(&room, &coupon).await }, move |_| done.run(true));
        }
    };
    let gift = Memo::new(move |_| typed.class() == CouponClass::Gift);
    let chooses = Memo::new(move |_| matches!(typed.class(), CouponClass::Items | CouponClass::Gift));
    let by_percent = move || typed.kind.get() == "percent" && !gift.get();
    view! {
        <form class="form panel" novalidate on:submit=submit>
            <Field id="coupon-title" label=studio::COUPON_TITLE value=typed.title error=error(|w| w.title) maxlength=LIMITS.title_chars/>
            <div class="field-row">
                <Choice id="coupon-class" label=merchant::CLASS value=typed.class options=vec![
                    ("order", merchant::class(CouponClass::Order)),
                    ("items", merchant::class(CouponClass::Items)),
                    ("gift", merchant::class(CouponClass::Gift)),
                    ("shipping", merchant::class(CouponClass::Shipping)),
                ]/>
                {move || (!gift.get()).then(|| view! {
                    <Choice id="coupon-kind" label=merchant::KIND value=typed.kind
                        options=vec![("amount", merchant::KIND_AMOUNT), ("percent", merchant::KIND_PERCENT)]/>
                })}
            </div>
            {move || chooses.get().then(|| view! {
                <ProductChoice class=typed.class() products chosen=typed.products wrong=error(|w| w.products)/>
            })}
            {move || by_percent().then(|| view! {
                <Field id="coupon-percent" label=merchant::PERCENT value=typed.percent error=error(|w| w.percent) inputmode="numeric"/>
            })}
            <div class="field-row">
                {move || (!gift.get()).then(|| view! {
                    <Field id="coupon-off" label=if by_percent() { merchant::AT_MOST } else { studio::AMOUNT_OFF }
                        value=typed.amount_off error=error(|w| w.amount_off) inputmode="decimal" placeholder="10"/>
                })}
                <Field id="coupon-min" label=studio::MIN_SPEND value=typed.min_spend error=error(|w| w.min_spend) inputmode="decimal" placeholder="99"/>
            </div>
            <div class="field-row">
                <Field id="coupon-total" label=studio::TOTAL value=typed.total error=error(|w| w.total) inputmode="numeric"/>
                <Field id="coupon-per-user" label=merchant::PER_CLAIM value=typed.per_user error=error(|w| w.per_user) inputmode="numeric"/>
            </div>
            <div class="field-row">
                <Field id="coupon-code" label=merchant::CODE value=typed.code error=error(|w| w.code) maxlength=32/>
                <CurrencyChoice id="coupon-currency" value=typed.currency/>
            </div>
            <div class="field-row field-row-wide">
                <Field id="coupon-starts" label=merchant::STARTS value=typed.starts kind="datetime-local"/>
                <Field id="coupon-expires" label=merchant::EXPIRES value=typed.expires error=error(|w| w.expires) kind="datetime-local"/>
            </div>
            <label class="check"><input type="checkbox" bind:checked=typed.exclusive/>{say(merchant::EXCLUSIVE)}</label>
            <TaskError task/>
            <div class="form-actions">
                <button type="button" class="button button-quiet" on:click=move |_| done.run(false)>{say(common::CANCEL)}</button>
                <Submit task label=studio::CREATE doing=studio::CREATING/>
            </div>
        </form>
    }
}

/// One of a few.
#[component]
fn Choice(
    id: &'static str,
    label: Word,
    value: RwSignal<String>,
    options: Vec<(&'static str, Word)>,
) -> impl IntoView {
    let options = options.into_iter().map(|(name, word)| view! { <option value=name>{say(word)}</option> });
    view! {
        <div class="field">
            <label for=id>{say(label)}</label>
            <select id=id bind:value=value>{options.collect_view()}</select>
        </div>
    }
}

/// The products that a coupon is for, or the one that it gives.
#[component]
fn ProductChoice(
    class: CouponClass,
    products: Memo<Vec<Product>>,
    chosen: RwSignal<Vec<i64>>,
    wrong: Signal<Option<Word>>,
) -> impl IntoView {
    let lang = crate::words::lang();
    let row = move |product: Product| {
        let id = product.id;
        let toggle = move |_| {
            chosen.update(|chosen| match chosen.iter().position(|one| *one == id) {
                Some(at) => drop(chosen.remove(at)),
                None => chosen.push(id),
            });
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=move || chosen.with(|all| all.contains(&id)) on:change=toggle/>{product.title}
            </label>
        }
    };
    view! {
        <fieldset class="product-choice" class:field-wrong=move || wrong.get().is_some()>
            <legend>{say(merchant::class(class))}</legend>
            {move || products.get().into_iter().map(row).collect_view()}
            <p class="field-note" role="alert">{move || wrong.get().map(|word| word.get(lang.get()))}</p>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_four_letters_or_more_and_may_be_left_out() {
        assert_eq!(check_code(""), None);
        assert_eq!(check_code(" tea-2026 "), None);
        for wrong in ["tea", "tea time", "茶茶茶茶", &"x".repeat(33)] {
            assert_eq!(check_code(wrong), Some(merchant::BAD_CODE), "{wrong}");
        }
    }

    #[test]
    fn a_part_is_one_to_a_hundred_per_cent() {
        assert_eq!(percent(" 15 "), Ok(15));
        for wrong in ["0", "101", "1.5", ""] {
            assert_eq!(percent(wrong), Err(merchant::BAD_PERCENT), "{wrong}");
        }
    }
}
