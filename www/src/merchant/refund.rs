//! Pays an order back, in part or whole: what, why, and how much, which is asked once more before it is done.

use super::back::Left;
use crate::attempt::Attempt;
use crate::studio::is_filled;
use crate::task::{Task, TaskError};
use crate::ui::Field;
use crate::words::{common, lang, merchant, say};
use leptos::{html, prelude::*};
use overlay::api::Api;
use overlay::money;
use protocol::{LIMITS, Money, NewRefund, Order, RefundItems};

/// What was chosen.
#[derive(Clone)]
struct Chosen {
    left: Left,
    /// How many of each line.
    counts: Vec<RwSignal<u32>>,
    shipping: RwSignal<bool>,
    restock: RwSignal<bool>,
    reason: RwSignal<String>,
}

impl Chosen {
    fn new(left: Left) -> Self {
        let counts = left.lines.iter().map(|_| RwSignal::new(0)).collect();
        let (shipping, restock) = (RwSignal::new(false), RwSignal::new(true));
        Self { left, counts, shipping, restock, reason: RwSignal::new(String::new()) }
    }

    /// Everything that is left.
    fn all(&self) {
        self.counts.iter().zip(&self.left.lines).for_each(|(count, line)| count.set(line.items()));
        self.shipping.set(self.left.shipping > 0);
    }

    /// The chosen items; reactive.
    fn items(&self) -> Vec<RefundItems> {
        let items =
            (0_u32..).zip(&self.counts).map(|(line, count)| RefundItems { line, quantity: count.get() });
        items.filter(|items| items.quantity > 0).collect()
    }

    /// What it comes to, in minor units; reactive.
    fn amount(&self) -> i64 {
        self.left.amount(&self.items(), self.shipping.get())
    }

    /// The request; reactive.
    fn read(&self) -> NewRefund {
        NewRefund {
            lines: Some(self.items()),
            shipping: self.shipping.get(),
            restock: self.restock.get(),
            reason: self.reason.get().trim().to_owned(),
        }
    }
}

/// The form behind its button; `changed` takes the order as it is afterwards.
#[component]
pub(super) fn RefundPanel(order: Order, left: Left, changed: Callback<Order>) -> impl IntoView {
    let open = RwSignal::new(false);
    let state = StoredValue::new((order, left));
    view! {
        <div class="refund">
            <p class="form-actions">
                <button type="button" class="button button-quiet refund-open" aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)>{say(merchant::REFUND)}</button>
            </p>
            {move || open.get().then(|| {
                let (order, left) = state.get_value();
                view! { <RefundForm order left changed/> }
            })}
        </div>
    }
}

#[component]
fn RefundForm(order: Order, left: Left, changed: Callback<Order>) -> impl IntoView {
    let (api, task, attempt, lang) = (expect_context::<Api>(), Task::new(), Attempt::new(), lang());
    let chosen = StoredValue::new(Chosen::new(left));
    let currency = order.total.currency;
    let amount = Memo::new(move |_| chosen.with_value(Chosen::amount));
    let sum = move || money::format(Money::new(amount.get(), currency), lang.get());
    let any =
        Memo::new(move |_| chosen.with_value(|chosen| !chosen.items().is_empty() || chosen.shipping.get()));
    let submitted = RwSignal::new(false);
    let reason = chosen.with_value(|chosen| chosen.reason);
    let wrong_reason = Signal::derive(move || submitted.get().then(|| is_filled(&reason.read())).flatten());
    let dialog = NodeRef::<html::Dialog>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        let ready = any.get_untracked() && wrong_reason.get_untracked().is_none() && !task.pending_now();
        if let Some(dialog) = dialog.get_untracked().filter(|_| ready) {
            // Fails only when it is open already.
            _ = dialog.show_modal();
        }
    };
    let id = StoredValue::new(order.id.clone());
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let confirm = move |_| {
        close();
        let new = untrack(|| chosen.with_value(Chosen::read));
        let (api, id, key) = (api.clone(), id.get_value(), attempt.key(&new));
        let refund = async move {
            attempt.end(api.refund(&id, &new, &key).await)?;
            api.order(&id).await
        };
        task.run(refund, move |order| changed.run(order));
    };
    let fill_in = move |word: crate::words::Word| move || word.get(lang.get()).replace("{}", &sum());
    let lines = order.lines.into_iter().enumerate().filter_map(|(index, line)| {
        let (count, most) = chosen
            .with_value(|chosen| Some((*chosen.counts.get(index)?, chosen.left.lines.get(index)?.items())))?;
        (most > 0).then(|| view! { <Stepper title=line.title options=line.options count most/> })
    });
    let shipping = chosen.with_value(|chosen| (chosen.left.shipping > 0).then_some(chosen.shipping));
    let restock = chosen.with_value(|chosen| chosen.restock);
    view! {
        <form class="form form-inset" novalidate on:submit=submit>
            <ul class="stepper-rows">{lines.collect_view()}</ul>
            <button type="button" class="link" on:click=move |_| chosen.with_value(Chosen::all)>{say(merchant::REFUND_ALL)}</button>
            {shipping.map(|shipping| view! {
                <label class="check"><input type="checkbox" bind:checked=shipping/>{say(merchant::REFUND_SHIPPING)}</label>
            })}
            <label class="check"><input type="checkbox" bind:checked=restock/>{say(merchant::RESTOCK)}</label>
            <Field id="refund-reason" label=merchant::REASON value=reason error=wrong_reason maxlength=LIMITS.reason_chars/>
            <p class="refund-sum"><span>{say(merchant::REFUND_AMOUNT)}</span><output class="price">{sum}</output></p>
            <p class="field-error" role="alert" hidden=move || any.get() || !submitted.get()>{say(merchant::CHOOSE_ITEMS)}</p>
            <TaskError task/>
            <div class="form-actions">
                <button type="submit" class="button button-danger-quiet" disabled=move || task.pending()>
                    {move || if task.pending() { merchant::REFUNDING } else { merchant::REFUND_NEXT }.get(lang.get())}
                </button>
            </div>
        </form>
        <dialog node_ref=dialog class="dialog" aria-labelledby="refund-question">
            <h2 id="refund-question">{fill_in(merchant::REFUND_QUESTION)}</h2>
            <p>{say(merchant::REFUND_HINT)}</p>
            <div class="dialog-actions">
                <button type="button" class="button button-quiet" on:click=move |_| close()>{say(common::CANCEL)}</button>
                <button type="button" class="button button-danger" disabled=move || task.pending() on:click=confirm>
                    {fill_in(merchant::REFUND_NOW)}
                </button>
            </div>
        </dialog>
    }
}

/// How many of a line, from none to `most`.
#[component]
fn Stepper(title: String, options: String, count: RwSignal<u32>, most: u32) -> impl IntoView {
    let lang = lang();
    let name = title.clone();
    let label = move || merchant::REFUND_OF.get(lang.get()).replace("{}", &name);
    let (less, more) = (label.clone(), label.clone());
    let full = move || count.get() >= most;
    view! {
        <li class="stepper-row">
            <span><span class="order-line-title">{title}</span><small>{options}</small></span>
            <span class="stepper" role="group" aria-label=label>
                <button type="button" aria-label=move || format!("− {}", less()) disabled=move || count.get() == 0
                    on:click=move |_| count.update(|count| *count = count.saturating_sub(1))>"−"</button>
                <output>{move || format!("{}/{most}", count.get())}</output>
                <button type="button" aria-label=move || format!("+ {}", more()) disabled=full
                    on:click=move |_| count.update(|count| *count = most.min(count.saturating_add(1)))>"+"</button>
            </span>
        </li>
    }
}
