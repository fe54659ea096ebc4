use crate::{show::show, text::Text};
use leptos::prelude::*;
use protocol::{RoomStatus, StreamTime};

/// Where the replay is, and what is shown there; moving it moves the picture. Stands in the place of the field to say
/// something in.
#[component]
pub(crate) fn ReplayBar() -> impl IntoView {
    let show = show();
    let span = Memo::new(move |_| {
        show.replay.with(|past| {
            let past = past.as_ref()?;
            Some((past.start, past.end?))
        })
    });
    let into = move || {
        let start = span.get().map_or(0, |(start, _)| start.millis());
        (show.playhead.get().millis() - start).max(0) / 1_000
    };
    let length = move || span.get().map_or(0, |(start, end)| (end.millis() - start.millis()) / 1_000);
    let words = move || {
        let chapter = show.replay.with(|past| {
            let chapters = &past.as_ref()?.chapters;
            chapters.iter().rfind(|chapter| chapter.at <= show.playhead.get()).map(|c| c.title.clone())
        });
        let time = format!("{} / {}", clock(into()), clock(length()));
        chapter.map_or(time.clone(), |title| format!("{time} · {title}"))
    };
    let go = move |event: web_sys::Event| {
        let seconds = event_target_value(&event).parse::<f64>().ok().filter(|seconds| seconds.is_finite());
        if let (Some(seconds), Some((start, _))) = (seconds, span.get_untracked()) {
            show.core().page.seek(start.plus((seconds * 1_000.0) as i64));
        }
    };
    let marks = move || {
        let (start, end) = span.get()?;
        let share = move |at: StreamTime| {
            let whole = (end.millis() - start.millis()).max(1) as f64;
            format!("{}%", ((at.millis() - start.millis()) as f64 / whole * 100.0).clamp(0.0, 100.0))
        };
        let chapters = show.replay.with(|past| past.as_ref().map(|p| p.chapters.clone()))?;
        Some(chapters.into_iter().map(|c| view! { <i style:left=share(c.at)></i> }).collect_view())
    };
    let live = move || show.room.with(|room| room.as_ref().is_some_and(|r| r.status == RoomStatus::Live));
    view! {
        <div class="replay">
            <div class="track">
                <input
                    type="range"
                    min="0"
                    max=move || length().to_string()
                    step="1"
                    aria-label=move || show.say_in(Text::ReplayPosition)
                    aria-valuetext=words
                    prop:value=move || into().to_string()
                    on:input=go
                    on:keydown=|event| event.stop_propagation()
                />
                <span class="marks" aria-hidden="true">{marks}</span>
            </div>
            <span class="at" aria-hidden="true"><b>{move || show.say_in(Text::Replay)}</b>" "{words}</span>
            {move || live().then(|| view! {
                <button type="button" class="link" on:click=move |_| show.core().page.go_live()>
                    {move || show.say_in(Text::ToLive)}
                </button>
            })}
        </div>
    }
}

/// `4:05`, `1:04:05`.
fn clock(seconds: i64) -> String {
    let (hours, minutes, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{second:02}") } else { format!("{minutes}:{second:02}") }
}
