use super::{
    Area, Density, Settings,
    blocked::Blocked,
    choice::{Choice, Percent, Toggle},
    file::SettingsFile,
};
use crate::{show::show, text::Text, ui::SheetFrame};
use leptos::prelude::*;
use timeline::Kind;

/// Kinds that may be hidden, as they are called.
const KINDS: [(Kind, Text); 6] = [
    (Kind::Scroll, Text::KindScroll),
    (Kind::Reverse, Text::KindReverse),
    (Kind::Top, Text::KindTop),
    (Kind::Bottom, Text::KindBottom),
    (Kind::Positioned, Text::KindPositioned),
    (Kind::Colored, Text::KindColored),
];

/// The settings of comments over the picture.
#[component]
pub(crate) fn DanmakuSheet() -> impl IntoView {
    let show = show();
    let title = Signal::derive(move || show.say_in(Text::DanmakuSettings).to_owned());
    let areas = vec![
        (Area::Quarter, Text::AreaQuarter),
        (Area::Half, Text::AreaHalf),
        (Area::Whole, Text::AreaWhole),
    ];
    let densities = vec![
        (Density::Few, Text::DensityFew),
        (Density::Normal, Text::DensityNormal),
        (Density::Overlap, Text::DensityOverlap),
    ];
    view! {
        <SheetFrame title=title>
            <Toggle label=Text::Danmaku value=show.danmaku set=move |_| show.switch_danmaku() />
            <Choice name="area" label=Text::Area options=areas value=part(|s| s.area)
                set=move |area| show.change_settings(|settings| settings.area = area) />
            <Choice name="density" label=Text::Density options=densities value=part(|s| s.density)
                set=move |density| show.change_settings(|settings| settings.density = density) />
            <Percent label=Text::Opacity least=10 most=100 value=part(|s| s.opacity)
                set=move |opacity| show.change_settings(|settings| settings.opacity = opacity) />
            <Percent label=Text::Speed least=50 most=200 value=part(|s| s.speed)
                set=move |speed| show.change_settings(|settings| settings.speed = speed) />
            <Percent label=Text::Size least=50 most=200 value=part(|s| s.size)
                set=move |size| show.change_settings(|settings| settings.size = size) />
            <fieldset class="choice">
                <legend>{move || show.say_in(Text::Kinds)}</legend>
                <div class="chips">{KINDS.into_iter().map(|(kind, text)| view! { <KindBox kind=kind text=text /> }).collect_view()}</div>
            </fieldset>
            <Toggle label=Text::AsTheyArrive hint=Text::AsTheyArriveHint value=part(|s| s.as_they_arrive)
                set=move |on| show.change_settings(|settings| settings.as_they_arrive = on) />
            <Blocked />
            <SettingsFile />
        </SheetFrame>
    }
}

/// One of the settings.
fn part<T: PartialEq + Send + Sync + 'static>(read: fn(&Settings) -> T) -> Memo<T> {
    let show = show();
    Memo::new(move |_| show.settings.with(read))
}

/// Whether a kind is shown.
#[component]
fn KindBox(kind: Kind, text: Text) -> impl IntoView {
    let show = show();
    let shown = move || show.settings.with(|settings| !settings.hidden.contains(&kind));
    let change = move |_| {
        show.change_settings(|settings| {
            if !settings.hidden.remove(&kind) {
                settings.hidden.insert(kind);
            }
        });
    };
    view! {
        <label class="chip">
            <input type="checkbox" prop:checked=shown on:change=change />
            <span>{move || show.say_in(text)}</span>
        </label>
    }
}
