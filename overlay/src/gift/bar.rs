use crate::{
    show::{Sheet, show},
    text::Text,
    ui::{Icon, Shape},
};
use leptos::prelude::*;

/// Opens the sheet of gifts, where there are any to send.
#[component]
pub(crate) fn GiftButton() -> impl IntoView {
    let show = show();
    let some = Memo::new(move |_| {
        let now = show.now.get();
        show.gifts.with(|catalogue| catalogue.gifts.iter().any(|gift| gift.is_offered(now)))
    });
    let label = move || show.say_in(Text::Gifts);
    move || {
        (some.get() && show.replay.with(Option::is_none)).then(|| {
            view! {
                <button
                    type="button"
                    class="round glass give"
                    part="gift"
                    aria-label=label
                    title=label
                    aria-haspopup="dialog"
                    on:click=move |_| show.sheet.set(Some(Sheet::Gifts))
                >
                    <Icon shape=Shape::Gift />
                </button>
            }
        })
    }
}
