//! What gifts brought and where it is, withdrawals, and what the room sold.

use super::sales::SalesPanel;
use super::withdraw::WithdrawForm;
use crate::load::{Load, show};
use crate::poll::poll;
use crate::task::{Task, TaskError};
use crate::words::{fill, lang, merchant, say};
use leptos::{prelude::*, task::spawn_local};
use overlay::time::day_and_time;
use overlay::{api::Api, money};
use protocol::{Income as Earned, Withdrawal, WithdrawalStatus};

/// How often it is asked for: reviewers and gifts move it.
const REFRESH_MS: u32 = 6_000;

/// The part.
#[component]
pub(super) fn Income(room: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let earned = RwSignal::new(Load::<Earned>::Waiting);
    let withdrawals = RwSignal::new(Load::<Vec<Withdrawal>>::Waiting);
    let ask = move || {
        let api = api.clone();
        async move {
            let answer = api.income().await;
            earned.try_update(|earned| earned.update(answer));
            let answer = api.withdrawals().await;
            withdrawals.try_update(|withdrawals| withdrawals.update(answer));
        }
    };
    poll(REFRESH_MS, ask.clone());
    let changed = Callback::new(move |()| spawn_local(ask()));
    let (now, listed) = (Memo::new(move |_| earned.get()), Memo::new(move |_| withdrawals.get()));
    let available =
        Memo::new(move |_| earned.with(|earned| earned.ready().map_or(0, |earned| earned.available)));
    let asking = RwSignal::new(false);
    view! {
        <section class="merchant-part">
            <section class="panel income">
                <div class="import-head">
                    <div><h2>{say(merchant::INCOME_TITLE)}</h2><p class="hint">{say(merchant::INCOME_HINT)}</p></div>
                    <button type="button" class="button button-primary withdraw-open" aria-expanded=move || asking.get().to_string()
                        on:click=move |_| asking.update(|on| *on = !*on)>{say(merchant::WITHDRAW)}</button>
                </div>
                {move || now.with(|now| show(now, |earned| view! { <Figures earned=*earned/> }))}
                {move || asking.get().then(|| view! {
                    <WithdrawForm available done=move |asked| {
                        asking.set(false);
                        if asked {
                            changed.run(());
                        }
                    }/>
                })}
                <h3>{say(merchant::WITHDRAWALS)}</h3>
                {move || listed.with(|listed| show(listed, |all| view! { <List withdrawals=all.clone() changed/> }))}
            </section>
            <SalesPanel room/>
        </section>
    }
}

#[component]
fn Figures(earned: Earned) -> impl IntoView {
    let lang = lang();
    let figures = [
        (merchant::AVAILABLE, earned.available, "income-available"),
        (merchant::PENDING, earned.pending, "income-pending"),
        (merchant::WITHDRAWING, earned.withdrawing, "income-withdrawing"),
        (merchant::PAID_OUT, earned.paid_out, "income-paid-out"),
    ];
    let figures = figures.map(|(word, coins, class)| {
        let coins = move || merchant::COINS.get(lang.get()).replace("{}", &money::exact(coins, lang.get()));
        view! { <div class=class><dt>{say(word)}</dt><dd>{coins}</dd></div> }
    });
    view! { <dl class="figures-row">{figures.collect_view()}</dl> }
}

#[component]
fn List(withdrawals: Vec<Withdrawal>, changed: Callback<()>) -> impl IntoView {
    if withdrawals.is_empty() {
        return view! { <p class="hint">{say(merchant::NO_WITHDRAWALS)}</p> }.into_any();
    }
    let rows = withdrawals.into_iter().map(|withdrawal| view! { <Row withdrawal changed/> }).collect_view();
    view! { <ul class="withdrawals">{rows}</ul> }.into_any()
}

const fn look(status: WithdrawalStatus) -> &'static str {
    match status {
        WithdrawalStatus::Requested | WithdrawalStatus::Held => "chip chip-warn",
        WithdrawalStatus::Approved | WithdrawalStatus::Paid => "chip chip-good",
        WithdrawalStatus::Rejected => "chip chip-bad",
        WithdrawalStatus::Cancelled => "chip",
    }
}

#[component]
fn Row(withdrawal: Withdrawal, changed: Callback<()>) -> impl IntoView {
    let (api, task, lang) = (expect_context::<Api>(), Task::new(), lang());
    let Withdrawal { id, coins, amount, payee, account, status, created, steps, .. } = withdrawal;
    // The last word: why it was rejected, or the bank's reference.
    let note = steps.into_iter().rev().map(|step| step.note).find(|note| !note.is_empty());
    let open = matches!(status, WithdrawalStatus::Requested | WithdrawalStatus::Held);
    let cancel = move |_| {
        let api = api.clone();
        task.run(async move { api.cancel_withdrawal(id).await }, move |_| changed.run(()));
    };
    view! {
        <li class="withdrawal">
            <div>
                <p>
                    <strong>{move || money::format(amount, lang.get())}</strong>
                    <span class=look(status)>{say(merchant::withdrawal(status))}</span>
                </p>
                <p class="entry-facts">
                    <span>{fill(merchant::COINS, coins)}</span>
                    <span>{payee}" · "{account}</span>
                    <time>{move || day_and_time(created, lang.get())}</time>
                    {note.map(|note| view! { <span>{note}</span> })}
                </p>
                <TaskError task/>
            </div>
            {open.then(|| view! {
                <button type="button" class="button button-quiet button-small" disabled=move || task.pending() on:click=cancel.clone()>
                    {move || if task.pending() { merchant::WITHDRAW_CANCELLING } else { merchant::WITHDRAW_CANCEL }.get(lang.get())}
                </button>
            })}
        </li>
    }
}
