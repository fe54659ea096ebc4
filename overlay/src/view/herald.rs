use crate::{show::show, text::Text};
use leptos::prelude::*;

/// Says to a screen reader which card came up: each takes its turn after what is being said.
#[component]
pub(super) fn Herald() -> impl IntoView {
    let show = show();
    let titled = move |text: Text, title: Option<String>| Some(format!("{}: {}", show.say_in(text), title?));
    let pinned = move || {
        let title = show.pinned.with(|card| card.as_ref().map(|card| card.product.title.clone()));
        titled(Text::NowShown, title)
    };
    let coupon = move || {
        let title = show.coupons.with(|cards| cards.last().map(|card| card.coupon.title.clone()));
        titled(Text::Coupon, title)
    };
    let (pinned, coupon) = (Memo::new(move |_| pinned()), Memo::new(move |_| coupon()));
    let banner = Memo::new(move |_| show.banner.with(|banner| banner.as_ref().map(|it| it.text.to_string())));
    view! {
        <div class="hidden herald" role="status" aria-atomic="false">
            <p>{pinned}</p>
            <p>{coupon}</p>
            <p>{banner}</p>
        </div>
    }
}
