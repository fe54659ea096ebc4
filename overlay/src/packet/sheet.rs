use crate::{
    checkout::Intent,
    show::{Sheet, show},
    text::Text,
    ui::SheetFrame,
};
use leptos::prelude::*;
use protocol::{NewRedPacket, PacketSplit};

/// How long a packet is open.
const SECONDS: i64 = 120;
/// Ways to share it out, as they stand in the sheet.
const SPLITS: [(PacketSplit, Text, Text); 2] = [
    (PacketSplit::Luck, Text::PacketLuck, Text::PacketLuckHint),
    (PacketSplit::Equal, Text::PacketEqual, Text::PacketEqualHint),
];

/// Sends a red packet to the room.
#[component]
pub(crate) fn PacketSheet() -> impl IntoView {
    let show = show();
    show.load_coins();
    let coins = RwSignal::new("100".to_owned());
    let shares = RwSignal::new("10".to_owned());
    let split = RwSignal::new(PacketSplit::Luck);
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(room) = show.core().page.room.clone().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        wrong.set(None);
        // What is no number is out of range, and the server says so.
        let number = |field: RwSignal<String>| field.with_untracked(|text| text.trim().parse().unwrap_or(0));
        let new = NewRedPacket {
            coins: number(coins),
            shares: number(shares),
            split: split.get_untracked(),
            seconds: SECONDS,
            // The newest picture's: a retry has to be the same request, and the viewer's own picture moves on.
            at: None,
        };
        show.spawn(async move {
            let intent = Intent::Packet(new);
            let sent = show.attempt(intent, async |key| show.api().send_packet(&room, &new, key).await).await;
            busy.set(false);
            match sent {
                Ok(_) => {
                    show.sheet.set(None);
                    show.load_coins();
                }
                Err(error) if error.code() == "spend_reminder" => show.sheet.set(Some(Sheet::Reminder)),
                Err(error) if error.code() == "insufficient_funds" => {
                    show.sheet.set(Some(Sheet::Wallet));
                    show.complain(&error);
                }
                Err(error) => wrong.set(Some(show.words(&error))),
            }
        });
    };
    view! {
        <SheetFrame title=Signal::derive(move || show.say_in(Text::SendPacket).to_owned())>
            <form class="form" on:submit=send>
                <Field label=Text::PacketCoins value=coins />
                <Field label=Text::PacketShares value=shares />
                <fieldset class="picks">
                    {SPLITS.map(|(value, title, hint)| view! {
                        <label class="pick">
                            <input type="radio" name="split" prop:checked=move || split.get() == value
                                on:change=move |_| split.set(value) />
                            <span class="grow">
                                <b>{move || show.say_in(title)}</b>
                                <small>{move || show.say_in(hint)}</small>
                            </span>
                        </label>
                    }).collect_view()}
                </fieldset>
                <p class="wrong" role="alert">{wrong}</p>
                <button type="submit" class="button wide" aria-disabled=move || busy.get().to_string()>
                    {move || show.say_in(Text::PacketSend)}
                </button>
                <p class="fine">{move || show.say_in(Text::PacketBack)}</p>
            </form>
        </SheetFrame>
    }
}

#[component]
fn Field(label: Text, value: RwSignal<String>) -> impl IntoView {
    let show = show();
    view! {
        <label>
            {move || show.say_in(label)}
            <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                maxlength="9"
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </label>
    }
}
