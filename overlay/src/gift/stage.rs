use super::name;
use crate::{
    show::show,
    text::Text,
    ui::{Icon, Picture, Shape},
};
use leptos::prelude::*;
use timeline::LuxuryCard;

/// The luxury gift that plays over the whole picture, and the button that ends it.
#[component]
pub(crate) fn GiftStage() -> impl IntoView {
    let show = show();
    move || show.luxury.get().map(|card| view! { <Playing card=card /> })
}

#[component]
fn Playing(card: LuxuryCard) -> impl IntoView {
    let show = show();
    let LuxuryCard { key, given, .. } = card;
    let (image, title) = (given.gift.picture().to_owned(), given.gift.name.en.clone());
    let (user, names) = (given.user.name.clone(), given.gift.name.clone());
    view! {
        <div class="gift-stage" part="gift-stage" data-gift=given.gift.id>
            <div class="effect" aria-hidden="true"><Picture image=image title=title /></div>
            <p class="from">
                <bdi>{user}</bdi>
                " "
                {move || format!("{} {}", show.say_in(Text::Gave), name(&names, show.lang.get()))}
            </p>
            <button type="button" class="skip" on:click=move |_| show.skip_gift(key)>
                {move || show.say_in(Text::SkipGift)}
                <Icon shape=Shape::Close />
            </button>
        </div>
    }
}
