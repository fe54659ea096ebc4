use super::animation::{self, Animation};
use timeline::{Flight, Follower, Motion};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// How far apart, in milliseconds, the comments of a strip set out at most: a wider strip is more to draw while less of
/// it is on the screen.
const APART_MS: f64 = 4_000.0;

/// Comments of a strip at most: what is added to it makes the browser draw anew what it touches.
const MOST: usize = 64;

/// A strip's motion reaches this far before and after its origin, in milliseconds: longer than any comment flies.
const REACH_MS: f64 = 30_000.0;

/// How comments move that may share a strip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Course {
    /// Where their left edges are when they set out, in pixels from the sky's left edge.
    from: f64,
    /// Pixels to the right in a millisecond.
    speed: f64,
}

impl Course {
    /// That of a flight over a sky so wide.
    pub(super) fn of(flight: &Flight, sky_width: f64) -> Self {
        let from = flight.left(flight.launch, sky_width);
        let to = flight.left(flight.launch.plus(flight.duration_ms), sky_width);
        Self { from, speed: (to - from) / flight.duration_ms as f64 }
    }
}

/// Comments of one course that set out within a few seconds, side by side on one element, which the compositor moves:
/// so it has a few dozen layers to put together in a frame, however many comments fly. A comment in it never moves.
pub(super) struct Strip {
    pub(super) element: HtmlElement,
    animation: Animation,
    course: Course,
    /// StreamTime, in milliseconds, at which a comment sets out that lies at the strip's left edge.
    origin: f64,
    taken: usize,
    /// Comments in it that are still on the screen.
    pub(super) flying: usize,
}

impl Drop for Strip {
    fn drop(&mut self) {
        self.animation.cancel();
        self.element.remove();
    }
}

impl Strip {
    /// An empty one in `sky` whose first comment sets out at `origin`.
    pub(super) fn new(sky: &Element, course: Course, origin: f64) -> Option<Self> {
        let document: Document = sky.owner_document()?;
        let element: HtmlElement = document.create_element("div").ok()?.dyn_into().ok()?;
        element.set_class_name("strip");
        let reach = course.speed * REACH_MS;
        let animation = animation::slide(&element, course.from - reach, course.from + reach, 2.0 * REACH_MS)?;
        sky.append_child(&element).ok()?;
        Some(Self { element, animation, course, origin, taken: 0, flying: 0 })
    }

    /// Whether a comment that sets out at `launch` has its place in it.
    pub(super) fn takes(&self, course: Course, launch: f64) -> bool {
        self.course == course && self.taken < MOST && (launch - self.origin).abs() <= APART_MS
    }

    /// Puts a comment that sets out at `launch` into it; answers how far from the strip's left edge it belongs.
    pub(super) fn add(&mut self, comment: &Element, launch: f64) -> Option<f64> {
        self.element.append_child(comment).ok()?;
        self.taken += 1;
        self.flying += 1;
        Some((self.origin - launch) * self.course.speed)
    }

    /// Puts it where the picture is.
    pub(super) fn place(&self, follower: &Follower, now: f64) {
        let position = follower.position(now).unwrap_or(self.origin);
        animation::place(&self.animation, position - self.origin + REACH_MS, follower.rate(), now);
    }

    /// Keeps it in step with the picture.
    pub(super) fn follow(&self, motion: Motion, now: f64) {
        match motion {
            Motion::Keep => {}
            Motion::Rate(rate) => self.animation.update_playback_rate(rate),
            Motion::Jump(t, rate) => {
                animation::place(&self.animation, t.millis() as f64 - self.origin + REACH_MS, rate, now);
            }
        }
    }
}
