use crate::{
    money,
    show::show,
    text::Text,
    ui::{Icon, Shape, reduced_motion},
};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// Hearts that rise at once: more are a blur, and the number says the rest.
const MOST: usize = 14;

/// Hearts for others' likes that are told together.
const TOGETHER: u64 = 4;

/// More at once than two thumbs of many people make in half a second: the picture has jumped, and coming back is no storm.
const JUMP: u64 = 400;

/// How long a heart rises; the style sheet's animation is as long.
const RISE_MS: u32 = 1_800;

/// The button to like by, how often the show was liked, and the hearts.
#[component]
pub(crate) fn Likes() -> impl IntoView {
    let show = show();
    let hearts = RwSignal::new(Vec::<u32>::new());
    let number = StoredValue::new(0_u32);
    let rise = move || {
        let still = reduced_motion().is_some_and(|asked| asked.matches());
        if still || hearts.with_untracked(Vec::len) >= MOST {
            return;
        }
        let heart = number.get_value();
        number.set_value(heart.wrapping_add(1));
        hearts.update(|hearts| hearts.push(heart));
        Timeout::new(RISE_MS, move || {
            // The overlay may be gone by then.
            hearts.try_update(|hearts| hearts.retain(|other| *other != heart));
        })
        .forget();
    };
    Effect::new(move |before: Option<u32>| {
        let beats = show.beats.get();
        if before.is_some_and(|before| before != beats) {
            rise();
        }
        beats
    });
    Effect::new(move |before: Option<u64>| {
        let likes = show.likes.get();
        let grown = before.map_or(0, |before| likes.saturating_sub(before));
        let others = show.core().sending.others(grown);
        if others < JUMP {
            (0..others.min(TOGETHER)).for_each(|_| rise());
        }
        likes
    });
    let count = move || money::count(show.likes.get(), show.lang.get());
    let label = move || format!("{}, {}", show.say_in(Text::Like), count());
    let live = move || show.replay.with(Option::is_none);
    view! {
        <div class="likes" part="likes">
            <div class="hearts" aria-hidden="true">
                <For each=move || hearts.get() key=|heart| *heart children=|heart| view! { <Heart number=heart /> } />
            </div>
            <button type="button" class="round glass like" aria-label=label aria-disabled=move || (!live()).to_string() on:click=move |_| if live() { show.like() }>
                <Icon shape=Shape::Heart />
            </button>
            <span class="tally" aria-hidden="true">{count}</span>
        </div>
    }
}

/// One heart; which way and in which colour it rises follows from its number.
#[component]
fn Heart(number: u32) -> impl IntoView {
    view! {
        <svg class=format!("heart way-{} hue-{}", number % 3, number % 5) viewBox="0 0 24 24">
            <path d="M12 20.5 4.6 13a4.9 4.9 0 0 1 7-6.9l.4.5.4-.5a4.9 4.9 0 0 1 7 6.9L12 20.5Z" />
        </svg>
    }
}
