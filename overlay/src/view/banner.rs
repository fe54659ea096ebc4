use crate::{
    show::show,
    text::Text,
    ui::{Icon, Shape},
};
use leptos::prelude::*;

/// What the host announced, until its time is over or the viewer puts it away. The herald says it to a screen reader.
#[component]
pub(crate) fn Announcement() -> impl IntoView {
    let show = show();
    let closed = RwSignal::new(None);
    move || {
        let banner = show.banner.get().filter(|banner| closed.get() != Some(banner.seq))?;
        let seq = banner.seq;
        Some(view! {
            <div class="banner" part="announcement">
                <Icon shape=Shape::Horn />
                <p><bdi>{banner.text.to_string()}</bdi></p>
                <button type="button" class="shut" aria-label=move || show.say_in(Text::Close) on:click=move |_| closed.set(Some(seq))>
                    <Icon shape=Shape::Close />
                </button>
            </div>
        })
    }
}
