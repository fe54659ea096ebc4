use crate::{
    account::LogIn,
    checkout::{Cart, Checkout, Orders},
    danmaku::DanmakuSheet,
    gift::GiftSheet,
    packet::PacketSheet,
    product::Bag,
    show::{Sheet, show},
    ui::focused,
    wallet::{Reminder, WalletSheet},
};
use leptos::{html, prelude::*};
use web_sys::HtmlElement;

/// The sheet that is open. When it closes, the focus goes back to what opened it.
#[component]
pub(crate) fn Sheets() -> impl IntoView {
    let show = show();
    let place = NodeRef::<html::Div>::new();
    let opener = StoredValue::new_local(None::<HtmlElement>);
    Effect::new(move |was_open: Option<bool>| {
        let open = show.sheet.with(Option::is_some);
        if was_open == Some(true)
            && !open
            && let Some(opener) = opener.try_update_value(Option::take).flatten()
        {
            // What is gone by now cannot take the focus.
            _ = opener.focus();
        }
        open
    });
    let sheet = move || {
        let open = show.sheet.get();
        if open.is_some()
            && let Some(focused) = place.get_untracked().and_then(|place| focused(&place))
            && !focused.closest(".sheet").is_ok_and(|sheet| sheet.is_some())
        {
            opener.set_value(Some(focused));
        }
        Some(match open? {
            Sheet::Bag => view! { <Bag /> }.into_any(),
            Sheet::Checkout(product) => view! { <Checkout product=product /> }.into_any(),
            Sheet::Cart => view! { <Cart /> }.into_any(),
            Sheet::Orders => view! { <Orders /> }.into_any(),
            Sheet::Gifts => view! { <GiftSheet /> }.into_any(),
            Sheet::Wallet => view! { <WalletSheet /> }.into_any(),
            Sheet::Packet => view! { <PacketSheet /> }.into_any(),
            Sheet::Reminder => view! { <Reminder /> }.into_any(),
            Sheet::Danmaku => view! { <DanmakuSheet /> }.into_any(),
            Sheet::LogIn(intent) => view! { <LogIn intent=intent /> }.into_any(),
        })
    };
    view! { <div class="sheets" node_ref=place>{sheet}</div> }
}
