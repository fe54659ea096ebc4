//! Parts of the picture that comments keep off: the host draws them over the preview, or takes one of three.

use super::desk::{Shared, shared};
use crate::stall::Drawn;
use crate::task::{Task, TaskError};
use crate::words::{say, studio};
use leptos::{ev, prelude::*};
use overlay::api::Api;
use protocol::{Command, LIMITS, WHOLE, Zone};
use web_sys::{Element, PointerEvent};

/// Thousandths of the picture below which a drag was a click.
const SMALLEST: u16 = 20;
/// What can be had without a pointer.
const READY: [(crate::words::Word, Zone); 3] = [
    (studio::ZONES_TOP, Zone { x: 0, y: 0, w: WHOLE, h: 250 }),
    (studio::ZONES_MIDDLE, Zone { x: 200, y: 300, w: 600, h: 400 }),
    (studio::ZONES_BOTTOM, Zone { x: 0, y: 700, w: WHOLE, h: 300 }),
];

/// A point of the picture, thousandths of its width and height.
type Spot = (f64, f64);

/// The rectangle between two points of the picture, as far as it lies within; none when it is too small to be meant.
fn between(from: Spot, to: Spot) -> Option<Zone> {
    let side = |a: f64, b: f64| {
        let within = |value: f64| value.clamp(0.0, f64::from(WHOLE)).round() as u16;
        let (low, high) = (within(a.min(b)), within(a.max(b)));
        (high - low >= SMALLEST).then_some((low, high - low))
    };
    let ((x, w), (y, h)) = (side(from.0, to.0)?, side(from.1, to.1)?);
    Some(Zone { x, y, w, h })
}

/// What the host is doing about zones.
#[derive(Clone, Copy)]
pub(super) struct Drawing {
    on: RwSignal<bool>,
    /// Where the picture is, beside the layer.
    frame: RwSignal<Drawn>,
    /// Where a drag began, and where it is.
    drag: RwSignal<Option<(Spot, Spot)>>,
    task: Task,
    shared: Shared,
    api: StoredValue<Api>,
}

impl Drawing {
    pub(super) fn new() -> Self {
        Self {
            on: RwSignal::new(false),
            frame: RwSignal::new(Drawn::default()),
            drag: RwSignal::new(None),
            task: Task::new(),
            shared: shared(),
            api: StoredValue::new(expect_context()),
        }
    }

    /// Gives the room these zones, as of the picture on screen.
    fn set(self, zones: Vec<Zone>) {
        let (room, at) = (self.shared.room_id(), self.shared.picture.program_time());
        let (api, command) = (self.api.get_value(), Command::SetAvoidZones { zones, at });
        self.task.run(async move { api.command(&room, &command).await }, |_| {});
    }

    /// With one more, unless there are as many as may be.
    fn add(self, zone: Zone) {
        let mut all = self.shared.show.with_untracked(|show| show.zones.clone());
        if all.len() < LIMITS.avoid_zones && !all.contains(&zone) {
            all.push(zone);
            self.set(all);
        }
    }

    /// Without this one.
    fn remove(self, zone: Zone) {
        let mut all = self.shared.show.with_untracked(|show| show.zones.clone());
        all.retain(|it| *it != zone);
        self.set(all);
    }
}

/// The rectangles over the preview, while they are being drawn.
#[component]
pub(super) fn ZoneLayer(drawing: Drawing) -> impl IntoView {
    move || drawing.on.get().then(|| view! { <Layer drawing/> })
}

#[component]
fn Layer(drawing: Drawing) -> impl IntoView {
    let shared = drawing.shared;
    let zones = shared.part(|show| show.zones.clone());
    let layer = NodeRef::<leptos::html::Div>::new();
    let measure = move || {
        let (Some(layer), Some(drawn)) = (layer.get_untracked(), shared.picture.drawn()) else { return };
        let layer = layer.get_bounding_client_rect();
        let (left, top) = (drawn.left - layer.left(), drawn.top - layer.top());
        drawing.frame.set(Drawn { left, top, ..drawn });
    };
    Effect::new(move |_| {
        layer.track();
        measure();
    });
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let spot = move |event: &PointerEvent| {
        let drawn = shared.picture.drawn()?;
        let part = |at: i32, from: f64, size: f64| (f64::from(at) - from) / size * f64::from(WHOLE);
        Some((
            part(event.client_x(), drawn.left, drawn.width),
            part(event.client_y(), drawn.top, drawn.height),
        ))
    };
    let down = move |event: PointerEvent| {
        measure();
        event.prevent_default();
        if let Some(layer) = layer.get_untracked() {
            // Without it a drag ends at the layer's edge, no worse.
            _ = Element::set_pointer_capture(&layer, event.pointer_id());
        }
        drawing.drag.set(spot(&event).map(|spot| (spot, spot)));
    };
    let moved = move |event: PointerEvent| {
        if let Some(to) = spot(&event).filter(|_| drawing.drag.with_untracked(Option::is_some)) {
            drawing.drag.update(|drag| *drag = drag.map(|(from, _)| (from, to)));
        }
    };
    let up = move |_| {
        let dragged = drawing.drag.get_untracked();
        drawing.drag.set(None);
        if let Some(zone) = dragged.and_then(|(from, to)| between(from, to)) {
            drawing.add(zone);
        }
    };
    let drawn = move || drawing.drag.get().and_then(|(from, to)| between(from, to));
    view! {
        <div class="zones" node_ref=layer on:pointerdown=down on:pointermove=moved on:pointerup=up
            on:pointercancel=move |_| drawing.drag.set(None)>
            <For each=move || zones.get() key=|zone| *zone children=move |zone| view! { <Standing drawing zone/> }/>
            {move || drawn().map(|zone| view! { <div class="zone zone-new" style=style(drawing, zone)></div> })}
        </div>
    }
}

/// A zone that holds, with the way to take it back.
#[component]
fn Standing(drawing: Drawing, zone: Zone) -> impl IntoView {
    view! {
        <div class="zone" style=move || style(drawing, zone)>
            <button type="button" aria-label=say(studio::ZONE_REMOVE) title=say(studio::ZONE_REMOVE) on:click=move |_| drawing.remove(zone)
                on:pointerdown=|event| event.stop_propagation()>
                "×"
            </button>
        </div>
    }
}

/// Where a zone lies on the layer; reactive.
fn style(drawing: Drawing, zone: Zone) -> String {
    let Drawn { left, top, width, height } = drawing.frame.get();
    let part = |value: u16, of: f64| f64::from(value) / f64::from(WHOLE) * of;
    format!(
        "left:{:.1}px;top:{:.1}px;width:{:.1}px;height:{:.1}px",
        left + part(zone.x, width),
        top + part(zone.y, height),
        part(zone.w, width),
        part(zone.h, height)
    )
}

/// Begins and ends the drawing, and has the zones that need no pointer.
#[component]
pub(super) fn ZoneBar(drawing: Drawing) -> impl IntoView {
    let zones = drawing.shared.part(|show| show.zones.clone());
    let full = move || zones.with(Vec::len) >= LIMITS.avoid_zones;
    let count = move || match zones.with(Vec::len) {
        0 => String::new(),
        count => format!(" · {count}"),
    };
    view! {
        <div class="zones-bar">
            <button type="button" class="button button-quiet button-small" aria-pressed=move || drawing.on.get().to_string()
                on:click=move |_| drawing.on.update(|on| *on = !*on)>
                {move || if drawing.on.get() { say(studio::ZONES_DONE)() } else { say(studio::ZONES)() }}
                {count}
            </button>
            {move || drawing.on.get().then(|| view! {
                <p class="field-note">{move || say(if full() { studio::ZONES_FULL } else { studio::ZONES_HINT })()}</p>
                <div class="zones-ready">
                    {READY.map(|(word, zone)| view! {
                        <button type="button" class="button button-quiet button-small" disabled=move || full() || drawing.task.pending()
                            on:click=move |_| drawing.add(zone)>{say(word)}</button>
                    }).collect_view()}
                    <button type="button" class="button button-quiet button-small"
                        disabled=move || zones.with(Vec::is_empty) || drawing.task.pending() on:click=move |_| drawing.set(Vec::new())>
                        {say(studio::ZONES_CLEAR)}
                    </button>
                </div>
            })}
            <TaskError task=drawing.task/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drag_in_any_direction_is_the_same_rectangle_within_the_picture() {
        let zone = Some(Zone { x: 100, y: 200, w: 300, h: 100 });
        assert_eq!(between((100.0, 200.0), (400.0, 300.0)), zone);
        assert_eq!(between((400.0, 300.0), (100.0, 200.0)), zone);
        assert_eq!(
            between((-50.0, 900.0), (1_200.0, 2_000.0)),
            Some(Zone { x: 0, y: 900, w: 1_000, h: 100 })
        );
    }

    #[test]
    fn a_click_is_no_rectangle_and_neither_is_nonsense() {
        assert_eq!(between((100.0, 100.0), (110.0, 400.0)), None);
        assert_eq!(between((f64::NAN, 0.0), (f64::NAN, 500.0)), None);
    }

    #[test]
    fn what_is_ready_lies_within_the_picture() {
        assert!(READY.iter().all(|(_, zone)| zone.is_within_the_picture()));
    }
}
