//! What the room sold, ever or in one show, by product. The sums are the orders' own.

use crate::load::{Load, show};
use crate::words::{Word, lang, merchant, say};
use leptos::{prelude::*, task::spawn_local};
use overlay::time::day_and_time;
use overlay::{api::Api, money};
use protocol::{Currency, Money, ProductSales, Sales, SalesSum, ServerTime, Show};

/// The panel.
#[component]
pub(super) fn SalesPanel(room: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let shows = RwSignal::new(Vec::<Show>::new());
    // A show's number; empty for all of them.
    let chosen = RwSignal::new(String::new());
    let state = RwSignal::new(Load::<Sales>::Waiting);
    let (lister, asked_room) = (api.clone(), room.clone());
    spawn_local(async move {
        // Without them there is nothing to choose from, and all shows together are shown.
        if let Ok(all) = lister.shows(&asked_room).await {
            shows.try_set(all);
        }
    });
    Effect::new(move |_| {
        let (api, room, asked) = (api.clone(), room.clone(), chosen.get());
        state.set(Load::Waiting);
        spawn_local(async move {
            let answer = api.sales(&room, asked.parse().ok()).await;
            if chosen.try_get_untracked().is_some_and(|now| now == asked) {
                state.try_update(|state| state.update(answer));
            }
        });
    });
    let lang = lang();
    let option = move |show: Show| {
        let at = ServerTime(show.start.0);
        let name =
            move || merchant::SALES_OF_SHOW.get(lang.get()).replace("{}", &day_and_time(at, lang.get()));
        view! { <option value=show.id.to_string()>{name}</option> }
    };
    view! {
        <section class="panel sales">
            <div class="import-head">
                <h2>{say(merchant::SALES)}</h2>
                <div class="field">
                    <label class="visually-hidden" for="sales-show">{say(merchant::SALES_OF)}</label>
                    <select id="sales-show" bind:value=chosen>
                        <option value="">{say(merchant::SALES_EVER)}</option>
                        {move || shows.get().into_iter().map(option).collect_view()}
                    </select>
                </div>
            </div>
            {move || state.with(|state| show(state, |sales| view! { <Sold sales=sales.clone()/> }))}
        </section>
    }
}

#[component]
fn Sold(sales: Sales) -> impl IntoView {
    if sales.totals.is_empty() {
        return view! { <p class="hint">{say(merchant::NO_SALES)}</p> }.into_any();
    }
    let rows = sales.products.into_iter().map(|product| view! { <Row product/> }).collect_view();
    let totals = sales.totals.into_iter().map(|sum| view! { <Totals sum/> }).collect_view();
    view! {
        {totals}
        <table class="sales-table">
            <thead>
                <tr>
                    <th scope="col">{say(merchant::SALES_PRODUCT)}</th>
                    <th scope="col" class="number">{say(merchant::SALES_ITEMS)}</th>
                    <th scope="col" class="number">{say(merchant::SALES_SUBTOTAL)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(product: ProductSales) -> impl IntoView {
    let lang = lang();
    let subtotal = Money::new(product.subtotal, product.currency);
    view! {
        <tr>
            <th scope="row">{product.title}</th>
            <td class="number">{move || money::exact(product.items, lang.get())}</td>
            <td class="number">{move || money::format(subtotal, lang.get())}</td>
        </tr>
    }
}

/// The sums of one currency, from what things cost to what is kept.
#[component]
fn Totals(sum: SalesSum) -> impl IntoView {
    let line = |word: Word, amount: i64, class: &'static str| {
        view! { <Line word amount currency=sum.currency class/> }
    };
    let lang = lang();
    view! {
        <dl class="order-sums">
            <div><dt>{say(merchant::SALES_ORDERS)}</dt><dd>{move || money::exact(sum.orders, lang.get())}</dd></div>
            {line(merchant::SALES_SUBTOTAL, sum.subtotal, "")}
            {line(merchant::SALES_DISCOUNT, -sum.discount, "")}
            {line(merchant::SALES_SHIPPING, sum.shipping, "")}
            {line(merchant::SALES_TOTAL, sum.total, "")}
            {line(merchant::SALES_REFUNDED, -sum.refunded, "")}
            {line(merchant::SALES_NET, sum.total.saturating_sub(sum.refunded), "total")}
        </dl>
    }
}

#[component]
fn Line(word: Word, amount: i64, currency: Currency, class: &'static str) -> impl IntoView {
    let lang = lang();
    view! { <div class=class><dt>{say(word)}</dt><dd>{move || money::format(Money::new(amount, currency), lang.get())}</dd></div> }
}
