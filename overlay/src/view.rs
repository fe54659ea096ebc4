//! How the parts lie over the picture. Where they lie is the style sheet's say.

mod banner;
mod herald;
mod sheets;
mod toasts;
mod top;

use crate::{
    chat::{ChatList, Composer},
    coupon::Coupons,
    danmaku::{CaughtMenu, Measure, Sky},
    gift::{GiftAnnouncer, GiftStage, Likes, Trays},
    packet::Packets,
    product::Pinned,
    show::Show,
    text::Lang,
    ui::Notices,
};
use leptos::prelude::*;

/// Everything over the picture.
#[component]
pub(crate) fn Overlay(show: Show, measure: Measure) -> impl IntoView {
    provide_context(show);
    let room = show.core().page.room.is_some();
    view! {
        <div class="ls" class:bare=!room lang=move || show.lang.get().tag() data-zh=move || (show.lang.get() == Lang::Zh).then_some("")>
            <Sky measure=measure />
            <CaughtMenu />
            {room
                .then(|| {
                    view! {
                        <div class="grid">
                            <div class="shade"></div>
                            <div class="side"></div>
                            <top::Top />
                            <banner::Announcement />
                            <Trays />
                            <toasts::Toasts />
                            <ChatList />
                            <Likes />
                            <div class="cards" class:stocked=move || show.products.with(|all| !all.is_empty())>
                                <Packets />
                                <Coupons />
                                <Pinned />
                            </div>
                            <Composer />
                        </div>
                        <GiftStage />
                        <herald::Herald />
                        <GiftAnnouncer />
                        <sheets::Sheets />
                        <Notices />
                    }
                })}
        </div>
    }
}
