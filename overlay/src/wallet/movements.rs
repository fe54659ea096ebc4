use crate::{money, show::show, text::Text, time};
use leptos::prelude::*;
use protocol::{Unit, Wallet, WalletEntry};

/// Where the coins came from and went, newest first; closed until somebody asks.
#[component]
pub(super) fn Movements(wallet: RwSignal<Option<Wallet>>) -> impl IntoView {
    let show = show();
    let entries = move || {
        let all = wallet.get().map(|wallet| wallet.entries).unwrap_or_default();
        all.into_iter().filter(|entry| entry.unit == Unit::Coins).collect::<Vec<_>>()
    };
    let none = move || wallet.with(|wallet| wallet.as_ref().is_some_and(|wallet| wallet.entries.is_empty()));
    view! {
        <details class="fold">
            <summary>{move || show.say_in(Text::Movements)}</summary>
            <ul class="movements">
                <For each=entries key=|entry| entry.seq children=|entry| view! { <Movement entry=entry /> } />
            </ul>
            {move || none().then(|| view! { <p class="hush">{show.say_in(Text::NoMovements)}</p> })}
        </details>
    }
}

#[component]
fn Movement(entry: WalletEntry) -> impl IntoView {
    let show = show();
    let WalletEntry { time: at, amount, kind, room, .. } = entry;
    let why = match kind.as_str() {
        "recharge" => Text::MoveRecharge,
        "recharge_undone" => Text::MoveUndone,
        "gift" => Text::MoveGift,
        kind if kind.starts_with("packet") => Text::MovePacket,
        _ => Text::MoveOther,
    };
    let signed = move || {
        let sign = if amount < 0 { "−" } else { "+" };
        format!("{sign}{}", money::exact(amount.saturating_abs(), show.lang.get()))
    };
    view! {
        <li>
            <span class="grow">
                <b>{move || show.say_in(why)}</b>
                <small>{move || time::day_and_time(at, show.lang.get())} " " {room}</small>
            </span>
            <span class="amount" class:more={amount > 0}>{signed}</span>
        </li>
    }
}
