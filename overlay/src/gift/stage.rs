use super::{act::Act, name};
use crate::{
    show::show,
    text::Text,
    ui::{Icon, Picture, Shape},
};
use leptos::{html::Div, prelude::*};
use protocol::GiftFormat;
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
    let LuxuryCard { key, given, .. } = card.clone();
    let (user, names) = (given.user.name.clone(), given.gift.name.clone());
    let effect = if given.gift.format == GiftFormat::Image {
        let (image, title) = (given.gift.asset.clone(), given.gift.name.en.clone());
        view! { <Picture image=image title=title /> }.into_any()
    } else {
        view! { <Moving card=card /> }.into_any()
    };
    view! {
        <div class="gift-stage" part="gift-stage" data-gift=given.gift.id>
            <div class="effect" aria-hidden="true">{effect}</div>
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

/// A gift that the page has drawn by a piece of its own.
#[component]
fn Moving(card: LuxuryCard) -> impl IntoView {
    let show = show();
    let host = NodeRef::<Div>::new();
    // Taken from the screen, it ends.
    let act = StoredValue::new_local(None::<Act>);
    host.on_load(move |host| act.set_value(Act::begin(show, &card, &host)));
    view! { <div class="moving" node_ref=host></div> }
}
