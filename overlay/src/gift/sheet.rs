use super::name;
use crate::{
    money,
    show::{Intent, Sheet, show},
    text::Text,
    ui::{Picture, SheetFrame},
};
use leptos::prelude::*;
use protocol::Gift;

/// The gifts that can be sent: each tap sends one, taps in a row count together.
#[component]
pub(crate) fn GiftSheet() -> impl IntoView {
    let show = show();
    let title = Signal::derive(move || show.say_in(Text::Gifts).to_owned());
    let gifts = Memo::new(move |_| {
        let now = show.now.get();
        show.gifts.with(|catalogue| {
            catalogue.gifts.iter().filter(|gift| gift.is_offered(now)).cloned().collect::<Vec<_>>()
        })
    });
    show.load_coins();
    // A gift that changes is another one in the list.
    let key = move |gift: &Gift| (gift.id, gift.price, gift.picture().to_owned(), gift.name.en.clone());
    view! {
        <SheetFrame title=title>
            <ul class="gifts">
                <For each=move || gifts.get() key=key children=|gift| view! { <Item gift=gift /> } />
            </ul>
            <p class="hush" class:gone=move || gifts.with(|gifts| !gifts.is_empty())>
                {move || show.say_in(Text::NoGifts)}
            </p>
            <p class="purse">
                <span role="status">{move || show.coins.get().map(|coins| show.coins_text(coins))}</span>
                <button type="button" class="link" data-wallet on:click=move |_| show.open(Sheet::Wallet, Intent::Wallet)>
                    {move || show.say_in(Text::Recharge)}
                </button>
            </p>
            <button type="button" class="link" data-packet on:click=move |_| show.open(Sheet::Packet, Intent::Wallet)>
                {move || show.say_in(Text::SendPacket)}
            </button>
            <label class="switch">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=move || show.effects.get()
                    on:change:target=move |event| show.set_effects(event.target().checked())
                />
                <span>{move || show.say_in(Text::Effects)}</span>
            </label>
        </SheetFrame>
    }
}

#[component]
fn Item(gift: Gift) -> impl IntoView {
    let show = show();
    let Gift { id, price, .. } = gift;
    let (image, names) = (gift.picture().to_owned(), gift.name);
    let title = names.en.clone();
    let coins = move || match price {
        0 => show.say_in(Text::Free).to_owned(),
        price => {
            let lang = show.lang.get();
            lang.of(Text::Coins).replace("{}", &money::count(u64::from(price), lang))
        }
    };
    view! {
        <li>
            <button type="button" class="gift" data-gift=id on:click=move |_| show.give(id)>
                <Picture image=image title=title />
                <b>{move || name(&names, show.lang.get())}</b>
                <small>{coins}</small>
            </button>
        </li>
    }
}
