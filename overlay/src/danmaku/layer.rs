use super::animation::{self, Animation};
use protocol::{DanmakuMode, StreamTime};
use std::collections::HashMap;
use timeline::{Flight, Follower, Motion};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// The nodes of the comments that fly. Text goes in as text, never as markup.
pub(crate) struct Layer {
    sky: HtmlElement,
    /// Width of the sky, in pixels.
    width: f64,
    /// Height of a row, in pixels.
    row: f64,
    nodes: HashMap<u64, Node>,
}

struct Node {
    element: HtmlElement,
    count: u32,
    way: Way,
    flight: Option<(Animation, f64)>,
}

/// What makes a flight another one: when that changes, it is drawn anew.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Way {
    row: usize,
    launch: StreamTime,
    held: Option<StreamTime>,
}

impl Way {
    const fn of(flight: &Flight) -> Self {
        let Flight { row, launch, held, .. } = *flight;
        Self { row, launch, held }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some((animation, _)) = &self.flight {
            animation.cancel();
        }
        self.element.remove();
    }
}

impl Layer {
    pub(crate) fn new(sky: HtmlElement, width: f64, row: f64) -> Self {
        Self { sky, width, row, nodes: HashMap::new() }
    }

    /// Shows these comments and no others; `follower` says where the picture is at local time `now`.
    pub(crate) fn show(&mut self, flights: &[Flight], follower: &Follower, now: f64) {
        let ways: HashMap<u64, Way> = flights.iter().map(|flight| (flight.key, Way::of(flight))).collect();
        self.nodes.retain(|key, node| ways.get(key) == Some(&node.way));
        for flight in flights {
            match self.nodes.get_mut(&flight.key) {
                Some(node) => node.set_count(flight.count),
                None => {
                    if let Some(node) = self.launch(flight, follower, now) {
                        self.nodes.insert(flight.key, node);
                    }
                }
            }
        }
    }

    /// Keeps everything in step with the picture.
    pub(crate) fn follow(&self, motion: Motion, now: f64) {
        let moving = self.nodes.values().filter(|node| node.way.held.is_none());
        let flights = moving.filter_map(|node| node.flight.as_ref());
        match motion {
            Motion::Keep => {}
            Motion::Rate(rate) => flights.for_each(|(animation, _)| animation.update_playback_rate(rate)),
            Motion::Jump(t, rate) => {
                let t = t.millis() as f64;
                flights.for_each(|(animation, launch)| animation::place(animation, t - launch, rate, now));
            }
        }
    }

    fn launch(&self, flight: &Flight, follower: &Follower, now: f64) -> Option<Node> {
        let document: Document = self.sky.owner_document()?;
        let element: HtmlElement = document.create_element("div").ok()?.dyn_into().ok()?;
        element.set_class_name("fly");
        element.set_text_content(Some(&flight.text));
        let style = element.style();
        let top = (flight.row as f64 * self.row) as i64;
        let color = format!("#{:06x}", flight.color & 0x00ff_ffff);
        for (name, value) in [("top", &*format!("{top}px")), ("color", &color)] {
            // Well-formed declarations are not refused.
            _ = style.set_property(name, value);
        }
        let marks = [
            ("data-own", flight.own),
            ("data-host", flight.host),
            ("data-moderator", flight.moderator),
            ("data-held", flight.held.is_some()),
        ];
        for (name, set) in marks {
            _ = element.toggle_attribute_with_force(name, set);
        }
        _ = element.set_attribute("dir", "auto");
        self.sky.append_child(&element).ok()?;
        let mut node = Node { element, count: 1, way: Way::of(flight), flight: None };
        node.set_count(flight.count);
        let launch = flight.launch.millis() as f64;
        match flight.mode {
            DanmakuMode::Scroll | DanmakuMode::Reverse => {
                // Widths are whole pixels as they come from the sky and from the measure.
                let (right, left) = (self.width as i64, -(flight.width as i64));
                let (from, to) =
                    if flight.mode == DanmakuMode::Scroll { (right, left) } else { (left, right) };
                let animation = animation::slide(&node.element, from, to, flight.duration_ms)?;
                let (position, rate) = match flight.held {
                    Some(since) => (since.millis() as f64, 0.0),
                    None => (follower.position(now).unwrap_or(launch), follower.rate()),
                };
                animation::place(&animation, position - launch, rate, now);
                node.flight = Some((animation, launch));
            }
            DanmakuMode::Top | DanmakuMode::Bottom | DanmakuMode::Positioned { .. } => {
                let left = flight.left(flight.launch, self.width) as i64;
                _ = node.element.style().set_property("left", &format!("{left}px"));
            }
        }
        Some(node)
    }
}

impl Node {
    /// Says how many equal comments it stands for.
    fn set_count(&mut self, count: u32) {
        if self.count == count {
            return;
        }
        self.count = count;
        let badge: Option<Element> = self.element.query_selector(".times").ok().flatten().or_else(|| {
            let badge = self.element.owner_document()?.create_element("span").ok()?;
            badge.set_class_name("times");
            _ = badge.set_attribute("dir", "ltr");
            self.element.append_child(&badge).ok()?;
            Some(badge)
        });
        if let Some(badge) = badge {
            badge.set_text_content(Some(&format!("×{count}")));
        }
    }
}
